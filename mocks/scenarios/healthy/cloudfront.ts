import {type CfState, distribution} from '../../services/cloudfront-state.js';
import type {Populate} from '../scenario.js';

/** One distribution, in order. */
export const populate: Populate<CfState> = place =>
	place.awsRegion === 'us-east-1'
		? {distributions: [distribution(place, 'E1HEALTHYSANDB', 'www.sandbox.acme.com', {comment: 'Sandbox'})]}
		: undefined;
