import {dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {type AccountSettings, type Certificate, foreignHands} from './certificate.js';

export const used: Rule<Certificate> = {
	id: 'acm-certificate-used',
	title: 'A certificate is in use',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'What nothing serves is not renewed, ends unseen, hides what matters and counts towards the quota of 2,500 certificates.',
	remediation: {
		text: 'Delete it, or attach it to what should serve it.',
		cli: 'aws acm delete-certificate --certificate-arn {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-delete.html',
	},
	settings: {unusedDays: 30},
	reads: [],
	exempts({configuration: certificate}) {
		const {status} = certificate;
		return foreignHands(certificate) ?? (status === undefined || status === 'ISSUED' ? undefined : `not valid (${status})`);
	},
	evaluate({configuration: {inUse, exported, issuedAt, importedAt, createdAt, listedBy}}, {now, settings}) {
		const {unusedDays = 30} = settings;
		if (inUse === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell whether it is in use`};
		}

		const since = importedAt ?? issuedAt ?? createdAt;
		const evidence = {expected: 'InUse or Exported', observed: `InUse ${inUse}, Exported ${exported ?? 'not told'}`, operation: listedBy};
		if (inUse || exported === true) {
			return {verdict: 'PASS', reason: inUse ? 'in use' : 'exported, so it may be served outside AWS', evidence};
		}

		if (since === undefined) {
			return {verdict: 'UNKNOWN', reason: `not in use; ${listedBy} did not tell since when`, evidence};
		}

		const ageMs = msBetween(since, now);
		return ageMs > unusedDays * dayMs
			? {
					verdict: 'FAIL',
					reason: `not in use, ${spanInWords(ageMs)} after it was ${importedAt === undefined ? 'issued' : 'imported'}`,
					evidence,
				}
			: {verdict: 'PASS', reason: `not in use yet, ${spanInWords(ageMs)} old`, evidence};
	},
};

/** Where the resource that uses a certificate takes certificates from. Undefined where that is not known. */
const regionOfUse = (arn: string): {readonly service: string; readonly awsRegion: string; readonly name: string} | undefined => {
	const [, partition, service = '', awsRegion = '', , ...rest] = arn.split(':');
	// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
	const wanted = service === 'cloudfront' ? (partition === 'aws' ? 'us-east-1' : '') : awsRegion;
	return wanted === '' ? undefined : {service: service === 'cloudfront' ? 'CloudFront' : service, awsRegion: wanted, name: rest.join(':')};
};

export const inRegionOfUse: Rule<Certificate> = {
	id: 'acm-certificate-in-region-of-use',
	title: 'A certificate lies in the Region of what serves it',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Certificates do not leave their Region: CloudFront takes them from us-east-1 alone, load balancers and regional APIs from their own Region. One elsewhere cannot be renewed into place.',
	remediation: {
		text: 'Request or import a certificate for the same names in the Region of what serves it (aws acm request-certificate), us-east-1 for CloudFront and edge-optimised APIs, and attach it there. The command lists names and users.',
		cli: `aws acm describe-certificate --certificate-arn {arn} --region {region} --query 'Certificate.[DomainName,SubjectAlternativeNames,InUseBy]'`,
		terraform:
			'resource "aws_acm_certificate" "edge" {\n  provider          = aws.us_east_1\n  domain_name       = "{name}"\n  validation_method = "DNS"\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-regions.html',
	},
	note: 'Judged by InUseBy of DescribeCertificate, which allows 10 calls a second and is therefore asked for certificates in trouble, and for those that expire within 60 days, only.',
	reads: ['DescribeCertificate'],
	exempts({configuration: {inUse, description}, unread}) {
		if (inUse === false) {
			return 'nothing in AWS serves it';
		}

		return description === undefined && unread['DescribeCertificate'] === undefined
			? 'in no trouble: ACM was not asked what serves it'
			: undefined;
	},
	evaluate({configuration: {description}, awsRegion}) {
		const users = (description?.inUseBy ?? []).flatMap(arn => regionOfUse(arn) ?? []);
		const [misplaced] = users.filter(user => user.awsRegion !== awsRegion);
		const evidence = {
			expected: `users that take certificates of ${awsRegion}`,
			observed: description?.inUseBy.slice(0, 3).join(', ') || 'no users told',
			operation: 'DescribeCertificate',
		};
		if (misplaced !== undefined) {
			return {
				verdict: 'FAIL',
				reason: `wrong Region: ${misplaced.service} takes certificates from ${misplaced.awsRegion}, this one lies in ${awsRegion} (${misplaced.name})`,
				evidence,
			};
		}

		return users.length === 0
			? {verdict: 'UNKNOWN', reason: 'in use, but DescribeCertificate did not tell by what', evidence}
			: {
					verdict: 'PASS',
					reason: `served in ${awsRegion} by ${users.length === 1 ? 'one resource' : `${users.length} resources`}`,
					evidence,
				};
	},
};

export const notExportable: Rule<Certificate> = {
	id: 'acm-certificate-not-exportable',
	title: 'The private key of a public certificate stays inside ACM',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A key that was exported can be copied, must be replaced by hand wherever it went at each renewal, and is charged for at issue and at each renewal. One that stays inside ACM is free and cannot leak.',
	remediation: {
		text: 'Where only AWS services serve it, replace it by a certificate without the export option: the option cannot be taken back. Where it must leave AWS, automate its replacement after each renewal.',
		cli: 'aws acm request-certificate --domain-name {name} --validation-method DNS --options Export=DISABLED --region {region}',
		terraform:
			'resource "aws_acm_certificate" "this" {\n  domain_name       = "{name}"\n  validation_method = "DNS"\n\n  options {\n    export = "DISABLED"\n  }\n}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-exportable-certificates.html',
	},
	note: 'Older notes say that certificates of ACM cannot leave it and cannot be used on EC2 instances. Since 2025 public ones can, if requested so, for 7 USD a name and 79 USD a wildcard name at issue and at each renewal (https://aws.amazon.com/certificate-manager/pricing/, 2026); private ones always could.',
	reads: [],
	exempts({configuration: certificate}) {
		const {status, type} = certificate;
		if (type === 'IMPORTED' || type === 'PRIVATE') {
			return type === 'IMPORTED' ? 'imported: its key came from outside' : 'private: made to be exported';
		}

		return foreignHands(certificate) ?? (status === undefined || status === 'ISSUED' ? undefined : `not valid (${status})`);
	},
	evaluate({configuration: {exportOption, exported, domainName, subjectAlternativeNames, listedBy}}) {
		const evidence = {
			expected: 'ExportOption DISABLED',
			observed: `ExportOption ${exportOption ?? 'not told'}, Exported ${exported ?? 'not told'}`,
			operation: listedBy,
		};
		if (exported === undefined && exportOption === undefined) {
			return {verdict: 'UNKNOWN', reason: `${listedBy} did not tell whether its key can be exported`, evidence};
		}

		if (exported !== true && exportOption !== 'ENABLED') {
			return {verdict: 'PASS', reason: 'private key cannot leave ACM', evidence};
		}

		const usd = exportUsd(domainName, subjectAlternativeNames);
		const cost = usd === undefined ? '' : `; it costs ${usd} USD at each renewal`;
		return exported === true
			? {verdict: 'FAIL', reason: `private key was exported, so copies exist outside ACM${cost}`, evidence}
			: {verdict: 'FAIL', severity: 'INFORMATIONAL', reason: `private key can be exported, though it never was${cost}`, evidence};
	},
};

/** https://aws.amazon.com/certificate-manager/pricing/ : 7 USD a name, 79 USD a wildcard name, at issue and at each renewal. */
const exportUsd = (domainName: string | undefined, alternatives: readonly string[]): number | undefined => {
	const names = new Set([...(domainName === undefined ? [] : [domainName]), ...alternatives]);
	return names.size === 0 ? undefined : [...names].reduce((sum, name) => sum + (name.startsWith('*.') ? 79 : 7), 0);
};

export const expiryEventsEarly: Rule<AccountSettings> = {
	id: 'acm-account-expiry-events-early',
	title: 'ACM announces the end of certificates at least 14 days before',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'ACM sends a daily event to EventBridge from this many days before a certificate ends, of imported ones too. Automation that renews or alarms on it needs the time.',
	remediation: {
		text: 'Set the first event to 45 days before the end, which is the default.',
		cli: 'aws acm put-account-configuration --expiry-events DaysBeforeExpiry=45 --idempotency-token vedette --region {region}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/cloudwatch-events.html',
	},
	settings: {minimumDays: 14},
	reads: ['GetAccountConfiguration'],
	evaluate({configuration: {daysBeforeExpiry}}, {settings}) {
		const {minimumDays = 14} = settings;
		if (daysBeforeExpiry === undefined) {
			return {verdict: 'UNKNOWN', reason: 'GetAccountConfiguration did not tell when events begin'};
		}

		const evidence = {
			expected: `at least ${minimumDays} days`,
			observed: `DaysBeforeExpiry ${daysBeforeExpiry}`,
			operation: 'GetAccountConfiguration',
		};
		const begins = `expiry events begin ${daysBeforeExpiry} ${daysBeforeExpiry === 1 ? 'day' : 'days'} before a certificate expires`;
		return daysBeforeExpiry < minimumDays ? {verdict: 'FAIL', reason: begins, evidence} : {verdict: 'PASS', reason: begins, evidence};
	},
};
