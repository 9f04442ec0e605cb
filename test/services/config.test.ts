import {afterEach, describe, expect, test} from 'vitest';
import {config as mock} from '../../mocks/services/config.js';
import type {Answer, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {config} from '../../source/services/config/index.js';
import {type ConfigRule, isOfInterest} from '../../source/services/config/rules/config-rule.js';
import {configRuleRules, recorderRules} from '../../source/services/config/rules/index.js';
import type {Recorder} from '../../source/services/config/rules/recorder.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const now = '2026-11-23T12:00:00.000Z';

const resource = <C>(configuration: C, awsRegion: string, partition = 'aws'): Resource<C> => ({
	arn: `arn:${partition}:config:${awsRegion}:123456789012:configuration-recorder`,
	resourceType: 'AWS::Config::ConfigurationRecorder',
	resourceId: 'configuration-recorder',
	resourceName: 'default',
	accountId: '123456789012',
	awsRegion,
	tags: {},
	configuration,
	unread: {},
	readAt: {},
});

/** A recorder in good order; `facts` say what differs. */
const recorder = (facts: Partial<Recorder> = {}, awsRegion = 'eu-west-1', partition?: string): Resource<Recorder> =>
	resource(
		{
			name: 'default',
			isRecording: true,
			status: 'SUCCESS',
			records: 'everything',
			listedTypes: [],
			recordsGlobalTypes: false,
			channel: {name: 'default', bucket: 'logs'},
			deliveries: {history: {status: 'SUCCESS'}},
			certificateRules: ['acm-certificate-expiration-check'],
			ruleCount: 3,
			...facts,
		},
		awsRegion,
		partition,
	);
const rule = (facts: Partial<ConfigRule> = {}): Resource<ConfigRule> =>
	resource(
		{sourceIdentifier: 'ACM_CERTIFICATE_EXPIRATION_CHECK', state: 'ACTIVE', parameters: {}, compliance: 'COMPLIANT', ...facts},
		'eu-west-1',
	);

const ask = <C>(rules: ReadonlyArray<Rule<C>>, ruleId: string, of: Resource<C>): Answer => {
	const found = rules.find(({id}) => id === `config-${ruleId}`);
	if (found === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const context: RuleContext = {now, settings: found.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = found.exempts?.(of, context);
	const answer = exemption === undefined ? found.evaluate(of, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	return {...answer, severity: answer.severity ?? found.severity};
};

const off: Recorder = {name: null};
const iamTypes = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role', 'AWS::IAM::Policy'];

describe('rules on the recorder', () => {
	test.each<readonly [rule: string, what: string, Resource<Recorder>, verdict: string, severity: string, reason: string]>([
		['recorder-on', 'on', recorder(), 'PASS', '', 'records in eu-west-1'],
		['recorder-on', 'just begun', recorder({status: 'PENDING'}), 'PASS', '', 'has begun'],
		['recorder-present', 'there', recorder({name: 'main'}), 'PASS', '', 'the recorder main'],
		['recorder-present', 'none', resource(off, 'eu-west-1'), 'FAIL', 'MEDIUM', 'there is no recorder in eu-west-1'],
		['recorder-present', 'not told', resource({}, 'eu-west-1'), 'UNKNOWN', '', 'whether there is a recorder'],
		['recorder-on', 'none', resource(off, 'eu-west-1'), 'NOT_APPLICABLE', '', 'no recorder'],
		['recorder-on', 'stopped', recorder({isRecording: false, stoppedAt: '2026-11-14T12:00:00.000Z'}), 'FAIL', '', 'was stopped 9 days ago'],
		['recorder-on', 'stopped, nobody knows when', recorder({isRecording: false}), 'FAIL', '', 'was stopped: no change'],
		[
			'recorder-on',
			'failing',
			recorder({status: 'FAILURE', errorCode: 'AccessDenied', errorMessage: 'No role.'}),
			'FAIL',
			'',
			'is on and fails: AccessDenied, No role',
		],
		['recorder-on', 'a status of tomorrow', recorder({status: 'RESTING'}), 'UNKNOWN', '', 'RESTING'],
		['recorder-on', 'not told', resource({name: 'default'}, 'eu-west-1'), 'UNKNOWN', '', 'whether it records'],

		['recorder-records-everything', 'all', recorder(), 'PASS', '', 'records every type'],
		['recorder-records-everything', 'all, daily', recorder({frequency: 'DAILY'}), 'PASS', '', 'once a day'],
		['recorder-records-everything', 'at home, without global types', recorder({}, 'us-east-1'), 'FAIL', 'LOW', 'global ones of IAM'],
		[
			'recorder-records-everything',
			'at home, with them',
			recorder({recordsGlobalTypes: true}, 'us-east-1'),
			'PASS',
			'',
			'those of IAM too',
		],
		['recorder-records-everything', 'at home in China', recorder({}, 'cn-north-1', 'aws-cn'), 'FAIL', '', 'global ones'],
		[
			'recorder-records-everything',
			'all but some',
			recorder({records: 'all but some', listedTypes: ['A', 'B', 'C', 'D']}),
			'FAIL',
			'LOW',
			'A, B, C and 1 more',
		],
		[
			'recorder-records-everything',
			'all but what is recorded at home',
			recorder({records: 'all but some', listedTypes: iamTypes}),
			'PASS',
			'',
			'records every type but the global ones of IAM, whose home is us-east-1',
		],
		[
			'recorder-records-everything',
			'all but that and some more',
			recorder({records: 'all but some', listedTypes: [...iamTypes, 'AWS::KMS::Key']}),
			'FAIL',
			'LOW',
			'records all but AWS::KMS::Key',
		],
		[
			'recorder-records-everything',
			'all but the global types, where nobody knows their home',
			recorder({records: 'all but some', listedTypes: iamTypes}, 'us-iso-east-1', 'aws-iso'),
			'FAIL',
			'LOW',
			'records all but AWS::IAM::User',
		],
		[
			'recorder-records-everything',
			'at home, all but the global types',
			recorder({records: 'all but some', listedTypes: iamTypes}, 'us-east-1'),
			'FAIL',
			'LOW',
			'records all but AWS::IAM::User',
		],
		[
			'recorder-records-everything',
			'some',
			recorder({records: 'some', listedTypes: ['AWS::S3::Bucket']}),
			'FAIL',
			'MEDIUM',
			'AWS::S3::Bucket alone',
		],
		['recorder-records-everything', 'not told', resource({name: 'default', isRecording: true}, 'eu-west-1'), 'UNKNOWN', '', 'did not tell'],
		['recorder-records-everything', 'none', resource(off, 'eu-west-1'), 'NOT_APPLICABLE', '', 'no recorder'],

		['delivery-succeeds', 'delivered', recorder(), 'PASS', '', 'delivered to logs'],
		['delivery-succeeds', 'nowhere', recorder({channel: null}), 'FAIL', 'MEDIUM', 'goes nowhere'],
		[
			'delivery-succeeds',
			'refused',
			recorder({deliveries: {history: {status: 'SUCCESS'}, snapshot: {status: 'FAILURE', errorCode: 'NoSuchBucket'}}}),
			'FAIL',
			'',
			'delivery of snapshot to logs fails: NoSuchBucket',
		],
		['delivery-succeeds', 'not yet', recorder({deliveries: {}}), 'UNKNOWN', '', 'nothing was delivered yet'],
		[
			'delivery-succeeds',
			'no stream, which is fine',
			recorder({deliveries: {history: {status: 'SUCCESS'}, stream: {status: 'NOT_APPLICABLE'}}}),
			'PASS',
			'',
			'',
		],
		['delivery-succeeds', 'a status of tomorrow', recorder({deliveries: {history: {status: 'LATE'}}}), 'UNKNOWN', '', 'LATE'],
		['delivery-succeeds', 'stopped', recorder({isRecording: false}), 'NOT_APPLICABLE', '', 'stopped'],

		['certificate-rule-present', 'there', recorder(), 'PASS', '', 'acm-certificate-expiration-check'],
		['certificate-rule-present', 'not there', recorder({certificateRules: []}), 'FAIL', 'LOW', 'none of the 3 rules'],
		['certificate-rule-present', 'nothing recorded', resource(off, 'eu-west-1'), 'NOT_APPLICABLE', '', 'no recorder'],
	])('%s: %s', (ruleId, _, of, verdict, severity, reason) => {
		const answer = ask(recorderRules, ruleId, of);
		expect(answer).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
		expect(answer.reason).not.toMatch(/undefined|\.$/u);
	});
});

describe('rules on rules', () => {
	test.each<readonly [rule: string, Partial<ConfigRule>, verdict: string, reason: string]>([
		['certificate-rule-threshold', {}, 'PASS', '14 days before'],
		['certificate-rule-threshold', {parameters: {daysToExpiration: '30'}}, 'PASS', '30 days before'],
		['certificate-rule-threshold', {parameters: {daysToExpiration: '7'}}, 'FAIL', 'too late to act'],
		['certificate-rule-threshold', {parameters: {daysToExpiration: '46'}}, 'FAIL', 'before ACM begins to renew'],
		['certificate-rule-threshold', {parameters: {daysToExpiration: 'soon'}}, 'UNKNOWN', 'no number'],
		['certificate-rule-threshold', {parameters: {daysToExpiration: ''}}, 'UNKNOWN', 'no number'],
		['certificate-rule-threshold', {sourceIdentifier: 'ENCRYPTED_VOLUMES'}, 'NOT_APPLICABLE', ''],
		[
			'certificate-rule-threshold',
			{createdBy: 'securityhub.amazonaws.com', parameters: {daysToExpiration: '90'}},
			'NOT_APPLICABLE',
			'made by securityhub.amazonaws.com, where its days are set',
		],
		['rule-evaluates', {}, 'PASS', 'all comply'],
		['rule-evaluates', {compliance: 'NON_COMPLIANT', nonCompliantCount: 1}, 'PASS', '1 does not comply'],
		['rule-evaluates', {compliance: 'NON_COMPLIANT', nonCompliantCount: 25, isCountCapped: true}, 'PASS', '25 or more do not comply'],
		['rule-evaluates', {compliance: 'INSUFFICIENT_DATA'}, 'FAIL', 'no results'],
		[
			'rule-evaluates',
			{compliance: 'INSUFFICIENT_DATA', createdBy: 'securityhub.amazonaws.com'},
			'NOT_APPLICABLE',
			'nobody but securityhub.amazonaws.com, which made it, can delete it',
		],
		['rule-evaluates', {createdBy: 'securityhub.amazonaws.com'}, 'PASS', 'all comply'],
		['rule-evaluates', {compliance: 'SOMEWHAT'}, 'UNKNOWN', 'SOMEWHAT'],
		['rule-evaluates', {state: 'DELETING'}, 'NOT_APPLICABLE', 'being deleted'],
	])('%s of %j: %s', (ruleId, facts, verdict, reason) => {
		const answer = ask(configRuleRules, ruleId, rule(facts));
		expect(answer).toMatchObject({verdict});
		expect(answer.reason).toContain(reason);
	});

	test.each([
		['ACM_CERTIFICATE_EXPIRATION_CHECK', true],
		['SECRETSMANAGER_USING_CMK', true],
		['S3_BUCKET_PUBLIC_READ_PROHIBITED', true],
		['ELBV2_ACM_CERTIFICATE_REQUIRED', true],
		['INCOMING_SSH_DISABLED', false],
		['REQUIRED_TAGS', false],
		['', false],
	])('%s is of interest: %s', (identifier, expected) => {
		expect(isOfInterest(identifier)).toBe(expected);
	});
});

describe('collecting AWS Config', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const calls = (operation: string) => watch.endpoint.calls.count({operation});
	// By the resource's type there are but two configurations.
	const region = (resources: readonly Resource[]) =>
		resources.find(({resourceType}) => resourceType === 'AWS::Config::ConfigurationRecorder') as Resource<Recorder> | undefined;
	const rules = (resources: readonly Resource[]) =>
		resources.filter(({resourceType}) => resourceType === 'AWS::Config::ConfigRule') as ReadonlyArray<Resource<ConfigRule>>;

	test('says what Config says of certificates, by their ARNs', async () => {
		watch = await watchScenario('typical');
		const {resources, outcome} = await watch.collect(config, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(region(resources)?.configuration).toMatchObject({status: 'SUCCESS', ruleCount: 13, channel: {bucket: 'acme-config-logs'}});
		const check = rules(resources).find(({resourceName}) => resourceName === 'acm-certificate-expiration-check');
		expect(check?.configuration).toMatchObject({compliance: 'NON_COMPLIANT', nonCompliantCount: 2, parameters: {daysToExpiration: '14'}});
		expect(check?.configuration.nonCompliant).toEqual([
			expect.objectContaining({
				resourceType: 'AWS::ACM::Certificate',
				resourceId: expect.stringMatching(/^arn:aws:acm:us-east-1:123456789012:certificate\//u),
				annotation: 'The certificate expires in 11 days.',
			}),
			expect.anything(),
		]);
		// One for each check of certificates; of the others the count is enough.
		expect([calls('GetComplianceDetailsByConfigRule'), calls('DescribeComplianceByConfigRule')]).toEqual([3, 1]);
		expect(rules(resources).map(({resourceName}) => resourceName)).not.toContain('acme-naming');
	});

	test('a Region that records nothing is a fact, not a failure', async () => {
		watch = await watchScenario('typical');
		const {resources, outcome, complete} = await watch.collect(config, 'ap-southeast-2');
		expect(outcome).toMatchObject({status: 'not-enabled', reason: 'AWS Config does not record in ap-southeast-2'});
		expect(region(resources)?.configuration).toMatchObject({name: null, ruleCount: 0, channel: null});
		expect(complete).toHaveLength(2);
	});

	test.each([
		['by a strategy', {recordingStrategy: {useOnly: 'INCLUSION_BY_RESOURCE_TYPES'}, resourceTypes: ['AWS::IAM::Role']}, 'some', true],
		['by exclusion of nothing', {recordingStrategy: {useOnly: 'EXCLUSION_BY_RESOURCE_TYPES'}}, 'everything', true],
		[
			'by exclusion of users',
			{recordingStrategy: {useOnly: 'EXCLUSION_BY_RESOURCE_TYPES'}, exclusionByResourceTypes: {resourceTypes: ['AWS::IAM::User']}},
			'all but some',
			false,
		],
		['as before 2023', {recordingStrategy: undefined, allSupported: false, resourceTypes: ['AWS::S3::Bucket']}, 'some', false],
		['as before 2023, all', {recordingStrategy: undefined, allSupported: true}, 'everything', true],
	] as const)('what is recorded is told %s', async (_, group, records, recordsGlobalTypes) => {
		watch = await watchScenario('healthy');
		const state = watch.endpoint.world.state(mock, 'us-east-1');
		const held = state.recorder;
		if (held === undefined) {
			throw new TypeError('The healthy account has a recorder');
		}

		// Readonly lists here, lists in the SDK's types.
		const recordingGroup = structuredClone({...held.recorder.recordingGroup, ...group}) as typeof held.recorder.recordingGroup;
		state.recorder = {...held, recorder: {...held.recorder, recordingGroup}};
		const {resources} = await watch.collect(config, 'us-east-1');
		expect(region(resources)?.configuration).toMatchObject({records, recordsGlobalTypes});
	});

	test('twenty-five rules to a call, a hundred certificates to a page', async () => {
		watch = await watchScenario('large');
		const {resources, outcome} = await watch.collect(config, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(calls('DescribeConfigRules')).toBe(17);
		expect(calls('DescribeComplianceByConfigRule')).toBe(Math.ceil(rules(resources).length / 25));
		expect(calls('GetComplianceDetailsByConfigRule')).toBe(3);
		expect(rules(resources)[0]?.configuration.nonCompliant).toHaveLength(300);
		await watch.collect(config, 'us-east-1');
		expect(calls('GetComplianceDetailsByConfigRule')).toBe(3);
	});

	test('a recorder of one of AWS’s services is not the account’s', async () => {
		watch = await watchScenario('healthy');
		const state = watch.endpoint.world.state(mock, 'us-east-1');
		const servicePrincipal = 'securityhub.amazonaws.com';
		state.recorder = state.recorder && {
			recorder: {...state.recorder.recorder, servicePrincipal},
			status: {...state.recorder.status, servicePrincipal},
		};
		const {resources, outcome} = await watch.collect(config, 'us-east-1');
		expect(outcome.status).toBe('not-enabled');
		expect(region(resources)?.configuration.name).toBeNull();
	});

	test('wrong answers turn no verdict', async () => {
		watch = await watchScenario('healthy');
		const mistakes = await mistakesUnderWrongAnswers(config, 'us-east-1');
		// A rule by another identifier is another rule.
		expect(
			mistakes.filter(mistake => !mistake.startsWith('DescribeConfigRules, unknown-enum: AWS Config: config-certificate-rule-present')),
		).toEqual([]);
	}, 60_000);

	test('a healthy account has nothing to say, and a hostile one breaks nothing', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(config, 'us-east-1');
		const judgements = judgeAll(config, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
		await watch.close();

		watch = await watchScenario('hostile');
		const hostile = await watch.collect(config, 'us-east-1');
		expect(hostile.outcome.status).toBe('ok');
		const answers = judgeAll(config, hostile.resources, watch.now()).flatMap(entry => entry.judgements);
		expect(answers.some(({reason}) => reason.includes('the rule failed'))).toBe(false);
	});
});
