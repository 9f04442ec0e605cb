import {type KmsKey, kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {tags} from './common.js';

/** Multi-Region keys, whose other halves are in Ireland and elsewhere. */
export const multiRegion = (place: Place): NamedKeys => {
	const primary = (name: string, replicaRegions: readonly string[], facts: Partial<KmsKey> = {}): KmsKey =>
		kmsKey(place, name, {multiRegion: {type: 'PRIMARY', primaryRegion: 'us-east-1', replicaRegions}, ageDays: 640, ...facts});
	return [
		['prod/sessions', primary('prod/sessions', ['eu-west-1'], {description: 'Session tokens, both sides', tags: tags('web', 'prod')})],
		['prod/global-table', primary('prod/global-table', ['eu-west-1', 'eu-south-1'], {tags: tags('shop', 'prod')})],
		[
			'prod/retired-global',
			primary('prod/retired-global', ['eu-west-1'], {
				state: 'PendingReplicaDeletion',
				pendingDeletionWindowInDays: 14,
				lastUsage: undefined,
				tags: tags('shop', 'prod'),
			}),
		],
		// Idle here, in use where its replica is.
		['prod/standby', primary('prod/standby', ['eu-west-1'], {lastUsage: undefined, tags: tags('web', 'prod')})],
		// Its replica is in a Region that nobody looks at.
		['prod/far-away', primary('prod/far-away', ['ap-northeast-1'], {tags: tags('web', 'prod')})],
	];
};
