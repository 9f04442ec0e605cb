import type {ComplianceViolator, DependentServiceName, Policy, PolicySummary, SecurityServiceType} from '@aws-sdk/client-fms';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** What Firewall Manager says of an account under a policy. */
export type FmsAccount = {
	readonly accountId: string;
	/** Absent where it was not evaluated yet. */
	readonly status?: 'COMPLIANT' | 'NON_COMPLIANT';
	readonly violators: readonly ComplianceViolator[];
	readonly issues: Partial<Record<DependentServiceName, string>>;
	readonly updatedAt: Date;
};

export type FmsPolicy = {
	readonly id: string;
	readonly arn: string;
	summary: Omit<PolicySummary, 'PolicyArn' | 'PolicyId'>;
	detail: Partial<Policy>;
	accounts: readonly FmsAccount[];
	/** Operations on it that are refused, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type FmsState = {
	/** The organization's default administrator; absent where Firewall Manager was never set up. */
	readonly adminAccount?: string;
	/** Administrators besides it whose scope has the Region: https://docs.aws.amazon.com/waf/latest/developerguide/fms-administrators.html */
	readonly scopedAdminAccounts?: readonly string[];
	policies: FmsPolicy[];
	/** Operations that are refused throughout the Region. */
	refused: Readonly<Record<string, DenialReason>>;
};

export const notSetUp = (): FmsState => ({policies: [], refused: {}});

type Facts = {
	readonly type: SecurityServiceType;
	/** More than one makes a list, which the summary does not name. */
	readonly resourceTypes: readonly string[];
	readonly remediates?: boolean;
	readonly status?: 'ACTIVE' | 'OUT_OF_ADMIN_SCOPE';
	readonly description?: string;
	readonly data?: object;
	readonly detail?: Partial<Policy>;
	readonly accounts?: readonly FmsAccount[];
	readonly refused?: FmsPolicy['refused'];
};

/** A policy that mends what does not comply, for every account of the organization; `facts` say what differs. */
export const policy = (place: Place, name: string, facts: Facts): FmsPolicy => {
	const {
		type,
		resourceTypes,
		remediates = true,
		status = 'ACTIVE',
		description,
		data = {},
		detail = {},
		accounts = [],
		refused = {},
	} = facts;
	const id = place.random(`fms/${name}`).uuid();
	const resourceType = resourceTypes.length === 1 ? (resourceTypes[0] ?? '') : 'ResourceTypeList';
	const shared = {
		PolicyName: name,
		ResourceType: resourceType,
		RemediationEnabled: remediates,
		DeleteUnusedFMManagedResources: false,
		PolicyStatus: status,
	};
	return {
		id,
		arn: place.arn('fms', `policy/${id}`),
		summary: {...shared, SecurityServiceType: type},
		detail: {
			...shared,
			...(resourceTypes.length > 1 && {ResourceTypeList: [...resourceTypes]}),
			...(description !== undefined && {PolicyDescription: description}),
			SecurityServicePolicyData: {Type: type, ManagedServiceData: JSON.stringify({type, ...data})},
			ExcludeResourceTags: false,
			...detail,
		},
		accounts,
		refused,
	};
};

const base = (place: Place, accountId: string): FmsAccount => ({accountId, violators: [], issues: {}, updatedAt: place.hoursAgo(3)});

export const complies = (place: Place, accountId: string): FmsAccount => ({...base(place, accountId), status: 'COMPLIANT'});

export const violates = (
	place: Place,
	accountId: string,
	violators: readonly ComplianceViolator[],
	issues: FmsAccount['issues'] = {},
): FmsAccount => ({...base(place, accountId), status: 'NON_COMPLIANT', violators, issues});

/** Firewall Manager sees nothing there, and says why. */
export const troubled = (place: Place, accountId: string, issues: FmsAccount['issues']): FmsAccount => ({
	...base(place, accountId),
	issues,
});
