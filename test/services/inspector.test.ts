import {afterEach, describe, expect, it} from 'vitest';
import type {ScenarioName} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {inspector as mock} from '../../mocks/services/inspector.js';
import {type Advisory, type InspectorRecord, instance, packageFinding} from '../../mocks/services/inspector-state.js';
import type {Answer, Resource} from '../../source/model/index.js';
import {severityOf, toReportedFinding} from '../../source/services/inspector/collect/finding.js';
import {inspector} from '../../source/services/inspector/index.js';
import {coverageComplete} from '../../source/services/inspector/rules/coverage.js';
import {accountEnabled, scanningRules} from '../../source/services/inspector/rules/enabled.js';
import {exploitableFixed} from '../../source/services/inspector/rules/fixes.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch | undefined;
afterEach(async () => {
	await watch?.close();
	watch = undefined;
});
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};

describe('a full collection of Inspector', () => {
	it('brings activation, coverage, backlog and every finding, with suppressed ones apart and closed ones left out', async () => {
		const {collect} = await watching('typical');
		const collected = await collect(inspector, 'us-east-1');
		expect(collected.outcome).toMatchObject({status: 'ok', refusals: []});
		expect(collected.complete).toEqual(
			expect.arrayContaining([
				'AWS::InspectorV2::Activation',
				'AWS::InspectorV2::Coverage',
				'AWS::InspectorV2::FindingBacklog',
				'findings',
			]),
		);
		const count = (state: string): number => collected.findings.filter(({recordState}) => recordState === state).length;
		expect(count('active')).toBeGreaterThan(70);
		expect(count('suppressed')).toBeGreaterThan(0);
		expect(count('closed')).toBe(0);
		const backlog = collected.resources.find(({resourceType}) => resourceType === 'AWS::InspectorV2::FindingBacklog');
		expect(backlog?.configuration).toMatchObject({counted: {all: count('active')}, listed: 'all'});
	});

	it('gives each finding its score, its likelihood, its exploit, its fix and its resource', async () => {
		const {collect} = await watching('typical');
		const {findings} = await collect(inspector, 'us-east-1');
		expect(findings.find(({type}) => type === 'CVE-2021-44228')).toMatchObject({
			severity: 'CRITICAL',
			score: 10,
			marks: ['exploit-available', 'fix-available'],
			title: 'CVE-2021-44228 - org.apache.logging.log4j:log4j-core',
			reason:
				'CVE-2021-44228, exploit known, in org.apache.logging.log4j:log4j-core 2.14.1, fixed in 2.17.1, 94 % likely to be exploited within 30 days',
			resource: {resourceType: 'AWS::ECR::Image', resourceName: expect.stringMatching(/^acme\/[\w-]+:/u)},
			details: {epss: 0.94},
		});
		expect(findings.find(({type}) => type === 'NETWORK_REACHABILITY')).toMatchObject({
			marks: ['internet-reachable'],
			reason: 'port 22 (TCP) open to the internet',
			resource: {resourceType: 'AWS::EC2::Instance', resourceName: expect.stringMatching(/^bastion \(i-/u)},
		});
		expect(findings.find(({details}) => details['severity'] === 'UNTRIAGED')).toMatchObject({severity: 'MEDIUM'});
	});

	it('has one coverage resource for each thing scanned, however many scans it has', async () => {
		const {collect} = await watching('typical');
		const {resources} = await collect(inspector, 'us-east-1');
		const covered = resources.filter(({resourceType}) => resourceType === 'AWS::InspectorV2::Coverage');
		expect(new Set(covered.map(({resourceId}) => resourceId)).size).toBe(covered.length);
		expect(covered.find(({resourceName}) => resourceName.startsWith('web-1 '))?.configuration).toMatchObject({
			scans: [{type: 'PACKAGE'}, {type: 'NETWORK'}],
		});
	});

	it('leaves what a policy refuses UNKNOWN, and closes nothing', async () => {
		const {collect, now} = await watching('typical');
		const collected = await collect(inspector, 'eu-south-1');
		expect(['denied', 'denied']).toContain(collected.outcome.status);
		expect(collected.complete).not.toContain('findings');
		expect(collected.complete).not.toContain('AWS::InspectorV2::Coverage');
		const verdicts = judgeAll(inspector, collected.resources, now()).flatMap(({judgements}) => judgements);
		expect(verdicts.filter(({verdict}) => verdict !== 'UNKNOWN')).toEqual([]);
		expect(verdicts.map(({ruleId}) => ruleId)).toEqual(
			expect.arrayContaining(['inspector-resource-covered', 'inspector-exploitable-fixed', 'inspector-ec2-scanning-enabled']),
		);
	});

	it('keeps its posture where only the findings are refused', async () => {
		const {collect, now, endpoint} = await watching('typical');
		endpoint.world.state(mock, 'us-east-1').refused = {ListFindings: 'no-identity-based-policy'};
		const collected = await collect(inspector, 'us-east-1');
		expect(collected.outcome).toMatchObject({status: 'partial', refusals: [{operation: 'ListFindings'}]});
		expect(collected.complete).toContain('AWS::InspectorV2::Coverage');
		expect(collected.complete).not.toContain('findings');
		const verdicts = judgeAll(inspector, collected.resources, now()).flatMap(({judgements}) => judgements);
		expect(verdicts.find(({ruleId}) => ruleId === 'inspector-exploitable-fixed')?.verdict).toBe('UNKNOWN');
		expect(verdicts.find(({ruleId}) => ruleId === 'inspector-account-enabled')?.verdict).toBe('PASS');
	});

	it('closes nothing after a listing that ended in the middle', async () => {
		const {collect, endpoint} = await watching('large');
		const {findings} = endpoint.world.state(mock, 'ap-southeast-2');
		endpoint.faults.add({service: 'inspector', operation: 'ListFindings', after: 5, effect: {kind: 'status', httpStatus: 404}});
		const collected = await collect(inspector, 'ap-southeast-2');
		expect(collected.findings).toHaveLength(500);
		expect(findings.length).toBeGreaterThan(500);
		expect(collected.outcome.status).toBe('failed');
		expect(collected.complete).not.toContain('findings');
	});

	it('lists of far too many those that are urgent by their likelihood, or by their score alone, each once', async () => {
		const {collect, endpoint, now} = await watching('typical');
		const [account] = endpoint.world.accounts;
		if (account === undefined) throw new Error('A scenario has an account');
		const place = placeOf('typical', account, 'eu-west-2', new Date());
		const resource = instance(place, 'web-1');
		const of = (name: string, facts: Partial<Advisory>, fixAvailable: 'YES' | 'NO' | 'PARTIAL' = 'YES'): InspectorRecord => ({
			...packageFinding(
				place,
				{id: `CVE-${name}`, name, version: '1', fixedIn: '2', manager: 'OS', severity: 'MEDIUM', epss: 0.01, text: '', ...facts},
				{resource, firstDaysAgo: 40},
			),
			fixAvailable,
		});
		const dull = of('dull', {});
		endpoint.world.state(mock, 'eu-west-2').findings = [
			...Array.from({length: 150_000}, (_, index) => ({...dull, id: `dull-${index}`})),
			of('likely', {epss: 0.9}),
			of('likely-in-part', {epss: 0.5}, 'PARTIAL'),
			of('exploited', {epss: 0.9, exploited: true}),
			of('critical-by-score', {severity: 'UNTRIAGED', score: 9.8}),
			of('critical-by-score-and-likely', {severity: 'UNTRIAGED', score: 9.8, epss: 0.9}),
			of('scored-low', {severity: 'UNTRIAGED', score: 5}),
			of('unscored', {severity: 'UNTRIAGED'}),
			of('critical', {severity: 'CRITICAL', score: 9.8}),
		];
		const {findings, resources, outcome} = await collect(inspector, 'eu-west-2');
		expect(outcome.status).toBe('ok');
		expect(findings.map(({type}) => type).sort()).toEqual([
			'CVE-critical',
			'CVE-critical-by-score',
			'CVE-critical-by-score-and-likely',
			'CVE-exploited',
			'CVE-likely',
			'CVE-likely-in-part',
		]);
		const backlog = resources.find(({resourceType}) => resourceType === 'AWS::InspectorV2::FindingBacklog');
		expect(backlog?.configuration).toMatchObject({listed: 'urgent', urgent: {critical: {count: 3}, exploitable: {count: 3}}});
		expect(judgementOf(judgeAll(inspector, resources, now()), 'inspector-exploitable-fixed')).toMatchObject({severity: 'CRITICAL'});
	}, 20_000);

	it('lists 3,750 findings in 38 pages', async () => {
		const {collect} = await watching('large');
		const {outcome, findings} = await collect(inspector, 'ap-southeast-2');
		expect(outcome.status).toBe('ok');
		expect(findings.length).toBeGreaterThan(3500);
		expect(outcome.calls).toBeLessThanOrEqual(38 + 9);
	}, 20_000);
});

describe('a delta of Inspector', () => {
	it('costs one call when nothing changed, and says what closed', async () => {
		const {collect, endpoint, pass} = await watching('large');
		const region = 'ap-southeast-2';
		const first = await collect(inspector, region);
		const quiet = await collect(inspector, region, {tier: 'delta', watermark: first.watermark ?? ''});
		expect(quiet).toMatchObject({outcome: {status: 'ok', calls: 1}, findings: [], complete: []});
		const state = endpoint.world.state(mock, region);
		state.findings = state.findings.map((record, index) =>
			index < 230 ? {...record, status: index < 100 ? ('CLOSED' as const) : record.status, updatedAtMs: Date.now()} : record,
		);
		pass(1000);
		const changed = await collect(inspector, region, {tier: 'delta', watermark: quiet.watermark ?? ''});
		expect(changed.findings).toHaveLength(230);
		expect(changed.findings.filter(({recordState}) => recordState === 'closed')).toHaveLength(100);
		expect(changed.outcome.calls).toBe(3);
	}, 20_000);

	it('sees within minutes that Inspector was switched off', async () => {
		const {collect, endpoint, pass} = await watching('typical');
		const {watermark = ''} = await collect(inspector, 'eu-west-1');
		endpoint.timeline.advance(200);
		pass(18 * 60_000);
		const {outcome, resources} = await collect(inspector, 'eu-west-1', {tier: 'delta', watermark});
		expect(outcome).toMatchObject({status: 'not-enabled', reason: 'Inspector is not enabled in eu-west-1'});
		expect(resources[0]?.configuration).toMatchObject({status: 'DISABLED'});
	});
});

const judgementOf = (entries: ReturnType<typeof judgeAll>, id: string, name?: string) =>
	entries
		.filter(({resource}) => name === undefined || resource.resourceName.startsWith(name))
		.flatMap(({judgements}) => judgements)
		.find(({ruleId}) => ruleId === id);

describe('a delta of Inspector, where it was off,', () => {
	it('looks every twelve minutes whether it was enabled, and reads everything then', async () => {
		const {collect, endpoint, pass, now} = await watching('typical');
		const region = 'ap-southeast-2';
		const off = await collect(inspector, region);
		expect(off).toMatchObject({outcome: {status: 'not-enabled', calls: 1}, watermark: expect.any(String)});
		const next = async (watermark = '') => collect(inspector, region, {tier: 'delta', watermark});
		const still = await next(off.watermark);
		expect(still.outcome).toMatchObject({status: 'not-enabled', calls: 0, reason: 'Inspector is not enabled in ap-southeast-2'});
		const state = endpoint.world.state(mock, region);
		state.status = 'ENABLED';
		state.scanning = {ec2: 'ENABLED', ecr: 'DISABLED'};
		pass(18 * 60_000);
		const on = await next(still.watermark);
		expect(on).toMatchObject({outcome: {status: 'ok'}, complete: [], watermark: expect.stringContaining('"at"')});
		expect(judgementOf(judgeAll(inspector, on.resources, now()), 'inspector-account-enabled')?.verdict).toBe('PASS');
	});
});

describe('the open ports of Inspector', () => {
	it('are told by a delta, when one opens and when it closes', async () => {
		const {collect, endpoint, pass, now} = await watching('typical');
		const region = 'us-east-1';
		const reasonIn = ({resources}: {readonly resources: readonly Resource[]}) =>
			judgementOf(judgeAll(inspector, resources, now()), 'inspector-network-unreachable');
		const full = await collect(inspector, region);
		expect(reasonIn(full)).toMatchObject({verdict: 'FAIL', severity: 'HIGH'});
		expect(reasonIn(full)?.reason).toMatch(/^the internet reaches port 22 of bastion \(i-\w+\), and 1 more way in$/u);
		const state = endpoint.world.state(mock, region);
		state.findings = state.findings.map(record =>
			record.type === 'NETWORK_REACHABILITY' ? {...record, status: 'CLOSED' as const, updatedAtMs: Date.now()} : record,
		);
		pass(1000);
		const closed = await collect(inspector, region, {tier: 'delta', watermark: full.watermark ?? ''});
		expect(reasonIn(closed)).toMatchObject({verdict: 'PASS', reason: 'Inspector found no way in from the internet'});
	});
});

describe('the coverage of Inspector', () => {
	it('counts no host as a gap that is stopped, or waits for its first scan, which may yet become one', async () => {
		const {collect, now} = await watching('typical');
		const {resources} = await collect(inspector, 'us-east-1');
		expect(judgementOf(judgeAll(inspector, resources, now()), 'inspector-coverage-complete')).toMatchObject({
			verdict: 'FAIL',
			reason: '70 % scanned: 5 scans of 20 do not run, for 5 reasons; whether 1 more will is not known yet',
		});
	});

	it.each<[number, Readonly<Record<string, number>>, Answer['verdict'], string]>([
		[19, {}, 'PASS', 'all 19 scans run'],
		[19, {UNSUPPORTED_OS: 1}, 'PASS', '95 % scanned: 1 scan of 20 does not run, for UNSUPPORTED_OS'],
		[19, {SOMETHING_NEW: 81}, 'FAIL', '19 % scanned: 81 scans of 100 do not run, for SOMETHING_NEW'],
		[19, {EC2_INSTANCE_STOPPED: 81, RESOURCE_TERMINATED: 2, IMAGE_ARCHIVED: 3}, 'PASS', 'all 19 scans run'],
		[0, {EC2_INSTANCE_STOPPED: 81}, 'NOT_APPLICABLE', 'there is nothing that Inspector could scan'],
		[1, {INTERNAL_ERROR: 99}, 'UNKNOWN', '1 % scanned: whether 99 scans of 100 will run is not known yet, for INTERNAL_ERROR'],
		[0, {PENDING_INITIAL_SCAN: 40}, 'UNKNOWN', '0 % scanned: whether 40 scans of 40 will run is not known yet, for PENDING_INITIAL_SCAN'],
		// What waits decides nothing here, however it ends.
		[95, {SCAN_IN_PROGRESS: 5}, 'PASS', '95 % scanned: whether 5 scans of 100 will run is not known yet, for SCAN_IN_PROGRESS'],
		[
			50,
			{NO_INVENTORY: 45, PENDING_REVIVAL_SCAN: 5},
			'FAIL',
			'50 % scanned: 45 scans of 100 do not run, for NO_INVENTORY; whether 5 more will is not known yet',
		],
		[
			50,
			{NO_INVENTORY: 5, PENDING_REVIVAL_SCAN: 45},
			'UNKNOWN',
			'50 % scanned: 5 scans of 100 do not run, for NO_INVENTORY; whether 45 more will is not known yet',
		],
	])('with %i scans that run and %j', (running, reasons, verdict, reason) => {
		const inactive = Object.values(reasons).reduce((sum, count) => sum + count, 0);
		const activation = {status: 'ENABLED', coverage: {active: running, inactive, reasons}};
		const context = {
			now: '',
			settings: coverageComplete.settings ?? {},
			trustedAccounts: [],
			related: () => undefined,
			watches: () => true,
		};
		const resource: Resource<typeof activation> = {
			arn: 'arn:aws:inspector2:eu-west-1:123456789012:activation',
			resourceType: 'AWS::InspectorV2::Activation',
			resourceId: 'activation',
			resourceName: 'Inspector',
			accountId: '123456789012',
			awsRegion: 'eu-west-1',
			tags: {},
			configuration: activation,
			unread: {},
			readAt: {},
		};
		expect(coverageComplete.evaluate(resource, context)).toMatchObject({verdict, reason});
	});
});

describe('the rules of Inspector', () => {
	it('answer to Security Hub’s controls where Inspector as a whole is off, too', () => {
		const controls = scanningRules.flatMap(({published}) => published.securityControlIds);
		expect([...accountEnabled.published.securityControlIds].sort()).toEqual([...controls].sort());
	});

	it('call what is critical and late CRITICAL, and name it', async () => {
		const {collect, now} = await watching('typical');
		const {resources} = await collect(inspector, 'us-east-1');
		expect(judgementOf(judgeAll(inspector, resources, now()), 'inspector-exploitable-fixed')).toMatchObject({
			verdict: 'FAIL',
			severity: 'CRITICAL',
			reason: expect.stringMatching(/^critical and open for \d+ days, 15 allowed: CVE-[\d-]+ on \S+/u),
		});
	});

	it('look for all that is urgent and can be mended, not only for what has an exploit', () => {
		const {cli = ''} = exploitableFixed.remediation;
		const [, filter = '', query = ''] = /--filter-criteria '([^']+)' --query '([^']+)'/u.exec(cli) ?? [];
		const equals = (...values: readonly string[]) => values.map(value => ({comparison: 'EQUALS', value}));
		expect(JSON.parse(filter)).toEqual({findingStatus: equals('ACTIVE'), fixAvailable: equals('YES', 'PARTIAL')});
		expect(query).toContain('severity==`"CRITICAL"`||exploitAvailable==`"YES"`||epss.score>=`0.5`');
	});

	it('pass, fail and are unknown somewhere in a typical account, from its start', async () => {
		const {collect, now} = await watching('typical');
		const seen = new Map<string, Set<string>>();
		for (const region of scenarios.typical.populated) {
			const {resources} = await collect(inspector, region);
			for (const {judgements} of judgeAll(inspector, resources, now())) {
				for (const {ruleId, verdict} of judgements) seen.set(ruleId, (seen.get(ruleId) ?? new Set()).add(verdict));
			}
		}

		for (const {rules} of inspector.kinds) {
			for (const {id} of rules) expect([id, ...(seen.get(id) ?? [])]).toEqual(expect.arrayContaining([id, 'PASS', 'FAIL', 'UNKNOWN']));
		}
	});

	it('find nothing to complain of in a healthy account', async () => {
		const {collect, regions, now} = await watching('healthy');
		for (const region of regions) {
			const {resources, findings} = await collect(inspector, region);
			const judgements = judgeAll(inspector, resources, now()).flatMap(entry => entry.judgements);
			expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
			expect(findings).toEqual([]);
		}
	});
});

describe('a finding of Inspector', () => {
	it.each([
		['CRITICAL', undefined, 'CRITICAL'],
		['INFORMATIONAL', 9.8, 'INFORMATIONAL'],
		['UNTRIAGED', undefined, 'MEDIUM'],
		['UNTRIAGED', 9.8, 'CRITICAL'],
		['UNTRIAGED', 7, 'HIGH'],
		['UNTRIAGED', 2, 'LOW'],
		['SOMETHING_NEW', 0, 'MEDIUM'],
		[undefined, Number.NaN, 'MEDIUM'],
	])('of severity %s and score %s is %s', (said, score, severity) => {
		expect(severityOf(said, score)).toBe(severity);
	});

	it('of a type, a status and a resource that nobody knows is shown all the same', () => {
		const place = {accountId: '123456789012', awsRegion: 'eu-west-1', partition: 'aws'};
		expect(
			toReportedFinding(
				{
					findingArn: 'arn:x',
					type: 'QUANTUM',
					status: 'PONDERING',
					severity: 'DIRE',
					title: 'Something new.',
					resources: [{type: 'Microsoft.Compute/virtualMachines', id: '/subscriptions/1/vm'}],
				},
				place,
				'2026-01-01T00:00:00.000Z',
			),
		).toMatchObject({
			type: 'QUANTUM',
			recordState: 'active',
			severity: 'MEDIUM',
			reason: 'Something new',
			resource: {resourceType: 'AWS::InspectorV2::Resource', resourceName: '/subscriptions/1/vm'},
			updatedAt: '2026-01-01T00:00:00.000Z',
		});
		expect(toReportedFinding({}, place, '2026-01-01T00:00:00.000Z')).toBeUndefined();
	});

	it('is collected without harm where every name is hostile', async () => {
		const {collect} = await watching('hostile');
		const {outcome, findings} = await collect(inspector, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(findings.length).toBeGreaterThan(30);
	});
});

describe('wrong answers of Inspector', () => {
	it('make verdicts UNKNOWN and close nothing, whichever operation gives them', async () => {
		expect(await mistakesUnderWrongAnswers(inspector, 'us-east-1')).toEqual([]);
	}, 30_000);
});
