import {grouped, type Inputs, type Joined} from '../../../model/index.js';
import type {Distribution} from '../../../services/cloudfront/rules/distribution.js';
import type {AclRule, RateLimit} from '../../../services/wafv2/rules/acl-rule.js';
import type {WebAcl} from '../../../services/wafv2/rules/web-acl.js';
import type {Front} from '../landscape/fronts.js';
import {all, type Doubt, distinct, doubtOf, doubtsOf, missing, no, notAsked, type Standing, unknown, yes} from '../standing.js';

// BP2: a web ACL that limits what comes through, on the entry itself or on all that leads to it.

const inWordsOf = ({limit, windowSeconds}: RateLimit): string =>
	`${grouped(limit)} requests in ${windowSeconds === 60 ? 'a minute' : `${windowSeconds / 60} minutes`}`;

/** AWS's group against floods, or the one that Shield Advanced keeps in web ACLs: see WAF's own rules. */
const isAgainstFloods = ({group = ''}: AclRule): boolean =>
	group === 'AWS/AWSManagedRulesAntiDDoSRuleSet' || group.includes('/rulegroup/ShieldMitigationRuleGroup');

/** Whether a rule of which not all is known may hold floods back. */
const mayLimit = (rule: AclRule): boolean =>
	rule.effect !== 'counts' &&
	(rule.unclear === true ||
		(rule.effect === 'unknown' && (rule.unreadBy === 'GetRuleGroup' || rule.rateLimits.length > 0 || isAgainstFloods(rule))));

/** Whether a web ACL holds back who asks too often, or everybody whom it does not know. */
const limits = ({resource}: Joined<WebAcl>): Standing => {
	const {rules, defaultAction} = resource.configuration;
	const name = `web ACL ${resource.resourceName}`;
	if (rules === undefined) {
		return unknown(missing(resource, `the rules of ${name}`, 'GetWebACL'));
	}

	if (defaultAction === 'block') {
		return yes(`${name} blocks whom no rule lets in`);
	}

	const groups = rules.filter(({sort, effect}) => sort === 'managed rule group' && effect === 'stops').length;
	const managed = groups === 0 ? 'no managed rules stop anything' : `${groups} ${groups === 1 ? 'group' : 'groups'} of managed rules`;
	const limit = rules.flatMap(({rateLimits}) => rateLimits).find(({effect}) => effect === 'stops');
	if (limit !== undefined) {
		return yes(`${name} holds back whoever makes more than ${inWordsOf(limit)}; ${managed}`);
	}

	const flood = rules.find(rule => isAgainstFloods(rule) && rule.effect === 'stops');
	if (flood !== undefined) {
		return yes(`${name} has a group against floods, “${flood.name}”; ${managed}`);
	}

	const doubtful = rules.find(mayLimit);
	if (doubtful !== undefined) {
		const refusal = doubtful.unreadBy === undefined ? undefined : resource.unread[doubtful.unreadBy];
		return unknown(
			refusal === undefined ? {because: `what rule “${doubtful.name}” of ${name} does is not known to this version`} : doubtOf(refusal),
		);
	}

	const counts = rules.some(rule => rule.rateLimits.length > 0 || isAgainstFloods(rule));
	return no(counts ? `${name} only counts who asks too often` : `${name} has no rate-based rule that stops anybody`);
};

export type WebAcls = {
	/** By a web ACL's ARN, as stages and distributions name theirs; null where they have none. */
	named(webAclArn: string | null, awsRegion: string): Standing;
	/** Of an Application Load Balancer, which only its web ACL names. */
	before(loadBalancerArn: string, awsRegion: string): Standing;
	ofDistribution(distribution: Joined<Distribution>): Standing;
	/** Of all distributions of a list, each of which must have one; undefined where there is none in it. */
	ofDistributions(fronts: readonly Front[]): Standing | undefined;
};

const acls = 'wafv2';
/** Where web ACLs of CloudFront are kept. */
const cloudFrontRegion = 'us-east-1';

const nameOf = (webAclArn: string): string => /\/webacl\/([^/]+)/u.exec(webAclArn)?.[1] ?? webAclArn;

export const readWebAcls = (inputs: Inputs): WebAcls => {
	const byArn = new Map<string, Joined<WebAcl>>();
	const byLoadBalancer = new Map<string, Joined<WebAcl>>();
	const unread = new Map<string, readonly Doubt[]>();
	for (const acl of inputs.of<WebAcl>('AWS::WAFv2::WebACL')) {
		const {arn, awsRegion, resourceName, configuration} = acl.resource;
		byArn.set(arn, acl);
		for (const loadBalancer of configuration.loadBalancerArns ?? []) {
			byLoadBalancer.set(loadBalancer, acl);
		}

		if (configuration.scope === 'REGIONAL' && configuration.loadBalancerArns === undefined) {
			const doubt = missing(acl.resource, `what web ACL ${resourceName} stands before`, 'ListResourcesForWebACL');
			unread.set(awsRegion, distinct([...(unread.get(awsRegion) ?? []), doubt]));
		}
	}

	const known = new Map<Joined<WebAcl>, Standing>();
	const limitsOf = (acl: Joined<WebAcl>): Standing => {
		const standing = known.get(acl) ?? limits(acl);
		known.set(acl, standing);
		return standing;
	};

	const gapIn = (awsRegion: string): readonly Doubt[] => doubtsOf(inputs.gap(acls, ['ListWebACLs'], awsRegion));

	const named: WebAcls['named'] = (webAclArn, awsRegion) => {
		if (webAclArn === null) {
			return no('no web ACL of its own');
		}

		// https://aws.amazon.com/blogs/security/announcing-aws-waf-classic-end-of-life/
		if (!webAclArn.startsWith('arn:') || /^arn:[\w-]+:waf(?:-regional)?:/u.test(webAclArn)) {
			return no('its web ACL is one of WAF Classic, whose support ended in 2025');
		}

		const acl = byArn.get(webAclArn);
		const doubts = acl === undefined ? gapIn(awsRegion) : [];
		return acl === undefined
			? unknown(...(doubts.length > 0 ? doubts : [{because: `its web ACL ${nameOf(webAclArn)} is not among those of this account`}]))
			: limitsOf(acl);
	};

	const ofDistributions = new Map<Joined<Distribution>, Standing>();
	const ofLists = new Map<readonly Front[], Standing | undefined>();
	const judge = ({resource}: Joined<Distribution>): Standing => {
		const {webAclId, connectionMode} = resource.configuration;
		if (webAclId === undefined) {
			return unknown({because: `AWS did not tell the web ACL of ${resource.resourceName}`});
		}

		return connectionMode === 'tenant-only' && webAclId === null
			? unknown({because: 'multi-tenant, without a web ACL of its own: those of its tenants are not read'})
			: named(webAclId, cloudFrontRegion);
	};

	const ofDistribution: WebAcls['ofDistribution'] = distribution => {
		const standing = ofDistributions.get(distribution) ?? judge(distribution);
		ofDistributions.set(distribution, standing);
		return standing;
	};

	return {
		named,
		before(loadBalancerArn, awsRegion) {
			const acl = byLoadBalancer.get(loadBalancerArn);
			const doubts = acl === undefined ? [...gapIn(awsRegion), ...(unread.get(awsRegion) ?? [])] : [];
			return acl === undefined ? (doubts.length > 0 ? unknown(...doubts) : no('no web ACL of its own')) : limitsOf(acl);
		},
		ofDistribution,
		ofDistributions(fronts) {
			if (!ofLists.has(fronts)) {
				const standings = fronts.flatMap(front => {
					const standing = front.sort === 'distribution' ? ofDistribution(front.entry) : undefined;
					return standing === undefined ? [] : [{...standing, because: `${front.words}: ${standing.because}`}];
				});
				ofLists.set(fronts, standings.length === 0 ? undefined : all(...standings));
			}

			return ofLists.get(fronts);
		},
	};
};

/**
 * Whether what stands in front protects what is behind: only where every way leads through distributions with a web ACL
 * that limits. `onlyByFront` says whether there is no way around them (an accelerator does not get into a security group that
 * is closed to the internet), `doubts` why a distribution may have been missed: that one could lead there without a web ACL.
 */
export const protectedInFront = (webAcls: WebAcls, fronts: readonly Front[], onlyByFront: Standing, doubts: readonly Doubt[]): Standing => {
	const limited = webAcls.ofDistributions(fronts);
	if (limited === undefined) {
		return doubts.length > 0 ? unknown(...doubts) : notAsked('no distribution stands in front');
	}

	if (limited.met !== 'yes') {
		return limited;
	}

	if (onlyByFront.met === 'yes') {
		return doubts.length > 0 ? unknown(...doubts) : limited;
	}

	const {severity: _, ...otherwise} = onlyByFront;
	return {...otherwise, because: `${limited.because}, but ${onlyByFront.because}`};
};
