import type {Refusal, Resource} from '../../../model/index.js';
import type {AclRule} from './acl-rule.js';

/** AWS Config's names. */
export const webAclType = 'AWS::WAFv2::WebACL';
export const ruleGroupType = 'AWS::WAFv2::RuleGroup';
export const ipSetType = 'AWS::WAFv2::IPSet';

/** `CLOUDFRONT` is told of in us-east-1 alone, and holds everywhere. */
export type Scope = 'REGIONAL' | 'CLOUDFRONT';

/** A web ACL. Its addresses, headers and sampled requests are never read. */
export type WebAcl = {
	readonly scope: Scope;
	readonly description?: string;
	/** What becomes of a request that no rule decides on. */
	readonly defaultAction?: 'allow' | 'block' | 'unknown';
	/** In the order in which WAF asks them, those of Firewall Manager included. */
	readonly rules?: readonly AclRule[];
	/** In web ACL capacity units (WCU). */
	readonly capacity?: number;
	readonly metrics?: boolean;
	/** Whether WAF keeps samples of requests for three hours. */
	readonly samples?: boolean;
	/** True where Firewall Manager made it, and alone may change it. */
	readonly managedByFirewallManager?: boolean;
	/** True where an account's own web ACL was taken over by a policy of Firewall Manager. */
	readonly retrofittedByFirewallManager?: boolean;
	/** How a load balancer treats senders of low reputation: `ACTIVE_UNDER_DDOS` or `ALWAYS_ON`. */
	readonly lowReputationMode?: string;
	/** By ListLoggingConfigurations: where its logs go; empty where nowhere. */
	readonly logging?: readonly Logging[];
	/** By ListResourcesForWebACL: ARNs of the Application Load Balancers behind it. Never of a web ACL for CloudFront. */
	readonly loadBalancerArns?: readonly string[];
};

export type Logging = {
	/** ARNs of a Firehose stream, a log group or a bucket. */
	readonly destinations: readonly string[];
	/** Who set it up: `CUSTOMER`, `SECURITY_LAKE` or `CLOUDWATCH_TELEMETRY_RULE_MANAGED`. */
	readonly scope: string;
	/** True where all that no filter keeps is dropped. */
	readonly drops: boolean;
	/** How many fields are blacked out in the logs. */
	readonly redactedFields: number;
	readonly managedByFirewallManager: boolean;
};

/** A reusable set of rules, for any web ACL of its scope. */
export type RuleGroup = {
	readonly scope: Scope;
	readonly description?: string;
	readonly rules?: readonly AclRule[];
	/** In web ACL capacity units (WCU), fixed when it was made. */
	readonly capacity?: number;
	readonly metrics?: boolean;
};

/** A list of addresses that rules refer to. The addresses themselves are counted, and not kept. */
export type IpSet = {
	readonly scope: Scope;
	readonly description?: string;
	/** `IPV4` or `IPV6`. */
	readonly version?: string;
	/** How many addresses and ranges it holds. */
	readonly size?: number;
	/** Names of the web ACLs and rule groups that refer to it; absent where one of them could not be read. */
	readonly usedBy?: readonly string[];
};

export type WebAclResource = Resource<WebAcl>;

/** `one rule`, `3 rules`. */
export const counted = (count: number, thing: string): string => `${count === 1 ? 'one' : count} ${thing}${count === 1 ? '' : 's'}`;

/** `“a”, “b” and 2 more`. */
export const quoted = (names: readonly string[]): string => {
	const shown = names.slice(0, 3).map(name => `“${name}”`);
	return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
};

/** What follows what could not be read: `has not been read yet: wafv2:GetRuleGroup`. */
export const unreadInWords = ({status, iamAction}: Refusal): string =>
	status === 'pending' ? `has not been read yet: ${iamAction}` : `could not be read: ${iamAction}`;

/** A load balancer as people call it: `shop` of `…:loadbalancer/app/shop/0123`. */
export const loadBalancerInWords = (arn: string): string => /:loadbalancer\/app\/([^/]+)/u.exec(arn)?.[1] ?? arn;
