import type {Rule} from '../../../model/index.js';
import type {Protection} from './protection.js';
import {answersByItself, healthChecked, notAttacked} from './protection-rules.js';
import type {Subscription} from './subscription.js';
import {proactive, renews, responseTeam, subscribed} from './subscription-rules.js';

/** What should be true, most pressing first. */
export const subscriptionRules: ReadonlyArray<Rule<Subscription>> = [proactive, renews, responseTeam, subscribed];
export const protectionRules: ReadonlyArray<Rule<Protection>> = [notAttacked, healthChecked, answersByItself];
