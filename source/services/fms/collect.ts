import {
	FMSClient,
	GetAdminAccountCommand,
	GetComplianceDetailCommand,
	GetPolicyCommand,
	ListComplianceStatusCommand,
	ListPoliciesCommand,
} from '@aws-sdk/client-fms';
import {
	type Aws,
	type CommandOutput,
	dayMs,
	defineCollector,
	type Facts,
	msBetween,
	type Resource,
	type Yielded,
} from '../../model/index.js';
import {type Compliance, type Example, type Issue, type Members, type Policy, policyType, type Violation} from './rules/policy.js';

const commands = {
	ListPolicies: ListPoliciesCommand,
	GetPolicy: GetPolicyCommand,
	ListComplianceStatus: ListComplianceStatusCommand,
	GetComplianceDetail: GetComplianceDetailCommand,
	GetAdminAccount: GetAdminAccountCommand,
};
type Commands = typeof commands;
type Fms = Aws<Commands>;

type Summary = NonNullable<CommandOutput<typeof ListPoliciesCommand>['PolicyList']>[number];
type Detail = NonNullable<CommandOutput<typeof GetPolicyCommand>['Policy']>;
type Status = NonNullable<CommandOutput<typeof ListComplianceStatusCommand>['PolicyComplianceStatusList']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/**
 * Firewall Manager says that it is not set up, or administered by another account, in the words of a denial: only what AWS is
 * known to say is taken for that, so that a permission that is missing stays one.
 * https://github.com/rebuy-de/aws-nuke/issues/992, https://github.com/hashicorp/terraform/issues/30545,
 * https://github.com/crossplane-contrib/provider-upjet-aws/issues/296
 */
const isNotAdministrator = ({name, message}: {readonly name: string; readonly message: string}): boolean =>
	name === 'ResourceNotFoundException' ||
	// "You might have tried to access a Region that's disabled by default": https://docs.aws.amazon.com/fms/2018-01-01/APIReference/
	name === 'InvalidOperationException' ||
	(name.startsWith('AccessDenied') &&
		/No default admin could be found|only available to Administration account|not currently delegated by AWS FM/iu.test(message));

/** Who decides instead, in a sentence. */
const notEnabled = async (aws: Fms): Promise<string> => {
	const answer = await aws.facts().attempt('GetAdminAccount', {}, {absent: isNotAdministrator});
	const account = answer?.AdminAccount;
	if (account !== undefined && account !== aws.accountId) return `account ${account} administers Firewall Manager, and this one does not`;
	return answer === undefined
		? `this account does not administer Firewall Manager in ${aws.awsRegion}`
		: `Firewall Manager is not set up for this account in ${aws.awsRegion}`;
};

const membersOf = (map: Detail['IncludeMap']): Members | null => {
	const {ACCOUNT: accountIds = [], ORG_UNIT: orgUnitIds = []} = map ?? {};
	return accountIds.length + orgUnitIds.length === 0 ? null : {accountIds, orgUnitIds};
};

const toDetail = (policy: Detail): Partial<Policy> => ({
	...present({
		description: policy.PolicyDescription || undefined,
		managedServiceData: policy.SecurityServicePolicyData?.ManagedServiceData,
		excludesTags: policy.ExcludeResourceTags,
	}),
	includes: membersOf(policy.IncludeMap),
	excludes: membersOf(policy.ExcludeMap),
	resourceTags: (policy.ResourceTags ?? []).flatMap(({Key, Value}) => (Key === undefined ? [] : {key: Key, ...present({value: Value})})),
});

/** `ResourceTypeList` says that a policy is for several types, which GetPolicy names. */
const typesOf = (summary: Summary, detail: Detail | undefined): readonly string[] => {
	const types = detail?.ResourceTypeList ?? [];
	return types.length > 0
		? types
		: summary.ResourceType === undefined || summary.ResourceType === 'ResourceTypeList'
			? []
			: [summary.ResourceType];
};

const most = 100;
/** Of so many accounts that do not comply it is asked what they hold: a call for each. */
const explained = 3;
const examples = 5;

/** What an account holds that does not comply, asked again when Firewall Manager has evaluated it again. */
const readExamples = async (facts: Facts<Commands>, now: string, PolicyId: string, violation: Violation): Promise<Violation> => {
	const sinceMs = violation.updatedAt === undefined ? dayMs : msBetween(violation.updatedAt, now);
	const freshForMs = Math.min(Math.max(sinceMs, 1), dayMs);
	const answer = await facts.attempt('GetComplianceDetail', {PolicyId, MemberAccount: violation.accountId}, {freshForMs});
	const violators = answer?.PolicyComplianceDetail?.Violators;
	return violators === undefined
		? violation
		: {
				...violation,
				examples: violators
					.slice(0, examples)
					.map(
						({ResourceId, ResourceType, ViolationReason}): Example =>
							present({resourceId: ResourceId, resourceType: ResourceType, reason: ViolationReason}),
					),
			};
};

const isNonCompliant = ({EvaluationResults = []}: Status): boolean =>
	EvaluationResults.some(({ComplianceStatus}) => ComplianceStatus === 'NON_COMPLIANT');
const isCompliant = ({EvaluationResults = []}: Status): boolean =>
	EvaluationResults.length > 0 && EvaluationResults.every(({ComplianceStatus}) => ComplianceStatus === 'COMPLIANT');

const toViolation = ({MemberAccount, EvaluationResults = [], LastUpdated}: Status): Violation => ({
	accountId: MemberAccount ?? '',
	resources: EvaluationResults.reduce((sum, {ViolatorCount = 0}) => sum + ViolatorCount, 0),
	more: EvaluationResults.some(({EvaluationLimitExceeded}) => EvaluationLimitExceeded === true),
	...present({updatedAt: LastUpdated}),
});

const issuesOf = ({MemberAccount, IssueInfoMap}: Status): readonly Issue[] =>
	Object.entries(IssueInfoMap ?? {}).map(([service, message]) => ({accountId: MemberAccount ?? '', service, message: message ?? ''}));

const readCompliance = async (aws: Fms, facts: Facts<Commands>, PolicyId: string): Promise<Compliance | undefined> => {
	const pages = await facts.attemptPages('ListComplianceStatus', {PolicyId, MaxResults: 100});
	if (!pages) return undefined;
	const statuses = pages.flatMap(({PolicyComplianceStatusList = []}) => PolicyComplianceStatusList);
	if (statuses.some(({MemberAccount}) => MemberAccount === undefined)) {
		facts.missing('ListComplianceStatus', 'MemberAccount');
		return undefined;
	}

	const nonCompliant = statuses.filter(isNonCompliant);
	const compliant = statuses.filter(isCompliant).length;
	const violations = nonCompliant.map(toViolation).toSorted((one, other) => other.resources - one.resources);
	const updatedAt = statuses
		.flatMap(({LastUpdated}) => LastUpdated ?? [])
		.sort()
		.at(-1);
	return {
		accounts: statuses.length,
		compliant,
		nonCompliant: nonCompliant.length,
		untold: statuses.length - compliant - nonCompliant.length,
		violations: [
			...(await Promise.all(violations.slice(0, explained).map(async one => readExamples(facts, aws.startedAt, PolicyId, one)))),
			...violations.slice(explained, most),
		],
		issues: statuses.flatMap(issuesOf).slice(0, most),
		...present({updatedAt}),
	};
};

const toPolicy = async (aws: Fms, summary: Summary, PolicyId: string): Promise<Resource<Policy>> => {
	const facts = aws.facts();
	const detail = (await facts.attempt('GetPolicy', {PolicyId}))?.Policy;
	const compliance = await readCompliance(aws, facts, PolicyId);
	return {
		arn: summary.PolicyArn ?? `arn:${aws.partition}:fms:${aws.awsRegion}:${aws.accountId}:policy/${PolicyId}`,
		resourceType: policyType,
		resourceId: PolicyId,
		resourceName: summary.PolicyName || PolicyId,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {
			...present({
				serviceType: summary.SecurityServiceType,
				remediates: summary.RemediationEnabled,
				cleansUp: summary.DeleteUnusedFMManagedResources,
				status: summary.PolicyStatus,
			}),
			resourceTypes: typesOf(summary, detail),
			...(detail && toDetail(detail)),
			...present({compliance}),
		},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

async function* full(aws: Fms): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListPolicies', {MaxResults: 100}, {absent: isNotAdministrator});
	if (pages === undefined) return;
	if (pages === null) {
		yield {yields: 'complete', of: policyType};
		yield {yields: 'not-enabled', reason: await notEnabled(aws)};
		return;
	}

	const listed = pages.flatMap(({PolicyList = []}) => PolicyList);
	const named = listed.flatMap(summary => (summary.PolicyId === undefined ? [] : [{summary, id: summary.PolicyId}]));
	for await (const resource of aws.each(named, async ({summary, id}) => toPolicy(aws, summary, id))) yield {yields: 'resource', resource};
	if (named.length < listed.length) facts.missing('ListPolicies', 'PolicyId');
	else yield {yields: 'complete', of: policyType};
}

export const collector = defineCollector({client: FMSClient, commands, full});
