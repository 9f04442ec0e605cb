import type {Account, AccountState, OrganizationFeatureSet} from '@aws-sdk/client-organizations';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

export type OrganizationAccount = {
	readonly id: string;
	readonly name: string;
	state: AccountState;
	readonly joinedMethod: NonNullable<Account['JoinedMethod']>;
	readonly joinedAt: Date;
};

/** The organisation that the account is in. */
export type Organization = {
	readonly id: string;
	readonly featureSet: OrganizationFeatureSet;
	readonly managementAccountId: string;
	readonly accounts: readonly OrganizationAccount[];
	/** Service principals that may act in all accounts. */
	readonly trusted: readonly string[];
	/** Service principals with the accounts that run them. */
	readonly delegated: Readonly<Record<string, readonly string[]>>;
};

export type OrganizationsState = {
	organization?: Organization | undefined;
	/** Service principals whose administrators the caller may not list: by the condition key `organizations:ServicePrincipal`. */
	readonly refusedServices: Readonly<Record<string, DenialReason>>;
};

export const securityPrincipals = [
	'guardduty.amazonaws.com',
	'inspector2.amazonaws.com',
	'macie.amazonaws.com',
	'securityhub.amazonaws.com',
	'fms.amazonaws.com',
] as const;

export const organizationAccount = (
	place: Place,
	id: string,
	name: string,
	facts: Partial<OrganizationAccount> = {},
): OrganizationAccount => ({id, name, state: 'ACTIVE', joinedMethod: 'CREATED', joinedAt: place.daysAgo(700), ...facts});

/** An organisation with all features that this account manages, where `security` runs all security services; `facts` say what differs. */
export const managedOrganization = (
	place: Place,
	accounts: readonly OrganizationAccount[],
	security: string,
	facts: Partial<Organization> = {},
): OrganizationsState => ({
	organization: {
		id: 'o-a1b2c3d4e5',
		featureSet: 'ALL',
		managementAccountId: place.accountId,
		accounts: [organizationAccount(place, place.accountId, place.account.alias), ...accounts],
		trusted: [...securityPrincipals, 'cloudtrail.amazonaws.com'],
		delegated: Object.fromEntries(securityPrincipals.map(principal => [principal, [security]])),
		...facts,
	},
	refusedServices: {},
});
