import type {Rule} from '../../../model/index.js';
import {trailDelivered, trailEncrypted, trailLogging, trailMultiRegion, trailValidated, trailWatched} from './keeping.js';
import {keyUseRecorded, objectsRecorded, regionRecorded} from './region.js';
import type {RegionCoverage, Trail} from './trail.js';

export const trailRules: ReadonlyArray<Rule<Trail>> = [
	trailLogging,
	trailDelivered,
	trailMultiRegion,
	trailEncrypted,
	trailValidated,
	trailWatched,
];

export const regionRules: ReadonlyArray<Rule<RegionCoverage>> = [regionRecorded, keyUseRecorded, objectsRecorded];
