import {afterEach, describe, expect, test} from 'vitest';
import type {Effect} from '../../mocks/index.js';
import type {Answer, Resource} from '../../source/model/index.js';
import {cloudfront} from '../../source/services/cloudfront/index.js';
import type {Distribution, Origin, ViewerCertificate} from '../../source/services/cloudfront/rules/distribution.js';
import {distributionRules} from '../../source/services/cloudfront/rules/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const certificate: ViewerCertificate = {
	isDefault: false,
	acmCertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1111',
	minimumProtocolVersion: 'TLSv1.2_2021',
	sslSupportMethod: 'sni-only',
};
const byDefault: ViewerCertificate = {isDefault: true, minimumProtocolVersion: 'TLSv1', sslSupportMethod: 'vip'};
const bucket: Origin = {
	id: 'web',
	domainName: 'web.s3.us-east-1.amazonaws.com',
	type: 's3',
	accessControlId: 'E1OAC',
	accessIdentity: null,
};
const custom = (facts: Partial<Origin> = {}): Origin => ({
	id: 'app',
	domainName: 'app.example.com',
	type: 'custom',
	accessControlId: null,
	protocolPolicy: 'https-only',
	tlsVersions: ['TLSv1.2'],
	...facts,
});
const to = (targetOriginId: string, viewerProtocolPolicy = 'redirect-to-https', pathPattern = '*') => ({
	pathPattern,
	targetOriginId,
	viewerProtocolPolicy,
});

/** A bucket's distribution in good order; `facts` say what differs. */
const distribution = (
	facts: Partial<Distribution> = {},
	arn = 'arn:aws:cloudfront::123456789012:distribution/E1',
): Resource<Distribution> => ({
	arn,
	resourceType: 'AWS::CloudFront::Distribution',
	resourceId: 'E1',
	resourceName: 'www.example.com',
	accountId: '123456789012',
	awsRegion: 'global',
	tags: {},
	configuration: {
		domainName: 'd1.cloudfront.net',
		enabled: true,
		connectionMode: 'direct',
		aliases: ['www.example.com'],
		origins: [bucket],
		originGroups: [],
		behaviors: [to('web')],
		viewerCertificate: certificate,
		webAclId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/edge/2222',
		defaultRootObject: 'index.html',
		logging: {bucket: 'logs.s3.amazonaws.com'},
		...facts,
	},
	unread: {},
	readAt: {},
});
const of = (...origins: readonly Origin[]) => distribution({origins, behaviors: [to(origins[0]?.id ?? '')]});
const without = (...members: ReadonlyArray<keyof Distribution>): Resource<Distribution> => {
	const whole = distribution();
	const kept = Object.entries(whole.configuration).filter(([name]) => !members.some(member => member === name));
	return {...whole, configuration: Object.fromEntries(kept)};
};
const withCertificate = (facts: Partial<ViewerCertificate>) => distribution({viewerCertificate: {...certificate, ...facts}});
const multiTenant = (facts: Partial<Distribution>) => distribution({connectionMode: 'tenant-only', ...facts});

const ask = (ruleId: string, resource: Resource<Distribution>): Answer => {
	const rule = distributionRules.find(({id}) => id === `cloudfront-distribution-${ruleId}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const context = {
		now: '2026-11-23T12:00:00.000Z',
		settings: rule.settings ?? {},
		trustedAccounts: [],
		related: () => undefined,
		watches: () => true,
	};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const website = custom({domainName: 'web.s3-website.eu-central-1.amazonaws.com', protocolPolicy: 'http-only'});
const matching = custom({protocolPolicy: 'match-viewer'});

const cases: ReadonlyArray<
	readonly [rule: string, what: string, Resource<Distribution>, verdict: string, severity: string, reason: string]
> = [
	['web-acl', 'of AWS WAF', distribution(), 'PASS', '', 'web ACL edge'],
	['web-acl', 'none', distribution({webAclId: null}), 'FAIL', 'MEDIUM', 'no web ACL'],
	['web-acl', 'a classic one', distribution({webAclId: '473e64fd'}), 'FAIL', 'LOW', 'AWS WAF Classic (473e64fd)'],
	['web-acl', 'not told', without('webAclId'), 'UNKNOWN', '', 'did not tell its web ACL'],
	['web-acl', 'disabled', distribution({enabled: false, webAclId: null}), 'NOT_APPLICABLE', '', 'answers nobody'],
	['web-acl', 'none of a template’s own', multiTenant({webAclId: null}), 'UNKNOWN', '', 'whether its tenants have some'],
	['web-acl', 'a template’s', multiTenant({}), 'PASS', '', 'where its tenants have not chosen otherwise'],

	['https-only', 'by redirect', distribution(), 'PASS', '', 'HTTPS alone'],
	[
		'https-only',
		'one of three behaviours allows HTTP',
		distribution({behaviors: [to('web', 'https-only', '/a'), to('web', 'allow-all', '/b'), to('web')]}),
		'FAIL',
		'MEDIUM',
		'plain HTTP is allowed for /b',
	],
	['https-only', 'a policy of tomorrow', distribution({behaviors: [to('web', 'quic-only')]}), 'UNKNOWN', '', 'quic-only'],
	['https-only', 'not told', without('behaviors'), 'UNKNOWN', '', ''],

	['modern-tls', 'of 2021', distribution(), 'PASS', '', 'TLSv1.2_2021'],
	['modern-tls', 'of 2025', withCertificate({minimumProtocolVersion: 'TLSv1.3_2025'}), 'PASS', '', ''],
	['modern-tls', 'of tomorrow', withCertificate({minimumProtocolVersion: 'TLSv1.3_2031'}), 'PASS', '', ''],
	['modern-tls', 'the ciphers of 2019', withCertificate({minimumProtocolVersion: 'TLSv1.2_2019'}), 'FAIL', 'LOW', 'TLSv1.2_2019'],
	['modern-tls', 'TLS 1.0 of 2016', withCertificate({minimumProtocolVersion: 'TLSv1_2016'}), 'FAIL', 'MEDIUM', ''],
	['modern-tls', 'TLS 1.1', withCertificate({minimumProtocolVersion: 'TLSv1.1_2016'}), 'FAIL', 'MEDIUM', ''],
	['modern-tls', 'SSL 3.0', withCertificate({minimumProtocolVersion: 'SSLv3'}), 'FAIL', 'HIGH', ''],
	['modern-tls', 'another name', withCertificate({minimumProtocolVersion: 'Quantum_1'}), 'UNKNOWN', '', 'Quantum_1'],
	[
		'modern-tls',
		'asked for, but not to be had',
		distribution({viewerCertificate: {...byDefault, minimumProtocolVersion: 'TLSv1.2_2021'}}),
		'FAIL',
		'LOW',
		'CloudFront’s own certificate always brings',
	],
	['modern-tls', 'not told', without('viewerCertificate'), 'UNKNOWN', '', ''],

	['own-certificate', 'of ACM', distribution(), 'PASS', '', 'ACM'],
	[
		'own-certificate',
		'of IAM',
		distribution({viewerCertificate: {isDefault: false, iamCertificateId: 'ASCA1'}}),
		'PASS',
		'',
		'ASCA1 of IAM, which nothing renews',
	],
	['own-certificate', 'CloudFront’s', distribution({viewerCertificate: byDefault}), 'FAIL', 'MEDIUM', 'd1.cloudfront.net alone'],
	['own-certificate', 'of tenants', multiTenant({viewerCertificate: byDefault}), 'NOT_APPLICABLE', '', 'its tenants bring'],
	['own-certificate', 'not told', without('viewerCertificate'), 'UNKNOWN', '', ''],

	['certificate-region', 'us-east-1', distribution(), 'PASS', '', 'us-east-1'],
	[
		'certificate-region',
		'elsewhere',
		withCertificate({acmCertificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1'}),
		'FAIL',
		'HIGH',
		'lies in eu-west-1',
	],
	['certificate-region', 'CloudFront’s', distribution({viewerCertificate: byDefault}), 'NOT_APPLICABLE', '', ''],
	[
		'certificate-region',
		'in China',
		distribution({}, 'arn:aws-cn:cloudfront::123456789012:distribution/E1'),
		'NOT_APPLICABLE',
		'',
		'another partition',
	],
	['certificate-region', 'not told', without('viewerCertificate'), 'UNKNOWN', '', ''],

	['sni', 'on', distribution(), 'PASS', '', 'SNI'],
	['sni', 'dedicated addresses', withCertificate({sslSupportMethod: 'vip'}), 'FAIL', 'LOW', 'dedicated addresses'],
	['sni', 'what the API says of CloudFront’s own certificate', distribution({viewerCertificate: byDefault}), 'NOT_APPLICABLE', '', ''],
	['sni', 'static addresses', withCertificate({sslSupportMethod: 'static-ip'}), 'NOT_APPLICABLE', '', 'on request'],
	['sni', 'a method of tomorrow', withCertificate({sslSupportMethod: 'ech'}), 'UNKNOWN', '', 'ech'],

	['origin-encrypted', 'always', of(custom()), 'PASS', '', 'asks app.example.com by HTTPS'],
	['origin-encrypted', 'never', of(custom({protocolPolicy: 'http-only'})), 'FAIL', 'MEDIUM', 'app.example.com (http-only)'],
	['origin-encrypted', 'as viewers come, who come by HTTPS', of(matching), 'PASS', '', ''],
	[
		'origin-encrypted',
		'as viewers come, some by HTTP',
		distribution({origins: [matching], behaviors: [to('app', 'allow-all', '/feed/*'), to('app')]}),
		'FAIL',
		'MEDIUM',
		'for /feed/* they may come by HTTP',
	],
	[
		'origin-encrypted',
		'as viewers come, some by HTTP through a group',
		distribution({
			origins: [custom({id: 'a'}), {...matching, id: 'b'}],
			originGroups: [{id: 'both', originIds: ['a', 'b']}],
			behaviors: [to('both', 'allow-all')],
		}),
		'FAIL',
		'MEDIUM',
		'as viewers came',
	],
	[
		'origin-encrypted',
		'HTTP is allowed to another origin alone',
		distribution({origins: [bucket, matching], behaviors: [to('web', 'allow-all', '/public/*'), to('app')]}),
		'PASS',
		'',
		'',
	],
	['origin-encrypted', 'a website of S3', of(website), 'FAIL', 'MEDIUM', 'websites of S3 speak nothing else'],
	['origin-encrypted', 'buckets alone', distribution(), 'NOT_APPLICABLE', '', 'no custom origin'],
	['origin-encrypted', 'a policy of tomorrow', of(custom({protocolPolicy: 'quic-only'})), 'UNKNOWN', '', 'quic-only'],
	['origin-encrypted', 'not told', without('origins'), 'UNKNOWN', '', ''],

	['origin-tls', 'TLS 1.2', of(custom()), 'PASS', '', ''],
	['origin-tls', 'SSL 3.0', of(custom({tlsVersions: ['SSLv3', 'TLSv1.2']})), 'FAIL', 'MEDIUM', 'offers SSLv3 to app.example.com'],
	['origin-tls', 'TLS 1.0', of(custom({tlsVersions: ['TLSv1', 'TLSv1.1', 'TLSv1.2']})), 'FAIL', 'LOW', 'TLSv1 and TLSv1.1'],
	['origin-tls', 'HTTP alone', of(website), 'NOT_APPLICABLE', '', ''],
	['origin-tls', 'a bucket', distribution(), 'NOT_APPLICABLE', '', ''],
	[
		'origin-tls',
		'not told',
		of({id: 'app', domainName: 'app.example.com', type: 'custom', accessControlId: null, protocolPolicy: 'https-only'}),
		'UNKNOWN',
		'',
		'',
	],

	['origin-access-control', 'on', distribution(), 'PASS', '', ''],
	['origin-access-control', 'off', of({...bucket, accessControlId: null}), 'FAIL', 'MEDIUM', 'without an origin access control'],
	[
		'origin-access-control',
		'by the older identity',
		of({...bucket, accessControlId: null, accessIdentity: 'origin-access-identity/cloudfront/E1'}),
		'FAIL',
		'LOW',
		'by an origin access identity',
	],
	['origin-access-control', 'a website of S3', of(website), 'FAIL', 'MEDIUM', 'open to everyone'],
	[
		'origin-access-control',
		'a function URL',
		of(custom({domainName: 'abc.lambda-url.eu-west-1.on.aws'})),
		'FAIL',
		'MEDIUM',
		'without an origin access control',
	],
	['origin-access-control', 'another host', of(custom()), 'NOT_APPLICABLE', '', ''],
	['origin-access-control', 'not told', without('origins'), 'UNKNOWN', '', ''],

	['default-root-object', 'there', distribution(), 'PASS', '', 'index.html'],
	['default-root-object', 'none', distribution({defaultRootObject: null}), 'FAIL', 'MEDIUM', ''],
	[
		'default-root-object',
		'none, but a function',
		distribution({defaultRootObject: null, behaviors: [{...to('web'), runsFunction: true}]}),
		'UNKNOWN',
		'',
		'a function sees requests',
	],
	['default-root-object', 'of a custom origin', distribution({origins: [custom()], behaviors: [to('app')]}), 'NOT_APPLICABLE', '', ''],
	['default-root-object', 'not told', without('defaultRootObject'), 'UNKNOWN', '', ''],

	['logging', 'to a bucket', distribution(), 'PASS', '', 'logs to logs.s3.amazonaws.com'],
	['logging', 'off', distribution({logging: null}), 'FAIL', 'LOW', 'standard logging (v2) cannot be seen here'],
	[
		'logging',
		'in real time',
		distribution({logging: null, behaviors: [{...to('web'), realtimeLogConfigArn: 'arn:aws:cloudfront::1:realtime-log-config/x'}]}),
		'PASS',
		'',
		'real-time logs',
	],
	[
		'logging',
		'in real time, of one behaviour',
		distribution({
			logging: null,
			behaviors: [{...to('web', 'https-only', '/a'), realtimeLogConfigArn: 'arn:aws:cloudfront::1:realtime-log-config/x'}, to('web')],
		}),
		'FAIL',
		'LOW',
		'',
	],
	['logging', 'not told', without('logging'), 'UNKNOWN', '', ''],
];

describe('rules on distributions', () => {
	test.each(cases)('%s: %s', (rule, _, resource, verdict, severity, reason) => {
		const answer = ask(rule, resource);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});

	test('every rule is UNKNOWN of a distribution of which nothing was told', () => {
		for (const {id} of distributionRules) {
			expect([id, ask(id.replace('cloudfront-distribution-', ''), {...distribution(), configuration: {}}).verdict]).toEqual([
				id,
				'UNKNOWN',
			]);
		}
	});
});

describe('collecting distributions', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const count = (operation: string) => watch.endpoint.calls.count({operation});
	const collect = () => watch.collect(cloudfront, 'us-east-1');
	// The one kind has one configuration.
	const find = (resources: readonly Resource[], id: string) =>
		resources.find(({resourceId}) => resourceId === id) as Resource<Distribution> | undefined;

	test('one listing tells all but logs and root objects, whose answers keep until the distribution changes', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await collect();
		expect(resources).toHaveLength(9);
		expect(complete).toEqual(['AWS::CloudFront::Distribution']);
		expect([count('ListDistributions'), count('GetDistributionConfig')]).toEqual([1, 9]);
		expect(find(resources, 'E1A2B3C4D5E6F7')).toMatchObject({
			resourceName: 'www.acme.com',
			awsRegion: 'global',
			configuration: {
				aliases: ['www.acme.com', 'acme.com'],
				logging: {bucket: 'acme-ci-logs.s3.amazonaws.com'},
				defaultRootObject: 'index.html',
			},
		});
		expect(find(resources, 'E7SHOP4ACME2QX')?.configuration).toMatchObject({
			webAclId: expect.stringContaining(':global/webacl/edge/'),
			originGroups: [{id: 'shop-or-sorry', originIds: ['shop-alb', 'sorry']}],
			behaviors: [{pathPattern: '/static/*'}, {pathPattern: '*', targetOriginId: 'shop-or-sorry'}],
			logging: null,
			defaultRootObject: null,
		});

		watch.endpoint.calls.clear();
		await collect();
		// The one that was refused is asked again; the others are remembered.
		expect([count('ListDistributions'), count('GetDistributionConfig')]).toEqual([1, 0]);

		watch.pass(60_000);
		watch.endpoint.timeline.advance(70);
		watch.endpoint.calls.clear();
		const changed = await collect();
		expect(find(changed.resources, 'E7SHOP4ACME2QX')?.configuration.webAclId).toBeNull();
		expect(count('GetDistributionConfig')).toBe(1);
	});

	test('configurations are waited for by nobody', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect(find(resources, 'E1A2B3C4D5E6F7')?.unread['GetDistributionConfig']).toMatchObject({status: 'pending'});
		await expect.poll(async () => find((await collect()).resources, 'E1A2B3C4D5E6F7')?.configuration.defaultRootObject).toBe('index.html');
	});

	test('six hundred take six pages', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {resources, complete} = await collect();
		expect(resources).toHaveLength(600);
		expect(count('ListDistributions')).toBe(6);
		expect(complete).toEqual(['AWS::CloudFront::Distribution']);
	});

	test.each<[string, Effect, string]>([
		['denied', {kind: 'deny'}, 'denied'],
		['empty-handed', {kind: 'empty-object'}, 'failed'],
		['lacking every name and number', {kind: 'missing-members'}, 'failed'],
		['lacking names', {kind: 'missing-members', members: ['ARN']}, 'partial'],
		['of wrong types', {kind: 'wrong-types'}, 'failed'],
		['half an answer', {kind: 'malformed'}, 'failed'],
		['not AWS’s', {kind: 'html'}, 'failed'],
	])('a listing that is %s makes nothing complete', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'cloudfront', operation: 'ListDistributions', effect});
		const {outcome, complete, resources} = await collect();
		expect([outcome.status, complete, resources]).toEqual([status, [], []]);
	});

	test.each<[string, Effect]>([
		['goes round in circles', {kind: 'cycle-token'}],
		['says that there is more, but not where', {kind: 'missing-members', members: ['NextMarker']}],
	])('a listing that %s is partial', async (_, effect) => {
		watch = await watchScenario('large', {slowInBackground: true});
		watch.endpoint.faults.add({service: 'cloudfront', operation: 'ListDistributions', effect});
		const {outcome, complete} = await collect();
		expect([outcome.status, complete]).toEqual(['partial', []]);
	});

	test('wrong answers turn no verdict', async () => {
		expect(await mistakesUnderWrongAnswers(cloudfront, 'us-east-1')).toEqual([]);
		watch = await watchScenario('healthy');
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await collect();
		const judgements = judgeAll(cloudfront, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
	});

	test('hostile comments, names and patterns cost no distribution', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await collect();
		expect(outcome.status).toBe('ok');
		expect(resources.every(({resourceName}) => resourceName !== '')).toBe(true);
		const judgements = judgeAll(cloudfront, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({reason}) => reason.includes('the rule failed'))).toEqual([]);
	});
});
