import {afterEach, expect, test} from 'vitest';
import type {Effect} from '../../mocks/index.js';
import {s3control} from '../../source/services/s3control/index.js';
import {publicAccessBlocked} from '../../source/services/s3control/rules.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch;
afterEach(() => watch.close());

const look = async () => {
	const ending = await watch.collect(s3control, 'us-east-1');
	const [entry] = judgeAll(s3control, ending.resources, watch.now());
	return {...ending, entry, judgement: entry?.judgements[0]};
};

test('one call tells of the account, with its id in the header', async () => {
	watch = await watchScenario('typical');
	const {outcome, complete, resources, judgement, entry} = await look();
	expect(outcome).toMatchObject({status: 'ok', calls: 1});
	expect(complete).toEqual(['AWS::S3::AccountPublicAccessBlock']);
	expect(resources).toMatchObject([{resourceId: '123456789012', awsRegion: 'global'}]);
	expect(judgement).toMatchObject({
		verdict: 'FAIL',
		severity: 'HIGH',
		reason: expect.stringContaining('BlockPublicPolicy, RestrictPublicBuckets are off'),
	});
	expect(entry?.cells).toEqual(['without BlockPublicPolicy, RestrictPublicBuckets']);
});

test.each<readonly [string, Effect, string, string]>([
	[
		'no block at all is a fact',
		{
			kind: 'error',
			name: 'NoSuchPublicAccessBlockConfiguration',
			message: 'The public access block configuration was not found',
			httpStatus: 404,
		},
		'FAIL',
		'the account has no block',
	],
	['a refusal is none', {kind: 'deny'}, 'UNKNOWN', 's3:GetAccountPublicAccessBlock was denied'],
	['being throttled is none', {kind: 'throttle'}, 'UNKNOWN', 's3:GetAccountPublicAccessBlock was throttled'],
])('%s', async (_, effect, verdict, reason) => {
	watch = await watchScenario('healthy');
	watch.endpoint.faults.add({service: 's3control', effect});
	const {judgement} = await look();
	expect(judgement).toMatchObject({verdict, reason: expect.stringContaining(reason)});
});

test.each(['empty-object', 'html', 'missing-members'] as const)('what is no answer of S3’s (%s) changes nothing', async kind => {
	watch = await watchScenario('healthy');
	watch.endpoint.faults.add({service: 's3control', effect: {kind}});
	expect(await look()).toMatchObject({outcome: {status: 'failed'}, complete: [], resources: []});
});

test('all four switches must be on', async () => {
	watch = await watchScenario('hostile');
	const {resources, judgement} = await look();
	expect(judgement?.verdict).toBe('FAIL');
	const [account] = resources;
	const switches = {blockPublicAcls: true, ignorePublicAcls: true, blockPublicPolicy: true, restrictPublicBuckets: true};
	for (const name of Object.keys(switches)) {
		const judged =
			account &&
			publicAccessBlocked.evaluate(
				{...account, configuration: {publicAccessBlock: {...switches, [name]: false}}},
				{
					now: watch.now(),
					settings: {},
					trustedAccounts: [],
					related: () => undefined,
					watches: () => true,
				},
			);
		expect(judged).toMatchObject({verdict: 'FAIL', reason: expect.stringMatching(new RegExp(`^${name} is off`, 'iu'))});
	}
});

test('no wrong answer makes a wrong verdict', async () => {
	watch = await watchScenario('healthy');
	expect(await mistakesUnderWrongAnswers(s3control, 'us-east-1')).toEqual([]);
});
