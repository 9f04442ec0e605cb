import type {Random} from '../../endpoint/random.js';
import {type AsgGroup, type AsgState, group} from '../../services/autoscaling-state.js';
import {targetGroupArn} from '../../services/elbv2-state.js';
import type {Place, Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

/** The load balancers of `elbv2.ts` beside this one have as many target groups, or more. */
const mostTargets = 200;

const made = (place: Place, chance: Random, index: number): AsgGroup => {
	const serves = chance.chance(0.7);
	// Most of a large account runs by itself; a few in a hundred need somebody.
	const sort = chance.next();
	const desiredCapacity = chance.between(2, 30);
	return group(place, bigName(chance, index), {
		zones: sort < 0.04 ? 'a' : 'abc',
		healthCheckType: sort < 0.08 ? 'EC2' : 'EC2,ELB',
		desiredCapacity,
		maxSize: sort > 0.96 ? desiredCapacity : desiredCapacity * 3,
		targetGroupArns: serves ? [targetGroupArn(place, `targets-${index % mostTargets}`)] : [],
		...(sort > 0.9 && sort < 0.92 && {launchTemplate: undefined, launchConfiguration: `launch-${index}`}),
	});
};

/** 900 groups. */
export const populate: Populate<AsgState> = place => {
	const count = shareOf(place.awsRegion, 900);
	if (count === 0) return undefined;
	const chance = place.random('autoscaling');
	return {groups: Array.from({length: count}, (_, index) => made(place, chance, index)), refused: {}};
};
