import {complies, type FmsState, policy} from '../../services/fms-state.js';
import type {Populate} from '../scenario.js';

/** One policy, with which both accounts comply. */
export const populate: Populate<FmsState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				adminAccount: '555566667777',
				scopedAdminAccounts: [place.accountId],
				policies: [
					policy(place, 'edge-waf', {
						type: 'WAFV2',
						resourceTypes: ['AWS::CloudFront::Distribution'],
						accounts: [complies(place, place.accountId), complies(place, '666677778888')],
					}),
				],
				refused: {},
			}
		: undefined;
