import {dayMs, msBetween} from '../../../model/index.js';

/** AWS Config's name. */
export const certificateType = 'AWS::ACM::Certificate';

/** CloudFormation's name for the settings of an account in a Region: Config has none. */
export const accountType = 'AWS::CertificateManager::Account';

/** Names and values are AWS's; enumerations are open, because AWS adds to them. Times are ISO 8601. */
export type Certificate = {
	/** Which listing told of it. */
	readonly listedBy: 'SearchCertificates' | 'ListCertificates';
	readonly domainName?: string;
	readonly subjectAlternativeNames: readonly string[];
	readonly status?: string;
	readonly type?: string;
	readonly keyAlgorithm?: string;
	readonly issuer?: string;
	readonly notBefore?: string;
	readonly notAfter?: string;
	readonly createdAt?: string;
	readonly issuedAt?: string;
	readonly importedAt?: string;
	readonly revokedAt?: string;
	readonly inUse?: boolean;
	readonly exported?: boolean;
	readonly exportOption?: string;
	readonly renewalEligibility?: string;
	readonly renewalStatus?: string;
	readonly validationMethod?: string;
	readonly managedBy?: string;
	readonly keyPairOrigin?: string;
	readonly acmeEndpointArn?: string;
	/** Where somebody asked to change how its names are validated: by ListCertificateDomainValidations, of those validated by e-mail. */
	readonly change?: ValidationChange;
	/** What only DescribeCertificate tells. Asked for certificates in trouble alone; absent elsewhere. */
	readonly description?: CertificateDescription;
};

export type CertificateDescription = {
	/** ARNs of the resources that serve it. */
	readonly inUseBy: readonly string[];
	readonly failureReason?: string;
	readonly renewalStatusReason?: string;
	readonly renewalUpdatedAt?: string;
	readonly certificateAuthorityArn?: string;
	/** Names that are not validated: of the renewal where there is one under way, else of the request. */
	readonly unvalidated: readonly UnvalidatedName[];
};

export type ValidationChange = {
	/** The method asked for, such as `DNS`. */
	readonly method: string;
	/** Names that still have to be validated by it. */
	readonly waitsFor: readonly UnvalidatedName[];
};

export type UnvalidatedName = {
	readonly domainName: string;
	readonly status?: string;
	/** The CNAME that would prove it, where validation is by DNS. */
	readonly recordName?: string;
	readonly recordValue?: string;
};

/** ACM's settings for an account in a Region. */
export type AccountSettings = {
	/** From how many days before a certificate's end ACM sends an event a day. */
	readonly daysBeforeExpiry?: number;
};

/** A caller outside sees it: an AWS resource serves it, or it was exported and may be served anywhere. */
export const isServed = ({inUse, exported}: Certificate): boolean => inUse === true || exported === true;

/** ACM renews it without being asked, as long as its names can be validated. */
export const isRenewedByAcm = ({type, renewalEligibility}: Certificate): boolean =>
	type !== 'IMPORTED' && renewalEligibility === 'ELIGIBLE';

/** Days, with fractions; negative once it has expired. Undefined where it has no end yet. */
export const daysLeft = ({notAfter}: Certificate, now: string): number | undefined => {
	const days = notAfter === undefined ? Number.NaN : msBetween(now, notAfter) / dayMs;
	return Number.isNaN(days) ? undefined : days;
};

/** How long a certificate was made for, in days; endless where that was not told. */
export const validityDays = ({notBefore, notAfter}: Certificate): number => {
	const days = notBefore === undefined || notAfter === undefined ? Number.NaN : msBetween(notBefore, notAfter) / dayMs;
	return Number.isNaN(days) ? Number.POSITIVE_INFINITY : days;
};

/** It has expired, by what ACM says or by its date. */
export const hasEnded = ({status, notAfter}: Certificate, now: string): boolean =>
	status === 'EXPIRED' || (notAfter !== undefined && msBetween(now, notAfter) <= 0);

/** Why a question about its end does not arise. */
export const notIssued = (certificate: Certificate): string | undefined =>
	certificate.status === undefined || wasIssued(certificate) ? undefined : `never issued (${certificate.status}), so it has no end`;

/** In use, as the end of a sentence. */
export const usageInWords = ({inUse, exported}: Certificate): string =>
	inUse === true
		? 'in use'
		: exported === true
			? 'exported, so it may be served outside AWS'
			: inUse === false
				? 'not in use'
				: 'perhaps in use';

/** It stands for something: neither a request under way nor one that came to nothing. */
const wasIssued = ({status}: Certificate): boolean =>
	status === 'ISSUED' || status === 'EXPIRED' || status === 'REVOKED' || status === 'INACTIVE';

/** Why ACM is not the place to mend it, where it is not. */
export const foreignHands = ({managedBy, keyPairOrigin}: Certificate): string | undefined => {
	if (managedBy !== undefined) {
		const owner = managedBy === 'CLOUDFRONT' ? 'CloudFront' : managedBy;
		return `${owner} manages this certificate: nothing about it can be changed in ACM`;
	}

	return keyPairOrigin === 'ACME' ? 'an ACME client holds its key and replaces it by asking for a new certificate' : undefined;
};
