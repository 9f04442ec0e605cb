import {type Answer, answerIfOpen, answerOfTrust, type PolicySummary, type Rule, readPolicy, unpublished} from '../../../model/index.js';
import {primaryUnseen} from './rotation.js';
import {isReplica, type Secret, type SecretResource} from './secret.js';

const exempts: Rule<Secret>['exempts'] = (resource, context) => {
	const {deletedAt, primaryRegion = ''} = resource.configuration;
	if (deletedAt !== undefined) {
		return 'marked for deletion, so its policy lets nobody in';
	}

	return isReplica(resource) && context.watches(primaryRegion)
		? `a replica: it has the policy of its primary, which is judged in ${primaryRegion}`
		: undefined;
};

const asked = {expected: 'principals of this account and of trusted ones alone', operation: 'GetResourcePolicy'};

/** The answer where there is no policy to read, or the reading of it. */
const withPolicy = (resource: SecretResource, judge: (summary: PolicySummary) => Answer): Answer => {
	const unseen = primaryUnseen(resource);
	if (unseen !== undefined) {
		return unseen;
	}

	const {policy} = resource.configuration;
	if (policy === undefined) {
		return {verdict: 'UNKNOWN', reason: 'its policy has not been read'};
	}

	if (policy === null) {
		return {verdict: 'PASS', reason: 'has no resource policy, so only this account is let in', evidence: {...asked, observed: 'no policy'}};
	}

	const reading = readPolicy(policy, resource.accountId);
	return reading.readable ? judge(reading.summary) : {verdict: 'UNKNOWN', reason: `its policy cannot be judged: ${reading.problem}`};
};

const remediation = {
	text: 'Replace the policy by one that names the accounts or roles that need the secret. PutResourcePolicy refuses public ones if told to.',
	cli: 'aws secretsmanager put-resource-policy --secret-id {arn} --resource-policy file://policy.json --block-public-policy --region {region}',
	terraform:
		'resource "aws_secretsmanager_secret_policy" "this" {\n  secret_arn          = "{arn}"\n  policy              = data.aws_iam_policy_document.secret.json\n  block_public_policy = true\n}',
	url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html',
} as const;

export const policyNotPublic: Rule<Secret> = {
	id: 'secretsmanager-secret-policy-not-public',
	title: 'A secret’s policy does not let everyone in',
	severity: 'CRITICAL',
	published: {securityControlIds: [], cis: ['v7.0 2.21'], prowler: ['secretsmanager_not_publicly_accessible']},
	rationale: 'A policy for any principal, without a condition that says who, lets every AWS account in the world ask for the credential.',
	remediation,
	note: 'A wildcard principal passes where a condition surely narrows who calls; where a condition is not known to this version it is UNKNOWN. Prowler’s rule on restrictive policies answers alike where there is no policy and where it may not be read; here the first passes and the second is unknown.',
	reads: ['GetResourcePolicy'],
	exempts,
	evaluate: resource =>
		withPolicy(
			resource,
			summary =>
				answerIfOpen(summary, {...asked, open: 'to any AWS account', untold: 'who'}) ?? {
					verdict: 'PASS',
					reason: 'its policy is not open to everyone',
					evidence: {...asked, observed: 'no statement for anyone'},
				},
		),
};

export const policyTrusted: Rule<Secret> = {
	id: 'secretsmanager-secret-policy-trusted-accounts',
	title: 'A secret’s policy names only trusted accounts',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Another account that may read the secret keeps doing so after the reason is forgotten. Those that are meant to stand in the configuration as trusted.',
	remediation: {
		...remediation,
		text: 'Take the account out of the policy, or add it to trustedAccounts in the configuration if it is meant to read the secret.',
	},
	note: 'Which accounts an organization has is not read here, so that a policy for one is UNKNOWN. Another account also needs the policy of the secret’s key: with aws/secretsmanager it gets nothing.',
	reads: ['GetResourcePolicy'],
	exempts,
	evaluate: (resource, {trustedAccounts}) =>
		withPolicy(resource, summary =>
			answerOfTrust(summary, trustedAccounts, {
				...asked,
				whereAnyone: 'its policy lets anyone in, which the rule on public policies says',
			}),
		),
};
