import type {CertificateKeyPairOrigin, KeyAlgorithm} from '@aws-sdk/client-acm';
import {dayMs, type Refusal} from '../../../model/index.js';
import type {Certificate} from '../rules/certificate.js';
import type {Acm} from './commands.js';
import {fromList, fromSearch, type Summary} from './read.js';

/** A certificate as its listing told of it, and what that listing could not tell. */
export type Listed = {
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
export const listAll = async (aws: Acm): Promise<Listing> => {
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
