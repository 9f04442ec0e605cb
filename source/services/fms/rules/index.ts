import {type Answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {type Compliance, counted, exampleInWords, type Policy, serviceInWords, type Violation} from './policy.js';

const guide = 'https://docs.aws.amazon.com/waf/latest/developerguide/';

const violationInWords = ({accountId, resources, more, examples = []}: Violation): string => {
	const [first] = examples;
	const many = `${more ? 'over ' : ''}${counted(resources, 'resource')}`;
	return first === undefined ? `${accountId} (${many})` : `${accountId} (${many}, such as ${exampleInWords(first)})`;
};

const unlisted: Answer = {verdict: 'UNKNOWN', reason: 'ListComplianceStatus did not tell which accounts comply'};

const evidenceOf = ({accounts, compliant, nonCompliant, untold}: Compliance) => ({
	expected: 'every account COMPLIANT',
	observed: `of ${accounts} accounts ${compliant} COMPLIANT, ${nonCompliant} NON_COMPLIANT, ${untold} not told`,
	operation: 'ListComplianceStatus',
});

export const accountsComply: Rule<Policy> = {
	id: 'fms-policy-accounts-comply',
	title: 'Every account complies with a policy of Firewall Manager',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['fms_policy_compliant']},
	rationale:
		'A policy says what the organization decided. An account that does not comply is where the decision does not hold, and usually where nobody looks.',
	remediation: {
		text: 'Look at what does not comply in each account. Turn automatic remediation on, mend it by hand, or take the account out of the policy’s scope if it is meant to differ.',
		cli: 'aws fms list-compliance-status --policy-id {id} --region {region}',
		url: `${guide}fms-compliance.html`,
	},
	note: 'Each policy is judged by itself, over all its accounts, and names them: Prowler stops at the first policy with an account that does not comply, and says that of the whole organization.',
	reads: ['ListComplianceStatus'],
	evaluate({configuration: {compliance}}) {
		if (compliance === undefined) return unlisted;
		const {accounts, nonCompliant, untold, violations} = compliance;
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({verdict, reason, evidence: evidenceOf(compliance)});
		if (accounts === 0) return is('NOT_APPLICABLE', 'no account is in its scope, or none was evaluated yet');
		if (nonCompliant > 0) {
			const shown = violations.slice(0, 3).map(violationInWords);
			const more = nonCompliant > shown.length ? ` and ${nonCompliant - shown.length} more` : '';
			const verb = nonCompliant === 1 ? 'does' : 'do';
			return is('FAIL', `${nonCompliant} of ${counted(accounts, 'account')} ${verb} not comply: ${shown.join(', ')}${more}`);
		}

		return untold > 0
			? is(
					'UNKNOWN',
					`of ${untold} of ${counted(accounts, 'account')} Firewall Manager does not tell whether ${untold === 1 ? 'it complies' : 'they comply'}`,
				)
			: is('PASS', accounts === 1 ? 'the one account in its scope complies' : `all ${accounts} accounts in its scope comply`);
	},
};

export const dependenciesOn: Rule<Policy> = {
	id: 'fms-policy-dependencies-on',
	title: 'What a policy of Firewall Manager needs is on in every account',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Firewall Manager sees by AWS Config, and acts by WAF, Shield Advanced and VPC. Where one of them is off, an account is neither protected nor counted as one that does not comply.',
	remediation: {
		text: 'Turn AWS Config on in the account, recording the types of the policy, or subscribe it to what the policy is about.',
		cli: "aws fms list-compliance-status --policy-id {id} --query 'PolicyComplianceStatusList[?IssueInfoMap]' --region {region}",
		url: `${guide}enable-config.html`,
	},
	reads: ['ListComplianceStatus'],
	evaluate({configuration: {compliance}}) {
		if (compliance === undefined) return unlisted;
		const {accounts, issues} = compliance;
		const evidence = {
			expected: 'no IssueInfoMap',
			observed: issues.map(({accountId, service, message}) => `${accountId} ${service}: ${message}`).join('; ') || 'none',
			operation: 'ListComplianceStatus',
		};
		if (accounts === 0) return {verdict: 'NOT_APPLICABLE', reason: 'no account is in its scope, or none was evaluated yet', evidence};
		const [first] = issues;
		if (first === undefined) return {verdict: 'PASS', reason: 'Firewall Manager tells of no trouble in any account', evidence};
		const where = listed([...new Set(issues.map(({accountId, service}) => `${serviceInWords(service)} in ${accountId}`))]);
		return {
			verdict: 'FAIL',
			reason: `trouble with ${where}${first.message === '' ? '' : `: ${first.message.replace(/\.\s*$/u, '')}`}`,
			evidence,
		};
	},
};

export const inScope: Rule<Policy> = {
	id: 'fms-policy-in-scope',
	title: 'A policy of Firewall Manager is in its administrator’s scope',
	severity: 'LOW',
	published: unpublished,
	rationale: 'What a policy out of scope protects stays protected, but nothing new is: it looks as if it were in force.',
	remediation: {
		text: 'Give the administrator back the policy type or the Region, or let one whose scope it is in take the policy over.',
		cli: 'aws fms get-admin-scope --admin-account {account} --region {region}',
		url: `${guide}fms-creating-administrators.html`,
	},
	reads: [],
	evaluate({configuration: {status}}) {
		const evidence = {expected: 'ACTIVE', observed: status ?? 'PolicyStatus absent', operation: 'ListPolicies'};
		if (status === 'ACTIVE') return {verdict: 'PASS', reason: 'active', evidence};
		return status === 'OUT_OF_ADMIN_SCOPE'
			? {verdict: 'FAIL', reason: 'out of this administrator’s scope: what is new is not protected', evidence}
			: {verdict: 'UNKNOWN', reason: `Firewall Manager gives its status as ${status ?? 'nothing'}, which is not known here`, evidence};
	},
};

export const remediates: Rule<Policy> = {
	id: 'fms-policy-remediates',
	title: 'A policy of Firewall Manager mends what does not comply',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'Without automatic remediation a policy only tells: whatever is created tomorrow is unprotected until somebody acts on it.',
	remediation: {
		text: 'Look at what it would change, then turn automatic remediation on. To begin with, telling alone is the right way.',
		cli: 'aws fms get-policy --policy-id {id} --region {region}',
		terraform: 'resource "aws_fms_policy" "this" {\n  name                = "{name}"\n  remediation_enabled = true\n}',
		url: `${guide}create-policy.html`,
	},
	reads: [],
	evaluate({configuration: {remediates: does}}) {
		const evidence = {expected: 'RemediationEnabled true', observed: `RemediationEnabled ${does ?? 'absent'}`, operation: 'ListPolicies'};
		if (does === undefined) return {verdict: 'UNKNOWN', reason: 'ListPolicies did not tell whether it mends anything', evidence};
		return does
			? {verdict: 'PASS', reason: 'mends what does not comply, new resources too', evidence}
			: {verdict: 'FAIL', reason: 'tells what does not comply, and mends nothing', evidence};
	},
};

/** What should be true, most pressing first. */
export const policyRules: ReadonlyArray<Rule<Policy>> = [accountsComply, dependenciesOn, inScope, remediates];
