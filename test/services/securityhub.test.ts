import {afterEach, describe, expect, it} from 'vitest';
import type {ScenarioName} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {securityhub as mock} from '../../mocks/services/securityhub.js';
import {checkedAgain, controlFinding, type SecurityHubRecord} from '../../mocks/services/securityhub-state.js';
import {createGate} from '../../source/collect/gate.js';
import type {Resource} from '../../source/model/index.js';
import {affectedResource, resourceTypeOf} from '../../source/services/securityhub/collect/affected.js';
import {recordStateOf, severityOf, toReportedFinding} from '../../source/services/securityhub/collect/finding.js';
import {readWatermark, writeWatermark} from '../../source/services/securityhub/collect/watermark.js';
import {securityhub} from '../../source/services/securityhub/index.js';
import type {Backlog} from '../../source/services/securityhub/rules/backlog.js';
import type {Hub} from '../../source/services/securityhub/rules/hub.js';
import {backlogRules, hubRules} from '../../source/services/securityhub/rules/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch;
afterEach(async () => watch?.close());
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};
const placed = (region: string, at = new Date()) => placeOf('typical', scenarios.typical.accounts[0], region, at);

const stateOf = (region: string) => watch.endpoint.world.state(mock, region);
/** Another check of one finding of the live account. */
const check = (region: string, isMeant: (record: SecurityHubRecord) => boolean, compliance: 'PASSED' | 'FAILED'): void => {
	const state = stateOf(region);
	state.findings = state.findings.map(record => (isMeant(record) ? checkedAgain(record, compliance, new Date()) : record));
};
const delta = async (region: string, watermark = '') => watch.collect(securityhub, region, {tier: 'delta', watermark});

describe('a full collection of Security Hub', () => {
	it('brings its own failures of MEDIUM and above that nobody has dealt with, and nothing else', async () => {
		await watching('typical');
		const {findings, outcome, complete} = await watch.collect(securityhub, 'us-east-1');
		expect(outcome).toMatchObject({status: 'ok', refusals: [], calls: 5});
		expect(complete).toEqual(['AWS::SecurityHub::Hub', 'AWS::SecurityHub::FindingBacklog', 'findings']);
		expect(findings.map(({type}) => type).sort()).toEqual([
			'ACM.1',
			'CloudTrail.2',
			'EC2.182',
			'EC2.19',
			'ELB.1',
			'GuardDuty.9',
			'GuardDuty.9',
			'IAM.6',
			'KMS.4',
			'S3.2',
		]);
		expect(new Set(findings.map(({recordState}) => recordState))).toEqual(new Set(['active']));
	});

	it('says of a failure what fails it, of what, and what to do', async () => {
		await watching('typical');
		const {findings} = await watch.collect(securityhub, 'us-east-1');
		expect(findings.find(({type}) => type === 'S3.2')).toMatchObject({
			source: 'securityhub',
			title: 'S3 general purpose buckets should block public read access',
			reason: 'S3.2: Bucket policy allows public read access',
			severity: 'CRITICAL',
			resource: {resourceType: 'AWS::S3::Bucket', resourceName: 'acme-exports', arn: 'arn:aws:s3:::acme-exports'},
			remediation: {url: 'https://docs.aws.amazon.com/console/securityhub/S3.2/remediation'},
			details: {controlId: 'S3.2', generatorId: 'security-control/S3.2', workflow: 'NEW', compliance: 'FAILED'},
		});
		expect(findings.find(({type}) => type === 'ELB.1')?.reason).toMatch(/^ELB\.1 fails: .* should .*[^.]$/u);
	});

	it('adds up what failed, and whom was told', async () => {
		await watching('typical');
		const {resources} = await watch.collect(securityhub, 'us-east-1');
		const backlog = resources.find(({resourceType}) => resourceType === 'AWS::SecurityHub::FindingBacklog');
		expect(backlog?.configuration).toMatchObject({
			failed: {CRITICAL: 3, HIGH: 3, MEDIUM: 4},
			controls: 9,
			accounts: 2,
			notified: 2,
			oldest: {CRITICAL: {what: 'S3 general purpose buckets should block public read access (acme-exports)'}},
		});
		const [judgement] = judgeAll(securityhub, [backlog as Resource], watch.now())[0]?.judgements ?? []; // it was found above
		expect(judgement).toMatchObject({
			verdict: 'FAIL',
			severity: 'MEDIUM',
			reason: expect.stringContaining('critical failure new for 12 days, 7 days allowed'),
		});
	});

	it('costs a call for each hundred failures, and four more', async () => {
		await watching('large');
		const {findings, outcome} = await watch.collect(securityhub, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(new Set(findings.map(({id}) => id)).size).toBe(findings.length);
		expect(findings.length).toBeGreaterThan(3000);
		expect(outcome.calls).toBe(4 + Math.ceil(findings.length / 100));
	}, 30_000);

	it('fails a Region where it is off, and closes what it once found there', async () => {
		await watching('typical');
		const {outcome, resources, complete} = await watch.collect(securityhub, 'ap-southeast-2');
		expect(outcome).toMatchObject({status: 'not-enabled', reason: 'Security Hub is not enabled in ap-southeast-2', calls: 1, refusals: []});
		expect(complete).toContain('findings');
		const judgements = judgeAll(securityhub, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict === 'FAIL').map(({ruleId}) => ruleId)).toEqual(['securityhub-hub-enabled']);
	});

	it('closes nothing where a policy keeps readers out', async () => {
		await watching('typical');
		const {outcome, resources, complete, watermark} = await watch.collect(securityhub, 'eu-south-1');
		expect(outcome.status).toBe('denied');
		expect([complete, watermark]).toEqual([[], undefined]);
		const judgements = judgeAll(securityhub, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(new Set(judgements.map(({verdict}) => verdict))).toEqual(new Set(['UNKNOWN']));
		expect(judgements.map(({reason}) => reason).join()).toContain('securityhub:GetFindings was refused by an explicit deny');
	});

	it.each(['loop-token', 'cycle-token'] as const)('is no whole one where pages never end (%s)', async kind => {
		await watching('typical');
		watch.endpoint.faults.add({service: 'securityhub', operation: 'GetFindings', effect: {kind}});
		const {outcome, complete, watermark} = await watch.collect(securityhub, 'us-east-1');
		expect(outcome.status).toBe('partial');
		expect(complete).not.toContain('findings');
		expect(watermark).toBeUndefined();
	});

	it('turns no verdict by wrong answers', async () => {
		expect(await mistakesUnderWrongAnswers(securityhub, 'us-east-1')).toEqual([]);
	}, 60_000);

	it('of a good account finds nothing to say', async () => {
		await watching('healthy');
		const {resources, findings} = await watch.collect(securityhub, 'us-east-1');
		expect(findings).toEqual([]);
		const judgements = judgeAll(securityhub, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.filter(({verdict}) => verdict !== 'PASS')).toEqual([]);
	});

	it('survives hostile findings', async () => {
		await watching('hostile');
		const {outcome, findings} = await watch.collect(securityhub, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(findings.length).toBeGreaterThan(30);
	});
});

describe('a delta of Security Hub', () => {
	it('costs one call where no check was made', async () => {
		await watching('large');
		const {watermark} = await watch.collect(securityhub, 'ap-southeast-2');
		const again = await delta('ap-southeast-2', watermark);
		expect(again).toMatchObject({outcome: {status: 'ok', calls: 1}, findings: [], complete: [], watermark: expect.any(String)});
	});

	it('brings what fails anew, and closes what passes now, with its severity gone as AWS has it', async () => {
		await watching('typical');
		const {watermark} = await watch.collect(securityhub, 'us-east-1');
		watch.endpoint.timeline.advance(120);
		const {findings} = await delta('us-east-1', watermark);
		expect(findings.map(({type, recordState, severity}) => [type, recordState, severity])).toEqual(
			expect.arrayContaining([
				['S3.2', 'active', 'CRITICAL'],
				['KMS.4', 'closed', 'INFORMATIONAL'],
			]),
		);
		expect(findings).toHaveLength(2);
	});

	it('keeps nothing of checks that passed before and pass again, nor of mild failures', async () => {
		await watching('typical');
		const {watermark} = await watch.collect(securityhub, 'us-east-1');
		const {id: vault} = controlFinding(placed('us-east-1'), 'S3.5', 'acme-vault');
		check('us-east-1', ({id}) => id === vault, 'PASSED');
		check('us-east-1', ({id}) => id.includes('CloudTrail.4'), 'FAILED');
		const {findings, outcome} = await delta('us-east-1', watermark);
		expect([findings, outcome.status]).toEqual([[], 'ok']);
	});

	it('says that a failure exists no more where its control cannot be checked', async () => {
		await watching('typical');
		const {watermark = ''} = await watch.collect(securityhub, 'us-east-1');
		const state = stateOf('us-east-1');
		const meant = state.findings.find(({id}) => id.includes('ELB.1'));
		state.findings = state.findings.map(record => {
			if (record.id !== meant?.id) return record;
			const report = record.report();
			const changed = {...report, Compliance: {...report.Compliance, Status: 'WARNING' as const}};
			return {...record, compliance: 'WARNING' as const, updatedAtMs: Date.now(), report: () => changed};
		});
		const gone: string[] = [];
		const gate = createGate({
			config: {
				profile: undefined,
				roleArn: undefined,
				externalId: undefined,
				endpointUrl: watch.endpoint.url,
				limits: {share: Number.POSITIVE_INFINITY},
				regions: undefined,
			},
			cache: new (await import('keyv')).default(),
		});
		await gate.collect(
			securityhub,
			{accountId: '123456789012', awsRegion: 'us-east-1', service: 'securityhub', tier: 'delta'},
			{watermark, signal: new AbortController().signal, onBatch: async ({goneFindingIds}) => void gone.push(...goneFindingIds)},
		);
		await gate.close();
		expect(gone).toEqual([meant?.id]);
	});

	it('hears of what is only suppressed at the next full collection, as AWS moves no date for it', async () => {
		await watching('typical');
		const {watermark} = await watch.collect(securityhub, 'us-east-1');
		const state = stateOf('us-east-1');
		state.findings = state.findings.map(record => (record.id.includes('S3.2') ? {...record, workflow: 'SUPPRESSED' as const} : record));
		expect((await delta('us-east-1', watermark)).findings).toEqual([]);
		const {findings, complete} = await watch.collect(securityhub, 'us-east-1');
		expect(findings.map(({type}) => type)).not.toContain('S3.2');
		expect(complete).toContain('findings');
	});

	it('sees that Security Hub is switched off, and on again', async () => {
		await watching('typical');
		const {watermark} = await watch.collect(securityhub, 'us-east-1');
		const state = stateOf('us-east-1');
		const {hub} = state;
		state.hub = undefined;
		watch.pass(6 * 60_000);
		const off = await delta('us-east-1', watermark);
		expect(off).toMatchObject({outcome: {status: 'not-enabled'}, complete: [], resources: [{configuration: {enabled: false}}]});
		state.hub = hub;
		watch.pass(6 * 60_000);
		const on = await delta('us-east-1', off.watermark);
		expect(on).toMatchObject({outcome: {status: 'ok'}, complete: [], watermark: expect.any(String)});
		expect(on.findings.length).toBe(10);
	});

	it('goes on from where it was when some of it could not be read', async () => {
		await watching('typical');
		const {watermark} = await watch.collect(securityhub, 'us-east-1');
		watch.endpoint.faults.add({service: 'securityhub', operation: 'GetFindings', effect: {kind: 'deny'}});
		expect((await delta('us-east-1', watermark)).watermark).toBeUndefined();
	});
});

describe('a finding in ASFF', () => {
	const place = {accountId: '123456789012', awsRegion: 'eu-west-1', partition: 'aws'};

	it.each([
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'NEW'}, RecordState: 'ACTIVE'}, 'active'],
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'NOTIFIED'}, RecordState: 'ACTIVE'}, 'active'],
		[{Compliance: {Status: 'PASSED'}, Workflow: {Status: 'RESOLVED'}, RecordState: 'ACTIVE'}, 'closed'],
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'RESOLVED'}, RecordState: 'ACTIVE'}, 'closed'],
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'SUPPRESSED'}, RecordState: 'ACTIVE'}, 'suppressed'],
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'NEW'}, RecordState: 'ARCHIVED'}, 'archived'],
		[{Compliance: {Status: 'FAILED'}, Workflow: {Status: 'NEW'}, RecordState: 'ACTIVE', Sample: true}, 'sample'],
		[{Compliance: {Status: 'WARNING'}, Workflow: {Status: 'NEW'}, RecordState: 'ACTIVE'}, undefined],
		[{Compliance: {Status: 'SOMETHING_NEW'}, RecordState: 'ACTIVE'}, undefined],
		[{}, undefined],
	])('%j is %s', (report, state) => {
		expect(recordStateOf(report)).toBe(state);
	});

	it.each([
		['CRITICAL', 'CRITICAL'],
		['INFORMATIONAL', 'INFORMATIONAL'],
		['SOMETHING_NEW', 'MEDIUM'],
		[undefined, 'MEDIUM'],
	])('labelled %s is %s', (Label, severity) => {
		expect(severityOf({Severity: {Label}})).toBe(severity);
	});

	it.each([
		['AwsS3Bucket', 'AWS::S3::Bucket'],
		['AwsEc2SecurityGroup', 'AWS::EC2::SecurityGroup'],
		['AwsElbv2LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
		['AwsElbLoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'],
		['AwsCertificateManagerCertificate', 'AWS::ACM::Certificate'],
		['AwsRdsDbCluster', 'AWS::RDS::DBCluster'],
		['AwsDynamoDbTable', 'AWS::DynamoDB::Table'],
		['AwsApiGatewayV2Stage', 'AWS::ApiGatewayV2::Stage'],
		['AwsApiGatewayRestApi', 'AWS::ApiGateway::RestApi'],
		['AwsAccount', 'AWS::Account::Account'],
		['AwsBrandNewThing', 'AWS::SecurityHub::BrandNewThing'],
		['<script>', 'AWS::SecurityHub::Resource'],
		[undefined, 'AWS::SecurityHub::Resource'],
	])('%s is %s', (asff, resourceType) => {
		expect(resourceTypeOf(asff)).toBe(resourceType);
	});

	it.each([
		['arn:aws:s3:::acme-exports', 'acme-exports', 'acme-exports'],
		['arn:aws:kms:eu-west-1:123456789012:key/1234', '1234', '1234'],
		['arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/eu/50dc6c495c0c9188', 'app/eu/50dc6c495c0c9188', 'eu'],
		['AWS::::Account:345678901234', '345678901234', '345678901234'],
		['', '123456789012', '123456789012'],
	])('about %s is about %s', (Id, resourceId, resourceName) => {
		expect(affectedResource({Id, Type: 'AwsS3Bucket'}, place)).toMatchObject({resourceId, resourceName});
	});

	it('of the older sort has the control’s id before its title, which is not said twice', () => {
		const finding = toReportedFinding(
			{Id: 'f', Title: '3.7 Ensure CloudTrail logs are encrypted', GeneratorId: 'cis-aws-foundations-benchmark/v/1.4.0/3.7'},
			'active',
			place,
			'2026-01-01T00:00:00.000Z',
		);
		expect(finding).toMatchObject({title: 'Ensure CloudTrail logs are encrypted', type: '3.7', updatedAt: '2026-01-01T00:00:00.000Z'});
		expect(toReportedFinding({}, 'active', place, '2026-01-01T00:00:00.000Z')).toBeUndefined();
	});
});

describe('the rules of Security Hub', () => {
	const context = {now: '2026-11-23T12:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const resource = <C>(configuration: C): Resource<C> => ({
		arn: 'arn:aws:securityhub:eu-west-1:123456789012:hub/default',
		resourceType: 'AWS::SecurityHub::Hub',
		resourceId: 'default',
		resourceName: 'hub',
		accountId: '123456789012',
		awsRegion: 'eu-west-1',
		tags: {},
		unread: {},
		readAt: {},
		configuration,
	});
	const standard = (name: string, status: string, reason?: string) => ({
		arn: `arn:aws:securityhub:eu-west-1::standards/${name}`,
		name,
		status,
		...(reason !== undefined && {reason}),
	});
	const fsbp = 'aws-foundational-security-best-practices/v/1.0.0';
	const central = {
		configuration: 'CENTRAL',
		configurationStatus: 'ENABLED',
		autoEnable: false,
		autoEnableStandards: 'NONE',
		memberLimitReached: false,
	};

	it.each<[string, string, Hub, string, string]>([
		['a standard', 'standard-ready', {standards: [standard(fsbp, 'READY')]}, 'PASS', `${fsbp} is on`],
		['no standard', 'standard-ready', {standards: []}, 'FAIL', 'nothing is checked'],
		['another standard', 'standard-ready', {standards: [standard('pci-dss/v/4.0.1', 'READY')]}, 'FAIL', 'no foundational standard'],
		[
			'one without a recorder',
			'standard-ready',
			{standards: [standard(fsbp, 'INCOMPLETE', 'NO_AVAILABLE_CONFIGURATION_RECORDER')]},
			'FAIL',
			'AWS Config does not record here',
		],
		['one that comes', 'standard-ready', {standards: [standard(fsbp, 'PENDING')]}, 'UNKNOWN', 'being enabled'],
		['one that goes', 'standard-ready', {standards: [standard(fsbp, 'DELETING')]}, 'FAIL', 'being disabled (DELETING)'],
		['one in a new state', 'standard-ready', {standards: [standard(fsbp, 'SLEEPING')]}, 'UNKNOWN', 'SLEEPING'],
		[
			'a good and a broken one',
			'standard-ready',
			{standards: [standard(fsbp, 'READY'), standard('nist-800-53/v/5.0.0', 'INCOMPLETE')]},
			'FAIL',
			'is on, but nist-800-53/v/5.0.0 is incomplete',
		],
		[
			'a member',
			'hub-centrally-managed',
			{administrator: {accountId: '1', status: 'Enabled'}, organization: null},
			'PASS',
			'account 1 manages',
		],
		[
			'a lost member',
			'hub-centrally-managed',
			{administrator: {accountId: '1', status: 'Removed'}, organization: null},
			'FAIL',
			'is Removed',
		],
		['nobody', 'hub-centrally-managed', {administrator: null, organization: null}, 'FAIL', 'nobody else manages'],
		['policies', 'organization-auto-enabled', {organization: central}, 'PASS', 'policies of the organisation'],
		[
			'policies that failed',
			'organization-auto-enabled',
			{organization: {...central, configurationStatus: 'FAILED'}},
			'FAIL',
			'status is FAILED',
		],
		[
			'no standards',
			'organization-auto-enabled',
			{organization: {...central, configuration: 'LOCAL', autoEnable: true}},
			'FAIL',
			'without a standard',
		],
		['a limit', 'organization-auto-enabled', {organization: {...central, memberLimitReached: true}}, 'FAIL', 'the limit'],
		['a new sort', 'organization-auto-enabled', {organization: {...central, configuration: 'NEW'}}, 'UNKNOWN', 'NEW'],
		['a new generator', 'findings-consolidated', {findingGenerator: 'OCSF'}, 'UNKNOWN', 'OCSF'],
	])('%s: %s', (_what, id, configuration, verdict, reason) => {
		const rule = hubRules.find(one => one.id === `securityhub-${id}`);
		expect(rule?.evaluate(resource({enabled: true, ...configuration}), context)).toMatchObject({
			verdict,
			reason: expect.stringContaining(reason),
		});
	});

	it.each<[string, Backlog, string, string | undefined]>([
		['nothing', {failed: {CRITICAL: 0, HIGH: 0, MEDIUM: 0}, notified: 0, oldest: {}}, 'PASS', undefined],
		[
			'young ones',
			{failed: {CRITICAL: 1, HIGH: 0, MEDIUM: 0}, oldest: {CRITICAL: {at: '2026-11-20T12:00:00.000Z', what: 'x'}}},
			'PASS',
			undefined,
		],
		[
			'an old critical one',
			{failed: {CRITICAL: 1, HIGH: 0, MEDIUM: 0}, oldest: {CRITICAL: {at: '2026-11-01T12:00:00.000Z', what: 'x'}}},
			'FAIL',
			undefined,
		],
		[
			'an old medium one',
			{failed: {CRITICAL: 0, HIGH: 0, MEDIUM: 1}, oldest: {MEDIUM: {at: '2026-01-01T12:00:00.000Z', what: 'x'}}},
			'FAIL',
			'LOW',
		],
		['no counts', {}, 'UNKNOWN', undefined],
	])('triage of %s', (_what, configuration, verdict, severity) => {
		const answer = backlogRules[0]?.evaluate(resource(configuration), context);
		expect([answer?.verdict, answer?.severity]).toEqual([verdict, severity]);
	});
});

describe('a watermark of Security Hub', () => {
	it.each(['', 'null', '{}', '{"at":"soon"}', '{"at":5}', '{"a'])('is not read from %j', text => {
		expect(readWatermark(text)).toBeUndefined();
	});

	it('reads what it wrote', () => {
		const on = {at: '2026-11-23T12:00:00.000Z'};
		expect(readWatermark(writeWatermark(on))).toEqual(on);
		expect(readWatermark(writeWatermark({off: true}))).toEqual({off: true});
	});
});

it('makes findings in the mock as AWS’s samples have them', () => {
	const record = controlFinding(placed('us-east-1'), 'S3.2', 'x', {resource: 'arn:aws:s3:::x'});
	expect(record.id).toMatch(/^arn:aws:securityhub:us-east-1:123456789012:security-control\/S3\.2\/finding\/[0-9a-f-]{36}$/u);
	const passed = checkedAgain(record, 'PASSED', new Date());
	expect(passed).toMatchObject({workflow: 'RESOLVED', previously: 'FAILED'});
	expect(passed.report().ProductFields).toMatchObject({PreviousComplianceStatus: 'FAILED'});
});
