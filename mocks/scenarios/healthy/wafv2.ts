import {grouped, ipSet, managed, matching, path, quietWaf, rateOf, ruleGroup, type WafState, webAcl} from '../../services/wafv2-state.js';
import {loadBalancerArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** A web ACL before the load balancer of each Region, and one for CloudFront: all of them stop, limit and log. */
export const populate: Populate<WafState> = place => {
	const blocked = ipSet(place, 'blocked', 40);
	const login = ruleGroup(place, 'login', [matching('login-rate', 0, 'block', rateOf(100, {ScopeDownStatement: path('/login')}))]);
	const rules = [
		matching('blocked', 0, 'block', {IPSetReferenceStatement: {ARN: blocked.arn}}),
		matching('rate', 1, 'block', rateOf(2000)),
		grouped('login', 2, login.arn),
		managed('AWSManagedRulesAmazonIpReputationList', 10),
		managed('AWSManagedRulesCommonRuleSet', 20),
	];
	const regional = webAcl(place, 'app', {rules, loadBalancers: [loadBalancerArn(place, 'app')]});
	const global = webAcl(place, 'edge', {
		scope: 'CLOUDFRONT',
		rules: [managed('AWSManagedRulesAntiDDoSRuleSet', 0), managed('AWSManagedRulesKnownBadInputsRuleSet', 1)],
	});
	return {
		...quietWaf(),
		webAcls: place.awsRegion === 'us-east-1' ? [regional, global] : [regional],
		ruleGroups: [login],
		ipSets: [blocked],
	};
};
