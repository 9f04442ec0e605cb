import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {canonicalPolicy, grantsAction, namesAllItAllows, readPolicy, readPrincipal} from '../../source/model/index.js';

const own = '123456789012';
const other = '999988887777';
const root = {Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${own}:root`}, Action: 'kms:*', Resource: '*'};
const anyone = {Effect: 'Allow', Principal: {AWS: '*'}, Action: 'kms:Decrypt', Resource: '*'};

const summaryOf = (...statements: readonly object[]) => {
	const reading = readPolicy(JSON.stringify({Version: '2012-10-17', Statement: statements}), own);
	if (!reading.readable) {
		throw new Error(reading.problem);
	}

	return reading.summary;
};

describe('a statement for anyone', () => {
	test.each<[string, object]>([
		['by a star', {...anyone, Principal: '*'}],
		['by AWS: star', anyone],
		['by a star among others', {...anyone, Principal: {AWS: [`arn:aws:iam::${own}:root`, '*']}}],
		['by any account of an ARN', {...anyone, Principal: {AWS: 'arn:aws:iam::*:role/admin'}}],
		['by NotPrincipal', {Effect: 'Allow', NotPrincipal: {AWS: `arn:aws:iam::${other}:root`}, Action: 'kms:*', Resource: '*'}],
		[
			'with a service it must pass through, but no account',
			{...anyone, Condition: {StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com'}}},
		],
		['with an account that is a wildcard', {...anyone, Condition: {StringLike: {'kms:CallerAccount': '*'}}}],
		['with one account of several a wildcard', {...anyone, Condition: {StringLike: {'kms:CallerAccount': [own, '1234*']}}}],
		['with any organization', {...anyone, Condition: {StringLike: {'aws:PrincipalOrgID': 'o-*'}}}],
		['with any bucket', {...anyone, Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:s3:::*'}}}],
		['with any account in the source', {...anyone, Condition: {ArnLike: {'aws:SourceArn': 'arn:aws:sns:*:*:topic'}}}],
		['with a source account only if there is one', {...anyone, Condition: {StringEqualsIfExists: {'aws:SourceAccount': own}}}],
		['with all of no values', {...anyone, Condition: {'ForAllValues:StringEquals': {'aws:PrincipalOrgPaths': 'o-abc123/*'}}}],
		['with an account it must not be', {...anyone, Condition: {StringNotEquals: {'aws:PrincipalAccount': other}}}],
		['with a tag that anyone may bear', {...anyone, Condition: {StringEquals: {'aws:PrincipalTag/team': 'red'}}}],
		['with half the internet', {...anyone, Condition: {IpAddress: {'aws:SourceIp': '0.0.0.0/1'}}}],
		['with transport only', {...anyone, Condition: {Bool: {'aws:SecureTransport': 'true'}}}],
		['with an empty condition', {...anyone, Condition: {}}],
	])('is open %s', (_, statement) => {
		expect(summaryOf(root, statement).anyone).toHaveLength(1);
	});

	test.each<[string, object, readonly string[], readonly string[]]>([
		['the own account', {StringEquals: {'kms:CallerAccount': own}}, [], []],
		[
			'the own account through a service',
			{StringEquals: {'kms:CallerAccount': own, 'kms:ViaService': 'ebs.eu-west-1.amazonaws.com'}},
			[],
			[],
		],
		['another account', {StringEquals: {'aws:PrincipalAccount': other}}, [other], []],
		['either of two accounts', {StringEquals: {'AWS:SourceAccount': [own, other]}}, [other], []],
		['an account, if it says so, which all do', {StringEqualsIfExists: {'aws:PrincipalAccount': own}}, [], []],
		['an organization', {StringEquals: {'aws:PrincipalOrgID': 'o-abc123'}}, [], ['o-abc123']],
		['a part of an organization', {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': 'o-abc123/r-1/ou-1/*'}}, [], ['o-abc123']],
		['an account of an organization', {StringEquals: {'aws:PrincipalOrgID': 'o-abc123', 'aws:PrincipalAccount': other}}, [other], []],
		['a role', {ArnLike: {'aws:PrincipalArn': `arn:aws:iam::${other}:role/*`}}, [other], []],
		['the own account by a variable', {StringEquals: {'aws:PrincipalAccount': `\${aws:ResourceAccount}`}}, [], []],
		['the own account by the variable of the caller', {StringEquals: {'aws:ResourceAccount': `\${aws:PrincipalAccount}`}}, [], []],
		['the own organization by a variable', {StringEquals: {'aws:PrincipalOrgID': `\${aws:ResourceOrgID}`}}, [], []],
		['a bucket', {ArnLike: {'aws:SourceArn': 'arn:aws:s3:::acme-logs'}}, [], []],
		['an endpoint', {StringEquals: {'aws:SourceVpce': 'vpce-0123'}}, [], []],
		['an office', {IpAddress: {'aws:SourceIp': ['198.51.100.0/24', '2001:db8::/32']}}, [], []],
		['a role by its id', {StringLike: {'aws:userid': 'AROAEXAMPLE:*'}}, [], []],
	])('narrowed to %s is not open', (_, condition, accounts, organizations) => {
		const summary = summaryOf(root, {...anyone, Condition: condition});
		expect(summary.anyone).toEqual([]);
		expect(Object.keys(summary.accounts)).toEqual(accounts);
		expect(Object.keys(summary.organizations)).toEqual(organizations);
	});

	const deny = {Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*'};
	test.each<[string, object, boolean]>([
		['all but an organization', {...deny, Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-abc123'}}}, false],
		[
			'all but an organization and AWS itself',
			{...deny, Condition: {StringNotEqualsIfExists: {'aws:PrincipalOrgID': 'o-abc123'}, Bool: {'aws:PrincipalIsAWSService': 'false'}}},
			false,
		],
		['all but named principals', {Effect: 'Deny', NotPrincipal: {AWS: `arn:aws:iam::${own}:root`}, Action: '*', Resource: '*'}, false],
		[
			'all but an organization, of other actions',
			{...deny, Action: 'kms:Put*', Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-abc123'}}},
			true,
		],
		[
			'all but an organization and an account, and AWS itself',
			{
				...deny,
				Condition: {
					StringNotEqualsIfExists: {'aws:PrincipalOrgID': 'o-abc123', 'aws:PrincipalAccount': [other]},
					BoolIfExists: {'aws:PrincipalIsAWSService': 'false'},
				},
			},
			false,
		],
		[
			'AWS itself on behalf of other accounts',
			{...deny, Condition: {StringNotEqualsIfExists: {'aws:SourceAccount': own}, Bool: {'aws:PrincipalIsAWSService': 'true'}}},
			true,
		],
		[
			'all but an organization, of another resource',
			{...deny, Resource: 'arn:aws:kms:*:*:key/1', Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-abc123'}}},
			true,
		],
		[
			'all but an organization, of all but a resource',
			{...deny, Resource: undefined, NotResource: 'x', Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-abc123'}}},
			true,
		],
		['only plain transport', {...deny, Condition: {Bool: {'aws:SecureTransport': 'false'}}}, true],
		[
			'all but an organization, on plain transport only',
			{...deny, Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-abc123'}, Bool: {'aws:SecureTransport': 'false'}}},
			true,
		],
	])('beside a Deny of %s', (_, denial, open) => {
		expect(summaryOf(root, anyone, denial).anyone.length > 0).toBe(open);
	});
});

describe('a Deny beside an Allow of resources', () => {
	const api = (resource: string | readonly string[]) => ({
		Effect: 'Allow',
		Principal: '*',
		Action: 'execute-api:Invoke',
		Resource: resource,
	});
	const elsewhere = (resource: string | readonly string[]) => ({
		...api(resource),
		Effect: 'Deny',
		Condition: {StringNotEquals: {'aws:SourceVpce': 'vpce-1'}},
	});
	const whole = 'arn:aws:execute-api:eu-west-1:123456789012:abc123';
	test.each([
		['of all', api('execute-api:/*'), elsewhere('execute-api:/*'), false],
		['of all, in either form', api('execute-api:/*'), elsewhere(`${whole}/*`), false],
		['of one path', api('execute-api:/*'), elsewhere('execute-api:/prod/GET/admin/*'), true],
		['of that path and more', api('execute-api:/prod/GET/admin/*'), elsewhere(['execute-api:/test/*', 'execute-api:/prod/*']), false],
		['of one of two paths', api([`${whole}/a/*`, `${whole}/b/*`]), elsewhere(`${whole}/a/*`), true],
		['of one character', api('execute-api:/*'), elsewhere('execute-api:/?'), true],
		['of the same in another case', api('execute-api:/Prod/*'), elsewhere('execute-api:/prod/*'), true],
	])('narrows it where it is %s', (_, allow, denial, open) => {
		expect(summaryOf(allow, denial).anyone.length > 0).toBe(open);
	});
});

describe('named principals', () => {
	test('of other accounts are told by account, with statement, actions and conditions', () => {
		const summary = summaryOf(root, {
			Sid: 'Partner',
			Effect: 'Allow',
			Principal: {AWS: [`arn:aws:iam::${other}:role/reader`, other, own]},
			Action: ['kms:Decrypt', 'kms:DescribeKey'],
			Resource: '*',
			Condition: {StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com'}},
		});
		expect(Object.keys(summary.accounts)).toEqual([other]);
		expect(summary.accounts[other]?.[0]).toEqual({
			statement: 'Partner',
			actions: ['kms:Decrypt', 'kms:DescribeKey'],
			unfamiliar: [],
			conditions: ['kms:ViaService'],
		});
	});

	test('that are services, canonical users or deleted are told apart', () => {
		const summary = summaryOf({
			Effect: 'Allow',
			Principal: {Service: ['logs.eu-west-1.amazonaws.com'], AWS: 'AIDAEXAMPLE', Federated: 'cognito-identity.amazonaws.com'},
			NotAction: 'kms:Delete*',
			Resource: '*',
		});
		expect(summary).toMatchObject({
			services: ['logs.eu-west-1.amazonaws.com'],
			others: ['AIDAEXAMPLE', 'cognito-identity.amazonaws.com'],
			accounts: {},
			anyone: [],
			delegatesToIam: false,
		});
	});

	test('of the own root delegate to IAM, its roles do not', () => {
		expect(summaryOf(root).delegatesToIam).toBe(true);
		expect(summaryOf({...root, Principal: {AWS: own}}).delegatesToIam).toBe(true);
		expect(summaryOf({...root, Principal: {AWS: `arn:aws:iam::${own}:role/admin`}}).delegatesToIam).toBe(false);
	});

	test('in a Deny let nobody in', () => {
		expect(summaryOf({Effect: 'Deny', Principal: {AWS: other}, Action: '*', Resource: '*'}).accounts).toEqual({});
	});
});

test.each([
	['*', {is: 'anyone'}],
	[own, {is: 'account', accountId: own}],
	[`arn:aws-cn:sts::${other}:assumed-role/a/b`, {is: 'account', accountId: other}],
	['ebs.amazonaws.com', {is: 'service'}],
	['AROAEXAMPLE', {is: 'other'}],
	['arn:aws:s3:::bucket', {is: 'other'}],
])('reads the principal %s', (principal, reading) => {
	expect(readPrincipal(principal)).toEqual(reading);
});

test.each([
	['no JSON', 'not {'],
	['no object', '[]'],
	['no statements', '{}'],
	['a statement that is none', '{"Statement": ["x"]}'],
])('says that %s is no policy', (_, text) => {
	expect(readPolicy(text, own).readable).toBe(false);
});

test('reads any JSON without throwing', () => {
	const policyLike = fc.record(
		{
			Effect: fc.constantFrom('Allow', 'Deny'),
			Principal: fc.oneof(fc.jsonValue(), fc.record({AWS: fc.jsonValue()})),
			Action: fc.jsonValue(),
			Condition: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.jsonValue()))),
		},
		{requiredKeys: []},
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.json(),
				fc.array(policyLike).map(Statement => JSON.stringify({Statement})),
			),
			text => {
				readPolicy(text, own);
				canonicalPolicy(text);
			},
		),
	);
});

test('reads a hostile pattern in no time', () => {
	const started = performance.now();
	summaryOf({...anyone, Action: 'a'.repeat(3000)}, {Effect: 'Deny', Principal: '*', Action: `${'*a'.repeat(1500)}b`, Resource: '*'});
	expect(performance.now() - started).toBeLessThan(1000);
});

test('policies that say the same have the same canonical form', () => {
	const left = JSON.stringify({Id: 'a', Statement: [root, {...anyone, Sid: 'x', Action: ['kms:Decrypt', 'kms:Encrypt']}]}, null, 2);
	const right = JSON.stringify({
		Statement: [
			{...anyone, Action: ['kms:Encrypt', 'kms:Decrypt']},
			{...root, Action: ['kms:*']},
		],
	});
	expect(canonicalPolicy(left)).toBe(canonicalPolicy(right));
	expect(canonicalPolicy(left)).not.toBe(canonicalPolicy(JSON.stringify({Statement: [root]})));
});

describe('conditions', () => {
	const unfamiliar = (condition: object) => summaryOf(root, {...anyone, Condition: condition}).anyone.flatMap(grant => grant.unfamiliar);
	test.each<[string, object, readonly string[]]>([
		[
			'that say nothing of who calls are known to',
			{StringEquals: {'kms:ViaService': 's3.amazonaws.com', 'kms:EncryptionContext:a': 'b'}},
			[],
		],
		['that anyone can meet are known to be so', {Bool: {'aws:SecureTransport': 'true'}, StringEquals: {'aws:PrincipalTag/team': 'x'}}, []],
		['of tomorrow are not known', {StringEquals: {'aws:PrincipalPlanet': 'earth'}}, ['aws:PrincipalPlanet']],
		[
			'on what an enclave attests cannot be read',
			{StringEquals: {'kms:RecipientAttestation:PCR3': 'ab'}},
			['kms:RecipientAttestation:PCR3'],
		],
	])('%s', (_, condition, expected) => {
		expect(unfamiliar(condition)).toEqual(expected);
	});
});

describe('who of the own account is let in', () => {
	test('is told by name, and what they may do can be asked', () => {
		const role = `arn:aws:iam::${own}:role/admin`;
		const {own: mine, delegatesToIam} = summaryOf(
			{Effect: 'Allow', Principal: {AWS: role}, Action: ['kms:Put*', 'kms:Get*'], Resource: '*'},
			{Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${own}:user/eve`}, NotAction: 'kms:put*', Resource: '*'},
			{...anyone, Condition: {StringEquals: {'kms:CallerAccount': own}}},
		);
		const may = (action: string) =>
			Object.entries(mine)
				.filter(([, grants]) => grants.some(grant => grantsAction(grant, action)))
				.map(([name]) => name);
		expect(may('kms:PutKeyPolicy')).toEqual([role]);
		expect(may('kms:GetKeyPolicy')).toEqual([role, `arn:aws:iam::${own}:user/eve`]);
		expect(may('kms:Decrypt')).toEqual(['*', `arn:aws:iam::${own}:user/eve`]);
		expect(delegatesToIam).toBe(false);
	});
});

describe('whether a policy names all that it lets in', () => {
	const statement = (members: object) => JSON.stringify({Version: '2012-10-17', Statement: [{Action: 's3:*', Resource: '*', ...members}]});

	test.each<[string, string, boolean]>([
		['an account', statement({Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::111122223333:root'}}), true],
		['a service', statement({Effect: 'Allow', Principal: {Service: 'logging.s3.amazonaws.com'}}), true],
		['nobody, for it only denies', statement({Effect: 'Deny', Principal: '*'}), true],
		['anyone', statement({Effect: 'Allow', Principal: '*'}), false],
		['anyone in a list', statement({Effect: 'Allow', Principal: {AWS: ['111122223333', '*']}}), false],
		['any user of an account', statement({Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::111122223333:user/*'}}), false],
		[
			'whoever a variable stands for',
			statement({Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::111122223333:user/$\u007baws:username}'}}),
			false,
		],
		[
			'anyone, whatever the condition',
			statement({Effect: 'Allow', Principal: '*', Condition: {IpAddress: {'aws:SourceIp': '192.0.2.0/24'}}}),
			false,
		],
		['all but some', statement({Effect: 'Allow', NotPrincipal: {AWS: '111122223333'}}), false],
		['whoever an identity provider vouches for', statement({Effect: 'Allow', Principal: {Federated: 'accounts.example.com'}}), false],
		['a principal of tomorrow', statement({Effect: 'Allow', Principal: {Tomorrow: 'x'}}), false],
		['some account or other', statement({Effect: 'Allow', Principal: {AWS: 'arn:aws:iam::11112222333?:root'}}), false],
		[
			'one, and all but another',
			statement({Effect: 'Allow', Principal: {AWS: '111122223333'}, NotPrincipal: {AWS: '444455556666'}}),
			false,
		],
		['nobody at all', statement({Effect: 'Allow', Principal: {}}), false],
		['by a word alone', statement({Effect: 'Allow', Principal: '111122223333'}), false],
		['no one that is told', statement({Effect: 'Allow'}), false],
		['an effect of tomorrow', statement({Effect: 'Perhaps', Principal: '*'}), false],
		['what is no policy', 'nonsense', false],
		['what has no statements', '{}', false],
	])('%s', (_, text, names) => {
		expect(namesAllItAllows(text)).toBe(names);
	});
});
