import {type Inputs, type Joined, listed, type Resource} from '../../model/index.js';
import type {Stage} from '../../services/apigateway/rules/stage.js';
import type {Distribution} from '../../services/cloudfront/rules/distribution.js';
import type {Scope, WebAcl} from '../../services/wafv2/rules/web-acl.js';
import {type Doubt, distinct, doubtsOf, missing, no, notAsked, type Standing, unknown, yes} from './standing.js';

export const aclType = 'Vedette::Edge::WebAcl';

/** A web ACL, and what it stands before: told by itself of load balancers, and by stages and distributions of those. */
export type EdgeAcl = {
	readonly scope: Scope;
	/** Each in words, such as `load balancer shop`; as far as it is known. */
	readonly before: readonly string[];
	/** Whether there is anything. */
	readonly use: Standing;
	/** The console's page of the web ACL itself. */
	readonly consolePath: string;
};

export type AclResource = Resource<EdgeAcl>;

/** What the answer may rest on: in `unread` only where nothing was found that the web ACL stands before. */
export const aclReads = ['wafv2:ListResourcesForWebACL', 'apigateway:GET', 'cloudfront:ListDistributions'] as const;

const loadBalancerInWords = (arn: string): string => `load balancer ${/:loadbalancer\/app\/([^/]+)/u.exec(arn)?.[1] ?? arn}`;

/** What names its web ACL itself, in words, by the ARN that it names. */
type Namers = ReadonlyMap<string, readonly string[]>;

const namers = (named: ReadonlyArray<readonly [webAclArn: string | null | undefined, words: string]>): Namers => {
	const found = new Map<string, string[]>();
	for (const [webAclArn, words] of named) {
		if (typeof webAclArn === 'string') {
			const known = found.get(webAclArn) ?? [];
			known.push(words);
			found.set(webAclArn, known);
		}
	}

	return found;
};

/** What else a regional one may stand before: WAF would have to be asked for each of these, once a second. */
const notRead = 'whether before a user pool of Cognito, or AppSync, App Runner, Verified Access or AgentCore, is not asked';

/** Why a distribution may name a web ACL without our knowing. */
const doubtsOfDistribution = ({resource}: Joined<Distribution>): readonly Doubt[] => {
	const {webAclId, connectionMode} = resource.configuration;
	return [
		...(webAclId === undefined ? [missing(resource, `the web ACL of ${resource.resourceName}`, 'ListDistributions')] : []),
		...(connectionMode === 'tenant-only' ? [{because: `the tenants of distribution ${resource.resourceName} are not read`}] : []),
	];
};

/** Firewall Manager's, whose name tells as well where the rest may not be read. */
const isOfFirewallManager = ({resource: {configuration, resourceName}}: Joined<WebAcl>): boolean =>
	configuration.managedByFirewallManager ?? resourceName.startsWith('FMManagedWebACL');

/** A row for each web ACL. */
export const joinAcls = (inputs: Inputs): readonly AclResource[] => {
	const distributions = inputs.of<Distribution>('AWS::CloudFront::Distribution');
	const stages = namers(
		inputs
			.of<Stage>('AWS::ApiGateway::Stage')
			.map(({resource}) => [resource.configuration.webAclArn, `API stage ${resource.resourceName}`] as const),
	);
	const fronts = namers(
		distributions.map(({resource}) => [resource.configuration.webAclId, `distribution ${resource.resourceName}`] as const),
	);

	let ofDistributions: readonly Doubt[] | undefined;
	const doubtsOfDistributions = (): readonly Doubt[] => {
		ofDistributions ??= distinct([
			...doubtsOf(inputs.gap('cloudfront', ['ListDistributions'])),
			...distributions.flatMap(doubtsOfDistribution),
		]);
		return ofDistributions;
	};

	const beforeOf = ({arn, configuration: {scope, loadBalancerArns = []}}: Resource<WebAcl>): readonly string[] =>
		scope === 'CLOUDFRONT' ? (fronts.get(arn) ?? []) : [...loadBalancerArns.map(loadBalancerInWords), ...(stages.get(arn) ?? [])];

	const doubtsAbout = (resource: Resource<WebAcl>): readonly Doubt[] => {
		const {scope, loadBalancerArns} = resource.configuration;
		return scope === 'CLOUDFRONT'
			? doubtsOfDistributions()
			: [
					...(loadBalancerArns === undefined ? [missing(resource, 'which load balancers it stands before', 'ListResourcesForWebACL')] : []),
					...doubtsOf(inputs.gap('apigateway', ['GetRestApis', 'GetStages'], resource.awsRegion)),
				];
	};

	const usage = (acl: Joined<WebAcl>, before: readonly string[]): Standing => {
		if (isOfFirewallManager(acl)) {
			return notAsked('Firewall Manager keeps it for what comes into the scope of its policy');
		}

		if (before.length > 0) {
			return yes(`stands before ${listed(before)}`);
		}

		const doubts = doubtsAbout(acl.resource);
		if (doubts.length > 0) {
			return unknown(...doubts);
		}

		const {scope, rules} = acl.resource.configuration;
		if (scope === 'REGIONAL') {
			return unknown({because: `stands before no load balancer and no API stage; ${notRead}`});
		}

		const cost = rules === undefined ? '' : `; it costs ${acl.usdPerMonth} USD a month`;
		return no(`no distribution of this account names it, so that an Amplify app at most could use it${cost}`);
	};

	return inputs.of<WebAcl>('AWS::WAFv2::WebACL').map(acl => {
		const {resource, consolePath} = acl;
		const before = beforeOf(resource);
		const {refusals = [], ...use} = usage(acl, before);
		return {
			arn: resource.arn,
			resourceType: aclType,
			resourceId: resource.arn,
			resourceName: resource.resourceName,
			accountId: resource.accountId,
			awsRegion: resource.awsRegion,
			tags: resource.tags,
			configuration: {scope: resource.configuration.scope, before, use, consolePath},
			unread: Object.fromEntries(
				refusals.filter(({iamAction}) => aclReads.some(action => action === iamAction)).map(refusal => [refusal.iamAction, refusal]),
			),
			readAt: {},
		};
	});
};
