import {complies, type FmsState, policy, troubled, violates} from '../../services/fms-state.js';
import type {Populate} from '../scenario.js';
import {shareOf, teams} from './names.js';

const types = ['WAFV2', 'SHIELD_ADVANCED', 'SECURITY_GROUPS_COMMON', 'NETWORK_FIREWALL', 'DNS_FIREWALL'] as const;

/** 50 policies over 400 accounts: most comply with most of them. */
export const populate: Populate<FmsState> = place => {
	const count = shareOf(place.awsRegion, 50);
	if (count === 0) return undefined;
	const chance = place.random('fms');
	const accountIds = Array.from({length: 400}, (_, index) => String(200_000_000_000 + index * 5));
	return {
		adminAccount: '200000000000',
		scopedAdminAccounts: [place.accountId],
		policies: Array.from({length: count}, (_, index) => {
			const trouble = index % 3 === 0 ? 0.02 : 0;
			return policy(place, `${chance.pick(teams)}-policy-${index}`, {
				type: chance.pick(types),
				resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
				remediates: chance.next() < 0.7,
				accounts: accountIds.map(accountId => {
					const luck = chance.next();
					if (luck < trouble) {
						return violates(place, accountId, [{ResourceId: `lb-${index}`, ResourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer'}]);
					}

					return luck < trouble * 1.2
						? troubled(place, accountId, {AWSCONFIG: 'AWS Config is not enabled in this account.'})
						: complies(place, accountId);
				}),
			});
		}),
		refused: {},
	};
};
