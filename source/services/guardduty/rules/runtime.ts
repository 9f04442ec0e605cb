import {type Answer, answer, plural, type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide, hub, withoutStop} from './common.js';
import {type Detector, listsFeatures} from './detector.js';

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

export const runtimeEnabled: Rule<Detector> = {
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
		url: hub('GuardDuty.11'),
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
		url: hub(of.control),
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

export const runtimeCovered: Rule<Detector> = {
	id: 'guardduty-runtime-covered',
	title: 'Every host and cluster reports to Runtime Monitoring',
	severity: 'MEDIUM',
	published: unpublished,
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
		const example = first === undefined ? '' : `, such as ${first.resourceId}${first.issue === '' ? '' : `: ${withoutStop(first.issue)}`}`;
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

export const agentRules: ReadonlyArray<Rule<Detector>> = [
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
];
