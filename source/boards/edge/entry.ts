import type {Refusal, Resource} from '../../model/index.js';
import type {Standing} from './standing.js';

export const entryType = 'Vedette::Edge::Entry';

/** AWS's best practices against DDoS by their numbers, and Shield Advanced, which has none. */
export const practices = ['bp1', 'bp2', 'bp3', 'bp4', 'bp5', 'bp6', 'bp7', 'shield'] as const;
export type Practice = (typeof practices)[number];

export type Sort =
	| 'ALB'
	| 'NLB'
	| 'load balancer'
	| 'CloudFront'
	| 'REST API'
	| 'HTTP API'
	| 'WebSocket API'
	| 'API'
	| 'accelerator'
	| 'Elastic IP'
	/** Takes in questions alone, which Shield Advanced protects. */
	| 'hosted zone';

/** A point at which the internet comes in, and how it stands with each best practice. */
export type EdgeEntry = {
	readonly sort: Sort;
	/** What visitors or CloudFront come by: DNS names, or an address. */
	readonly hosts: readonly string[];
	/** What stands in front, each in words. */
	readonly behind: readonly string[];
	readonly practices: Readonly<Record<Practice, Standing>>;
	/** The console's page of the thing itself. */
	readonly consolePath: string;
};

export type EntryResource = Resource<EdgeEntry>;

/**
 * What the standing with a practice may rest on and with no other: where such an action was refused, its rule is UNKNOWN by
 * itself. What several practices rest on is told by their standings.
 */
export const readsOf: Readonly<Record<Practice, readonly string[]>> = {
	bp1: [
		'cloudfront:ListDistributions',
		'globalaccelerator:ListAccelerators',
		'globalaccelerator:ListListeners',
		'globalaccelerator:ListEndpointGroups',
	],
	bp2: ['wafv2:ListWebACLs', 'wafv2:GetWebACL', 'wafv2:ListResourcesForWebACL', 'wafv2:GetRuleGroup', 'wafv2:DescribeManagedRuleGroup'],
	bp3: ['route53:ListHostedZones', 'route53:ListResourceRecordSets'],
	bp4: ['apigateway:GET'],
	bp5: [
		'ec2:DescribeSecurityGroups',
		'ec2:DescribeNetworkInterfaces',
		'ec2:DescribeNetworkAcls',
		'ec2:DescribeManagedPrefixLists',
		'ec2:GetManagedPrefixListEntries',
	],
	bp6: [],
	bp7: ['autoscaling:DescribeAutoScalingGroups', 'elasticloadbalancing:DescribeTargetGroups'],
	shield: ['shield:GetSubscriptionState', 'shield:ListProtections'],
};

/** The practices that count in the score: Shield Advanced is bought, and counts by itself. */
const scored = practices.filter(practice => practice !== 'shield');

/** `4/6`, and how many of them are not known: `3/6, 1 ?`; `–` where none goes with it. */
export const scoreInWords = ({practices: standings}: EdgeEntry): string => {
	const asked = scored.map(practice => standings[practice]).filter(({met}) => met !== 'n/a');
	const count = (met: Standing['met']): number => asked.filter(one => one.met === met).length;
	const doubtful = count('unknown');
	return asked.length === 0 ? '–' : `${count('yes')}/${asked.length}${doubtful === 0 ? '' : `, ${doubtful} ?`}`;
};

/** As a part of a console path. What is no text for a URL must not cost the board. */
export const inPath = (text: string): string => encodeURIComponent(text.toWellFormed());

/** What makes a row of a thing: its standings, and where to find it. */
export type Draft = EdgeEntry & {readonly thing: Resource};

/** The row: the thing's own name, place and tags, and what was refused for exactly the standings that rest on it. */
export const toRow = ({thing, practices: standings, ...rest}: Draft): EntryResource => {
	const unread: Record<string, Refusal> = {};
	const kept = (practice: Practice): Standing => {
		const standing = standings[practice];
		if (standing.refusals === undefined) {
			return standing;
		}

		const {refusals, ...told} = standing;
		for (const refusal of refusals) {
			if (readsOf[practice].includes(refusal.iamAction)) {
				unread[refusal.iamAction] = refusal;
			}
		}

		return told;
	};
	const configuration: EdgeEntry = {
		...rest,
		practices: {
			bp1: kept('bp1'),
			bp2: kept('bp2'),
			bp3: kept('bp3'),
			bp4: kept('bp4'),
			bp5: kept('bp5'),
			bp6: kept('bp6'),
			bp7: kept('bp7'),
			shield: kept('shield'),
		},
	};
	return {
		arn: thing.arn,
		resourceType: entryType,
		// An ARN: ids of several services could be alike.
		resourceId: thing.arn,
		resourceName: thing.resourceName,
		accountId: thing.accountId,
		awsRegion: thing.awsRegion,
		tags: thing.tags,
		configuration,
		unread,
		readAt: {},
	};
};
