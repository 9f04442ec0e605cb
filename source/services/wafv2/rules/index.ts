import type {Rule} from '../../../model/index.js';
import {ipSetHasRoom} from './ip-sets.js';
import {capacityInReserve, logged, metricsOn} from './keeping.js';
import {rateLimited, stopsRequests} from './protection.js';
import {ruleGroupActs, ruleGroupMetricsOn} from './rule-groups.js';
import type {IpSet, RuleGroup, WebAcl} from './web-acl.js';

/** What should be true, most pressing first. */
export const webAclRules: ReadonlyArray<Rule<WebAcl>> = [stopsRequests, rateLimited, logged, metricsOn, capacityInReserve];
export const ruleGroupRules: ReadonlyArray<Rule<RuleGroup>> = [ruleGroupActs, ruleGroupMetricsOn];
export const ipSetRules: ReadonlyArray<Rule<IpSet>> = [ipSetHasRoom];
