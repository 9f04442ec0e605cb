import type {Random} from '../../endpoint/random.js';
import {
	grouped,
	ipSet,
	logsTo,
	managed,
	matching,
	quietWaf,
	rateOf,
	ruleGroup,
	type WafState,
	type WafWebAcl,
	webAcl,
} from '../../services/wafv2-state.js';
import {loadBalancerArn} from '../estate.js';
import type {Place, Populate} from '../scenario.js';
import {teams, things} from './names.js';

// The quotas are 100 of each in a Region: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
const counts: Readonly<Record<string, number>> = {'us-east-1': 100, 'eu-west-1': 60, 'ap-southeast-2': 30};

const nameOf = (chance: Random, index: number): string => `${chance.pick(teams)}-${chance.pick(things)}-${index}`;

const made = (place: Place, chance: Random, index: number, groups: readonly string[], scope: WafWebAcl['scope']): WafWebAcl => {
	const sort = chance.next();
	const counts = sort < 0.08;
	return webAcl(place, nameOf(chance, index), {
		scope,
		rules:
			sort > 0.97
				? []
				: [
						...(sort < 0.2 ? [] : [matching('rate', 0, 'block', rateOf(chance.between(2, 40) * 100))]),
						...(scope === 'REGIONAL' && sort < 0.5 ? [grouped('shared', 1, groups[index % groups.length] ?? '', {counts})] : []),
						managed('AWSManagedRulesCommonRuleSet', 10, {counts}),
						managed('AWSManagedRulesKnownBadInputsRuleSet', 20, {counts}),
					],
		loadBalancers: scope === 'REGIONAL' && chance.next() < 0.9 ? [loadBalancerArn(place, `lb-${index}`)] : [],
		logging: chance.next() < 0.85 ? [logsTo(place.arn('logs', `log-group:aws-waf-logs-${index}`))] : [],
	});
};

/** As many as the quotas allow: 190 regional web ACLs, 100 for CloudFront, 190 rule groups and as many IP sets. */
export const populate: Populate<WafState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('wafv2');
	const indexes = Array.from({length: count}, (_, index) => index);
	const ruleGroups = indexes.map(index =>
		ruleGroup(place, `group-${index}`, [matching('rate', 0, chance.next() < 0.8 ? 'block' : 'count', rateOf(chance.between(1, 20) * 100))]),
	);
	const groups = ruleGroups.map(({arn}) => arn);
	return {
		...quietWaf(),
		webAcls: [
			...indexes.map(index => made(place, chance, index, groups, 'REGIONAL')),
			...(place.awsRegion === 'us-east-1' ? indexes.map(index => made(place, chance, index, groups, 'CLOUDFRONT')) : []),
		],
		ruleGroups,
		ipSets: indexes.map(index => ipSet(place, `set-${index}`, chance.next() < 0.04 ? 9500 : chance.between(1, 300))),
	};
};
