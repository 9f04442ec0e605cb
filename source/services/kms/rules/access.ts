import {
	type Answer,
	accountsInWords,
	answerIfOpen,
	answerOfTrust,
	listed,
	type PolicySummary,
	type Rule,
	readPolicy,
	readPrincipal,
	unpublished,
} from '../../../model/index.js';
import {guide, type KeyResource, unfamiliar, unlessCustomer} from './common.js';
import type {Key} from './key.js';
import {managersOf} from './managers.js';

/** What the policy says, or the answer where it cannot be told. */
const summaryOf = ({configuration: {policy}, accountId}: KeyResource): PolicySummary | Answer => {
	if (policy === undefined) {
		return unfamiliar('what its policy is', undefined);
	}

	const reading = readPolicy(policy, accountId);
	return reading.readable ? reading.summary : {verdict: 'UNKNOWN', reason: `its policy cannot be judged: ${reading.problem}`};
};

const isAnswer = (read: PolicySummary | Answer): read is Answer => 'verdict' in read;

const showPolicy = 'aws kms get-key-policy --key-id {id} --region {region} --policy-name default --output text --query Policy';

export const policyNotPublic: Rule<Key> = {
	id: 'kms-policy-not-public',
	title: 'A key policy should not let in anyone',
	severity: 'CRITICAL',
	published: {securityControlIds: ['KMS.5'], cis: ['v7.0 2.21'], prowler: ['kms_key_not_publicly_accessible']},
	rationale: 'Anyone with an AWS account can then use the key, and so read what it protects or run up its cost.',
	remediation: {
		text: 'Name the accounts or roles that need the key, or narrow the statement by kms:CallerAccount, aws:PrincipalOrgID or aws:SourceAccount (kms:ViaService alone does not narrow who calls). Save the policy with the command, mend it, and put it back with aws kms put-key-policy.',
		cli: showPolicy,
		terraform:
			'resource "aws_kms_key_policy" "this" {\n  key_id = aws_kms_key.this.id\n  policy = data.aws_iam_policy_document.this.json\n}',
		url: `${guide}/key-policies.html`,
	},
	note: 'A wildcard principal passes where a condition surely narrows who calls, or a Deny of all others does; where a condition is not known to this version it is UNKNOWN. A policy that cannot be read is UNKNOWN too; Security Hub fails it.',
	reads: ['DescribeKey', 'GetKeyPolicy'],
	exempts: unlessCustomer,
	evaluate: resource => {
		const summary = summaryOf(resource);
		if (isAnswer(summary)) {
			return summary;
		}

		const asked = {expected: 'no statement for any principal without a condition that narrows who calls', operation: 'GetKeyPolicy'};
		const open = answerIfOpen(summary, {...asked, open: 'to any AWS account', untold: 'who'});
		if (open !== undefined) {
			return open;
		}

		const {own, accounts, organizations, services, others} = summary;
		// Whom an identity provider vouches for is not of the account, though the provider is.
		const providers = Object.keys(own).filter(name => /:(?:oidc|saml)-provider\//u.test(name));
		const outside = [...Object.keys(accounts), ...Object.keys(organizations), ...services, ...others, ...providers];
		return {
			verdict: 'PASS',
			reason: outside.length === 0 ? 'its policy lets in this account only' : `its policy lets in only those it names: ${listed(outside)}`,
			evidence: {...asked, observed: 'none'},
		};
	},
};

export const policyAccountsTrusted: Rule<Key> = {
	id: 'kms-policy-accounts-trusted',
	title: 'A key policy should let in trusted accounts only',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Whoever may use the key in another account can read what it protects wherever the ciphertext can be had, such as in a shared snapshot.',
	remediation: {
		text: 'Take the account out of the policy (save it with the command, put it back with aws kms put-key-policy), or add it to trustedAccounts in the configuration if it belongs there.',
		cli: showPolicy,
		url: `${guide}/key-policy-modifying-external-accounts.html`,
	},
	note: 'Older notes say that key policies alone decide who may use a key. With the default statement for the account’s root, IAM policies grant access too; the facts say whether it is there. Which accounts an organization has is not read here, so that a policy for one is UNKNOWN.',
	reads: ['DescribeKey', 'GetKeyPolicy'],
	exempts: unlessCustomer,
	evaluate: (resource, {trustedAccounts}) => {
		const summary = summaryOf(resource);
		if (isAnswer(summary)) {
			return summary;
		}

		return answerOfTrust(summary, trustedAccounts, {expected: 'no account that is not trusted', operation: 'GetKeyPolicy'});
	},
};

export const policyManageable: Rule<Key> = {
	id: 'kms-policy-manageable',
	title: 'The account should stay able to change a key policy',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A key policy can lock out the account that owns it. When the last role that it names is deleted nobody can change it, and only AWS Support can help.',
	remediation: {
		text: 'Add the default statement that lets the account’s root do kms:* (save the policy with the command, put it back with aws kms put-key-policy). It lets IAM policies grant access too, so look at those first.',
		cli: showPolicy,
		url: `${guide}/key-policy-default.html`,
	},
	note: 'MEDIUM where no principal of the account may change the policy even now. Conditions that this version cannot judge, such as one on the organization, make it UNKNOWN. Keys whose policy leaves out the root on purpose can be muted.',
	reads: ['DescribeKey', 'GetKeyPolicy'],
	exempts: unlessCustomer,
	evaluate: resource => {
		const summary = summaryOf(resource);
		if (isAnswer(summary)) {
			return summary;
		}

		const {accountId, arn, configuration} = resource;
		const {account, conditions, by, named, isSure, areAllPrincipals} = managersOf(configuration.policy ?? '', {
			accountId,
			partition: arn.split(':')[1] ?? 'aws',
		});
		const under = conditions.length === 0 ? '' : ` under a condition on ${listed(conditions)}`;
		const able = account === 'no' ? named : by;
		const evidence = {
			expected: 'kms:PutKeyPolicy for the account’s root',
			observed: able.length === 0 ? 'for nobody of this account' : `${able.join(', ')}${under}`,
			operation: 'GetKeyPolicy',
		};
		if (account === 'yes') {
			return {verdict: 'PASS', reason: 'its policy lets the account change it', evidence};
		}

		if (account === 'perhaps') {
			return {
				verdict: 'UNKNOWN',
				reason: `whether the account may change its policy hangs on ${listed(conditions)}, which cannot be judged from here`,
				evidence,
			};
		}

		if (named.length === 0) {
			return {verdict: 'FAIL', severity: 'MEDIUM', reason: 'nobody in this account may change its policy', evidence};
		}

		const names = listed(named.map(name => name.split(':').at(-1) ?? name));
		const isOne = named.length === 1;
		const otherwise = areAllPrincipals
			? `once ${isOne ? 'that is' : 'those are'} deleted`
			: `while there ${isOne ? 'is none of that name' : 'are none of those names'}`;
		return {
			verdict: 'FAIL',
			reason: isSure
				? `only ${names} may change its policy, and nobody ${otherwise}`
				: `at most ${names} may change its policy, and only${under}`,
			evidence,
		};
	},
};

export const grantsAccountsTrusted: Rule<Key> = {
	id: 'kms-grants-accounts-trusted',
	title: 'Grants on a key should go to trusted accounts only',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A grant gives access that no policy shows, until somebody retires or revokes it.',
	remediation: {
		text: 'Find the grant’s GrantId with the command and revoke it with aws kms revoke-grant, or add the account to trustedAccounts in the configuration if it belongs there.',
		cli: `aws kms list-grants --key-id {id} --region {region} --query 'Grants[].[GrantId,GranteePrincipal,Name]' --output table`,
		url: `${guide}/grant-delete.html`,
	},
	reads: ['DescribeKey', 'ListGrants'],
	exempts: unlessCustomer,
	evaluate: ({configuration: {grantees}, accountId: own}, {trustedAccounts}) => {
		if (grantees === undefined) {
			return unfamiliar('what grants there are', undefined);
		}

		const strangers = grantees.flatMap(({principal, isService, operations}) => {
			const reading = readPrincipal(principal);
			return !isService && reading.is === 'account' && reading.accountId !== own && !trustedAccounts.includes(reading.accountId)
				? [{accountId: reading.accountId, principal, operations}]
				: [];
		});
		const nameless = grantees.filter(
			({principal, isService}) => !isService && !['account', 'service'].includes(readPrincipal(principal).is),
		);
		const total = grantees.reduce((sum, {grants}) => sum + grants, 0);
		const expected = 'no grant to an account that is not trusted';
		const [first] = strangers;
		if (first === undefined && nameless.length > 0) {
			const names = nameless.map(({principal}) => principal);
			return {
				verdict: 'UNKNOWN',
				reason: `a grant lets in ${listed(names)}, which does not say whose it is`,
				evidence: {expected, observed: names.join(', '), operation: 'ListGrants'},
			};
		}

		if (first === undefined) {
			return {
				verdict: 'PASS',
				reason:
					total === 0
						? 'it has no grants'
						: `${total === 1 ? 'its one grant is' : `its ${total} grants are`} with this account, trusted ones and AWS services`,
				evidence: {expected, observed: `${total} grants`, operation: 'ListGrants'},
			};
		}

		return {
			verdict: 'FAIL',
			reason: `a grant lets in ${accountsInWords([...new Set(strangers.map(({accountId}) => accountId))])}: ${first.principal} may ${listed(first.operations)}`,
			evidence: {expected, observed: strangers.map(({principal}) => principal).join(', '), operation: 'ListGrants'},
		};
	},
};
