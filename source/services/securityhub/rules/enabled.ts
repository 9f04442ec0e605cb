import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide} from './common.js';
import type {Hub, Standard} from './hub.js';

export const hubEnabled: Rule<Hub> = {
	id: 'securityhub-hub-enabled',
	title: 'Security Hub watches this Region',
	severity: 'MEDIUM',
	published: {
		securityControlIds: [],
		cis: ['v3.0 4.16', 'v5.0 4.16', 'v6.0 5.16', 'v7.0 5.16'],
		prowler: ['securityhub_enabled'],
	},
	rationale: 'It is where findings of AWS’s services come together, and it goes on checking while nobody runs a tool.',
	remediation: {
		text: 'Enable Security Hub CSPM here with the foundational standard; better, let the organisation’s administrator do it for all accounts by a policy. It needs AWS Config to record.',
		cli: 'aws securityhub enable-security-hub --enable-default-standards --region {region}',
		terraform: 'resource "aws_securityhub_account" "this" {\n  enable_default_standards = true\n}',
		url: `${guide}securityhub-settingup.html`,
	},
	note: 'AWS calls it Security Hub CSPM by now; the newer Security Hub beside it is another switch, and not asked for here. A Region that a policy closes may be muted.',
	reads: ['DescribeHub'],
	evaluate({configuration: {enabled}, awsRegion}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeHub', 'subscribed', enabled === undefined ? 'no answer' : enabled ? 'subscribed' : 'not subscribed');
		if (enabled === undefined) return is('UNKNOWN', 'whether Security Hub is on could not be read');
		return enabled
			? is('PASS', `Security Hub watches ${awsRegion}`)
			: is('FAIL', `not enabled in ${awsRegion}: no control is checked there`);
	},
};

const foundational = /aws-foundational-security-best-practices|cis-aws-foundations-benchmark|service-managed-aws-control-tower/u;

/** Why a standard is not whole, in words. https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsStatusReason.html */
const causes: ReadonlyMap<string, string> = new Map([
	['NO_AVAILABLE_CONFIGURATION_RECORDER', 'AWS Config does not record here'],
	['MAXIMUM_NUMBER_OF_CONFIG_RULES_EXCEEDED', 'there are too many rules of AWS Config'],
	['INTERNAL_ERROR', 'an error of Security Hub’s own'],
]);
const because = ({reason}: Standard): string => (reason === undefined ? '' : ` (${causes.get(reason) ?? reason})`);
const statuses = new Set(['READY', 'PENDING', 'INCOMPLETE', 'DELETING', 'FAILED']);

export const standardReady: Rule<Hub> = {
	id: 'securityhub-standard-ready',
	title: 'A foundational standard is subscribed and ready',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: ['v3.0 4.16', 'v5.0 4.16', 'v6.0 5.16', 'v7.0 5.16'], prowler: ['securityhub_enabled']},
	rationale: 'Security Hub without a standard checks nothing, and one whose standard is incomplete looks better than it is.',
	remediation: {
		text: 'Subscribe to AWS Foundational Security Best Practices or the CIS benchmark, and let AWS Config record: without a recorder most controls have nothing to look at.',
		cli: 'aws securityhub batch-enable-standards --standards-subscription-requests StandardsArn=arn:aws:securityhub:{region}::standards/aws-foundational-security-best-practices/v/1.0.0 --region {region}',
		terraform:
			'resource "aws_securityhub_standards_subscription" "foundational" {\n  standards_arn = "arn:aws:securityhub:{region}::standards/aws-foundational-security-best-practices/v/1.0.0"\n}',
		url: `${guide}securityhub-standards-enable-disable.html`,
	},
	note: 'Other tools ask whether any standard is listed. One that is INCOMPLETE is listed too, and so is one that is being disabled.',
	reads: ['DescribeHub', 'GetEnabledStandards'],
	exempts: exemptWhenOff,
	evaluate({configuration: {standards}}) {
		const expected = 'a foundational standard with status READY';
		if (standards === undefined) return answer('UNKNOWN', 'the standards could not be listed', 'GetEnabledStandards', expected, 'no list');
		const observed =
			standards.map(({name, status, reason}) => [name, status, reason].filter(Boolean).join(' ')).join(', ') || 'no standard';
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'LOW'): Answer =>
			answer(verdict, reason, 'GetEnabledStandards', expected, observed, severity);
		const wanted = standards.filter(({arn}) => foundational.test(arn));
		const ready = wanted.find(({status}) => status === 'READY');
		const broken = standards.find(({status}) => status === 'INCOMPLETE');
		if (ready !== undefined) {
			return broken === undefined
				? is('PASS', `${ready.name} is on`)
				: is('FAIL', `${ready.name} is on, but ${broken.name} is incomplete${because(broken)}`, 'LOW');
		}

		const strange = wanted.find(({status}) => !statuses.has(status));
		if (strange !== undefined) return is('UNKNOWN', `${strange.name} has the status ${strange.status}, which is not known here`);
		const pending = wanted.find(({status}) => status === 'PENDING');
		if (pending !== undefined) return is('UNKNOWN', `${pending.name} is being enabled or extended`);
		const [first] = wanted;
		if (first === undefined) {
			return is(
				'FAIL',
				standards.length === 0 ? 'no standard is subscribed: nothing is checked' : 'no foundational standard is subscribed',
			);
		}

		return first.status === 'INCOMPLETE'
			? is('FAIL', `${first.name} is incomplete${because(first)}: some or all of its controls are not checked`)
			: is('FAIL', `${first.name} is being disabled (${first.status})${because(first)}`);
	},
};

export const newControlsEnabled: Rule<Hub> = {
	id: 'securityhub-controls-auto-enabled',
	title: 'New controls of a standard come on by themselves',
	severity: 'LOW',
	published: unpublished,
	rationale: 'AWS adds controls each month. Those that nobody turns on check nothing, and nobody misses them.',
	remediation: {
		text: 'Let new controls come on, and disable those that do not fit.',
		cli: 'aws securityhub update-security-hub-configuration --auto-enable-controls --region {region}',
		terraform: 'resource "aws_securityhub_account" "this" {\n  auto_enable_controls = true\n}',
		url: `${guide}controls-auto-enable.html`,
	},
	reads: ['DescribeHub'],
	exempts: exemptWhenOff,
	evaluate({configuration: {newControlsEnabled: on}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeHub', 'AutoEnableControls true', `AutoEnableControls ${on ?? 'absent'}`);
		if (on === undefined) return is('UNKNOWN', 'Security Hub did not say whether new controls come on');
		return on ? is('PASS', 'new controls come on by themselves') : is('FAIL', 'new controls stay off until somebody turns them on');
	},
};

export const findingsConsolidated: Rule<Hub> = {
	id: 'securityhub-findings-consolidated',
	title: 'One check makes one finding',
	severity: 'LOW',
	published: unpublished,
	rationale: 'Where each standard makes findings of its own, one mistake is counted several times, and several must be closed for one.',
	remediation: {
		text: 'Turn consolidated control findings on, in the administrator’s account for all members. Ids and titles of findings change by it: see to what reads them first.',
		cli: 'aws securityhub update-security-hub-configuration --control-finding-generator SECURITY_CONTROL --region {region}',
		terraform: 'resource "aws_securityhub_account" "this" {\n  control_finding_generator = "SECURITY_CONTROL"\n}',
		url: `${guide}controls-findings-create-update.html#consolidated-control-findings`,
	},
	reads: ['DescribeHub'],
	exempts: exemptWhenOff,
	evaluate({configuration: {findingGenerator}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'DescribeHub',
				'ControlFindingGenerator SECURITY_CONTROL',
				`ControlFindingGenerator ${findingGenerator ?? 'absent'}`,
			);
		switch (findingGenerator) {
			case 'SECURITY_CONTROL': {
				return is('PASS', 'a check makes one finding, whatever standards ask for it');
			}

			case 'STANDARD_CONTROL': {
				return is('FAIL', 'a check makes a finding for each standard that asks for it');
			}

			default: {
				return is('UNKNOWN', `Security Hub says that findings are made by ${findingGenerator ?? 'nothing'}, which is not known here`);
			}
		}
	},
};
