import type {GetWebACLCommandOutput} from '@aws-sdk/client-wafv2';
import type {Jsonified} from '../../../model/index.js';

export type Acl = Jsonified<NonNullable<GetWebACLCommandOutput['WebACL']>>;
export type Rule = NonNullable<Acl['Rules']>[number];
export type FirewallManagerGroup = NonNullable<Acl['PreProcessFirewallManagerRuleGroups']>[number];
export type Action = Rule['Action'];
export type Statement = Rule['Statement'];
export type Rate = NonNullable<NonNullable<Statement>['RateBasedStatement']>;
export type Managed = NonNullable<NonNullable<Statement>['ManagedRuleGroupStatement']>;
export type Reference = NonNullable<NonNullable<Statement>['RuleGroupReferenceStatement']>;

/** All that matters of a statement and of those within it. */
export type Found = {
	readonly inspects: Set<string>;
	readonly ipSetArns: Set<string>;
	readonly countries: Set<string>;
	readonly rates: Rate[];
	readonly managed: Managed[];
	readonly references: Reference[];
};

// What AWS's groups are against: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
const against: Readonly<Record<string, readonly string[]>> = {
	AWSManagedRulesCommonRuleSet: ['OWASP common attacks', 'cross-site scripting', 'size'],
	AWSManagedRulesAdminProtectionRuleSet: ['administration pages'],
	AWSManagedRulesKnownBadInputsRuleSet: ['known bad inputs'],
	AWSManagedRulesSQLiRuleSet: ['SQL injection'],
	AWSManagedRulesLinuxRuleSet: ['Linux exploits'],
	AWSManagedRulesUnixRuleSet: ['Unix exploits'],
	AWSManagedRulesWindowsRuleSet: ['Windows exploits'],
	AWSManagedRulesPHPRuleSet: ['PHP exploits'],
	AWSManagedRulesWordPressRuleSet: ['WordPress exploits'],
	AWSManagedRulesAmazonIpReputationList: ['IP reputation'],
	AWSManagedRulesAnonymousIpList: ['anonymous senders'],
	AWSManagedRulesBotControlRuleSet: ['bots'],
	AWSManagedRulesATPRuleSet: ['account takeover'],
	AWSManagedRulesACFPRuleSet: ['fraudulent sign-up'],
	AWSManagedRulesAntiDDoSRuleSet: ['DDoS'],
};

const words = {
	ByteMatchStatement: 'string',
	RegexMatchStatement: 'pattern',
	RegexPatternSetReferenceStatement: 'pattern',
	SqliMatchStatement: 'SQL injection',
	XssMatchStatement: 'cross-site scripting',
	SizeConstraintStatement: 'size',
	GeoMatchStatement: 'country',
	IPSetReferenceStatement: 'IP set',
	AsnMatchStatement: 'network (ASN)',
	LabelMatchStatement: 'label',
	RateBasedStatement: 'rate',
} as const;

/** Walks through And, Or, Not and the scope-down statements. */
const walk = (statement: Statement, into: Found): void => {
	if (statement === undefined) return;
	for (const [member, word] of Object.entries(words)) {
		if (Object.hasOwn(statement, member)) into.inspects.add(word);
	}

	const {IPSetReferenceStatement, GeoMatchStatement, RateBasedStatement, ManagedRuleGroupStatement, RuleGroupReferenceStatement} =
		statement;
	if (IPSetReferenceStatement?.ARN !== undefined) into.ipSetArns.add(IPSetReferenceStatement.ARN);
	for (const country of GeoMatchStatement?.CountryCodes ?? []) into.countries.add(country);
	if (RateBasedStatement !== undefined) {
		into.rates.push(RateBasedStatement);
		walk(RateBasedStatement.ScopeDownStatement, into);
	}

	if (ManagedRuleGroupStatement !== undefined) {
		into.managed.push(ManagedRuleGroupStatement);
		const {VendorName, Name, ScopeDownStatement} = ManagedRuleGroupStatement;
		const known = VendorName === 'AWS' && Name !== undefined && Object.hasOwn(against, Name) ? against[Name] : undefined;
		for (const word of known ?? [`rules of ${VendorName}`]) into.inspects.add(word);
		walk(ScopeDownStatement, into);
	}

	if (RuleGroupReferenceStatement !== undefined) into.references.push(RuleGroupReferenceStatement);
	for (const inner of statement.AndStatement?.Statements ?? []) walk(inner, into);
	for (const inner of statement.OrStatement?.Statements ?? []) walk(inner, into);
	walk(statement.NotStatement?.Statement, into);
};

export const search = (statement: Statement): Found => {
	const found: Found = {
		inspects: new Set(),
		ipSetArns: new Set(),
		countries: new Set(),
		rates: [],
		managed: [],
		references: [],
	};
	walk(statement, found);
	return found;
};
