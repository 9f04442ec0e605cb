import {awsManagedKey, type KmsState, kmsAlias, kmsKey, reservedAliases} from '../../services/kms-state.js';
import type {Populate} from '../scenario.js';

const names = ['prod/app', 'prod/backups', 'prod/logs'];

/** Few keys, all rotated, used and closed to others. */
export const populate: Populate<KmsState> = place => {
	const keys = names.map(name => kmsKey(place, name, {description: `Encrypts ${name}`, tags: [{TagKey: 'owner', TagValue: 'platform'}]}));
	const ebs = awsManagedKey(place, 'ebs', 'EBS volumes');
	return {
		keys: [...keys, ebs],
		aliases: [...keys.map((key, index) => kmsAlias(names[index] ?? '', key)), kmsAlias('aws/ebs', ebs), ...reservedAliases],
	};
};
