import {type Admission, allowedBy, both, isFamiliarKey, isRecord, sparedBy, strings, testsOf} from './policy-condition.js';
import {remembering} from './policy-memory.js';
import {readPrincipal} from './policy-principal.js';

/**
 * Who a resource policy lets in, read from its text alone. What Access Analyzer proves with a solver this reads by rule,
 * and errs towards "open": only conditions that surely narrow who may call are believed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html
 */

/** One Allow statement and those it lets in from outside the account. */
export type PolicyGrant = {
	/** The statement's Sid, or `statement 2`. */
	readonly statement: string;
	/** As written; `NotAction` as `not kms:Decrypt`. */
	readonly actions: readonly string[];
	/** Condition keys that narrow it, as written. Those that do not say who may call are among them. */
	readonly conditions: readonly string[];
	/** Those among them that this reader does not know: they may narrow who calls, or not. */
	readonly unfamiliar: readonly string[];
};

export type PolicySummary = {
	/** Statements that let in anyone in any AWS account, or anyone at all; where one has `unfamiliar` conditions, perhaps. */
	readonly anyone: readonly PolicyGrant[];
	/** Principals of the own account that are let in, by name as written; `*` for all of them. */
	readonly own: Readonly<Record<string, readonly PolicyGrant[]>>;
	/** Accounts other than the own that are let in, by account id. */
	readonly accounts: Readonly<Record<string, readonly PolicyGrant[]>>;
	/** Organizations of which any account is let in, by id (`o-…`). */
	readonly organizations: Readonly<Record<string, readonly PolicyGrant[]>>;
	/** AWS services that are let in, such as `logs.eu-west-1.amazonaws.com`. */
	readonly services: readonly string[];
	/** Principals that name no account: canonical users, identity providers, and ids of users or roles that were deleted. */
	readonly others: readonly string[];
	/** Whether the account as a whole (its root) is let in, so that IAM policies may grant access too. */
	readonly delegatesToIam: boolean;
};

export type PolicyReading =
	| {readonly readable: true; readonly summary: PolicySummary}
	| {readonly readable: false; readonly problem: string};

type Statement = Readonly<Record<string, unknown>>;

/** IAM's wildcards: what one character stands for is no star of another pattern. In steps that grow with the product of the lengths, whatever the pattern. */
const matchesAsWritten = (wanted: string, given: string): boolean => {
	let at = 0;
	let next = 0;
	let star = -1;
	let resume = 0;
	while (at < given.length) {
		if (wanted[next] === '*') {
			star = next++;
			resume = at;
		} else if (wanted[next] === given[at] || (wanted[next] === '?' && given[at] !== '*')) {
			next++;
			at++;
		} else if (star === -1) {
			return false;
		} else {
			next = star + 1;
			at = ++resume;
		}
	}

	return /^\**$/u.test(wanted.slice(next));
};

/** The same for actions, which are written in either case. */
const matches = (pattern: string, text: string): boolean => matchesAsWritten(pattern.toLowerCase(), text.toLowerCase());

/** Whether everything that `allowed` names is among what `denied` names. */
const covers = (denied: readonly string[], allowed: readonly string[]): boolean =>
	allowed.length > 0 && allowed.every(action => denied.some(pattern => matches(pattern, action)));

/** API Gateway takes an API's own resources without their beginning, and tells them with it. */
const resourcesOf = (value: unknown): readonly string[] =>
	strings(value).map(resource => resource.replace(/^arn:[^:/]*:execute-api:[^:/]*:[^:/]*:[^/]*\//u, 'execute-api:/'));

/** Whether a Deny is of all that an Allow is of: one of a part leaves the rest as it was. */
const coversResources = (denial: Statement, allowance: Statement): boolean => {
	if (denial['NotResource'] !== undefined) {
		return false;
	}

	const denied = resourcesOf(denial['Resource']);
	// A statement that names none is of the one resource that the policy belongs to.
	const allowed =
		allowance['NotResource'] !== undefined || allowance['Resource'] === undefined ? ['*'] : resourcesOf(allowance['Resource']);
	return denial['Resource'] === undefined || allowed.every(resource => denied.some(pattern => matchesAsWritten(pattern, resource)));
};

type Principals = {
	readonly anyone: boolean;
	readonly named: readonly string[];
	readonly services: readonly string[];
	/** Identity providers by what is no ARN. */
	readonly providers: readonly string[];
};

const principalsOf = (principal: unknown): Principals => {
	if (typeof principal === 'string') {
		return {anyone: principal === '*', named: principal === '*' ? [] : [principal], services: [], providers: []};
	}

	const entries = isRecord(principal) ? Object.entries(principal) : [];
	const services = entries.flatMap(([type, value]) => (type === 'Service' ? strings(value) : []));
	const providers = entries.flatMap(([type, value]) =>
		type === 'Federated' ? strings(value).filter(name => name !== '*' && !name.startsWith('arn:')) : [],
	);
	const named = entries.flatMap(([type, value]) => (type === 'Service' ? [] : strings(value))).filter(name => !providers.includes(name));
	return {
		anyone: named.some(name => readPrincipal(name).is === 'anyone'),
		named: named.filter(name => readPrincipal(name).is !== 'anyone'),
		services,
		providers,
	};
};

/** What the Deny statements that hit everybody leave of an Allow to anyone. */
const leftByDenials = (statements: readonly Statement[], allowance: Statement): Admission =>
	statements
		.filter(
			denial =>
				denial['Effect'] === 'Deny' &&
				covers(strings(denial['Action']), strings(allowance['Action'])) &&
				coversResources(denial, allowance),
		)
		.map((statement): Admission => {
			const tests = testsOf(statement['Condition']);
			if (statement['NotPrincipal'] !== undefined && tests.length === 0) {
				const {anyone, named} = principalsOf(statement['NotPrincipal']);
				const accounts = named.flatMap(name => {
					const reading = readPrincipal(name);
					return reading.is === 'account' ? [reading.accountId] : [];
				});
				return anyone ? 'anyone' : {accounts: new Set(accounts), organizations: new Set()};
			}

			return principalsOf(statement['Principal']).anyone && tests.length > 0 ? sparedBy(tests) : 'anyone';
		})
		.reduce<Admission>(both, 'anyone');

const add = (to: Map<string, PolicyGrant[]>, name: string, grant: PolicyGrant): void => {
	const grants = to.get(name);
	if (grants === undefined) {
		to.set(name, [grant]);
	} else {
		grants.push(grant);
	}
};

const sorted = (from: Map<string, PolicyGrant[]>): Readonly<Record<string, readonly PolicyGrant[]>> =>
	Object.fromEntries([...from].sort(([a], [b]) => (a < b ? -1 : 1)));

const summarise = (statements: readonly Statement[], ownAccountId: string): PolicySummary => {
	const anyone: PolicyGrant[] = [];
	const own = new Map<string, PolicyGrant[]>();
	const accounts = new Map<string, PolicyGrant[]>();
	const organizations = new Map<string, PolicyGrant[]>();
	const services = new Set<string>();
	const others = new Set<string>();
	let delegatesToIam = false;
	for (const [index, statement] of statements.entries()) {
		if (statement['Effect'] !== 'Allow') {
			continue;
		}

		const allowed = strings(statement['Action']);
		const tests = testsOf(statement['Condition']);
		const conditions = isRecord(statement['Condition'])
			? Object.values(statement['Condition']).flatMap(block => (isRecord(block) ? Object.keys(block) : []))
			: [];
		const grant: PolicyGrant = {
			statement: typeof statement['Sid'] === 'string' && statement['Sid'] !== '' ? statement['Sid'] : `statement ${index + 1}`,
			actions: allowed.length > 0 ? allowed : strings(statement['NotAction']).map(action => `not ${action}`),
			conditions,
			unfamiliar: [...new Set(conditions)].filter(key => !isFamiliarKey(key)),
		};
		const principals = principalsOf(statement['Principal']);
		for (const service of principals.services) {
			services.add(service);
		}

		for (const provider of principals.providers) {
			others.add(provider);
		}

		// All but some principals is anyone: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
		if (principals.anyone || statement['NotPrincipal'] !== undefined) {
			const admitted = both(allowedBy(tests), leftByDenials(statements, statement));
			if (admitted === 'anyone') {
				anyone.push(grant);
			} else {
				for (const accountId of admitted.accounts) {
					if (accountId === ownAccountId) {
						add(own, '*', grant);
					} else {
						add(accounts, accountId, grant);
					}
				}

				for (const organization of admitted.organizations) {
					add(organizations, organization, grant);
				}
			}
		}

		for (const name of principals.named) {
			const reading = readPrincipal(name);
			if (reading.is === 'other') {
				others.add(name);
			} else if (reading.is === 'service') {
				services.add(name);
			} else if (reading.is === 'account' && reading.accountId !== ownAccountId) {
				add(accounts, reading.accountId, grant);
			} else {
				add(own, name, grant);
				delegatesToIam ||= name === ownAccountId || name.endsWith(':root');
			}
		}
	}

	return {
		anyone,
		own: sorted(own),
		accounts: sorted(accounts),
		organizations: sorted(organizations),
		services: [...services].sort(),
		others: [...others].sort(),
		delegatesToIam,
	};
};

const statementsOf = (text: string): readonly Statement[] | string => {
	let document: unknown;
	try {
		document = JSON.parse(text);
	} catch {
		return 'the policy is not JSON';
	}

	if (!isRecord(document)) {
		return 'the policy is no object';
	}

	const {Statement: statement} = document;
	const all: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
	const statements = all.filter(isRecord);
	return statement === undefined || statements.length < all.length ? 'the policy has no statements that can be read' : statements;
};

/** Who a resource policy lets in, besides the account it belongs to. A text that is no policy is said to be none. */
export const readPolicy: (text: string, ownAccountId: string) => PolicyReading = remembering((text, ownAccountId) => {
	const statements = statementsOf(text);
	return typeof statements === 'string'
		? {readable: false, problem: statements}
		: {readable: true, summary: summarise(statements, ownAccountId)};
});

/** Principals of AWS and services of it, each by a fixed name: no wildcard, no variable, no identity provider. */
const isNamed = ({Principal: principal, NotPrincipal: others}: Statement): boolean =>
	others === undefined &&
	isRecord(principal) &&
	Object.keys(principal).length > 0 &&
	Object.entries(principal).every(
		([type, names]) =>
			(type === 'AWS' || type === 'Service') && strings(names).length > 0 && strings(names).every(name => !/[*?$]/u.test(name)),
	);

/**
 * Whether every statement that allows anything names those that it lets in: accounts, users and roles, and services, each by a
 * fixed name. Of such a policy S3 says that it is not public; of others, those for an identity provider among them, it may:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export const namesAllItAllows = (text: string): boolean => {
	const statements = statementsOf(text);
	return typeof statements !== 'string' && statements.filter(({Effect: effect}) => effect !== 'Deny').every(isNamed);
};

/** Whether a grant is for an action, such as `kms:PutKeyPolicy`, whatever its conditions and whatever a Deny says. */
export const grantsAction = ({actions}: PolicyGrant, action: string): boolean => {
	const spared = actions.filter(pattern => pattern.startsWith('not '));
	return spared.length > 0
		? !spared.some(pattern => matches(pattern.slice('not '.length), action))
		: actions.some(pattern => matches(pattern, action));
};

// Lists of one element and the element itself mean the same, and the order of a list means nothing.
const canonical = (value: unknown): unknown => {
	if (Array.isArray(value)) {
		const members = value.map(canonical);
		return members.length === 1 ? members[0] : members.map(member => JSON.stringify(member)).sort();
	}

	return isRecord(value)
		? Object.fromEntries(
				Object.entries(value)
					.sort(([a], [b]) => (a < b ? -1 : 1))
					.map(([name, member]) => [name, canonical(member)]),
			)
		: value;
};

/** A form in which two policies that say the same are the same text: order, spaces, Ids, Sids and single-element lists count for nothing. */
export const canonicalPolicy = (text: string): string => {
	const statements = statementsOf(text);
	return typeof statements === 'string'
		? text
		: statements
				.map(({Sid: _, ...statement}) => JSON.stringify(canonical(statement)))
				.sort()
				.join('\n');
};
