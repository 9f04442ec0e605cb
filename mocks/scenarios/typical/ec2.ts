import type {Ec2State} from '../../services/ec2-state.js';
import type {Populate} from '../scenario.js';
import {ireland, london, milan, sydney} from './ec2/elsewhere.js';
import {virginia} from './ec2/virginia.js';

export {timeline} from './ec2/timeline.js';

/** Fourteen snapshots and seven AMIs that others have, of every sort, among what keeps a company's network together. */
export const populate: Populate<Ec2State> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return virginia(place);
		case 'eu-west-1':
			return ireland(place);
		case 'eu-south-1':
			return milan(place);
		case 'ap-southeast-2':
			return sydney(place);
		case 'eu-west-2':
			return london(place);
		default:
			return undefined;
	}
};
