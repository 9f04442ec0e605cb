import type {
	DescribeCertificateCommand,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	SearchCertificatesCommand,
} from '@aws-sdk/client-acm';
import type {CommandOutput} from '../../../model/index.js';
import type {Certificate, CertificateDescription, UnvalidatedName, ValidationChange} from '../rules/certificate.js';

// AWS's answers in our own words: what each of the three operations tells of a certificate.

type Found = NonNullable<CommandOutput<typeof SearchCertificatesCommand>['Results']>[number];
export type Summary = NonNullable<CommandOutput<typeof ListCertificatesCommand>['CertificateSummaryList']>[number];
export type Detail = NonNullable<CommandOutput<typeof DescribeCertificateCommand>['Certificate']>;
type Validation = NonNullable<Detail['DomainValidationOptions']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

type Optional<T> = {readonly [K in keyof T]?: T[K] | undefined};

const toCertificate = ({
	listedBy,
	subjectAlternativeNames,
	...optional
}: Optional<Certificate> & Pick<Certificate, 'listedBy' | 'subjectAlternativeNames'>): Certificate => ({
	listedBy,
	subjectAlternativeNames,
	...present(optional),
});

export const fromSearch = ({X509Attributes: x509 = {}, CertificateMetadata: metadata}: Found): Certificate => {
	const acm = metadata?.AcmCertificateMetadata ?? {};
	const names = (x509.SubjectAlternativeNames ?? []).flatMap(
		name => name.DnsName ?? name.IpAddress ?? name.UniformResourceIdentifier ?? name.Rfc822Name ?? [],
	);
	return toCertificate({
		listedBy: 'SearchCertificates',
		domainName: x509.Subject?.CommonName ?? names[0],
		subjectAlternativeNames: names,
		status: acm.Status,
		type: acm.Type,
		keyAlgorithm: x509.KeyAlgorithm,
		issuer: x509.Issuer?.Organization ?? x509.Issuer?.CommonName,
		notBefore: x509.NotBefore,
		notAfter: x509.NotAfter,
		createdAt: acm.CreatedAt,
		issuedAt: acm.IssuedAt,
		importedAt: acm.ImportedAt,
		revokedAt: acm.RevokedAt,
		inUse: acm.InUse,
		exported: acm.Exported,
		exportOption: acm.ExportOption,
		renewalEligibility: acm.RenewalEligibility,
		renewalStatus: acm.RenewalStatus,
		validationMethod: acm.ValidationMethod,
		managedBy: acm.ManagedBy,
		keyPairOrigin: acm.CertificateKeyPairOrigin,
		acmeEndpointArn: acm.AcmeEndpointArn,
	});
};

export const fromList = (summary: Summary): Certificate =>
	toCertificate({
		listedBy: 'ListCertificates',
		domainName: summary.DomainName,
		subjectAlternativeNames: summary.SubjectAlternativeNameSummaries ?? [],
		status: summary.Status,
		type: summary.Type,
		keyAlgorithm: summary.KeyAlgorithm,
		notBefore: summary.NotBefore,
		notAfter: summary.NotAfter,
		createdAt: summary.CreatedAt,
		issuedAt: summary.IssuedAt,
		importedAt: summary.ImportedAt,
		revokedAt: summary.RevokedAt,
		inUse: summary.InUse,
		exported: summary.Exported,
		exportOption: summary.ExportOption,
		renewalEligibility: summary.RenewalEligibility,
		managedBy: summary.ManagedBy,
		keyPairOrigin: summary.CertificateKeyPairOrigin,
	});

const toUnvalidated = (validations: readonly Validation[] = []): readonly UnvalidatedName[] =>
	validations
		.filter(({ValidationStatus}) => ValidationStatus !== 'SUCCESS')
		.flatMap(({DomainName, ValidationStatus, ResourceRecord}) =>
			DomainName === undefined
				? []
				: {
						domainName: DomainName,
						...present({status: ValidationStatus, recordName: ResourceRecord?.Name, recordValue: ResourceRecord?.Value}),
					},
		);

export const toDescription = (detail: Detail): CertificateDescription => ({
	inUseBy: detail.InUseBy ?? [],
	unvalidated: toUnvalidated((detail.RenewalSummary ?? detail).DomainValidationOptions),
	...present({
		failureReason: detail.FailureReason,
		renewalStatusReason: detail.RenewalSummary?.RenewalStatusReason,
		renewalUpdatedAt: detail.RenewalSummary?.UpdatedAt,
		certificateAuthorityArn: detail.CertificateAuthorityArn,
	}),
});

export const fromDetail = (detail: Detail): Omit<Certificate, 'listedBy' | 'subjectAlternativeNames'> =>
	present({
		domainName: detail.DomainName,
		status: detail.Status,
		type: detail.Type,
		keyAlgorithm: detail.KeyAlgorithm,
		issuer: detail.Issuer,
		notBefore: detail.NotBefore,
		notAfter: detail.NotAfter,
		createdAt: detail.CreatedAt,
		issuedAt: detail.IssuedAt,
		importedAt: detail.ImportedAt,
		revokedAt: detail.RevokedAt,
		inUse: detail.InUseBy && detail.InUseBy.length > 0,
		exportOption: detail.Options?.Export,
		renewalEligibility: detail.RenewalEligibility,
		renewalStatus: detail.RenewalSummary?.RenewalStatus,
		validationMethod: detail.DomainValidationOptions?.[0]?.ValidationMethod,
		managedBy: detail.ManagedBy,
		keyPairOrigin: detail.CertificateKeyPairOrigin,
		acmeEndpointArn: detail.AcmeEndpointArn,
	});

/** The change that somebody asked for, and what it waits for; undefined where nobody did. */
export const toChange = (
	summaries: CommandOutput<typeof ListCertificateDomainValidationsCommand>['DomainValidationSummaryList'],
): ValidationChange | undefined => {
	const asked = (summaries ?? []).flatMap(({DomainName, RequestedValidationConfiguration: requested}) =>
		DomainName === undefined || requested?.ValidationMethod === undefined ? [] : [{domainName: DomainName, ...requested}],
	);
	const [first] = asked;
	return first?.ValidationMethod === undefined
		? undefined
		: {
				method: first.ValidationMethod,
				waitsFor: asked
					.filter(({ValidationStatus}) => ValidationStatus !== 'SUCCESS')
					.map(({domainName, ValidationStatus, ValidationChallenge}) => {
						const record = ValidationChallenge?.DnsValidationChallenge?.ResourceRecord;
						return {domainName, ...present({status: ValidationStatus, recordName: record?.Name, recordValue: record?.Value})};
					}),
			};
};
