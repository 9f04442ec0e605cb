import type {Rule} from '../../../model/index.js';
import {type ConfigRule, evaluates, thresholdSensible} from './config-rule.js';
import type {Recorder} from './recorder.js';
import {certificateRulePresent, deliverySucceeds, recorderOn, recorderPresent, recordsEverything} from './recording.js';

/** What should be true of AWS Config in a Region, most pressing first. */
export const recorderRules: ReadonlyArray<Rule<Recorder>> = [
	recorderPresent,
	recorderOn,
	deliverySucceeds,
	recordsEverything,
	certificateRulePresent,
];

/** What should be true of a rule of AWS Config. */
export const configRuleRules: ReadonlyArray<Rule<ConfigRule>> = [thresholdSensible, evaluates];
