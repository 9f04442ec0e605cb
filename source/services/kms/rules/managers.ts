import {grantsAction, type PolicyGrant, readPrincipal} from '../../../model/index.js';
import {isRecord, strings, type Test, testsOf} from '../../../model/policy-condition.js';
import {remembering} from '../../../model/policy-memory.js';

/**
 * Who of the account may change a key's policy, by its text. That is another question than `readPolicy` answers, which asks who
 * gets in at worst: here a condition counts as met only where it surely is, and Deny statements count too.
 */

const action = 'kms:PutKeyPolicy';

type Statement = {
	readonly effect: 'Allow' | 'Deny';
	/** ARNs, account ids and `*`, as written. Services are left out: none of them is of the account. */
	readonly principals: readonly string[];
	/** Whether it is for all but these. */
	readonly isExcept: boolean;
	readonly tests: readonly Test[];
	/** Its condition keys as they are written, by how `tests` has them: in lower case. */
	readonly written: ReadonlyMap<string, string>;
};

/** The account, and its partition, in which the ARNs of its principals are. */
export type Account = {readonly accountId: string; readonly partition: string};

export type Managers = {
	/** Whether somebody whom the policy does not name may: whoever the account's IAM policies choose. */
	readonly account: 'yes' | 'no' | 'perhaps';
	/** The condition keys on which `perhaps` hangs, as written. */
	readonly conditions: readonly string[];
	/** The principals by which the account may, or perhaps may, as written. */
	readonly by: readonly string[];
	/** Roles and users of the account that alone may, by ARN; where a condition names them there may be wildcards. */
	readonly named: readonly string[];
	/** Of those, whether each is sure to be let in. */
	readonly isSure: boolean;
	/** Whether all of them are principals of a statement: what a condition names is let in again once it is made anew. */
	readonly areAllPrincipals: boolean;
};

const actionsOf = (actions: readonly string[]): PolicyGrant => ({statement: '', actions, conditions: [], unfamiliar: []});
/** IAM's wildcards are the same everywhere: a list of actions knows how to match them. */
const matches = (pattern: string, text: string): boolean => grantsAction(actionsOf([pattern]), text);

const namesOf = (principal: unknown): readonly string[] =>
	typeof principal === 'string'
		? [principal]
		: isRecord(principal)
			? Object.entries(principal).flatMap(([type, value]) => (type === 'AWS' ? strings(value) : []))
			: [];

const toStatement = (raw: Readonly<Record<string, unknown>>): readonly Statement[] => {
	const allowed = strings(raw['Action']);
	const actions = allowed.length > 0 ? allowed : strings(raw['NotAction']).map(spared => `not ${spared}`);
	const blocks = isRecord(raw['Condition']) ? Object.values(raw['Condition']).filter(isRecord) : [];
	return grantsAction(actionsOf(actions), action)
		? [
				{
					effect: raw['Effect'] === 'Allow' ? 'Allow' : 'Deny',
					principals: namesOf(raw['Principal'] ?? raw['NotPrincipal']),
					isExcept: raw['Principal'] === undefined && raw['NotPrincipal'] !== undefined,
					tests: testsOf(raw['Condition']),
					written: new Map(blocks.flatMap(block => Object.keys(block)).map(key => [key.toLowerCase(), key])),
				},
			]
		: [];
};

/** The statements about changing the policy. The text has been found to have statements. */
const statementsOf = (text: string): readonly Statement[] => {
	const document: unknown = JSON.parse(text);
	const statement = isRecord(document) ? document['Statement'] : undefined;
	const all: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
	return all.filter(isRecord).flatMap(toStatement);
};

const isOwn = (name: string, {accountId}: Account): boolean => {
	const reading = readPrincipal(name);
	return reading.is === 'account' && reading.accountId === accountId;
};

const isWhole = (name: string, account: Account): boolean =>
	readPrincipal(name).is === 'anyone' || name === account.accountId || (isOwn(name, account) && name.endsWith(':root'));

const isFor = ({principals, isExcept, effect}: Statement, arn: string, account: Account): boolean => {
	if (!isExcept) {
		return principals.some(name => name === arn || isWhole(name, account));
	}

	// A Deny of all but an account's root spares its root alone:
	// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
	return !principals.some(name => name === arn || (effect === 'Allow' && isWhole(name, account)));
};

/** What a caller can see to, or the account for it: by one who meets it the account is able. */
const callersChoice =
	/^(?:aws:(?:principaltag\/|securetransport$|multifactorauth|useragent$|sourceidentity$)|kms:bypasspolicylockoutsafetycheck$)/u;

/** Whether a key of the one value has it among others; undefined where that cannot be told. */
const compare = ({operator, values}: Test, value: string): boolean | undefined => {
	if (values.some(given => given.includes('${'))) {
		return undefined;
	}

	switch (operator) {
		case 'stringequals':
			return values.includes(value);
		case 'stringnotequals':
			return !values.includes(value);
		case 'stringequalsignorecase':
			return values.some(given => given.toLowerCase() === value.toLowerCase());
		case 'stringnotequalsignorecase':
			return !values.some(given => given.toLowerCase() === value.toLowerCase());
		case 'stringlike':
		case 'arnlike':
		case 'arnequals':
			return values.some(given => given === value || matches(given, value));
		case 'stringnotlike':
		case 'arnnotlike':
		case 'arnnotequals':
			return !values.some(given => given === value || matches(given, value));
		default:
			return undefined;
	}
};

/** Of the services that call KMS for somebody the one that changes policies. */
const changesPolicies = /cloudformation|[*?$]/iu;

/** Whether a request to change the policy meets a test; undefined where that is not known. */
const meets = (test: Test, effect: Statement['effect'], arn: string, {accountId}: Account): boolean | undefined => {
	const {key, operator, values, ifExists, set} = test;
	if (callersChoice.test(key)) {
		return effect === 'Allow';
	}

	switch (key) {
		case 'kms:calleraccount':
		case 'aws:principalaccount':
			return compare(test, accountId);
		case 'aws:principalarn':
			// A session's role is named without its path.
			return arn.includes(':sts::') ? undefined : compare(test, arn);
		case 'aws:principalisawsservice':
		case 'aws:viaawsservice':
			return operator === 'bool' ? values.some(value => value.toLowerCase() === 'false') : undefined;
		case 'kms:viaservice':
			// Whoever changes a policy asks KMS itself, and such requests do not carry the key.
			if (operator === 'null') {
				return values.every(value => value === 'true');
			}

			return ifExists || set === 'all' || operator.includes('not')
				? true
				: values.some(value => changesPolicies.test(value))
					? undefined
					: false;
		default:
			return undefined;
	}
};

type Permit = {readonly is: Managers['account']; readonly conditions: readonly string[]; readonly by: readonly string[]};

const nobody: Permit = {is: 'no', conditions: [], by: []};
const rank: Readonly<Record<Permit['is'], number>> = {yes: 0, perhaps: 1, no: 2};

/** Whether the policy lets a principal of the account change it. */
const permitOf = (statements: readonly Statement[], arn: string, account: Account): Permit => {
	let allows: Permit['is'] = 'no';
	let denies: Permit['is'] = 'no';
	const conditions: string[] = [];
	const by: string[] = [];
	for (const statement of statements.filter(one => isFor(one, arn, account))) {
		const {effect, tests, written, principals, isExcept} = statement;
		const met = tests.map(test => ({key: test.key, is: meets(test, effect, arn, account)}));
		if (met.some(({is}) => is === false)) {
			continue;
		}

		const open = met.filter(({is}) => is === undefined).map(({key}) => written.get(key) ?? key);
		if (effect === 'Deny') {
			if (open.length === 0) {
				return nobody;
			}

			denies = 'perhaps';
		} else {
			if (open.length === 0) {
				allows = 'yes';
			} else if (allows === 'no') {
				allows = 'perhaps';
			}

			by.push(...(isExcept ? ['*'] : principals.filter(name => name === arn || isWhole(name, account))));
		}

		conditions.push(...open);
	}

	const is = allows === 'yes' && denies === 'perhaps' ? denies : allows;
	return is === 'no' ? nobody : {is, conditions: is === 'yes' ? [] : [...new Set(conditions)], by: [...new Set(by)]};
};

/** The principals of the account that statements and their conditions name. */
const namedIn = (statements: readonly Statement[], account: Account) => {
	const principals = new Set(
		statements
			.filter(({effect, isExcept}) => effect === 'Allow' || isExcept)
			.flatMap(({principals: names}) => names.filter(name => isOwn(name, account) && !isWhole(name, account))),
	);
	const inConditions = statements.flatMap(({tests}) =>
		tests.flatMap(({key, values}) =>
			// With a wildcard for an account it is of this one too.
			key === 'aws:principalarn' ? values.filter(value => readPrincipal(value).is !== 'account' || isOwn(value, account)) : [],
		),
	);
	return {principals, all: new Set([...principals, ...inConditions])};
};

const read = (policy: string, account: Account): Managers => {
	const statements = statementsOf(policy);
	// Nobody's names: what lets them in lets in whom the account likes.
	const unnamed = ['role', 'user'].map(what =>
		permitOf(statements, `arn:${account.partition}:iam::${account.accountId}:${what}/ `, account),
	);
	const {principals, all} = namedIn(statements, account);
	const named = [...all].map(arn => ({arn, permit: permitOf(statements, arn, account)})).filter(({permit}) => permit.is !== 'no');
	// The root user cannot be deleted.
	const roots = named.filter(({arn}) => arn.endsWith(':root')).map(({permit}) => permit);
	const [best = nobody] = [...unnamed, ...roots].sort((a, b) => rank[a.is] - rank[b.is]);
	const hangsOn = best.is === 'no' ? named.flatMap(({permit}) => permit.conditions) : best.conditions;
	return {
		account: best.is,
		conditions: [...new Set(hangsOn)],
		by: best.by,
		named: named.map(({arn}) => arn).sort(),
		isSure: named.some(({permit}) => permit.is === 'yes'),
		areAllPrincipals: named.every(({arn}) => principals.has(arn)),
	};
};

const readIn = new Map<string, (policy: string, accountId: string) => Managers>();

export const managersOf = (policy: string, {accountId, partition}: Account): Managers => {
	let remembered = readIn.get(partition);
	if (remembered === undefined) {
		remembered = remembering((text, ofAccount) => read(text, {accountId: ofAccount, partition}));
		readIn.set(partition, remembered);
	}

	return remembered(policy, accountId);
};
