import {afterEach, describe, expect, test} from 'vitest';
import {ssm as mock} from '../../mocks/services/ssm.js';
import type {SsmParameter} from '../../mocks/services/ssm-state.js';
import type {Answer, Refusal, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {ssm} from '../../source/services/ssm/index.js';
import {parameterRules, storeRules} from '../../source/services/ssm/rules/index.js';
import {type Parameter, pathOf} from '../../source/services/ssm/rules/parameter.js';
import {policyInWords, readPolicy} from '../../source/services/ssm/rules/policy.js';
import {suspicionOf} from '../../source/services/ssm/rules/secrecy.js';
import type {ParameterStore} from '../../source/services/ssm/rules/store.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const now = '2026-11-23T12:00:00.000Z';
const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.parse(now) + days * dayMs).toISOString();

const resource = <C>(configuration: C, resourceName: string, unread: Readonly<Record<string, Refusal>> = {}): Resource<C> => ({
	arn: `arn:aws:ssm:eu-west-1:123456789012:parameter${resourceName}`,
	resourceType: 'AWS::SSM::Parameter',
	resourceId: resourceName,
	resourceName,
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration,
	unread,
	readAt: {},
});

/** A SecureString in good order; `facts` say what differs. */
const parameter = (facts: Partial<Parameter> = {}, name = '/prod/db/password'): Resource<Parameter> =>
	resource(
		{
			path: pathOf(name),
			type: 'SecureString',
			tier: 'Standard',
			dataType: 'text',
			keyId: 'alias/prod/parameters',
			version: 3,
			lastModifiedAt: inDays(-40),
			policies: [],
			...facts,
		},
		name,
	);
const lacking = (member: keyof Parameter): Resource<Parameter> => {
	const whole = parameter();
	return {...whole, configuration: {path: whole.configuration.path, ...without(whole.configuration, member)}};
};
const without = <T extends object>(from: T, member: keyof T): Partial<T> =>
	// Every member of the result is optional.
	Object.fromEntries(Object.entries(from).filter(([name]) => name !== member)) as Partial<T>;
const plain = (name: string, facts: Partial<Parameter> = {}) => parameter({type: 'String', ...facts}, name);
const policed = (policies: NonNullable<Parameter['policies']>, facts: Partial<Parameter> = {}) =>
	parameter({tier: 'Advanced', policies, ...facts});

const ask = <C>(rules: ReadonlyArray<Rule<C>>, ruleId: string, of: Resource<C>, settings?: RuleContext['settings']): Answer => {
	const rule = rules.find(({id}) => id === `ssm-${ruleId}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const context: RuleContext = {
		now,
		settings: settings ?? rule.settings ?? {},
		trustedAccounts: [],
		related: () => undefined,
		watches: () => true,
	};
	const exemption = rule.exempts?.(of, context);
	const answer = exemption === undefined ? rule.evaluate(of, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const expiring = (days: number) => policed([{type: 'Expiration', status: 'Pending', expiresAt: inDays(days)}]);

const cases: ReadonlyArray<readonly [rule: string, what: string, Resource<Parameter>, verdict: string, severity: string, reason: string]> =
	[
		['secret-encrypted', 'encrypted', parameter(), 'PASS', '', 'a SecureString'],
		['secret-encrypted', 'a password', plain('/prod/db/password'), 'FAIL', 'HIGH', 'its name says “password”, its type is String'],
		['secret-encrypted', 'a list of them', plain('/prod/tokens', {type: 'StringList'}), 'FAIL', 'HIGH', 'StringList'],
		['secret-encrypted', 'under a telling path', plain('/prod/secrets/db'), 'FAIL', 'MEDIUM', 'its path says “secrets”'],
		['secret-encrypted', 'harmless', plain('/prod/log-level'), 'PASS', '', 'speaks of no secret'],
		['secret-encrypted', 'an image', plain('/prod/token', {dataType: 'aws:ec2:image'}), 'PASS', '', ''],
		[
			'secret-encrypted',
			'another account’s',
			plain('/prod/password', {sharedBy: '555566667777'}),
			'NOT_APPLICABLE',
			'',
			'account 555566667777',
		],
		['secret-encrypted', 'a type of tomorrow', plain('/prod/password', {type: 'Binary'}), 'UNKNOWN', '', 'Binary'],
		['secret-encrypted', 'no type', lacking('type'), 'UNKNOWN', '', 'did not tell its type'],

		['customer-key', 'own', parameter(), 'PASS', '', 'alias/prod/parameters'],
		['customer-key', 'default', parameter({keyId: 'alias/aws/ssm'}), 'FAIL', 'INFORMATIONAL', 'aws/ssm'],
		['customer-key', 'default, by ARN', parameter({keyId: 'arn:aws:kms:eu-west-1:1:alias/aws/ssm'}), 'FAIL', '', ''],
		['customer-key', 'plain', plain('/a'), 'NOT_APPLICABLE', '', 'a String'],
		['customer-key', 'not told', lacking('keyId'), 'UNKNOWN', '', 'key'],

		['policies-applied', 'none', parameter(), 'NOT_APPLICABLE', '', 'has no policies'],
		['policies-applied', 'waiting', expiring(30), 'PASS', '', 'in force: Expiration'],
		[
			'policies-applied',
			'failed',
			policed([{type: 'NoChangeNotification', status: 'Failed', afterMs: 20 * dayMs}]),
			'FAIL',
			'MEDIUM',
			'after 20 days',
		],
		['policies-applied', 'a status of tomorrow', policed([{type: 'Expiration', status: 'Paused'}]), 'UNKNOWN', '', 'Paused'],
		['policies-applied', 'not told', lacking('policies'), 'UNKNOWN', '', 'policies'],

		['expiry-distant', 'none', parameter(), 'NOT_APPLICABLE', '', 'has no Expiration'],
		['expiry-distant', 'far', expiring(30), 'PASS', '', 'deleted in 30 days'],
		['expiry-distant', 'near', expiring(3.2), 'FAIL', 'MEDIUM', 'deleted in 3 days'],
		['expiry-distant', 'tomorrow', expiring(0.9), 'FAIL', 'HIGH', 'deleted in 21 hours'],
		['expiry-distant', 'over', expiring(-0.5), 'FAIL', 'HIGH', 'expired 12 hours ago'],
		['expiry-distant', 'unreadable', policed([{type: 'Expiration', status: 'Pending'}]), 'UNKNOWN', '', 'cannot be read'],
		['expiry-distant', 'not told', lacking('policies'), 'UNKNOWN', '', 'policies'],

		['expiry-announced', 'in silence', expiring(30), 'FAIL', 'LOW', 'unannounced'],
		[
			'expiry-announced',
			'announced',
			policed([
				{type: 'Expiration', expiresAt: inDays(30)},
				{type: 'ExpirationNotification', beforeMs: 7 * dayMs},
			]),
			'PASS',
			'',
			'7 days before',
		],
		['expiry-announced', 'not told', lacking('policies'), 'UNKNOWN', '', 'policies'],

		['changed-in-time', 'in time', policed([{type: 'NoChangeNotification', afterMs: 90 * dayMs}]), 'PASS', '', 'wanted every 90 days'],
		[
			'changed-in-time',
			'late',
			policed([{type: 'NoChangeNotification', afterMs: 20 * dayMs}]),
			'FAIL',
			'MEDIUM',
			'unchanged for 40 days, wanted every 20',
		],
		[
			'changed-in-time',
			'late by the stricter of two',
			policed([
				{type: 'NoChangeNotification', afterMs: 90 * dayMs},
				{type: 'NoChangeNotification', afterMs: 30 * dayMs},
			]),
			'FAIL',
			'',
			'wanted every 30',
		],
		['changed-in-time', 'unreadable', policed([{type: 'NoChangeNotification'}]), 'UNKNOWN', '', 'cannot be read'],
		['changed-in-time', 'not asked for', parameter(), 'NOT_APPLICABLE', '', ''],

		['changed-within-a-year', 'lately', parameter(), 'PASS', '', 'changed 40 days ago'],
		['changed-within-a-year', 'long ago', parameter({lastModifiedAt: inDays(-800)}), 'FAIL', 'LOW', 'unchanged for 800 days'],
		[
			'changed-within-a-year',
			'never',
			parameter({lastModifiedAt: inDays(-800), version: 1}),
			'FAIL',
			'',
			'never changed since it was made',
		],
		['changed-within-a-year', 'plain', plain('/a', {lastModifiedAt: inDays(-800)}), 'NOT_APPLICABLE', '', ''],
		['changed-within-a-year', 'by a policy', policed([{type: 'NoChangeNotification'}]), 'NOT_APPLICABLE', '', 'says how often'],
		['changed-within-a-year', 'not told', lacking('lastModifiedAt'), 'UNKNOWN', '', 'last change'],

		['advanced-needed', 'standard', parameter(), 'NOT_APPLICABLE', '', 'Standard'],
		['advanced-needed', 'for a policy', expiring(30), 'PASS', '', 'for its policy'],
		['advanced-needed', 'for nothing that can be seen', parameter({tier: 'Advanced'}), 'FAIL', 'INFORMATIONAL', '0.05 USD a month'],
		['advanced-needed', 'a tier of tomorrow', parameter({tier: 'Archive'}), 'UNKNOWN', '', 'Archive'],
	];

describe('rules on parameters', () => {
	test.each(cases)('%s: %s', (rule, _, of, verdict, severity, reason) => {
		const answer = ask(parameterRules, `parameter-${rule}`, of);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});

	test.each(parameterRules.map(({id}) => id.replace('ssm-parameter-', '')))('%s has a case for each verdict', id => {
		const verdicts = new Set(cases.filter(([rule]) => rule === id).map(([, , , verdict]) => verdict));
		expect([...verdicts]).toEqual(expect.arrayContaining(['PASS', 'FAIL', 'UNKNOWN']));
	});
});

test.each([
	['/prod/shop/smtp_password', 'password', 'name'],
	['/prod/psp/apiKey', 'api key', 'name'],
	['/prod/APIKey', 'api key', 'name'],
	['DB_CONNECTION_STRING', 'connection string', 'name'],
	['/prod/dbpassword', 'dbpassword', 'name'],
	['/prod/oauth/client-secret-old', 'secret', 'name'],
	['/prod/private-key.pem', 'private key', 'name'],
	['/staging/tokens/partner-a', 'tokens', 'path'],
	['/prod/credentials', 'credentials', 'name'],
	['/ci/githubtoken', 'githubtoken', 'name'],
	['accesstoken', 'accesstoken', 'name'],
	['/a/APITOKEN', 'apitoken', 'name'],
	['connectionstring', 'connectionstring', 'name'],
	['/prod/db-connstring', 'connstring', 'name'],
	['/prod/dbpass', 'dbpass', 'name'],
	['mypwd', 'mypwd', 'name'],
	['/prod/authtokens/partner-a', 'authtokens', 'path'],
])('%s is suspected, for “%s” in its %s', (name, word, where) => {
	expect(suspicionOf(name)).toEqual({word, where});
});

test.each([
	'/prod/db/password-secret-arn',
	'/prod/auth/token-ttl',
	'/prod/auth/passenger-count',
	'/prod/compass/bearing',
	'/prod/tokenizer/model',
	'/prod/secret-url',
	'/prod/tokens/issuer',
	'/prod/bypass',
	'/prod/auth/accesstoken-ttl',
	'/prod/audio/lowpass',
	'/prod/roads/underpass',
	'/prod/githubtokenizer',
	'/etc/cwd',
	'/prod/monkey/private',
	'/',
	'',
])('%s is not suspected', name => {
	expect(suspicionOf(name)).toBeUndefined();
});

test.each([
	[
		'Expiration',
		'{"Type":"Expiration","Version":"1.0","Attributes":{"Timestamp":"2026-12-02T21:34:33.000Z"}}',
		'Expiration 2026-12-02T21:34:33.000Z',
	],
	// AWS's own example of ISO_OFFSET_DATE_TIME.
	['Expiration', '{"Attributes":{"Timestamp":"2019-11-01T22:13:48.87+10:30:00"}}', 'Expiration 2019-11-01T11:43:48.870Z'],
	['Expiration', '{"Attributes":{"Timestamp":"soon"}}', 'Expiration'],
	['ExpirationNotification', '{"Attributes":{"Before":"15","Unit":"Days"}}', 'ExpirationNotification 15 days before'],
	['ExpirationNotification', '{"Attributes":{"Before":1,"Unit":"Hours"}}', 'ExpirationNotification 1 hour before'],
	['NoChangeNotification', '{"Attributes":{"After":"20","Unit":"Days"}}', 'NoChangeNotification after 20 days'],
	['NoChangeNotification', '{"Attributes":{"After":"20","Unit":"Fortnights"}}', 'NoChangeNotification'],
	['NoChangeNotification', 'not JSON', 'NoChangeNotification'],
	['SomethingNew', '[]', 'SomethingNew'],
])('a policy %s %s is read', (type, text, words) => {
	expect(policyInWords(readPolicy(type, undefined, text))).toBe(words);
});

test('what puts a parameter again keeps it under its key', () => {
	const putting = parameterRules.flatMap(({id, remediation: {cli = '', text}}) => (cli.includes('--overwrite') ? [{id, cli, text}] : []));
	expect(putting.map(({id}) => id)).toHaveLength(6);
	for (const {id, cli, text} of putting) {
		expect(cli.includes('--key-id KEY_ID') || text.includes('takes --key-id with that key as well'), id).toBe(true);
	}
});

const counts = (standard: number, more: Partial<NonNullable<ParameterStore['counts']>> = {}) => ({
	counts: {standard, advanced: 0, untold: 0, secureStrings: 0, ...more},
});

describe('rules on the store', () => {
	test.each<readonly [rule: string, ParameterStore, verdict: string, severity: string, reason: string]>([
		['documents-public-sharing-blocked', {documentsPublicSharing: 'Disable'}, 'PASS', '', 'is blocked'],
		['documents-public-sharing-blocked', {documentsPublicSharing: 'Enable', ...counts(3)}, 'FAIL', 'CRITICAL', 'is not blocked'],
		['documents-public-sharing-blocked', {documentsPublicSharing: 'Enable', ...counts(0)}, 'FAIL', 'MEDIUM', 'empty here'],
		['documents-public-sharing-blocked', {documentsPublicSharing: 'Enable'}, 'FAIL', 'CRITICAL', 'is not blocked'],
		['documents-public-sharing-blocked', {documentsPublicSharing: 'Perhaps'}, 'UNKNOWN', '', 'Perhaps'],
		['documents-public-sharing-blocked', {}, 'UNKNOWN', '', 'did not tell'],
		['store-quota-left', counts(8000), 'PASS', '', '8,000 of 10,000 standard and 0 of 100,000 advanced'],
		['store-quota-left', counts(8001), 'FAIL', 'LOW', '8,001 of 10,000 standard'],
		['store-quota-left', counts(10, {advanced: 90_000}), 'FAIL', '', '90,000 of 100,000 advanced'],
		['store-quota-left', counts(7999, {untold: 2}), 'UNKNOWN', '', 'the tier of 2 parameters'],
		['store-quota-left', {}, 'UNKNOWN', '', 'ssm:DescribeParameters'],
	])('%s of %j: %s', (rule, store, verdict, severity, reason) => {
		const answer = ask(storeRules, rule, resource(store, '/store'));
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
	});
});

describe('what a parameter costs and when it ends', () => {
	const kind = ssm.kinds[0];
	test.each([
		['a standard one', parameter(), [], 0],
		['one that expires', expiring(30), [{what: 'parameter (deletion)', at: inDays(30)}], 0.05],
		['another account’s', parameter({tier: 'Advanced', sharedBy: '555566667777'}), [], 0],
	] as const)('%s', (_, of, expirations, usd) => {
		expect(kind?.expirations?.(of)).toEqual(expirations);
		expect(kind?.usdPerMonth?.(of)).toBe(usd);
	});
});

describe('collecting parameters', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	// By the resource's type there are but two configurations.
	const storeOf = (from: readonly Resource[]) =>
		from.find(({resourceType}) => resourceType === 'AWS::SSM::ParameterStore') as Resource<ParameterStore> | undefined;
	const calls = (operation: string) => watch.endpoint.calls.count({operation});

	test('lists its own and what is shared with it, and asks for no value', async () => {
		watch = await watchScenario('typical');
		const {resources, complete, outcome} = await watch.collect(ssm, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect([...complete].sort()).toEqual(['AWS::SSM::Parameter', 'AWS::SSM::ParameterStore']);
		expect(watch.endpoint.calls.actions()).toEqual(['ssm:DescribeParameters', 'ssm:GetServiceSetting']);
		const shared = resources.filter(({arn}) => arn.includes(':555566667777:'));
		expect(shared.map(({resourceName}) => resourceName)).toEqual(['/platform/network/vpc-id', '/platform/observability/ingest-token']);
		expect(storeOf(resources)?.configuration).toMatchObject({
			counts: {standard: 29, advanced: 8},
			shared: 2,
			defaultTier: 'Intelligent-Tiering',
			highThroughput: 'false',
			documentsPublicSharing: 'Enable',
		});
	});

	test('fifty to a call, settings once an hour', async () => {
		watch = await watchScenario('large');
		const {resources} = await watch.collect(ssm, 'eu-west-1');
		expect(resources).toHaveLength(451);
		expect([calls('DescribeParameters'), calls('GetServiceSetting')]).toEqual([10, 3]);
		watch.endpoint.calls.clear();
		await watch.collect(ssm, 'eu-west-1');
		expect([calls('DescribeParameters'), calls('GetServiceSetting')]).toEqual([10, 0]);
	});

	test('says so when four fifths of the standard quota are used', async () => {
		watch = await watchScenario('healthy');
		const state = watch.endpoint.world.state(mock, 'us-east-1');
		const [one] = state.parameters;
		state.parameters = Array.from(
			{length: 8001},
			(_, index): SsmParameter => ({...one, Name: `/ci/${index}`, ARN: `arn:aws:ssm:::${index}`}),
		);
		const {resources} = await watch.collect(ssm, 'us-east-1');
		const store = storeOf(resources);
		expect(judgeAll(ssm, store === undefined ? [] : [store], watch.now())[0]?.judgements).toContainEqual(
			expect.objectContaining({ruleId: 'ssm-store-quota-left', verdict: 'FAIL', reason: '8,001 of 10,000 standard parameters are in use'}),
		);
	}, 20_000);

	test.each([
		['denied', {kind: 'deny'}, 'denied'],
		['answered by something else', {kind: 'html'}, 'failed'],
		['empty-handed', {kind: 'empty-object'}, 'failed'],
	] as const)('a listing that is %s makes nothing complete', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'ssm', operation: 'DescribeParameters', effect});
		const {outcome, complete} = await watch.collect(ssm, 'us-east-1');
		expect(outcome.status).toBe(status);
		expect(complete).toEqual([]);
	});

	test('pages may be empty and are not the end; a listing that never ends counts nothing', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'ssm', operation: 'DescribeParameters', times: 1, effect: {kind: 'empty-page'}});
		expect((await watch.collect(ssm, 'eu-west-1')).resources).toHaveLength(9);
		watch.endpoint.faults.add({service: 'ssm', operation: 'DescribeParameters', effect: {kind: 'cycle-token'}});
		const {resources, complete, outcome} = await watch.collect(ssm, 'eu-west-1');
		expect(outcome.status).toBe('partial');
		expect(complete).not.toContain('AWS::SSM::Parameter');
		expect(storeOf(resources)?.configuration.counts).toBeUndefined();
	});

	test('wrong answers turn no verdict', async () => {
		watch = await watchScenario('healthy');
		expect(await mistakesUnderWrongAnswers(ssm, 'us-east-1')).toEqual([]);
	}, 30_000);

	test('a healthy account has nothing to say, and a hostile one breaks nothing', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(ssm, 'us-east-1');
		const judgements = judgeAll(ssm, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		await watch.close();

		watch = await watchScenario('hostile');
		const hostile = await watch.collect(ssm, 'us-east-1');
		expect(hostile.outcome.status).toBe('ok');
		const answers = judgeAll(ssm, hostile.resources, watch.now()).flatMap(entry => entry.judgements);
		expect(answers.some(({reason}) => reason.includes('the rule failed'))).toBe(false);
	});
});
