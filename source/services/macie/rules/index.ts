import type {Answer, Remediation, Resource, Rule, RuleContext, Severity} from '../../../model/index.js';
import type {Backlog, Bucket, Session} from './session.js';

const guide = 'https://docs.aws.amazon.com/macie/latest/user/' as const;
const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/macie-controls.html#${control}`;

const answer = (
	verdict: Answer['verdict'],
	reason: string,
	operation: string,
	expected: string,
	observed: string,
	severity?: Severity,
): Answer => ({verdict, reason, ...(severity !== undefined && {severity}), evidence: {expected, observed, operation}});

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const sessionEnabled: Rule<Session> = {
	id: 'macie-session-enabled',
	title: 'Macie is on in this Region',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['Macie.1'],
		cis: ['v3.0 2.1.3', 'v5.0 2.1.3', 'v6.0 3.1.3', 'v7.0 3.1.3'],
		prowler: ['macie_is_enabled'],
	},
	rationale: 'Without Macie nobody tells which buckets hold personal data or credentials, nor when one of them is opened to the world.',
	remediation: {
		text: 'Enable Macie in this Region, or resume it. Where no bucket is or will be, mute this.',
		cli: 'aws macie2 enable-macie --region {region}',
		terraform: 'resource "aws_macie2_account" "this" {\n  status = "ENABLED"\n}',
		url: hub('macie-1'),
	},
	note: 'Macie says that it is off with an AccessDeniedException; only its message tells that from a missing permission, which is UNKNOWN here. Prowler says nothing of Regions without buckets; whether there are any, nobody can tell through Macie while it is off.',
	reads: ['GetMacieSession'],
	evaluate({configuration: {status}, awsRegion}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetMacieSession', 'status ENABLED', `${status}`);
		switch (status) {
			case 'ENABLED': {
				return is('PASS', `Macie is on in ${awsRegion}`);
			}

			case 'PAUSED': {
				return is('FAIL', `Macie is paused in ${awsRegion}: it looks at no bucket and no object`);
			}

			case 'DISABLED': {
				return is('FAIL', `Macie is not enabled in ${awsRegion}`);
			}

			default: {
				return is('UNKNOWN', `Macie gives its status as ${status}, which is not known here`);
			}
		}
	},
};

const exemptWhenOff = ({configuration: {status}}: Resource<Session>): string | undefined =>
	status === 'DISABLED' ? 'Macie itself is off here' : status === 'PAUSED' ? 'Macie itself is paused here' : undefined;

const discoveryEnabled: Rule<Session> = {
	id: 'macie-discovery-enabled',
	title: 'Automated discovery of sensitive data is on',
	severity: 'HIGH',
	published: {securityControlIds: ['Macie.2'], cis: [], prowler: ['macie_automated_sensitive_data_discovery_enabled']},
	rationale: 'Jobs look where somebody thought of looking. Automated discovery samples every bucket, each day.',
	remediation: {
		text: 'Turn automated discovery on. It has a price by bucket and by what it samples, and a 30-day trial.',
		cli: 'aws macie2 update-automated-discovery-configuration --status ENABLED --region {region}',
		terraform: 'resource "aws_macie2_organization_configuration" "this" {\n  auto_enable = true\n}',
		url: hub('macie-2'),
	},
	reads: ['GetMacieSession', 'GetAutomatedDiscoveryConfiguration'],
	exempts(resource) {
		const {discovery, buckets} = resource.configuration;
		if (discovery === null) return 'the Macie administrator of this account decides about automated discovery';
		return exemptWhenOff(resource) ?? (buckets?.total === 0 ? 'there is no bucket in this Region' : undefined);
	},
	evaluate({configuration: {discovery}}) {
		const status = discovery?.status;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetAutomatedDiscoveryConfiguration', 'status ENABLED', status ?? 'no answer');
		if (status === 'ENABLED') return is('PASS', 'automated discovery is on');
		if (status === 'DISABLED') return is('FAIL', 'automated discovery is off: only jobs that somebody set up look for sensitive data');
		return is('UNKNOWN', `Macie gives the status of automated discovery as ${status ?? 'nothing'}, which is not known here`);
	},
};

const resultsKept: Rule<Session> = {
	id: 'macie-results-kept',
	title: 'Discovery results are kept beyond the 90 days of Macie',
	severity: 'LOW',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale:
		'Macie forgets results after 90 days, and those for objects where it found nothing it shows nowhere else. An auditor asks for both.',
	remediation: {
		text: 'Give Macie a bucket and a KMS key for its results, within 30 days of enabling it.',
		cli: 'aws macie2 put-classification-export-configuration --configuration s3Destination={bucketName=BUCKET,kmsKeyArn=KEY_ARN} --region {region}',
		terraform:
			'resource "aws_macie2_classification_export_configuration" "this" {\n  s3_destination {\n    bucket_name = aws_s3_bucket.results.bucket\n    kms_key_arn = aws_kms_key.results.arn\n  }\n}',
		url: `${guide}discovery-results-repository-s3.html`,
	},
	reads: ['GetMacieSession', 'GetClassificationExportConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {resultsBucket}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetClassificationExportConfiguration', 'an S3 destination', resultsBucket ?? 'none');
		if (resultsBucket === undefined) return is('NOT_APPLICABLE', 'the Macie administrator of this account decides where results are kept');
		return resultsBucket === null
			? is('FAIL', 'results are kept nowhere, so Macie forgets them after 90 days')
			: is('PASS', `results are kept in ${resultsBucket}`);
	},
};

const bucketReadable: Rule<Bucket> = {
	id: 'macie-bucket-readable',
	title: 'Macie can look into the bucket',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'A bucket that Macie may not open has no findings, whatever it holds.',
	remediation: {
		text: 'Let the role AWSServiceRoleForAmazonMacie pass the bucket policy and the policy of its KMS key.',
		cli: 'aws s3api get-bucket-policy --bucket {name} --region {region}',
		url: `${guide}monitoring-restrictive-s3-buckets.html`,
	},
	reads: ['DescribeBuckets'],
	evaluate({configuration: {error, errorMessage}}) {
		const expected = 'no errorCode';
		switch (error) {
			case undefined: {
				return answer('PASS', 'Macie can look into the bucket', 'DescribeBuckets', expected, 'none');
			}

			case 'ACCESS_DENIED': {
				return answer(
					'FAIL',
					'a policy keeps Macie out, so it cannot tell what is inside nor who can read it',
					'DescribeBuckets',
					expected,
					error,
				);
			}

			case 'BUCKET_COUNT_EXCEEDS_QUOTA': {
				return answer('FAIL', 'the account has more buckets than Macie looks at: this one is left out', 'DescribeBuckets', expected, error);
			}

			default: {
				return answer(
					'UNKNOWN',
					`Macie gives the error ${error}${errorMessage ? `: ${errorMessage}` : ''}`,
					'DescribeBuckets',
					expected,
					error,
				);
			}
		}
	},
};

const bucketMonitored: Rule<Bucket> = {
	id: 'macie-bucket-monitored',
	title: 'Macie looks for sensitive data in the bucket',
	severity: 'LOW',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'Buckets that are excluded from discovery are where copies of production data end up.',
	remediation: {
		text: 'Take the bucket off the exclusion list of automated discovery, or give it a recurring job. Logs and the like may stay out: mute them.',
		cli: 'aws macie2 get-classification-scope --id CLASSIFICATION_SCOPE_ID --region {region}',
		url: `${guide}discovery-asdd-account-configure-s3-buckets.html`,
	},
	reads: ['DescribeBuckets'],
	exempts({configuration: {error}}) {
		return error === undefined ? undefined : 'Macie cannot look into the bucket at all';
	},
	evaluate({configuration: {monitoring, monitoredByJob}}) {
		const observed = `automated ${monitoring ?? 'not told'}, by job ${monitoredByJob ?? 'not told'}`;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeBuckets', 'MONITORED, or a recurring job', observed);
		if (monitoring === 'MONITORED') return is('PASS', 'automated discovery samples it');
		if (monitoredByJob === 'TRUE') return is('PASS', 'a recurring job looks into it');
		return monitoring === 'NOT_MONITORED'
			? is('FAIL', 'neither automated discovery nor a recurring job looks into it')
			: is('UNKNOWN', 'Macie does not say whether anything looks into it');
	},
};

/** https://docs.aws.amazon.com/macie/latest/user/discovery-scoring-s3.html */
const sensitiveFrom = 51;

const sensitivePrivate: Rule<Bucket> = {
	id: 'macie-sensitive-bucket-private',
	title: 'A bucket with sensitive data is open to nobody outside',
	severity: 'CRITICAL',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'Macie knows what is inside and who can reach it. Either alone is often harmless; both together are the breach.',
	remediation: {
		text: 'Block public access and take the foreign accounts out of the bucket policy; then see who has read from it.',
		cli: 'aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --region {region}',
		terraform:
			'resource "aws_s3_bucket_public_access_block" "this" {\n  bucket                  = aws_s3_bucket.this.id\n  block_public_acls       = true\n  ignore_public_acls      = true\n  block_public_policy     = true\n  restrict_public_buckets = true\n}',
		url: `${guide}monitoring-s3-how-it-works.html`,
	},
	note: 'Macie looks at settings about once a day: the facts may be that old, and "updated" says how old.',
	reads: ['DescribeBuckets'],
	evaluate({configuration: {sensitivityScore, effectivePermission, sharedAccess, replicatedExternally, error}}) {
		const observed = `score ${sensitivityScore ?? 'none'}, ${effectivePermission ?? 'permission not told'}, ${sharedAccess ?? 'sharing not told'}`;
		const is = (verdict: Answer['verdict'], reason: string, severity?: Severity): Answer =>
			answer(verdict, reason, 'DescribeBuckets', 'not public and not shared outside, if sensitive', observed, severity);
		if (error !== undefined) return is('UNKNOWN', 'Macie cannot look into the bucket');
		if (sensitivityScore === undefined || sensitivityScore === 50 || sensitivityScore < 0) {
			return is(
				'UNKNOWN',
				sensitivityScore === undefined
					? 'Macie gives no sensitivity score'
					: sensitivityScore < 0
						? 'Macie could not analyse its objects'
						: 'Macie has not analysed it yet',
			);
		}

		if (sensitivityScore < sensitiveFrom) return is('NOT_APPLICABLE', `Macie found nothing sensitive (score ${sensitivityScore})`);
		const holds = `it holds sensitive data (score ${sensitivityScore})`;
		if (effectivePermission === 'PUBLIC') return is('FAIL', `${holds} and anyone can reach it`);
		if (sharedAccess === 'EXTERNAL') return is('FAIL', `${holds} and is shared with an account outside the organisation`, 'HIGH');
		if (replicatedExternally === true) return is('FAIL', `${holds} and is replicated to an account outside the organisation`, 'HIGH');
		if (effectivePermission !== 'NOT_PUBLIC' || sharedAccess === undefined || sharedAccess === 'UNKNOWN') {
			return is('UNKNOWN', `${holds}; Macie could not tell who can reach it`);
		}

		return is('PASS', `${holds} and nobody outside can reach it`);
	},
};

const dayMs = 86_400_000;

/**
 * The only rule about findings, and it asks about us, not about them: does somebody look? Macie's findings are findings
 * by themselves and count by their own severity; a rule "no high findings" would count each twice. This one is one
 * answer a Region, and is UNKNOWN where the findings could not be read.
 */
const findingsTriaged: Rule<Backlog> = {
	id: 'macie-findings-triaged',
	title: 'Findings are looked at in time',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'Macie’s findings do not close by themselves: what nobody archives nobody has looked at.',
	remediation: {
		text: 'Go through the oldest first: put right what is real, archive it, and suppress by rule what is expected.',
		cli: `aws macie2 list-findings --finding-criteria '{"criterion":{"archived":{"eq":["false"]}}}' --sort-criteria attributeName=createdAt,orderBy=ASC --region {region}`,
		url: `${guide}findings-investigate-sd.html`,
	},
	note: 'Archived and sample findings do not count.',
	settings: {highDays: 7, mediumDays: 30, lowDays: 90},
	reads: ['ListFindings', 'GetFindings'],
	evaluate({configuration: {active, oldest = {}}}, {now, settings}: RuleContext) {
		const {highDays = 7, mediumDays = 30, lowDays = 90} = settings;
		const allowed: Readonly<Record<Severity, number>> = {
			CRITICAL: highDays,
			HIGH: highDays,
			MEDIUM: mediumDays,
			LOW: lowDays,
			INFORMATIONAL: lowDays,
		};
		const expected = `none unarchived for longer than ${highDays} (high), ${mediumDays} (medium) and ${lowDays} days (low)`;
		if (active === undefined) return answer('UNKNOWN', 'the findings could not be read as a whole', 'GetFindings', expected, 'no counts');
		const ages = (Object.entries(oldest) as ReadonlyArray<[Severity, string]>) // keys of `oldest` are severities by its type
			.map(([severity, at]) => ({severity, days: (Date.parse(now) - Date.parse(at)) / dayMs}));
		const worst = ages
			.filter(({severity, days}) => days > allowed[severity])
			.sort((one, other) => other.days - allowed[other.severity] - (one.days - allowed[one.severity]))[0];
		const waiting = Object.values(active).reduce((sum, count) => sum + count, 0);
		const observed = ages.map(({severity, days}) => `${severity.toLowerCase()} ${Math.floor(days)} d`).join(', ') || 'no active finding';
		return worst === undefined
			? answer(
					'PASS',
					waiting === 0 ? 'no active finding waits' : `${plural(waiting, 'active finding')}, none of them for too long`,
					'GetFindings',
					expected,
					observed,
				)
			: answer(
					'FAIL',
					`a ${worst.severity.toLowerCase()} finding has waited for ${plural(Math.floor(worst.days), 'day')}, ${allowed[worst.severity]} allowed; ${plural(waiting, 'active finding')} in all`,
					'GetFindings',
					expected,
					observed,
				);
	},
};

export const sessionRules: ReadonlyArray<Rule<Session>> = [sessionEnabled, discoveryEnabled, resultsKept];
export const bucketRules: ReadonlyArray<Rule<Bucket>> = [sensitivePrivate, bucketReadable, bucketMonitored];
export const backlogRules: ReadonlyArray<Rule<Backlog>> = [findingsTriaged];
