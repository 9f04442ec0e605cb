import type {
	FirewallManagerRuleGroup,
	LoggingConfiguration,
	ManagedRuleGroupStatement,
	Rule,
	RuleAction,
	Statement,
	VisibilityConfig,
	WebACL,
} from '@aws-sdk/client-wafv2';
import type {DenialReason} from '../endpoint/aws-error.js';
import {random} from '../endpoint/random.js';
import {webAclArn} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

type Scope = 'REGIONAL' | 'CLOUDFRONT';
type Refused = Readonly<Record<string, DenialReason>>;

type Entity = {
	readonly arn: string;
	readonly id: string;
	readonly name: string;
	readonly scope: Scope;
	description?: string | undefined;
	/** Another with every change, as AWS's are: see `changed`. */
	lockToken: string;
	/** Operations on it that are refused, and why. */
	refused: Refused;
};

export type WafWebAcl = Entity & {
	acl: Omit<WebACL, 'Name' | 'Id' | 'ARN' | 'Description'>;
	/** ARNs of the load balancers that it stands before: API stages and distributions name theirs themselves. */
	loadBalancers: readonly string[];
	logging: ReadonlyArray<Omit<LoggingConfiguration, 'ResourceArn'>>;
};
export type WafRuleGroup = Entity & {rules: readonly Rule[]; capacity: number; metrics: boolean};
export type WafIpSet = Entity & {version: 'IPV4' | 'IPV6'; addresses: readonly string[]};

export type WafState = {
	webAcls: WafWebAcl[];
	ruleGroups: WafRuleGroup[];
	ipSets: WafIpSet[];
	/** Operations that are refused throughout the Region. */
	refused: Refused;
};

export const quietWaf = (): WafState => ({webAcls: [], ruleGroups: [], ipSets: [], refused: {}});

/** A copy with a new lock token, as after any change. */
export const changed = <T extends Entity>(one: T, facts: Partial<T>, what: string): T => ({
	...one,
	...facts,
	lockToken: random(`${one.arn}/${what}`).uuid(),
});

const visible = (metricName: string, metrics = true): VisibilityConfig => ({
	SampledRequestsEnabled: true,
	CloudWatchMetricsEnabled: metrics,
	MetricName: metricName.replaceAll(/[^\w-]/gu, '') || 'metric',
});

const actions = {
	block: {Block: {}},
	allow: {Allow: {}},
	count: {Count: {}},
	captcha: {Captcha: {}},
	challenge: {Challenge: {}},
} as const satisfies Readonly<Record<string, RuleAction>>;

/** A rule with a statement and an action of its own. */
export const matching = (
	name: string,
	priority: number,
	action: keyof typeof actions,
	statement: Statement,
	{metrics = true}: {readonly metrics?: boolean} = {},
): Rule => ({Name: name, Priority: priority, Statement: statement, Action: actions[action], VisibilityConfig: visible(name, metrics)});

/** A rule that refers to a group; `counts` overrides the whole of it. */
const referring = (name: string, priority: number, statement: Statement, counts: boolean): Rule => ({
	Name: name,
	Priority: priority,
	Statement: statement,
	OverrideAction: counts ? {Count: {}} : {None: {}},
	VisibilityConfig: visible(name),
});

type Overrides = {
	/** The whole group only counts. */
	readonly counts?: boolean;
	/** These rules of it only count. */
	readonly counting?: readonly string[];
};

const overridesOf = (counting: readonly string[] = []) =>
	counting.length === 0 ? {} : {RuleActionOverrides: counting.map(name => ({Name: name, ActionToUse: {Count: {}}}))};

export const managed = (
	name: string,
	priority: number,
	{counts = false, counting, ...statement}: Overrides & Partial<ManagedRuleGroupStatement> = {},
): Rule =>
	referring(name, priority, {ManagedRuleGroupStatement: {VendorName: 'AWS', Name: name, ...overridesOf(counting), ...statement}}, counts);

export const grouped = (name: string, priority: number, arn: string, {counts = false, counting}: Overrides = {}): Rule =>
	referring(name, priority, {RuleGroupReferenceStatement: {ARN: arn, ...overridesOf(counting)}}, counts);

export const byFirewallManager = (name: string, priority: number, counts = false): FirewallManagerRuleGroup => ({
	Name: name,
	Priority: priority,
	FirewallManagerStatement: {ManagedRuleGroupStatement: {VendorName: 'AWS', Name: name}},
	OverrideAction: counts ? {Count: {}} : {None: {}},
	VisibilityConfig: visible(name),
});

export const rateOf = (limit: number, more: Partial<NonNullable<Statement['RateBasedStatement']>> = {}): Statement => ({
	RateBasedStatement: {Limit: limit, EvaluationWindowSec: 300, AggregateKeyType: 'IP', ...more},
});

export const path = (start: string): Statement => ({
	ByteMatchStatement: {
		SearchString: new TextEncoder().encode(start),
		FieldToMatch: {UriPath: {}},
		TextTransformations: [{Priority: 0, Type: 'NONE'}],
		PositionalConstraint: 'STARTS_WITH',
	},
});
export const injection: Statement = {
	SqliMatchStatement: {FieldToMatch: {AllQueryArguments: {}}, TextTransformations: [{Priority: 0, Type: 'URL_DECODE'}]},
};
export const scripting: Statement = {
	XssMatchStatement: {FieldToMatch: {QueryString: {}}, TextTransformations: [{Priority: 0, Type: 'HTML_ENTITY_DECODE'}]},
};
export const largerThan = (bytes: number): Statement => ({
	SizeConstraintStatement: {
		FieldToMatch: {Body: {OversizeHandling: 'MATCH'}},
		ComparisonOperator: 'GT',
		Size: bytes,
		TextTransformations: [{Priority: 0, Type: 'NONE'}],
	},
});

const entity = (place: Place, sort: string, name: string, scope: Scope, facts: Partial<Entity>): Entity => {
	const kind = scope === 'CLOUDFRONT' ? 'global' : 'regional';
	const id = place.random(`wafv2/${sort}/${kind}/${name}`).uuid();
	return {
		arn: place.arn('wafv2', `${kind}/${sort}/${name}/${id}`),
		id,
		name,
		scope,
		lockToken: place.random(`wafv2/lock/${sort}/${kind}/${name}`).uuid(),
		refused: {},
		...facts,
	};
};

type WebAclFacts = Partial<Omit<WafWebAcl, 'acl'>> & {
	readonly rules?: readonly Rule[];
	readonly acl?: Partial<WafWebAcl['acl']>;
	/** Without metrics of its own. */
	readonly silent?: true;
};

/** A web ACL in good order but for its rules, which are given: it logs, has metrics, and allows by default. */
export const webAcl = (place: Place, name: string, {rules = [], acl = {}, silent, ...facts}: WebAclFacts = {}): WafWebAcl => {
	const {scope = 'REGIONAL'} = facts;
	const arn = webAclArn(place, name, scope === 'CLOUDFRONT' ? 'global' : 'regional');
	return {
		...entity(place, 'webacl', name, scope, {arn, id: arn.split('/').at(-1) ?? ''}),
		acl: {
			DefaultAction: {Allow: {}},
			Rules: [...rules],
			VisibilityConfig: visible(name, silent !== true),
			Capacity: 100 + rules.length * 180,
			LabelNamespace: `awswaf:${place.accountId}:webacl:${name}:`,
			ManagedByFirewallManager: false,
			RetrofittedByFirewallManager: false,
			...acl,
		},
		loadBalancers: [],
		logging: [logsTo(`arn:aws:s3:::aws-waf-logs-${place.accountId}-${place.awsRegion}`)],
		...facts,
	};
};

export const logsTo = (destination: string, more: Partial<LoggingConfiguration> = {}): Omit<LoggingConfiguration, 'ResourceArn'> => ({
	LogDestinationConfigs: [destination],
	ManagedByFirewallManager: false,
	LogType: 'WAF_LOGS',
	LogScope: 'CUSTOMER',
	...more,
});

export const ruleGroup = (
	place: Place,
	name: string,
	rules: readonly Rule[],
	{capacity = 200, metrics = true, scope = 'REGIONAL', ...facts}: Partial<WafRuleGroup> = {},
): WafRuleGroup => ({...entity(place, 'rulegroup', name, scope, facts), rules, capacity, metrics});

/** So many addresses, from the ranges that are kept for documentation and for private networks. */
export const addresses = (count: number): readonly string[] =>
	Array.from({length: count}, (_, index) => `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}/32`);

export const ipSet = (
	place: Place,
	name: string,
	size: number,
	{version = 'IPV4', scope = 'REGIONAL', ...facts}: Partial<WafIpSet> = {},
): WafIpSet => ({
	...entity(place, 'ipset', name, scope, facts),
	version,
	addresses: version === 'IPV4' ? addresses(size) : Array.from({length: size}, (_, index) => `2001:db8::${index.toString(16)}/128`),
});
