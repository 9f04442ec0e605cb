import {
	grouped,
	ipSet,
	logsTo,
	managed,
	matching,
	path,
	quietWaf,
	rateOf,
	ruleGroup,
	type WafState,
	webAcl,
} from '../../services/wafv2-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** WAF allows few characters in names, and more in descriptions. These are what something that only says it is AWS would send. */
export const populate: Populate<WafState> = place => {
	const groups = hostileStrings.slice(0, 12).map((trick, index) =>
		ruleGroup(place, `${index}/${trick}`, [matching(hostileAt(index + 1), 0, index % 2 === 0 ? 'count' : 'block', path(trick))], {
			name: trick,
			description: hostileAt(index + 2),
			metrics: index % 3 === 0,
		}),
	);
	return {
		...quietWaf(),
		webAcls: hostileStrings.map((trick, index) =>
			webAcl(place, `${index}/${trick}`, {
				name: trick,
				description: hostileAt(index + 3),
				rules: [
					managed(hostileAt(index + 4), 0, {VendorName: hostileAt(index + 5), counting: index % 4 === 0 ? [hostileAt(index)] : []}),
					matching(trick, 1, index % 2 === 0 ? 'count' : 'block', rateOf(100)),
					grouped(hostileAt(index + 6), 2, groups[index % groups.length]?.arn ?? ''),
				],
				loadBalancers: index % 2 === 0 ? [`arn:aws:elasticloadbalancing:us-east-1:${place.accountId}:loadbalancer/app/${trick}/1`] : [],
				logging: index % 3 === 0 ? [] : [logsTo(trick)],
			}),
		),
		ruleGroups: groups,
		ipSets: hostileStrings.slice(0, 12).map((trick, index) => ipSet(place, `${index}/${trick}`, index, {name: trick, description: trick})),
	};
};
