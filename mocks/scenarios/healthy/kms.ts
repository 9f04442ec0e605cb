import {type KmsState, kmsKey} from '../../services/kms-state.js';
import type {Populate} from '../scenario.js';

/** Few keys, all rotated, used and closed to others. */
export const populate: Populate<KmsState> = place => {
	const names = ['prod/app', 'prod/backups'];
	const keys = names.map(name => kmsKey(place, name, {description: `Data of ${name}`, tags: [{TagKey: 'owner', TagValue: 'platform'}]}));
	return {
		keys,
		aliases: keys.map((key, index) => ({
			name: `alias/${names[index]}`,
			targetKeyId: key.keyId,
			creationDate: key.creationDate,
			lastUpdatedDate: key.creationDate,
		})),
	};
};
