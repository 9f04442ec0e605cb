import {hourMs, msBetween, type Rule, type Severity, spanInWords, unpublished} from '../../../model/index.js';
import {type Certificate, foreignHands} from './certificate.js';

export const validated: Rule<Certificate> = {
	id: 'acm-certificate-validated',
	title: 'A certificate request is validated and issued',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'ACM tries to validate the names of a request for 72 hours and then gives up for good. A request that is stuck means a certificate that somebody counts on and that will not come.',
	remediation: {
		text: 'Add the CNAME records that ACM names (or approve the e-mail) while the request is pending. After it failed or timed out, delete it, mend the cause and request again.',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.DomainValidationOptions[].ResourceRecord'`,
		terraform:
			'resource "aws_acm_certificate_validation" "this" {\n  certificate_arn         = aws_acm_certificate.this.arn\n  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-DNS-validation.html',
	},
	// Status PENDING_VALIDATION in https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html
	settings: {pendingHours: 72},
	reads: [],
	exempts: ({configuration}) => (configuration.type === 'IMPORTED' ? 'imported: ACM validates nothing' : foreignHands(configuration)),
	evaluate({configuration: certificate}, {now, settings}) {
		const {status, createdAt, description, listedBy} = certificate;
		const {pendingHours = 72} = settings;
		const evidence = {expected: 'ISSUED', observed: `${status ?? 'no status'}, CreatedAt ${createdAt ?? 'not told'}`, operation: listedBy};
		const names = description?.unvalidated.map(({domainName}) => domainName) ?? [];
		const waiting =
			names.length === 0
				? ''
				: ` of ${names.slice(0, 2).join(', ').slice(0, longestEvidence)}${names.length > 2 ? ` and ${names.length - 2} more` : ''}`;
		switch (status) {
			case 'PENDING_VALIDATION': {
				if (createdAt === undefined) {
					return {verdict: 'UNKNOWN', reason: `waits for validation${waiting}; ${listedBy} did not tell since when`, evidence};
				}

				const sinceMs = msBetween(createdAt, now);
				return sinceMs > pendingHours * hourMs
					? {verdict: 'FAIL', reason: `stuck ${spanInWords(sinceMs)} in validation${waiting}; ACM gives up after 72 hours`, evidence}
					: {verdict: 'PASS', reason: `${spanInWords(sinceMs)} in validation${waiting}, of 72 hours`, evidence};
			}

			case 'VALIDATION_TIMED_OUT': {
				return {verdict: 'FAIL', reason: `never issued: validation${waiting} timed out after 72 hours`, evidence};
			}

			case 'FAILED': {
				const why = description?.failureReason;
				return {verdict: 'FAIL', reason: `never issued: the request failed${why === undefined ? '' : ` (${why})`}`, evidence};
			}

			case 'ISSUED':
			case 'EXPIRED':
			case 'REVOKED':
			case 'INACTIVE': {
				return {verdict: 'PASS', reason: 'issued', evidence};
			}

			default: {
				return {
					verdict: 'UNKNOWN',
					reason: status === undefined ? `${listedBy} did not tell its status` : `its status ${status} is not known to this version`,
				};
			}
		}
	},
};

export const validatedByDns: Rule<Certificate> = {
	id: 'acm-certificate-dns-validated',
	title: 'A certificate is validated by DNS, not by e-mail',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'With DNS validation ACM renews for as long as a CNAME record stands. With e-mail somebody must read and approve a message at every renewal, which is now twice a year.',
	remediation: {
		text: 'Change the validation method in place: the certificate keeps its ARN. Add the CNAME records that ACM then names within 72 hours.',
		cli: 'aws acm update-certificate-options --certificate-arn {arn} --options ValidationMethod=DNS --region {region}',
		terraform: 'resource "aws_acm_certificate" "this" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/email-to-dns-migration.html',
	},
	note: 'Older notes say that the method cannot be changed and a new certificate is needed. UpdateCertificateOptions changes it.',
	reads: ['SearchCertificates'],
	exempts({configuration: certificate}) {
		if (certificate.type === 'IMPORTED' || certificate.type === 'PRIVATE') {
			return certificate.type === 'IMPORTED' ? 'imported: ACM validates nothing' : 'private: its authority vouches for its names';
		}

		const {status} = certificate;
		return (
			foreignHands(certificate) ??
			(status === undefined || status === 'ISSUED' || status === 'PENDING_VALIDATION' ? undefined : `never to be renewed (${status})`)
		);
	},
	evaluate({configuration: {validationMethod, inUse, change, listedBy}}) {
		const evidence = {expected: 'DNS', observed: validationMethod ?? 'not told', operation: 'SearchCertificates'};
		switch (validationMethod) {
			case 'DNS':
			case 'HTTP': {
				return {verdict: 'PASS', reason: `validated by ${validationMethod}, so nobody has to approve a renewal`, evidence};
			}

			case 'EMAIL': {
				const severity: Severity = inUse === false ? 'INFORMATIONAL' : 'LOW';
				if (change?.method === 'DNS') {
					const count = change.waitsFor.length;
					return {
						verdict: 'FAIL',
						severity,
						reason: `validated by e-mail; its change to DNS waits for ${count === 1 ? 'one CNAME record' : `${count} CNAME records`}`,
						evidence,
					};
				}

				return {verdict: 'FAIL', severity, reason: 'validated by e-mail, so somebody must approve each renewal', evidence};
			}

			default: {
				return {
					verdict: 'UNKNOWN',
					reason:
						validationMethod === undefined
							? `${listedBy} did not tell how it is validated`
							: `its validation method ${validationMethod} is not known to this version`,
					evidence,
				};
			}
		}
	},
};

// A domain name has at most 253 characters; an imported certificate's subject may pretend to have a million.
const longestEvidence = 253;

/** `RSA_2048`, `RSA-2048`, `EC_prime256v1`, `P-192`, …: AWS writes both `_` and `-`. */
const strengthOf = (algorithm: string): {readonly family: 'RSA' | 'EC'; readonly bits: number} | undefined => {
	const rsa = /^RSA[_-]?(\d+)$/iu.exec(algorithm);
	const curve = /^(?:EC[_-])?(?:prime|secp|P[_-]?)(\d+)(?:[vrk]\d)?$/iu.exec(algorithm);
	const bits = Number((rsa ?? curve)?.[1]);
	return Number.isNaN(bits) ? undefined : {family: rsa ? 'RSA' : 'EC', bits};
};

export const strongKey: Rule<Certificate> = {
	id: 'acm-certificate-key-strong',
	title: 'A certificate has a key of at least 2,048 bits RSA or 256 bits on a curve',
	severity: 'HIGH',
	published: {securityControlIds: ['ACM.2'], cis: [], prowler: ['acm_certificates_with_secure_key_algorithms']},
	rationale:
		'Keys of 1,024 bits RSA can be broken by those with the means, and browsers refuse them. Only imported certificates can have them.',
	remediation: {
		text: 'Create a new key of 2,048 bits or more (or on P-256), have it certified and import it under the same ARN; or let ACM issue the certificate, which never makes weak keys.',
		cli: 'aws acm import-certificate --certificate-arn {arn} --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem --region {region}',
		terraform:
			'resource "aws_acm_certificate" "this" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n  key_algorithm     = "EC_prime256v1"\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html',
	},
	note: 'Prowler compares with RSA-1024 while the API also says RSA_1024, so that it may never fail; both are read here.',
	settings: {minimumRsaBits: 2048, minimumCurveBits: 256},
	reads: [],
	exempts: ({configuration: {status}}) =>
		status === 'EXPIRED' || status === 'REVOKED' || status === 'FAILED' || status === 'VALIDATION_TIMED_OUT'
			? `not valid (${status})`
			: undefined,
	evaluate({configuration: {keyAlgorithm, inUse, listedBy}}, {settings}) {
		const {minimumRsaBits = 2048, minimumCurveBits = 256} = settings;
		if (keyAlgorithm === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its key algorithm`};
		}

		const strength = strengthOf(keyAlgorithm);
		const evidence = {
			expected: `RSA of ${minimumRsaBits} bits or a curve of ${minimumCurveBits}`,
			observed: keyAlgorithm,
			operation: listedBy,
		};
		if (strength === undefined) {
			return {verdict: 'UNKNOWN', reason: `its key algorithm ${keyAlgorithm} is not known to this version`, evidence};
		}

		const least = strength.family === 'RSA' ? minimumRsaBits : minimumCurveBits;
		return strength.bits < least
			? {
					verdict: 'FAIL',
					severity: inUse === false ? 'MEDIUM' : 'HIGH',
					reason: `weak key: ${keyAlgorithm} has ${strength.bits} bits, fewer than ${least}`,
					evidence,
				}
			: {verdict: 'PASS', reason: `its key is ${keyAlgorithm}`, evidence};
	},
};

export const notWildcard: Rule<Certificate> = {
	id: 'acm-certificate-not-wildcard',
	title: 'A certificate names its hosts one by one',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'The key of a wildcard certificate speaks for every host of the domain: who takes it from one takes all.',
	remediation: {
		text: 'Request certificates for the hosts that need one; ACM issues and renews them without charge where it keeps the key.',
		cli: 'aws acm request-certificate --domain-name HOST --validation-method DNS --region {region}',
		terraform: 'resource "aws_acm_certificate" "host" {\n  domain_name       = var.host\n  validation_method = "DNS"\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-bestpractices.html',
	},
	reads: [],
	exempts: ({configuration: {status}}) =>
		status === undefined || status === 'ISSUED' || status === 'PENDING_VALIDATION' ? undefined : `not valid (${status})`,
	evaluate({configuration: {domainName, subjectAlternativeNames, listedBy}}) {
		const names = [...new Set([...(domainName === undefined ? [] : [domainName]), ...subjectAlternativeNames])];
		if (names.length === 0) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its names`};
		}

		const wildcards = names.filter(name => name.startsWith('*.'));
		const [first] = wildcards;
		const evidence = {
			expected: 'no name that begins with *.',
			observed: names.slice(0, 5).join(', ').slice(0, longestEvidence),
			operation: listedBy,
		};
		return first === undefined
			? {verdict: 'PASS', reason: names.length === 1 ? 'names one host' : `names ${names.length} hosts`, evidence}
			: {verdict: 'FAIL', reason: `covers every host under ${first.slice(2, longestEvidence)}`, evidence};
	},
};
