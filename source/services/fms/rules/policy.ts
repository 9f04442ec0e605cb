/** CloudFormation's name. */
export const policyType = 'AWS::FMS::Policy';

/** A policy of Firewall Manager: what it demands of the accounts of an organization in this Region, and who complies. */
export type Policy = {
	/** `WAFV2`, `SHIELD_ADVANCED`, `SECURITY_GROUPS_COMMON`, `NETWORK_FIREWALL`, `DNS_FIREWALL`, … */
	readonly serviceType?: string;
	/** CloudFormation's names of what it is about. CloudFront’s distributions are in the scope of policies in us-east-1. */
	readonly resourceTypes: readonly string[];
	/** Whether it changes what does not comply, or only tells of it. */
	readonly remediates?: boolean;
	/** Whether it takes its protection back from what leaves its scope. */
	readonly cleansUp?: boolean;
	/** `ACTIVE`, or `OUT_OF_ADMIN_SCOPE`: what is new is protected no more, and this administrator cannot change that. */
	readonly status?: string;
	/** By GetPolicy. */
	readonly description?: string;
	/** By GetPolicy: the accounts and organizational units that it is for; null where it is for all. */
	readonly includes?: Members | null;
	/** By GetPolicy: those that it is not for; null where there is none. */
	readonly excludes?: Members | null;
	/** By GetPolicy: the tags by which resources are chosen, or left out where `excludesTags`. */
	readonly resourceTags?: ReadonlyArray<{readonly key: string; readonly value?: string}>;
	readonly excludesTags?: boolean;
	/** By GetPolicy: what it demands, in the JSON of the service that it is for. */
	readonly managedServiceData?: string;
	/** By ListComplianceStatus. */
	readonly compliance?: Compliance;
};

export type Members = {readonly accountIds: readonly string[]; readonly orgUnitIds: readonly string[]};

export type Compliance = {
	/** How many accounts there are in its scope. */
	readonly accounts: number;
	readonly compliant: number;
	readonly nonCompliant: number;
	/** Accounts of which Firewall Manager says nothing yet, or nothing that is known here. */
	readonly untold: number;
	/** Those that do not comply, with the most resources first: at most 100 of them. */
	readonly violations: readonly Violation[];
	/** What keeps Firewall Manager from its work, such as AWS Config being off in an account: at most 100. */
	readonly issues: readonly Issue[];
	/** When anything of it was evaluated last. */
	readonly updatedAt?: string;
};

export type Violation = {
	readonly accountId: string;
	/** How many resources do not comply. */
	readonly resources: number;
	/** True where there are more than that: Firewall Manager counts to 100. */
	readonly more: boolean;
	readonly updatedAt?: string;
	/** By GetComplianceDetail, of the first accounts: some of their resources. */
	readonly examples?: readonly Example[];
};

export type Example = {readonly resourceId?: string; readonly resourceType?: string; readonly reason?: string};

export type Issue = {
	readonly accountId: string;
	/** `AWSCONFIG`, `AWSWAF`, `AWSSHIELD_ADVANCED` or `AWSVPC`. */
	readonly service: string;
	readonly message: string;
};

/** `one account`, `3 accounts`. */
export const counted = (count: number, thing: string): string => `${count === 1 ? 'one' : count} ${thing}${count === 1 ? '' : 's'}`;

const services: Readonly<Record<string, string>> = {
	AWSCONFIG: 'AWS Config',
	AWSWAF: 'WAF',
	AWSSHIELD_ADVANCED: 'Shield Advanced',
	AWSVPC: 'VPC',
};
export const serviceInWords = (service: string): string => (Object.hasOwn(services, service) ? (services[service] ?? service) : service);

/** `shop: resource missing web acl`. */
export const exampleInWords = ({resourceId = 'a resource', reason}: Example): string => {
	const name = resourceId.startsWith('arn:')
		? (/loadbalancer\/app\/([^/]+)/u.exec(resourceId)?.[1] ?? resourceId.split(/[/:]/u).at(-1))
		: resourceId;
	return reason === undefined ? `${name}` : `${name}: ${reason.toLowerCase().replaceAll('_', ' ')}`;
};
