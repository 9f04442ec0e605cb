import type {Random} from '../../endpoint/random.js';
import {type AcmCertificate, type AcmState, certificate, users} from '../../services/acm-state.js';
import type {Place, Populate} from '../scenario.js';

const counts: Readonly<Record<string, number>> = {'us-east-1': 1500, 'eu-west-1': 600, 'ap-southeast-2': 400};
const teams = ['shop', 'pay', 'ledger', 'search', 'media', 'auth', 'mail', 'data', 'edge', 'ops'] as const;

const made = (place: Place, chance: Random, index: number): AcmCertificate => {
	const {loadBalancer, distribution} = users(place);
	const name = `${chance.pick(teams)}-${String(index).padStart(4, '0')}.${place.awsRegion}.acme.net`;
	const user =
		place.awsRegion === 'us-east-1' && chance.chance(0.4)
			? distribution(`E${chance.hex(13).toUpperCase()}`)
			: loadBalancer(`lb-${index % 200}`);
	const inUseBy = chance.chance(0.9) ? [user] : [];
	// Most of a large account runs by itself; a few in a hundred need somebody.
	const sort = chance.next();
	if (sort < 0.04) return certificate(place, name, {type: 'IMPORTED', endsInDays: chance.between(-20, 340), validityDays: 365, inUseBy});
	if (sort < 0.05) {
		return certificate(place, name, {
			endsInDays: chance.between(2, 44),
			inUseBy: [user],
			renewal: {status: 'PENDING_VALIDATION', updatedAt: place.daysAgo(3), unvalidated: {[name]: 'PENDING_VALIDATION'}},
		});
	}
	if (sort < 0.07) return certificate(place, name, {validationMethod: 'EMAIL', endsInDays: chance.between(46, 190), inUseBy});
	if (sort < 0.075) return certificate(place, name, {status: 'VALIDATION_TIMED_OUT', createdAt: place.daysAgo(chance.between(4, 90))});
	if (sort < 0.1) return certificate(place, `*.${name}`, {endsInDays: chance.between(46, 197), inUseBy});
	return certificate(place, name, {
		endsInDays: chance.between(46, 197),
		keyAlgorithm: chance.chance(0.3) ? 'EC_prime256v1' : 'RSA_2048',
		inUseBy,
	});
};

/** 2,500 certificates. */
export const populate: Populate<AcmState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('acm');
	return {certificates: Array.from({length: count}, (_, index) => made(place, chance, index)), daysBeforeExpiry: 45, refused: {}};
};
