import type {Answer, Remediation, Resource, Rule, RuleContext, Severity} from '../../model/index.js';
import type {Backlog} from './backlog.js';
import type {Detector} from './detector.js';

const guide = 'https://docs.aws.amazon.com/guardduty/latest/ug/' as const;
const hub = (control: string): Remediation['url'] =>
	`https://docs.aws.amazon.com/securityhub/latest/userguide/guardduty-controls.html#${control}`;

const isOff = ({status}: Detector): boolean => status === 'NONE' || status === 'DELETED' || status === 'DISABLED';
/** Where GuardDuty itself is off, one failure says so; a dozen more about its parts would only bury it. */
const exemptWhenOff = ({configuration}: Resource<Detector>): string | undefined =>
	isOff(configuration) ? 'GuardDuty itself is off here' : undefined;

const answer = (
	verdict: Answer['verdict'],
	reason: string,
	operation: string,
	expected: string,
	observed: string,
	severity?: Severity,
): Answer => ({verdict, reason, ...(severity !== undefined && {severity}), evidence: {expected, observed, operation}});

const detectorEnabled: Rule<Detector> = {
	id: 'guardduty-detector-enabled',
	title: 'GuardDuty watches this Region',
	severity: 'HIGH',
	published: {securityControlIds: ['GuardDuty.1'], cis: [], prowler: ['guardduty_is_enabled']},
	rationale:
		'Intruders work in the Regions that nobody looks at. Without a running detector neither stolen credentials nor mining instances are noticed there.',
	remediation: {
		text: 'Enable GuardDuty in this Region. One that is suspended comes back with `aws guardduty update-detector --enable`. From an organisation: enable it for all members.',
		cli: 'aws guardduty create-detector --enable --region {region}',
		terraform: 'resource "aws_guardduty_detector" "this" {\n  enable = true\n}',
		url: hub('guardduty-1'),
	},
	reads: ['ListDetectors', 'GetDetector'],
	evaluate({configuration: {status, detectorId}, awsRegion}) {
		const say = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, status === 'NONE' ? 'ListDetectors' : 'GetDetector', 'a detector with status ENABLED', `${status}`);
		switch (status) {
			case 'ENABLED': {
				return say('PASS', `GuardDuty watches ${awsRegion}`);
			}

			case 'DISABLED': {
				return say('FAIL', `GuardDuty is suspended in ${awsRegion}: it keeps its old findings and sees nothing new`);
			}

			case 'NONE': {
				return say('FAIL', `GuardDuty has no detector in ${awsRegion}, so nobody watches there`);
			}

			case 'DELETED': {
				return say('FAIL', `the detector ${detectorId} was deleted while we watched: nobody watches ${awsRegion} now`);
			}

			default: {
				return say('UNKNOWN', `GuardDuty gives its status as ${status}, which is not known here`);
			}
		}
	},
};

/** The foundations are listed for every detector. Where they are not, what else is not listed may be on all the same. */
const listsFeatures = ({features: listed}: Detector): boolean =>
	listed?.['CLOUD_TRAIL'] !== undefined || listed?.['FLOW_LOGS'] !== undefined;

type FeatureRule = {
	readonly id: string;
	readonly feature: string;
	/** As in "S3 Protection is off". */
	readonly name: string;
	readonly watches: string;
	readonly severity: Severity;
	readonly controls: readonly string[];
	readonly prowler: readonly string[];
	readonly page: string;
};

const features: readonly FeatureRule[] = [
	{
		id: 'guardduty-s3-protection-enabled',
		feature: 'S3_DATA_EVENTS',
		name: 'S3 Protection',
		watches: 'who reads and deletes objects in buckets',
		severity: 'MEDIUM',
		controls: ['GuardDuty.10'],
		prowler: ['guardduty_s3_protection_enabled'],
		page: 's3-protection.html',
	},
	{
		id: 'guardduty-eks-audit-logs-enabled',
		feature: 'EKS_AUDIT_LOGS',
		name: 'EKS Protection',
		watches: 'what is asked of the Kubernetes API',
		severity: 'MEDIUM',
		controls: ['GuardDuty.5'],
		prowler: ['guardduty_eks_audit_log_enabled'],
		page: 'kubernetes-protection.html',
	},
	{
		id: 'guardduty-lambda-protection-enabled',
		feature: 'LAMBDA_NETWORK_LOGS',
		name: 'Lambda Protection',
		watches: 'whom functions talk to',
		severity: 'MEDIUM',
		controls: ['GuardDuty.6'],
		prowler: ['guardduty_lambda_protection_enabled'],
		page: 'lambda-protection.html',
	},
	{
		id: 'guardduty-malware-protection-enabled',
		feature: 'EBS_MALWARE_PROTECTION',
		name: 'Malware Protection for EC2',
		watches: 'the volumes of instances that behave oddly',
		severity: 'MEDIUM',
		controls: ['GuardDuty.8'],
		prowler: ['guardduty_ec2_malware_protection_enabled'],
		page: 'malware-protection.html',
	},
	{
		id: 'guardduty-rds-protection-enabled',
		feature: 'RDS_LOGIN_EVENTS',
		name: 'RDS Protection',
		watches: 'who logs in to databases',
		severity: 'MEDIUM',
		controls: ['GuardDuty.9'],
		prowler: ['guardduty_rds_protection_enabled'],
		page: 'rds-protection.html',
	},
	{
		id: 'guardduty-ai-protection-enabled',
		feature: 'AI_PROTECTION',
		name: 'AI Protection',
		watches: 'how models are called',
		severity: 'LOW',
		controls: [],
		prowler: [],
		page: 'guardduty-features-activation-model.html',
	},
];

const featureRule = ({id, feature, name, watches, severity, controls, prowler, page}: FeatureRule): Rule<Detector> => ({
	id,
	title: `${name} is on`,
	severity,
	published: {securityControlIds: controls, cis: [], prowler},
	rationale: `Without ${name} GuardDuty does not see ${watches}.`,
	remediation: {
		text: `Turn ${name} on. It has a price by volume and a 30-day trial.`,
		cli: `aws guardduty update-detector --detector-id {id} --features Name=${feature},Status=ENABLED --region {region}`,
		terraform: `resource "aws_guardduty_detector_feature" "this" {\n  detector_id = aws_guardduty_detector.this.id\n  name        = "${feature}"\n  status      = "ENABLED"\n}`,
		url: `${guide}${page}`,
	},
	note: 'Judged by the features of GetDetector, not by its deprecated dataSources. Security Hub reports these only in the delegated administrator account; here each account answers for itself, and where GuardDuty is off the answer is "not applicable" instead of silence.',
	reads: ['GetDetector'],
	exempts: exemptWhenOff,
	evaluate({configuration}) {
		const found = configuration.features?.[feature];
		if (found === undefined && !listsFeatures(configuration)) {
			return answer(
				'UNKNOWN',
				`GetDetector lists no feature that is known here, so nothing can be said of ${name}`,
				'GetDetector',
				`${feature} ENABLED`,
				'not listed',
			);
		}

		if (found === undefined) {
			return answer(
				'NOT_APPLICABLE',
				`GetDetector does not list ${name}, so GuardDuty does not offer it in this Region`,
				'GetDetector',
				`${feature} ENABLED`,
				'not listed',
			);
		}

		const by = found.managedBy === undefined ? '' : ', as an organisation policy wants it';
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetDetector', `${feature} ENABLED`, `${feature} ${found.status}`);
		if (found.status === 'ENABLED') return is('PASS', `${name} is on${by}`);
		if (found.status === 'DISABLED') return is('FAIL', `${name} is off${by}: GuardDuty does not see ${watches}`);
		return is('UNKNOWN', `GuardDuty gives the status of ${name} as ${found.status}, which is not known here`);
	},
});

/** RUNTIME_MONITORING and EKS_RUNTIME_MONITORING exclude each other; for EKS either will do. */
const runtime = (configuration: Detector, eks: boolean): 'on' | 'off' | 'not offered' | 'unclear' => {
	const statuses = [
		configuration.features?.['RUNTIME_MONITORING'],
		eks ? configuration.features?.['EKS_RUNTIME_MONITORING'] : undefined,
	].flatMap(feature => feature?.status ?? []);
	if (statuses.length === 0) return listsFeatures(configuration) ? 'not offered' : 'unclear';
	if (statuses.includes('ENABLED')) return 'on';
	return statuses.every(status => status === 'DISABLED') ? 'off' : 'unclear';
};

const runtimeEnabled: Rule<Detector> = {
	id: 'guardduty-runtime-monitoring-enabled',
	title: 'Runtime Monitoring is on',
	severity: 'MEDIUM',
	published: {securityControlIds: ['GuardDuty.11'], cis: [], prowler: []},
	rationale:
		'Network and API logs do not show what runs inside a host. Runtime Monitoring does: reverse shells, mining, escapes from containers.',
	remediation: {
		text: 'Turn Runtime Monitoring on, with agents that GuardDuty manages itself.',
		cli: 'aws guardduty update-detector --detector-id {id} --features Name=RUNTIME_MONITORING,Status=ENABLED --region {region}',
		terraform:
			'resource "aws_guardduty_detector_feature" "runtime" {\n  detector_id = aws_guardduty_detector.this.id\n  name        = "RUNTIME_MONITORING"\n  status      = "ENABLED"\n}',
		url: hub('guardduty-11'),
	},
	reads: ['GetDetector'],
	exempts: exemptWhenOff,
	evaluate({configuration}) {
		const state = runtime(configuration, false);
		const onlyEks = state !== 'on' && configuration.features?.['EKS_RUNTIME_MONITORING']?.status === 'ENABLED';
		const observed = `RUNTIME_MONITORING ${configuration.features?.['RUNTIME_MONITORING']?.status ?? 'not listed'}`;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetDetector', 'RUNTIME_MONITORING ENABLED', observed);
		if (onlyEks) return is('FAIL', 'only the older EKS Runtime Monitoring is on: hosts and ECS tasks outside EKS are not seen');
		switch (state) {
			case 'on': {
				return is('PASS', 'Runtime Monitoring is on');
			}

			case 'off': {
				return is('FAIL', 'Runtime Monitoring is off: GuardDuty does not see what runs inside hosts and containers');
			}

			case 'not offered': {
				return is('NOT_APPLICABLE', 'GetDetector does not list Runtime Monitoring, so GuardDuty does not offer it in this Region');
			}

			case 'unclear': {
				return is('UNKNOWN', `what GuardDuty says of Runtime Monitoring is not known here: ${observed}`);
			}
		}
	},
};

const agentRule = (of: {
	readonly id: string;
	readonly extra: string;
	readonly hosts: string;
	readonly eks: boolean;
	readonly control: string;
	readonly prowler: readonly string[];
}): Rule<Detector> => ({
	id: of.id,
	title: `GuardDuty puts its own agent on ${of.hosts}`,
	severity: 'MEDIUM',
	published: {securityControlIds: [of.control], cis: [], prowler: of.prowler},
	rationale: `Runtime Monitoring sees only where an agent runs. Agents that GuardDuty manages also reach the ${of.hosts} that are started tomorrow.`,
	remediation: {
		text: 'Let GuardDuty manage the agent. Where agents are installed by hand on purpose, mute this.',
		cli: `aws guardduty update-detector --detector-id {id} --features '[{"Name":"RUNTIME_MONITORING","Status":"ENABLED","AdditionalConfiguration":[{"Name":"${of.extra}","Status":"ENABLED"}]}]' --region {region}`,
		terraform: `resource "aws_guardduty_detector_feature" "runtime" {\n  detector_id = aws_guardduty_detector.this.id\n  name        = "RUNTIME_MONITORING"\n  status      = "ENABLED"\n\n  additional_configuration {\n    name   = "${of.extra}"\n    status = "ENABLED"\n  }\n}`,
		url: hub(of.control.toLowerCase().replace('.', '-')),
	},
	...(of.eks && {note: 'RUNTIME_MONITORING and the older EKS_RUNTIME_MONITORING exclude each other: either satisfies this rule.'}),
	reads: ['GetDetector'],
	exempts(resource) {
		const off = exemptWhenOff(resource);
		if (off !== undefined || resource.configuration.features === undefined) return off;
		const state = runtime(resource.configuration, of.eks);
		return state === 'off' || state === 'not offered' ? 'Runtime Monitoring itself is off here' : undefined;
	},
	evaluate({configuration}) {
		const parents = [
			configuration.features?.['RUNTIME_MONITORING'],
			of.eks ? configuration.features?.['EKS_RUNTIME_MONITORING'] : undefined,
		];
		const statuses = parents.flatMap(parent => (parent?.status === 'ENABLED' ? (parent.additional[of.extra] ?? []) : []));
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'GetDetector', `${of.extra} ENABLED`, `${of.extra} ${statuses.join(', ') || 'not listed'}`);
		if (statuses.includes('ENABLED')) return is('PASS', `GuardDuty manages the agent on ${of.hosts}`);
		if (statuses.length === 0) return is('UNKNOWN', `GetDetector does not say whether GuardDuty manages the agent on ${of.hosts}`);
		if (statuses.every(status => status === 'DISABLED')) {
			return is('FAIL', `GuardDuty does not manage its agent on ${of.hosts}: only those where somebody installed it are seen`);
		}

		return is('UNKNOWN', `GuardDuty gives the status of ${of.extra} as ${statuses.join(', ')}, which is not known here`);
	},
});

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;

const runtimeCovered: Rule<Detector> = {
	id: 'guardduty-runtime-covered',
	title: 'Every host and cluster reports to Runtime Monitoring',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale:
		'Runtime Monitoring that is on but hears nothing from a host finds nothing there. "No findings" is only good news where the agent reports.',
	remediation: {
		text: 'Look at the issue of each unhealthy host or cluster: usually a missing agent, a missing VPC endpoint or a role without permission.',
		cli: `aws guardduty list-coverage --detector-id {id} --filter-criteria '{"FilterCriterion":[{"CriterionKey":"COVERAGE_STATUS","FilterCondition":{"Equals":["UNHEALTHY"]}}]}' --region {region}`,
		url: `${guide}runtime-monitoring-assessing-coverage.html`,
	},
	reads: ['GetDetector', 'GetCoverageStatistics'],
	exempts(resource) {
		const off = exemptWhenOff(resource);
		if (off !== undefined || resource.configuration.features === undefined) return off;
		const state = runtime(resource.configuration, true);
		return state === 'off' || state === 'not offered' ? 'Runtime Monitoring itself is off here' : undefined;
	},
	evaluate({configuration: {coverage}}) {
		const expected = 'no unhealthy host or cluster';
		if (coverage === undefined) {
			return answer('UNKNOWN', 'GuardDuty did not say how many hosts and clusters report', 'GetCoverageStatistics', expected, 'no counts');
		}

		const {healthy, unhealthy, issues} = coverage;
		const total = healthy + unhealthy;
		if (total === 0) {
			return answer(
				'NOT_APPLICABLE',
				'there is no host or cluster that Runtime Monitoring could see',
				'GetCoverageStatistics',
				expected,
				'none at all',
			);
		}

		const first = issues[0];
		const example =
			first === undefined ? '' : `, such as ${first.resourceId}${first.issue === '' ? '' : `: ${first.issue.replace(/[.\s]+$/u, '')}`}`;
		return unhealthy === 0
			? answer(
					'PASS',
					`all ${plural(total, 'host or cluster', 'hosts and clusters')} report`,
					'GetCoverageStatistics',
					expected,
					`${healthy} healthy`,
				)
			: answer(
					'FAIL',
					`${unhealthy} of ${plural(total, 'host or cluster', 'hosts and clusters')} do not report${example}`,
					'GetCoverageStatistics',
					expected,
					`${unhealthy} unhealthy, ${healthy} healthy`,
				);
	},
};

const centrallyManaged: Rule<Detector> = {
	id: 'guardduty-detector-centrally-managed',
	title: 'GuardDuty is managed from one account',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_centrally_managed']},
	rationale: 'A detector that only its own account manages can be switched off by whoever takes that account.',
	remediation: {
		text: 'Name a delegated administrator in AWS Organizations and let it manage GuardDuty here. In an account that stands alone, mute this.',
		cli: 'aws guardduty enable-organization-admin-account --admin-account-id ADMIN --region {region}',
		terraform: 'resource "aws_guardduty_organization_admin_account" "this" {\n  admin_account_id = var.admin_account_id\n}',
		url: `${guide}guardduty_organizations.html`,
	},
	reads: ['GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {administrator, organization}}) {
		const expected = 'an administrator with relationship Enabled, or this account as delegated administrator';
		if (administrator) {
			const {accountId, relationshipStatus} = administrator;
			return relationshipStatus === 'Enabled'
				? answer(
						'PASS',
						`account ${accountId} manages GuardDuty here`,
						'GetAdministratorAccount',
						expected,
						`${accountId} ${relationshipStatus}`,
					)
				: answer(
						'FAIL',
						`account ${accountId} should manage GuardDuty here, but their relationship is ${relationshipStatus}`,
						'GetAdministratorAccount',
						expected,
						`${accountId} ${relationshipStatus}`,
					);
		}

		if (organization) {
			return answer(
				'PASS',
				'this account is the delegated administrator of GuardDuty',
				'DescribeOrganizationConfiguration',
				expected,
				'delegated administrator',
			);
		}

		return administrator === null && organization === null
			? answer(
					'FAIL',
					'no other account manages GuardDuty here, nor does this one manage others',
					'GetAdministratorAccount',
					expected,
					'neither',
				)
			: answer('UNKNOWN', 'who manages GuardDuty here could not be read', 'GetAdministratorAccount', expected, 'no answer');
	},
};

const autoEnabled: Rule<Detector> = {
	id: 'guardduty-organization-auto-enabled',
	title: 'GuardDuty comes on by itself in member accounts',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_delegated_admin_enabled_all_regions']},
	rationale: 'Accounts are made faster than anyone remembers to enable GuardDuty in them.',
	remediation: {
		text: 'Let the organisation enable GuardDuty in all members, or at least in new ones.',
		cli: 'aws guardduty update-organization-configuration --detector-id {id} --auto-enable-organization-members ALL --region {region}',
		terraform:
			'resource "aws_guardduty_organization_configuration" "this" {\n  detector_id                      = aws_guardduty_detector.this.id\n  auto_enable_organization_members = "ALL"\n}',
		url: `${guide}set-guardduty-auto-enable-preferences.html`,
	},
	reads: ['GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts(resource) {
		return (
			exemptWhenOff(resource) ??
			(resource.configuration.organization === null ? 'this account is not the delegated administrator of GuardDuty' : undefined)
		);
	},
	evaluate({configuration: {organization}}) {
		const mode = organization?.autoEnable;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeOrganizationConfiguration', 'autoEnableOrganizationMembers ALL or NEW', mode ?? 'no answer');
		switch (mode) {
			case 'ALL': {
				return organization?.memberLimitReached === true
					? is('FAIL', 'GuardDuty should come on in all members, but their limit is reached: new accounts stay unwatched')
					: is('PASS', 'GuardDuty comes on in all member accounts');
			}

			case 'NEW': {
				return is('PASS', 'GuardDuty comes on in new member accounts; older ones were left as they were');
			}

			case 'NONE': {
				return is('FAIL', 'GuardDuty does not come on by itself in member accounts');
			}

			default: {
				return is('UNKNOWN', `whether GuardDuty comes on by itself is given as ${mode ?? 'nothing'}, which is not known here`);
			}
		}
	},
};

const findingsExported: Rule<Detector> = {
	id: 'guardduty-findings-exported',
	title: 'Findings are kept beyond the 90 days of GuardDuty',
	severity: 'LOW',
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'GuardDuty forgets findings after 90 days, and deletes them with the detector. Who investigates later needs a copy.',
	remediation: {
		text: 'Export findings to a bucket in another account. Where Security Hub or a SIEM keeps them already, mute this.',
		cli: 'aws guardduty create-publishing-destination --detector-id {id} --destination-type S3 --destination-properties DestinationArn=BUCKET_ARN,KmsKeyArn=KEY_ARN --region {region}',
		terraform:
			'resource "aws_guardduty_publishing_destination" "this" {\n  detector_id     = aws_guardduty_detector.this.id\n  destination_arn = aws_s3_bucket.findings.arn\n  kms_key_arn     = aws_kms_key.findings.arn\n}',
		url: `${guide}guardduty_exportfindings.html`,
	},
	reads: ['ListPublishingDestinations'],
	exempts: exemptWhenOff,
	evaluate({configuration: {destinations = []}}) {
		const expected = 'a destination with status PUBLISHING';
		const observed = destinations.map(({type, status}) => `${type} ${status}`).join(', ') || 'none';
		const broken = destinations.find(({status}) => status === 'UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY' || status === 'STOPPED');
		if (broken !== undefined) {
			return answer(
				'FAIL',
				`the export to ${broken.type} has stopped with status ${broken.status}, so new findings are not kept`,
				'ListPublishingDestinations',
				expected,
				observed,
				'MEDIUM',
			);
		}

		if (destinations.some(({status}) => status === 'PUBLISHING')) {
			return answer('PASS', 'findings are exported', 'ListPublishingDestinations', expected, observed);
		}

		return destinations.length === 0
			? answer(
					'FAIL',
					'findings are exported nowhere, so GuardDuty forgets them after 90 days',
					'ListPublishingDestinations',
					expected,
					observed,
				)
			: answer(
					'UNKNOWN',
					`the export has the status ${destinations[0]?.status}: whether it will work is not known yet`,
					'ListPublishingDestinations',
					expected,
					observed,
				);
	},
};

const dayMs = 86_400_000;

/**
 * The only rule about findings, and it asks about us, not about them: does somebody look? A finding of GuardDuty's
 * is a finding by itself and counts by its own severity; a rule "no high findings" would count each twice, and with
 * one answer for thousands of them. This one is one answer a Region, never above MEDIUM, and is UNKNOWN where the
 * findings could not be read.
 */
const findingsTriaged: Rule<Backlog> = {
	id: 'guardduty-findings-triaged',
	title: 'Findings are looked at in time',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_no_high_severity_findings']},
	rationale:
		'A detector that nobody reads is a log. The days are those of the AWS Config rule guardduty-non-archived-findings: 1 for high, 7 for medium, 30 for low.',
	remediation: {
		text: 'Go through the oldest first: deal with what is real, archive it, and suppress by rule what is expected.',
		cli: `aws guardduty list-findings --detector-id "$(aws guardduty list-detectors --query 'DetectorIds[0]' --output text --region {region})" --finding-criteria '{"Criterion":{"service.archived":{"Equals":["false"]}}}' --sort-criteria AttributeName=severity,OrderBy=DESC --region {region}`,
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/guardduty-non-archived-findings.html',
	},
	note: 'Archived and sample findings do not count. Prowler asks for severity 8 exactly and so misses 9 to 10, where the attack sequences are; here high is 7.0 and more.',
	settings: {highDays: 1, mediumDays: 7, lowDays: 30},
	reads: ['ListFindings', 'GetFindings'],
	evaluate({configuration: {active, oldest = {}}}, {now, settings}: RuleContext) {
		const {highDays = 1, mediumDays = 7, lowDays = 30} = settings;
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
		const late = ages
			.filter(({severity, days}) => days > allowed[severity])
			.sort((one, other) => other.days - allowed[other.severity] - (one.days - allowed[one.severity]));
		const waiting = Object.values(active).reduce((sum, count) => sum + count, 0);
		const observed = ages.map(({severity, days}) => `${severity.toLowerCase()} ${Math.floor(days)} d`).join(', ') || 'no active finding';
		const worst = late[0];
		if (worst === undefined) {
			return answer(
				'PASS',
				waiting === 0 ? 'no active finding waits' : `${plural(waiting, 'active finding')}, none of them for too long`,
				'GetFindings',
				expected,
				observed,
			);
		}

		const {severity, days} = worst;
		return answer(
			'FAIL',
			`a ${severity.toLowerCase()} finding has waited for ${plural(Math.floor(days), 'day')}, ${allowed[severity]} allowed; ${plural(waiting, 'active finding')} in all`,
			'GetFindings',
			expected,
			observed,
			late.some(({severity: found}) => found === 'CRITICAL' || found === 'HIGH') ? 'MEDIUM' : 'LOW',
		);
	},
};

export const detectorRules: ReadonlyArray<Rule<Detector>> = [
	detectorEnabled,
	...features.map(featureRule),
	runtimeEnabled,
	agentRule({
		id: 'guardduty-eks-agent-managed',
		extra: 'EKS_ADDON_MANAGEMENT',
		hosts: 'EKS clusters',
		eks: true,
		control: 'GuardDuty.7',
		prowler: ['guardduty_eks_runtime_monitoring_enabled'],
	}),
	agentRule({
		id: 'guardduty-ecs-agent-managed',
		extra: 'ECS_FARGATE_AGENT_MANAGEMENT',
		hosts: 'ECS tasks on Fargate',
		eks: false,
		control: 'GuardDuty.12',
		prowler: [],
	}),
	agentRule({
		id: 'guardduty-ec2-agent-managed',
		extra: 'EC2_AGENT_MANAGEMENT',
		hosts: 'EC2 instances',
		eks: false,
		control: 'GuardDuty.13',
		prowler: [],
	}),
	runtimeCovered,
	centrallyManaged,
	autoEnabled,
	findingsExported,
];

export const backlogRules: ReadonlyArray<Rule<Backlog>> = [findingsTriaged];
