import Keyv from 'keyv';
import {afterEach, expect, test} from 'vitest';
import type {ScenarioName} from '../../mocks/index.js';
import {createGate} from '../../source/collect/gate.js';
import type {Resource} from '../../source/model/index.js';
import {account} from '../../source/services/account/index.js';
import {accountRules, type Region, regionRules} from '../../source/services/account/rules.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch | undefined;
afterEach(async () => watch?.close());
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};
const contactOf = (resources: readonly Resource[], now: string) =>
	judgeAll(account, resources, now)
		.flatMap(({judgements}) => judgements)
		.find(({ruleId}) => ruleId === accountRules[0]?.id);

test('tells by an error that there is no security contact, and costs two calls', async () => {
	const {collect, now} = await watching('typical');
	const {outcome, resources, complete} = await collect(account, 'us-east-1');
	expect(outcome).toMatchObject({status: 'ok', calls: 2, refusals: []});
	expect(complete).toEqual(['AWS::Account::Account', 'AWS::Account::Region']);
	expect(contactOf(resources, now())).toMatchObject({verdict: 'FAIL', severity: 'MEDIUM'});
});

test('knows that there is a security contact, and nothing about who it is', async () => {
	const {collect, now} = await watching('healthy');
	const {resources} = await collect(account, 'us-east-1');
	expect(contactOf(resources, now())).toMatchObject({verdict: 'PASS', reason: 'a security contact is registered'});
	expect(JSON.stringify(judgeAll(account, resources, now()))).not.toMatch(/sentinel|acme\.example|555 0100/iu);
});

test('caches nothing of who the contact is', async () => {
	const {endpoint} = await watching('healthy');
	const kept = new Map<string, unknown>();
	const gate = createGate({
		config: {
			profile: undefined,
			roleArn: undefined,
			externalId: undefined,
			endpointUrl: endpoint.url,
			limits: {share: Number.POSITIVE_INFINITY},
			regions: undefined,
		},
		cache: new Keyv({store: kept}),
	});
	const {outcome} = await gate.collect(
		account,
		{accountId: '210987654321', awsRegion: 'us-east-1', service: 'account', tier: 'full'},
		{watermark: undefined, signal: new AbortController().signal, onBatch: async () => undefined},
	);
	await gate.close();
	expect(outcome.status).toBe('ok');
	expect(JSON.stringify([...kept])).not.toMatch(/sentinel|acme\.example/iu);
});

test('says UNKNOWN where the contact may not be read, and still knows the Regions', async () => {
	const {collect, endpoint, now} = await watching('typical');
	endpoint.faults.add({service: 'account', operation: 'GetAlternateContact', effect: {kind: 'deny'}});
	const {resources, complete, outcome} = await collect(account, 'us-east-1');
	expect(outcome.status).toBe('partial');
	expect(complete).toContain('AWS::Account::Region');
	expect(contactOf(resources, now())).toMatchObject({verdict: 'UNKNOWN', reason: 'account:GetAlternateContact was denied'});
});

test('forgets no Region where they may not be listed', async () => {
	const {collect, endpoint} = await watching('typical');
	endpoint.faults.add({service: 'account', operation: 'ListRegions', effect: {kind: 'deny'}});
	expect((await collect(account, 'us-east-1')).complete).toEqual(['AWS::Account::Account']);
});

test.each<[string, string, string, string | undefined]>([
	['ENABLED_BY_DEFAULT', 'PASS', 'NOT_APPLICABLE', undefined],
	['ENABLED', 'PASS', 'FAIL', undefined],
	['DISABLED', 'PASS', 'PASS', undefined],
	['DISABLING', 'FAIL', 'PASS', undefined],
	['ENABLING', 'FAIL', 'FAIL', 'INFORMATIONAL'],
	['SOMETHING_NEW', 'UNKNOWN', 'UNKNOWN', undefined],
])('of a Region that is %s', (status, settled, optedIn, severity) => {
	const context = {now: '2026-11-23T12:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const region: Resource<Region> = {
		arn: 'arn:aws:account::1:region/eu-south-1',
		resourceType: 'AWS::Account::Region',
		resourceId: 'eu-south-1',
		resourceName: 'eu-south-1',
		accountId: '123456789012',
		awsRegion: 'eu-south-1',
		tags: {},
		unread: {},
		readAt: {},
		configuration: {status},
	};
	const [first, second] = regionRules.map(rule =>
		rule.exempts?.(region, context) === undefined ? rule.evaluate(region, context) : {verdict: 'NOT_APPLICABLE', severity: undefined},
	);
	expect([first?.verdict, second?.verdict, first?.severity]).toEqual([settled, optedIn, severity]);
});

test('turns no verdict by wrong answers', async () => {
	expect(await mistakesUnderWrongAnswers(account, 'us-east-1')).toEqual([]);
}, 30_000);
