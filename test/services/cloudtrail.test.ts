import {afterEach, describe, expect, it} from 'vitest';
import {type ScenarioName, startEndpoint} from '../../mocks/index.js';
import {cloudtrail as mock} from '../../mocks/services/cloudtrail.js';
import type {Resource} from '../../source/model/index.js';
import {readSelectors} from '../../source/services/cloudtrail/collect/selectors.js';
import {cloudtrail} from '../../source/services/cloudtrail/index.js';
import {regionRules, trailRules} from '../../source/services/cloudtrail/rules/index.js';
import type {Management, Recorder, RegionCoverage, Trail} from '../../source/services/cloudtrail/rules/trail.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch | undefined;
afterEach(async () => watch?.close());
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};

const now = '2026-11-23T12:00:00.000Z';
const context = {now, settings: {silentHours: 24}, trustedAccounts: [], related: () => undefined, watches: () => true};

const everything: Management = {
	reads: true,
	writes: true,
	readsWithout: [],
	writesWithout: [],
	kmsReads: true,
	kmsWrites: true,
	excludedSources: [],
	narrowedBy: [],
};
const kms = 'kms.amazonaws.com';
const rds = 'rdsdata.amazonaws.com';
const without = (...sources: readonly string[]): Management => ({
	...everything,
	readsWithout: sources,
	writesWithout: sources,
	kmsReads: !sources.includes(kms),
	kmsWrites: !sources.includes(kms),
	excludedSources: sources,
});
const writesOnly: Management = {...everything, reads: false, kmsReads: false};
const recorder = (name: string, facts: Partial<Recorder> = {}): Recorder => ({
	arn: `arn:aws:cloudtrail:us-east-1:123456789012:trail/${name}`,
	name,
	homeRegion: 'us-east-1',
	multiRegion: true,
	logging: true,
	management: everything,
	dataEvents: [],
	...facts,
});
const unread = (name: string): Recorder => ({
	arn: `arn:aws:cloudtrail:us-east-1:123456789012:trail/${name}`,
	name,
	homeRegion: 'us-east-1',
	multiRegion: true,
	unread: ['cloudtrail:GetTrailStatus'],
});
const resource = <C>(configuration: C): Resource<C> => ({
	arn: 'arn:aws:cloudtrail:us-east-1:123456789012:trail/t',
	resourceType: 'AWS::CloudTrail::Trail',
	resourceId: 't',
	resourceName: 't',
	accountId: '123456789012',
	awsRegion: 'us-east-1',
	tags: {},
	unread: {},
	readAt: {},
	configuration,
});

describe('selectors', () => {
	const field = (Field: string, rest: object) => ({Field, ...rest});
	const management = field('eventCategory', {Equals: ['Management']});

	it.each<[string, Parameters<typeof readSelectors>[0], Partial<Management>]>([
		['by default take in all', {EventSelectors: [{}]}, everything],
		['for writes leave out uses of keys', {EventSelectors: [{ReadWriteType: 'WriteOnly'}]}, writesOnly],
		[
			'leave out a source only where all of them do',
			{EventSelectors: [{ExcludeManagementEventSources: ['kms.amazonaws.com']}, {ReadWriteType: 'WriteOnly'}]},
			{reads: true, readsWithout: [kms], writesWithout: [], kmsReads: false, kmsWrites: true, excludedSources: []},
		],
		[
			'without management events take in none',
			{EventSelectors: [{IncludeManagementEvents: false, DataResources: [{Type: 'AWS::S3::Object', Values: ['arn:aws:s3']}]}]},
			{reads: false, writes: false},
		],
		[
			'of the advanced sort leave out KMS',
			{AdvancedEventSelectors: [{FieldSelectors: [management, field('eventSource', {NotEquals: ['kms.amazonaws.com']})]}]},
			{reads: true, writes: true, kmsReads: false, kmsWrites: false, excludedSources: ['kms.amazonaws.com'], narrowedBy: []},
		],
		[
			'of the advanced sort take in elsewhere what one leaves out',
			{
				AdvancedEventSelectors: [
					{FieldSelectors: [management, field('eventSource', {NotEquals: [kms, rds]})]},
					{FieldSelectors: [management, field('eventSource', {Equals: [kms]})]},
				],
			},
			{reads: true, writes: true, readsWithout: [rds], writesWithout: [rds], kmsReads: true, kmsWrites: true, excludedSources: [rds]},
		],
		[
			'of the advanced sort are a part where they leave out sources by more than their names',
			{AdvancedEventSelectors: [{FieldSelectors: [management, field('eventSource', {NotStartsWith: ['kms']})]}]},
			{reads: false, writes: false, narrowedBy: ['eventSource']},
		],
		[
			'of the advanced sort may be of reads',
			{AdvancedEventSelectors: [{FieldSelectors: [management, field('readOnly', {Equals: ['true']})]}]},
			{reads: true, writes: false, kmsReads: true, kmsWrites: false},
		],
		[
			'for one source alone are a part, as are those by other fields',
			{
				AdvancedEventSelectors: [
					{FieldSelectors: [management, field('eventSource', {Equals: ['iam.amazonaws.com']})]},
					{FieldSelectors: [management, field('userIdentity.arn', {NotStartsWith: ['arn:aws:sts::1:assumed-role/ci/']})]},
				],
			},
			{reads: false, writes: false, narrowedBy: ['eventSource', 'userIdentity.arn']},
		],
	])('%s', (_, answer, expected) => {
		expect(readSelectors(answer)?.management).toMatchObject(expected);
	});

	it.each([
		['arn:aws:s3', true],
		['arn:aws:s3:::', true],
		['arn:aws-us-gov:s3', true],
		['arn:aws:s3:::acme-exports/', false],
	])('of data events by %s: everything is %s', (value, expected) => {
		const answer = {EventSelectors: [{DataResources: [{Type: 'AWS::S3::Object', Values: [value]}]}]};
		expect(readSelectors(answer)?.dataEvents).toEqual([{resourceType: 'AWS::S3::Object', reads: true, writes: true, everything: expected}]);
	});

	it('that are not to be understood are no selectors', () => {
		expect(readSelectors({})).toBeUndefined();
		expect(readSelectors({EventSelectors: [{ReadWriteType: 'SOMETHING_NEW' as 'All'}]})).toBeUndefined();
		expect(readSelectors({AdvancedEventSelectors: [{FieldSelectors: []}]})).toBeUndefined();
	});
});

describe('a Region', () => {
	const ask = (id: string, recorders: readonly Recorder[]) => {
		const region: Resource<RegionCoverage> = resource({recorders});
		return regionRules.find(rule => rule.id === `cloudtrail-${id}`)?.evaluate(region, context);
	};

	it.each<[string, string, readonly Recorder[], string, string | undefined, string]>([
		['one trail', 'region-recorded', [recorder('all')], 'PASS', undefined, 'reads and writes in us-east-1 are recorded by all'],
		[
			'two trails with a half each',
			'region-recorded',
			[recorder('w', {management: writesOnly}), recorder('r', {management: {...everything, writes: false}})],
			'PASS',
			undefined,
			'recorded by w and r',
		],
		['one trail among many unread', 'region-recorded', [unread('u'), recorder('all')], 'PASS', undefined, 'by all'],
		['an unread trail', 'region-recorded', [unread('u')], 'UNKNOWN', undefined, 'cloudtrail:GetTrailStatus could not be read'],
		['writes alone', 'region-recorded', [recorder('w', {management: writesOnly})], 'FAIL', 'MEDIUM', 'only writes in us-east-1'],
		['no trail', 'region-recorded', [], 'FAIL', undefined, 'no trail records us-east-1'],
		['a stopped trail', 'region-recorded', [recorder('s', {logging: false})], 'FAIL', undefined, 's is stopped'],
		[
			'a narrowed trail',
			'region-recorded',
			[recorder('n', {management: {...everything, reads: false, writes: false, narrowedBy: ['userIdentity.arn']}})],
			'FAIL',
			undefined,
			'selectors by userIdentity.arn take in a part',
		],
		[
			'a trail without some sources',
			'region-recorded',
			[recorder('cheap', {management: without(kms, rds)})],
			'FAIL',
			'MEDIUM',
			'reads and writes in us-east-1 are recorded by cheap, but nothing of kms.amazonaws.com and rdsdata.amazonaws.com',
		],
		[
			'a source of which writes alone are recorded',
			'region-recorded',
			[recorder('cheap', {management: without(rds)}), recorder('w', {management: writesOnly})],
			'FAIL',
			'LOW',
			'but no reads of rdsdata.amazonaws.com',
		],
		[
			'a source that another trail takes in',
			'region-recorded',
			[recorder('cheap', {management: without(kms)}), recorder('r', {management: without(rds)})],
			'PASS',
			undefined,
			'recorded by cheap and r',
		],
		[
			'a source that a stopped trail would take in',
			'region-recorded',
			[recorder('cheap', {management: without(kms)}), recorder('s', {logging: false})],
			'FAIL',
			'MEDIUM',
			'but nothing of kms.amazonaws.com',
		],
		[
			'a source that an unread trail may take in',
			'region-recorded',
			[recorder('cheap', {management: without(kms)}), unread('u')],
			'UNKNOWN',
			undefined,
			'u records it',
		],
		[
			'keys of which a trail of their own takes in all',
			'region-recorded',
			[
				recorder('cheap', {management: without(kms)}),
				recorder('keys', {management: {...everything, reads: false, writes: false, narrowedBy: ['eventSource']}}),
			],
			'PASS',
			undefined,
			'recorded by cheap',
		],
		[
			'a trail of the organisation that is not told of',
			'region-recorded',
			[{...unread('org'), logging: true, unread: [], hiddenBy: '210987654321'}],
			'UNKNOWN',
			undefined,
			'whether org records it cannot be told: org is an organisation’s trail, whose selectors only its owner, 210987654321, can read',
		],
		['uses of keys', 'kms-use-recorded', [recorder('all')], 'PASS', undefined, 'recorded by all'],
		[
			'excluded uses of keys',
			'kms-use-recorded',
			[recorder('cheap', {management: {...everything, kmsReads: false, kmsWrites: false, excludedSources: ['kms.amazonaws.com']}})],
			'FAIL',
			undefined,
			'cheap leaves out the events of KMS',
		],
		['uses of keys without reads', 'kms-use-recorded', [recorder('w', {management: writesOnly})], 'FAIL', undefined, 'are reads'],
		[
			'uses of keys by an unread trail',
			'kms-use-recorded',
			[recorder('w', {management: writesOnly}), unread('u')],
			'UNKNOWN',
			undefined,
			'u records it',
		],
		[
			'objects of some buckets',
			'objects-recorded',
			[recorder('s', {dataEvents: [{resourceType: 'AWS::S3::Object', reads: true, writes: true, everything: false}]})],
			'FAIL',
			undefined,
			'some buckets only',
		],
		[
			'reads of objects',
			'objects-recorded',
			[recorder('r', {dataEvents: [{resourceType: 'AWS::S3::Object', reads: true, writes: false, everything: true}]})],
			'FAIL',
			undefined,
			'only reads of objects',
		],
	])('with %s: %s', (_what, id, recorders, verdict, severity, reason) => {
		const answer = ask(id, recorders);
		expect(answer).toMatchObject({verdict, reason: expect.stringContaining(reason)});
		expect(answer?.severity).toBe(severity);
	});
});

describe('a trail', () => {
	const base: Trail = {
		homeRegion: 'us-east-1',
		multiRegion: false,
		organizationTrail: false,
		ownerAccountId: '123456789012',
		bucket: 'b',
		kmsKeyArn: null,
		validated: true,
		logGroupArn: null,
		globalServiceEvents: true,
		insights: false,
		logging: true,
		deliveredAt: now,
		deliveryError: null,
		digestError: null,
		logGroupError: null,
		management: everything,
		multiRegionTrails: [],
	};
	const ask = (id: string, facts: Partial<Trail>) =>
		trailRules.find(rule => rule.id === `cloudtrail-trail-${id}`)?.evaluate(resource({...base, ...facts}), context);

	it.each<[string, string, Partial<Trail>, string, string]>([
		['of one Region', 'multi-region', {}, 'FAIL', 'no other trail'],
		['beside one of all Regions', 'multi-region', {multiRegionTrails: [recorder('all')]}, 'NOT_APPLICABLE', 'all records all Regions'],
		['beside one that is stopped', 'multi-region', {multiRegionTrails: [recorder('all', {logging: false})]}, 'FAIL', 'all does not'],
		['beside one that is not readable', 'multi-region', {multiRegionTrails: [unread('u')]}, 'UNKNOWN', 'cloudtrail:GetTrailStatus'],
		['of data events', 'multi-region', {management: {...everything, reads: false, writes: false}}, 'NOT_APPLICABLE', 'no management'],
		['stopped', 'multi-region', {logging: false}, 'NOT_APPLICABLE', 'stopped'],
		['never started', 'logging', {logging: false}, 'FAIL', 'never started'],
		['stopped', 'logging', {logging: false, stoppedAt: '2026-11-20T12:00:00.000Z'}, 'FAIL', 'stopped 3 days ago'],
		['stopped', 'delivered', {logging: false, deliveryError: 'AccessDenied'}, 'NOT_APPLICABLE', 'stopped'],
		['without digests', 'delivered', {digestError: 'NoSuchBucket'}, 'FAIL', 'digest files do not arrive in b (NoSuchBucket)'],
		['with a silent log group', 'watched', {logGroupArn: 'g', logGroupDeliveredAt: '2026-11-21T12:00:00.000Z'}, 'FAIL', 'for 2 days'],
	])('%s: %s', (_what, id, facts, verdict, reason) => {
		expect(ask(id, facts)).toMatchObject({verdict, reason: expect.stringContaining(reason)});
	});

	it('that only just came to be has delivered nothing yet', () => {
		const {deliveredAt: _deliveredAt, ...young} = base;
		const rule = trailRules.find(({id}) => id === 'cloudtrail-trail-delivered');
		expect(rule?.evaluate(resource(young), context).verdict).toBe('UNKNOWN');
	});
});

describe('a collection of CloudTrail', () => {
	it('brings each trail once, from home, and counts it wherever it records', async () => {
		const {collect} = await watching('typical');
		const names = async (region: string) => {
			const {resources} = await collect(cloudtrail, region);
			const coverage = resources.find(({resourceType}) => resourceType === 'AWS::CloudTrail::RegionCoverage');
			return {
				trails: resources.filter(({resourceType}) => resourceType === 'AWS::CloudTrail::Trail').map(({resourceName}) => resourceName),
				// The kind's own configuration.
				recorders: (coverage?.configuration as RegionCoverage | undefined)?.recorders?.map(({name}) => name),
			};
		};
		expect(await names('us-east-1')).toEqual({
			trails: ['acme-org', 'security', 'old-ci', 'payments-audit'],
			recorders: ['acme-org', 'security', 'old-ci', 'payments-audit'],
		});
		expect(await names('eu-west-1')).toEqual({trails: ['eu-audit'], recorders: expect.arrayContaining(['acme-org', 'eu-audit'])});
		expect(await names('ap-southeast-2')).toEqual({trails: [], recorders: ['acme-org']});
	});

	it('asks a trail’s selectors once for all Regions, and a status in each', async () => {
		const {collect, endpoint} = await watching('healthy');
		expect((await collect(cloudtrail, 'us-east-1')).outcome.calls).toBe(3);
		expect((await collect(cloudtrail, 'eu-west-1')).outcome.calls).toBe(2);
		expect(endpoint.calls.all.filter(({operation}) => operation === 'GetEventSelectors')).toMatchObject([{awsRegion: 'us-east-1'}]);
	});

	it('closes no trail where the list was refused, and says so', async () => {
		const {collect, now: clock} = await watching('typical');
		const {complete, resources, outcome} = await collect(cloudtrail, 'eu-south-1');
		expect([outcome.status, complete]).toEqual(['denied', []]);
		const verdicts = judgeAll(cloudtrail, resources, clock()).flatMap(({judgements}) => judgements);
		expect(verdicts.map(({verdict}) => verdict)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
		expect(verdicts[0]?.reason).toContain('cloudtrail:DescribeTrails');
	});

	it('takes a trail that is deleted between list and question for gone', async () => {
		const {collect, endpoint} = await watching('typical');
		endpoint.faults.add({
			service: 'cloudtrail',
			operation: 'GetTrailStatus',
			effect: {kind: 'error', name: 'TrailNotFoundException', httpStatus: 400, message: 'Unknown trail'},
			times: 1,
		});
		const {resources, outcome, complete} = await collect(cloudtrail, 'eu-west-2');
		expect(outcome.refusals).toEqual([]);
		expect(complete).toContain('AWS::CloudTrail::Trail');
		expect(resources.length).toBeLessThanOrEqual(2);
	});

	it.each([
		['GetEventSelectors', 'CloudTrailARNInvalidException'],
		['GetEventSelectors', 'TrailNotFoundException'],
		['GetTrailStatus', 'CloudTrailARNInvalidException'],
		['GetTrailStatus', 'TrailNotFoundException'],
	])('of an organisation’s trail, seen by a member whose %s ends in %s, cannot tell what it records', async (operation, name) => {
		const {collect, endpoint, now: clock} = await watching('typical');
		const state = endpoint.world.state(mock, 'us-east-1');
		state.trails = state.trails.filter(one => one.name === 'acme-org').map(one => ({...one, ownerAccountId: '210987654321'}));
		endpoint.faults.add({service: 'cloudtrail', operation, effect: {kind: 'error', name, httpStatus: 400, message: 'Unknown trail'}});
		for (const region of ['us-east-1', 'ap-southeast-2']) {
			const {resources, outcome, complete} = await collect(cloudtrail, region);
			expect(outcome.refusals).toEqual([]);
			expect(complete).toContain('AWS::CloudTrail::Trail');
			const told = judgeAll(cloudtrail, resources, clock()).flatMap(({judgements}) => judgements);
			const recorded = told.find(({ruleId}) => ruleId === 'cloudtrail-region-recorded');
			expect(recorded).toMatchObject({
				verdict: 'UNKNOWN',
				reason:
					'whether acme-org records it cannot be told: acme-org is an organisation’s trail, whose selectors only its owner, 210987654321, can read',
			});
			const logging = told.find(({ruleId}) => ruleId === 'cloudtrail-trail-logging');
			expect(logging?.verdict).toBe(region === 'us-east-1' ? (operation === 'GetTrailStatus' ? 'UNKNOWN' : 'PASS') : undefined);
		}
	});

	it('sees within one poll that a trail is stopped', async () => {
		const {collect, endpoint, now: clock} = await watching('typical');
		endpoint.timeline.advance(90);
		expect(endpoint.world.state(mock, 'us-east-1').trails.find(({name}) => name === 'security')?.logging).toBe(false);
		const {resources} = await collect(cloudtrail, 'us-east-1');
		const failed = judgeAll(cloudtrail, resources, clock()).flatMap(({resource: {resourceName}, judgements}) =>
			judgements.flatMap(({ruleId, verdict}) => (verdict === 'FAIL' ? [`${resourceName}: ${ruleId}`] : [])),
		);
		expect(failed).toContain('security: cloudtrail-trail-logging');
	});

	it('of a good account finds nothing to say', async () => {
		const {collect, regions, now: clock} = await watching('healthy');
		for (const region of regions.slice(0, 5)) {
			const {resources, outcome} = await collect(cloudtrail, region);
			expect(outcome.status).toBe('ok');
			const bad = judgeAll(cloudtrail, resources, clock()).flatMap(({judgements}) => judgements.filter(({verdict}) => verdict !== 'PASS'));
			expect(bad).toEqual([]);
		}
	});

	it('survives hostile names', async () => {
		const {collect, now: clock} = await watching('hostile');
		const {resources, outcome} = await collect(cloudtrail, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(resources.length).toBeGreaterThan(30);
		expect(judgeAll(cloudtrail, resources, clock()).length).toBe(resources.length);
	});

	it('turns no verdict by wrong answers', async () => {
		expect(await mistakesUnderWrongAnswers(cloudtrail, 'us-east-1')).toEqual([]);
	}, 30_000);
});

describe('the mock of CloudTrail', () => {
	it('knows copies of trails by ARN only, as CloudTrail does', async () => {
		const {CloudTrailClient, GetTrailStatusCommand} = await import('@aws-sdk/client-cloudtrail');
		const endpoint = await startEndpoint({scenario: 'typical'});
		const client = new CloudTrailClient({
			endpoint: endpoint.url,
			region: 'eu-west-1',
			credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
			maxAttempts: 1,
		});
		await expect(client.send(new GetTrailStatusCommand({Name: 'acme-org'}))).rejects.toMatchObject({name: 'TrailNotFoundException'});
		await expect(client.send(new GetTrailStatusCommand({Name: 'arn:aws:s3:::x'}))).rejects.toMatchObject({
			name: 'CloudTrailARNInvalidException',
		});
		const Name = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/acme-org';
		expect(await client.send(new GetTrailStatusCommand({Name}))).toMatchObject({IsLogging: true});
		client.destroy();
		await endpoint.close();
	});
});
