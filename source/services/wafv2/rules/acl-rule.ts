import {grouped} from '../../../model/index.js';
/**
 * What becomes of a request that a rule matches: it is stopped (blocked, or held up by a CAPTCHA, a challenge or a bill),
 * let in, or only counted. Of a group: what the strictest of its rules does, with the overrides that the web ACL lays over it.
 */
export type Effect = 'stops' | 'allows' | 'counts' | 'unknown';

/** A rate-based statement, wherever it stands. */
export type RateLimit = {
	readonly rule: string;
	/** How many requests a sender may make within the window; AWS's least is 10. */
	readonly limit: number;
	/** 60, 120, 300 or 600. */
	readonly windowSeconds: number;
	/** What counts as one sender: `IP`, `FORWARDED_IP`, `CONSTANT` (all requests together), or custom keys, such as `Header + IP`. */
	readonly key: string;
	/** It looks at some requests only, such as those for one path. */
	readonly scoped: boolean;
	readonly effect: Effect;
};

/** One rule of a web ACL or of a rule group. */
export type AclRule = {
	readonly name: string;
	readonly priority: number;
	/** Firewall Manager puts its groups before and after the account's own rules. */
	readonly stage: 'first by Firewall Manager' | 'own' | 'last by Firewall Manager';
	readonly sort: 'match' | 'rate' | 'managed rule group' | 'rule group';
	/** `AWS/AWSManagedRulesCommonRuleSet`, or the ARN of a rule group. */
	readonly group?: string;
	readonly effect: Effect;
	/** The effect in AWS's or a few more words: `block`, `count`, `2 of 4 rules stop`. */
	readonly action: string;
	/** What it looks at, or what a group of AWS's is against: `country`, `IP set`, `SQL injection`, `bots`. */
	readonly inspects: readonly string[];
	readonly rateLimits: readonly RateLimit[];
	readonly ipSetArns: readonly string[];
	/** ISO 3166 codes. */
	readonly countries: readonly string[];
	readonly metrics?: boolean;
	/** What it looks at is not known to this version. */
	readonly unclear?: true;
	/** The operation without whose answer its effect, or whether it limits rates, cannot be told. */
	readonly unreadBy?: 'GetRuleGroup' | 'DescribeManagedRuleGroup';
};

const senders: Readonly<Record<string, string>> = {
	IP: 'from one address',
	FORWARDED_IP: 'from one forwarded address',
	CONSTANT: 'from all together',
};

/** `2,000 requests in 5 minutes from one address, of some requests`. */
export const limitInWords = ({limit, windowSeconds, key, scoped}: RateLimit): string => {
	const span = windowSeconds === 60 ? 'a minute' : `${windowSeconds / 60} minutes`;
	const sender = Object.hasOwn(senders, key) ? senders[key] : `of one ${key}`;
	return `${grouped(limit)} requests in ${span} ${sender}${scoped ? ', where it looks' : ''}`;
};

/**
 * The group that Shield Advanced keeps in web ACLs where it answers attacks by itself; it belongs to an account of AWS's, which
 * lets nobody read it. https://docs.aws.amazon.com/waf/latest/developerguide/waf-service-owned-rule-groups.html
 */
export const isOfShield = (groupArn: string): boolean => groupArn.includes('/rulegroup/ShieldMitigationRuleGroup');

/** A group against floods of requests: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-anti-ddos.html, or Shield's. */
export const isAntiDdos = ({group = ''}: AclRule): boolean => group === 'AWS/AWSManagedRulesAntiDDoSRuleSet' || isOfShield(group);
