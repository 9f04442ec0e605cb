import type {Rule} from '../../model/index.js';
import {customerKey, kept, replicasInSync, used} from './rules/keeping.js';
import {policyNotPublic, policyTrusted} from './rules/policy.js';
import {rotatedRecently, rotationEnabled, rotationOnSchedule} from './rules/rotation.js';
import type {Secret} from './secret.js';

/** What should be true of a secret, most pressing first. */
export const secretRules: ReadonlyArray<Rule<Secret>> = [
	policyNotPublic,
	rotationOnSchedule,
	replicasInSync,
	kept,
	rotationEnabled,
	rotatedRecently,
	policyTrusted,
	used,
	customerKey,
];
