import {msBetween, type Rule, type Severity, spanInWords} from '../../../model/index.js';
import {type Certificate, foreignHands, hasEnded, isServed, notIssued, usageInWords} from './certificate.js';

/** What is wrong with it and since when, or undefined where nothing is. */
const endOf = (certificate: Certificate, now: string): string | undefined => {
	const {status, notAfter, revokedAt} = certificate;
	const ago = (at: string | undefined): string => (at === undefined ? '' : ` ${spanInWords(msBetween(at, now))} ago`);
	if (status === 'REVOKED') {
		return `revoked${ago(revokedAt)}`;
	}

	if (hasEnded(certificate, now)) {
		return `expired${ago(notAfter)}`;
	}

	return status === 'INACTIVE' ? 'inactive' : undefined;
};

export const valid: Rule<Certificate> = {
	id: 'acm-certificate-valid',
	title: 'A certificate has neither expired nor been revoked',
	severity: 'CRITICAL',
	published: {securityControlIds: ['ACM.1'], cis: [], prowler: ['acm_certificates_expiration_check']},
	rationale:
		'Clients refuse to connect to what serves an expired or revoked certificate. One that nothing serves still counts towards the quota of 2,500 certificates.',
	remediation: {
		text: 'Imported: import a valid one under the same ARN, and all that serves it goes on. Issued by ACM: request a new one and attach it to what the command lists. Not in use: delete it (aws acm delete-certificate).',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.[Type,Status,NotAfter,InUseBy]'`,
		terraform:
			'resource "aws_acm_certificate" "renewed" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
	},
	note: 'CRITICAL in use, HIGH where it may be served outside AWS, LOW where nothing serves it. A certificate that CloudFront manages is judged only once it has expired in use.',
	reads: [],
	exempts({configuration}, {now}) {
		const isOutage = configuration.managedBy !== undefined && configuration.inUse === true && endOf(configuration, now) !== undefined;
		return (isOutage ? undefined : foreignHands(configuration)) ?? notIssued(configuration);
	},
	evaluate({configuration: certificate}, {now}) {
		const {status, notAfter, listedBy, managedBy} = certificate;
		if (status === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its status`};
		}

		const end = endOf(certificate, now);
		const evidence = {
			expected: 'ISSUED, not past NotAfter',
			observed: `${status}, NotAfter ${notAfter ?? 'not told'}`,
			operation: listedBy,
		};
		if (end !== undefined) {
			const severity: Severity =
				certificate.inUse === true ? 'CRITICAL' : certificate.inUse === false && !isServed(certificate) ? 'LOW' : 'HIGH';
			const owner = managedBy === undefined ? '' : `; managed by ${managedBy}, so mend it there`;
			return {verdict: 'FAIL', severity, reason: `${end}, ${usageInWords(certificate)}${owner}`, evidence};
		}

		return notAfter === undefined
			? {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it expires`}
			: {verdict: 'PASS', reason: `valid for another ${spanInWords(msBetween(now, notAfter))}`, evidence};
	},
};
