import {type Evidence, type Rule, unpublished} from '../../../model/index.js';
import {type Accelerator, disabled} from './accelerator.js';

// https://aws.amazon.com/global-accelerator/pricing/ : 0.025 USD for each hour, whether it is enabled or not, until it is
// deleted; 720 hours a month. Traffic comes on top.
export const usdPerMonth = 18;

export const flowLogs: Rule<Accelerator> = {
	id: 'globalaccelerator-accelerator-flow-logs',
	title: 'An accelerator keeps flow logs',
	severity: 'LOW',
	published: unpublished,
	rationale: 'Its static addresses face the internet. Flow logs alone say who came to which port, and how much, when a flood has passed.',
	remediation: {
		text: 'Choose a bucket whose policy lets Global Accelerator’s log delivery write, and turn flow logs on.',
		cli: 'aws globalaccelerator update-accelerator-attributes --accelerator-arn {arn} --flow-logs-enabled --flow-logs-s3-bucket BUCKET --flow-logs-s3-prefix {name} --region us-west-2',
		terraform:
			'resource "aws_globalaccelerator_accelerator" "this" {\n  name = "{name}"\n\n  attributes {\n    flow_logs_enabled   = true\n    flow_logs_s3_bucket = aws_s3_bucket.logs.id\n    flow_logs_s3_prefix = "{name}"\n  }\n}',
		url: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/monitoring-global-accelerator.flow-logs.html',
	},
	reads: ['DescribeAcceleratorAttributes'],
	exempts: disabled,
	evaluate({configuration: {flowLogs: logs}}) {
		if (logs === undefined) {
			return {verdict: 'UNKNOWN', reason: 'DescribeAcceleratorAttributes did not tell of its flow logs'};
		}

		const evidence: Evidence = {
			expected: 'FlowLogsEnabled true',
			observed: logs === null ? 'FlowLogsEnabled false' : `FlowLogsEnabled true, ${logs.bucket ?? 'no bucket told'}`,
			operation: 'DescribeAcceleratorAttributes',
		};
		return logs === null
			? {verdict: 'FAIL', reason: 'flow logs are off', evidence}
			: {verdict: 'PASS', reason: `flow logs go to ${logs.bucket ?? 'a bucket that was not told'}`, evidence};
	},
};

export const enabled: Rule<Accelerator> = {
	id: 'globalaccelerator-accelerator-enabled',
	title: 'An accelerator that is kept is enabled',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A disabled accelerator answers nobody, is charged for all the same, and DNS may still lead to its addresses. Once it is deleted its addresses are lost for good.',
	remediation: {
		text: 'Enable it, or delete it once no record and no partner’s allow-list names its addresses.',
		cli: 'aws globalaccelerator update-accelerator --accelerator-arn {arn} --enabled --region us-west-2',
		terraform: 'resource "aws_globalaccelerator_accelerator" "this" {\n  name    = "{name}"\n  enabled = true\n}',
		url: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-accelerators.html',
	},
	reads: [],
	evaluate({configuration}) {
		const evidence: Evidence = {
			expected: 'Enabled true',
			observed: `Enabled ${configuration.enabled ?? 'not told'}, Status ${configuration.status ?? 'not told'}`,
			operation: 'ListAccelerators',
		};
		if (configuration.enabled === undefined) {
			return {verdict: 'UNKNOWN', reason: 'ListAccelerators did not tell whether it is enabled', evidence};
		}

		return configuration.enabled
			? {
					verdict: 'PASS',
					reason: configuration.status === 'IN_PROGRESS' ? 'enabled, a change is on its way to the edge' : 'enabled',
					evidence,
				}
			: {verdict: 'FAIL', reason: `disabled, and charged ${usdPerMonth} USD a month`, evidence};
	},
};
