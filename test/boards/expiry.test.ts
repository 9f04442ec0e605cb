import {describe, expect, test} from 'vitest';
import {expiry} from '../../source/boards/expiry/index.js';
import type {Expiration, Inputs, Joined, Mute, Refusal, ResourceType, Verdict} from '../../source/model/index.js';
import {judgeAll} from '../services/watch.js';

const now = '2026-11-23T12:00:00.000Z';
const accountId = '123456789012';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();

const denied = (iamAction: string): Refusal => ({
	status: 'denied',
	operation: iamAction.split(':')[1] ?? '',
	iamAction,
	error: 'AccessDeniedException',
	message: 'no',
});

type Made = {
	readonly awsRegion?: string;
	readonly arn?: string;
	readonly expirations?: readonly Expiration[];
	readonly failed?: string;
	readonly unread?: Joined['resource']['unread'];
};

const made = (resourceType: ResourceType, name: string, configuration: object, options: Made = {}): Joined => {
	const {
		awsRegion = 'eu-west-1',
		arn = `arn:aws:${resourceType}:${awsRegion}:${accountId}:${name}`,
		expirations = [],
		unread = {},
	} = options;
	return {
		entry: 'resource',
		key: arn,
		service: 'made',
		resource: {
			arn,
			resourceType,
			resourceId: name,
			resourceName: name,
			accountId,
			awsRegion,
			tags: {},
			configuration,
			unread,
			readAt: {},
		},
		judgements:
			options.failed === undefined
				? []
				: [{ruleId: options.failed, verdict: 'FAIL', severity: 'HIGH', reason: 'failed', firstObservedAt: now}],
		cells: [],
		facts: [],
		expirations,
		usdPerMonth: 0,
		consolePath: `made/home?region=${awsRegion}`,
		firstObservedAt: now,
	};
};

/** What is refused: `elbv2:DescribeListeners`, in any Region, or in one: `elbv2:DescribeListeners@eu-west-1`. */
type Given = {readonly entries?: readonly Joined[]; readonly refused?: readonly string[]; readonly mutes?: readonly Mute[]};

const inputsOf = ({entries = [], refused = [], mutes = []}: Given): Inputs => ({
	accountId,
	partition: 'aws',
	now,
	regions: ['eu-west-1', 'us-east-1'],
	trustedAccounts: [],
	mutes,
	// Each type's configuration is the test's promise.
	of: resourceType => entries.filter(({resource}) => resource.resourceType === resourceType) as unknown as ReadonlyArray<Joined<never>>,
	gap(service, operations, awsRegion) {
		const told = refused.find(one => {
			const [name = '', region] = one.split('@');
			return (
				operations.some(operation => name === `${service}:${operation}`) &&
				(region === undefined || awsRegion === undefined || region === awsRegion)
			);
		});
		return told === undefined ? undefined : denied(told.split('@')[0] ?? '');
	},
});

const rowsOf = (given: Given) => judgeAll(expiry, [...expiry.join(inputsOf(given))], now);

type Row = ReturnType<typeof rowsOf>[number];

const only = (given: Given): Row => {
	const [row, ...others] = rowsOf(given);
	if (row === undefined || others.length > 0) {
		throw new Error(`Expected one row, and not ${others.length + (row === undefined ? 0 : 1)}`);
	}

	return row;
};

const said = (row: Row, rule: string): {readonly verdict: Verdict; readonly severity: string; readonly reason: string} => {
	const judgement = row.judgements.find(({ruleId}) => ruleId === `expiry-event-${rule}`);
	if (judgement === undefined) {
		throw new Error(`Nobody asked ${rule}`);
	}

	return judgement;
};

const cell = (row: Row, title: string): unknown =>
	row.cells[expiry.kinds[0]?.columns.findIndex(column => column.title === title) ?? -1] ?? null;

const certificateArn = `arn:aws:acm:eu-west-1:${accountId}:certificate/1`;

const certificate = (days: number, configuration: object = {}, options: Made = {}): Joined =>
	made(
		'AWS::ACM::Certificate',
		'shop.example',
		{status: 'ISSUED', type: 'IMPORTED', renewalEligibility: 'INELIGIBLE', ...configuration},
		{arn: certificateArn, expirations: [{what: 'certificate', at: inDays(days)}], ...options},
	);

const renewable = {type: 'AMAZON_ISSUED', renewalEligibility: 'ELIGIBLE', validationMethod: 'DNS', inUse: true};

const balancerArn = `arn:aws:elasticloadbalancing:eu-west-1:${accountId}:loadbalancer/app/shop/1`;

const listener = (name = 'shop:443', arn = certificateArn): Joined =>
	made('AWS::ElasticLoadBalancingV2::Listener', name, {
		certificateArn: arn,
		targetGroupArns: [],
		loadBalancer: {arn: balancerArn, name: 'shop'},
	});

const route = {
	live: {ruleName: 'ends', ruleArn: '', isEnabled: true, targetArns: [`arn:aws:sns:eu-west-1:${accountId}:alerts`], dependsOn: []},
	disabled: {ruleName: 'ends', ruleArn: '', isEnabled: false, dependsOn: []},
	idle: {ruleName: 'ends', ruleArn: '', isEnabled: true, targetArns: [], dependsOn: []},
	untargeted: {ruleName: 'ends', ruleArn: '', isEnabled: true, dependsOn: []},
	narrow: {ruleName: 'ends', ruleArn: '', isEnabled: true, targetArns: ['arn:aws:sns:::x'], dependsOn: ['detail.type']},
};

/** The default bus of a Region, on which a sort of event has one route or none. */
const routing = (topic: string, event: string, one?: object, awsRegion = 'eu-west-1'): Joined =>
	made(
		'AWS::Events::Routing',
		`routing ${event}`,
		{topics: {[topic]: [{event, matters: true, routes: one === undefined ? [] : [one]}]}},
		{awsRegion},
	);

const certificatesRouted = routing('certificates', 'ends of certificates', route.live);
const certificatesLost = routing('certificates', 'ends of certificates');

describe('who handles what ends', () => {
	const elbRefused = ['elbv2:DescribeListeners@eu-west-1'];
	test.each<
		readonly [
			name: string,
			days: number,
			facts: object,
			users: number,
			refused: readonly string[],
			verdict: Verdict,
			severity: string,
			says: RegExp,
		]
	>([
		['imported, served, 40 days', 40, {}, 1, [], 'PASS', 'MEDIUM', /^ends in 40 days, imported/u],
		['imported, served, 20 days', 20, {}, 1, [], 'FAIL', 'MEDIUM', /listener shop0:443 depends on it$/u],
		['imported, served, 10 days', 10, {}, 1, [], 'FAIL', 'HIGH', /listener shop0:443/u],
		['imported, served, 5 days', 5, {}, 1, [], 'FAIL', 'CRITICAL', /listener shop0:443/u],
		['imported, served, ended', -1, {status: 'EXPIRED'}, 1, [], 'FAIL', 'CRITICAL', /^ended 24 hours ago/u],
		['imported, ten listeners, 20 days', 20, {}, 10, [], 'FAIL', 'HIGH', /shop0:443, listener shop1:443 and 8 more depend on it$/u],
		['imported, ten listeners, 10 days', 10, {}, 10, [], 'FAIL', 'CRITICAL', /and 8 more/u],
		['imported, served by nothing', 5, {inUse: false}, 0, [], 'PASS', 'MEDIUM', /nothing that is watched depends on it$/u],
		['imported, served by nothing, listeners refused', 5, {inUse: false}, 0, elbRefused, 'PASS', 'MEDIUM', /nothing that is watched/u],
		[
			'imported, use untold, listeners refused',
			5,
			{},
			0,
			elbRefused,
			'UNKNOWN',
			'MEDIUM',
			/not known: elbv2:DescribeListeners was denied$/u,
		],
		['imported, one user known, others refused', 5, {}, 1, elbRefused, 'FAIL', 'CRITICAL', /depends on it, perhaps others too$/u],
		[
			'imported, in use by what nobody sees',
			5,
			{inUse: true},
			0,
			[],
			'FAIL',
			'CRITICAL',
			/something that Vedette does not see depends on it$/u,
		],
		['imported, in use, listeners refused', 5, {inUse: true}, 0, elbRefused, 'FAIL', 'CRITICAL', /perhaps others too$/u],
		['imported, listeners of another Region refused', 5, {}, 0, ['elbv2:DescribeListeners@us-east-1'], 'PASS', 'MEDIUM', /nothing/u],
		['imported, exported', 5, {exported: true, inUse: false}, 0, [], 'NOT_APPLICABLE', 'MEDIUM', /^it was exported/u],
		['ACM renews it', 5, renewable, 1, [], 'PASS', 'MEDIUM', /ACM renews it$/u],
		['renewal failed', 20, {...renewable, renewalStatus: 'FAILED'}, 1, [], 'FAIL', 'MEDIUM', /its renewal failed/u],
		['renewal waits', 5, {...renewable, renewalStatus: 'PENDING_VALIDATION'}, 1, [], 'FAIL', 'CRITICAL', /waits for the validation/u],
		['renewal by e-mail', 5, {...renewable, validationMethod: 'EMAIL'}, 1, [], 'FAIL', 'CRITICAL', /approves an e-mail/u],
		['not eligible', 5, {...renewable, renewalEligibility: 'INELIGIBLE'}, 1, [], 'FAIL', 'CRITICAL', /does not count it/u],
		[
			'eligibility untold',
			5,
			{type: 'AMAZON_ISSUED', renewalEligibility: undefined},
			1,
			[],
			'UNKNOWN',
			'MEDIUM',
			/whether ACM renews it is not known$/u,
		],
		[
			'eligibility untold, used by nothing',
			5,
			{type: 'PRIVATE', renewalEligibility: undefined, inUse: false},
			0,
			[],
			'PASS',
			'MEDIUM',
			/nothing/u,
		],
		['CloudFront manages it', 5, {...renewable, managedBy: 'CLOUDFRONT'}, 1, [], 'PASS', 'MEDIUM', /CloudFront manages and renews it$/u],
		['an ACME client holds it', 5, {keyPairOrigin: 'ACME'}, 1, [], 'NOT_APPLICABLE', 'MEDIUM', /ACME client/u],
	])('a certificate: %s', (_, days, facts, users, refused, verdict, severity, says) => {
		const listeners = Array.from({length: users}, (_user, index) => listener(`shop${index}:443`));
		const answer = said(only({entries: [certificate(days, facts), ...listeners], refused}), 'handled');
		expect(answer).toMatchObject({verdict, severity});
		expect(answer.reason).toMatch(says);
	});

	test('what ACM’s own rule calls late is stuck, and what only the search tells is unknown without it', () => {
		const late = only({entries: [certificate(20, renewable, {failed: 'acm-certificate-renewing'}), listener()]});
		expect(cell(late, 'Renews')).toBe('stuck');
		const unsearched = only({
			entries: [certificate(20, renewable, {unread: {SearchCertificates: denied('acm:SearchCertificates')}}), listener()],
		});
		expect(cell(unsearched, 'Renews')).toBe('?');
		expect(Object.keys(unsearched.resource.unread)).toEqual(['acm:SearchCertificates']);
		expect(said(unsearched, 'handled')).toMatchObject({verdict: 'UNKNOWN'});
	});
});

describe('who serves a certificate', () => {
	const hits = (given: Given) => {
		const row = only(given);
		return [cell(row, 'Hits'), row.facts.find(([title]) => title === 'Which')?.[1] ?? null];
	};

	test('each listener, distribution and domain name by its certificate’s ARN, once', () => {
		const second = {
			...listener('shop:8443', 'other'),
			resource: {
				...listener('shop:8443').resource,
				configuration: {certificateArn: 'other', furtherCertificateArns: [certificateArn], loadBalancer: {arn: balancerArn}},
			},
		};
		const domain = made('AWS::ApiGateway::DomainName', 'api.example', {
			regionalCertificateArn: certificateArn,
			ownershipCertificateArn: certificateArn,
		});
		const distribution = made('AWS::CloudFront::Distribution', 'www.example', {
			enabled: false,
			viewerCertificate: {acmCertificateArn: certificateArn},
		});
		const entries = [certificate(90), listener(), second, domain, distribution, listener('other:443', 'other')];
		expect(hits({entries})).toEqual([
			4,
			'API domain api.example, distribution www.example (disabled), listener shop:443, listener shop:8443',
		]);
	});

	test('what ACM names besides is added, and what it names in other words is not', () => {
		const description = {
			unvalidated: [],
			inUseBy: [
				balancerArn,
				`arn:aws:elasticloadbalancing:eu-west-1:${accountId}:loadbalancer/classic`,
				'arn:aws:elasticloadbalancing:eu-west-1:999999999999:loadbalancer/app/prod-api/2',
			],
		};
		const domain = made('AWS::ApiGateway::DomainName', 'api.example', {regionalCertificateArn: certificateArn});
		const refused = ['elbv2:DescribeListeners', 'apigateway:GetDomainNames'];
		expect(hits({entries: [certificate(20, {description}), listener(), domain]})).toEqual([
			3,
			'API domain api.example, listener shop:443, load balancer classic',
		]);
		// ACM's list is whole, whatever else is refused.
		expect(hits({entries: [certificate(20, {description})], refused})).toEqual([
			3,
			'load balancer classic, load balancer prod-api of account 999999999999, load balancer shop',
		]);
	});

	test.each<readonly [name: string, awsRegion: string, refused: string, known: unknown]>([
		['listeners, here', 'eu-west-1', 'elbv2:DescribeListenerCertificates@eu-west-1', '?'],
		['domain names, here', 'eu-west-1', 'apigateway:GetDomainNames@eu-west-1', '?'],
		['domain names, elsewhere', 'eu-west-1', 'apigateway:GetDomainNames@us-east-1', 0],
		['distributions, which use none of here', 'eu-west-1', 'cloudfront:ListDistributions', 0],
		['distributions, for us-east-1', 'us-east-1', 'cloudfront:ListDistributions', '?'],
		['domain names elsewhere, for us-east-1', 'us-east-1', 'apigateway:GetDomainNames@eu-west-1', '?'],
	])('refused: %s', (_, awsRegion, refused, known) => {
		const row = only({entries: [certificate(90, {}, {awsRegion})], refused: [refused]});
		expect(cell(row, 'Hits')).toBe(known);
		expect(Object.keys(row.resource.unread)).toEqual(known === '?' ? [refused.split('@')[0]] : []);
	});
});

describe('who hears of it', () => {
	const listRefused: Joined = made('AWS::Events::Routing', 'routing', {}, {unread: {ListRules: denied('events:ListRules')}});
	test.each<
		readonly [name: string, certificate: Joined, routing: readonly Joined[], users: number, verdict: Verdict, told: unknown, says: RegExp]
	>([
		['routed', certificate(20), [certificatesRouted], 1, 'PASS', 'yes', /^ends in 20 days; ends tells sns alerts in eu-west-1$/u],
		[
			'not routed',
			certificate(20),
			[certificatesLost],
			1,
			'FAIL',
			'no',
			/nobody hears of it: no rule of EventBridge in eu-west-1 routes ends/u,
		],
		['disabled', certificate(20), [routing('certificates', 'ends of certificates', route.disabled)], 1, 'FAIL', 'no', /ends is disabled$/u],
		[
			'without a target',
			certificate(20),
			[routing('certificates', 'ends of certificates', route.idle)],
			1,
			'FAIL',
			'no',
			/ends has no target$/u,
		],
		[
			'targets unread',
			certificate(20),
			[routing('certificates', 'ends of certificates', route.untargeted)],
			1,
			'UNKNOWN',
			'?',
			/targets of ends are not known/u,
		],
		[
			'perhaps matched',
			certificate(20),
			[routing('certificates', 'ends of certificates', route.narrow)],
			1,
			'UNKNOWN',
			'?',
			/depends on detail\.type$/u,
		],
		['rules refused', certificate(20), [listRefused], 1, 'UNKNOWN', '?', /events:ListRules was denied$/u],
		[
			'routed in another Region alone',
			certificate(20),
			[{...certificatesRouted, resource: {...certificatesRouted.resource, awsRegion: 'us-east-1'}}],
			1,
			'UNKNOWN',
			'?',
			/not known/u,
		],
		['not routed, 40 days', certificate(40), [certificatesLost], 1, 'PASS', 'no', /^ends in 40 days/u],
		[
			'not routed, used by nothing',
			certificate(20, {inUse: false}),
			[certificatesLost],
			0,
			'PASS',
			'no',
			/nothing that is watched depends on it$/u,
		],
		['not routed, ACM renews it', certificate(20, renewable), [certificatesLost], 1, 'PASS', 'no', /ACM renews it$/u],
		[
			'not routed, renewal stuck',
			certificate(20, {...renewable, renewalStatus: 'FAILED'}),
			[certificatesLost],
			1,
			'FAIL',
			'no',
			/its renewal failed/u,
		],
	])('%s', (_, ending, routings, users, verdict, told, says) => {
		const row = only({entries: [ending, ...routings, ...(users > 0 ? [listener()] : [])]});
		expect(said(row, 'announced').reason).toMatch(says);
		expect([said(row, 'announced').verdict, cell(row, 'Told')]).toEqual([verdict, told]);
	});

	test('where nobody is told and the users are unknown, there is no answer', () => {
		const given = {entries: [certificate(20), certificatesLost], refused: ['elbv2:DescribeListeners']};
		expect(said(only(given), 'announced')).toMatchObject({
			verdict: 'UNKNOWN',
			reason: expect.stringMatching(/elbv2:DescribeListeners was denied$/u),
		});
		expect(said(only({...given, entries: [certificate(20), certificatesRouted]}), 'announced').verdict).toBe('PASS');
	});
});

describe('what AWS Config says', () => {
	const check = (days: string | undefined, flagged: readonly string[] | undefined, over: object = {}): Joined =>
		made('AWS::Config::ConfigRule', `check-${days ?? 'default'}`, {
			sourceIdentifier: 'ACM_CERTIFICATE_EXPIRATION_CHECK',
			parameters: days === undefined ? {} : {daysToExpiration: days},
			compliance: flagged?.length === 0 ? 'COMPLIANT' : 'NON_COMPLIANT',
			...(flagged && {nonCompliant: flagged.map(resourceId => ({resourceType: 'AWS::ACM::Certificate', resourceId}))}),
			...over,
		});
	const unread = {
		...check('30', undefined),
		resource: {
			...check('30', undefined).resource,
			unread: {GetComplianceDetailsByConfigRule: denied('config:GetComplianceDetailsByConfigRule')},
		},
	};
	test.each<
		readonly [
			name: string,
			days: number,
			facts: object,
			checks: readonly Joined[],
			refused: readonly string[],
			verdict: Verdict,
			shown: unknown,
		]
	>([
		['flags what ends', 10, {}, [check('30', [certificateArn])], [], 'PASS', 'flagged'],
		['is silent on what ends', 10, {}, [check('30', [])], [], 'FAIL', 'not flagged'],
		['is silent on what lasts', 90, {}, [check('30', ['other'])], [], 'PASS', 'not flagged'],
		['flags what lasts', 90, {}, [check('30', [certificateArn])], [], 'FAIL', 'flagged'],
		['has 14 days by default', 20, {}, [check(undefined, [])], [], 'PASS', 'not flagged'],
		['is silent within a day of its threshold', 29.5, {}, [check('30', [])], [], 'PASS', 'not flagged'],
		['is silent on what renews by itself', 10, renewable, [check('30', [])], [], 'PASS', 'not flagged'],
		['agrees in one check and not in the other', 10, {}, [check('30', [certificateArn]), check('14', [])], [], 'FAIL', 'flagged'],
		['has no check', 10, {}, [], [], 'NOT_APPLICABLE', null],
		['has a check without results', 10, {}, [check('30', [], {compliance: 'INSUFFICIENT_DATA'})], [], 'NOT_APPLICABLE', null],
		['has a check that is being deleted', 10, {}, [check('30', [], {state: 'DELETING'})], [], 'NOT_APPLICABLE', null],
		['has a check whose parameter is no number', 10, {}, [check('soon', [])], [], 'NOT_APPLICABLE', 'not flagged'],
		['refuses its rules', 10, {}, [], ['config:DescribeConfigRules'], 'UNKNOWN', '?'],
		['refuses its details', 10, {}, [unread], [], 'UNKNOWN', '?'],
		[
			'has more than is read',
			10,
			{},
			[
				check(
					'30',
					Array.from({length: 1000}, (_, index) => `other-${index}`),
				),
			],
			[],
			'NOT_APPLICABLE',
			null,
		],
	])('it %s', (_, days, facts, checks, refused, verdict, shown) => {
		const row = only({entries: [certificate(days, facts), listener(), ...checks], refused});
		expect([said(row, 'config-agrees').verdict, cell(row, 'Config')]).toEqual([verdict, shown]);
		if (verdict === 'UNKNOWN') {
			expect(said(row, 'config-agrees').reason).toMatch(/config:\w+ was denied$/u);
		}
	});
});

describe('keys', () => {
	const keyArn = `arn:aws:kms:eu-west-1:${accountId}:key/1`;
	const key = (configuration: object, options: Made = {}): Joined =>
		made(
			'AWS::KMS::Key',
			'prod/orders',
			{aliases: ['alias/prod/orders'], keyState: 'Enabled', keyUsage: 'ENCRYPT_DECRYPT', ...configuration},
			{arn: keyArn, ...options},
		);
	const users: readonly Joined[] = [
		made('AWS::SecretsManager::Secret', 'db', {kmsKeyId: keyArn}),
		made('AWS::SSM::Parameter', '/db', {keyId: 'alias/prod/orders'}),
		made('AWS::EC2::Volume', 'vol-1', {kmsKeyId: keyArn}),
		made('AWS::EC2::Snapshot', 'snap-1', {kmsKeyId: keyArn}),
		made('AWS::EC2::RegionSettings', 'eu-west-1', {defaultKmsKeyId: keyArn}),
		made('AWS::S3::Bucket', 'lake', {encryption: {kmsKeyId: '1'}}),
		made(
			'AWS::S3::Bucket',
			'source',
			{encryption: null, replication: {rules: [{isEnabled: true, replicaKmsKeyId: keyArn}]}},
			{awsRegion: 'us-east-1'},
		),
		made('AWS::DynamoDB::Table', 'orders', {encryption: {keyArn}}),
		made('AWS::RDS::DBCluster', 'shop', {kmsKeyId: `arn:aws:kms:eu-west-1:${accountId}:alias/prod/orders`}),
		made('AWS::Route53::HostedZone', 'example', {dnssec: {keys: [{kmsKeyArn: keyArn}]}}, {awsRegion: 'us-east-1'}),
		made('AWS::CloudTrail::Trail', 'audit', {ownerAccountId: accountId, kmsKeyArn: keyArn}, {awsRegion: 'us-east-1'}),
		made('AWS::Config::ConfigurationRecorder', 'AWS Config', {name: 'default', channel: {name: 'default', keyArn}}),
	];
	const others: readonly Joined[] = [
		made('AWS::SecretsManager::Secret', 'default', {}),
		made('AWS::SSM::Parameter', '/there', {keyId: 'alias/prod/orders'}, {awsRegion: 'us-east-1'}),
		made('AWS::EC2::Volume', 'vol-2', {kmsKeyId: `arn:aws:kms:us-east-1:${accountId}:key/1`}),
		made('AWS::EC2::Volume', 'vol-3', {kmsKeyId: 'arn:aws:kms:eu-west-1:999999999999:alias/prod/orders'}),
		made('AWS::S3::Bucket', 'paused', {encryption: null, replication: {rules: [{isEnabled: false, replicaKmsKeyId: keyArn}]}}),
		made('AWS::CloudTrail::Trail', 'plain', {ownerAccountId: accountId, kmsKeyArn: null}),
		made('AWS::Config::ConfigurationRecorder', 'AWS Config', {name: 'default', channel: {name: 'plain'}}),
		made('AWS::Config::ConfigurationRecorder', 'AWS Config', {name: null, channel: null}),
		made('AWS::Route53::HostedZone', 'unsigned', {dnssec: {status: 'NOT_SIGNING', keys: [{kmsKeyArn: keyArn}]}}, {awsRegion: 'us-east-1'}),
		made(
			'AWS::Route53::HostedZone',
			'rolled',
			{dnssec: {status: 'SIGNING', keys: [{kmsKeyArn: keyArn, status: 'INACTIVE'}]}},
			{awsRegion: 'us-east-1'},
		),
	];

	test('all that use a key, by ARN, id or alias, and nothing else', () => {
		const row = only({entries: [key({deletionDate: inDays(20)}), ...users, ...others]});
		expect(cell(row, 'Hits')).toBe(users.length);
		expect(said(row, 'handled')).toMatchObject({verdict: 'FAIL', severity: 'HIGH'});
		expect(said(row, 'handled').reason).toBe('ends in 20 days, scheduled for deletion; bucket lake, cluster shop and 10 more depend on it');
		expect(cell(only({entries: [key({deletionDate: inDays(20)}), ...others]}), 'Hits')).toBe(0);
	});

	test.each<readonly [name: string, refused: readonly string[], unreadBucketIn: string | undefined, facts: object, hits: unknown]>([
		['nothing', [], undefined, {}, 0],
		['volumes', ['ec2:DescribeVolumes@eu-west-1'], undefined, {}, '?'],
		['volumes elsewhere', ['ec2:DescribeVolumes@us-east-1'], undefined, {}, 0],
		['aliases', ['kms:ListAliases'], undefined, {}, '?'],
		['buckets', ['s3:ListBuckets'], undefined, {}, '?'],
		['one bucket here', [], 'eu-west-1', {}, '?'],
		['one bucket elsewhere', [], 'us-east-1', {}, 0],
		['one bucket of no known Region', [], 'global', {}, '?'],
		['trails', ['cloudtrail:DescribeTrails@eu-west-1'], undefined, {}, '?'],
		['channels', ['config:DescribeDeliveryChannels@eu-west-1'], undefined, {}, '?'],
		['volumes, for a key that signs', ['ec2:DescribeVolumes'], undefined, {keyUsage: 'SIGN_VERIFY'}, 0],
	])('refused: %s', (_, refused, unreadBucketIn, facts, hits) => {
		const bucket = made(
			'AWS::S3::Bucket',
			'closed',
			{},
			{
				...(unreadBucketIn !== undefined && {awsRegion: unreadBucketIn}),
				unread: {GetBucketEncryption: denied('s3:GetEncryptionConfiguration')},
			},
		);
		const entries = [key({deletionDate: inDays(5), ...facts}), ...(unreadBucketIn === undefined ? [] : [bucket])];
		const row = only({entries, refused});
		expect(cell(row, 'Hits')).toBe(hits);
		expect(said(row, 'handled').verdict).toBe(hits === '?' ? 'UNKNOWN' : 'PASS');
	});

	test('a key that signs zones is of us-east-1, and unknown where zones were not read', () => {
		const row = only({
			entries: [key({deletionDate: inDays(5), keyUsage: 'SIGN_VERIFY'}, {awsRegion: 'us-east-1'})],
			refused: ['route53:GetDNSSEC'],
		});
		expect(cell(row, 'Hits')).toBe('?');
	});

	test('a trail whose key is about to be deleted is named', () => {
		const trail = made('AWS::CloudTrail::Trail', 'audit', {ownerAccountId: accountId, kmsKeyArn: keyArn}, {awsRegion: 'us-east-1'});
		const row = only({entries: [key({deletionDate: inDays(6), lastUsage: {usedAt: inDays(-1)}}), trail]});
		expect(said(row, 'handled')).toMatchObject({
			verdict: 'FAIL',
			severity: 'CRITICAL',
			reason: 'ends in 6 days, scheduled for deletion; trail audit depends on it',
		});
	});

	test.each<readonly [name: string, facts: object, unread: Made['unread'], reason: string | RegExp]>([
		[
			'used of late',
			{lastUsage: {usedAt: inDays(-3)}},
			{},
			'ends in 5 days; what depends on it is not known: KMS saw it used 3 days ago, by what Vedette does not see',
		],
		['used today', {lastUsage: {usedAt: inDays(-0.2)}}, {}, /KMS saw it used within the last day/u],
		['used long ago', {lastUsage: {usedAt: inDays(-120)}}, {}, /nothing that is watched depends on it$/u],
		['never used', {lastUsage: {trackedSince: inDays(-400), createdAt: inDays(-300)}}, {}, /nothing that is watched depends on it$/u],
		[
			'whose use may not be asked for',
			{},
			{GetKeyLastUsage: denied('kms:GetKeyLastUsage')},
			'ends in 5 days; what depends on it is not known: kms:GetKeyLastUsage was denied',
		],
	])('a key without known users, %s', (_, facts, unread, reason) => {
		const row = only({entries: [key({deletionDate: inDays(5), ...facts}, {unread: unread ?? {}}), routing('keys', 'deletions of keys')]});
		const isKnown = reason instanceof RegExp && reason.source.startsWith('nothing');
		expect([said(row, 'handled').verdict, said(row, 'announced').verdict]).toEqual(isKnown ? ['PASS', 'PASS'] : ['UNKNOWN', 'UNKNOWN']);
		expect(said(row, 'handled').reason).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
		// Where something is known to need it that is enough.
		const used = only({entries: [key({deletionDate: inDays(5), ...facts}, {unread: unread ?? {}}), ...users.slice(0, 1)]});
		expect(cell(used, 'Hits')).toBe(1);
	});

	test.each<readonly [name: string, facts: object]>([
		['signs', {keyUsage: 'SIGN_VERIFY', keySpec: 'RSA_4096'}],
		['is asymmetric', {keySpec: 'RSA_4096'}],
		['makes codes', {keyUsage: 'GENERATE_VERIFY_MAC', keySpec: 'HMAC_256'}],
	])('what encrypts at rest hides no use of a key that %s', (_, facts) => {
		const refused = ['ec2:DescribeVolumes', 'cloudtrail:DescribeTrails', 's3:ListBuckets'];
		expect(cell(only({entries: [key({deletionDate: inDays(5), ...facts})], refused}), 'Hits')).toBe(0);
		expect(cell(only({entries: [key({deletionDate: inDays(5), keySpec: 'SYMMETRIC_DEFAULT'})], refused}), 'Hits')).toBe('?');
	});

	test('where a bucket’s replication was refused a key of any Region may be needed', () => {
		const closed = made(
			'AWS::S3::Bucket',
			'closed',
			{encryption: null},
			{awsRegion: 'us-east-1', unread: {GetBucketReplication: denied('s3:GetReplicationConfiguration')}},
		);
		const row = only({entries: [key({deletionDate: inDays(5)}), closed]});
		expect(said(row, 'handled')).toMatchObject({
			verdict: 'UNKNOWN',
			reason: 'ends in 5 days; what depends on it is not known: s3:GetReplicationConfiguration was denied',
		});
	});

	describe('the relative of a multi-Region key that a replication is to use', () => {
		const relative = `arn:aws:kms:eu-west-1:${accountId}:key/mrk-1`;
		const source = relative.replace('eu-west-1', 'us-east-1');
		const replicating = (encryption: object | undefined, unread: Made['unread'] = {}) =>
			made(
				'AWS::S3::Bucket',
				'lake',
				{
					...(encryption !== undefined && {encryption}),
					replication: {
						rules: [{isEnabled: true, replicaKmsKeyId: null, usesSourceMultiRegionKey: true, destination: {awsRegion: 'eu-west-1'}}],
					},
				},
				{awsRegion: 'us-east-1', unread},
			);
		const here = key({deletionDate: inDays(5), aliases: []}, {arn: relative});
		const there = made('AWS::KMS::Key', 'there', {aliases: ['alias/lake']}, {arn: source, awsRegion: 'us-east-1'});
		test.each([
			['its ARN', source],
			['its id', 'mrk-1'],
			['its alias', 'alias/lake'],
			['its alias’s ARN', `arn:aws:kms:us-east-1:${accountId}:alias/lake`],
		])('is needed where the bucket names %s', (_, kmsKeyId) => {
			const row = only({entries: [here, there, replicating({kmsKeyId})]});
			expect(said(row, 'handled').reason).toMatch(/; replicas of bucket lake depends on it$/u);
		});

		test('may be needed where the bucket’s own key is not known, or its alias', () => {
			const unread = {GetBucketEncryption: denied('s3:GetEncryptionConfiguration')};
			const unencrypted = only({entries: [here, there, replicating(undefined, unread)]});
			expect(said(unencrypted, 'handled').reason).toMatch(/not known: s3:GetEncryptionConfiguration was denied$/u);
			const named = {entries: [here, there, replicating({kmsKeyId: 'alias/other'})]};
			expect(said(only(named), 'handled').verdict).toBe('PASS');
			const unnamed = only({...named, refused: ['kms:ListAliases@us-east-1']});
			expect(said(unnamed, 'handled').reason).toMatch(/not known: kms:ListAliases was denied$/u);
		});
	});

	test('imported material ends by hand; a route for it is called late', () => {
		const entries = [key({validTo: inDays(5)}), ...users, routing('keys', 'ends of imported key material', route.live)];
		const row = only({entries});
		expect([cell(row, 'What'), cell(row, 'Renews'), said(row, 'handled').verdict]).toEqual(['key material', 'by hand', 'FAIL']);
		expect(said(row, 'announced')).toMatchObject({verdict: 'PASS', reason: expect.stringMatching(/only when the material has ended$/u)});
	});

	test('a deletion is announced best by the call that schedules it', () => {
		const both = {
			...routing('keys', 'deletions of keys', route.live),
			resource: {
				...certificatesLost.resource,
				configuration: {
					topics: {
						keys: [
							{event: 'deletions of keys', routes: [{...route.live, ruleName: 'gone'}]},
							{event: 'deletions of keys being scheduled', routes: [{...route.live, ruleName: 'scheduled'}]},
						],
					},
				},
			},
		};
		const entries = [key({deletionDate: inDays(5)}), ...users, both];
		expect(said(only({entries}), 'announced').reason).toBe('ends in 5 days; scheduled tells sns alerts in eu-west-1');
	});

	test.each<
		readonly [
			name: string,
			rotation: object | null,
			state: string,
			failed: string | undefined,
			renews: unknown,
			verdict: Verdict | undefined,
		]
	>([
		['on', {enabled: true, nextRotationDate: inDays(3)}, 'Enabled', undefined, 'by itself', 'PASS'],
		['late', {enabled: true, nextRotationDate: inDays(-3)}, 'Enabled', undefined, 'stuck', 'NOT_APPLICABLE'],
		[
			'late by its own rule',
			{enabled: true, nextRotationDate: inDays(-1)},
			'Enabled',
			'kms-key-rotation-on-time',
			'stuck',
			'NOT_APPLICABLE',
		],
		['of a disabled key', {enabled: true, nextRotationDate: inDays(3)}, 'Disabled', undefined, null, undefined],
		['off', {enabled: false}, 'Enabled', undefined, null, undefined],
		['impossible', null, 'Enabled', undefined, null, undefined],
	])('a rotation that is %s', (_, rotation, keyState, failed, renews, verdict) => {
		const [row] = rowsOf({entries: [key({rotation, keyState}, failed === undefined ? {} : {failed})]});
		expect(row === undefined ? null : cell(row, 'Renews')).toBe(renews);
		expect(row && said(row, 'handled').verdict).toBe(verdict);
		expect(row && cell(row, 'Hits')).toBe(row && null);
	});
});

describe('secrets and parameters', () => {
	const secret = (days: number, configuration: object, options: Made = {}): Joined =>
		made('AWS::SecretsManager::Secret', 'db', configuration, {expirations: [{what: 'rotation due', at: inDays(days)}], ...options});
	const rotations = (one?: object) => routing('secrets', 'failed rotations', one);

	test.each<readonly [name: string, entries: readonly Joined[], renews: unknown, hits: unknown, handled: Verdict, announced: Verdict]>([
		['rotates', [secret(3, {rotationEnabled: true}), rotations()], 'by itself', null, 'PASS', 'PASS'],
		['is late', [secret(-3, {rotationEnabled: true}), rotations()], 'stuck', null, 'NOT_APPLICABLE', 'FAIL'],
		[
			'is late, and somebody hears of it',
			[secret(-3, {rotationEnabled: true}), rotations(route.live)],
			'stuck',
			null,
			'NOT_APPLICABLE',
			'PASS',
		],
		[
			'is stuck by its own rule',
			[secret(3, {rotationEnabled: true}, {failed: 'secretsmanager-secret-rotation-on-schedule'}), rotations()],
			'stuck',
			null,
			'NOT_APPLICABLE',
			'FAIL',
		],
		[
			'is deleted',
			[secret(3, {deletedAt: inDays(3)}), routing('secrets', 'deletions of secrets')],
			'ends for good',
			null,
			'NOT_APPLICABLE',
			'FAIL',
		],
		[
			'is deleted, with a replica',
			[
				secret(3, {deletedAt: inDays(3), primaryRegion: 'eu-west-1', replicas: [{awsRegion: 'us-east-1'}]}),
				routing('secrets', 'deletions of secrets', route.live),
			],
			'ends for good',
			1,
			'FAIL',
			'PASS',
		],
		[
			'is deleted, replicas unread',
			[secret(3, {deletedAt: inDays(3), primaryRegion: 'eu-west-1'}, {unread: {DescribeSecret: denied('secretsmanager:DescribeSecret')}})],
			'ends for good',
			'?',
			'UNKNOWN',
			'UNKNOWN',
		],
	])('a secret that %s', (_, entries, renews, hits, handled, announced) => {
		const row = only({entries});
		expect([cell(row, 'Renews'), cell(row, 'Hits')]).toEqual([renews, hits]);
		expect([said(row, 'handled').verdict, said(row, 'announced').verdict]).toEqual([handled, announced]);
	});

	const notice = {type: 'ExpirationNotification'};
	test.each<readonly [name: string, days: number, configuration: object, one: object | undefined, verdict: Verdict, says: RegExp]>([
		['announces its end to somebody', 3, {policies: [notice]}, route.live, 'PASS', /tells sns alerts/u],
		['announces it to nobody', 3, {policies: [notice]}, undefined, 'FAIL', /no rule of EventBridge/u],
		['announces nothing', 3, {policies: []}, route.live, 'FAIL', /it has no ExpirationNotification$/u],
		['announces nothing yet', 60, {policies: []}, route.live, 'PASS', /^ends in 60 days/u],
		['is another account’s', 3, {policies: [], sharedBy: '999999999999'}, route.live, 'NOT_APPLICABLE', /shared by account 999999999999/u],
	])('a parameter that %s', (_, days, configuration, one, verdict, says) => {
		const parameter = made('AWS::SSM::Parameter', '/key', configuration, {expirations: [{what: 'parameter (deletion)', at: inDays(days)}]});
		const row = only({entries: [parameter, routing('parameters', 'policies of parameters', one)]});
		expect(said(row, 'announced')).toMatchObject({verdict, reason: expect.stringMatching(says)});
		expect(said(row, 'handled').verdict).toBe('NOT_APPLICABLE');
		if (verdict === 'FAIL') {
			expect(said(row, 'announced').severity).toBe('LOW');
		}
	});
});

describe('what else ends', () => {
	test.each<readonly [name: string, refused: readonly string[], usedBy: readonly string[] | undefined, hits: unknown, verdict: Verdict]>([
		['used by a stage', [], ['arn:stage'], 1, 'FAIL'],
		['used by none', [], [], 0, 'PASS'],
		['stages refused', ['apigateway:GetStages'], undefined, '?', 'UNKNOWN'],
		['some stages refused', ['apigateway:GetStages'], ['arn:stage'], '1, ?', 'FAIL'],
	])('a client certificate: %s', (_, refused, usedBy, hits, verdict) => {
		const entries = [
			made('AWS::ApiGateway::ClientCertificate', 'backends', {usedBy}, {expirations: [{what: 'client certificate', at: inDays(5)}]}),
			made('AWS::ApiGateway::Stage', 'shop/prod', {}, {arn: 'arn:stage'}),
		];
		const row = only({entries, refused});
		expect([cell(row, 'Hits'), said(row, 'handled').verdict, said(row, 'announced').verdict]).toEqual([hits, verdict, 'NOT_APPLICABLE']);
		expect(said(row, 'handled').reason).toMatch(usedBy?.length === 1 ? /stage shop\/prod/u : /./u);
	});

	test.each<
		readonly [
			name: string,
			configuration: object,
			refused: readonly string[],
			cells: readonly unknown[] | undefined,
			verdict: Verdict | undefined,
		]
	>([
		['renews', {autoRenew: 'ENABLED'}, [], ['by itself', 1], 'PASS'],
		['ends', {autoRenew: 'DISABLED'}, [], ['ends for good', 1], 'FAIL'],
		['ends, protections refused', {autoRenew: 'DISABLED'}, ['shield:ListProtections'], ['ends for good', '1, ?'], 'FAIL'],
		['does not tell', {}, [], ['?', 1], 'UNKNOWN'],
		['is none', {state: 'INACTIVE'}, [], undefined, undefined],
	])('a subscription to Shield that %s', (_, configuration, refused, cells, verdict) => {
		const subscription = made('AWS::Shield::Subscription', 'Shield', {state: 'ACTIVE', endsAt: inDays(20), ...configuration});
		const [row] = rowsOf({entries: [subscription, made('AWS::Shield::Protection', 'shop', {})], refused});
		expect(row && [cell(row, 'Renews'), cell(row, 'Hits')]).toEqual(cells);
		expect(row && said(row, 'handled').verdict).toBe(verdict);
	});

	test('tables, restored snapshots and paused jobs end as their services say', () => {
		const ending = (type: ResourceType, what: string) => made(type, what, {}, {expirations: [{what, at: inDays(2)}]});
		const rows = rowsOf({
			entries: [
				ending('AWS::DynamoDB::Table', 'table (archival)'),
				ending('AWS::EC2::Snapshot', 'snapshot (restored from archive)'),
				ending('AWS::Macie::ClassificationJob', 'paused job'),
			],
		});
		expect(rows.map(row => cell(row, 'What'))).toEqual(['table (archival)', 'snapshot (restored from archive)', 'paused job']);
		expect(rows.flatMap(({judgements}) => judgements.map(({verdict}) => verdict))).toEqual(Array.from({length: 9}, () => 'NOT_APPLICABLE'));
	});

	test('a request that nobody validated times out, and is no certificate to AWS Config', () => {
		const request = certificate(
			2,
			{status: 'PENDING_VALIDATION', inUse: false},
			{expirations: [{what: 'certificate request', at: inDays(2)}]},
		);
		const row = only({entries: [request], refused: ['config:DescribeConfigRules']});
		expect([cell(row, 'What'), cell(row, 'Config'), said(row, 'config-agrees').verdict]).toEqual([
			'certificate request',
			null,
			'NOT_APPLICABLE',
		]);
	});

	const mute = (rule: string, until: string | undefined): Mute => ({rule, resource: 'shop', until, reason: 'migration under way'});
	test('mutes that end by themselves, each once, by when the last of its kind ends', () => {
		const mutes = [
			mute('acm-*', inDays(9)),
			mute('kms-*', '2026-12-01'),
			mute('acm-*', inDays(12)),
			mute('lasting-*', inDays(3)),
			mute('lasting-*', undefined),
			mute('ended-*', inDays(-1)),
			mute('odd-*', 'soon'),
		];
		const rows = rowsOf({mutes});
		expect(rows.map(({resource, expirations}) => [resource.resourceName, expirations[0]?.at])).toEqual([
			['kms-* at shop', '2026-12-01T00:00:00.000Z'],
			['acm-* at shop', inDays(12)],
		]);
		expect(rows.map(({judgements}) => judgements.map(({verdict}) => verdict))).toEqual(
			rows.map(() => Array.from({length: 3}, () => 'NOT_APPLICABLE')),
		);
		expect(rows.every(({consolePath}) => consolePath === '')).toBe(true);
	});
});

test('soonest first, what has ended before it, nothing beyond two years, and each row due by its own end', () => {
	const at = (name: string, days: number) =>
		made('AWS::ApiGateway::ClientCertificate', name, {usedBy: []}, {expirations: [{what: 'client certificate', at: inDays(days)}]});
	const entries = [
		at('late', 700),
		at('far', 740),
		at('soon', 3),
		at('over', -3),
		{...at('odd', 1), expirations: [{what: 'odd', at: 'never'}]},
	];
	const rows = rowsOf({entries, mutes: [{rule: '*', resource: 'x', until: inDays(10), reason: 'known'}]});
	expect(rows.map(({resource}) => resource.resourceName)).toEqual(['over', 'soon', '* at x', 'late']);
	expect(rows.map(({expirations}) => expirations.length)).toEqual([1, 1, 1, 1]);
});

test('a thing with two ends has two rows', () => {
	const rows = rowsOf({
		entries: [made('AWS::KMS::Key', 'byok', {keyState: 'PendingDeletion', deletionDate: inDays(9), validTo: inDays(4)})],
	});
	expect(rows.map(row => cell(row, 'What'))).toEqual(['key material', 'key (deletion)']);
	expect(new Set(rows.map(({key}) => key)).size).toBe(2);
});
