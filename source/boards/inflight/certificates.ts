import {
	type Inputs,
	type Joined,
	type Judgement,
	msBetween,
	type Refusal,
	refusalInWords,
	severities,
	spanInWords,
} from '../../model/index.js';
import type {Certificate} from '../../services/acm/rules/certificate.js';
import type {ServedCertificate} from './entry-point.js';
import type {Unread} from './unread.js';

/** What ACM's own panel says that clients would notice, now or soon. What it says of cost and custom is left to it. */
const telling: ReadonlySet<string> = new Set([
	'acm-certificate-valid',
	'acm-certificate-imported-replaced',
	'acm-certificate-not-expiring',
	'acm-certificate-renewing',
	'acm-certificate-validated',
	'acm-certificate-key-strong',
]);

/** The operations on which those rest. */
const read = ['SearchCertificates', 'DescribeCertificate'];

/** The first clause of a sentence: `expires in 6 days` of `expires in 6 days, imported, so ACM will not renew it`. */
const clause = (reason: string): string => reason.split(/[,:;]/u)[0] ?? reason;

const worst = (judgements: readonly Judgement[]): Judgement | undefined =>
	judgements.reduce<Judgement | undefined>(
		(worse, one) =>
			one.verdict === 'FAIL' && (worse === undefined || severities.indexOf(one.severity) > severities.indexOf(worse.severity))
				? one
				: worse,
		undefined,
	);

type Condition = Pick<ServedCertificate, 'state' | 'inWords' | 'reason' | 'severity'>;

const unknown = (reason: string): Condition => ({state: 'unknown', inWords: '?', reason});

/** Where the rules hold back, since somebody else sees to a certificate, clients still turn away from one that has ended. */
const endOf = ({status, notAfter}: Certificate, now: string): Condition | undefined => {
	if (status === 'EXPIRED' || (notAfter !== undefined && msBetween(now, notAfter) <= 0)) {
		const reason = notAfter === undefined ? 'expired' : `expired ${spanInWords(msBetween(notAfter, now))} ago`;
		return {state: 'troubled', inWords: reason, reason, severity: 'CRITICAL'};
	}

	return status === undefined || status === 'ISSUED'
		? undefined
		: {state: 'troubled', inWords: 'not issued', reason: `not issued (${status})`, severity: 'MEDIUM'};
};

const conditionOf = (entry: Joined<Certificate>, now: string, unread: Unread): Condition => {
	const told = entry.judgements.filter(({ruleId}) => telling.has(ruleId));
	const trouble = worst(told);
	if (trouble !== undefined) {
		return {state: 'troubled', inWords: clause(trouble.reason), reason: trouble.reason, severity: trouble.severity};
	}

	const end = endOf(entry.resource.configuration, now);
	if (end !== undefined) {
		return end;
	}

	const untold = told.find(({verdict}) => verdict === 'UNKNOWN');
	if (untold !== undefined) {
		const why = unread.of(entry, read);
		return unknown(why === undefined || /\bacm:/u.test(untold.reason) ? untold.reason : `${untold.reason}; ${why}`);
	}

	const [first] = told;
	const sound = told.find(({ruleId}) => ruleId === 'acm-certificate-valid') ?? first;
	return sound === undefined
		? unknown('the rules on certificates are turned off')
		: {state: 'sound', inWords: 'valid', reason: sound.reason};
};

/** What an entry point shows that AWS sees to by itself, and for which host names that holds. */
export const theirs = (name: string): ServedCertificate => ({
	id: name,
	name,
	hosts: [name],
	state: 'theirs',
	inWords: 'AWS’s own',
	reason: 'AWS’s own certificate, which AWS renews',
});

/** One that is kept where nothing that is read tells of it. */
export const keptElsewhere = (id: string, keeper: string): ServedCertificate => ({
	id,
	name: id,
	state: 'unknown',
	inWords: '?',
	reason: `kept by ${keeper}, which tells nothing of its end here`,
});

// ListCertificates tells a hundred names of each and no more: https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateSummary.html
const namesListed = 100;

/** The host names that it speaks for; undefined where they, or all of them, were not told. */
const hostsOf = ({domainName, subjectAlternativeNames, listedBy}: Certificate): readonly string[] | undefined => {
	const hosts = [
		...new Set([...(domainName === undefined ? [] : [domainName]), ...subjectAlternativeNames].map(name => name.toLowerCase())),
	];
	return hosts.length === 0 || (listedBy === 'ListCertificates' && subjectAlternativeNames.length >= namesListed) ? undefined : hosts;
};

/** One of ACM that nothing that was read tells of. */
const missing = (awsRegion: string, gap: Refusal | undefined): Condition =>
	gap === undefined
		? {
				state: 'troubled',
				inWords: 'not in ACM',
				reason: `not among the certificates that ACM has in ${awsRegion}`,
				severity: 'MEDIUM',
			}
		: unknown(refusalInWords(gap));

/** Clients are shown it today; whether the next one gets there is the question. */
const misplaced = (condition: Condition, awsRegion: string, wanted: string | undefined): Condition =>
	wanted === undefined || wanted === awsRegion || condition.severity === 'CRITICAL'
		? condition
		: {
				state: 'troubled',
				inWords: 'wrong Region',
				reason: `lies in ${awsRegion}, but only those of ${wanted} are taken, so that no renewal gets here`,
				severity: 'HIGH',
			};

/** Finds certificates by ARN. `wanted` is the Region where it must lie for who shows it; undefined where any will do. */
export type FindCertificate = (arn: string, wanted: string | undefined, unread: Unread) => ServedCertificate;

export const certificateFinder = (inputs: Inputs): FindCertificate => {
	const known = new Map(inputs.of<Certificate>('AWS::ACM::Certificate').map(entry => [entry.resource.arn, entry]));
	const gaps = new Map<string, Refusal | undefined>();

	/** Either listing tells of all certificates: only where neither came through may one be missing from what is known. */
	const gapIn = (awsRegion: string): Refusal | undefined => {
		if (!gaps.has(awsRegion)) {
			const gap = inputs.gap('acm', ['SearchCertificates'], awsRegion);
			gaps.set(awsRegion, gap && inputs.gap('acm', ['ListCertificates'], awsRegion) && gap);
		}

		return gaps.get(awsRegion);
	};

	return (arn, wanted, unread) => {
		const [, , service = '', awsRegion = '', accountId = '', ...rest] = arn.split(':');
		const name = rest.join(':').split('/').at(-1) ?? arn;
		if (service !== 'acm') {
			return {...keptElsewhere(arn, service === 'iam' ? 'IAM' : service), name};
		}

		const entry = known.get(arn);
		if (entry === undefined) {
			const isOwn = accountId === inputs.accountId;
			const gap = isOwn ? gapIn(awsRegion) : undefined;
			if (wanted === undefined || wanted === awsRegion) {
				unread.add(gap);
			}

			return {
				id: arn,
				name,
				...misplaced(isOwn ? missing(awsRegion, gap) : unknown(`of the account ${accountId}, which is not read`), awsRegion, wanted),
			};
		}

		const {configuration} = entry.resource;
		const hosts = hostsOf(configuration);
		const [ends] = entry.expirations;
		return {
			id: arn,
			name: configuration.domainName ?? entry.resource.resourceName,
			...(hosts && {hosts}),
			...misplaced(conditionOf(entry, inputs.now, unread), awsRegion, wanted),
			...(ends && {ends}),
		};
	};
};
