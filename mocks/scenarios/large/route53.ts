import type {Random} from '../../endpoint/random.js';
import {alias, healthCheck, type R53State, type R53Zone, record, zone} from '../../services/route53-state.js';
import {loadBalancerDnsName} from '../estate.js';
import type {Place, Populate} from '../scenario.js';

const made = (place: Place, chance: Random, index: number): R53Zone => {
	const name = `zone-${String(index).padStart(3, '0')}.acme.net`;
	// A few zones have far more records than a page.
	const count = chance.chance(0.02) ? 700 : chance.between(2, 20);
	const records = Array.from({length: count}, (_, number) =>
		number % 2 === 0
			? alias(`app-${number}.${name}`, loadBalancerDnsName(place, `lb-${(index + number) % 200}`, 'us-east-1'))
			: record(`host-${number}.${name}`, 'A', `192.0.2.${number % 250}`),
	);
	return zone(place, name, records, {
		...(chance.chance(0.7) && {unsigned: true}),
		...(chance.chance(0.2) && {unlogged: true}),
		...(chance.chance(0.2) && {isPrivate: true}),
	});
};

/** 400 zones, 150 health checks. */
export const populate: Populate<R53State> = place => {
	if (place.awsRegion !== 'us-east-1') return undefined;
	const chance = place.random('route53');
	return {
		zones: Array.from({length: 400}, (_, index) => made(place, chance, index)),
		healthChecks: Array.from({length: 150}, (_, index) =>
			healthCheck(place, String(index), {
				Type: 'HTTPS',
				FullyQualifiedDomainName: `app-0.zone-${String(index).padStart(3, '0')}.acme.net`,
				Port: 443,
				Disabled: chance.chance(0.03),
			}),
		),
	};
};
