import type {Random} from '../../endpoint/random.js';
import {bucketOrigin, type CfDistribution, type CfState, customOrigin, distribution} from '../../services/cloudfront-state.js';
import {loadBalancerDnsName} from '../estate.js';
import type {Place, Populate} from '../scenario.js';

const made = (place: Place, chance: Random, index: number): CfDistribution => {
	const name = String(index).padStart(4, '0');
	const origin = chance.chance(0.5)
		? bucketOrigin(place, `acme-site-${name}`, {access: chance.chance(0.1) ? 'identity' : 'control'})
		: customOrigin('app', loadBalancerDnsName(place, `lb-${index % 200}`, 'us-east-1'), {
				policy: chance.chance(0.05) ? 'http-only' : 'https-only',
			});
	return distribution(place, `E${chance.hex(13).toUpperCase()}`, `site-${name}.acme.net`, {
		comment: `Site ${name}`,
		origins: [origin],
		// Most of a large account runs by itself; a few in a hundred need somebody.
		...(chance.chance(0.06) && {webAclId: ''}),
		...(chance.chance(0.3) && {logBucket: ''}),
		...(chance.chance(0.02) && {enabled: false}),
		lastModified: place.daysAgo(chance.between(1, 900)),
	});
};

/** 600 distributions. */
export const populate: Populate<CfState> = place => {
	if (place.awsRegion !== 'us-east-1') return undefined;
	const chance = place.random('cloudfront');
	return {distributions: Array.from({length: 600}, (_, index) => made(place, chance, index))};
};
