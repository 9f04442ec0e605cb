import {
	AccountJoinedMethod,
	AccountState,
	DescribeOrganizationCommand,
	ListAccountsCommand,
	ListAWSServiceAccessForOrganizationCommand,
	ListDelegatedAdministratorsCommand,
	OrganizationFeatureSet,
} from '@aws-sdk/client-organizations';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {Organization, OrganizationAccount, OrganizationsState} from './organizations-state.js';

// Behaviour is that of https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html.

type Organizations = Context<OrganizationsState>;

const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 20, maximumLimit: 20} as const;

const organizationOf = ({state}: Organizations): Organization => {
	if (state.organization === undefined) {
		throw new AwsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
	}
	return state.organization;
};

/** "This operation can be called only from the organization's management account or by a member account that is a delegated administrator." */
const forManagers = (context: Organizations): Organization => {
	const organization = organizationOf(context);
	const isDelegated = Object.values(organization.delegated).some(ids => ids.includes(context.accountId));
	if (organization.managementAccountId !== context.accountId && !isDelegated) {
		throw new AwsError('AccessDeniedException', "You don't have permissions to access this resource.");
	}
	return organization;
};

const arnOf = (organization: Organization, resource: string, {partition}: Organizations): string =>
	`arn:${partition}:organizations::${organization.managementAccountId}:${resource}`;

const describe = (one: OrganizationAccount, organization: Organization, context: Organizations) => ({
	Id: one.id,
	Arn: arnOf(organization, `account/${organization.id}/${one.id}`, context),
	Email: `aws+${one.id}@acme.example`,
	Name: one.name,
	// `Status` beside it was retired on 2026-09-09.
	State: one.state,
	JoinedMethod: one.joinedMethod,
	JoinedTimestamp: one.joinedAt,
});

export const organizations = defineMockService({
	id: 'organizations',
	signingName: 'organizations',
	protocol: {name: 'awsJson1.1', target: 'AWSOrganizationsV20161128'},
	errors: {validation: 'InvalidInputException', throttled: {name: 'TooManyRequestsException', httpStatus: 400}},
	enums: [AccountState, AccountJoinedMethod, OrganizationFeatureSet],
	empty: (): OrganizationsState => ({refusedServices: {}}),
	commands: {
		DescribeOrganization: DescribeOrganizationCommand,
		ListAccounts: ListAccountsCommand,
		ListDelegatedAdministrators: ListDelegatedAdministratorsCommand,
		ListAWSServiceAccessForOrganization: ListAWSServiceAccessForOrganizationCommand,
	},
	handlers: {
		// From any account of the organisation.
		DescribeOrganization: (_, context) => {
			const organization = organizationOf(context);
			return {
				Organization: {
					Id: organization.id,
					Arn: arnOf(organization, `organization/${organization.id}`, context),
					FeatureSet: organization.featureSet,
					MasterAccountArn: arnOf(organization, `account/${organization.id}/${organization.managementAccountId}`, context),
					MasterAccountId: organization.managementAccountId,
					MasterAccountEmail: `aws+${organization.managementAccountId}@acme.example`,
					AvailablePolicyTypes: [],
				},
			};
		},

		ListAccounts: (input, context) => {
			const organization = forManagers(context);
			const {page, token} = context.paginate(organization.accounts, input, paging);
			return {Accounts: page.map(one => describe(one, organization, context)), ...(token !== undefined && {NextToken: token})};
		},

		ListDelegatedAdministrators: (input, context) => {
			const organization = forManagers(context);
			const because = context.state.refusedServices[input.ServicePrincipal ?? ''];
			if (because !== undefined) throw context.denied('*', because);
			const ids = new Set(
				input.ServicePrincipal === undefined
					? Object.values(organization.delegated).flat()
					: (organization.delegated[input.ServicePrincipal] ?? []),
			);
			const found = organization.accounts.filter(({id}) => ids.has(id));
			const {page, token} = context.paginate(found, input, paging);
			return {
				DelegatedAdministrators: page.map(one => ({
					...describe(one, organization, context),
					DelegationEnabledDate: new Date(one.joinedAt.getTime() + 86_400_000),
				})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		ListAWSServiceAccessForOrganization: (input, context) => {
			const organization = forManagers(context);
			const {page, token} = context.paginate(organization.trusted, input, paging);
			return {
				EnabledServicePrincipals: page.map(ServicePrincipal => ({ServicePrincipal, DateEnabled: new Date('2024-03-11T09:00:00Z')})),
				...(token !== undefined && {NextToken: token}),
			};
		},
	},
});
