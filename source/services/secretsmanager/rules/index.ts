import type {Rule} from '../../../model/index.js';
import {customerKey, kept, replicasInSync, used} from './keeping.js';
import {policyNotPublic, policyTrusted} from './policy.js';
import {rotatedRecently, rotationEnabled, rotationOnSchedule} from './rotation.js';
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
