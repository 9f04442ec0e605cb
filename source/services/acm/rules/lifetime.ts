import {dayMs, msBetween, type Rule, type Severity, spanInWords} from '../../../model/index.js';
import {type Certificate, daysLeft, foreignHands, isRenewedByAcm, isServed, wasIssued} from './certificate.js';

const reimport = `aws acm import-certificate --certificate-arn {arn} --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem --region {region}`;

const usage = ({inUse, exported}: Certificate): string =>
	inUse === true
		? 'in use'
		: exported === true
			? 'exported, so it may be served outside AWS'
			: inUse === false
				? 'not in use'
				: 'perhaps in use';

const notIssued = (certificate: Certificate): string | undefined =>
	certificate.status === undefined || wasIssued(certificate) ? undefined : `not issued (${certificate.status}), so it has no end yet`;

const hasEnded = ({status, notAfter}: Certificate, now: string): boolean =>
	status === 'EXPIRED' || (notAfter !== undefined && msBetween(now, notAfter) <= 0);

export const valid: Rule<Certificate> = {
	id: 'acm-certificate-valid',
	title: 'A certificate has neither expired nor been revoked',
	severity: 'CRITICAL',
	published: {securityControlIds: ['ACM.1'], cis: [], prowler: ['acm_certificates_expiration_check']},
	rationale:
		'Clients refuse to connect to what serves an expired or revoked certificate. One that nothing serves still counts towards the quota of 2,500 certificates.',
	remediation: {
		text: 'Request or import a new certificate and attach it to what serves this one. Delete this one once nothing uses it.',
		cli: 'aws acm delete-certificate --certificate-arn {arn} --region {region}',
		terraform:
			'resource "aws_acm_certificate" "renewed" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html',
	},
	reads: [],
	exempts: ({configuration}) => foreignHands(configuration) ?? notIssued(configuration),
	evaluate({configuration: certificate}, {now}) {
		const {status, notAfter, revokedAt, listedBy} = certificate;
		if (status === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its status`};
		}

		const ago = (at: string | undefined): string => (at === undefined ? '' : ` ${spanInWords(msBetween(at, now))} ago`);
		const state =
			status === 'REVOKED'
				? `revoked${ago(revokedAt)}`
				: hasEnded(certificate, now)
					? `ended${ago(notAfter)}`
					: status === 'INACTIVE'
						? 'inactive'
						: undefined;
		const evidence = {
			expected: 'ISSUED, not past NotAfter',
			observed: `${status}, NotAfter ${notAfter ?? 'not told'}`,
			operation: listedBy,
		};
		if (state !== undefined) {
			const severity: Severity =
				certificate.inUse === true ? 'CRITICAL' : certificate.inUse === false && !isServed(certificate) ? 'LOW' : 'HIGH';
			return {verdict: 'FAIL', severity, reason: `${state}, ${usage(certificate)}`, evidence};
		}

		return notAfter === undefined
			? {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it ends`}
			: {verdict: 'PASS', reason: `valid for another ${spanInWords(msBetween(now, notAfter))}`, evidence};
	},
};

/** Who sees to its renewal, as the end of a sentence; and whether that is a person. */
const renewer = (certificate: Certificate): {readonly byHand: boolean; readonly words: string} => {
	if (certificate.type === 'IMPORTED') {
		return {byHand: true, words: 'imported, so ACM will not renew it'};
	}

	if (!isRenewedByAcm(certificate)) {
		return {
			byHand: true,
			words: isServed(certificate) ? 'not eligible for renewal, so ACM will not renew it' : 'not in use, so ACM will not renew it',
		};
	}

	return certificate.validationMethod === 'EMAIL'
		? {byHand: true, words: 'validated by e-mail, so somebody must approve its renewal'}
		: {byHand: false, words: 'ACM renews it'};
};

export const notExpiring: Rule<Certificate> = {
	id: 'acm-certificate-not-expiring',
	title: 'A certificate is replaced well before it ends',
	severity: 'HIGH',
	published: {securityControlIds: ['ACM.1'], cis: [], prowler: ['acm_certificates_expiration_check']},
	rationale:
		'ACM renews only certificates that it issued itself, that are in use or exported, and whose names it can validate. For all others somebody has to act in time, or clients are locked out.',
	remediation: {
		text: 'Import the renewed certificate under the same ARN, so that everything that serves it goes on; or replace it by one that ACM issues and renews itself.',
		cli: reimport,
		terraform:
			'resource "aws_acm_certificate" "managed" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html',
	},
	note: 'Tiers follow who renews: by hand 45, 30, 14 and 7 days (LOW to CRITICAL); by ACM only the last two, since the rule on renewal speaks before; unused ones LOW. Security Hub has one threshold of 30 days, AWS Config’s acm-certificate-expiration-check one of 14, Prowler one of 7 for certificates in use, and it takes one without an end for one that ends today.',
	settings: {noticeDays: 45, warnDays: 30, urgentDays: 14, criticalDays: 7},
	reads: [],
	exempts: ({configuration}, {now}) =>
		foreignHands(configuration) ??
		notIssued(configuration) ??
		(configuration.status === 'REVOKED' ? 'revoked' : hasEnded(configuration, now) ? 'it has ended already' : undefined),
	evaluate({configuration: certificate, unread}, {now, settings}) {
		const {notAfter, listedBy, type, validationMethod} = certificate;
		const {noticeDays = 45, warnDays = 30, urgentDays = 14, criticalDays = 7} = settings;
		const left = daysLeft(certificate, now);
		if (notAfter === undefined || left === undefined || type === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell ${type === undefined ? 'its type' : 'when it ends'}`};
		}

		const ends = `ends in ${spanInWords(msBetween(now, notAfter))}`;
		const {byHand, words} = renewer(certificate);
		const evidence = {
			expected: byHand ? `more than ${noticeDays} days left` : `more than ${urgentDays} days left`,
			observed: `NotAfter ${notAfter}, type ${type}, ${usage(certificate)}`,
			operation: listedBy,
		};
		if (certificate.inUse === undefined && left < noticeDays) {
			return {verdict: 'UNKNOWN', reason: `${ends}; ${listedBy} did not tell whether it is in use`, evidence};
		}

		if (!isServed(certificate)) {
			return left < warnDays
				? {
						verdict: 'FAIL',
						severity: 'LOW',
						reason: `${ends}, not in use${type === 'IMPORTED' ? ', imported' : ''}, so ACM will not renew it`,
						evidence,
					}
				: {verdict: 'PASS', reason: `${ends}, not in use`, evidence};
		}

		const tier: Severity | undefined =
			left < criticalDays
				? 'CRITICAL'
				: left < urgentDays
					? 'HIGH'
					: !byHand
						? undefined
						: left < warnDays
							? 'MEDIUM'
							: left < noticeDays
								? 'LOW'
								: undefined;
		if (tier !== undefined) {
			return {verdict: 'FAIL', severity: tier, reason: byHand ? `${ends}, ${words}` : `${ends}, and ACM has not renewed it`, evidence};
		}

		// E-mail needs a person early; without the search nobody has told us whether it is by e-mail.
		return !byHand &&
			left < noticeDays &&
			validationMethod === undefined &&
			type !== 'PRIVATE' &&
			unread['SearchCertificates'] !== undefined
			? {
					verdict: 'UNKNOWN',
					reason: `${ends}; how its names are validated could not be read: ${unread['SearchCertificates'].iamAction}`,
					evidence,
				}
			: {verdict: 'PASS', reason: `${ends}, ${words}`, evidence};
	},
};

/** How long a certificate was made for, in days. */
const validityDays = ({notBefore, notAfter}: Certificate): number =>
	notBefore === undefined || notAfter === undefined ? Number.POSITIVE_INFINITY : msBetween(notBefore, notAfter) / dayMs;

/**
 * From when ACM renews, in days before the end: 45 for public certificates of 198 days, 60 for older and private ones.
 * https://docs.aws.amazon.com/acm/latest/userguide/email-renewal-validation.html
 * https://docs.aws.amazon.com/acm/latest/userguide/renew-private-cert.html
 */
const renewalBeginsDays = (certificate: Certificate): number =>
	certificate.type !== 'PRIVATE' && validityDays(certificate) < 200 ? 45 : 60;

/** What a stuck renewal waits for, as far as DescribeCertificate told. */
const waitsFor = ({validationMethod, description}: Certificate): string => {
	const names = description?.unvalidated ?? [];
	const [first] = names;
	if (validationMethod === 'EMAIL') {
		return `an approval by e-mail${first === undefined ? '' : ` for ${first.domainName}`}`;
	}

	if (first === undefined) {
		return 'the validation of its names';
	}

	const more = names.length === 1 ? '' : ` and of ${names.length - 1} more`;
	return `${first.recordName === undefined ? 'the validation' : 'the CNAME record'} of ${first.domainName}${more}`;
};

export const renewing: Rule<Certificate> = {
	id: 'acm-certificate-renewing',
	title: 'ACM can renew the certificates that it manages',
	severity: 'HIGH',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale:
		'Managed renewal stops without a sound when a validation record was removed, an e-mail went unread or a CAA record forbids it. The certificate then ends like any other.',
	remediation: {
		text: 'Put the CNAME records that ACM names back into DNS and leave them there; or approve the e-mail; or let CAA records allow Amazon. ACM then goes on by itself.',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.RenewalSummary'`,
		terraform:
			'resource "aws_route53_record" "validation" {\n  for_each = {\n    for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option\n  }\n  zone_id = var.zone_id\n  name    = each.value.resource_record_name\n  type    = each.value.resource_record_type\n  records = [each.value.resource_record_value]\n  ttl     = 300\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html',
	},
	note: 'Older notes say that renewal begins 60 days before the end. Since 18 February 2026 public certificates last 198 days and renew from about 45 days; 60 holds for private and for older public ones.',
	settings: {lateDays: 30, criticalDays: 14},
	reads: ['SearchCertificates'],
	exempts({configuration: certificate}, {now}) {
		if (certificate.type === 'IMPORTED') {
			return 'imported: ACM does not renew it';
		}

		return (
			foreignHands(certificate) ??
			notIssued(certificate) ??
			(certificate.status !== 'ISSUED' || hasEnded(certificate, now) ? 'it is not valid any more, and such are not renewed' : undefined) ??
			(isRenewedByAcm(certificate) ? undefined : `not eligible for renewal, ${usage(certificate)}`)
		);
	},
	evaluate({configuration: certificate}, {now, settings}) {
		const {renewalStatus, notAfter, description} = certificate;
		const {lateDays = 30, criticalDays = 14} = settings;
		const left = daysLeft(certificate, now);
		if (notAfter === undefined || left === undefined) {
			return {verdict: 'UNKNOWN', reason: 'when it ends was not told'};
		}

		const ends = `ends in ${spanInWords(msBetween(now, notAfter))}`;
		const severity: Severity = left < criticalDays ? 'CRITICAL' : 'HIGH';
		const evidence = {
			expected: 'RenewalStatus SUCCESS or PENDING_AUTO_RENEWAL in time',
			observed: `RenewalStatus ${renewalStatus ?? 'none'}, NotAfter ${notAfter}`,
			operation: 'SearchCertificates',
		};
		if (renewalStatus === 'FAILED') {
			const why = description?.renewalStatusReason;
			return {verdict: 'FAIL', severity, reason: `its renewal failed${why === undefined ? '' : ` (${why})`}, ${ends}`, evidence};
		}

		if (renewalStatus === 'PENDING_VALIDATION') {
			return {verdict: 'FAIL', severity, reason: `its renewal is stuck: it waits for ${waitsFor(certificate)}; ${ends}`, evidence};
		}

		// Lifetimes get shorter (100 days in 2027, 47 in 2029), so what is late is a share of them: 30 days of 198.
		const lateBelowDays = Math.min(lateDays, validityDays(certificate) * 0.15);
		if (renewalStatus !== 'SUCCESS' && left < lateBelowDays) {
			return {verdict: 'FAIL', severity, reason: `${ends}, and ACM has not renewed it though it should have`, evidence};
		}

		if (renewalStatus !== undefined && renewalStatus !== 'SUCCESS' && renewalStatus !== 'PENDING_AUTO_RENEWAL') {
			return {verdict: 'UNKNOWN', reason: `its renewal status ${renewalStatus} is not known to this version`, evidence};
		}

		const begins = renewalBeginsDays(certificate);
		return {
			verdict: 'PASS',
			reason: left < begins ? `${ends}, its renewal is under way` : `${ends}, ACM renews it about ${begins} days before that`,
			evidence,
		};
	},
};
