import {
	ACMClient,
	type CertificateKeyPairOrigin,
	DescribeCertificateCommand,
	GetAccountConfigurationCommand,
	type KeyAlgorithm,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	ListTagsForCertificateCommand,
	SearchCertificatesCommand,
} from '@aws-sdk/client-acm';
import {type Aws, dayMs, defineCollector, type Facts, type Refusal, type Resource, type Yielded} from '../../../model/index.js';
import {type AccountSettings, accountType, type Certificate, certificateType, daysLeft, isServed} from '../rules/certificate.js';
import {type Detail, fromDetail, fromList, fromSearch, present, type Summary, toChange, toDescription, toTags} from './read.js';

const commands = {
	SearchCertificates: SearchCertificatesCommand,
	ListCertificates: ListCertificatesCommand,
	DescribeCertificate: DescribeCertificateCommand,
	GetAccountConfiguration: GetAccountConfigurationCommand,
	ListTagsForCertificate: ListTagsForCertificateCommand,
	ListCertificateDomainValidations: ListCertificateDomainValidationsCommand,
};
type Acm = Aws<typeof commands>;

/** A certificate as its listing told of it, and what that listing could not tell. */
type Listed = {
	readonly arn: string;
	readonly certificate: Certificate;
	readonly unread: Readonly<Record<string, Refusal>>;
	/** What the other listing calls it, where this one does not say. */
	readonly name?: string;
};
type Listing = {readonly listed: ReadonlyMap<string, Listed>; readonly complete: boolean};

// By default ListCertificates tells of RSA keys up to 2,048 bits alone, and hides what came by ACME:
// https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html
const keyTypes: readonly KeyAlgorithm[] = ['RSA_1024', 'RSA_2048', 'RSA_3072', 'RSA_4096', 'EC_prime256v1', 'EC_secp384r1', 'EC_secp521r1'];
const keyPairOrigins: readonly CertificateKeyPairOrigin[] = ['AWS_MANAGED', 'CUSTOMER_PROVIDED', 'ACME'];
const everything = () => ({
	Includes: {keyTypes: [...keyTypes]},
	CertificateKeyPairOrigins: [...keyPairOrigins],
	MaxItems: 1000,
});

/** How often the search is held against the full listing, in case it hides a sort of certificate from us. */
const comparedEveryMs = dayMs;

/** Of these the next call would die too: the collection ends with them. Others are the operation's own affair. */
const endsAll: ReadonlySet<Refusal['status']> = new Set(['throttled', 'unauthenticated', 'unreachable']);

/** By ARN, which also removes what a listing shows twice when it moves between two pages. */
const byArn = <T extends {readonly CertificateArn?: string | undefined}>(
	aws: Acm,
	answers: readonly T[],
	operation: 'SearchCertificates' | 'ListCertificates',
	read: (answer: T) => Certificate,
	unread: Readonly<Record<string, Refusal>> = {},
): Listing => {
	const listed = new Map<string, Listed>();
	let complete = true;
	for (const answer of answers) {
		const {CertificateArn: arn} = answer;
		if (arn === undefined) {
			aws.facts().missing(operation, 'CertificateArn');
			complete = false;
		} else {
			listed.set(arn, {arn, certificate: read(answer), unread});
		}
	}

	return {listed, complete};
};

const list = async (aws: Acm, unread: Readonly<Record<string, Refusal>>): Promise<Listing> => {
	const summaries: Summary[] = [];
	for await (const {CertificateSummaryList = []} of aws.pages('ListCertificates', everything())) {
		summaries.push(...CertificateSummaryList);
	}

	return byArn(aws, summaries, 'ListCertificates', fromList, unread);
};

/** What SearchCertificates would have told and ListCertificates does not: renewal and validation. */
const unsearched = (refusal: Refusal): Readonly<Record<string, Refusal>> => ({SearchCertificates: refusal});

/**
 * The search, held against the full listing: with certificates that the search has not (none are expected; AWS does not
 * promise it), and with names where it told none.
 */
const compared = async (aws: Acm, {listed, complete}: Listing): Promise<Listing> => {
	const known = await aws.facts().attemptPages('ListCertificates', everything(), {freshForMs: comparedEveryMs});
	const summaries = known?.flatMap(page => page.CertificateSummaryList ?? []) ?? [];
	const names = new Map(summaries.map(({CertificateArn: arn, DomainName: name}) => [arn, name] as const));
	const all = new Map(
		[...listed].map(([arn, one]) => {
			const name = one.certificate.domainName === undefined ? names.get(arn) : undefined;
			return [arn, name === undefined ? one : {...one, name}] as const;
		}),
	);

	const isHidden = ({CertificateArn: arn}: Summary) => arn !== undefined && !listed.has(arn);
	if (!summaries.some(isHidden)) {
		return {listed: all, complete};
	}

	// The listing on record may be a day old: what it still has beyond the search now is really there.
	const facts = aws.facts();
	const now = await facts.attemptPages('ListCertificates', everything(), {freshForMs: 1});
	const hidden = (now ?? []).flatMap(page => page.CertificateSummaryList ?? []).filter(isHidden);
	if (hidden.length > 0) {
		facts.missing('SearchCertificates', `${hidden.length} certificates that ListCertificates has`);
	}

	return {listed: new Map([...all, ...byArn(aws, hidden, 'ListCertificates', fromList, facts.unread).listed]), complete};
};

/** Every certificate of the Region: by search, or where that is refused by the plain listing, which knows less of each. */
const listAll = async (aws: Acm): Promise<Listing> => {
	const facts = aws.facts();
	const pages = await facts.attemptPages('SearchCertificates', {});
	const refusal = facts.unread['SearchCertificates'];
	if (refusal !== undefined && !endsAll.has(refusal.status)) {
		return list(aws, unsearched(refusal));
	}

	const results = (pages ?? []).flatMap(page => page.Results ?? []);
	if (refusal !== undefined) {
		// Asked so that a second refusal ends the collection, and says why.
		for await (const {Results = []} of aws.pages('SearchCertificates', {})) {
			results.push(...Results);
		}
	}

	return compared(aws, byArn(aws, results, 'SearchCertificates', fromSearch));
};

// Renewal begins 60 days before the end at the earliest: what is served and nearer than that is due, a little or very late.
// https://docs.aws.amazon.com/acm/latest/userguide/renew-private-cert.html
const describedBelowDays = 60;

/** In trouble, or not told enough of by its listing: what DescribeCertificate adds is worth one of its few calls. */
const deservesDescription = ({certificate, unread}: Listed, now: string): boolean => {
	const {status, renewalStatus, type} = certificate;
	if (status === 'EXPIRED' || status === 'REVOKED' || status === 'INACTIVE') {
		return isServed(certificate);
	}

	if (status !== 'ISSUED' || renewalStatus === 'PENDING_VALIDATION' || renewalStatus === 'FAILED') {
		return true;
	}

	const left = daysLeft(certificate, now);
	const ends = isServed(certificate) && left !== undefined && left < describedBelowDays;
	return ends || certificate.domainName === undefined || ('SearchCertificates' in unread && type !== 'IMPORTED');
};

/** Validated by e-mail, and to be renewed: somebody may have begun to change it to DNS. */
const mayBeChanging = ({status, validationMethod}: Certificate): boolean =>
	validationMethod === 'EMAIL' && (status === 'ISSUED' || status === 'PENDING_VALIDATION');

/**
 * Adds the description; and, where the listing told too little, what the description tells instead, so that nothing is
 * missing any more. Elsewhere the listing is right: a description may be an hour old.
 */
const withDetail = ({certificate, unread}: Listed, detail: Detail): Pick<Listed, 'certificate' | 'unread'> => {
	const described = {...certificate, description: toDescription(detail)};
	const {status, type, domainName} = certificate;
	if (!('SearchCertificates' in unread) && status !== undefined && type !== undefined && domainName !== undefined) {
		return {certificate: described, unread};
	}

	const {SearchCertificates: _supplied, ...rest} = unread;
	const names = certificate.subjectAlternativeNames.length > 0 ? certificate.subjectAlternativeNames : detail.SubjectAlternativeNames;
	return {certificate: {...fromDetail(detail), ...described, subjectAlternativeNames: names ?? []}, unread: rest};
};

// A certificate that is listed and not found (just made, or just gone) stays listed: what is not found of it is not known.
const toResource = async (aws: Acm, listed: Listed): Promise<Resource<Certificate>> => {
	const {arn, name} = listed;
	const facts: Facts<typeof commands> = aws.facts();
	let {certificate, unread} = listed;
	let tags: Resource['tags'] = {};
	if (deservesDescription(listed, aws.startedAt)) {
		// A call for each certificate, so that owners are asked for where somebody has to be found.
		const [detail, tagged] = await Promise.all([
			facts.attempt('DescribeCertificate', {CertificateArn: arn}),
			facts.attempt('ListTagsForCertificate', {CertificateArn: arn}),
		]);
		if (detail?.Certificate !== undefined) {
			({certificate, unread} = withDetail(listed, detail.Certificate));
		}

		tags = toTags(tagged?.Tags);
	}

	if (mayBeChanging(certificate)) {
		const validations = await facts.attempt('ListCertificateDomainValidations', {CertificateArn: arn});
		const change = toChange(validations?.DomainValidationSummaryList);
		certificate = change === undefined ? certificate : {...certificate, change};
	}

	const id = arn.slice(arn.lastIndexOf('/') + 1);
	return {
		arn,
		resourceType: certificateType,
		resourceId: id,
		resourceName: certificate.domainName ?? name ?? id,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags,
		configuration: certificate,
		unread: {...unread, ...facts.unread},
		readAt: facts.readAt,
	};
};

/** The settings as a resource of their own; the ARN is ours, since AWS gives it none. */
const accountSettings = async (aws: Acm): Promise<Resource<AccountSettings>> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetAccountConfiguration', {});
	const daysBeforeExpiry = answer?.ExpiryEvents?.DaysBeforeExpiry;
	if (answer && daysBeforeExpiry === undefined) {
		facts.missing('GetAccountConfiguration', 'ExpiryEvents.DaysBeforeExpiry');
	}

	return {
		arn: `arn:${aws.partition}:acm:${aws.awsRegion}:${aws.accountId}:account`,
		resourceType: accountType,
		resourceId: aws.accountId,
		resourceName: 'ACM settings',
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: present({daysBeforeExpiry}),
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

export const collector = defineCollector({
	client: ACMClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const {listed, complete} = await listAll(aws);
		// Where there are no certificates nobody minds when their end is announced.
		if (listed.size > 0) {
			yield {yields: 'resource', resource: await accountSettings(aws)};
		}

		yield {yields: 'complete', of: accountType};
		for await (const resource of aws.each(listed.values(), async one => toResource(aws, one))) {
			yield {yields: 'resource', resource};
		}

		if (complete) {
			yield {yields: 'complete', of: certificateType};
		}
	},
});
