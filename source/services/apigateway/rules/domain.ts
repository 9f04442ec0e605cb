import {type Answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {DomainName, DomainNameResource} from './domain-name.js';
import {judgeTls} from './tls.js';

export const domainTls: Rule<DomainName> = {
	id: 'apigateway-domain-modern-tls',
	title: 'A custom domain name takes TLS 1.2 or newer',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'TLS 1.0 and 1.1 have known weaknesses, and standards such as PCI DSS have forbidden them for years.',
	remediation: {
		text: 'Choose the security policy TLS_1_2, or one of the SecurityPolicy_… family with its access mode. The access log’s $context.tlsVersion tells who still needs the old one.',
		cli: 'aws apigateway update-domain-name --domain-name {name} --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2 --region {region}',
		terraform: 'resource "aws_api_gateway_domain_name" "this" {\n  domain_name     = "{name}"\n  security_policy = "TLS_1_2"\n}',
		url: `${guide}/apigateway-custom-domain-tls-version.html`,
	},
	note: 'Prowler asks for post-quantum policies only. Mutual TLS works with TLS_1_2 and not with the SecurityPolicy_… family.',
	reads: [],
	evaluate: ({configuration: {securityPolicy}}) => judgeTls(securityPolicy, 'GetDomainNames'),
};

/** An endpoint of a domain name, with the certificate that it shows and the Region where that must be. */
type Served = {readonly type: string; readonly certificateArn: string | undefined; readonly wanted: string};

const servedBy = ({configuration, awsRegion}: DomainNameResource): readonly Served[] =>
	configuration.endpointTypes.flatMap((type): readonly Served[] => {
		switch (type) {
			case 'EDGE':
				// CloudFront's certificates: https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html
				return [{type, certificateArn: configuration.certificateArn, wanted: 'us-east-1'}];
			case 'REGIONAL':
				return [{type, certificateArn: configuration.regionalCertificateArn, wanted: awsRegion}];
			case 'PRIVATE':
				return [{type, certificateArn: configuration.certificateArn, wanted: awsRegion}];
			default:
				return [];
		}
	});

export const domainCertificateRegion: Rule<DomainName> = {
	id: 'apigateway-domain-certificate-region',
	title: 'The certificate of a custom domain name is in the Region that serves it',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'An edge-optimised name is served by CloudFront, which takes certificates of us-east-1 alone; a Regional or private one takes those of its own Region. A certificate elsewhere cannot be renewed in its place or attached again.',
	remediation: {
		text: 'Request a certificate for the name in the Region that serves it, and set it on the domain name: CERTIFICATE_REGION is us-east-1 for EDGE, and the Region of the domain name for REGIONAL and PRIVATE.',
		cli: 'aws acm request-certificate --domain-name {name} --validation-method DNS --region CERTIFICATE_REGION',
		terraform:
			'# For REGIONAL. EDGE has certificate_arn instead, of a certificate in us-east-1; PRIVATE has it too, of its own Region.\nresource "aws_api_gateway_domain_name" "this" {\n  domain_name              = "{name}"\n  regional_certificate_arn = aws_acm_certificate.same_region.arn\n\n  endpoint_configuration {\n    types = ["REGIONAL"]\n  }\n}',
		url: `${guide}/how-to-custom-domains-prerequisites.html`,
	},
	note: 'Edge-optimised: certificate in us-east-1. Regional: certificate in the API’s own Region. In both Route 53 leads to it by a CNAME or an alias. Older notes say that a Regional certificate is imported into API Gateway: it is a certificate of ACM in the same Region, requested or imported there.',
	reads: [],
	exempts({configuration: {certificateArn, regionalCertificateArn, certificateName}}) {
		return certificateArn === undefined && regionalCertificateArn === undefined && certificateName !== undefined
			? `its certificate ${certificateName} was uploaded to API Gateway and lies in no Region of ACM`
			: undefined;
	},
	evaluate(resource): Answer {
		const served = servedBy(resource);
		const strange = resource.configuration.endpointTypes.filter(type => !['EDGE', 'REGIONAL', 'PRIVATE'].includes(type));
		if (served.length === 0 || strange.length > 0) {
			return {
				verdict: 'UNKNOWN',
				reason:
					strange.length > 0
						? `the endpoint type ${listed(strange)} is not known to this version`
						: 'GetDomainNames did not tell its endpoint type',
			};
		}

		const regionOf = (arn: string): string => arn.split(':')[3] ?? '';
		const evidence = {
			expected: served.map(({type, wanted}) => `${type} in ${wanted}`).join(', '),
			observed: served.map(({type, certificateArn}) => `${type} ${certificateArn ?? 'without a certificate'}`).join(', '),
			operation: 'GetDomainNames',
		};
		const misplaced = served.find(({certificateArn, wanted}) => certificateArn !== undefined && regionOf(certificateArn) !== wanted);
		if (misplaced?.certificateArn !== undefined) {
			return {
				verdict: 'FAIL',
				reason: `${misplaced.type} needs a certificate in ${misplaced.wanted}, and has one in ${regionOf(misplaced.certificateArn)}`,
				evidence,
			};
		}

		const bare = served.find(({certificateArn}) => certificateArn === undefined);
		return bare === undefined
			? {verdict: 'PASS', reason: `its certificate is in ${served.map(({wanted}) => wanted).join(' and ')}`, evidence}
			: {verdict: 'UNKNOWN', reason: `GetDomainNames did not tell the certificate of its ${bare.type} endpoint`, evidence};
	},
};

/** What each status that is no good says. */
const trouble: Readonly<Record<string, string>> = {
	PENDING_CERTIFICATE_REIMPORT: 'waits for its certificate to be imported again',
	PENDING_OWNERSHIP_VERIFICATION: 'waits for proof of whose name it is',
	FAILED: 'its last change failed',
};

export const domainAvailable: Rule<DomainName> = {
	id: 'apigateway-domain-available',
	title: 'A custom domain name is available',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'A domain name that waits for something or failed serves an old certificate or nothing, and cannot be changed until it is mended.',
	remediation: {
		text: 'Do what its status waits for: import the certificate again in ACM, or name the public certificate that proves the ownership. Delete and make it anew where its change failed for good.',
		cli: 'aws apigateway get-domain-name --domain-name {name} --region {region}',
		url: `${guide}/rest-api-mutual-tls.html`,
	},
	reads: [],
	evaluate({configuration: {status, statusMessage}}): Answer {
		const evidence = {
			expected: 'domainNameStatus AVAILABLE',
			observed: `domainNameStatus ${status ?? 'absent'}`,
			operation: 'GetDomainNames',
		};
		switch (status) {
			case 'AVAILABLE':
				return {verdict: 'PASS', reason: 'available', evidence};
			case 'UPDATING':
			case 'PENDING':
				return {verdict: 'PASS', reason: 'being changed', evidence};
			case undefined:
				return {verdict: 'UNKNOWN', reason: 'GetDomainNames did not tell its status'};
			default: {
				const what = trouble[status];
				return what === undefined
					? {verdict: 'UNKNOWN', reason: `the status ${status} is not known to this version`, evidence}
					: {
							verdict: 'FAIL',
							severity: status === 'FAILED' ? 'HIGH' : 'MEDIUM',
							reason: statusMessage === undefined ? what : `${what}: ${statusMessage.replace(/\.$/u, '')}`,
							evidence,
						};
			}
		}
	},
};

export const domainTruststore: Rule<DomainName> = {
	id: 'apigateway-domain-truststore-sound',
	title: 'The truststore of mutual TLS holds sound certificates',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Callers whose authority stands in the truststore with an expired or unreadable certificate are turned away, though mutual TLS seems set up.',
	remediation: {
		text: 'Replace the certificates that the warnings name, put the new truststore into its bucket and set its version.',
		cli: 'aws apigateway update-domain-name --domain-name {name} --patch-operations op=replace,path=/mutualTlsAuthentication/truststoreVersion,value=VERSION_ID --region {region}',
		url: `${guide}/rest-api-mutual-tls.html`,
	},
	note: 'The truststore itself lies in S3 and is not read: what API Gateway says of it is.',
	reads: [],
	exempts: ({configuration: {mutualTls}}) => (mutualTls === null ? 'callers need no certificate' : undefined),
	evaluate({configuration: {mutualTls}}): Answer {
		const {truststoreUri = 'its truststore', warnings = []} = mutualTls ?? {};
		const evidence = {expected: 'no truststoreWarnings', observed: warnings.join('; ') || 'none', operation: 'GetDomainNames'};
		const [first] = warnings;
		return first === undefined
			? {verdict: 'PASS', reason: `callers need a certificate of ${truststoreUri}`, evidence}
			: {
					verdict: 'FAIL',
					reason: `${truststoreUri} has ${warnings.length === 1 ? 'a warning' : `${warnings.length} warnings`}: ${first.replace(/\.$/u, '')}`,
					evidence,
				};
	},
};
