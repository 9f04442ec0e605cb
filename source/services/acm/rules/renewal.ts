import {hourMs, msBetween, type Rule, type Severity, spanInWords, unpublished} from '../../../model/index.js';
import {type Certificate, daysLeft, foreignHands, hasEnded, isRenewedByAcm, notIssued, usageInWords, validityDays} from './certificate.js';

/**
 * From when ACM renews, in days before the end: about 45 for public certificates of 198 days, 60 for older and private
 * ones. Of the shorter ones to come it is not known yet.
 * https://docs.aws.amazon.com/acm/latest/userguide/email-renewal-validation.html
 * https://docs.aws.amazon.com/acm/latest/userguide/renew-private-cert.html
 */
const renewalBeginsDays = (certificate: Certificate): number | undefined => {
	const lifetime = validityDays(certificate);
	if (certificate.type === 'PRIVATE') {
		return lifetime > 120 ? 60 : undefined;
	}

	return lifetime > 200 ? 60 : lifetime > 120 ? 45 : undefined;
};

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

/** A success is of the renewal before this one, unless it has only just happened. */
const hasJustRenewed = ({renewalStatus, description}: Certificate, now: string): boolean =>
	renewalStatus === 'SUCCESS' && description?.renewalUpdatedAt !== undefined && msBetween(description.renewalUpdatedAt, now) < 48 * hourMs;

export const renewing: Rule<Certificate> = {
	id: 'acm-certificate-renewing',
	title: 'ACM can renew the certificates that it manages',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Managed renewal stops without a sound when a validation record was removed, an e-mail went unread or a CAA record forbids it. The certificate then expires like any other.',
	remediation: {
		text: 'Put the CNAME records that ACM names back into DNS and leave them there; or approve the e-mail (aws acm resend-validation-email sends it again); or let CAA records allow Amazon. ACM then goes on by itself.',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.RenewalSummary'`,
		terraform:
			'resource "aws_route53_record" "validation" {\n  for_each = {\n    for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option\n  }\n  zone_id = var.zone_id\n  name    = each.value.resource_record_name\n  type    = each.value.resource_record_type\n  records = [each.value.resource_record_value]\n  ttl     = 300\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html',
	},
	note: 'Older notes say that renewal begins 60 days before the end. Since 18 February 2026 public certificates last 198 days and renew from about 45 days; 60 holds for private and for older public ones.',
	settings: {lateDays: 30, criticalDays: 14},
	reads: ['SearchCertificates'],
	exempts({configuration: certificate}, {now}) {
		const {type, status, renewalEligibility} = certificate;
		if (type === 'IMPORTED') {
			return 'imported: ACM does not renew it';
		}

		return (
			foreignHands(certificate) ??
			notIssued(certificate) ??
			((status !== undefined && status !== 'ISSUED') || hasEnded(certificate, now)
				? 'not valid any more, and such are not renewed'
				: undefined) ??
			(renewalEligibility === undefined || type === undefined || isRenewedByAcm(certificate)
				? undefined
				: `not eligible for renewal, ${usageInWords(certificate)}`)
		);
	},
	evaluate({configuration: certificate}, {now, settings}) {
		const {renewalStatus, renewalEligibility, notAfter, description, type, listedBy} = certificate;
		const {lateDays = 30, criticalDays = 14} = settings;
		const left = daysLeft(certificate, now);
		if (type === undefined || renewalEligibility === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell whether ACM renews it`};
		}

		if (notAfter === undefined || left === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it expires`};
		}

		const expires = `expires in ${spanInWords(msBetween(now, notAfter))}`;
		const lifetime = validityDays(certificate);
		// Lifetimes get shorter (100 days in 2027, 47 in 2029), so what is late is a share of them: 30 and 14 days of 198.
		const severity: Severity = left < Math.min(criticalDays, lifetime / 14) ? 'CRITICAL' : 'HIGH';
		const evidence = {
			expected: 'RenewalStatus SUCCESS or PENDING_AUTO_RENEWAL in time',
			observed: `RenewalStatus ${renewalStatus ?? 'none'}, NotAfter ${notAfter}`,
			operation: 'SearchCertificates',
		};
		if (renewalStatus === 'FAILED') {
			const why = description?.renewalStatusReason;
			return {verdict: 'FAIL', severity, reason: `renewal failed${why === undefined ? '' : ` (${why})`}, ${expires}`, evidence};
		}

		if (renewalStatus === 'PENDING_VALIDATION') {
			return {verdict: 'FAIL', severity, reason: `renewal stuck: it waits for ${waitsFor(certificate)}; ${expires}`, evidence};
		}

		if (left < Math.min(lateDays, lifetime * 0.15) && !hasJustRenewed(certificate, now)) {
			return {verdict: 'FAIL', severity, reason: `renewal overdue: ${expires}, and ACM has not renewed it`, evidence};
		}

		if (renewalStatus !== undefined && renewalStatus !== 'SUCCESS' && renewalStatus !== 'PENDING_AUTO_RENEWAL') {
			return {verdict: 'UNKNOWN', reason: `its renewal status ${renewalStatus} is not known to this version`, evidence};
		}

		if (renewalStatus === 'PENDING_AUTO_RENEWAL') {
			return {verdict: 'PASS', reason: `${expires}, its renewal is under way`, evidence};
		}

		const begins = renewalBeginsDays(certificate);
		return {
			verdict: 'PASS',
			reason: `${expires}, ${begins === undefined ? 'ACM renews it before that' : left < begins ? 'its renewal is due to begin' : `ACM renews it about ${begins} days before that`}`,
			evidence,
		};
	},
};
