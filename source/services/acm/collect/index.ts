import {ACMClient} from '@aws-sdk/client-acm';
import {ResourceGroupsTaggingAPIClient} from '@aws-sdk/client-resource-groups-tagging-api';
import {defineCollector, everyTagged, type Facts, hourMs, type Resource, tagsByArn, type Yielded} from '../../../model/index.js';
import {type AccountSettings, accountType, type Certificate, certificateType, daysLeft, isServed} from '../rules/certificate.js';
import {type Acm, commands} from './commands.js';
import {type Listed, listAll} from './listing.js';
import {type Detail, fromDetail, present, toChange, toDescription} from './read.js';

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

/** The tags of all certificates, by ARN, and what their listing was refused. */
type Tagging = {of(arn: string): Resource['tags']; readonly facts: Pick<Facts<typeof commands>, 'unread' | 'readAt'>};

const readTags = async (aws: Acm, certificates: number): Promise<Tagging> => {
	const facts = aws.facts();
	const tagged = certificates === 0 ? null : await facts.attemptPages('GetResources', everyTagged('acm:certificate'));
	return {of: tagsByArn(tagged), facts};
};

// A certificate that is listed and not found (just made, or just gone) stays listed: what is not found of it is not known.
const toResource = async (aws: Acm, listed: Listed, tagging: Tagging): Promise<Resource<Certificate>> => {
	const {arn, name} = listed;
	const facts: Facts<typeof commands> = aws.facts();
	let {certificate, unread} = listed;
	if (deservesDescription(listed, aws.startedAt)) {
		const detail = await facts.attempt('DescribeCertificate', {CertificateArn: arn});
		if (detail?.Certificate !== undefined) {
			({certificate, unread} = withDetail(listed, detail.Certificate));
		}
	}

	if (mayBeChanging(certificate)) {
		const ask = async (freshForMs?: number) => {
			const options = freshForMs === undefined ? {} : {freshForMs};
			const validations = await facts.attempt('ListCertificateDomainValidations', {CertificateArn: arn}, options);
			return toChange(validations?.DomainValidationSummaryList);
		};
		// Seldom somebody has; and then waits to see it through.
		const begun = await ask();
		const change = begun && (await ask(hourMs));
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
		tags: tagging.of(arn),
		configuration: certificate,
		unread: {...unread, ...tagging.facts.unread, ...facts.unread},
		readAt: {...tagging.facts.readAt, ...facts.readAt},
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
	clientOf: {GetResources: ResourceGroupsTaggingAPIClient},
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const {listed, complete} = await listAll(aws);
		// Where there are no certificates nobody minds when their end is announced.
		if (listed.size > 0) {
			yield {yields: 'resource', resource: await accountSettings(aws)};
		}

		yield {yields: 'complete', of: accountType};
		const tagging = await readTags(aws, listed.size);
		for await (const resource of aws.each(listed.values(), async one => toResource(aws, one, tagging))) {
			yield {yields: 'resource', resource};
		}

		if (complete) {
			yield {yields: 'complete', of: certificateType};
		}
	},
});
