import type {Rule} from '../../../model/index.js';
import {deadLettered, type EventRule, enabled, targeted} from './rule.js';

export {routingRules} from './routed.js';

/** What should be true of a rule on our topics, most pressing first. */
export const eventRules: ReadonlyArray<Rule<EventRule>> = [targeted, enabled, deadLettered];
