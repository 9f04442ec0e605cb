import {type FmsState, policy, violates} from '../../services/fms-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** Names, descriptions, tags and the messages of an account that does not comply. */
export const populate: Populate<FmsState> = place => ({
	adminAccount: '100000000000',
	scopedAdminAccounts: [place.accountId],
	policies: hostileStrings.map((trick, index) => {
		const made = policy(place, `${index}/${trick}`, {
			type: 'WAFV2',
			resourceTypes: [hostileAt(index + 1)],
			description: hostileAt(index + 2),
			data: {note: hostileAt(index + 3)},
			detail: {PolicyName: trick, ResourceTags: [{Key: hostileAt(index + 4), Value: hostileAt(index + 5)}]},
			accounts: [
				violates(place, hostileAt(index + 6), [{ResourceId: trick, ResourceType: hostileAt(index + 7)}], {
					AWSCONFIG: hostileAt(index + 8),
				}),
			],
		});
		return {...made, summary: {...made.summary, PolicyName: trick}};
	}),
	refused: {},
});
