import type {Random} from '../../endpoint/random.js';
import {readableBy, type SmSecret, type SmState, secret} from '../../services/secretsmanager-state.js';
import type {Place, Populate} from '../scenario.js';

const counts: Readonly<Record<string, number>> = {'us-east-1': 3000, 'eu-west-1': 1200, 'ap-southeast-2': 800};
const stages = ['prod', 'staging', 'dev'] as const;
const teams = ['shop', 'pay', 'ledger', 'search', 'media', 'auth', 'mail', 'data', 'edge', 'ops'] as const;

const made = (place: Place, chance: Random, index: number): SmSecret => {
	const name = `${chance.pick(stages)}/${chance.pick(teams)}/credential-${String(index).padStart(4, '0')}`;
	const ageDays = chance.between(40, 1400);
	// Most of a large account runs by itself; a few in a hundred need somebody.
	const sort = chance.next();
	if (sort < 0.06) return secret(place, name, {ageDays, everyDays: 0, readDays: chance.between(0, 30)});
	if (sort < 0.08) {
		const lateDays = chance.between(1, 60);
		return secret(place, name, {ageDays: ageDays + 100, rotatedDays: 30 + lateDays, nextRotationDate: place.daysAgo(lateDays)});
	}
	if (sort < 0.12) return secret(place, name, {ageDays: ageDays + 100, readDays: chance.between(91, 140)});
	if (sort < 0.125) return secret(place, name, {ageDays, policy: readableBy({AWS: 'arn:aws:iam::998877665544:root'})});
	if (sort < 0.13) return secret(place, name, {ageDays, deletedDate: place.inDays(chance.between(1, 29))});
	return secret(place, name, {ageDays, rotatedDays: chance.between(0, 29), readDays: chance.between(0, 20)});
};

/** 5,000 secrets. */
export const populate: Populate<SmState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('secretsmanager');
	return {secrets: Array.from({length: count}, (_, index) => made(place, chance, index))};
};
