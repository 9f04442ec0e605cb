import type {Rule} from '../../../model/index.js';
import type {Backlog} from './backlog.js';
import type {Detector} from './detector.js';
import {detectorEnabled, findingsExported} from './enabled.js';
import {planRules} from './features.js';
import {autoEnabled, centrallyManaged, membersEnabled, membersEquipped} from './organisation.js';
import {agentRules, runtimeCovered, runtimeEnabled} from './runtime.js';
import {findingsTriaged} from './triage.js';

export {miningRules} from './mining.js';

export const detectorRules: ReadonlyArray<Rule<Detector>> = [
	detectorEnabled,
	...planRules,
	runtimeEnabled,
	...agentRules,
	runtimeCovered,
	centrallyManaged,
	autoEnabled,
	membersEnabled,
	membersEquipped,
	findingsExported,
];

export const backlogRules: ReadonlyArray<Rule<Backlog>> = [findingsTriaged];
