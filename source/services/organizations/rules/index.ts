import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {DelegatedService, MemberAccount, Organization} from './organization.js';

const accountGoverned: Rule<Organization> = {
	id: 'organizations-account-governed',
	title: 'The account is in an organisation',
	severity: 'MEDIUM',
	published: {securityControlIds: ['Account.2'], cis: [], prowler: ['organizations_account_part_of_organizations']},
	rationale: 'An account that stands alone has nobody who could limit it, watch it or close it from outside, once it is taken.',
	remediation: {
		text: 'Invite it into the company’s organisation from the management account. An account that is meant to stand alone may be muted.',
		cli: 'aws organizations invite-account-to-organization --target Id={account},Type=ACCOUNT',
		url: `${guide}orgs_manage_accounts_invites.html`,
	},
	reads: ['DescribeOrganization'],
	evaluate({configuration: {inUse, id, managementAccountId, isManagement}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(
				verdict,
				reason,
				'DescribeOrganization',
				'an organisation',
				id ?? (inUse === false ? 'AWSOrganizationsNotInUseException' : 'no answer'),
			);
		if (inUse === undefined) return is('UNKNOWN', 'whether it is in an organisation could not be read');
		if (!inUse) return is('FAIL', 'in no organisation: nobody could limit or close it from outside');
		return is(
			'PASS',
			isManagement === true
				? `the management account of ${id ?? 'an organisation'}`
				: `in ${id ?? 'an organisation'}, managed by ${managementAccountId ?? 'another account'}`,
		);
	},
};

const featuresEnabled: Rule<Organization> = {
	id: 'organizations-features-enabled',
	title: 'All features of the organisation are enabled',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'With consolidated billing alone there are no policies, no delegated administrators and no trusted services: one bill, and nothing that guards.',
	remediation: {
		text: 'Enable all features from the management account. Accounts that were invited must agree to it, and then cannot leave at will where a policy forbids it.',
		cli: 'aws organizations enable-all-features',
		terraform: 'resource "aws_organizations_organization" "this" {\n  feature_set = "ALL"\n}',
		url: `${guide}orgs_manage_org_support-all-features.html`,
	},
	reads: ['DescribeOrganization'],
	exempts: ({configuration: {inUse}}) => (inUse === false ? 'the account is in no organisation' : undefined),
	evaluate({configuration: {featureSet}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeOrganization', 'FeatureSet ALL', `FeatureSet ${featureSet ?? 'absent'}`);
		switch (featureSet) {
			case 'ALL': {
				return is('PASS', 'all features are enabled');
			}

			case 'CONSOLIDATED_BILLING': {
				return is('FAIL', 'consolidated billing alone: no policy guards any account');
			}

			default: {
				return is('UNKNOWN', `the feature set is given as ${featureSet ?? 'nothing'}, which is not known here`);
			}
		}
	},
};

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_account_state.html */
const states: ReadonlyMap<string, string> = new Map([
	['PENDING_ACTIVATION', 'its sign-up was never finished'],
	['SUSPENDED', 'suspended by AWS: what is in it may be deleted'],
	['PENDING_CLOSURE', 'being closed'],
	['CLOSED', 'closed, and to be reopened within 90 days at most'],
]);

const accountActive: Rule<MemberAccount> = {
	id: 'organizations-account-active',
	title: 'An account of the organisation is in use',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'An account that is suspended or closed sends no findings, and counts in everybody’s totals until it is gone.',
	remediation: {
		text: 'If this is on purpose, wait: a closed account goes after 90 days. If not, sign in as its root user and ask AWS Support at once.',
		cli: 'aws organizations describe-account --account-id {name}',
		url: `${guide}orgs_manage_accounts_account_state.html`,
	},
	note: 'A suspension by AWS is LOW, because nobody here chose it: it mostly means a bill or an abuse report that nobody answered.',
	reads: [],
	evaluate({configuration: {state}}) {
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'LOW'): Answer =>
			answer(verdict, reason, 'ListAccounts', 'State ACTIVE', `State ${state ?? 'absent'}`, severity);
		if (state === 'ACTIVE') return is('PASS', 'active');
		const what = states.get(state ?? '');
		return what === undefined
			? is('UNKNOWN', `the state is given as ${state ?? 'nothing'}, which is not known here`)
			: is('FAIL', what, state === 'SUSPENDED' ? 'LOW' : undefined);
	},
};

const serviceDelegated: Rule<DelegatedService> = {
	id: 'organizations-service-delegated',
	title: 'A member account, not the management account, runs the security service',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'The management account can do everything and no policy limits it: the fewer people work in it, the better. A security account with the one right is enough.',
	remediation: {
		text: 'Choose a security account and name it in the service’s own console or API, for GuardDuty, Security Hub, Macie and Inspector in each Region. Registering it with Organizations alone is not enough, nor is Terraform’s aws_organizations_delegated_administrator: each service has a resource of its own for it, such as aws_guardduty_organization_admin_account.',
		cli: 'aws organizations list-delegated-administrators --service-principal {name}',
		url: `${guide}orgs_integrate_delegated_admin.html`,
	},
	note: 'A management account that some services let administer itself is no delegated administrator, and fails here on purpose. LOW where the service has no access to the organisation at all: then it is run account by account.',
	reads: ['ListDelegatedAdministrators'],
	exempts: ({configuration: {featureSet}}) =>
		featureSet === 'CONSOLIDATED_BILLING' ? 'consolidated billing alone knows no delegated administrators' : undefined,
	evaluate({configuration: {name, administrators, trustedAccess}}) {
		const expected = 'an active member account as delegated administrator';
		if (administrators === undefined) {
			return answer('UNKNOWN', `who administers ${name} could not be read`, 'ListDelegatedAdministrators', expected, 'no list');
		}

		const observed = administrators.map(({accountId, state}) => [accountId, state].filter(Boolean).join(' ')).join(', ') || 'none';
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'LOW'): Answer =>
			answer(verdict, reason, 'ListDelegatedAdministrators', expected, observed, severity);
		const called = ({accountId, name: own}: (typeof administrators)[number]): string =>
			own === undefined ? accountId : `${own} (${accountId})`;
		const active = administrators.find(({state}) => state === 'ACTIVE');
		if (active !== undefined) return is('PASS', `${called(active)} runs ${name}`);
		const [first] = administrators;
		if (first !== undefined) {
			return first.state === undefined || (first.state !== 'ACTIVE' && !states.has(first.state))
				? is('UNKNOWN', `the state of ${called(first)} is given as ${first.state ?? 'nothing'}, which is not known here`)
				: is('FAIL', `${called(first)}, which runs ${name}, is ${states.get(first.state) ?? first.state}`);
		}

		return trustedAccess === false
			? is('FAIL', `${name} has no access to the organisation: it is run account by account, or not at all`, 'LOW')
			: is('FAIL', `no member account administers ${name}: the management account does, or nobody`);
	},
};

export const organizationRules: ReadonlyArray<Rule<Organization>> = [accountGoverned, featuresEnabled];
export const accountRules: ReadonlyArray<Rule<MemberAccount>> = [accountActive];
export const serviceRules: ReadonlyArray<Rule<DelegatedService>> = [serviceDelegated];
