import type {Rule} from '../../../model/index.js';
import type {Backlog} from './backlog.js';
import {findingsConsolidated, hubEnabled, newControlsEnabled, standardReady} from './enabled.js';
import type {Hub} from './hub.js';
import {centrallyManaged, membersEnabled} from './organisation.js';
import {failuresTriaged} from './triage.js';

export const hubRules: ReadonlyArray<Rule<Hub>> = [
	hubEnabled,
	standardReady,
	newControlsEnabled,
	findingsConsolidated,
	centrallyManaged,
	membersEnabled,
];

export const backlogRules: ReadonlyArray<Rule<Backlog>> = [failuresTriaged];
