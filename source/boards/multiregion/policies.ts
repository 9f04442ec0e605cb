import {grantsAction, type Joined, listed, type PolicyGrant, readPolicy, refusalInWords} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {ReplicationRule} from '../../services/s3/rules/bucket.js';
import {note, type Unread} from './estate.js';
import type {Admission} from './rows.js';

type Statement = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Statement => typeof value === 'object' && value !== null && !Array.isArray(value);

const many = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const texts = (value: unknown): readonly string[] => many(value).filter(one => typeof one === 'string');

/** The statements of a policy's text; none where it is no policy. */
const statementsOf = (text: string): readonly Statement[] => {
	try {
		const document: unknown = JSON.parse(text);
		return isRecord(document) ? many(document['Statement']).filter(isRecord) : [];
	} catch {
		return [];
	}
};

/** Tests of a statement's conditions: operator and key in lower case, and the values. */
const testsOf = ({Condition: condition}: Statement): ReadonlyArray<readonly [operator: string, key: string, values: readonly string[]]> =>
	isRecord(condition)
		? Object.entries(condition).flatMap(([operator, block]) =>
				isRecord(block)
					? Object.entries(block).map(
							([key, value]) => [operator.toLowerCase(), key.toLowerCase(), many(value).map(one => String(one).toLowerCase())] as const,
						)
					: [],
			)
		: [];

const grantOf = (actions: readonly string[]): PolicyGrant => ({statement: '', actions, conditions: [], unfamiliar: []});

const encryptionHeader = 's3:x-amz-server-side-encryption';
const keyHeader = `${encryptionHeader}-aws-kms-key-id`;

const everybody = (principal: unknown): boolean => (isRecord(principal) ? texts(principal['AWS']) : texts(principal)).includes('*');

/**
 * Whether a statement turns away uploads that KMS does not encrypt: a Deny of PutObject for everybody unless the header says
 * so. `…IfExists` lets uploads without the header pass, which the default encryption takes care of.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#require-sse-kms
 */
const turnsAwayOthers = (statement: Statement): boolean => {
	const tests = testsOf(statement);
	const [test] = tests;
	if (statement['Effect'] !== 'Deny' || !everybody(statement['Principal']) || test === undefined || tests.length > 1) {
		return false;
	}

	if (!grantsAction(grantOf(texts(statement['Action'])), 's3:PutObject')) {
		return false;
	}

	const [operator, key, values] = test;
	const isUnequal = operator === 'stringnotequals' || operator === 'stringnotlike' || operator === 'stringnotequalsignorecase';
	return key === keyHeader
		? isUnequal || (operator === 'null' && values.includes('true'))
		: key === encryptionHeader && isUnequal && values.length > 0 && values.every(value => value.startsWith('aws:kms'));
};

/** `finance/*` of an ARN's pattern, as far as it can be told. */
const objectsOf = (pattern: string): string => pattern.replace(/^arn:[^:]*:s3:::[^/]*\//u, '');

/**
 * Of which objects a bucket's policy lets in none but those that KMS encrypts: of all that a replication rule is for, or of
 * those that these patterns name.
 */
export const demandsKms = (
	policy: string,
	bucketArn: string,
	{prefix = '', exceptions = []}: Pick<ReplicationRule, 'prefix' | 'exceptions'>,
): {readonly all: boolean; readonly some: readonly string[]} => {
	const base = `${bucketArn}/${prefix}`;
	// What is of a part only, or of all but a part, says nothing of the rest.
	const patterns = statementsOf(policy)
		.filter(turnsAwayOthers)
		.flatMap(statement => texts(statement['Resource']));
	const fixedOf = (pattern: string): string => pattern.split(/[*?]/u)[0] ?? '';
	const all = patterns.some(pattern => pattern === `${fixedOf(pattern)}*` && base.startsWith(fixedOf(pattern)));
	const overlaps = (pattern: string): boolean => {
		const fixed = fixedOf(pattern);
		return fixed.startsWith(base) || (fixed !== pattern && base.startsWith(fixed));
	};
	// Whether such a part is among what the rule spares is not weighed.
	return {all, some: all || exceptions.length > 0 ? [] : patterns.filter(overlaps).map(objectsOf)};
};

const conditionsOf = (grants: readonly PolicyGrant[]): string => {
	const free = grants.some(({conditions}) => conditions.length === 0);
	const conditions = [...new Set(grants.flatMap(grant => grant.conditions))];
	return free ? '' : `, if ${listed(conditions)} allows it`;
};

const isRoot = (principal: string, accountId: string): boolean => principal === accountId || principal.endsWith(`:${accountId}:root`);

/** A Deny without conditions that hits the role and all of the action, by its Sid. */
const denialOf = (policy: string, accountId: string, roleArn: string, action: string): string | undefined => {
	const statements = statementsOf(policy);
	const index = statements.findIndex(statement => {
		const {Effect: effect, Principal: principal} = statement;
		const named = isRecord(principal) ? texts(principal['AWS']) : texts(principal);
		return (
			effect === 'Deny' &&
			testsOf(statement).length === 0 &&
			named.some(name => name === '*' || name === roleArn || isRoot(name, accountId)) &&
			grantsAction(grantOf(texts(statement['Action'])), action)
		);
	});
	const sid = statements[index]?.['Sid'];
	return index === -1 ? undefined : typeof sid === 'string' && sid !== '' ? sid : `statement ${index + 1}`;
};

const byPolicy = (policy: string, accountId: string, roleArn: string, action: string): Admission => {
	const reading = readPolicy(policy, accountId);
	if (!reading.readable) {
		return {is: 'unknown', how: reading.problem};
	}

	const {own, anyone} = reading.summary;
	const toRole = [...(own[roleArn] ?? []), ...(own['*'] ?? []), ...anyone].filter(grant => grantsAction(grant, action));
	if (toRole.length > 0) {
		return {is: 'named', how: `allows it ${action}${conditionsOf(toRole)}`};
	}

	const toAccount = Object.entries(own).flatMap(([name, grants]) =>
		isRoot(name, accountId) ? grants.filter(grant => grantsAction(grant, action)) : [],
	);
	return toAccount.length > 0
		? {is: 'left to IAM', how: `leaves ${action} to IAM${conditionsOf(toAccount)}`}
		: {is: 'kept out', how: `does not allow it ${action}, nor leaves that to IAM`};
};

/**
 * What a key's policy and its grants say to a role of the same account: let in by name, left to IAM, whose policies are not
 * read, or kept out. Conditions are told, not weighed; of denials only those count that have none.
 */
export const admits = ({resource}: Joined<Key>, roleArn: string, action: `kms:${string}`, unread: Unread): Admission => {
	const {policy, grantees, keyManager} = resource.configuration;
	if (keyManager === 'AWS') {
		return {is: 'by AWS', how: 'lets in whoever S3 lets in'};
	}

	if (policy === undefined) {
		const refusal = resource.unread['GetKeyPolicy'] ?? resource.unread['DescribeKey'];
		note(unread, refusal);
		return {is: 'unknown', how: refusal === undefined ? 'its policy has not been read' : refusalInWords(refusal)};
	}

	const denial = denialOf(policy, resource.accountId, roleArn, action);
	if (denial !== undefined) {
		return {is: 'kept out', how: `denies it ${action} by “${denial}”`};
	}

	const told = byPolicy(policy, resource.accountId, roleArn, action);
	if (told.is !== 'kept out') {
		return told;
	}

	const operation = action.slice('kms:'.length);
	if (grantees?.some(({principal, operations}) => principal === roleArn && operations.includes(operation)) === true) {
		return {is: 'granted', how: `allows it ${action}, by a grant`};
	}

	const refusal = grantees === undefined ? resource.unread['ListGrants'] : undefined;
	note(unread, refusal);
	return refusal === undefined ? told : {is: 'unknown', how: `its policy ${told.how}, and of grants ${refusalInWords(refusal)}`};
};
