import {awsManagedKey, type KmsState, kmsAlias, kmsKey, reservedAliases} from '../../services/kms-state.js';
import type {Populate} from '../scenario.js';

const names = ['prod/app', 'prod/backups'];

/** Few keys, one of them in both Regions, all rotated, used and closed to others. */
export const populate: Populate<KmsState> = place => {
	const keys = names.map(name => kmsKey(place, name, {description: `Encrypts ${name}`, tags: [{TagKey: 'owner', TagValue: 'platform'}]}));
	const everywhere = kmsKey(place, 'prod/everywhere', {
		description: 'Sessions, in both Regions',
		tags: [{TagKey: 'owner', TagValue: 'platform'}],
		multiRegion: {type: place.awsRegion === 'us-east-1' ? 'PRIMARY' : 'REPLICA', primaryRegion: 'us-east-1', replicaRegions: ['eu-west-1']},
	});
	const ebs = awsManagedKey(place, 'ebs', 'EBS volumes');
	return {
		keys: [...keys, everywhere, ebs],
		aliases: [
			...keys.map((key, index) => kmsAlias(names[index] ?? '', key)),
			kmsAlias('prod/everywhere', everywhere),
			kmsAlias('aws/ebs', ebs),
			...reservedAliases,
		],
	};
};
