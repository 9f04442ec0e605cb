import {type ElbState, https, loadBalancer, redirecting, targetGroup} from '../../services/elbv2-state.js';
import {certificateArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** One load balancer, by the book. */
export const populate: Populate<ElbState> = place =>
	place.awsRegion === 'eu-west-1'
		? {
				loadBalancers: [
					loadBalancer(place, 'api', {listeners: [redirecting(place), https(place, certificateArn(place, 'api.sandbox.acme.com'), 'api')]}),
				],
				targetGroups: [targetGroup(place, 'api')],
				refused: {},
			}
		: undefined;
