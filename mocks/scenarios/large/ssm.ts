import type {Random} from '../../endpoint/random.js';
import {
	expiration,
	expiryNotice,
	noChangeNotice,
	parameter,
	plain,
	type SsmParameter,
	type SsmState,
	sharingBlocked,
} from '../../services/ssm-state.js';
import type {Place, Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const total = 3000;
const plainNames = ['endpoint', 'log-level', 'replicas', 'bucket', 'topic-arn', 'image', 'timeout'] as const;
const secretNames = ['password', 'api-key', 'signing', 'licence', 'webhook'] as const;

const made = (place: Place, chance: Random, index: number): SsmParameter => {
	const path = `/${bigName(chance, index)}`;
	const changedDays = chance.between(0, 330);
	// Most are plain settings; a few in a hundred need somebody.
	const sort = chance.next();
	if (sort < 0.62) return plain(place, `${path}/${chance.pick(plainNames)}`, {changedDays});
	if (sort < 0.92) return parameter(place, `${path}/${chance.pick(secretNames)}`, {changedDays});
	if (sort < 0.94) return plain(place, `${path}/${chance.pick(['password', 'api-token', 'connection-string'])}`, {changedDays});
	if (sort < 0.96) return parameter(place, `${path}/${chance.pick(secretNames)}`, {changedDays: changedDays + 366});
	if (sort < 0.97) {
		const at = place.inDays(chance.between(1, 120));
		return parameter(place, `${path}/handover`, {changedDays, Policies: [expiration(at), expiryNotice(7)]});
	}
	if (sort < 0.98) return parameter(place, `${path}/credential`, {changedDays, Policies: [noChangeNotice(180)]});
	return parameter(place, `${path}/${chance.pick(secretNames)}`, {changedDays, KeyId: 'alias/aws/ssm'});
};

/** 3,000 parameters over three Regions. */
export const populate: Populate<SsmState> = place => {
	const chance = place.random('ssm');
	return {
		parameters: Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => made(place, chance, index)),
		shared: [],
		settings: sharingBlocked,
		refused: {},
	};
};
