import type {Rule} from '../../../model/index.js';
import type {Activation, Coverage} from './activation.js';
import type {Backlog} from './backlog.js';
import {coverageComplete, resourceCovered} from './coverage.js';
import {accountEnabled, deepInspection, hybridMode, scanningRules} from './enabled.js';
import {exploitableFixed} from './fixes.js';
import {centrallyManaged, membersEnabled} from './organisation.js';

export {exposureRules} from './exposure.js';

export const activationRules: ReadonlyArray<Rule<Activation>> = [
	accountEnabled,
	...scanningRules,
	coverageComplete,
	hybridMode,
	deepInspection,
	centrallyManaged,
	membersEnabled,
];
export const coverageRules: ReadonlyArray<Rule<Coverage>> = [resourceCovered];
export const backlogRules: ReadonlyArray<Rule<Backlog>> = [exploitableFixed];
