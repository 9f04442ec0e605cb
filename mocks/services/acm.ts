import {
	CertificateExport,
	type CertificateFilter,
	type CertificateFilterStatement,
	CertificateKeyPairOrigin,
	CertificateStatus,
	type CertificateSummary,
	CertificateType,
	DescribeCertificateCommand,
	type DomainStatus,
	type DomainValidation,
	GetAccountConfigurationCommand,
	KeyAlgorithm,
	ListCertificateDomainValidationsCommand,
	ListCertificatesCommand,
	type RenewalEligibility,
	RenewalStatus,
	SearchCertificatesCommand,
	type SearchCertificatesSortBy,
	ValidationMethod,
} from '@aws-sdk/client-acm';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {AcmCertificate, AcmState} from './acm-state.js';

// Behaviour is that of https://docs.aws.amazon.com/acm/latest/APIReference/API_Operations.html.

type Acm = Context<AcmState>;

const arnOf = (one: AcmCertificate, context: Acm): string => context.arn(`certificate/${one.certificateId}`);

const namesOf = (one: AcmCertificate): string[] => [one.domainName, ...one.alternatives];

/** https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html */
const eligibility = (one: AcmCertificate): RenewalEligibility =>
	one.status === 'ISSUED' && one.type !== 'IMPORTED' && one.keyPairOrigin === 'AWS_MANAGED' && (one.inUseBy.length > 0 || one.exported)
		? 'ELIGIBLE'
		: 'INELIGIBLE';

/** Throws where a policy refuses the operation in this Region. */
const allow = (context: Acm): void => {
	const reason = context.state.refused[context.operation];
	if (reason !== undefined) throw context.denied(undefined, reason);
};

/** The certificate that an ARN names; refuses what a policy refuses. */
const certificateOf = (arn = '', context: Acm): AcmCertificate => {
	if (!/^arn:[\w-]+:acm:[\w-]*:\d{12}:certificate\/[\w-]+$/u.test(arn)) {
		throw new AwsError('InvalidArnException', `The specified ARN (${arn}) is not valid.`);
	}
	const one = context.state.certificates.find(other => arnOf(other, context) === arn);
	if (one === undefined) throw new AwsError('ResourceNotFoundException', `Could not find certificate ${arn}.`);
	const reason = one.refused[context.operation];
	if (reason !== undefined) throw context.denied(arn, reason);
	return one;
};

/**
 * The older operations write RSA with a hyphen, as in the answers of
 * https://docs.aws.amazon.com/cli/latest/reference/acm/describe-certificate.html, though their model says RSA_2048.
 */
const hyphenated = (algorithm: AcmCertificate['keyAlgorithm']): KeyAlgorithm =>
	// Neither that spelling nor an algorithm of tomorrow is in the SDK's list, and both come over the wire.
	algorithm.replace(/^RSA_/u, 'RSA-') as KeyAlgorithm;

/** The record that proves a name: the same for the name and its wildcard, at every renewal. */
const validationsOf = (one: AcmCertificate, context: Acm, unvalidated: Readonly<Record<string, DomainStatus>>): DomainValidation[] =>
	namesOf(one).map(name => {
		const base = name.replace(/^\*\./u, '');
		const digest = Buffer.from(`${context.accountId}/${base}`).toString('hex').padEnd(32, '0').slice(0, 32);
		return {
			DomainName: name,
			ValidationDomain: name,
			ValidationStatus: unvalidated[name] ?? 'SUCCESS',
			...(one.validationMethod !== undefined && {ValidationMethod: one.validationMethod}),
			...(one.validationMethod === 'DNS' && {
				ResourceRecord: {Name: `_${digest}.${base}.`, Type: 'CNAME', Value: `_${[...digest].reverse().join('')}.acm-validations.aws.`},
			}),
			...(one.validationMethod === 'EMAIL' && {ValidationEmails: ['admin', 'hostmaster', 'postmaster'].map(user => `${user}@${base}`)}),
			...(one.validationMethod === 'HTTP' && {
				HttpRedirect: {
					RedirectFrom: `http://${base}/.well-known/pki-validation/${digest}.txt`,
					RedirectTo: `https://validation.${context.awsRegion}.acm-validations.aws/${digest}.txt`,
				},
			}),
		};
	});

const datesOf = (one: AcmCertificate) => ({
	CreatedAt: one.createdAt,
	...(one.issuedAt !== undefined && {IssuedAt: one.issuedAt}),
	...(one.importedAt !== undefined && {ImportedAt: one.importedAt}),
	...(one.revokedAt !== undefined && {RevokedAt: one.revokedAt}),
});

const validityOf = (one: AcmCertificate) => ({
	...(one.notBefore !== undefined && {NotBefore: one.notBefore}),
	...(one.notAfter !== undefined && {NotAfter: one.notAfter}),
});

/** Only certificates that Amazon issues say whether they may leave ACM. */
const exportOf = (one: AcmCertificate): {ExportOption?: 'ENABLED' | 'DISABLED'} =>
	one.type === 'AMAZON_ISSUED' ? {ExportOption: one.exportable ? 'ENABLED' : 'DISABLED'} : {};

const usages = {
	KeyUsages: ['DIGITAL_SIGNATURE' as const, 'KEY_ENCIPHERMENT' as const],
	ExtendedKeyUsages: ['TLS_WEB_SERVER_AUTHENTICATION' as const],
};

const summaryOf = (one: AcmCertificate, context: Acm): CertificateSummary => ({
	CertificateArn: arnOf(one, context),
	DomainName: one.domainName,
	SubjectAlternativeNameSummaries: namesOf(one).slice(0, 100),
	HasAdditionalSubjectAlternativeNames: namesOf(one).length > 100,
	Status: one.status,
	Type: one.type,
	KeyAlgorithm: hyphenated(one.keyAlgorithm),
	...usages,
	...exportOf(one),
	InUse: one.inUseBy.length > 0,
	Exported: one.exported,
	RenewalEligibility: eligibility(one),
	...validityOf(one),
	...datesOf(one),
	...(one.managedBy !== undefined && {ManagedBy: one.managedBy}),
	CertificateKeyPairOrigin: one.keyPairOrigin,
});

const isWithin = (at: Date | undefined, range: {readonly Start?: Date | undefined; readonly End?: Date | undefined}): boolean =>
	at !== undefined && (range.Start === undefined || at >= range.Start) && (range.End === undefined || at <= range.End);

const compares = (
	text: string,
	{Value = '', ComparisonOperator}: {readonly Value?: string | undefined; readonly ComparisonOperator?: string | undefined},
): boolean => (ComparisonOperator === 'CONTAINS' ? text.includes(Value) : text === Value);

/** One leaf of a search. A leaf names exactly one member. */
const passes = (one: AcmCertificate, filter: CertificateFilter, context: Acm): boolean => {
	if (filter.CertificateArn !== undefined) return filter.CertificateArn === arnOf(one, context);
	const metadata = filter.AcmCertificateMetadataFilter;
	if (metadata !== undefined) {
		const [[name, value] = []] = Object.entries(metadata);
		const facts: Readonly<Record<string, unknown>> = {
			Status: one.status,
			RenewalStatus: one.renewal?.status,
			Type: one.type,
			InUse: one.inUseBy.length > 0,
			Exported: one.exported,
			...exportOf(one),
			ManagedBy: one.managedBy,
			ValidationMethod: one.validationMethod,
			CertificateKeyPairOrigin: one.keyPairOrigin,
			AcmeEndpointArn: one.acmeEndpointArn,
		};
		return name !== undefined && facts[name] === value;
	}

	const x509 = filter.X509AttributeFilter;
	if (x509?.NotAfter !== undefined) return isWithin(one.notAfter, x509.NotAfter);
	if (x509?.NotBefore !== undefined) return isWithin(one.notBefore, x509.NotBefore);
	if (x509?.KeyAlgorithm !== undefined) return x509.KeyAlgorithm === one.keyAlgorithm;
	if (x509?.Subject?.CommonName !== undefined) return compares(one.domainName, x509.Subject.CommonName);
	const dnsName = x509?.SubjectAlternativeName?.DnsName;
	if (dnsName !== undefined) return namesOf(one).some(name => compares(name, dnsName));
	if (x509?.KeyUsage !== undefined) return usages.KeyUsages.some(usage => usage === x509.KeyUsage);
	if (x509?.ExtendedKeyUsage !== undefined) return usages.ExtendedKeyUsages.some(usage => usage === x509.ExtendedKeyUsage);
	throw context.invalid('A filter must name exactly one attribute.');
};

const matches = (one: AcmCertificate, statement: CertificateFilterStatement | undefined, context: Acm): boolean => {
	if (statement === undefined) return true;
	if (statement.And !== undefined) return statement.And.every(part => matches(one, part, context));
	if (statement.Or !== undefined) return statement.Or.some(part => matches(one, part, context));
	if (statement.Not !== undefined) return !matches(one, statement.Not, context);
	return statement.Filter !== undefined && passes(one, statement.Filter, context);
};

const sortKeys: Partial<Record<SearchCertificatesSortBy, (one: AcmCertificate) => string | number>> = {
	CREATED_AT: one => one.createdAt.getTime(),
	NOT_AFTER: one => one.notAfter?.getTime() ?? 0,
	NOT_BEFORE: one => one.notBefore?.getTime() ?? 0,
	ISSUED_AT: one => one.issuedAt?.getTime() ?? 0,
	IMPORTED_AT: one => one.importedAt?.getTime() ?? 0,
	REVOKED_AT: one => one.revokedAt?.getTime() ?? 0,
	STATUS: one => one.status,
	RENEWAL_STATUS: one => one.renewal?.status ?? '',
	TYPE: one => one.type,
	KEY_ALGORITHM: one => one.keyAlgorithm,
	COMMON_NAME: one => one.domainName,
	IN_USE: one => Number(one.inUseBy.length > 0),
	EXPORTED: one => Number(one.exported),
	CERTIFICATE_ARN: one => one.certificateId,
};

const sorted = (from: readonly AcmCertificate[], by: SearchCertificatesSortBy, descending: boolean): readonly AcmCertificate[] => {
	const key = sortKeys[by] ?? (() => 0);
	const sign = descending ? -1 : 1;
	return from.toSorted((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
};

export const acm = defineMockService({
	id: 'acm',
	signingName: 'acm',
	protocol: {name: 'awsJson1.1', target: 'CertificateManager'},
	enums: [CertificateStatus, CertificateType, KeyAlgorithm, RenewalStatus, ValidationMethod, CertificateExport, CertificateKeyPairOrigin],
	empty: (): AcmState => ({certificates: [], daysBeforeExpiry: 45, refused: {}}),
	commands: {
		SearchCertificates: SearchCertificatesCommand,
		ListCertificates: ListCertificatesCommand,
		DescribeCertificate: DescribeCertificateCommand,
		GetAccountConfiguration: GetAccountConfigurationCommand,
		ListCertificateDomainValidations: ListCertificateDomainValidationsCommand,
	},
	handlers: {
		// Unlike ListCertificates its documentation names no filter by default: all sorts of certificates are found.
		SearchCertificates: (input, context) => {
			allow(context);
			const found = context.state.certificates.filter(one => matches(one, input.FilterStatement, context));
			const {page, token} = context.paginate(sorted(found, input.SortBy ?? 'CREATED_AT', input.SortOrder === 'DESCENDING'), input, {
				token: 'NextToken',
				limit: 'MaxResults',
				defaultLimit: 100,
				// Not documented; that of ListCertificates.
				maximumLimit: 1000,
			});
			return {
				Results: page.map(one => ({
					CertificateArn: arnOf(one, context),
					...(!one.withheld.includes('X509Attributes') && {
						X509Attributes: {
							Issuer: {Country: 'US', Organization: one.issuer.organization, CommonName: one.issuer.commonName},
							Subject: {CommonName: one.domainName},
							SubjectAlternativeNames: namesOf(one).map(name => ({DnsName: name})),
							...usages,
							// AWS knows algorithms that this SDK does not list.
							KeyAlgorithm: one.keyAlgorithm as KeyAlgorithm,
							...validityOf(one),
						},
					}),
					...(!one.withheld.includes('CertificateMetadata') && {
						CertificateMetadata: {
							AcmCertificateMetadata: {
								...datesOf(one),
								Exported: one.exported,
								InUse: one.inUseBy.length > 0,
								RenewalEligibility: eligibility(one),
								Status: one.status,
								...(one.renewal !== undefined && {RenewalStatus: one.renewal.status}),
								Type: one.type,
								...exportOf(one),
								...(one.managedBy !== undefined && {ManagedBy: one.managedBy}),
								...(one.validationMethod !== undefined && {ValidationMethod: one.validationMethod}),
								CertificateKeyPairOrigin: one.keyPairOrigin,
								...(one.acmeEndpointArn !== undefined && {AcmeEndpointArn: one.acmeEndpointArn}),
							},
						},
					}),
				})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		// "Default filtering returns only RSA_1024 and RSA_2048 certificates that have at least one domain", and
		// "only certificates with key pair origin of AWS_MANAGED and CUSTOMER_PROVIDED".
		ListCertificates: (input, context) => {
			allow(context);
			if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
				throw new AwsError('InvalidArgsException', 'If you specify SortBy, you must also specify SortOrder.');
			}
			const keyTypes: readonly string[] = input.Includes?.keyTypes ?? ['RSA_1024', 'RSA_2048'];
			const origins = input.CertificateKeyPairOrigins ?? ['AWS_MANAGED', 'CUSTOMER_PROVIDED'];
			const wanted = context.state.certificates.filter(
				one =>
					keyTypes.includes(one.keyAlgorithm) &&
					origins.includes(one.keyPairOrigin) &&
					(input.CertificateStatuses === undefined || input.CertificateStatuses.includes(one.status)) &&
					(input.Includes?.managedBy === undefined || input.Includes.managedBy === one.managedBy) &&
					(input.Includes?.exportOption === undefined || input.Includes.exportOption === exportOf(one).ExportOption),
			);
			const {page, token} = context.paginate(sorted(wanted, 'CREATED_AT', input.SortOrder === 'DESCENDING'), input, {
				token: 'NextToken',
				limit: 'MaxItems',
				defaultLimit: 1000,
				maximumLimit: 1000,
			});
			return {
				CertificateSummaryList: page.map(one => summaryOf(one, context)),
				...(token !== undefined && {NextToken: token}),
			};
		},

		DescribeCertificate: (input, context) => {
			allow(context);
			const one = certificateOf(input.CertificateArn, context);
			const isAmazon = one.type === 'AMAZON_ISSUED';
			return {
				Certificate: {
					CertificateArn: arnOf(one, context),
					DomainName: one.domainName,
					SubjectAlternativeNames: namesOf(one),
					...(one.managedBy !== undefined && {ManagedBy: one.managedBy}),
					...(isAmazon && {DomainValidationOptions: validationsOf(one, context, one.unvalidated)}),
					Subject: `CN=${one.domainName}`,
					Issuer: one.issuer.organization,
					...datesOf(one),
					Status: one.status,
					...validityOf(one),
					KeyAlgorithm: hyphenated(one.keyAlgorithm),
					SignatureAlgorithm: 'SHA256WITHRSA',
					InUseBy: [...one.inUseBy],
					...(one.status === 'FAILED' && one.failureReason !== undefined && {FailureReason: one.failureReason}),
					Type: one.type,
					// "This field exists only when the certificate type is AMAZON_ISSUED."
					...(isAmazon &&
						one.renewal !== undefined && {
							RenewalSummary: {
								RenewalStatus: one.renewal.status,
								DomainValidationOptions: validationsOf(one, context, one.renewal.unvalidated ?? {}),
								...(one.renewal.reason !== undefined && {RenewalStatusReason: one.renewal.reason}),
								UpdatedAt: one.renewal.updatedAt,
							},
						}),
					KeyUsages: usages.KeyUsages.map(Name => ({Name})),
					ExtendedKeyUsages: [{Name: 'TLS_WEB_SERVER_AUTHENTICATION' as const, OID: '1.3.6.1.5.5.7.3.1'}],
					...(one.certificateAuthorityArn !== undefined && {CertificateAuthorityArn: one.certificateAuthorityArn}),
					RenewalEligibility: eligibility(one),
					Options: {CertificateTransparencyLoggingPreference: 'ENABLED' as const, ...(isAmazon && {Export: exportOf(one).ExportOption})},
					CertificateKeyPairOrigin: one.keyPairOrigin,
					...(one.acmeEndpointArn !== undefined && {AcmeEndpointArn: one.acmeEndpointArn}),
				},
			};
		},

		// Of certificates that ACM issued: what validates each name, and what somebody asked to validate it from now on.
		ListCertificateDomainValidations: (input, context) => {
			allow(context);
			const one = certificateOf(input.CertificateArn, context);
			const records = validationsOf({...one, validationMethod: 'DNS'}, context, one.changeToDns ?? {});
			const summaries = one.type === 'AMAZON_ISSUED' ? validationsOf(one, context, one.unvalidated) : [];
			const {page, token} = context.paginate(summaries, input, {
				token: 'NextToken',
				limit: 'MaxItems',
				defaultLimit: 1000,
				maximumLimit: 1000,
			});
			return {
				DomainValidationSummaryList: page.map(
					({DomainName, ValidationMethod: method, ValidationStatus, ValidationEmails, ResourceRecord}) => {
						const record = records.find(other => other.DomainName === DomainName);
						return {
							DomainName,
							ActiveValidationConfiguration: {
								ValidationMethod: method,
								ValidationStatus,
								...(method === 'DNS' && {ValidationChallenge: {DnsValidationChallenge: {ResourceRecord}}}),
								...(method === 'EMAIL' && {
									ValidationChallenge: {EmailValidationChallenge: {ValidationEmails, ValidationDomain: DomainName}},
								}),
							},
							...(one.changeToDns !== undefined && {
								RequestedValidationConfiguration: {
									ValidationMethod: 'DNS' as const,
									ValidationStatus: record?.ValidationStatus,
									ValidationChallenge: {DnsValidationChallenge: {ResourceRecord: record?.ResourceRecord}},
								},
							}),
						};
					},
				),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetAccountConfiguration: (_input, context) => {
			allow(context);
			return {ExpiryEvents: {DaysBeforeExpiry: context.state.daysBeforeExpiry}};
		},
	},
});
