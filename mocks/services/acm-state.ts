import type {
	CertificateKeyPairOrigin,
	CertificateManagedBy,
	CertificateStatus,
	CertificateType,
	DomainStatus,
	FailureReason,
	KeyAlgorithm,
	RenewalStatus,
	Tag,
	ValidationMethod,
} from '@aws-sdk/client-acm';
import type {DenialReason} from '../endpoint/aws-error.js';
import {apiDomainArn, distributionArn, loadBalancerArn} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

type AcmRenewal = {
	readonly status: RenewalStatus;
	readonly reason?: FailureReason;
	readonly updatedAt: Date;
	/** Of each name; a name that is not in here was validated. */
	readonly unvalidated?: Readonly<Record<string, DomainStatus>>;
};

/** What ACM knows of a certificate. What follows from it (`InUse`, eligibility, summaries) the mock works out. */
export type AcmCertificate = {
	readonly certificateId: string;
	domainName: string;
	/** Besides `domainName`, which is always among the names of an answer. */
	alternatives: readonly string[];
	status: CertificateStatus;
	type: CertificateType;
	/** A string, since AWS adds algorithms before the SDK lists them. */
	keyAlgorithm: KeyAlgorithm | 'ML_DSA_65';
	keyPairOrigin: CertificateKeyPairOrigin;
	/** Of the issuer's distinguished name. */
	issuer: {readonly organization: string; readonly commonName: string};
	createdAt: Date;
	issuedAt?: Date | undefined;
	importedAt?: Date | undefined;
	revokedAt?: Date | undefined;
	notBefore?: Date | undefined;
	notAfter?: Date | undefined;
	/** ARNs. */
	inUseBy: readonly string[];
	exportable: boolean;
	exported: boolean;
	/** Absent for imported and private certificates. */
	validationMethod?: ValidationMethod | undefined;
	/** Names whose first validation has not succeeded. */
	unvalidated: Readonly<Record<string, DomainStatus>>;
	/** Present while its validation changes from e-mail to DNS: the status of each name. A name that is not in here was validated. */
	changeToDns?: Readonly<Record<string, DomainStatus>>;
	tags: readonly Tag[];
	renewal?: AcmRenewal | undefined;
	failureReason?: FailureReason | undefined;
	managedBy?: CertificateManagedBy | undefined;
	certificateAuthorityArn?: string | undefined;
	acmeEndpointArn?: string | undefined;
	/** Members that a search result lacks: AWS promises none of them. */
	withheld: ReadonlyArray<'X509Attributes' | 'CertificateMetadata'>;
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type AcmState = {
	certificates: AcmCertificate[];
	daysBeforeExpiry: number;
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

/** https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html */
const amazon = {organization: 'Amazon', commonName: 'Amazon RSA 2048 M04'};

/** How long public certificates last, since 18 February 2026. */
const publicValidityDays = 198;

type Facts = Partial<AcmCertificate> & {
	/** Days until its end; negative where it has ended. */
	readonly endsInDays?: number;
	/** The whole lifetime in days. */
	readonly validityDays?: number;
};

/**
 * A public certificate that Amazon issued, validated by DNS, in nobody's use, 138 days before its end; `facts` say what
 * differs. `domainName` seeds its id, so that adding one changes no other.
 */
export const certificate = (place: Place, domainName: string, facts: Facts = {}): AcmCertificate => {
	const {endsInDays = 138, validityDays = publicValidityDays, ...rest} = facts;
	const imported = rest.type === 'IMPORTED';
	const status = rest.status ?? (endsInDays < 0 ? 'EXPIRED' : 'ISSUED');
	const issued = !['PENDING_VALIDATION', 'VALIDATION_TIMED_OUT', 'FAILED'].includes(status);
	const begun = place.inDays(endsInDays - validityDays);
	return {
		certificateId: place.random(`acm/${domainName}`).uuid(),
		domainName,
		alternatives: [],
		status,
		type: 'AMAZON_ISSUED',
		keyAlgorithm: 'RSA_2048',
		keyPairOrigin: imported ? 'CUSTOMER_PROVIDED' : 'AWS_MANAGED',
		issuer: imported ? {organization: "Let's Encrypt", commonName: 'R11'} : amazon,
		createdAt: begun,
		...(issued && !imported && {issuedAt: begun}),
		...(imported && {importedAt: begun}),
		...(issued && {notBefore: begun, notAfter: place.inDays(endsInDays)}),
		inUseBy: [],
		exportable: false,
		exported: false,
		...(!imported && rest.type !== 'PRIVATE' && {validationMethod: 'DNS' as const}),
		unvalidated: {},
		tags: [],
		withheld: [],
		refused: {},
		...rest,
	};
};

/** Load balancers, distributions and domains that serve certificates. */
export const users = (place: Place) => ({
	loadBalancer: (name: string): string => loadBalancerArn(place, name),
	distribution: (id: string): string => distributionArn(place, id),
	api: (domainName: string): string => apiDomainArn(place, domainName),
});
