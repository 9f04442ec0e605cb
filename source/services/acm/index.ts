import {defineService, hourMs, type Kind, tagListing} from '../../model/index.js';
import {
	type AccountSettings,
	accountType,
	type Certificate,
	certificateType,
	foreignHands,
	isRenewedByAcm,
	isServed,
	type UnvalidatedName,
} from './rules/certificate.js';
import {accountRules, certificateRules} from './rules/index.js';

// https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html#api-rate-limits
const limits = 'https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html';

const typeNames: Readonly<Record<string, string>> = {IMPORTED: 'imported', AMAZON_ISSUED: 'Amazon', PRIVATE: 'private'};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

const typeName = ({type}: Certificate): string | undefined => (type === undefined ? undefined : (typeNames[type] ?? type));

/** In the fewest words, for a column. */
const renewal = (certificate: Certificate): string | undefined => {
	if (certificate.renewalStatus !== undefined && certificate.renewalStatus !== 'SUCCESS') {
		return certificate.renewalStatus.toLowerCase().replaceAll('_', ' ');
	}

	if (certificate.renewalEligibility === undefined) {
		return undefined;
	}

	return isRenewedByAcm(certificate) ? 'by ACM' : 'by hand';
};

/** Names that wait for validation, each with the record that would prove it. */
const toProve = (names: readonly UnvalidatedName[] | undefined): string | undefined =>
	names
		?.map(({domainName, recordName, recordValue}) =>
			recordName === undefined ? domainName : `${domainName}: CNAME ${recordName} ${recordValue ?? ''}`.trim(),
		)
		.join(', ') || undefined;

const certificates: Kind<Certificate> = {
	resourceType: certificateType,
	title: 'Certificates',
	columns: [
		{title: 'Expires', value: ({configuration}) => at(configuration.notAfter)},
		{title: 'Type', value: ({configuration}) => typeName(configuration)},
		{title: 'In use', value: ({configuration}) => yesNo(configuration.inUse)},
		{title: 'Renewal', value: ({configuration}) => renewal(configuration)},
		{title: 'Key', value: ({configuration}) => configuration.keyAlgorithm},
	],
	facts: [
		{title: 'Names', value: ({configuration}) => configuration.subjectAlternativeNames.join(', ') || configuration.domainName},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Type', value: ({configuration}) => typeName(configuration)},
		{title: 'Valid from', value: ({configuration}) => at(configuration.notBefore)},
		{title: 'Expires', value: ({configuration}) => at(configuration.notAfter)},
		{title: 'In use', value: ({configuration}) => yesNo(configuration.inUse)},
		{title: 'Served by', value: ({configuration}) => configuration.description?.inUseBy.join(', ') || undefined},
		{title: 'Renewal', value: ({configuration}) => renewal(configuration)},
		{title: 'Renewal status', value: ({configuration}) => configuration.renewalStatus},
		{title: 'Renewal reason', value: ({configuration}) => configuration.description?.renewalStatusReason},
		{title: 'Failure', value: ({configuration}) => configuration.description?.failureReason},
		{title: 'Validation', value: ({configuration}) => configuration.validationMethod},
		{
			title: 'Not validated',
			value: ({configuration}) => toProve(configuration.description?.unvalidated),
		},
		{
			title: 'Validation is to change to',
			value: ({configuration: {change}}) =>
				change && [change.method, toProve(change.waitsFor)].filter(part => part !== undefined).join(', waits for '),
		},
		{title: 'Key', value: ({configuration}) => configuration.keyAlgorithm},
		{title: 'Key came from', value: ({configuration}) => configuration.keyPairOrigin},
		{title: 'Can be exported', value: ({configuration}) => configuration.exportOption?.toLowerCase()},
		{title: 'Was exported', value: ({configuration}) => yesNo(configuration.exported)},
		{title: 'Managed by', value: ({configuration}) => configuration.managedBy},
		{title: 'Issuer', value: ({configuration}) => configuration.issuer},
		{title: 'Authority', value: ({configuration}) => configuration.description?.certificateAuthorityArn},
		{title: 'ACME endpoint', value: ({configuration}) => configuration.acmeEndpointArn},
		{title: 'Requested', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Issued', value: ({configuration}) => at(configuration.issuedAt)},
		{title: 'Imported', value: ({configuration}) => at(configuration.importedAt)},
		{title: 'Revoked', value: ({configuration}) => at(configuration.revokedAt)},
	],
	rules: certificateRules,
	expirations({configuration: certificate}) {
		const {status, notAfter, createdAt} = certificate;
		if (status === 'PENDING_VALIDATION' && createdAt !== undefined) {
			// https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html: ACM tries for 72 hours.
			return [{what: 'certificate request', at: new Date(Date.parse(createdAt) + 72 * hourMs).toISOString()}];
		}

		if (notAfter === undefined || !(status === 'ISSUED' || (status === 'EXPIRED' && isServed(certificate)))) {
			return [];
		}

		const isStuck = certificate.renewalStatus === 'PENDING_VALIDATION' || certificate.renewalStatus === 'FAILED';
		const needsNobody = isRenewedByAcm(certificate) && certificate.validationMethod !== 'EMAIL' && !isStuck;
		return [{what: foreignHands(certificate) === undefined && needsNobody ? 'certificate (ACM renews it)' : 'certificate', at: notAfter}];
	},
	consolePath: ({resourceId, awsRegion}) => `acm/home?region=${awsRegion}#/certificates/${resourceId}`,
};

const settings: Kind<AccountSettings> = {
	resourceType: accountType,
	title: 'Account settings',
	columns: [
		{
			title: 'Expiry events',
			value: ({configuration: {daysBeforeExpiry}}) => (daysBeforeExpiry === undefined ? undefined : `from ${daysBeforeExpiry} d before`),
		},
	],
	facts: [{title: 'Days from the first expiry event to expiry', value: ({configuration}) => configuration.daysBeforeExpiry}],
	rules: accountRules,
	consolePath: ({awsRegion}) => `acm/home?region=${awsRegion}#/certificates/list`,
};

export const acm = defineService({
	id: 'acm',
	title: 'Certificates',
	group: 'certificates and traffic',
	leads: 'soonest',
	scope: 'regional',
	refresh: {full: {everyMs: 5 * 60_000, deadlineMs: 3 * 60_000}},
	iamPrefix: 'acm',
	operations: {
		SearchCertificates: {
			requestsPerSecond: 5,
			answers: ['Results'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: limits,
		},
		ListCertificates: {
			requestsPerSecond: 8,
			answers: ['CertificateSummaryList'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: limits,
		},
		DescribeCertificate: {requestsPerSecond: 10, slow: true, freshForMs: hourMs, answers: ['Certificate'], source: limits},
		ListCertificateDomainValidations: {
			requestsPerSecond: 5,
			slow: true,
			freshForMs: 6 * hourMs,
			answers: ['DomainValidationSummaryList'],
			source: 'AWS publishes no quota: a guess, half of that of DescribeCertificate',
		},
		GetAccountConfiguration: {requestsPerSecond: 1, freshForMs: 6 * hourMs, answers: ['ExpiryEvents'], source: limits},
		GetResources: tagListing,
	},
	kinds: [certificates, settings],
	load: async () => import('./collect/index.js'),
});
