import {
	DescribeManagedRuleGroupCommand,
	GetIPSetCommand,
	GetRuleGroupCommand,
	GetWebACLCommand,
	ListIPSetsCommand,
	ListLoggingConfigurationsCommand,
	ListResourcesForWebACLCommand,
	ListRuleGroupsCommand,
	ListWebACLsCommand,
} from '@aws-sdk/client-wafv2';
import {type Aws, dayMs} from '../../../model/index.js';

export const commands = {
	ListWebACLs: ListWebACLsCommand,
	GetWebACL: GetWebACLCommand,
	ListLoggingConfigurations: ListLoggingConfigurationsCommand,
	ListResourcesForWebACL: ListResourcesForWebACLCommand,
	ListRuleGroups: ListRuleGroupsCommand,
	GetRuleGroup: GetRuleGroupCommand,
	DescribeManagedRuleGroup: DescribeManagedRuleGroupCommand,
	ListIPSets: ListIPSetsCommand,
	GetIPSet: GetIPSetCommand,
};
export type Commands = typeof commands;
export type Waf = Aws<Commands>;

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/**
 * The answer of the cache for as long as its lock token is the one that was just listed, and a new one otherwise: WAF gives
 * a new token with every change, so that what did not change is not read again.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACLSummary.html
 */
export const whileUnchanged = async <T extends {readonly LockToken?: string | undefined}>(
	lockToken: string | undefined,
	ask: (options: {readonly freshForMs: number}) => Promise<T | null | undefined>,
): Promise<T | null | undefined> => {
	const known = await ask({freshForMs: dayMs});
	return known && lockToken !== undefined && known.LockToken !== lockToken ? ask({freshForMs: 1}) : known;
};
