import {isAccountId, readPrincipal} from './policy-principal.js';

/** Who passes: everyone, or only these. */
export type Admission = {readonly accounts: ReadonlySet<string>; readonly organizations: ReadonlySet<string>} | 'anyone';

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

export const strings = (value: unknown): readonly string[] => {
	const all: readonly unknown[] = Array.isArray(value) ? value : [value];
	return all.flatMap(one => (typeof one === 'string' ? [one] : typeof one === 'boolean' || typeof one === 'number' ? [String(one)] : []));
};

const hasWildcard = (value: string): boolean => /[*?]/u.test(value);

// What a condition key says of the caller, by the key in lower case.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
const accountKeys = new Set([
	'kms:calleraccount',
	'aws:principalaccount',
	'aws:sourceaccount',
	'aws:sourceowner',
	'aws:vpceaccount',
	'aws:sourcevpcaccount',
]);
const organizationKeys = new Set([
	'aws:principalorgid',
	'aws:principalorgpaths',
	'aws:sourceorgid',
	'aws:sourceorgpaths',
	'aws:vpceorgid',
	'aws:vpceorgpaths',
]);
const arnKeys = new Set(['aws:sourcearn', 'aws:principalarn']);
const networkKeys = new Set(['aws:sourcevpc', 'aws:sourcevpce', 'aws:sourceip']);
// Unique ids begin with the role's or user's own; the account cannot be read from them, but it is not anyone.
const identityKeys = new Set(['aws:userid']);

/** Keys that a request by any principal carries, so that `…IfExists` means the same as without. */
const alwaysThere = new Set(['kms:calleraccount', 'aws:principalaccount', 'aws:principalarn', 'aws:userid']);

const nobodyElse: Admission = {accounts: new Set(), organizations: new Set()};

const variable = (name: string): string => `\${${name}}`;

// Of the resource's own account or organization, whichever that is: by key and value, both in lower case.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
const ownByVariable = new Set([
	...[...accountKeys].map(key => `${key} ${variable('aws:resourceaccount')}`),
	...[...organizationKeys].flatMap(key => ['aws:resourceorgid', 'aws:resourceorgpaths'].map(name => `${key} ${variable(name)}`)),
	`aws:resourceaccount ${variable('aws:principalaccount')}`,
	`aws:resourceorgid ${variable('aws:principalorgid')}`,
	`aws:resourceorgpaths ${variable('aws:principalorgpaths')}`,
]);

// What anyone can see to: how, when and with what a request is made, and what the caller's own account says of the caller.
// What an enclave attests may name a role by its hash, which nobody can read here.
const callersChoice =
	/^(?:kms:(?!calleraccount$|recipientattestation:)|secretsmanager:|aws:(?:(?:principal|request|resource)tag\/|tagkeys$|securetransport$|multifactorauth|currenttime$|epochtime$|tokenissuetime$|useragent$|referer$|requestedregion$|principaltype$|username$|viaawsservice$|calledvia|federatedprovider$|sourceidentity$|vpcsourceip$|resource(?:account|orgid|orgpaths)$))/u;

/** Whether this reader knows what a condition key says of the caller, if only that it says nothing. */
export const isFamiliarKey = (written: string): boolean => {
	const key = written.toLowerCase();
	return [accountKeys, organizationKeys, arnKeys, networkKeys, identityKeys].some(keys => keys.has(key)) || callersChoice.test(key);
};

/** Networks as wide as this hold strangers: AWS draws the line for buckets there too. https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const isNarrowNetwork = (cidr: string): boolean => {
	const [address = '', bits] = cidr.split('/');
	const isV6 = address.includes(':');
	const width = bits === undefined ? (isV6 ? 128 : 32) : Number(bits);
	return width >= (isV6 ? 32 : 8);
};

/** Whom one value of one key lets in. */
const admittedBy = (key: string, value: string): Admission => {
	if (ownByVariable.has(`${key} ${value.toLowerCase()}`)) {
		return nobodyElse;
	}

	if (accountKeys.has(key)) {
		return isAccountId(value) ? {accounts: new Set([value]), organizations: new Set()} : 'anyone';
	}

	if (organizationKeys.has(key)) {
		const organization = value.split('/')[0] ?? '';
		return /^o-[a-z0-9]+$/u.test(organization) ? {accounts: new Set(), organizations: new Set([organization])} : 'anyone';
	}

	if (arnKeys.has(key)) {
		const reading = readPrincipal(value);
		if (reading.is === 'account') {
			return {accounts: new Set([reading.accountId]), organizations: new Set()};
		}

		// An S3 bucket's ARN has no account, yet a whole bucket name is one bucket's.
		const bucket = /^arn:[\w-]+:s3:::([^/]+)/u.exec(value)?.[1];
		return bucket !== undefined && !hasWildcard(bucket) ? nobodyElse : 'anyone';
	}

	if (networkKeys.has(key)) {
		return key === 'aws:sourceip' ? (isNarrowNetwork(value) ? nobodyElse : 'anyone') : hasWildcard(value) ? 'anyone' : nobodyElse;
	}

	return identityKeys.has(key) && !/^[*?]/u.test(value) ? nobodyElse : 'anyone';
};

const union = (left: Admission, right: Admission): Admission =>
	left === 'anyone' || right === 'anyone'
		? 'anyone'
		: {
				accounts: new Set([...left.accounts, ...right.accounts]),
				organizations: new Set([...left.organizations, ...right.organizations]),
			};

/** Who passes both. Of an account and an organization the account is the narrower. */
export const both = (left: Admission, right: Admission): Admission => {
	if (left === 'anyone') {
		return right;
	}

	if (right === 'anyone') {
		return left;
	}

	const narrow = (one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> =>
		one.size > 0 && other.size > 0 ? new Set([...one].filter(name => other.has(name))) : one.size > 0 ? one : other;
	const accounts = narrow(left.accounts, right.accounts);
	return {accounts, organizations: accounts.size > 0 ? new Set() : narrow(left.organizations, right.organizations)};
};

export type Test = {
	readonly operator: string;
	readonly ifExists: boolean;
	readonly set: 'any' | 'all' | undefined;
	readonly key: string;
	readonly values: readonly string[];
};

export const testsOf = (condition: unknown): readonly Test[] =>
	isRecord(condition)
		? Object.entries(condition).flatMap(([written, block]) => {
				const [, set, name = '', suffix] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/iu.exec(written) ?? [];
				return isRecord(block)
					? Object.entries(block).map(
							([key, value]): Test => ({
								operator: name.toLowerCase(),
								ifExists: suffix !== undefined,
								set: set === undefined ? undefined : set.toLowerCase() === 'foranyvalue' ? 'any' : 'all',
								key: key.toLowerCase(),
								values: strings(value),
							}),
						)
					: [];
			})
		: [];

const positive = new Set(['stringequals', 'stringequalsignorecase', 'stringlike', 'arnequals', 'arnlike', 'ipaddress']);
const negative = new Set(['stringnotequals', 'stringnotequalsignorecase', 'stringnotlike', 'arnnotequals', 'arnnotlike', 'notipaddress']);

const admissionOf = ({key, values}: Test): Admission =>
	values.length === 0 ? 'anyone' : values.map(value => admittedBy(key, value)).reduce(union, nobodyElse);

/** Whom the conditions of an Allow leave in: all tests must pass, of each test one value. */
export const allowedBy = (tests: readonly Test[]): Admission =>
	tests
		// An absent key passes `…IfExists` and `ForAllValues`, so those let in whoever does not send it.
		.filter(test => positive.has(test.operator) && test.set !== 'all' && (!test.ifExists || alwaysThere.has(test.key)))
		.map(admissionOf)
		.reduce<Admission>(both, 'anyone');

/** The usual test by which a Deny spares AWS's own services. With any other value it spares everybody else. */
const sparesServices = ({key, operator, values}: Test): boolean =>
	key === 'aws:principalisawsservice' && operator === 'bool' && values.length > 0 && values.every(value => value.toLowerCase() === 'false');

/**
 * Whom a Deny of everybody leaves in: `StringNotEquals aws:PrincipalOrgID o-…` denies all but that organization. It denies whom
 * all its tests hit, so that of several such tests each spares those that it names; and a test of any other sort may spare
 * anyone.
 */
export const sparedBy = (tests: readonly Test[]): Admission => {
	const telling = tests.filter(test => !sparesServices(test));
	return telling.length > 0 && telling.every(test => negative.has(test.operator) && test.set !== 'any')
		? telling.map(admissionOf).reduce(union, nobodyElse)
		: 'anyone';
};
