import {accelerator, endpoint, type GaState, https} from '../../services/globalaccelerator-state.js';
import {loadBalancerArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** One accelerator, in order. */
export const populate: Populate<GaState> = place =>
	place.awsRegion === 'us-west-2'
		? {accelerators: [accelerator(place, 'sandbox', [https('us-east-1', endpoint(loadBalancerArn(place, 'sandbox', 'app', 'us-east-1')))])]}
		: undefined;
