import {type Answer, msBetween, type Rule, type Severity, spanInWords} from '../../../model/index.js';
import {type Certificate, daysLeft, foreignHands, hasEnded, isServed, notIssued, usageInWords, validityDays} from './certificate.js';

type Settings = Readonly<Record<string, number>>;

const settings = {noticeDays: 45, warnDays: 30, urgentDays: 14, criticalDays: 7};

/**
 * How bad so few days are. A certificate made for 90 days or less has less time for everything (47 days are coming in
 * 2029): for those the limits are shares of its lifetime.
 */
const tierOf = (certificate: Certificate, left: number, {noticeDays = 45, warnDays = 30, urgentDays = 14, criticalDays = 7}: Settings) => {
	const lifetime = validityDays(certificate);
	const limits: ReadonlyArray<readonly [Severity, number]> = [
		['CRITICAL', Math.min(criticalDays, lifetime / 12)],
		['HIGH', Math.min(urgentDays, lifetime / 6)],
		['MEDIUM', Math.min(warnDays, lifetime / 3)],
		['LOW', Math.min(noticeDays, lifetime / 2)],
	];
	return limits.find(([, days]) => left < days)?.[0];
};

const exempts = (certificate: Certificate, now: string): string | undefined =>
	foreignHands(certificate) ??
	notIssued(certificate) ??
	(certificate.status === 'REVOKED' ? 'revoked' : hasEnded(certificate, now) ? 'expired already' : undefined);

/** What both rules need to know, or the answer where it was not told. */
const untold = (certificate: Certificate, now: string, {noticeDays = 45}: Settings): Answer | undefined => {
	const {notAfter, listedBy, inUse} = certificate;
	const left = daysLeft(certificate, now);
	if (notAfter === undefined || left === undefined) {
		return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it expires`};
	}

	return inUse === undefined && left < noticeDays
		? {verdict: 'UNKNOWN', reason: `expires in ${spanInWords(msBetween(now, notAfter))}; ${listedBy} did not tell whether it is in use`}
		: undefined;
};

const isUnusedSoon = (certificate: Certificate, left: number, {warnDays = 30}: Settings): boolean =>
	left < Math.min(warnDays, validityDays(certificate) / 3);

const evidenceOf = ({notAfter, type, listedBy, ...certificate}: Certificate, days: number) => ({
	expected: `more than ${days} days left`,
	observed: `NotAfter ${notAfter}, type ${type}, ${usageInWords({listedBy, ...certificate})}`,
	operation: listedBy,
});

export const importedReplaced: Rule<Certificate> = {
	id: 'acm-certificate-imported-replaced',
	title: 'An imported certificate is replaced well before it expires',
	severity: 'HIGH',
	published: {securityControlIds: ['ACM.1'], cis: [], prowler: ['acm_certificates_expiration_check']},
	rationale:
		'ACM renews nothing that was imported. Somebody has to have it renewed where it came from and import it in time, or clients are locked out.',
	remediation: {
		text: 'Import the renewed certificate under the same ARN, so that everything that serves it goes on; or replace it by one that ACM issues and renews itself.',
		cli: 'aws acm import-certificate --certificate-arn {arn} --certificate fileb://certificate.pem --private-key fileb://key.pem --certificate-chain fileb://chain.pem --region {region}',
		terraform:
			'resource "aws_acm_certificate" "managed" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/import-reimport.html',
	},
	note: 'Below 45, 30, 14 and 7 days LOW to CRITICAL where it is in use, earlier by share for one made for less than 90 days; LOW where nothing uses it. Security Hub has one threshold of 30 days, AWS Config’s acm-certificate-expiration-check one of 14, Prowler one of 7 for certificates in use.',
	settings,
	reads: [],
	exempts: ({configuration}, {now}) =>
		configuration.type === undefined || configuration.type === 'IMPORTED' ? exempts(configuration, now) : 'issued by ACM, not imported',
	evaluate({configuration: certificate}, {now, settings: limits}) {
		const {notAfter = '', listedBy, type} = certificate;
		if (type === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its type`};
		}

		const left = daysLeft(certificate, now);
		const unknown = untold(certificate, now, limits);
		if (unknown !== undefined || left === undefined) {
			return unknown ?? {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it expires`};
		}

		const expires = `expires in ${spanInWords(msBetween(now, notAfter))}`;
		const evidence = evidenceOf(certificate, limits['noticeDays'] ?? settings.noticeDays);
		if (!isServed(certificate)) {
			return isUnusedSoon(certificate, left, limits)
				? {verdict: 'FAIL', severity: 'LOW', reason: `${expires}, imported, not in use`, evidence}
				: {verdict: 'PASS', reason: `${expires}, imported, not in use`, evidence};
		}

		const severity = tierOf(certificate, left, limits);
		const reason = `${expires}, imported, so ACM will not renew it`;
		return severity === undefined ? {verdict: 'PASS', reason, evidence} : {verdict: 'FAIL', severity, reason, evidence};
	},
};

/** Who sees to the renewal of a certificate that ACM issued, as the end of a sentence; and whether that is a person, as far as is known. */
const renewer = (certificate: Certificate): {readonly byHand: boolean | undefined; readonly words: string} => {
	const {renewalEligibility, renewalStatus, validationMethod, inUse, listedBy} = certificate;
	if (renewalEligibility === 'INELIGIBLE') {
		return {
			byHand: true,
			words: isServed(certificate) ? 'not eligible for renewal, so ACM will not renew it' : 'not in use, so ACM will not renew it',
		};
	}

	if (renewalStatus === 'FAILED' || renewalStatus === 'PENDING_VALIDATION') {
		return {byHand: true, words: renewalStatus === 'FAILED' ? 'and its renewal failed' : 'and its renewal is stuck'};
	}

	if (validationMethod === 'EMAIL') {
		return {byHand: true, words: 'validated by e-mail, so somebody must approve its renewal'};
	}

	if (renewalEligibility !== 'ELIGIBLE') {
		return {
			byHand: undefined,
			words:
				renewalEligibility === undefined
					? `and ${listedBy} did not tell whether ACM renews it`
					: `and its eligibility for renewal ${renewalEligibility} is not known to this version`,
		};
	}

	return {
		byHand: false,
		words: inUse === true ? 'ACM renews it' : 'ACM renews it, and copies outside AWS must be replaced by hand',
	};
};

export const notExpiring: Rule<Certificate> = {
	id: 'acm-certificate-not-expiring',
	title: 'A certificate that ACM issued is renewed well before it expires',
	severity: 'HIGH',
	published: {securityControlIds: ['ACM.1'], cis: [], prowler: ['acm_certificates_expiration_check']},
	rationale:
		'ACM renews only certificates that are in use or exported and whose names it can validate. For all others somebody has to act in time, or clients are locked out.',
	remediation: {
		text: 'Find out what keeps ACM from renewing it, which the command shows: a missing CNAME record, an unread e-mail, a CAA record, or that nothing uses it. Where time is short request a new one by DNS and attach it to what serves this one.',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.[RenewalEligibility,RenewalSummary,InUseBy]'`,
		terraform:
			'resource "aws_acm_certificate" "managed" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/troubleshooting-renewal.html',
	},
	note: 'Tiers follow who renews: where a person must act below 45, 30, 14 and 7 days (LOW to CRITICAL); where ACM does only the last two, since the rule on renewal speaks before; unused ones LOW. Security Hub has one threshold of 30 days, AWS Config’s acm-certificate-expiration-check one of 14, Prowler one of 7 for certificates in use, and it takes one without an end for one that ends today.',
	settings,
	reads: [],
	exempts: ({configuration}, {now}) =>
		configuration.type === 'IMPORTED' ? 'imported: judged by the rule on imported certificates' : exempts(configuration, now),
	evaluate({configuration: certificate, unread}, {now, settings: limits}) {
		const {notAfter = '', listedBy, type, validationMethod} = certificate;
		if (type === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell its type`};
		}

		const left = daysLeft(certificate, now);
		const unknown = untold(certificate, now, limits);
		if (unknown !== undefined || left === undefined) {
			return unknown ?? {verdict: 'UNKNOWN', reason: `${listedBy} did not tell when it expires`};
		}

		const {noticeDays = settings.noticeDays, urgentDays = settings.urgentDays} = limits;
		const expires = `expires in ${spanInWords(msBetween(now, notAfter))}`;
		const {byHand, words} = renewer(certificate);
		const evidence = evidenceOf(certificate, byHand === true ? noticeDays : urgentDays);
		if (!isServed(certificate)) {
			return isUnusedSoon(certificate, left, limits)
				? {verdict: 'FAIL', severity: 'LOW', reason: `${expires}, not in use, so ACM will not renew it`, evidence}
				: {verdict: 'PASS', reason: `${expires}, not in use`, evidence};
		}

		const severity = tierOf(certificate, left, limits);
		// So late it fails whoever renews it.
		if (severity !== undefined && (byHand === true || severity === 'CRITICAL' || severity === 'HIGH')) {
			return {verdict: 'FAIL', severity, reason: `${expires}, ${byHand === true ? words : 'and ACM has not renewed it'}`, evidence};
		}

		if (severity !== undefined && byHand === undefined) {
			return {verdict: 'UNKNOWN', reason: `${expires}, ${words}`, evidence};
		}

		// E-mail needs a person early; without the search nobody has told us whether it is by e-mail.
		const refused = unread['SearchCertificates'];
		return severity !== undefined && validationMethod === undefined && type !== 'PRIVATE' && refused !== undefined
			? {verdict: 'UNKNOWN', reason: `${expires}; whether ACM can renew it could not be read: ${refused.iamAction}`, evidence}
			: {verdict: 'PASS', reason: `${expires}, ${words}`, evidence};
	},
};
