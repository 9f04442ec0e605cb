import {accelerator, endpoint, type GaState, https} from '../../services/globalaccelerator-state.js';
import {loadBalancerArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** 120 accelerators. */
export const populate: Populate<GaState> = place => {
	if (place.awsRegion !== 'us-west-2') return undefined;
	const chance = place.random('globalaccelerator');
	return {
		accelerators: Array.from({length: 120}, (_, index) =>
			accelerator(
				place,
				`fixed-${String(index).padStart(3, '0')}`,
				[
					https(
						'us-east-1',
						endpoint(loadBalancerArn(place, `lb-${index}`, 'app', 'us-east-1'), {
							health: chance.chance(0.04) ? 'UNHEALTHY' : 'HEALTHY',
							preservesClientIp: !chance.chance(0.08),
						}),
					),
				],
				{...(chance.chance(0.3) && {flowLogsBucket: ''}), ...(chance.chance(0.03) && {enabled: false})},
			),
		),
	};
};
