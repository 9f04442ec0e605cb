import {rulesOf} from '../../services/wafv2-managed.js';
import {
	byFirewallManager,
	changed,
	grouped,
	injection,
	ipSet,
	largerThan,
	logsTo,
	managed,
	matching,
	path,
	quietWaf,
	rateOf,
	ruleGroup,
	scripting,
	type WafState,
	type WafWebAcl,
	webAcl,
} from '../../services/wafv2-state.js';
import {loadBalancerArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const ipSetRule = (arn: string) => ({IPSetReferenceStatement: {ARN: arn}});

/** Nothing is stopped by it: a group counts as a whole, another rule by rule, and the rate rule as well. */
const onlyCounts = [
	managed('AWSManagedRulesCommonRuleSet', 10, {counts: true}),
	managed('AWSManagedRulesSQLiRuleSet', 20, {counting: rulesOf('AWSManagedRulesSQLiRuleSet')}),
	matching('rate-per-address', 30, 'count', rateOf(1000)),
];

/** The same, taken seriously. */
const stops = [
	managed('AWSManagedRulesCommonRuleSet', 10),
	managed('AWSManagedRulesSQLiRuleSet', 20),
	matching('rate-per-address', 30, 'block', rateOf(1000)),
];

const northVirginia = (place: Place): WafState => {
	const office = ipSet(place, 'office', 14, {description: 'Our own addresses'});
	const blocklist = ipSet(place, 'blocklist', 9412, {description: 'Filled by the abuse desk'});
	const edgeBlock = ipSet(place, 'edge-block', 320, {scope: 'CLOUDFRONT', version: 'IPV6'});
	const abuse = ruleGroup(
		place,
		'api-abuse',
		[
			matching('login-rate', 0, 'block', rateOf(100, {EvaluationWindowSec: 60, ScopeDownStatement: path('/login')})),
			matching('no-large-bodies', 1, 'block', largerThan(16_384)),
			matching('old-clients', 2, 'count', path('/v1/')),
		],
		{description: 'What every API of ours needs', capacity: 140},
	);
	const partners = ruleGroup(place, 'partner-filter', [matching('partners', 0, 'allow', ipSetRule(office.arn))], {
		refused: {GetRuleGroup: 'no-identity-based-policy'},
	});
	// Shield Advanced keeps it in an account of its own, for the load balancer shop.
	const shieldName = `ShieldMitigationRuleGroup_${place.accountId}_${place.random('wafv2/shield').uuid()}`;
	return {
		webAcls: [
			webAcl(place, 'shop', {
				description: 'The shop and its API',
				rules: [
					matching('blocklist', 0, 'block', ipSetRule(blocklist.arn)),
					matching('rate-per-address', 1, 'block', rateOf(2000)),
					managed('AWSManagedRulesAmazonIpReputationList', 10),
					managed('AWSManagedRulesCommonRuleSet', 20, {counting: ['SizeRestrictions_BODY', 'NoUserAgent_HEADER']}),
					managed('AWSManagedRulesKnownBadInputsRuleSet', 30),
					managed('AWSManagedRulesSQLiRuleSet', 40),
					grouped(
						shieldName,
						10_000_000,
						place.arn('wafv2', `regional/rulegroup/${shieldName}/1`).replace(place.accountId, '153427709519'),
					),
				],
				acl: {Capacity: 1490, OnSourceDDoSProtectionConfig: {ALBLowReputationMode: 'ACTIVE_UNDER_DDOS'}},
				loadBalancers: [loadBalancerArn(place, 'shop'), loadBalancerArn(place, 'api')],
			}),
			webAcl(place, 'counting', {
				description: 'Payments, being tried out since spring',
				rules: onlyCounts,
				loadBalancers: [loadBalancerArn(place, 'payments')],
			}),
			webAcl(place, 'empty', {logging: [], silent: true}),
			webAcl(place, 'login', {
				rules: [grouped('api-abuse', 0, abuse.arn), managed('AWSManagedRulesBotControlRuleSet', 10)],
				acl: {Capacity: 2150},
			}),
			webAcl(place, 'admin', {
				description: 'Lets in the office alone',
				rules: [matching('office', 0, 'allow', ipSetRule(office.arn)), matching('health', 1, 'allow', path('/health'), {metrics: false})],
				acl: {DefaultAction: {Block: {}}},
				loadBalancers: [loadBalancerArn(place, 'intranet')],
			}),
			webAcl(place, 'partners', {
				rules: [grouped('partner-filter', 0, partners.arn)],
				refused: {ListResourcesForWebACL: 'no-identity-based-policy'},
			}),
			webAcl(place, 'media', {
				rules: [
					managed('AWSManagedRulesAnonymousIpList', 0),
					matching('uploads', 1, 'block', {
						AndStatement: {Statements: [path('/upload'), {NotStatement: {Statement: ipSetRule(office.arn)}}, largerThan(65_536)]},
					}),
					matching('everyone', 2, 'challenge', rateOf(60_000, {AggregateKeyType: 'CONSTANT', ScopeDownStatement: path('/')})),
				],
				acl: {Capacity: 4710},
			}),
			webAcl(place, `FMManagedWebACLV2-baseline-${place.startedAt.getUTCFullYear()}`, {
				acl: {
					ManagedByFirewallManager: true,
					PreProcessFirewallManagerRuleGroups: [byFirewallManager('AWSManagedRulesAntiDDoSRuleSet', 1)],
					PostProcessFirewallManagerRuleGroups: [byFirewallManager('AWSManagedRulesCommonRuleSet', 99, true)],
				},
				logging: [logsTo(place.arn('firehose', 'deliverystream/aws-waf-logs-fms'), {ManagedByFirewallManager: true})],
			}),
			webAcl(place, 'edge', {
				scope: 'CLOUDFRONT',
				description: 'All that CloudFront serves',
				rules: [
					matching('edge-block', 0, 'block', ipSetRule(edgeBlock.arn)),
					managed('AWSManagedRulesAntiDDoSRuleSet', 1, {
						ManagedRuleGroupConfigs: [
							{
								AWSManagedRulesAntiDDoSRuleSet: {
									ClientSideActionConfig: {Challenge: {UsageOfAction: 'ENABLED', Sensitivity: 'HIGH'}},
									SensitivityToBlock: 'LOW',
								},
							},
						],
					}),
					matching(
						'rate-per-session',
						2,
						'captcha',
						rateOf(900, {
							AggregateKeyType: 'CUSTOM_KEYS',
							CustomKeys: [{Cookie: {Name: 'session', TextTransformations: [{Priority: 0, Type: 'NONE'}]}}, {IP: {}}],
						}),
					),
					managed('AWSManagedRulesCommonRuleSet', 10),
				],
				logging: [
					logsTo(`arn:${place.partition}:s3:::aws-waf-logs-acme-edge`, {
						LoggingFilter: {
							DefaultBehavior: 'DROP',
							Filters: [{Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ActionCondition: {Action: 'BLOCK'}}]}],
						},
						RedactedFields: [{SingleHeader: {Name: 'authorization'}}, {SingleHeader: {Name: 'cookie'}}],
					}),
				],
			}),
			webAcl(place, 'edge-2022', {
				scope: 'CLOUDFRONT',
				description: 'Replaced by edge, and forgotten',
				rules: [managed('AWSManagedRulesCommonRuleSet', 10)],
			}),
		],
		ruleGroups: [
			abuse,
			partners,
			ruleGroup(place, 'experiments', [matching('maybe-xss', 0, 'count', scripting), matching('maybe-sqli', 1, 'count', injection)], {
				metrics: false,
			}),
		],
		ipSets: [
			office,
			blocklist,
			edgeBlock,
			ipSet(place, 'legacy-partners', 60, {refused: {GetIPSet: 'no-identity-based-policy'}}),
			ipSet(place, 'trial', 0),
		],
		refused: {},
	};
};

const ireland = (place: Place): WafState => {
	// Kept and shared by the auditors' account: referred to here, and listed there.
	const shared = ruleGroup(
		place,
		'sec-baseline',
		[matching('scripting', 0, 'block', scripting), matching('injection', 1, 'block', injection)],
		{
			arn: `arn:${place.partition}:wafv2:${place.awsRegion}:999988887777:regional/rulegroup/sec-baseline/${place.random('wafv2/shared').uuid()}`,
		},
	);
	return {
		...quietWaf(),
		webAcls: [
			webAcl(place, 'eu', {
				rules: [
					grouped('sec-baseline', 0, shared.arn),
					matching('sanctions', 1, 'block', {GeoMatchStatement: {CountryCodes: ['KP', 'IR', 'SY']}}),
					matching(
						'rate-behind-proxy',
						2,
						'block',
						rateOf(3000, {
							AggregateKeyType: 'FORWARDED_IP',
							ForwardedIPConfig: {HeaderName: 'X-Forwarded-For', FallbackBehavior: 'MATCH'},
						}),
					),
				],
				loadBalancers: [loadBalancerArn(place, 'eu')],
			}),
			webAcl(place, 'research', {
				rules: [matching('scripting', 0, 'block', scripting), matching('clients', 1, 'count', path('/bot'))],
				logging: [logsTo(`arn:${place.partition}:s3:::aws-security-data-lake-eu-west-1-k2x`, {LogScope: 'SECURITY_LAKE'})],
			}),
		],
		ruleGroups: [shared],
	};
};

/** A permissions boundary keeps readers out of Milan's rules and logging. */
const milan = (place: Place): WafState => ({
	...quietWaf(),
	webAcls: [
		webAcl(place, 'negozio-bozza', {
			rules: [managed('AWSManagedRulesCommonRuleSet', 0)],
			refused: {GetWebACL: 'explicit-deny-in-permissions-boundary'},
		}),
	],
	refused: {ListLoggingConfigurations: 'explicit-deny-in-permissions-boundary'},
});

export const populate: Populate<WafState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return northVirginia(place);
		case 'eu-west-1':
			return ireland(place);
		case 'eu-south-1':
			return milan(place);
		case 'eu-west-2':
			return {
				...quietWaf(),
				webAcls: [
					webAcl(place, 'uk', {
						rules: [managed('AWSManagedRulesCommonRuleSet', 0), matching('rate', 1, 'block', rateOf(1000))],
						loadBalancers: [loadBalancerArn(place, 'uk')],
					}),
				],
			};
		case 'ap-southeast-2':
			return {
				...quietWaf(),
				webAcls: [webAcl(place, 'workshop-2021', {rules: [matching('let-in', 0, 'allow', path('/'))], logging: [], silent: true})],
			};
		default:
			return undefined;
	}
};

const change = (
	state: WafState,
	name: string,
	what: string,
	facts: Partial<WafWebAcl> | ((one: WafWebAcl) => Partial<WafWebAcl>),
): void => {
	state.webAcls = state.webAcls.map(one =>
		one.name === name ? changed(one, typeof facts === 'function' ? facts(one) : facts, what) : one,
	);
};

/** Payments are protected at last; then somebody takes the shop’s rate rule for the cause of an outage. The next round begins where this one did. */
export const timeline: Timeline<WafState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 70,
			what: 'the rules of web ACL counting stop requests now',
			awsRegion: 'us-east-1',
			apply: (state, {round}) => change(state, 'counting', `${round}/stops`, ({acl}) => ({acl: {...acl, Rules: stops}})),
		},
		{
			atSeconds: 150,
			what: 'somebody takes the rate rule out of web ACL shop',
			awsRegion: 'us-east-1',
			apply: (state, {round}) =>
				change(state, 'shop', `${round}/rate`, ({acl}) => ({
					acl: {...acl, Rules: (acl.Rules ?? []).filter(({Name}) => Name !== 'rate-per-address')},
				})),
		},
		{
			atSeconds: 280,
			what: 'the rules of web ACL counting only count again, and web ACL shop limits rates again',
			awsRegion: 'us-east-1',
			apply(state, {round}) {
				change(state, 'counting', `${round}/counts`, ({acl}) => ({acl: {...acl, Rules: onlyCounts}}));
				change(state, 'shop', `${round}/restored`, ({acl}) => ({
					acl: {...acl, Rules: [...(acl.Rules ?? []), matching('rate-per-address', 1, 'block', rateOf(2000))]},
				}));
			},
		},
	],
};
