import {
	AccountRoleStatus,
	CustomerPolicyStatus,
	GetAdminAccountCommand,
	GetComplianceDetailCommand,
	GetPolicyCommand,
	ListComplianceStatusCommand,
	ListPoliciesCommand,
	PolicyComplianceStatusType,
	SecurityServiceType,
	ViolationReason,
} from '@aws-sdk/client-fms';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type FmsPolicy, type FmsState, notSetUp} from './fms-state.js';

// Behaviour is that of https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_Operations.html.

type Fms = Context<FmsState>;

const refuse = (context: Fms): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

/**
 * Only administrators are answered. What the others are told is in no model: these are sentences that people were told, see
 * https://github.com/rebuy-de/aws-nuke/issues/992 and https://github.com/hashicorp/terraform/issues/30545.
 */
const asAdministrator = (context: Fms): void => {
	refuse(context);
	const {adminAccount, scopedAdminAccounts = []} = context.state;
	if (adminAccount === undefined) {
		throw new AwsError('AccessDeniedException', `No default admin could be found for account ${context.accountId}`);
	}

	if (![adminAccount, ...scopedAdminAccounts].includes(context.accountId)) {
		throw new AwsError(
			'AccessDeniedException',
			`Operation: ${context.operation} is only available to Administration account in AWS Firewall Manager.`,
		);
	}
};

const policyOf = (id: string | undefined, context: Fms): FmsPolicy => {
	asAdministrator(context);
	const one = context.state.policies.find(other => other.id === id);
	if (one === undefined) throw new AwsError('ResourceNotFoundException', 'The policy does not exist.');
	const because = one.refused[context.operation];
	if (because !== undefined) throw context.denied(one.arn, because);
	return one;
};

const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 100, maximumLimit: 100} as const;
// "Indicates that over 100 resources are noncompliant."
const mostViolators = 100;

export const fms = defineMockService({
	id: 'fms',
	signingName: 'fms',
	protocol: {name: 'awsJson1.1', target: 'AWSFMS_20180101'},
	errors: {validation: 'InvalidInputException'},
	enums: [AccountRoleStatus, CustomerPolicyStatus, PolicyComplianceStatusType, SecurityServiceType, ViolationReason],
	empty: notSetUp,
	commands: {
		ListPolicies: ListPoliciesCommand,
		GetPolicy: GetPolicyCommand,
		ListComplianceStatus: ListComplianceStatusCommand,
		GetComplianceDetail: GetComplianceDetailCommand,
		GetAdminAccount: GetAdminAccountCommand,
	},
	handlers: {
		ListPolicies: (input, context) => {
			asAdministrator(context);
			const {page, token} = context.paginate(context.state.policies, input, paging);
			return {
				PolicyList: page.map(({id, arn, summary}) => ({PolicyId: id, PolicyArn: arn, ...summary})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetPolicy: (input, context) => {
			const {id, arn, detail, summary} = policyOf(input.PolicyId, context);
			return {
				PolicyArn: arn,
				Policy: {
					PolicyId: id,
					PolicyUpdateToken: '1',
					PolicyName: summary.PolicyName,
					ResourceType: summary.ResourceType,
					RemediationEnabled: summary.RemediationEnabled,
					ExcludeResourceTags: false,
					SecurityServicePolicyData: {Type: summary.SecurityServiceType},
					...detail,
				},
			};
		},

		ListComplianceStatus: (input, context) => {
			const one = policyOf(input.PolicyId, context);
			const {page, token} = context.paginate(one.accounts, input, paging);
			return {
				PolicyComplianceStatusList: page.map(({accountId, status, violators, issues, updatedAt}) => ({
					PolicyOwner: context.accountId,
					PolicyId: one.id,
					PolicyName: one.summary.PolicyName,
					MemberAccount: accountId,
					EvaluationResults:
						status === undefined
							? []
							: [
									{
										ComplianceStatus: status,
										ViolatorCount: Math.min(violators.length, mostViolators),
										EvaluationLimitExceeded: violators.length > mostViolators,
									},
								],
					LastUpdated: updatedAt,
					IssueInfoMap: issues,
				})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetComplianceDetail: (input, context) => {
			const one = policyOf(input.PolicyId, context);
			const account = one.accounts.find(({accountId}) => accountId === input.MemberAccount);
			if (account === undefined) throw new AwsError('ResourceNotFoundException', 'The member account is not in the policy’s scope.');
			return {
				PolicyComplianceDetail: {
					PolicyOwner: context.accountId,
					PolicyId: one.id,
					MemberAccount: account.accountId,
					Violators: account.violators.slice(0, mostViolators),
					EvaluationLimitExceeded: account.violators.length > mostViolators,
					IssueInfoMap: account.issues,
				},
			};
		},

		// The default administrator, whoever else there is.
		GetAdminAccount: (_, context) => {
			refuse(context);
			const {adminAccount} = context.state;
			if (adminAccount === undefined) {
				throw new AwsError('AccessDeniedException', `No default admin could be found for account ${context.accountId}`);
			}

			return {AdminAccount: adminAccount, RoleStatus: 'READY' as const};
		},
	},
});
