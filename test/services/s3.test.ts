import {afterEach, describe, expect, test} from 'vitest';
import {s3 as mock} from '../../mocks/services/s3.js';
import type {S3State} from '../../mocks/services/s3-state.js';
import {type S3ControlState, s3control as s3controlMock} from '../../mocks/services/s3control.js';
import {namesAllItAllows, type Resource} from '../../source/model/index.js';
import {s3} from '../../source/services/s3/index.js';
import type {Bucket} from '../../source/services/s3/rules/bucket.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const hourMs = 60 * 60_000;

describe('collecting buckets', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const collect = () => watch.collect(s3, 'us-east-1');
	// The one kind has one configuration.
	const named = (from: readonly Resource[], name: string) =>
		(from as ReadonlyArray<Resource<Bucket>>).find(({resourceName}) => resourceName === name);
	const verdicts = (from: readonly Resource[]) =>
		new Map(
			judgeAll(s3, from, watch.now()).flatMap(({resource, judgements}) =>
				judgements.map(({ruleId, verdict}) => [`${resource.resourceName} ${ruleId.replace('s3-bucket-', '')}`, verdict] as const),
			),
		);

	test('one listing, and each bucket asked six questions at most, in its own Region', async () => {
		watch = await watchScenario('typical');
		const {resources, complete, outcome} = await collect();
		expect(outcome.status).toBe('partial');
		expect(complete).toEqual(['AWS::S3::Bucket']);
		expect(resources).toHaveLength(23);
		const {calls} = watch.endpoint;
		expect(calls.count({operation: 'ListBuckets'})).toBe(1);
		// Nobody watches Tokyo: its bucket is read there all the same.
		expect(calls.count({awsRegion: 'ap-northeast-1'})).toBe(5);
		expect(named(resources, 'acme-tokyo-drafts')).toMatchObject({awsRegion: 'ap-northeast-1', unread: {}});
		// A bucket without a policy has no policy status, and one whose policy names all that it lets in is not public.
		expect(calls.count({awsRegion: 'ap-southeast-2'})).toBe(5);
		const {buckets} = watch.endpoint.world.state<S3State>(mock, 'us-east-1');
		const open = buckets.filter(({policy}) => policy !== undefined && !namesAllItAllows(policy));
		expect(open.map(({name}) => name)).toEqual(expect.arrayContaining(['acme-exports', 'acme-eu-session-archive']));
		// Where the policy could not be read, in a Region that is not the bucket's for one, it is asked all the same.
		const untold = buckets.filter(({refused, listedIn}) => refused['GetBucketPolicy'] !== undefined || typeof listedIn === 'string');
		expect(calls.count({operation: 'GetBucketPolicyStatus'})).toBe(new Set([...open, ...untold]).size);
		expect(buckets.filter(({policyIsPublic}) => policyIsPublic).every(bucket => open.includes(bucket))).toBe(true);
		expect(named(resources, 'acme-au-pilot')?.configuration).toMatchObject({policy: null, isPolicyPublic: null, publicAccessBlock: null});
		expect(calls.total).toBeLessThanOrEqual(1 + 6 * 23);
	});

	test('the account’s own block is asked once, and only where a bucket is open but for that', async () => {
		watch = await watchScenario('healthy');
		const {buckets} = watch.endpoint.world.state<S3State>(mock, 'us-east-1');
		const open = (bucket: (typeof buckets)[number]) =>
			Object.assign(bucket, {
				policy: JSON.stringify({Statement: [{Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*'}]}),
				policyIsPublic: true,
				publicAccessBlock: undefined,
			});
		const asked = () => watch.endpoint.calls.all.filter(({iamAction}) => iamAction === 's3:GetAccountPublicAccessBlock');
		await collect();
		expect(asked()).toEqual([]);
		const [first, second] = buckets;
		if (first === undefined || second === undefined) throw new Error('There are not two buckets');
		open(first);
		open(second);
		watch.pass(2 * hourMs);
		const account = watch.endpoint.world.state<S3ControlState>(s3controlMock, 'us-east-1');
		account.publicAccessBlock = undefined;
		const of = async () => (await collect()).resources;
		expect(named(await of(), first.name)?.configuration.doesAccountRestrict).toBe(false);
		expect(asked()).toHaveLength(1);
		account.publicAccessBlock = {BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true};
		expect(named(await of(), second.name)?.configuration.doesAccountRestrict).toBe(true);
		watch.endpoint.faults.add({service: 's3control', effect: {kind: 'deny'}});
		const denied = await of();
		expect(named(denied, first.name)?.configuration).not.toHaveProperty('doesAccountRestrict');
		expect(Object.keys(named(denied, first.name)?.unread ?? {})).toEqual(['GetAccountPublicAccessBlock']);
		expect(verdicts(denied).get(`${first.name} not-public`)).toBe('UNKNOWN');
	});

	test('what opens a bucket is asked at each refresh, and the rest once an hour', async () => {
		watch = await watchScenario('healthy');
		await collect();
		watch.endpoint.calls.clear();
		watch.pass(20 * 60_000);
		const {resources} = await collect();
		expect(new Set(watch.endpoint.calls.all.map(({operation}) => operation))).toEqual(
			new Set(['ListBuckets', 'GetPublicAccessBlock', 'GetBucketPolicy']),
		);
		expect(Object.keys(resources[0]?.readAt ?? {}).sort()).toEqual(['GetBucketEncryption', 'GetBucketReplication', 'GetBucketVersioning']);
		watch.pass(2 * hourMs);
		await collect();
		expect(watch.endpoint.calls.count({operation: 'GetBucketEncryption'})).toBe(4);
	});

	test('a destination is placed by the listing, and strange where the listing has it not', async () => {
		watch = await watchScenario('typical');
		const {resources} = await collect();
		expect(named(resources, 'acme-data-lake')?.configuration.replication).toMatchObject({
			roleArn: 'arn:aws:iam::123456789012:role/s3-replication',
			rules: [{destination: {bucketName: 'acme-data-lake-eu', isOwn: true, awsRegion: 'eu-west-1'}, replicatesKmsObjects: true}],
		});
		expect(named(resources, 'acme-eu-ledger')?.configuration.replication?.rules[0]?.destination).toEqual({
			bucketArn: 'arn:aws:s3:::jdoe-ledger-mirror',
			bucketName: 'jdoe-ledger-mirror',
			isOwn: false,
		});
	});

	test('what a rule is for is kept beside its words', async () => {
		watch = await watchScenario('typical');
		const {resources} = await collect();
		const rulesOf = (name: string) => named(resources, name)?.configuration.replication?.rules ?? [];
		expect(rulesOf('acme-new-lake')).toMatchObject([
			{filter: 'curated/', prefix: 'curated/'},
			{filter: 'raw/', prefix: 'raw/'},
		]);
		const [whole] = rulesOf('acme-data-lake');
		expect(whole?.filter).toBeNull();
		for (const absent of ['prefix', 'tags', 'exceptions']) {
			expect(whole).not.toHaveProperty(absent);
		}
	});

	test('a listing that was cut short makes nothing gone, and no destination strange', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 's3', operation: 'ListBuckets', effect: {kind: 'cycle-token'}});
		const {resources, complete, outcome} = await collect();
		expect(outcome.status).toBe('partial');
		expect(complete).toEqual([]);
		expect(named(resources, 'acme-eu-ledger')?.configuration.replication?.rules[0]?.destination).not.toHaveProperty('isOwn');
		expect(verdicts(resources).get('acme-eu-ledger replication-trusted-accounts')).toBe('UNKNOWN');
	});

	test('a bucket that has moved, or whose policy keeps readers out, is listed and unknown', async () => {
		watch = await watchScenario('typical');
		const {resources} = await collect();
		expect(named(resources, 'acme-moved-reports')?.unread['GetBucketEncryption']).toMatchObject({
			status: 'failed',
			error: 'PermanentRedirect',
		});
		expect(named(resources, 'acme-vault')?.unread['GetBucketPolicy']).toMatchObject({status: 'denied', explicitDeny: true});
		for (const name of ['acme-moved-reports', 'acme-vault', 'acme-it-fatture']) {
			expect([...verdicts(resources)].filter(([key, verdict]) => key.startsWith(`${name} `) && verdict !== 'UNKNOWN')).toEqual([]);
		}
	});

	test('a bucket whose Region is not told, or is none, is asked of nowhere and wholly unread', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await collect();
		expect(outcome.refusals).toMatchObject([{operation: 'ListBuckets', message: 'The answer lacks BucketRegion', count: 2}]);
		expect(new Set(watch.endpoint.calls.all.map(({awsRegion}) => awsRegion))).toEqual(new Set(['us-east-1']));
		const unplaced = named(resources, 'unplaced');
		expect(unplaced).toMatchObject({awsRegion: 'global', configuration: {createdAt: expect.any(String)}});
		expect(unplaced?.configuration).not.toHaveProperty('encryption');
		const told = judgeAll(s3, resources, watch.now()).filter(({resource}) => resource.awsRegion === 'global');
		expect(told).toHaveLength(2);
		for (const {reason, verdict} of told.flatMap(({judgements}) => judgements)) {
			expect([verdict, reason]).toEqual([
				'UNKNOWN',
				expect.stringContaining('s3:ListAllMyBuckets failed: UnexpectedAnswer: The answer lacks BucketRegion'),
			]);
		}
	});

	test('a Region that the account has turned off costs its own buckets alone', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 's3', awsRegion: 'eu-west-1', effect: {kind: 'region-not-enabled'}});
		const {resources, complete, outcome} = await collect();
		expect(outcome.status).toBe('partial');
		expect(complete).toEqual(['AWS::S3::Bucket']);
		expect(named(resources, 'acme-eu-media')?.unread['GetBucketPolicy']).toMatchObject({status: 'not-available'});
		expect(named(resources, 'acme-data-lake')?.unread).toEqual({});
	});

	test('an account without buckets has none', async () => {
		watch = await watchScenario('healthy');
		watch.endpoint.world.state({id: 's3', empty: () => ({buckets: []})}, 'us-east-1').buckets = [];
		expect(await collect()).toMatchObject({outcome: {status: 'ok'}, complete: ['AWS::S3::Bucket'], resources: []});
	});

	test('the timeline opens a bucket, closes another, and has the account close all', async () => {
		watch = await watchScenario('typical');
		const asked = async (seconds: number) => {
			watch.endpoint.timeline.advance(seconds);
			const all = verdicts((await collect()).resources);
			return [all.get('acme-exports not-public'), all.get('acme-eu-media not-public')];
		};
		expect(await asked(0)).toEqual(['FAIL', 'PASS']);
		expect(await asked(60)).toEqual(['PASS', 'PASS']);
		expect(await asked(30)).toEqual(['PASS', 'FAIL']);
		expect(await asked(40)).toEqual(['PASS', 'PASS']);
		expect(await asked(165)).toEqual(['FAIL', 'PASS']);
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect([...verdicts(resources)].filter(([, verdict]) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile Sids, rule ids and prefixes cost no bucket', async () => {
		watch = await watchScenario('hostile');
		const {resources} = await collect();
		expect(resources).toHaveLength(47);
		const judgements = judgeAll(s3, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});

test('no wrong answer makes a wrong verdict', {timeout: 120_000}, async () => {
	expect(await mistakesUnderWrongAnswers(s3, 'us-east-1', 'healthy')).toEqual([]);
});
