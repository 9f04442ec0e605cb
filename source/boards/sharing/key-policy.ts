import {grantsAction, type PolicyGrant, readPolicy, readPrincipal} from '../../model/index.js';
import {isRecord, strings, type Test, testsOf} from '../../model/policy-condition.js';
import {type PolicyAnswer, PolicyVoices} from './policy-voices.js';
import type {Recipient} from './share.js';

export type {PolicyAnswer} from './policy-voices.js';

/**
 * Whether a key policy surely lets somebody in who comes by way of EC2. That is the other way round from `readPolicy`, which
 * asks who might get in at worst: here a condition counts as met only where it surely is, and Deny statements count too.
 * What the other account's own IAM policies allow its roles is not in sight: this is about the account as a whole.
 */

/** Who asks, and by way of the EC2 of which Region. */
export type Asking = {readonly recipient: Recipient; readonly awsRegion: string; readonly ownAccountId: string};

type Statement = {
	readonly name: string;
	readonly effect: 'Allow' | 'Deny';
	readonly actions: PolicyGrant;
	/** ARNs, account ids and `*`. Services are left out: they are nobody that something is shared with. */
	readonly principals: readonly string[];
	/** Whether it is for all but these. */
	readonly isExcept: boolean;
	readonly tests: readonly Test[];
	/** Its condition keys as they are written, by how `tests` has them: in lower case. */
	readonly written: ReadonlyMap<string, string>;
};

export type KeyPolicy = {readonly statements: readonly Statement[]} | {readonly problem: string};

const namesOf = (principal: unknown): readonly string[] =>
	typeof principal === 'string'
		? [principal]
		: isRecord(principal)
			? Object.entries(principal).flatMap(([type, value]) => (type === 'Service' ? [] : strings(value)))
			: [];

/** IAM's wildcards are the same everywhere: a list of actions knows how to match them. */
const actionsOf = (statement: string, patterns: readonly string[]): PolicyGrant => ({
	statement,
	actions: patterns,
	conditions: [],
	unfamiliar: [],
});
const matches = (pattern: string, text: string): boolean => grantsAction(actionsOf('', [pattern]), text);

const toStatement = (raw: Readonly<Record<string, unknown>>, index: number): Statement => {
	const name = typeof raw['Sid'] === 'string' && raw['Sid'] !== '' ? raw['Sid'] : `statement ${index + 1}`;
	const actions = strings(raw['Action']);
	const blocks = isRecord(raw['Condition']) ? raw['Condition'] : {};
	return {
		name,
		effect: raw['Effect'] === 'Allow' ? 'Allow' : 'Deny',
		actions: actionsOf(name, actions.length > 0 ? actions : strings(raw['NotAction']).map(action => `not ${action}`)),
		principals: namesOf(raw['Principal'] ?? raw['NotPrincipal']),
		isExcept: raw['Principal'] === undefined && raw['NotPrincipal'] !== undefined,
		tests: testsOf(raw['Condition']),
		written: new Map(
			Object.values(blocks)
				.flatMap(block => (isRecord(block) ? Object.keys(block) : []))
				.map(key => [key.toLowerCase(), key]),
		),
	};
};

export const readKeyPolicy = (text: string, ownAccountId: string): KeyPolicy => {
	const reading = readPolicy(text, ownAccountId);
	if (!reading.readable) {
		return {problem: reading.problem};
	}

	// It has just been parsed, and found to have statements.
	const document: unknown = JSON.parse(text);
	const statement = isRecord(document) ? document['Statement'] : undefined;
	const all: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
	return {statements: all.filter(isRecord).map(toStatement)};
};

const accountOf = (name: string): string | undefined => {
	const reading = readPrincipal(name);
	return reading.is === 'account' ? reading.accountId : undefined;
};

/** The roles and users of the account that asks, of those that a statement names. */
const namesIn = ({principals}: Statement, {recipient}: Asking): readonly string[] =>
	recipient.is === 'account' ? principals.filter(name => accountOf(name) === recipient.accountId) : [];

const isWholeAccount = (name: string, accountId: string): boolean => name === accountId || name.endsWith(`:iam::${accountId}:root`);

/** Whether a statement is for all of them, for some, or for none. Of an organization's accounts it is not known which it has. */
const reachOf = (statement: Statement, asking: Asking): 'all' | 'some' | 'none' => {
	const {principals, isExcept, effect} = statement;
	const {recipient, ownAccountId} = asking;
	if (recipient.is !== 'account') {
		if (isExcept) {
			return effect === 'Allow' ? 'all' : 'some';
		}

		return principals.some(name => readPrincipal(name).is === 'anyone')
			? 'all'
			: principals.some(name => ![undefined, ownAccountId].includes(accountOf(name)))
				? 'some'
				: 'none';
	}

	const own = namesIn(statement, asking);
	const isWhole = own.some(name => isWholeAccount(name, recipient.accountId));
	if (isExcept) {
		return isWhole ? 'none' : own.length > 0 && effect === 'Deny' ? 'some' : 'all';
	}

	return isWhole || principals.some(name => readPrincipal(name).is === 'anyone') ? 'all' : own.length > 0 ? 'some' : 'none';
};

/** The value that a condition key has when they come by way of EC2; undefined where it is not known. */
const factOf = (key: string, action: string, {recipient, awsRegion}: Asking): string | undefined => {
	switch (key) {
		case 'kms:calleraccount':
		case 'aws:principalaccount':
			return recipient.is === 'account' ? recipient.accountId : undefined;
		case 'aws:principalorgid':
			return recipient.is === 'organization' ? recipient.organization : undefined;
		case 'kms:viaservice':
			return `ec2.${awsRegion}.amazonaws.com${awsRegion.startsWith('cn-') ? '.cn' : ''}`;
		case 'aws:securetransport':
			return 'true';
		// EBS asks for grants on a caller's behalf. Other requests do not carry the key at all.
		case 'kms:grantisforawsresource':
			return action === 'kms:CreateGrant' ? 'true' : undefined;
		default:
			return undefined;
	}
};

/** `aws:PrincipalOrgPaths`, whose values are `o-…/r-…/ou-…/*`. */
const meetsPaths = (values: readonly string[], {recipient}: Asking): boolean | undefined => {
	if (recipient.is !== 'organization') {
		return undefined;
	}

	const {organization, unit} = recipient;
	const inside = values.filter(value => value.split('/')[0] === organization);
	const isWhole = inside.some(value => value === `${organization}/*` || (unit !== undefined && value.includes(`/${unit}/`)));
	return isWhole ? true : inside.length === 0 ? false : undefined;
};

/** Whether a condition is met; undefined where that is not known. */
const meets = ({operator, key, values, ifExists, set}: Test, action: string, asking: Asking): boolean | undefined => {
	if (key === 'kms:grantisforawsresource' && action !== 'kms:CreateGrant' && operator === 'bool') {
		return ifExists;
	}

	if (key === 'aws:principalorgpaths') {
		return set === 'any' && ['stringequals', 'stringlike'].includes(operator) ? meetsPaths(values, asking) : undefined;
	}

	const fact = factOf(key, action, asking);
	if (fact === undefined) {
		return undefined;
	}

	switch (operator) {
		case 'bool':
		case 'stringequalsignorecase':
			return values.some(value => value.toLowerCase() === fact.toLowerCase());
		case 'stringequals':
			return values.includes(fact);
		case 'stringnotequals':
			return !values.includes(fact);
		case 'stringlike':
			return values.some(value => matches(value, fact));
		case 'stringnotlike':
			return !values.some(value => matches(value, fact));
		default:
			return undefined;
	}
};

/** What a policy says to one action. Its statements are few: they are gone through for each. */
export const answerOf = (statements: readonly Statement[], action: string, asking: Asking): PolicyAnswer => {
	const voices = new PolicyVoices();
	for (const statement of statements) {
		const reach = reachOf(statement, asking);
		if (reach === 'none' || !grantsAction(statement.actions, action)) {
			continue;
		}

		const {effect, name, tests, written, isExcept} = statement;
		const met = tests.map(test => ({key: test.key, is: meets(test, action, asking)}));
		if (met.some(({is}) => is === false)) {
			continue;
		}

		const open = met.filter(({is}) => is === undefined).map(({key}) => written.get(key) ?? key);
		const isOfNames = reach === 'some' && !isExcept && asking.recipient.is === 'account';
		const isSure = open.length === 0;
		const why =
			open.length > 0
				? `“${name}” ${effect === 'Allow' ? 'allows' : 'denies'} it under a condition on ${open.join(', ')}, which cannot be judged from here`
				: `“${name}” ${effect === 'Allow' ? 'allows' : 'denies'} it to some of them only`;
		if (effect === 'Deny') {
			if (isSure && reach === 'all') {
				return {allows: 'no', denies: 'yes', because: `“${name}” denies it`};
			}

			if (isOfNames) {
				voices.denials.push({names: namesIn(statement, asking), isSure, why});
			} else {
				voices.denies = 'perhaps';
				voices.doubts.push(why);
			}
		} else if (isSure && reach === 'all') {
			voices.isWhole = true;
		} else if (isSure && isOfNames) {
			voices.allowed.push(...namesIn(statement, asking));
		} else {
			voices.isPerhaps = true;
			voices.doubts.push(why);
		}
	}

	return voices.answer;
};
