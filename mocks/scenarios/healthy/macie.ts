import {type MacieState, macieBucket, quietMacie} from '../../services/macie-state.js';
import type {Populate} from '../scenario.js';

/** All buckets private and watched; what is sensitive is known and closed. */
export const populate: Populate<MacieState> = place => ({
	...quietMacie(),
	buckets: [
		macieBucket(place, `acme-sandbox-app-${place.awsRegion}`),
		macieBucket(place, `acme-sandbox-customers-${place.awsRegion}`, {sensitivityScore: 92}),
	],
});
