import type {ComplianceViolator, ViolationReason} from '@aws-sdk/client-fms';
import {complies, type FmsPolicy, type FmsState, notSetUp, policy, troubled, violates} from '../../services/fms-state.js';
import {allocationId, loadBalancerArn, securityAccountId} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';
import {memberAccounts} from './member-accounts.js';

const members = [securityAccountId, ...memberAccounts.map(({id}) => id)];

const alb = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

const violator = (ResourceId: string, reason: ViolationReason, ResourceType = alb): ComplianceViolator => ({
	ResourceId,
	ResourceType,
	ViolationReason: reason,
});

const unprotected = (place: Place): readonly ComplianceViolator[] =>
	['old', 'mail', 'status'].map(name => violator(loadBalancerArn(place, name), 'RESOURCE_MISSING_WEB_ACL'));

const foreign = (place: Place, accountId: string, name: string): string => loadBalancerArn(place, name).replace(place.accountId, accountId);

const everyone = (place: Place, except: readonly string[] = []) =>
	[place.accountId, ...members].filter(id => !except.includes(id)).map(id => complies(place, id));

const northVirginia = (place: Place): readonly FmsPolicy[] => [
	policy(place, 'baseline-waf', {
		type: 'WAFV2',
		description: 'A web ACL before everything that the internet reaches',
		resourceTypes: [alb, 'AWS::ApiGateway::Stage'],
		data: {
			preProcessRuleGroups: [{managedRuleGroupIdentifier: {vendorName: 'AWS', managedRuleGroupName: 'AWSManagedRulesCommonRuleSet'}}],
			postProcessRuleGroups: [],
			defaultAction: {type: 'ALLOW'},
			overrideCustomerWebACLAssociation: false,
		},
		detail: {ExcludeMap: {ACCOUNT: ['303030303030']}, ResourceTags: [{Key: 'waf', Value: 'none'}], ExcludeResourceTags: true},
		accounts: [
			...everyone(place, [place.accountId, '456789012345', '202020202020']),
			violates(place, place.accountId, unprotected(place)),
			violates(place, '456789012345', [violator(foreign(place, '456789012345', 'dev-api'), 'RESOURCE_INCORRECT_WEB_ACL')]),
			troubled(place, '202020202020', {AWSCONFIG: 'AWS Config is not enabled in this account.'}),
		],
	}),
	policy(place, 'edge-waf', {
		type: 'WAFV2',
		description: 'CloudFront: the same for every account',
		resourceTypes: ['AWS::CloudFront::Distribution'],
		accounts: everyone(place),
	}),
	policy(place, 'shield-for-addresses', {
		type: 'SHIELD_ADVANCED',
		remediates: false,
		resourceTypes: [alb, 'AWS::EC2::EIP'],
		detail: {IncludeMap: {ORG_UNIT: ['ou-x1y2-web00001', 'ou-x1y2-apis0001']}},
		accounts: [
			...everyone(place, [place.accountId, '111122223333', '222233334444', '333344445555']),
			violates(place, place.accountId, [
				violator(loadBalancerArn(place, 'api'), 'RESOURCE_MISSING_SHIELD_PROTECTION'),
				violator(allocationId(place, 'ingest-b'), 'RESOURCE_MISSING_SHIELD_PROTECTION', 'AWS::EC2::EIP'),
			]),
			...['111122223333', '222233334444', '333344445555'].map(id =>
				violates(
					place,
					id,
					Array.from({length: id === '222233334444' ? 130 : 4}, (_, index) =>
						violator(foreign(place, id, `lb-${index}`), 'RESOURCE_MISSING_SHIELD_PROTECTION'),
					),
					id === '333344445555' ? {AWSSHIELD_ADVANCED: 'The account is not subscribed to AWS Shield Advanced.'} : {},
				),
			),
		],
	}),
	policy(place, 'no-open-ssh', {
		type: 'SECURITY_GROUPS_CONTENT_AUDIT',
		remediates: false,
		resourceTypes: ['AWS::EC2::SecurityGroup'],
		accounts: everyone(place),
	}),
	policy(place, 'egress-firewall', {
		type: 'NETWORK_FIREWALL',
		resourceTypes: ['AWS::EC2::VPC'],
		accounts: everyone(place),
		refused: {ListComplianceStatus: 'no-identity-based-policy', GetPolicy: 'no-identity-based-policy'},
	}),
	policy(place, 'dns-blocklist', {
		type: 'DNS_FIREWALL',
		status: 'OUT_OF_ADMIN_SCOPE',
		resourceTypes: ['AWS::EC2::VPC'],
		accounts: [...everyone(place, ['101010101010']), troubled(place, '101010101010', {AWSVPC: 'The VPC quota has been reached.'})],
	}),
	policy(place, 'subnet-acls', {type: 'NETWORK_ACL_COMMON', resourceTypes: ['AWS::EC2::Subnet']}),
];

/**
 * The security account administers Firewall Manager, and lets this one do so in us-east-1, within a scope. In Ireland it was
 * never set up, in Milan nobody may ask, and in Sydney the security account is alone.
 */
export const populate: Populate<FmsState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				adminAccount: securityAccountId,
				scopedAdminAccounts: [place.accountId],
				policies: [...northVirginia(place)],
				refused: {},
			};
		case 'eu-south-1':
			return {...notSetUp(), refused: {ListPolicies: 'explicit-deny-in-permissions-boundary'}};
		case 'ap-southeast-2':
			return {...notSetUp(), adminAccount: securityAccountId};
		default:
			return undefined;
	}
};

const account = (
	state: FmsState,
	name: string,
	accountId: string,
	place: Place & {readonly now: Date},
	violators: readonly ComplianceViolator[],
): void => {
	state.policies = state.policies.map(one =>
		one.summary.PolicyName === name
			? {
					...one,
					accounts: one.accounts.map(other =>
						other.accountId === accountId
							? {
									...(violators.length === 0 ? complies(place, accountId) : violates(place, accountId, violators)),
									updatedAt: place.now,
								}
							: other,
					),
				}
			: one,
	);
};

/** A distribution loses its web ACL, and Firewall Manager gives it back; the development account is mended for a while. */
export const timeline: Timeline<FmsState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 80,
			what: 'a distribution of account 777788889999 lost its web ACL',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				account(state, 'edge-waf', '777788889999', moment, [
					violator(
						'arn:aws:cloudfront::777788889999:distribution/E5LOSTWEBACL77',
						'RESOURCE_MISSING_WEB_ACL',
						'AWS::CloudFront::Distribution',
					),
				]),
		},
		{
			atSeconds: 170,
			what: 'account 456789012345 complies with baseline-waf now',
			awsRegion: 'us-east-1',
			apply: (state, moment) => account(state, 'baseline-waf', '456789012345', moment, []),
		},
		{
			atSeconds: 285,
			what: 'the distribution has its web ACL again, and account 456789012345 another than it should',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				account(state, 'edge-waf', '777788889999', moment, []);
				account(state, 'baseline-waf', '456789012345', moment, [
					violator(foreign(moment, '456789012345', 'dev-api'), 'RESOURCE_INCORRECT_WEB_ACL'),
				]);
			},
		},
	],
};
