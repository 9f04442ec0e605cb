import {kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';

/** The opted-in Region holds one key and one replica. */
export const milanKeys = (place: Place): NamedKeys => [
	['prod/fiscal-archive', kmsKey(place, 'prod/fiscal-archive', {description: 'Invoices, kept for ten years', ageDays: 150})],
	[
		'prod/global-table',
		kmsKey(place, 'prod/global-table', {
			multiRegion: {type: 'REPLICA', primaryRegion: 'us-east-1', replicaRegions: ['eu-west-1', 'eu-south-1']},
			ageDays: 140,
		}),
	],
];
