import type {Topic} from '../model/index.js';
import {under} from './under.js';

const waf = 'AWS WAF – Web Application Firewall';
const summary = 'Amazon GuardDuty – Architecture Summary';

/** Services that look for trouble: GuardDuty, Inspector and Macie. */
export const detection: readonly Topic[] = [
	{
		id: 'threat-detection',
		title: 'Amazon GuardDuty',
		headings: [...under(`${waf} › Amazon GuardDuty`, 'Overview'), summary],
		text: 'GuardDuty reads logs that AWS has anyway, and reports what looks like an intruder: by lists of known bad addresses, by deviation from what is usual, by learned models. It works in each Region by itself, and sees nothing in one where it is off. Its findings are listed worst first, with their age.',
		changed:
			'Besides low, medium and high there are critical findings, from 9.0 on, since the end of 2024: mostly attack sequences, several steps that GuardDuty recognises as one attack.',
		shownBy: {
			services: ['guardduty'],
			rules: [
				'guardduty-detector-enabled',
				'guardduty-findings-triaged',
				'guardduty-detector-centrally-managed',
				'guardduty-members-enabled',
				'guardduty-organization-auto-enabled',
			],
		},
	},
	{
		id: 'guardduty-sources',
		title: 'Data sources of GuardDuty',
		headings: [`${waf} › Amazon GuardDuty › Key Features`, `${summary} › Core Data Sources`],
		text: 'As soon as it is on, GuardDuty reads management events of CloudTrail, VPC Flow Logs and the queries to the resolver of AWS, by streams of its own: none of them has to be switched on for it, and no software installed. The first 30 days in a Region are free. Queries to other resolvers it does not see.',
		changed:
			'The notes count S3 data events among what is always read. They are read with S3 Protection only, which is an option of its own.',
		shownBy: {rules: ['guardduty-detector-enabled', 'guardduty-s3-protection-enabled'], services: ['guardduty']},
	},
	{
		id: 'guardduty-protection-plans',
		title: 'Optional protection plans of GuardDuty',
		headings: [`${summary} › Optional Features`],
		text: 'Further plans read further sources: objects in S3, audit logs of EKS, logins to RDS and Aurora, the network activity of Lambda functions, volumes of EBS for malware, and by agents what happens inside of hosts and containers. Each is switched on in each Region, has a trial and a price of its own, and is judged by itself.',
		changed:
			'There are more than in the notes: Runtime Monitoring covers EC2 and ECS as well as EKS, and AI Protection watches models and agents. A tool that reads the older dataSources of a detector misses most of them.',
		shownBy: {
			rules: [
				'guardduty-s3-protection-enabled',
				'guardduty-eks-audit-logs-enabled',
				'guardduty-rds-protection-enabled',
				'guardduty-malware-protection-enabled',
				'guardduty-lambda-protection-enabled',
				'guardduty-runtime-monitoring-enabled',
				'guardduty-runtime-covered',
				'guardduty-ai-protection-enabled',
				'guardduty-members-equipped',
			],
			services: ['guardduty'],
		},
	},
	{
		id: 'guardduty-events',
		title: 'From GuardDuty’s findings to somebody: EventBridge',
		headings: [`${waf} › Integration`, `${summary} › GuardDuty Components`],
		text: 'The engine makes findings and sends each to EventBridge, where a rule takes it to a function or a topic. Without a rule nobody hears of it. A rule that lists severities one by one often ends at 8.9 and misses the critical ones. Whether rules exist, are enabled, have targets and let the important findings through is read; what the target then does is not.',
		shownBy: {
			rules: [
				'eventbridge-guardduty-findings-routed',
				'eventbridge-rule-enabled',
				'eventbridge-rule-has-target',
				'guardduty-findings-exported',
				'securityhub-hub-enabled',
			],
			services: ['eventbridge'],
		},
	},
	{
		id: 'crypto-mining',
		title: 'Cryptocurrency mining',
		headings: [`${waf} › Use Case`],
		text: 'GuardDuty has findings of their own for hosts, containers and functions that mine, or ask for the names of pools. They mean that somebody else uses the account, and pays with your money: one such finding that is not archived is reported as critical, whatever severity it has itself.',
		shownBy: {rules: ['guardduty-crypto-mining-absent', 'guardduty-runtime-monitoring-enabled', 'guardduty-detector-enabled']},
	},
	{
		id: 'vulnerability-scanning',
		title: 'Amazon Inspector: what it scans, and when',
		headings: [
			`${summary} › Amazon Inspector`,
			`${summary} › Overview`,
			`${summary} › Use Cases`,
			`${summary} › Architecture Summary`,
			...under(`${summary} › Amazon Inspector – Evaluation Details`, 'Scope of Evaluation'),
		],
		text: 'Inspector looks for known vulnerabilities in EC2 instances, container images in ECR and Lambda functions, their code included, each switched on by itself. No findings mean something only where it scans: how much of what it knows is covered, and why the rest is not, stands beside them.',
		changed:
			'The notes say that hosts need the SSM agent: in hybrid mode Inspector scans the volumes of hosts without one. Images are scanned not at push alone but again whenever a new vulnerability becomes known, for as long as is set. Code repositories have joined the three kinds. Inspector Classic has ended.',
		shownBy: {
			services: ['inspector'],
			rules: [
				'inspector-account-enabled',
				'inspector-ec2-scanning-enabled',
				'inspector-ec2-mode-hybrid',
				'inspector-ecr-scanning-enabled',
				'inspector-lambda-scanning-enabled',
				'inspector-lambda-code-scanning-enabled',
				'inspector-code-repository-scanning-enabled',
				'inspector-coverage-complete',
				'inspector-resource-covered',
			],
		},
	},
	{
		id: 'vulnerability-findings',
		title: 'Inspector’s findings: CVEs, reachable ports and risk scores',
		headings: [`${summary} › Amazon Inspector – Evaluation Details › Assessment Focus`],
		text: 'A finding is about a package with a CVE (hosts, images, functions), about code, or about a port of a host that can be reached, which only EC2 instances have. Inspector rates each by how bad it is where it is. Whether an exploit is known, how likely one is (EPSS) and whether there is a fix are columns of their own: together they say what to mend first.',
		shownBy: {
			rules: ['inspector-exploitable-fixed', 'inspector-network-unreachable', 'inspector-deep-inspection-enabled'],
			services: ['inspector'],
		},
	},
	{
		id: 'vulnerability-events',
		title: 'From Inspector’s findings to somebody: Security Hub and EventBridge',
		headings: [`${summary} › Integration`],
		text: 'Findings go to Security Hub where that is on, and to EventBridge, from where rules take them on. Vedette shows whether Security Hub is on in the Region and whether a rule takes the important findings to a target.',
		changed:
			'Rules that were made for Inspector Classic wait for the source aws.inspector, from which nothing comes any more: it is aws.inspector2.',
		shownBy: {
			rules: [
				'eventbridge-inspector-findings-routed',
				'securityhub-hub-enabled',
				'eventbridge-securityhub-findings-routed',
				'eventbridge-rule-has-target',
			],
			services: ['securityhub'],
		},
	},
	{
		id: 'sensitive-data',
		title: 'Amazon Macie: sensitive data in S3',
		headings: under(`${summary} › Amazon Macie`, 'Overview', 'Key Features'),
		text: 'Macie looks into buckets for personal data, credentials and the like, by learned models and patterns, and watches how open the buckets are. Automated discovery looks at samples of all buckets; jobs look at what they are told to. It reports and does not protect: a sensitive bucket that is open has to be closed by somebody. Findings go to EventBridge and, if set so, to Security Hub. Vedette reads where sensitive data is, never the data.',
		changed:
			'That Macie scans buckets by itself is true only with automated discovery, which not every account has on, and then of samples, and of what Macie may decrypt.',
		shownBy: {
			services: ['macie'],
			rules: [
				'macie-session-enabled',
				'macie-discovery-enabled',
				'macie-sensitive-bucket-private',
				'macie-findings-triaged',
				'macie-bucket-monitored',
				'macie-bucket-readable',
				'eventbridge-macie-findings-routed',
				'macie-findings-published',
			],
		},
	},
];
