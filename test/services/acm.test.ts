import {afterEach, describe, expect, test} from 'vitest';
import type {Answer, Refusal, Resource, RuleContext} from '../../source/model/index.js';
import {acm} from '../../source/services/acm/index.js';
import {type Certificate, certificateType} from '../../source/services/acm/rules/certificate.js';
import {accountRules, certificateRules} from '../../source/services/acm/rules/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const now = '2026-11-23T12:00:00.000Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();
const refused = (operation: string): Readonly<Record<string, Refusal>> => ({
	[operation]: {status: 'denied', operation, iamAction: `acm:${operation}`, error: 'AccessDeniedException', message: 'no'},
});

/** A public certificate in good order, in use, 138 days before its end; `facts` say what differs. */
const certificate = (
	facts: Partial<Certificate> & {ends?: number} = {},
	over: Partial<Resource<Certificate>> = {},
): Resource<Certificate> => {
	const {ends = 138, ...rest} = facts;
	return {
		arn: 'arn:aws:acm:eu-west-1:123456789012:certificate/1111',
		resourceType: certificateType,
		resourceId: '1111',
		resourceName: 'api.acme.com',
		accountId: '123456789012',
		awsRegion: 'eu-west-1',
		tags: {},
		configuration: {
			listedBy: 'SearchCertificates',
			domainName: 'api.acme.com',
			subjectAlternativeNames: ['api.acme.com'],
			status: 'ISSUED',
			type: 'AMAZON_ISSUED',
			keyAlgorithm: 'RSA_2048',
			notBefore: inDays(ends - 198),
			notAfter: inDays(ends),
			createdAt: inDays(ends - 198),
			issuedAt: inDays(ends - 198),
			inUse: true,
			exported: false,
			exportOption: 'DISABLED',
			renewalEligibility: 'ELIGIBLE',
			validationMethod: 'DNS',
			keyPairOrigin: 'AWS_MANAGED',
			...rest,
		},
		unread: {},
		readAt: {},
		...over,
	};
};
const imported = (facts: Parameters<typeof certificate>[0] = {}) =>
	certificate({type: 'IMPORTED', renewalEligibility: 'INELIGIBLE', importedAt: inDays(-40), keyPairOrigin: 'CUSTOMER_PROVIDED', ...facts});
const idle = {inUse: false, renewalEligibility: 'INELIGIBLE'} as const;
/** Without a member, as an endpoint may answer. */
const lacking = (resource: Resource<Certificate>, ...members: readonly string[]): Resource<Certificate> => ({
	...resource,
	// What is left is a certificate: every member but two is optional, and those two are never taken.
	configuration: Object.fromEntries(Object.entries(resource.configuration).filter(([name]) => !members.includes(name))) as Certificate,
});

const ask = (ruleId: string, resource: Resource<Certificate>): Answer => {
	const rule = certificateRules.find(({id}) => id === `acm-certificate-${ruleId}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const context: RuleContext = {now, settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? rule.severity};
};

const cases: ReadonlyArray<
	readonly [rule: string, what: string, Resource<Certificate>, verdict: string, severity: string, reason: string]
> = [
	['valid', 'in order', certificate(), 'PASS', '', 'valid for another 138 days'],
	['valid', 'ended in use', imported({ends: -0.2}), 'FAIL', 'CRITICAL', 'expired 4 hours ago, in use'],
	['valid', 'ended unused', imported({ends: -41, status: 'EXPIRED', inUse: false}), 'FAIL', 'LOW', 'expired 41 days ago, not in use'],
	[
		'valid',
		'ended, exported',
		certificate({ends: -3, inUse: false, exported: true}),
		'FAIL',
		'HIGH',
		'exported, so it may be served outside',
	],
	['valid', 'revoked in use', certificate({status: 'REVOKED', revokedAt: inDays(-3)}), 'FAIL', 'CRITICAL', 'revoked 3 days ago, in use'],
	['valid', 'a pending request', certificate({status: 'PENDING_VALIDATION'}), 'NOT_APPLICABLE', '', 'has no end'],
	['valid', 'CloudFront’s', certificate({managedBy: 'CLOUDFRONT', ends: 3}), 'NOT_APPLICABLE', '', 'CloudFront manages'],
	[
		'valid',
		'CloudFront’s, ended unused',
		certificate({managedBy: 'CLOUDFRONT', ends: -1, ...idle}),
		'NOT_APPLICABLE',
		'',
		'CloudFront manages',
	],
	[
		'valid',
		'CloudFront’s, ended in use: an outage all the same',
		certificate({managedBy: 'CLOUDFRONT', ends: -3}),
		'FAIL',
		'CRITICAL',
		'expired 3 days ago, in use; managed by CLOUDFRONT, so mend it there',
	],
	['valid', 'no status', lacking(certificate(), 'status'), 'UNKNOWN', '', 'did not tell its status'],

	['imported-replaced', 'far', imported({ends: 45.5}), 'PASS', '', 'expires in 45 days, imported'],
	['imported-replaced', 'below 45', imported({ends: 44.9}), 'FAIL', 'LOW', 'expires in 44 days, imported, so ACM will not renew it'],
	['imported-replaced', 'below 30', imported({ends: 29.9}), 'FAIL', 'MEDIUM', 'expires in 29 days'],
	['imported-replaced', 'below 14', imported({ends: 13.9}), 'FAIL', 'HIGH', 'expires in 13 days'],
	['imported-replaced', 'below 7', imported({ends: 6.9}), 'FAIL', 'CRITICAL', 'expires in 6 days'],
	['imported-replaced', 'hours', imported({ends: 1.9}), 'FAIL', 'CRITICAL', 'expires in 45 hours'],
	[
		'imported-replaced',
		'made for 47 days, half of them left',
		imported({ends: 24, notBefore: inDays(-23)}),
		'PASS',
		'',
		'expires in 24 days',
	],
	[
		'imported-replaced',
		'made for 47 days, a sixth of them left',
		imported({ends: 7, notBefore: inDays(-40)}),
		'FAIL',
		'HIGH',
		'expires in 7 days',
	],
	['imported-replaced', 'made for 6 days, and new', imported({ends: 5.5, notBefore: inDays(-0.5)}), 'PASS', '', 'expires in 5 days'],
	['imported-replaced', 'issued by ACM', certificate({ends: 3}), 'NOT_APPLICABLE', '', 'not imported'],
	['imported-replaced', 'ended', imported({ends: -2}), 'NOT_APPLICABLE', '', 'expired already'],
	['imported-replaced', 'use not told', lacking(imported({ends: 20}), 'inUse', 'exported'), 'UNKNOWN', '', 'whether it is in use'],
	['imported-replaced', 'type not told', lacking(imported({ends: 20}), 'type'), 'UNKNOWN', '', 'its type'],
	['not-expiring', 'imported', imported({ends: 3}), 'NOT_APPLICABLE', '', 'rule on imported certificates'],
	[
		'not-expiring',
		'its renewal stuck',
		certificate({ends: 22, renewalStatus: 'PENDING_VALIDATION'}),
		'FAIL',
		'MEDIUM',
		'and its renewal is stuck',
	],
	['imported-replaced', 'unused', imported({ends: 20, inUse: false}), 'FAIL', 'LOW', 'imported, not in use'],
	['not-expiring', 'unused, far', certificate({ends: 40, ...idle}), 'PASS', '', 'not in use'],
	[
		'not-expiring',
		'unused, near: nobody renews it',
		certificate({ends: 5, ...idle}),
		'FAIL',
		'LOW',
		'not in use, so ACM will not renew it',
	],
	['not-expiring', 'managed, in its renewal window', certificate({ends: 40}), 'PASS', '', 'ACM renews it'],
	['not-expiring', 'managed below 14', certificate({ends: 13}), 'FAIL', 'HIGH', 'ACM has not renewed it'],
	['not-expiring', 'managed below 7', certificate({ends: 6}), 'FAIL', 'CRITICAL', 'ACM has not renewed it'],
	['not-expiring', 'by e-mail', certificate({ends: 40, validationMethod: 'EMAIL'}), 'FAIL', 'LOW', 'somebody must approve its renewal'],
	['not-expiring', 'in use, not eligible', certificate({ends: 20, renewalEligibility: 'INELIGIBLE'}), 'FAIL', 'MEDIUM', 'not eligible'],
	['not-expiring', 'exported', certificate({ends: 5, ...idle, exported: true}), 'FAIL', 'CRITICAL', 'expires in 5 days'],
	[
		'not-expiring',
		'exported, far, and renewed by ACM alone',
		certificate({inUse: false, exported: true}),
		'PASS',
		'',
		'copies outside AWS must be replaced by hand',
	],
	['not-expiring', 'no end', lacking(certificate({status: 'PENDING_VALIDATION'}), 'notAfter'), 'NOT_APPLICABLE', '', 'has no end'],
	['not-expiring', 'ended', certificate({ends: -2}), 'NOT_APPLICABLE', '', 'expired already'],
	['not-expiring', 'by ACME', certificate({ends: 5, keyPairOrigin: 'ACME'}), 'NOT_APPLICABLE', '', 'ACME client'],
	['not-expiring', 'use not told', lacking(certificate({ends: 20}), 'inUse', 'exported'), 'UNKNOWN', '', 'whether it is in use'],
	[
		'not-expiring',
		'eligibility not told',
		lacking(certificate({ends: 40}), 'renewalEligibility'),
		'UNKNOWN',
		'',
		'expires in 40 days, and SearchCertificates did not tell whether ACM renews it',
	],
	[
		'not-expiring',
		'an eligibility of tomorrow',
		certificate({ends: 40, renewalEligibility: 'ON_REQUEST'}),
		'UNKNOWN',
		'',
		'ON_REQUEST is not known',
	],
	[
		'not-expiring',
		'eligibility not told, but that its renewal is stuck',
		lacking(certificate({ends: 40, renewalStatus: 'PENDING_VALIDATION'}), 'renewalEligibility'),
		'FAIL',
		'LOW',
		'and its renewal is stuck',
	],
	[
		'not-expiring',
		'eligibility not told, far',
		lacking(certificate(), 'renewalEligibility'),
		'PASS',
		'',
		'did not tell whether ACM renews it',
	],
	[
		'not-expiring',
		'eligibility not told, and too late whoever renews it',
		lacking(certificate({ends: 13}), 'renewalEligibility'),
		'FAIL',
		'HIGH',
		'expires in 13 days, and ACM has not renewed it',
	],
	[
		'not-expiring',
		'unused, and eligibility not told',
		lacking(certificate({ends: 5, ...idle}), 'renewalEligibility'),
		'FAIL',
		'LOW',
		'not in use',
	],
	['not-expiring', 'end not told', lacking(certificate(), 'notAfter'), 'UNKNOWN', '', 'when it expires'],
	[
		'not-expiring',
		'perhaps by e-mail',
		{...lacking(certificate({ends: 40}), 'validationMethod'), unread: refused('SearchCertificates')},
		'UNKNOWN',
		'',
		'acm:SearchCertificates',
	],
	[
		'not-expiring',
		'perhaps by e-mail, but far',
		{...lacking(certificate({ends: 90}), 'validationMethod'), unread: refused('SearchCertificates')},
		'PASS',
		'',
		'expires in 90 days',
	],

	['renewing', 'far', certificate(), 'PASS', '', 'ACM renews it about 45 days before that'],
	['renewing', 'private, far', certificate({type: 'PRIVATE', notBefore: inDays(-100)}), 'PASS', '', 'about 60 days before'],
	['renewing', 'older public one', certificate({notBefore: inDays(-257)}), 'PASS', '', 'about 60 days before'],
	['renewing', 'under way', certificate({ends: 44, renewalStatus: 'PENDING_AUTO_RENEWAL'}), 'PASS', '', 'under way'],
	['renewing', 'stuck', certificate({ends: 22, renewalStatus: 'PENDING_VALIDATION'}), 'FAIL', 'HIGH', 'renewal stuck'],
	['renewing', 'stuck, near', certificate({ends: 13.9, renewalStatus: 'PENDING_VALIDATION'}), 'FAIL', 'CRITICAL', 'renewal stuck'],
	[
		'renewing',
		'stuck on a name',
		certificate({
			ends: 22,
			renewalStatus: 'PENDING_VALIDATION',
			description: {inUseBy: [], unvalidated: [{domainName: 'shop.acme.com', recordName: '_1.shop.acme.com.'}, {domainName: 'b'}]},
		}),
		'FAIL',
		'HIGH',
		'waits for the CNAME record of shop.acme.com and of 1 more',
	],
	[
		'renewing',
		'stuck on a person',
		certificate({ends: 40, validationMethod: 'EMAIL', renewalStatus: 'PENDING_VALIDATION'}),
		'FAIL',
		'HIGH',
		'by e-mail',
	],
	[
		'renewing',
		'failed',
		certificate({ends: 30, renewalStatus: 'FAILED', description: {inUseBy: [], unvalidated: [], renewalStatusReason: 'CAA_ERROR'}}),
		'FAIL',
		'HIGH',
		'renewal failed (CAA_ERROR)',
	],
	['renewing', 'late without a word', certificate({ends: 29}), 'FAIL', 'HIGH', 'renewal overdue: expires in 29 days'],
	[
		'renewing',
		'late, though said to be under way',
		certificate({ends: 29, renewalStatus: 'PENDING_AUTO_RENEWAL'}),
		'FAIL',
		'HIGH',
		'renewal overdue',
	],
	['renewing', 'short-lived, not late yet', certificate({ends: 20, notBefore: inDays(-27)}), 'PASS', '', 'ACM renews it before that'],
	['renewing', 'due to begin', certificate({ends: 44}), 'PASS', '', 'its renewal is due to begin'],
	[
		'renewing',
		'renewed just now',
		certificate({ends: 20, renewalStatus: 'SUCCESS', description: {inUseBy: [], unvalidated: [], renewalUpdatedAt: inDays(-0.5)}}),
		'PASS',
		'',
		'',
	],
	[
		'renewing',
		'renewed half a year ago, and not since',
		certificate({ends: 20, renewalStatus: 'SUCCESS', description: {inUseBy: [], unvalidated: [], renewalUpdatedAt: inDays(-178)}}),
		'FAIL',
		'HIGH',
		'renewal overdue: expires in 20 days, and ACM has not renewed it',
	],
	['renewing', 'eligibility not told', lacking(certificate(), 'renewalEligibility'), 'UNKNOWN', '', 'did not tell whether ACM renews it'],
	['renewing', 'nothing told', lacking(certificate(), 'status', 'type', 'renewalEligibility'), 'UNKNOWN', '', 'did not tell whether'],
	['renewing', 'imported', imported(), 'NOT_APPLICABLE', '', 'ACM does not renew it'],
	['renewing', 'unused', certificate({ends: 20, ...idle}), 'NOT_APPLICABLE', '', 'not eligible for renewal, not in use'],
	['renewing', 'ended', certificate({ends: -1}), 'NOT_APPLICABLE', '', 'not valid any more'],
	['renewing', 'a status of tomorrow', certificate({renewalStatus: 'PAUSED'}), 'UNKNOWN', '', 'PAUSED is not known'],

	['validated', 'issued', certificate(), 'PASS', '', 'issued'],
	['validated', 'pending, new', certificate({status: 'PENDING_VALIDATION', createdAt: inDays(-0.2)}), 'PASS', '', '4 hours in validation'],
	[
		'validated',
		'pending, too long',
		certificate({status: 'PENDING_VALIDATION', createdAt: inDays(-3.1)}),
		'FAIL',
		'MEDIUM',
		'stuck 3 days in validation',
	],
	['validated', 'timed out', certificate({status: 'VALIDATION_TIMED_OUT'}), 'FAIL', 'MEDIUM', 'timed out'],
	[
		'validated',
		'failed',
		certificate({status: 'FAILED', description: {inUseBy: [], unvalidated: [], failureReason: 'CAA_ERROR'}}),
		'FAIL',
		'MEDIUM',
		'(CAA_ERROR)',
	],
	['validated', 'imported', imported(), 'NOT_APPLICABLE', '', 'imported'],
	['validated', 'a status of tomorrow', certificate({status: 'SUSPENDED'}), 'UNKNOWN', '', 'SUSPENDED is not known'],

	['dns-validated', 'by DNS', certificate(), 'PASS', '', 'by DNS'],
	['dns-validated', 'by HTTP', certificate({validationMethod: 'HTTP'}), 'PASS', '', 'by HTTP'],
	['dns-validated', 'by e-mail', certificate({validationMethod: 'EMAIL'}), 'FAIL', 'LOW', 'by e-mail'],
	[
		'dns-validated',
		'by e-mail, and changing',
		certificate({validationMethod: 'EMAIL', change: {method: 'DNS', waitsFor: [{domainName: 'a'}, {domainName: 'b'}]}}),
		'FAIL',
		'LOW',
		'its change to DNS waits for 2 CNAME records',
	],
	['dns-validated', 'private', certificate({type: 'PRIVATE'}), 'NOT_APPLICABLE', '', 'private'],
	['dns-validated', 'not told', lacking(certificate(), 'validationMethod'), 'UNKNOWN', '', 'did not tell how it is validated'],

	['key-strong', 'RSA_2048', certificate(), 'PASS', '', ''],
	['key-strong', 'RSA-2048, as other operations write it', certificate({keyAlgorithm: 'RSA-2048'}), 'PASS', '', ''],
	['key-strong', 'RSA_1024', imported({keyAlgorithm: 'RSA_1024'}), 'FAIL', 'HIGH', 'weak key: RSA_1024'],
	['key-strong', 'RSA-1024', imported({keyAlgorithm: 'RSA-1024'}), 'FAIL', 'HIGH', '1024 bits'],
	['key-strong', 'RSA_1024, unused', imported({keyAlgorithm: 'RSA_1024', inUse: false}), 'FAIL', 'MEDIUM', ''],
	['key-strong', 'P-192', imported({keyAlgorithm: 'P-192'}), 'FAIL', 'HIGH', '192 bits'],
	['key-strong', 'P-256 by its other name', certificate({keyAlgorithm: 'EC_prime256v1'}), 'PASS', '', ''],
	['key-strong', 'P-521 by its other name', certificate({keyAlgorithm: 'EC_secp521r1'}), 'PASS', '', ''],
	['key-strong', 'an algorithm of tomorrow', certificate({keyAlgorithm: 'ML_DSA_65'}), 'UNKNOWN', '', 'ML_DSA_65'],
	['key-strong', 'ended', imported({status: 'EXPIRED', keyAlgorithm: 'RSA_1024'}), 'NOT_APPLICABLE', '', 'EXPIRED'],

	['used', 'in use', certificate(), 'PASS', '', 'in use'],
	['used', 'exported', certificate({...idle, exported: true}), 'PASS', '', 'exported'],
	['used', 'new', certificate({...idle, issuedAt: inDays(-10)}), 'PASS', '', 'not in use yet'],
	['used', 'unused', certificate({...idle, issuedAt: inDays(-31)}), 'FAIL', 'INFORMATIONAL', 'not in use, 31 days'],
	['used', 'by ACME: nobody can tell', certificate({...idle, keyPairOrigin: 'ACME'}), 'NOT_APPLICABLE', '', 'ACME'],
	['used', 'not told', lacking(certificate(), 'inUse'), 'UNKNOWN', '', 'did not tell'],

	['not-wildcard', 'one host', certificate(), 'PASS', '', 'names one host'],
	[
		'not-wildcard',
		'a wildcard',
		certificate({subjectAlternativeNames: ['acme.com', '*.acme.com']}),
		'FAIL',
		'INFORMATIONAL',
		'under acme.com',
	],
	['not-wildcard', 'no names', lacking(certificate({subjectAlternativeNames: []}), 'domainName'), 'UNKNOWN', '', 'its names'],

	['not-exportable', 'inside', certificate(), 'PASS', '', 'private key cannot leave ACM'],
	['not-exportable', 'exported', certificate({exported: true, exportOption: 'ENABLED'}), 'FAIL', 'LOW', 'it costs 7 USD'],
	[
		'not-exportable',
		'could be',
		certificate({exportOption: 'ENABLED', subjectAlternativeNames: ['api.acme.com', '*.acme.com']}),
		'FAIL',
		'INFORMATIONAL',
		'it costs 86 USD',
	],
	['not-exportable', 'private', certificate({type: 'PRIVATE', exported: true}), 'NOT_APPLICABLE', '', 'private'],
	['not-exportable', 'not told', lacking(certificate(), 'exported', 'exportOption'), 'UNKNOWN', '', 'did not tell'],

	['in-region-of-use', 'in no trouble', certificate(), 'NOT_APPLICABLE', '', 'not asked what serves it'],
	['in-region-of-use', 'unused', certificate(idle), 'NOT_APPLICABLE', '', 'nothing in AWS'],
	[
		'in-region-of-use',
		'served here',
		certificate({description: {inUseBy: ['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/b'], unvalidated: []}}),
		'PASS',
		'',
		'served in eu-west-1 by one resource',
	],
	[
		'in-region-of-use',
		'CloudFront, from elsewhere',
		certificate({description: {inUseBy: ['arn:aws:cloudfront::1:distribution/E1'], unvalidated: []}}),
		'FAIL',
		'HIGH',
		'wrong Region: CloudFront takes certificates from us-east-1, this one lies in eu-west-1 (distribution/E1)',
	],
	[
		'in-region-of-use',
		'CloudFront, from us-east-1',
		{...certificate({description: {inUseBy: ['arn:aws:cloudfront::1:distribution/E1'], unvalidated: []}}), awsRegion: 'us-east-1'},
		'PASS',
		'',
		'',
	],
	['in-region-of-use', 'users not told', certificate({description: {inUseBy: [], unvalidated: []}}), 'UNKNOWN', '', 'did not tell by what'],
];

describe('rules on certificates', () => {
	test.each(cases)('%s: %s', (rule, _, resource, verdict, severity, reason) => {
		const answer = ask(rule, resource);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	});

	test.each(certificateRules.map(({id}) => id))('%s has a case that passes, one that fails and one that nobody can tell', id => {
		const verdicts = new Set(cases.filter(([rule]) => `acm-certificate-${rule}` === id).map(([, , , verdict]) => verdict));
		expect([...verdicts]).toEqual(expect.arrayContaining(['PASS', 'FAIL', 'UNKNOWN']));
	});

	test('expiry events that begin late fail, and the default passes', () => {
		const [rule] = accountRules;
		const settings = (daysBeforeExpiry: number) => ({...certificate(), configuration: {daysBeforeExpiry}});
		const context: RuleContext = {now, settings: {minimumDays: 14}, trustedAccounts: [], related: () => undefined, watches: () => true};
		expect(rule?.evaluate(settings(45), context)).toMatchObject({verdict: 'PASS'});
		expect(rule?.evaluate(settings(14), context)).toMatchObject({verdict: 'PASS'});
		expect(rule?.evaluate(settings(13), context)).toMatchObject({verdict: 'FAIL'});
	});
});

describe('the timeline of certificates', () => {
	const kind = acm.kinds[0];
	test.each([
		['an imported one ends', imported({ends: 6}), [{what: 'certificate', at: inDays(6)}]],
		['a managed one ends unless ACM renews it', certificate({ends: 60}), [{what: 'certificate (ACM renews it)', at: inDays(60)}]],
		[
			'a managed one whose renewal is stuck ends',
			certificate({ends: 60, renewalStatus: 'FAILED'}),
			[{what: 'certificate', at: inDays(60)}],
		],
		[
			'a request lapses after 72 hours',
			certificate({status: 'PENDING_VALIDATION', createdAt: inDays(-1)}),
			[{what: 'certificate request', at: inDays(2)}],
		],
		['one that ended unused is past', imported({ends: -6, status: 'EXPIRED', inUse: false}), []],
	] as const)('%s', (_, resource, expected) => {
		expect(kind?.expirations?.(resource)).toEqual(expected);
	});
});

describe('collecting certificates', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const certificates = (resources: readonly Resource[]) =>
		// Kinds of one type have one configuration.
		resources.filter(({resourceType}) => resourceType === certificateType) as ReadonlyArray<Resource<Certificate>>;
	const count = (operation: string) => watch.endpoint.calls.count({service: 'acm', operation});

	test('the search tells of all, and only those in trouble are described', async () => {
		watch = await watchScenario('typical');
		const {outcome, complete, resources} = await watch.collect(acm, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(complete).toEqual(expect.arrayContaining([certificateType, 'AWS::CertificateManager::Account']));
		const found = certificates(resources);
		expect(found).toHaveLength(20);
		const described = found.filter(({configuration}) => configuration.description !== undefined).map(({resourceName}) => resourceName);
		expect(described).toContain('*.shop.acme.com');
		expect(described).not.toContain('www.acme.com');
		expect(count('SearchCertificates')).toBe(1);
		expect(count('DescribeCertificate')).toBe(described.length);
	});

	test('owners are listed of all, and changes of validation asked for where it is by e-mail', async () => {
		watch = await watchScenario('typical');
		const found = certificates((await watch.collect(acm, 'us-east-1')).resources);
		const of = (name: string) => found.find(({resourceName}) => resourceName === name);
		expect(of('*.shop.acme.com')?.tags).toEqual({team: 'shop'});
		expect(watch.endpoint.calls.count({service: 'tagging'})).toBe(1);
		expect(of('hr.acme.com')?.configuration.change).toEqual({
			method: 'DNS',
			waitsFor: [expect.objectContaining({domainName: 'hr.acme.com', recordName: expect.stringMatching(/^_\w+\.hr\.acme\.com\.$/u)})],
		});
		expect(of('intranet.acme.com')?.configuration.change).toBeUndefined();
		expect(count('ListCertificateDomainValidations')).toBe(2);

		// A change that has begun is looked at each hour, and whether one has begun four times a day.
		watch.pass(2 * 60 * 60_000);
		await watch.collect(acm, 'us-east-1');
		expect(count('ListCertificateDomainValidations')).toBe(3);
		watch.pass(6 * 60 * 60_000);
		await watch.collect(acm, 'us-east-1');
		expect(count('ListCertificateDomainValidations')).toBe(5);
	});

	test('a certificate that the search has no name for has that of the listing', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(acm, 'eu-west-1');
		const nameless = certificates(resources).filter(({configuration}) => configuration.domainName === undefined);
		expect(nameless.map(({resourceName}) => resourceName)).toEqual(['telemetry.eu.acme.com']);
		watch.pass(24 * 60 * 60_000);
		watch.endpoint.faults.add({service: 'acm', operation: 'ListCertificates', effect: {kind: 'deny'}});
		const again = certificates((await watch.collect(acm, 'eu-west-1')).resources);
		expect(again).toHaveLength(7);
		expect(again.filter(({resourceName, resourceId}) => resourceName === resourceId)).toHaveLength(1);
	});

	test('a refresh in which nothing changed asks the search and nothing else', async () => {
		watch = await watchScenario('typical');
		await watch.collect(acm, 'us-east-1');
		watch.endpoint.calls.clear();
		watch.pass(5 * 60_000);
		await watch.collect(acm, 'us-east-1');
		expect(watch.endpoint.calls.all.map(({operation}) => operation)).toEqual(['SearchCertificates']);
	});

	test('a large account is searched in a call a hundred certificates', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		const {outcome, resources} = await watch.collect(acm, 'eu-west-1');
		expect(outcome.status).toBe('ok');
		expect(certificates(resources)).toHaveLength(600);
		expect(count('SearchCertificates')).toBe(6);
	});

	test.each([
		['denied', {kind: 'deny'}],
		['unknown to the endpoint', {kind: 'error', name: 'UnknownOperationException', httpStatus: 400}],
		['answered by something else', {kind: 'html'}],
		['not implemented', {kind: 'status', httpStatus: 501}],
		['endless', {kind: 'loop-token'}],
	] as const)('where the search is %s the full listing stands in', async (_, effect) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'acm', operation: ['SearchCertificates', 'DescribeCertificate'], effect: {kind: 'deny'}});
		const withoutSearch = await watch.collect(acm, 'eu-west-1');
		const names = certificates(withoutSearch.resources).map(({resourceName}) => resourceName);
		expect(names).toEqual(expect.arrayContaining(['eu.acme.com', 'gw-0412.devices.acme.io']));
		expect(names).toHaveLength(7);
		expect(withoutSearch.outcome.status).toBe('partial');
		expect(withoutSearch.complete).toContain(certificateType);

		watch.endpoint.faults.clear();
		watch.pass(24 * 60 * 60_000);
		watch.endpoint.faults.add({service: 'acm', operation: 'SearchCertificates', effect});
		const again = await watch.collect(acm, 'eu-west-1');
		expect(certificates(again.resources)).toHaveLength(7);
		expect(again.outcome.status).toBe('partial');
	});

	test('what the listing cannot tell is unknown, and nothing else is', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'acm', operation: ['SearchCertificates', 'DescribeCertificate'], effect: {kind: 'deny'}});
		const {resources} = await watch.collect(acm, 'us-east-1');
		const entries = judgeAll(acm, resources, watch.now());
		const shop = entries.find(({resource}) => resource.resourceName === '*.shop.acme.com');
		const verdict = (ruleId: string) => shop?.judgements.find(judgement => judgement.ruleId === `acm-certificate-${ruleId}`);
		expect(verdict('renewing')).toMatchObject({verdict: 'UNKNOWN', reason: expect.stringContaining('acm:SearchCertificates')});
		expect(verdict('dns-validated')).toMatchObject({verdict: 'UNKNOWN'});
		expect(verdict('in-region-of-use')).toMatchObject({verdict: 'UNKNOWN', reason: expect.stringContaining('acm:DescribeCertificate')});
		expect(verdict('valid')).toMatchObject({verdict: 'PASS'});
		expect(verdict('key-strong')).toMatchObject({verdict: 'PASS'});
		const imported = entries.find(({resource}) => resource.resourceName === 'api.acme.com');
		expect(imported?.judgements).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ruleId: 'acm-certificate-imported-replaced', verdict: 'FAIL', severity: 'CRITICAL'}),
			]),
		);
	});

	test('where the search is refused a description supplies what is missing', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(acm, 'eu-south-1');
		const shop = certificates(resources).find(({resourceName}) => resourceName === 'negozio.acme.com');
		expect(shop?.unread).toEqual({});
		expect(shop?.configuration).toMatchObject({listedBy: 'ListCertificates', validationMethod: 'DNS'});
	});

	test('a paging token that the search refuses leads to the full listing', async () => {
		watch = await watchScenario('large', {slowInBackground: true});
		watch.endpoint.faults.add({service: 'acm', operation: 'SearchCertificates', effect: {kind: 'expired-paging-token'}});
		const {resources, outcome} = await watch.collect(acm, 'ap-southeast-2');
		expect(outcome.status).toBe('partial');
		expect(certificates(resources)).toHaveLength(400);
		expect(count('ListCertificates')).toBe(1);
	});

	test('certificates that the search hides are found by the listing, and lose nothing but what the search tells', async () => {
		watch = await watchScenario('typical');
		const {resources} = await watch.collect(acm, 'eu-west-1');
		const known = new Set(certificates(resources).map(({arn}) => arn));
		watch.endpoint.faults.add({service: 'acm', operation: 'DescribeCertificate', effect: {kind: 'deny'}});
		// A listing on record that has less than the search has is no reason to ask again; one that has more is.
		watch.endpoint.faults.add({
			service: 'acm',
			operation: 'SearchCertificates',
			effect: {kind: 'missing-members', members: ['CertificateArn']},
		});
		watch.pass(60_000);
		const after = await watch.collect(acm, 'eu-west-1');
		expect(new Set(certificates(after.resources).map(({arn}) => arn))).toEqual(known);
		expect(after.complete).not.toContain(certificateType);
		const eu = certificates(after.resources).find(({resourceName}) => resourceName === 'eu.acme.com');
		expect(eu?.unread['SearchCertificates']).toMatchObject({status: 'failed', message: expect.stringContaining('7 certificates')});
		expect(eu?.configuration).toMatchObject({listedBy: 'ListCertificates', status: 'ISSUED'});
	});

	test.each([
		['throttled', {kind: 'throttle'}, 'throttled'],
		['out of reach', {kind: 'reset'}, 'unreachable'],
		['not logged in', {kind: 'invalid-credentials'}, 'unauthenticated'],
	] as const)('a search that is %s ends the collection so, and lists nothing instead', async (_, effect, status) => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'acm', effect});
		const {outcome, complete, resources} = await watch.collect(acm, 'us-east-1');
		expect(outcome.status).toBe(status);
		expect(complete).not.toContain(certificateType);
		expect(resources).toEqual([]);
		expect(count('ListCertificates')).toBe(0);
	});

	test('slow descriptions are pending at first and there at the next refresh', async () => {
		watch = await watchScenario('typical', {slowInBackground: true});
		const first = certificates((await watch.collect(acm, 'us-east-1')).resources);
		const shop = (from: typeof first) => from.find(({resourceName}) => resourceName === '*.shop.acme.com');
		expect(shop(first)?.unread['DescribeCertificate']).toMatchObject({status: 'pending'});
		await expect
			.poll(async () => shop(certificates((await watch.collect(acm, 'us-east-1')).resources))?.configuration.description?.inUseBy.length)
			.toBe(2);
	});

	test('enumerations of tomorrow are unknown, and cost no certificate', async () => {
		watch = await watchScenario('typical');
		watch.endpoint.faults.add({service: 'acm', effect: {kind: 'unknown-enum', value: 'OF_TOMORROW'}});
		const {resources} = await watch.collect(acm, 'us-east-1');
		expect(certificates(resources)).toHaveLength(20);
		for (const {judgements} of judgeAll(acm, certificates(resources), watch.now())) {
			expect(judgements.filter(({verdict, ruleId}) => verdict === 'PASS' && /validated|key-strong/u.test(ruleId))).toEqual([]);
		}
	});

	test('every rule has a certificate that passes, one that fails and one that nobody can tell of in the typical account', async () => {
		watch = await watchScenario('typical');
		const seen = new Map<string, Set<string>>();
		for (const region of ['us-east-1', 'eu-west-1', 'eu-south-1']) {
			const {resources} = await watch.collect(acm, region);
			for (const {ruleId, verdict} of judgeAll(acm, resources, watch.now()).flatMap(({judgements}) => judgements)) {
				seen.set(ruleId, (seen.get(ruleId) ?? new Set()).add(verdict));
			}
		}

		for (const {id} of [...certificateRules, ...accountRules]) {
			expect([id, [...(seen.get(id) ?? [])].sort()]).toEqual([id, expect.arrayContaining(['FAIL', 'PASS', 'UNKNOWN'])]);
		}
	});

	test('a healthy account has nothing to say', async () => {
		watch = await watchScenario('healthy');
		for (const region of ['us-east-1', 'eu-west-1', 'us-west-2']) {
			const {resources} = await watch.collect(acm, region);
			const judgements = judgeAll(acm, resources, watch.now()).flatMap(entry => entry.judgements);
			expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		}
	});

	test('hostile names cost no certificate, and a name of a megabyte no sentence', async () => {
		watch = await watchScenario('hostile');
		const {resources, outcome} = await watch.collect(acm, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(certificates(resources)).toHaveLength(15);
		for (const {reason, evidence} of judgeAll(acm, resources, watch.now()).flatMap(({judgements}) => judgements)) {
			expect(reason.length + (evidence?.observed.length ?? 0)).toBeLessThan(2000);
			expect(reason).not.toContain('the rule failed');
		}
	});
});
