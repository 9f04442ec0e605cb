import {type AsgState, group} from '../../services/autoscaling-state.js';
import {targetGroupArn} from '../../services/elbv2-state.js';
import type {Populate} from '../scenario.js';

/** One group, behind the one load balancer. */
export const populate: Populate<AsgState> = place =>
	place.awsRegion === 'eu-west-1'
		? {groups: [group(place, 'api', {zones: 'abc', healthCheckType: 'ELB', targetGroupArns: [targetGroupArn(place, 'api')]})], refused: {}}
		: undefined;
