import {WAFV2Client} from '@aws-sdk/client-wafv2';
import {defineCollector, type Resource, type ResourceType, type Yielded} from '../../../model/index.js';
import {ipSetType, type RuleGroup, ruleGroupType, type Scope, type WebAcl, webAclType} from '../rules/web-acl.js';
import {commands, type Waf} from './commands.js';
import {toIpSet} from './ip-set.js';
import {readLogging} from './logging.js';
import {toRuleGroup} from './rule-group.js';
import {toWebAcl} from './web-acl.js';

type Identified<T> = T & {readonly ARN: string};

/** Those that say which they are; `whole` is false where one does not. */
const identified = <T extends {readonly ARN?: string | undefined}>(
	aws: Waf,
	operation: 'ListWebACLs' | 'ListRuleGroups' | 'ListIPSets',
	listed: readonly T[],
): {readonly items: ReadonlyArray<Identified<T>>; readonly whole: boolean} => {
	const items = listed.filter((one): one is Identified<T> => one.ARN !== undefined);
	if (items.length < listed.length) aws.facts().missing(operation, 'ARN');
	return {items, whole: items.length === listed.length};
};

/** Who refers to which IP set. Nothing is said of it where not everything that may refer to one was read. */
class References {
	readonly #users = new Map<string, Set<string>>();
	#allRead = true;

	note({resourceName, configuration: {rules}}: Resource<WebAcl> | Resource<RuleGroup>): void {
		if (rules === undefined) this.missed();
		for (const arn of rules?.flatMap(({ipSetArns}) => ipSetArns) ?? []) {
			this.#users.set(arn, (this.#users.get(arn) ?? new Set()).add(resourceName));
		}
	}

	missed(): void {
		this.#allRead = false;
	}

	of(arn: string): readonly string[] | undefined {
		return this.#allRead ? [...(this.#users.get(arn) ?? [])] : undefined;
	}
}

const limit = {Limit: 100} as const;

/** Everything of one scope. Returns the types of which not all could be listed. */
async function* everything(aws: Waf, scope: Scope): AsyncGenerator<Yielded, readonly ResourceType[], undefined> {
	const unlisted: ResourceType[] = [];
	const references = new References();
	const listed = [];
	for await (const {WebACLs = []} of aws.pages('ListWebACLs', {Scope: scope, ...limit})) listed.push(...WebACLs);
	const acls = identified(aws, 'ListWebACLs', listed);
	if (!acls.whole) unlisted.push(webAclType);

	// Rule groups first: what web ACLs refer to is in the cache then.
	const groupPages = await aws.facts().attemptPages('ListRuleGroups', {Scope: scope, ...limit});
	const groups = identified(aws, 'ListRuleGroups', groupPages?.flatMap(({RuleGroups = []}) => RuleGroups) ?? []);
	if (!groupPages || !groups.whole) {
		unlisted.push(ruleGroupType);
		references.missed();
	}

	for await (const resource of aws.each(groups.items, async group => toRuleGroup(aws, scope, group))) {
		references.note(resource);
		yield {yields: 'resource', resource};
	}

	const lockTokens = new Map(groups.items.map(({ARN, LockToken}) => [ARN, LockToken]));
	const logging = await readLogging(aws, scope);
	for await (const resource of aws.each(acls.items, async acl => toWebAcl(aws, scope, acl, lockTokens, logging))) {
		references.note(resource);
		yield {yields: 'resource', resource};
	}

	const setPages = await aws.facts().attemptPages('ListIPSets', {Scope: scope, ...limit});
	const sets = identified(aws, 'ListIPSets', setPages?.flatMap(({IPSets = []}) => IPSets) ?? []);
	if (!setPages || !sets.whole) unlisted.push(ipSetType);
	for await (const resource of aws.each(sets.items, async set => toIpSet(aws, scope, set, references.of(set.ARN)))) {
		yield {yields: 'resource', resource};
	}

	return unlisted;
}

export const collector = defineCollector({
	client: WAFV2Client,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const unlisted = new Set(yield* everything(aws, 'REGIONAL'));
		// "To work with CloudFront, you must also specify the Region US East (N. Virginia)":
		// https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html
		if (aws.awsRegion === 'us-east-1') {
			for (const type of yield* everything(aws, 'CLOUDFRONT')) unlisted.add(type);
		}

		for (const type of [webAclType, ruleGroupType, ipSetType] as const) {
			if (!unlisted.has(type)) yield {yields: 'complete', of: type};
		}
	},
});
