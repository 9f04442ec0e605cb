import {describe, expect, test} from 'vitest';
import type {Answer, Refusal, Resource, RuleContext} from '../../source/model/index.js';
import {filterOf} from '../../source/services/s3/collect/replication.js';
import type {Bucket, Encryption, ReplicationRule} from '../../source/services/s3/rules/bucket.js';
import {bucketRules} from '../../source/services/s3/rules/index.js';
import {readPlainHttp} from '../../source/services/s3/rules/secure-transport.js';

const arn = 'arn:aws:s3:::acme';
const statement = (over: object = {}): object => ({
	Effect: 'Deny',
	Principal: '*',
	Action: 's3:*',
	Resource: [arn, `${arn}/*`],
	Condition: {Bool: {'aws:SecureTransport': 'false'}},
	...over,
});
const policy = (...statements: readonly unknown[]): string => JSON.stringify({Version: '2012-10-17', Statement: statements});
const allow = (principal: unknown, action: unknown = 's3:GetObject'): object => ({
	Sid: 'Share',
	Effect: 'Allow',
	Principal: principal,
	Action: action,
	Resource: `${arn}/*`,
});

const whole = {blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true};
const kms = (over: Partial<Encryption> = {}): Encryption => ({
	algorithm: 'aws:kms',
	kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/1111',
	bucketKeyEnabled: true,
	blockedTypes: ['SSE-C'],
	...over,
});
const ownKeys = kms({algorithm: 'AES256', kmsKeyId: null, bucketKeyEnabled: false});

const rule = (over: Partial<ReplicationRule> = {}): ReplicationRule => ({
	name: 'copy',
	isEnabled: true,
	filter: null,
	destination: {bucketArn: 'arn:aws:s3:::copy', bucketName: 'copy', isOwn: true, awsRegion: 'eu-west-1'},
	replicatesKmsObjects: true,
	replicaKmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/2222',
	usesSourceMultiRegionKey: false,
	replicatesDeleteMarkers: false,
	...over,
});
const foreign = (accountId?: string): ReplicationRule['destination'] => ({
	bucketArn: 'arn:aws:s3:::theirs',
	bucketName: 'theirs',
	isOwn: false,
	...(accountId !== undefined && {accountId}),
});
const {isOwn: _, awsRegion: __, ...unplaced} = rule().destination;
const replicating = (...rules: readonly ReplicationRule[]): Partial<Bucket> => ({
	replication: {roleArn: 'arn:aws:iam::123456789012:role/s3', rules},
});

/** A bucket in good order; `facts` say what differs. */
const bucket = (facts: Partial<Bucket> = {}, over: Partial<Resource<Bucket>> = {}): Resource<Bucket> => ({
	arn,
	resourceType: 'AWS::S3::Bucket',
	resourceId: 'acme',
	resourceName: 'acme',
	accountId: '123456789012',
	awsRegion: 'us-east-1',
	tags: {},
	configuration: {
		awsRegion: 'us-east-1',
		encryption: kms(),
		versioning: 'Enabled',
		mfaDelete: null,
		publicAccessBlock: whole,
		policy: policy(statement()),
		isPolicyPublic: false,
		replication: null,
		...facts,
	},
	unread: {},
	readAt: {},
	...over,
});
const refusal: Refusal = {
	status: 'denied',
	operation: 'GetBucketVersioning',
	iamAction: 's3:GetBucketVersioning',
	error: 'AccessDenied',
	message: 'no',
};

const ask = (ruleId: string, resource: Resource<Bucket>, more: Partial<RuleContext> = {}): Answer => {
	const found = bucketRules.find(({id}) => id === `s3-bucket-${ruleId}`);
	if (found === undefined) throw new TypeError(`No rule ${ruleId}`);
	const answer = found.evaluate(resource, {
		now: '2026-11-23T12:00:00.000Z',
		settings: {},
		trustedAccounts: ['555555555555'],
		related: () => undefined,
		watches: () => true,
		...more,
	});
	return {...answer, severity: answer.severity ?? found.severity};
};

/** The other end of a replication, as the cache has it. */
const end = (facts: Partial<Bucket>, over: Partial<Resource<Bucket>> = {}): Partial<RuleContext> => ({related: () => bucket(facts, over)});
const {versioning: ___, ...noVersioning} = bucket().configuration;

type Case = readonly [
	rule: string,
	what: string,
	facts: Partial<Bucket>,
	verdict: string,
	severity: string,
	reason: string,
	context?: Partial<RuleContext>,
];

const cases: readonly Case[] = [
	['encrypted-with-kms', 'one’s own key', {}, 'PASS', '', 'key/1111'],
	['encrypted-with-kms', 'the key that AWS manages', {encryption: kms({kmsKeyId: null})}, 'PASS', '', 'aws/s3, which AWS manages'],
	[
		'encrypted-with-kms',
		'the same by its alias',
		{encryption: kms({kmsKeyId: 'arn:aws:kms:us-east-1:1:alias/aws/s3'})},
		'PASS',
		'',
		'AWS manages',
	],
	['encrypted-with-kms', 'S3’s keys', {encryption: ownKeys}, 'FAIL', 'INFORMATIONAL', 'S3’s own keys'],
	['encrypted-with-kms', 'a bucket older than encryption by default', {encryption: null}, 'FAIL', 'INFORMATIONAL', 'S3’s own keys'],
	['encrypted-with-kms', 'an algorithm of tomorrow', {encryption: kms({algorithm: 'aws:quantum'})}, 'UNKNOWN', '', 'aws:quantum'],

	['key-enabled', 'on', {}, 'PASS', '', 'asked seldom'],
	['key-enabled', 'off', {encryption: kms({bucketKeyEnabled: false})}, 'FAIL', 'LOW', 'throttle the whole account'],
	['key-enabled', 'S3’s keys', {encryption: ownKeys}, 'NOT_APPLICABLE', '', 'KMS is not asked'],
	[
		'key-enabled',
		'KMS twice',
		{encryption: kms({algorithm: 'aws:kms:dsse', bucketKeyEnabled: false})},
		'NOT_APPLICABLE',
		'',
		'encrypts twice',
	],

	['customer-keys-blocked', 'blocked', {}, 'PASS', '', 'are blocked'],
	['customer-keys-blocked', 'opened again', {encryption: kms({blockedTypes: ['NONE']})}, 'FAIL', 'LOW', 'as somebody set it'],
	['customer-keys-blocked', 'never said', {encryption: kms({blockedTypes: []})}, 'FAIL', 'LOW', 'nothing is blocked'],
	['customer-keys-blocked', 'no setting at all', {encryption: null}, 'FAIL', 'LOW', 'nothing is blocked'],

	['not-public', 'a policy that is not public', {}, 'PASS', '', 'not public'],
	['not-public', 'a policy that names all', {isPolicyPublic: false, isPolicyNamed: true}, 'PASS', '', 'names everyone it lets in'],
	['not-public', 'no policy', {policy: null, isPolicyPublic: null, publicAccessBlock: null}, 'PASS', '', 'no policy'],
	['not-public', 'a public policy under a whole block', {isPolicyPublic: true}, 'PASS', '', 'this account and AWS’s services only'],
	[
		'not-public',
		'a public policy and no block',
		{isPolicyPublic: true, publicAccessBlock: null},
		'UNKNOWN',
		'',
		'whether the account’s block does has not been read',
	],
	[
		'not-public',
		'a public policy, and no block of its own or of the account',
		{isPolicyPublic: true, publicAccessBlock: null, doesAccountRestrict: false},
		'FAIL',
		'CRITICAL',
		'neither its own block nor the account’s',
	],
	[
		'not-public',
		'a public policy, and an account that restricts all',
		{isPolicyPublic: true, publicAccessBlock: null, doesAccountRestrict: true},
		'PASS',
		'',
		'the account’s lets in',
	],
	[
		'not-public',
		'a public policy under a block that only refuses new ones',
		{isPolicyPublic: true, publicAccessBlock: {...whole, restrictPublicBuckets: false}, doesAccountRestrict: false},
		'FAIL',
		'CRITICAL',
		'neither its own block',
	],

	['block-public-access', 'whole', {}, 'PASS', '', 'all four'],
	['block-public-access', 'none', {publicAccessBlock: null}, 'FAIL', 'HIGH', 'no block of its own'],
	['block-public-access', 'half', {publicAccessBlock: {...whole, ignorePublicAcls: false}}, 'FAIL', 'HIGH', 'IgnorePublicAcls is off'],

	['tls-only', 'denied', {}, 'PASS', '', 'on the bucket and its objects'],
	['tls-only', 'no policy', {policy: null}, 'FAIL', 'MEDIUM', 'no policy'],
	['tls-only', 'a text', {policy: '<html>'}, 'UNKNOWN', '', 'not JSON'],

	['policy-trusted-accounts', 'nobody else', {}, 'PASS', '', 'names no other account'],
	[
		'policy-trusted-accounts',
		'a trusted one',
		{policy: policy(allow({AWS: '555555555555'}))},
		'PASS',
		'',
		'trusted account 555555555555 only',
	],
	[
		'policy-trusted-accounts',
		'a stranger who reads',
		{policy: policy(allow({AWS: '999988887777'}))},
		'FAIL',
		'MEDIUM',
		'“Share” allows s3:GetObject',
	],
	[
		'policy-trusted-accounts',
		'a stranger who may change the policy',
		{policy: policy(allow({AWS: '999988887777'}, 's3:Put*'))},
		'FAIL',
		'HIGH',
		'lets in account 999988887777',
	],
	[
		'policy-trusted-accounts',
		'CloudFront’s origin access identity',
		{policy: policy(allow({AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E2QWRUHAPOMQZL'}))},
		'PASS',
		'',
		'names no other account',
	],
	['policy-trusted-accounts', 'anyone', {policy: policy(allow('*'))}, 'NOT_APPLICABLE', '', 'public buckets'],
	['policy-trusted-accounts', 'no statements', {policy: '{}'}, 'UNKNOWN', '', 'cannot be judged'],

	['replication-kms-objects', 'nothing replicated', {}, 'NOT_APPLICABLE', '', 'replicates nothing'],
	['replication-kms-objects', 'taken along', replicating(rule()), 'PASS', '', 'take the objects along'],
	[
		'replication-kms-objects',
		'left out by one of two',
		replicating(rule(), rule({name: 'logs', replicatesKmsObjects: false})),
		'FAIL',
		'HIGH',
		'“logs” leaves those out',
	],
	[
		'replication-kms-objects',
		'left out by a disabled rule',
		replicating(rule(), rule({isEnabled: false, replicatesKmsObjects: false})),
		'PASS',
		'',
		'',
	],
	['replication-kms-objects', 'all disabled', replicating(rule({isEnabled: false})), 'NOT_APPLICABLE', '', 'disabled'],
	[
		'replication-kms-objects',
		'S3’s keys',
		{...replicating(rule({replicatesKmsObjects: false})), encryption: ownKeys},
		'PASS',
		'',
		'as they are',
	],
	[
		'replication-kms-objects',
		'an algorithm of tomorrow',
		{...replicating(rule({replicatesKmsObjects: false})), encryption: kms({algorithm: 'aws:quantum'})},
		'UNKNOWN',
		'',
		'aws:quantum',
	],

	['replication-key-fits', 'of the destination’s Region', replicating(rule()), 'PASS', '', 'a key in eu-west-1'],
	[
		'replication-key-fits',
		'of the source’s Region',
		replicating(rule({replicaKmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/lake'})),
		'FAIL',
		'HIGH',
		'is in us-east-1, and the bucket in eu-west-1',
	],
	['replication-key-fits', 'a bare id', replicating(rule({replicaKmsKeyId: '2222'})), 'UNKNOWN', '', 'names no Region'],
	['replication-key-fits', 'none', replicating(rule({replicaKmsKeyId: null})), 'FAIL', 'HIGH', 'no key is named'],
	['replication-key-fits', 'to another account', replicating(rule({destination: foreign()})), 'UNKNOWN', '', 'where theirs is'],
	[
		'replication-key-fits',
		'one bad among good',
		replicating(rule(), rule({replicaKmsKeyId: 'arn:aws:kms:eu-north-1:1:key/3'})),
		'FAIL',
		'HIGH',
		'eu-north-1',
	],
	['replication-key-fits', 'no KMS objects', replicating(rule({replicatesKmsObjects: false})), 'NOT_APPLICABLE', '', 'none of its rules'],
	[
		'replication-key-fits',
		'the source’s multi-Region key',
		{...replicating(rule({replicaKmsKeyId: null, usesSourceMultiRegionKey: true})), encryption: kms({kmsKeyId: 'mrk-1234'})},
		'PASS',
		'',
		'relative of its multi-Region key',
	],
	[
		'replication-key-fits',
		'the source’s key, which is of one Region',
		replicating(rule({usesSourceMultiRegionKey: true})),
		'FAIL',
		'HIGH',
		'its default key is none',
	],
	[
		'replication-key-fits',
		'the source’s key by an alias',
		{...replicating(rule({usesSourceMultiRegionKey: true})), encryption: kms({kmsKeyId: 'alias/lake'})},
		'UNKNOWN',
		'',
		'is not read here',
	],
	[
		'replication-key-fits',
		'the source’s key, and S3’s by default',
		{...replicating(rule({usesSourceMultiRegionKey: true})), encryption: ownKeys},
		'UNKNOWN',
		'',
		'is not read',
	],

	['replication-trusted-accounts', 'at home', replicating(rule()), 'PASS', '', 'within this account'],
	['replication-trusted-accounts', 'a trusted one', replicating(rule({destination: foreign('555555555555')})), 'PASS', '', 'is trusted'],
	[
		'replication-trusted-accounts',
		'a stranger',
		replicating(rule({destination: foreign('999988887777')})),
		'FAIL',
		'HIGH',
		'theirs of account 999988887777',
	],
	[
		'replication-trusted-accounts',
		'a stranger, by a rule that is disabled',
		replicating(rule(), rule({isEnabled: false, destination: foreign('999988887777')})),
		'FAIL',
		'HIGH',
		'999988887777',
	],
	[
		'replication-trusted-accounts',
		'nobody says whose',
		replicating(rule({destination: foreign()})),
		'UNKNOWN',
		'',
		'the rule does not say',
	],
	[
		'replication-trusted-accounts',
		'nobody says whose, and nobody is trusted',
		replicating(rule({destination: foreign()})),
		'FAIL',
		'HIGH',
		'no other account is trusted',
		{trustedAccounts: []},
	],
	['replication-trusted-accounts', 'a listing cut short', replicating(rule({destination: unplaced})), 'UNKNOWN', '', 'cut short'],

	['replication-versioned', 'at both ends', replicating(rule()), 'PASS', '', 'at both ends', end({})],
	[
		'replication-versioned',
		'suspended here',
		{...replicating(rule()), versioning: 'Suspended'},
		'FAIL',
		'HIGH',
		'its own versioning is suspended',
		end({}),
	],
	['replication-versioned', 'an empty answer', {...replicating(rule()), versioning: null}, 'UNKNOWN', '', 'no versioning is told', end({})],
	['replication-versioned', 'suspended there', replicating(rule()), 'FAIL', 'HIGH', 'suspended in copy', end({versioning: 'Suspended'})],
	['replication-versioned', 'made anew there without', replicating(rule()), 'FAIL', 'HIGH', 'off in copy', end({versioning: null})],
	['replication-versioned', 'not seen yet', replicating(rule()), 'UNKNOWN', '', 'it has not been read yet'],
	[
		'replication-versioned',
		'refused there',
		replicating(rule()),
		'UNKNOWN',
		'',
		's3:GetBucketVersioning was denied',
		{related: () => ({...bucket({}, {unread: {GetBucketVersioning: refusal}}), configuration: noVersioning})},
	],
	['replication-versioned', 'to another account', replicating(rule({destination: foreign()})), 'PASS', '', 'not judged'],

	['replication-elsewhere', 'to another Region', replicating(rule()), 'PASS', '', 'everything to copy (eu-west-1)'],
	['replication-elsewhere', 'to another account', replicating(rule({destination: foreign()})), 'PASS', '', 'its Region is not told'],
	[
		'replication-elsewhere',
		'next door',
		replicating(rule({destination: {...rule().destination, awsRegion: 'us-east-1'}})),
		'FAIL',
		'LOW',
		'stay in us-east-1',
	],
	['replication-elsewhere', 'a part', replicating(rule({filter: 'logs/'})), 'FAIL', 'INFORMATIONAL', 'a part only: logs/'],
	['replication-elsewhere', 'disabled', replicating(rule({isEnabled: false})), 'FAIL', 'LOW', 'its rule is disabled'],
	['replication-elsewhere', 'a listing cut short', replicating(rule({destination: unplaced})), 'UNKNOWN', '', 'cannot be told'],
	['replication-elsewhere', 'nothing replicated', {}, 'NOT_APPLICABLE', '', 'replicates nothing'],
];

describe('rules on buckets', () => {
	test.each(cases.map(one => [one[0], one[1], one] as const))('%s: %s', (id, _what, [, , facts, verdict, severity, reason, context]) => {
		const answer = ask(id, bucket(facts), context);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|null|\.$/u);
	});

	test.each(bucketRules.map(({id}) => id.replace('s3-bucket-', '')))(
		'%s passes one, fails one, and knows nothing of a bucket unread',
		id => {
			const verdicts = new Set(cases.filter(([of]) => of === id).map(([, , , verdict]) => verdict));
			expect([...verdicts]).toEqual(expect.arrayContaining(['PASS', 'FAIL']));
			expect(ask(id, {...bucket(), configuration: {}})).toMatchObject({verdict: 'UNKNOWN'});
		},
	);
});

// A bucket has one rule of encryption, and whoever writes a part of it removes the rest.
test.each([
	[
		'encrypted-with-kms',
		{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'KEY_ARN'}, BucketKeyEnabled: true},
	],
	['key-enabled', {BucketKeyEnabled: true}],
	['customer-keys-blocked', {BlockedEncryptionTypes: {EncryptionType: ['SSE-C']}}],
])('the way to mend %s keeps what else is set', (id, members) => {
	const remediation = bucketRules.find(one => one.id === `s3-bucket-${id}`)?.remediation;
	const [, merged = ''] = /\.merge\(@,`(.+?)`\)/u.exec(remediation?.cli ?? '') ?? [];
	expect(JSON.parse(merged)).toEqual(members);
	expect(remediation?.cli).toMatch(/^aws s3api get-bucket-encryption .+ \| aws s3api put-bucket-encryption .+ file:\/\/\/dev\/stdin /u);
	for (const member of ['bucket_key_enabled', 'blocked_encryption_types', 'sse_algorithm', 'kms_master_key_id']) {
		expect(remediation?.terraform).toMatch(new RegExp(`${member} += \\S`, 'u'));
	}

	expect(remediation?.text).toContain('replace the whole rule');
});

describe('what a policy denies over plain HTTP', () => {
	const both = {bucketDenied: true, objectsDenied: true, halfDenials: []};
	const neither = {bucketDenied: false, objectsDenied: false};
	test.each([
		['as AWS writes it', [statement()], both],
		['by a boolean, in other letters', [statement({Condition: {bool: {'AWS:securetransport': false}}})], both],
		['…IfExists, and as a string', [statement({Condition: {StringEqualsIfExists: {'aws:SecureTransport': ['false']}}})], both],
		['to any AWS principal', [statement({Principal: {AWS: ['*']}, Action: ['s3:GetObject', '*']})], both],
		['by one pattern for both', [statement({Resource: `${arn}*`})], both],
		['on everything', [statement({Resource: '*'})], both],
		['by two statements', [statement({Resource: arn}), statement({Resource: `${arn}/*`})], both],
		['on the objects alone', [statement({Resource: `${arn}/*`})], {bucketDenied: false, objectsDenied: true}],
		['on the bucket alone', [statement({Resource: arn})], {bucketDenied: true, objectsDenied: false}],
		['on a folder', [statement({Resource: [arn, `${arn}/in/*`]})], {bucketDenied: true, objectsDenied: false}],
		['on a bucket whose name begins alike', [statement({Resource: [`${arn}-2`, `${arn}-2/*`]})], neither],
		[
			'of reading alone',
			[statement({Action: 's3:GetObject', Sid: 'Tls'})],
			{...neither, halfDenials: ['“Tls” denies it for s3:GetObject only']},
		],
		[
			'of all but some',
			[statement({Action: undefined, NotAction: 's3:PutObject'})],
			{...neither, halfDenials: ['statement 1 denies it for some actions only']},
		],
		[
			'to one role',
			[statement({Principal: {AWS: 'arn:aws:iam::1:role/x'}})],
			{...neither, halfDenials: ['statement 1 denies it for some principals only']},
		],
		[
			'to all but one',
			[statement({Principal: undefined, NotPrincipal: {AWS: '1'}})],
			{...neither, halfDenials: ['statement 1 denies it for some principals only']},
		],
		[
			'only from outside',
			[statement({Condition: {Bool: {'aws:SecureTransport': 'false'}, StringNotEquals: {'aws:SourceVpc': 'vpc-1'}}})],
			{...neither, halfDenials: ['statement 1 denies it only where aws:sourcevpc fits too']},
		],
		['of TLS itself', [statement({Condition: {Bool: {'aws:SecureTransport': 'true'}}})], {...neither, halfDenials: []}],
		['by an Allow that asks for TLS', [{...allow('*'), Condition: {Bool: {'aws:SecureTransport': 'true'}}}], neither],
	])('%s', (_what, statements, expected) => {
		expect(readPlainHttp(policy(...statements), arn)).toMatchObject({readable: true, ...expected});
	});

	test.each(['', 'null', '[]', '{}', '{"Statement": "x"}', '{"Statement": [7]}'])('%j is no policy', text => {
		expect(readPlainHttp(text, arn)).toMatchObject({readable: false});
	});

	test('a pattern of many stars takes no time', () => {
		const started = performance.now();
		readPlainHttp(policy(statement({Resource: Array.from({length: 50}, () => `${'*a'.repeat(5000)}b`)})), arn);
		expect(performance.now() - started).toBeLessThan(500);
	});
});

test.each([
	[{Filter: {}}, {filter: null}],
	[{Prefix: ''}, {filter: null}],
	[{Filter: {Prefix: ''}}, {filter: null}],
	[{Prefix: 'old/'}, {filter: 'old/', prefix: 'old/'}],
	[{Filter: {Prefix: 'all but a and b/'}}, {filter: 'all but a and b/', prefix: 'all but a and b/'}],
	[{Filter: {Tag: {Key: 'team', Value: 'shop'}}}, {filter: 'team=shop', tags: ['team=shop']}],
	[{Filter: {And: {Prefix: 'a/', Tags: [{Key: 'b', Value: 'c'}]}}}, {filter: 'a/ and b=c', prefix: 'a/', tags: ['b=c']}],
	[
		{Filter: {Not: {Or: {Prefixes: ['tmp/', 'log/'], Tags: [{Key: 'x', Value: ''}]}}}},
		{filter: 'all but tmp/, log/, x=', exceptions: ['tmp/', 'log/', 'x=']},
	],
	[{Filter: {And: {Prefix: 'a/', Not: {Prefix: 'a/b/'}}}}, {filter: 'a/ but a/b/', prefix: 'a/', exceptions: ['a/b/']}],
])('the filter %j is %j', (told, filter) => {
	expect(filterOf(told)).toStrictEqual(filter);
});
