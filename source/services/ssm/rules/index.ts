import type {Rule} from '../../../model/index.js';
import {changedInTime, changedLately, expiryAnnounced, notExpiring, policiesApplied} from './lifecycle.js';
import type {Parameter} from './parameter.js';
import {customerKey, secretEncrypted} from './secrecy.js';
import {documentsSharingBlocked, type ParameterStore, quotaLeft} from './store.js';
import {advancedNeeded} from './tier.js';

/** What should be true of a parameter, most pressing first. */
export const parameterRules: ReadonlyArray<Rule<Parameter>> = [
	secretEncrypted,
	notExpiring,
	policiesApplied,
	changedInTime,
	changedLately,
	expiryAnnounced,
	customerKey,
	advancedNeeded,
];

/** What should be true of Systems Manager in a Region. */
export const storeRules: ReadonlyArray<Rule<ParameterStore>> = [documentsSharingBlocked, quotaLeft];
