import {afterEach, describe, expect, test} from 'vitest';
import type {Answer, Refusal, Resource, RuleContext} from '../../source/model/index.js';
import {secretsmanager} from '../../source/services/secretsmanager/index.js';
import {secretRules} from '../../source/services/secretsmanager/rules/index.js';
import type {Secret} from '../../source/services/secretsmanager/rules/secret.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const now = '2026-11-23T12:00:00.000Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();
const refused = (operation: string): Readonly<Record<string, Refusal>> => ({
	[operation]: {status: 'denied', operation, iamAction: `secretsmanager:${operation}`, error: 'AccessDeniedException', message: 'no'},
});
const policy = (principal: unknown, condition?: object): string =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: {
			Sid: 'Read',
			Effect: 'Allow',
			Principal: principal,
			Action: 'secretsmanager:GetSecretValue',
			Resource: '*',
			Condition: condition,
		},
	});

/** A secret in good order: 300 days old, rotated every 30 days and 11 days ago, read yesterday; `facts` say what differs. */
const secret = (facts: Partial<Secret> = {}, over: Partial<Resource<Secret>> = {}): Resource<Secret> => ({
	arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/db/main-AbCdEf',
	resourceType: 'AWS::SecretsManager::Secret',
	resourceId: 'prod/db/main-AbCdEf',
	resourceName: 'prod/db/main',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {
		kmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1111',
		rotationEnabled: true,
		rotationLambdaArn: 'arn:aws:lambda:eu-west-1:123456789012:function:rotate',
		rotatesAfterDays: 30,
		createdAt: inDays(-300),
		lastRotatedAt: inDays(-11),
		lastChangedAt: inDays(-11),
		lastAccessedAt: inDays(-1),
		nextRotationAt: inDays(19),
		policy: null,
		...facts,
	},
	unread: {},
	readAt: {},
	...over,
});

/** Without a member, as an endpoint may answer. */
const lacking = (resource: Resource<Secret>, ...members: ReadonlyArray<keyof Secret>): Resource<Secret> => ({
	...resource,
	configuration: Object.fromEntries(Object.entries(resource.configuration).filter(([name]) => !members.some(member => member === name))),
});
/** Its versions were asked for, and told nothing of note. */
const asked = (resource: Resource<Secret>): Resource<Secret> => ({...resource, readAt: {ListSecretVersionIds: now}});
const unrotated = (facts: Partial<Secret> = {}) =>
	lacking(secret(facts), 'rotationEnabled', 'rotationLambdaArn', 'rotatesAfterDays', 'lastRotatedAt', 'nextRotationAt');
const replica = (facts: Partial<Secret> = {}) => unrotated({primaryRegion: 'us-east-1', ...facts});

const ask = (ruleId: string, resource: Resource<Secret>, more: Partial<RuleContext> = {}): Answer => {
	const rule = secretRules.find(({id}) => id === `secretsmanager-secret-${ruleId}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const watches = (awsRegion: string) => awsRegion !== 'me-south-1';
	const context: RuleContext = {
		now,
		settings: rule.settings ?? {},
		trustedAccounts: ['555555555555'],
		related: () => undefined,
		watches,
		...more,
	};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const cases: ReadonlyArray<readonly [rule: string, what: string, Resource<Secret>, verdict: string, severity: string, reason: string]> = [
	['rotation-enabled', 'on', secret(), 'PASS', '', 'rotates every 30 days'],
	['rotation-enabled', 'on by the hour', secret({schedule: 'rate(8 hours)', rotatesAfterDays: 1}), 'PASS', '', 'rotates every 8 hours'],
	[
		'rotation-enabled',
		'on by the clock',
		lacking(secret({schedule: 'cron(0 8 ? * MON *)'}), 'rotatesAfterDays'),
		'PASS',
		'',
		'by cron(0 8 ? * MON *)',
	],
	['rotation-enabled', 'never set up', unrotated(), 'FAIL', 'MEDIUM', 'never set up'],
	['rotation-enabled', 'turned off', secret({rotationEnabled: false}), 'FAIL', 'MEDIUM', 'was turned off, it was every 30 days'],
	['rotation-enabled', 'the database service’s', unrotated({owningService: 'rds'}), 'NOT_APPLICABLE', '', 'rds made it and looks after it'],
	[
		'rotation-enabled',
		'rotated with a partner',
		secret({partnerType: 'SnowflakeKeyPairAuthentication'}),
		'PASS',
		'',
		'rotates every 30 days, with the partner that holds it',
	],
	['rotation-enabled', 'a partner’s, but off', unrotated({partnerType: 'SalesforceClientSecret'}), 'FAIL', 'MEDIUM', 'never set up'],
	['rotation-enabled', 'a replica', replica(), 'NOT_APPLICABLE', '', 'judged in us-east-1'],
	['rotation-enabled', 'a replica of a Region unseen', replica({primaryRegion: 'me-south-1'}), 'UNKNOWN', '', 'me-south-1'],
	['rotation-enabled', 'marked for deletion', unrotated({deletedAt: inDays(5)}), 'NOT_APPLICABLE', '', 'marked for deletion'],

	['rotation-on-schedule', 'in time', secret(), 'PASS', '', 'last success 11 days ago, next within 19 days'],
	[
		'rotation-on-schedule',
		'late',
		secret({nextRotationAt: inDays(-12.2), lastRotatedAt: inDays(-42)}),
		'FAIL',
		'HIGH',
		'rotation 12 days late, last success 42 days ago',
	],
	['rotation-on-schedule', 'late by minutes', secret({nextRotationAt: inDays(-0.02)}), 'PASS', '', ''],
	[
		'rotation-on-schedule',
		'late, never succeeded',
		lacking(secret({nextRotationAt: inDays(-3)}), 'lastRotatedAt'),
		'FAIL',
		'HIGH',
		'it never succeeded',
	],
	['rotation-on-schedule', 'not begun, not due', lacking(secret(), 'lastRotatedAt'), 'PASS', '', 'first rotation within 19 days'],
	[
		'rotation-on-schedule',
		'half done for days',
		secret({pendingVersionId: 'v2', lastChangedAt: inDays(-3)}),
		'FAIL',
		'HIGH',
		'rotation stuck for at least 3 days, last success 11 days ago',
	],
	['rotation-on-schedule', 'half done for minutes', secret({pendingVersionId: 'v2', lastChangedAt: inDays(-0.01)}), 'PASS', '', ''],
	[
		'rotation-on-schedule',
		'half done for days, though something else was changed since',
		secret({pendingVersionId: 'v2', pendingVersionAt: inDays(-3), lastChangedAt: inDays(-0.01)}),
		'FAIL',
		'HIGH',
		'rotation stuck for 3 days, last success 11 days ago',
	],
	[
		'rotation-on-schedule',
		'half done, and nobody may say since when',
		secret({pendingVersionId: 'v2', lastChangedAt: inDays(-0.5)}, {unread: refused('ListSecretVersionIds')}),
		'UNKNOWN',
		'',
		'secretsmanager:ListSecretVersionIds',
	],
	[
		'rotation-on-schedule',
		'managed, and late all the same',
		lacking(secret({owningService: 'rds', nextRotationAt: inDays(-2)}), 'rotationLambdaArn'),
		'FAIL',
		'HIGH',
		'2 days late',
	],
	[
		'rotation-on-schedule',
		'next not told, overdue by its period',
		lacking(secret({lastRotatedAt: inDays(-40)}), 'nextRotationAt'),
		'FAIL',
		'HIGH',
		'9 days late',
	],
	[
		'rotation-on-schedule',
		'next not told, in its period',
		lacking(secret(), 'nextRotationAt'),
		'PASS',
		'',
		'rotates every 30 days, last success 11 days ago',
	],
	['rotation-on-schedule', 'neither told', lacking(secret(), 'nextRotationAt', 'rotatesAfterDays'), 'UNKNOWN', '', 'when it is due'],
	['rotation-on-schedule', 'off', unrotated(), 'NOT_APPLICABLE', '', 'rotation is off'],

	['rotated-recently', 'lately', secret(), 'PASS', '', 'rotated 11 days ago'],
	['rotated-recently', 'new, never', unrotated({createdAt: inDays(-3)}), 'PASS', '', 'made 3 days ago'],
	['rotated-recently', 'on the day', secret({lastRotatedAt: inDays(-90)}), 'PASS', '', ''],
	['rotated-recently', 'after it', asked(secret({lastRotatedAt: inDays(-90.1)})), 'FAIL', 'MEDIUM', 'last rotated 90 days ago'],
	['rotated-recently', 'never, old', asked(unrotated({createdAt: inDays(-511)})), 'FAIL', 'HIGH', 'never rotated, made 511 days ago'],
	[
		'rotated-recently',
		'by a rare schedule',
		asked(secret({lastRotatedAt: inDays(-94), rotatesAfterDays: 180})),
		'FAIL',
		'MEDIUM',
		'last rotated 94 days ago, by a schedule of 180 days',
	],
	['rotated-recently', 'the service’s', unrotated({owningService: 'appflow'}), 'NOT_APPLICABLE', '', 'appflow'],
	[
		'rotated-recently',
		'by hand, lately',
		unrotated({createdAt: inDays(-511), currentVersionAt: inDays(-12)}),
		'PASS',
		'',
		'replaced by hand 12 days ago',
	],
	[
		'rotated-recently',
		'by hand, long ago',
		unrotated({createdAt: inDays(-511), currentVersionAt: inDays(-120)}),
		'FAIL',
		'MEDIUM',
		'replaced by hand 120 days ago, and not since',
	],
	[
		'rotated-recently',
		'long ago, and nobody may say whether by hand since',
		secret({lastRotatedAt: inDays(-120)}, {unread: refused('ListSecretVersionIds')}),
		'UNKNOWN',
		'',
		'not rotated for 120 days; whether it was replaced by hand could not be read: secretsmanager:ListSecretVersionIds',
	],
	[
		'rotated-recently',
		'lately, whatever its versions',
		secret({}, {unread: refused('ListSecretVersionIds')}),
		'PASS',
		'',
		'rotated 11 days ago',
	],
	[
		'rotated-recently',
		'its version is that of its rotation',
		secret({lastRotatedAt: inDays(-100), currentVersionAt: inDays(-100.001)}),
		'FAIL',
		'MEDIUM',
		'last rotated 100 days ago',
	],
	[
		'rotated-recently',
		'never, old, and not changed since',
		unrotated({createdAt: inDays(-511), lastChangedAt: inDays(-511)}),
		'FAIL',
		'HIGH',
		'never rotated, made 511 days ago',
	],
	[
		'rotated-recently',
		'long ago, changed lately, and nobody has asked how',
		secret({lastRotatedAt: inDays(-120)}),
		'UNKNOWN',
		'',
		'not rotated for 120 days, but changed 11 days ago: whether a value was put then has not been asked',
	],
	[
		'rotated-recently',
		'long ago, and when it was changed was not told',
		lacking(secret({lastRotatedAt: inDays(-120)}), 'lastChangedAt'),
		'UNKNOWN',
		'',
		'did not tell when it was changed',
	],
	['rotated-recently', 'not told', lacking(unrotated(), 'createdAt'), 'UNKNOWN', '', 'did not tell'],

	['used', 'yesterday', secret(), 'PASS', '', 'read yesterday'],
	['used', 'today, which is all that AWS tells', secret({lastAccessedAt: '2026-11-23T00:00:00.000Z'}), 'PASS', '', 'read today'],
	['used', 'long ago', secret({lastAccessedAt: inDays(-204)}), 'FAIL', 'LOW', 'last read 204 days ago; it costs 0.40 USD a month'],
	['used', 'never, old', lacking(secret(), 'lastAccessedAt'), 'FAIL', 'LOW', 'never read, made 300 days ago; it costs 0.40 USD a month'],
	['used', 'never, new', lacking(secret({createdAt: inDays(-3)}), 'lastAccessedAt'), 'PASS', '', 'not read yet'],
	[
		'used',
		'in a replica’s Region only',
		lacking(
			secret({primaryRegion: 'eu-west-1', replicas: [{awsRegion: 'us-east-1', status: 'InSync', lastAccessedAt: inDays(-4)}]}),
			'lastAccessedAt',
		),
		'PASS',
		'',
		'read 4 days ago',
	],
	[
		'used',
		'nobody knows of its replicas',
		secret({lastAccessedAt: inDays(-100), primaryRegion: 'eu-west-1'}, {unread: refused('DescribeSecret')}),
		'UNKNOWN',
		'',
		'secretsmanager:DescribeSecret',
	],
	['used', 'a replica', lacking(replica(), 'lastAccessedAt'), 'NOT_APPLICABLE', '', 'kept in case us-east-1 fails'],
	['used', 'the service’s', lacking(secret({owningService: 'rds'}), 'lastAccessedAt'), 'NOT_APPLICABLE', '', 'rds'],

	['customer-key', 'own', secret(), 'PASS', '', 'encrypted with 1111'],
	['customer-key', 'default by absence', lacking(secret(), 'kmsKeyId'), 'FAIL', 'LOW', 'aws/secretsmanager'],
	['customer-key', 'default by name', secret({kmsKeyId: 'alias/aws/secretsmanager'}), 'FAIL', 'LOW', 'aws/secretsmanager'],
	['customer-key', 'the service’s', lacking(secret({owningService: 'rds'}), 'kmsKeyId'), 'NOT_APPLICABLE', '', 'rds chose'],

	['customer-key', 'a replica', replica({kmsKeyId: 'alias/aws/secretsmanager'}), 'NOT_APPLICABLE', '', 'its key is chosen in us-east-1'],
	[
		'customer-key',
		'own, and its replicas’ too',
		secret({
			primaryRegion: 'eu-west-1',
			replicas: [
				{awsRegion: 'us-east-1', status: 'InSync', kmsKeyId: 'alias/app'},
				{awsRegion: 'us-west-2', status: 'Failed'},
			],
		}),
		'PASS',
		'',
		'encrypted with 1111',
	],
	[
		'customer-key',
		'own, and a replica’s default',
		secret({primaryRegion: 'eu-west-1', replicas: [{awsRegion: 'us-east-1', status: 'InSync', kmsKeyId: 'alias/aws/secretsmanager'}]}),
		'FAIL',
		'LOW',
		'encrypted with 1111, but its replica in us-east-1 with aws/secretsmanager',
	],
	[
		'customer-key',
		'own, and nobody knows of its replicas',
		secret({primaryRegion: 'eu-west-1'}, {unread: refused('DescribeSecret')}),
		'UNKNOWN',
		'',
		'whether its replicas have such a key could not be read: secretsmanager:DescribeSecret',
	],
	['replicas-in-sync', 'none', secret(), 'NOT_APPLICABLE', '', 'has no replicas'],
	[
		'replicas-in-sync',
		'in step',
		secret({primaryRegion: 'eu-west-1', replicas: [{awsRegion: 'us-east-1', status: 'InSync'}]}),
		'PASS',
		'',
		'in step in us-east-1',
	],
	[
		'replicas-in-sync',
		'failed',
		secret({
			primaryRegion: 'eu-west-1',
			replicas: [{awsRegion: 'us-east-1', status: 'Failed', statusMessage: 'Replication failed: name exists'}],
		}),
		'FAIL',
		'HIGH',
		'replica in us-east-1 failed: name exists',
	],
	[
		'replicas-in-sync',
		'slow',
		secret({primaryRegion: 'eu-west-1', lastChangedAt: inDays(-0.2), replicas: [{awsRegion: 'us-east-1', status: 'InProgress'}]}),
		'FAIL',
		'MEDIUM',
		'in progress for 4 hours',
	],
	[
		'replicas-in-sync',
		'being made',
		secret({primaryRegion: 'eu-west-1', lastChangedAt: inDays(-0.01), replicas: [{awsRegion: 'us-east-1', status: 'InProgress'}]}),
		'PASS',
		'',
		'being made',
	],
	[
		'replicas-in-sync',
		'a status of tomorrow',
		secret({primaryRegion: 'eu-west-1', replicas: [{awsRegion: 'us-east-1', status: 'Paused'}]}),
		'UNKNOWN',
		'',
		'Paused',
	],
	['replicas-in-sync', 'a replica', replica(), 'NOT_APPLICABLE', '', 'AWS tells of replication in us-east-1'],

	['not-marked-for-deletion', 'kept', secret(), 'PASS', '', ''],
	[
		'not-marked-for-deletion',
		'still read',
		secret({deletedAt: inDays(4.3), lastAccessedAt: inDays(-2)}),
		'FAIL',
		'HIGH',
		'deleted for good in 4 days, though it was read 2 days ago',
	],
	[
		'not-marked-for-deletion',
		'long unread',
		secret({deletedAt: inDays(21), lastAccessedAt: inDays(-140)}),
		'FAIL',
		'LOW',
		'last read 140 days ago',
	],
	[
		'not-marked-for-deletion',
		'dated by its mark',
		secret({deletedAt: inDays(-3), lastAccessedAt: inDays(-140)}),
		'FAIL',
		'LOW',
		'marked for deletion 3 days ago, to be restored within 30 days at most',
	],
	['not-marked-for-deletion', 'the service’s', secret({deletedAt: inDays(3), owningService: 'rds'}), 'NOT_APPLICABLE', '', 'rds'],

	['policy-not-public', 'none', secret(), 'PASS', '', 'has no resource policy'],
	[
		'policy-not-public',
		'this account',
		secret({policy: policy({AWS: 'arn:aws:iam::123456789012:role/app'})}),
		'PASS',
		'',
		'not open to everyone',
	],
	[
		'policy-not-public',
		'anyone',
		secret({policy: policy('*')}),
		'FAIL',
		'CRITICAL',
		'open to any AWS account: “Read” allows secretsmanager:GetSecretValue',
	],
	[
		'policy-not-public',
		'anyone, by encrypted means',
		secret({policy: policy({AWS: '*'}, {Bool: {'aws:SecureTransport': 'true'}})}),
		'FAIL',
		'CRITICAL',
		'(its condition on aws:SecureTransport does not say who)',
	],
	[
		'policy-not-public',
		'anyone of this account',
		secret({policy: policy('*', {StringEquals: {'aws:PrincipalAccount': '123456789012'}})}),
		'PASS',
		'',
		'',
	],
	[
		'policy-not-public',
		'anyone who meets a condition of tomorrow',
		secret({policy: policy('*', {StringEquals: {'aws:PrincipalPlanet': 'earth'}})}),
		'UNKNOWN',
		'',
		'a condition on aws:PrincipalPlanet, which this version cannot judge',
	],
	['policy-not-public', 'no policy but a text', secret({policy: 'x'}), 'UNKNOWN', '', 'not JSON'],
	['policy-not-public', 'a replica of a Region unseen', replica({primaryRegion: 'me-south-1'}), 'UNKNOWN', '', 'me-south-1'],
	['policy-not-public', 'not read', lacking(secret(), 'policy'), 'UNKNOWN', '', 'has not been read'],

	['policy-trusted-accounts', 'none', secret(), 'PASS', '', ''],
	[
		'policy-trusted-accounts',
		'a trusted one',
		secret({policy: policy({AWS: '555555555555'})}),
		'PASS',
		'',
		'lets in trusted account 555555555555 only',
	],
	[
		'policy-trusted-accounts',
		'a stranger',
		secret({policy: policy({AWS: ['555555555555', 'arn:aws:iam::998877665544:root']})}),
		'FAIL',
		'MEDIUM',
		'lets in account 998877665544: “Read” allows secretsmanager:GetSecretValue',
	],
	[
		'policy-trusted-accounts',
		'an organization',
		secret({policy: policy('*', {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}})}),
		'UNKNOWN',
		'',
		'lets in every account of organization o-a1b2c3d4e5',
	],
	['policy-trusted-accounts', 'anyone: another rule says so', secret({policy: policy('*')}), 'NOT_APPLICABLE', '', 'public policies'],
	['policy-trusted-accounts', 'not read', lacking(secret(), 'policy'), 'UNKNOWN', '', 'has not been read'],
];

/** Of these absence is an answer, so that a secret that is listed at all can always be told of. */
const alwaysTold = ['customer-key', 'not-marked-for-deletion'];

describe('rules on secrets', () => {
	test.each(cases)('%s: %s', (rule, _, resource, verdict, severity, reason) => {
		const answer = ask(rule, resource);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});

	test.each(secretRules.map(({id}) => id.replace('secretsmanager-secret-', '')))(
		'%s has a case that passes, one that fails and one that nobody can tell',
		id => {
			const verdicts = new Set(cases.filter(([rule]) => rule === id).map(([, , , verdict]) => verdict));
			expect([...verdicts]).toEqual(expect.arrayContaining(['PASS', 'FAIL', ...(alwaysTold.includes(id) ? [] : ['UNKNOWN'])]));
		},
	);

	test('a value put by hand that nobody has asked for is no failure, whatever age is allowed', () => {
		const put = (madeDays: number, changedDays: number) => unrotated({createdAt: inDays(-madeDays), lastChangedAt: inDays(-changedDays)});
		expect(ask('rotated-recently', put(61, 5), {settings: {maximumDays: 30}})).toMatchObject({verdict: 'UNKNOWN'});
		expect(ask('rotated-recently', put(61, 45), {settings: {maximumDays: 30}})).toMatchObject({verdict: 'FAIL'});
		expect(ask('rotated-recently', put(200, 120), {settings: {maximumDays: 180}})).toMatchObject({verdict: 'UNKNOWN'});
	});

	test('thresholds are the configuration’s', () => {
		expect(ask('rotated-recently', secret(), {settings: {maximumDays: 7}})).toMatchObject({verdict: 'FAIL'});
		expect(ask('used', secret({lastAccessedAt: inDays(-100)}), {settings: {maximumDays: 180}})).toMatchObject({verdict: 'PASS'});
	});
});

describe('what a secret costs and when it ends', () => {
	const kind = secretsmanager.kinds[0];
	test.each([
		['a rotation is due', secret(), [{what: 'rotation due', at: inDays(19)}], 0.4],
		['a deletion comes first', secret({deletedAt: inDays(5)}), [{what: 'secret (deletion)', at: inDays(5)}], 0],
		['nothing is due where rotation is off', unrotated(), [], 0.4],
		['a replica is charged for, and rotated by its primary', replica({nextRotationAt: inDays(3)}), [], 0.4],
	] as const)('%s', (_, resource, expirations, usd) => {
		expect(kind?.expirations?.(resource)).toEqual(expirations);
		expect(kind?.usdPerMonth?.(resource)).toBe(usd);
	});
});

describe('collecting secrets', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	// The one kind has one configuration.
	const secrets = (resources: readonly Resource[]) => resources as ReadonlyArray<Resource<Secret>>;
	const operations = () => watch.endpoint.calls.all.map(({operation}) => operation);
	const named = (from: readonly Resource[], name: string) => secrets(from).find(({resourceName}) => resourceName === name);

	test('all are listed, those marked for deletion too, and no value is ever asked for', async () => {
		watch = await watchScenario('typical');
		const {resources, complete, watermark, startedAt} = await watch.collect(secretsmanager, 'us-east-1');
		expect(resources).toHaveLength(43);
		expect(complete).toEqual(['AWS::SecretsManager::Secret']);
		expect(watermark).toBe(startedAt);
		expect(named(resources, 'prod/payments/old-gateway')?.configuration.deletedAt).toBeDefined();
		expect(new Set(operations())).toEqual(new Set(['ListSecrets', 'DescribeSecret', 'GetResourcePolicy', 'ListSecretVersionIds']));
	});

	test('replication is read of primaries alone, and policies of nothing that is deleted or a replica', async () => {
		watch = await watchScenario('typical');
		const {resources, outcome} = await watch.collect(secretsmanager, 'eu-west-1');
		expect(outcome.status).toBe('ok');
		const replicas = secrets(resources).filter(({configuration}) => configuration.primaryRegion !== undefined);
		expect(replicas).toHaveLength(4);
		expect(watch.endpoint.calls.count({operation: 'DescribeSecret'})).toBe(0);
		expect(watch.endpoint.calls.count({operation: 'GetResourcePolicy'})).toBe(resources.length - 4);
		const main = named((await watch.collect(secretsmanager, 'us-east-1')).resources, 'prod/db/main');
		expect(main?.configuration.replicas).toMatchObject([{awsRegion: 'eu-west-1', status: 'InSync'}]);
		expect(main?.configuration.pendingVersionId).toBeDefined();
		expect(main?.tags).toEqual({team: 'shop'});
	});

	test('a delta asks one page and brings what changed', async () => {
		watch = await watchScenario('typical');
		const full = await watch.collect(secretsmanager, 'us-east-1');
		watch.endpoint.calls.clear();
		const quiet = await watch.collect(secretsmanager, 'us-east-1', {tier: 'delta', watermark: full.watermark ?? ''});
		expect(operations()).toEqual(['ListSecrets']);
		expect(quiet).toMatchObject({resources: [], complete: []});

		watch.endpoint.timeline.advance(50);
		const busy = await watch.collect(secretsmanager, 'us-east-1', {tier: 'delta', watermark: quiet.watermark ?? ''});
		expect(busy.resources.map(({resourceName}) => resourceName)).toEqual(['prod/db/main']);
		const [entry] = judgeAll(secretsmanager, busy.resources, watch.now());
		expect(entry?.judgements).toEqual(
			expect.arrayContaining([expect.objectContaining({ruleId: 'secretsmanager-secret-rotation-on-schedule', verdict: 'PASS'})]),
		);
	});

	test('a policy that was just changed is read anew, long before its answer grows old', async () => {
		watch = await watchScenario('typical');
		const full = await watch.collect(secretsmanager, 'us-east-1');
		expect(named(full.resources, 'prod/partners/webhook')?.configuration.policy).toContain('"*"');
		watch.endpoint.timeline.advance(110);
		const {resources} = await watch.collect(secretsmanager, 'us-east-1', {tier: 'delta', watermark: full.watermark ?? ''});
		expect(named(resources, 'prod/partners/webhook')?.configuration.policy).toContain('role/webhook');
	});

	test('versions are dated only where a rotation is under way, or a value may have been put by hand', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(secretsmanager, 'us-east-1');
		const dated = secrets(resources).filter(({configuration}) => configuration.currentVersionAt !== undefined);
		expect(dated.map(({resourceName}) => resourceName).sort()).toEqual(['prod/db/main', 'prod/search/admin', 'prod/twilio']);
		expect(named(resources, 'prod/orders/bridge')?.unread['ListSecretVersionIds']).toMatchObject({status: 'denied'});
		expect(watch.endpoint.calls.count({operation: 'ListSecretVersionIds'})).toBe(4);
		const {judgements} =
			judgeAll(secretsmanager, resources, watch.now()).find(({resource}) => resource.resourceName === 'prod/twilio') ?? {};
		expect(judgements).toContainEqual(
			expect.objectContaining({ruleId: 'secretsmanager-secret-rotated-recently', verdict: 'PASS', reason: 'replaced by hand 12 days ago'}),
		);
	});

	test('policies are pending at first, and a full refresh asks for none of them again', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const first = await watch.collect(secretsmanager, 'eu-south-1');
		expect(named(first.resources, 'prod/it/pos')?.unread['GetResourcePolicy']).toMatchObject({status: 'pending'});
		await expect
			.poll(async () => named((await watch.collect(secretsmanager, 'eu-south-1')).resources, 'prod/it/pos')?.configuration.policy)
			.toBe(null);
		watch.endpoint.calls.clear();
		await watch.collect(secretsmanager, 'eu-south-1');
		expect(operations()).toEqual(['ListSecrets']);
	});

	test('five thousand secrets take a call a hundred', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {resources, outcome} = await watch.collect(secretsmanager, 'ap-southeast-2');
		expect(outcome.status).toBe('ok');
		expect(resources).toHaveLength(800);
		expect(watch.endpoint.calls.count({operation: 'ListSecrets'})).toBe(8);
	});

	test.each([
		['denied', {kind: 'deny'}, 'denied'],
		['answered by something else', {kind: 'html'}, 'failed'],
		['empty-handed', {kind: 'empty-object'}, 'failed'],
		['of wrong types', {kind: 'wrong-types'}, 'failed'],
		['endless', {kind: 'cycle-token'}, 'partial'],
	] as const)('a listing that is %s makes nothing complete', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'secretsmanager', operation: 'ListSecrets', effect});
		const {outcome, complete, watermark} = await watch.collect(secretsmanager, 'us-east-1');
		expect(outcome.status).toBe(status);
		expect(complete).toEqual([]);
		expect(watermark).toBeUndefined();
	});

	test.each(['DescribeSecret', 'GetResourcePolicy', 'ListSecretVersionIds'])(
		'where %s is denied its facts are unknown, and nothing else changes',
		async operation => {
			watch = await watchScenario('typical');
			// The hours that pass are to empty the cache, not to make anything late.
			const judgedAt = watch.now();
			const judged = async () => {
				const {resources} = await watch.collect(secretsmanager, 'us-east-1');
				return judgeAll(secretsmanager, resources, judgedAt).flatMap(({resource, judgements}) =>
					judgements.map(({ruleId, verdict}) => [`${resource.resourceName} ${ruleId}`, verdict] as const),
				);
			};
			const before = new Map(await judged());
			watch.pass(24 * 60 * 60_000);
			watch.endpoint.faults.add({service: 'secretsmanager', operation, effect: {kind: 'deny'}});
			for (const [question, verdict] of await judged()) {
				if (verdict !== before.get(question)) {
					expect([question, verdict]).toEqual([question, 'UNKNOWN']);
				}
			}
		},
	);

	test('every rule has a secret that passes, one that fails and one that nobody can tell of in the typical account', async () => {
		watch = await watchScenario('typical');
		const watched = new Set(watch.regions);
		const seen = new Map<string, Set<string>>();
		let total = 0;
		for (const region of ['us-east-1', 'eu-west-1', 'eu-south-1']) {
			const {resources} = await watch.collect(secretsmanager, region);
			total += resources.length;
			const entries = judgeAll(secretsmanager, resources, watch.now(), {watches: awsRegion => watched.has(awsRegion)});
			for (const {ruleId, verdict} of entries.flatMap(({judgements}) => judgements)) {
				seen.set(ruleId, (seen.get(ruleId) ?? new Set()).add(verdict));
			}
		}

		expect(total).toBe(63);
		for (const {id} of secretRules) {
			const told = alwaysTold.some(name => id.endsWith(name));
			expect([id, [...(seen.get(id) ?? [])]]).toEqual([id, expect.arrayContaining(['FAIL', 'PASS', ...(told ? [] : ['UNKNOWN'])])]);
		}
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		for (const region of ['us-east-1', 'eu-west-1']) {
			const {resources} = await watch.collect(secretsmanager, region);
			const judgements = judgeAll(secretsmanager, resources, watch.now()).flatMap(entry => entry.judgements);
			expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		}
	});

	test('hostile descriptions, tags and policies cost no secret', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(secretsmanager, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(resources).toHaveLength(13);
		const judgements = judgeAll(secretsmanager, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.every(({reason}) => reason.length < 4096 && !reason.includes('the rule failed'))).toBe(true);
	});
});
