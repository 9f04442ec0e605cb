import {afterEach, describe, expect, it} from 'vitest';
import type {ScenarioName} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {placeOf} from '../../mocks/scenarios/scenario.js';
import {guardduty as mock} from '../../mocks/services/guardduty.js';
import {byUpdate, guardDutyFinding, member} from '../../mocks/services/guardduty-state.js';
import {type Resource, seenFrom} from '../../source/model/index.js';
import {severityOf, toReportedFinding} from '../../source/services/guardduty/collect/finding.js';
import {readWatermark, writeWatermark} from '../../source/services/guardduty/collect/watermark.js';
import {titleOf} from '../../source/services/guardduty/collect/words.js';
import {guardduty} from '../../source/services/guardduty/index.js';
import {detectorRules} from '../../source/services/guardduty/rules/index.js';
import {miningAbsent} from '../../source/services/guardduty/rules/mining.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch;
afterEach(async () => watch?.close());
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};

const placed = (region: string) => {
	const [account] = watch.endpoint.world.accounts;
	return placeOf('typical', account as NonNullable<typeof account>, region, new Date()); // a scenario has an account
};

/** Adds findings of now to the live account. */
const happen = (region: string, count: number, name = 'new'): void => {
	const state = watch.endpoint.world.state(mock, region);
	state.findings = byUpdate([
		...state.findings,
		...Array.from({length: count}, (_, index) =>
			guardDutyFinding(placed(region), `${name}/${index}`, {
				type: 'UnauthorizedAccess:EC2/SSHBruteForce',
				severity: 5,
				title: 'Attack.',
				resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: 'i-1'}},
				createdHoursAgo: 0,
			}),
		),
	]);
};

describe('a full collection of GuardDuty', () => {
	it('brings detector, backlog and every finding, with samples and archived ones apart', async () => {
		await watching('typical');
		const collected = await watch.collect(guardduty, 'us-east-1');
		expect(collected.outcome).toMatchObject({status: 'ok', refusals: []});
		expect(collected.complete).toEqual(expect.arrayContaining(['AWS::GuardDuty::Detector', 'AWS::GuardDuty::FindingBacklog', 'findings']));
		const count = (state: string): number => collected.findings.filter(({recordState}) => recordState === state).length;
		expect([count('active'), count('archived'), count('sample')]).toEqual([11, 2, 1]);
		const backlog = collected.resources.find(({resourceType}) => resourceType === 'AWS::GuardDuty::FindingBacklog');
		expect(backlog?.configuration).toMatchObject({
			active: {CRITICAL: 1, HIGH: 5, MEDIUM: 3, LOW: 2},
			archived: 2,
			samples: 1,
			counted: 12,
			attackSequences: 1,
			cryptoMining: 1,
		});
	});

	it('says of a crypto miner and an attack sequence what they are', async () => {
		await watching('typical');
		const {findings} = await watch.collect(guardduty, 'us-east-1');
		expect(findings.find(({marks}) => marks.includes('attack-sequence'))).toMatchObject({
			severity: 'CRITICAL',
			score: 9,
			title: 'Attack sequence: credentials compromised',
			reason: 'credentials compromised: CloudTrail logging stopped, then s3:GetObject',
			resource: {resourceType: 'AWS::IAM::Role', resourceName: 'ci-deploy'},
			recordState: 'active',
		});
		const miner = findings.find(({marks, recordState}) => recordState === 'active' && marks.includes('crypto-mining'));
		expect(miner).toMatchObject({
			severity: 'HIGH',
			title: 'Crypto mining',
			reason: 'mining for cryptocurrency: pool.minexmr.example, 14 times',
			resource: {resourceType: 'AWS::EC2::Instance', resourceName: expect.stringMatching(/^batch-1 \(i-0/u)},
			details: {domain: 'pool.minexmr.example'},
		});
	});

	it('costs the calls that the formula says and no more', async () => {
		await watching('large');
		const {outcome, findings} = await watch.collect(guardduty, 'ap-southeast-2');
		expect(findings).toHaveLength(1000);
		// Twenty pages of ids, twenty batches, and at most ten singletons.
		expect(outcome.calls).toBeLessThanOrEqual(2 * 20 + 10);
	});

	it('reads 16,000 findings in a moment', async () => {
		await watching('large');
		const {outcome, findings} = await watch.collect(guardduty, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(findings).toHaveLength(16_000);
		expect(new Set(findings.map(({id}) => id)).size).toBe(16_000);
		expect(outcome.durationMs).toBeLessThan(20_000);
	}, 30_000);

	it('leaves nothing alone that a policy refuses: UNKNOWN, and nothing closes', async () => {
		await watching('typical');
		const collected = await watch.collect(guardduty, 'eu-south-1');
		expect(collected.outcome.status).toBe('partial');
		expect(collected.complete).not.toContain('findings');
		expect(collected.watermark).toBeUndefined();
		const verdicts = judgeAll(guardduty, collected.resources, watch.now()).flatMap(({judgements}) => judgements);
		expect(verdicts.filter(({verdict}) => verdict !== 'UNKNOWN')).toEqual([]);
		expect(verdicts.find(({ruleId}) => ruleId === 'guardduty-findings-triaged')?.reason).toContain('guardduty:ListFindings');
	});

	it('fails a Region without a detector, and calls it not enabled', async () => {
		await watching('typical');
		watch.endpoint.world.state(mock, 'eu-west-1').detector = undefined;
		const collected = await watch.collect(guardduty, 'eu-west-1');
		expect(collected.outcome).toMatchObject({status: 'not-enabled', reason: 'GuardDuty is not enabled in eu-west-1'});
		const [entry] = judgeAll(guardduty, collected.resources, watch.now());
		expect(entry?.judgements.find(({ruleId}) => ruleId === 'guardduty-detector-enabled')).toMatchObject({
			verdict: 'FAIL',
			severity: 'HIGH',
		});
		expect(entry?.judgements.filter(({verdict}) => verdict === 'FAIL')).toHaveLength(1);
	});

	it('takes no bad request for a detector that is gone', async () => {
		await watching('typical');
		const effect = {
			kind: 'error',
			name: 'BadRequestException',
			httpStatus: 400,
			message: 'The request is rejected because an invalid or out-of-range value is specified as an input parameter.',
		} as const;
		watch.endpoint.faults.add({service: 'guardduty', operation: 'GetDetector', effect});
		watch.endpoint.faults.add({service: 'guardduty', operation: 'DescribeOrganizationConfiguration', effect});
		const collected = await watch.collect(guardduty, 'us-east-1');
		expect(collected.outcome.status).toBe('partial');
		const judgements = judgeAll(guardduty, collected.resources, watch.now()).flatMap(entry => entry.judgements);
		const verdictOf = (id: string) => judgements.find(({ruleId}) => ruleId === id)?.verdict;
		expect(verdictOf('guardduty-detector-enabled')).toBe('UNKNOWN');
		expect(verdictOf('guardduty-detector-centrally-managed')).toBe('UNKNOWN');
		expect(collected.findings).toHaveLength(14);
	});

	it('says which members are not watched, and what they lack', async () => {
		await watching('typical');
		const {resources} = await watch.collect(guardduty, 'us-east-1');
		const judgements = judgeAll(guardduty, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.find(({ruleId}) => ruleId === 'guardduty-members-enabled')).toMatchObject({
			verdict: 'FAIL',
			reason: '1 of 4 members is not watched: 567890123456 is paused',
		});
		expect(judgements.find(({ruleId}) => ruleId === 'guardduty-members-equipped')).toMatchObject({
			verdict: 'FAIL',
			reason: 'S3 Protection is off in 2 of 3 members, such as 234567890123; 1 more plan has gaps',
		});
	});

	it('knows an administrator by invitation by its members, for one more call', async () => {
		await watching('typical');
		const region = 'eu-west-1';
		const judge = async () => {
			watch.endpoint.calls.clear();
			watch.pass(90 * 60_000);
			const {resources} = await watch.collect(guardduty, region);
			const judgements = judgeAll(guardduty, resources, watch.now()).flatMap(entry => entry.judgements);
			return (id: string) => judgements.find(({ruleId}) => ruleId === `guardduty-${id}`);
		};
		const calls = () => watch.endpoint.calls.all.map(({operation}) => operation).filter(name => /Member|Organization/u.test(name));
		const alone = await judge();
		expect(calls()).toEqual(['DescribeOrganizationConfiguration', 'ListMembers']);
		expect(alone('detector-centrally-managed')).toMatchObject({verdict: 'FAIL', reason: expect.stringMatching(/^nobody else manages/u)});
		expect(alone('members-enabled')?.verdict).toBe('NOT_APPLICABLE');

		const state = watch.endpoint.world.state(mock, region);
		state.invited = [
			...Array.from({length: 9}, (_, index) => member(`21000000000${index}`, 'Enabled')),
			member('220000000000', 'Resigned'),
		];
		const inviting = await judge();
		expect(calls()).toEqual(['DescribeOrganizationConfiguration', 'ListMembers']);
		expect(inviting('detector-centrally-managed')).toMatchObject({
			verdict: 'PASS',
			reason: 'this account manages GuardDuty for 10 members',
		});
		expect(inviting('members-enabled')).toMatchObject({
			verdict: 'FAIL',
			reason: '1 of 10 members is not watched: 220000000000 is resigned',
		});
		expect(inviting('members-equipped')?.verdict).toBe('NOT_APPLICABLE');
		expect(inviting('organization-auto-enabled')?.verdict).toBe('NOT_APPLICABLE');

		state.refused = {ListMembers: 'no-identity-based-policy'};
		const refused = await judge();
		for (const id of ['detector-centrally-managed', 'members-enabled']) {
			expect(refused(id)).toMatchObject({verdict: 'UNKNOWN', reason: expect.stringContaining('guardduty:ListMembers')});
		}
	});

	it('names the worst of what waits too long, not the oldest', async () => {
		await watching('typical');
		const {resources} = await watch.collect(guardduty, 'us-east-1');
		const judgements = judgeAll(guardduty, resources, watch.now()).flatMap(entry => entry.judgements);
		expect(judgements.find(({ruleId}) => ruleId === 'guardduty-findings-triaged')).toMatchObject({
			verdict: 'FAIL',
			severity: 'MEDIUM',
			reason:
				'high finding untouched for 29 hours, 1 day allowed: Policy weakened: bucket opened to anyone (acme-exports); 11 active findings in all',
		});
	});

	it('closes nothing where GuardDuty lists fewer than it counts', async () => {
		await watching('large');
		watch.endpoint.faults.add({service: 'guardduty', operation: 'ListFindings', effect: {kind: 'empty-object'}});
		const collected = await watch.collect(guardduty, 'ap-southeast-2');
		expect(collected.outcome.status).toBe('partial');
		expect(collected.complete).not.toContain('findings');
	});
});

describe('a delta of GuardDuty', () => {
	it('costs one call when nothing changed, and one more for each fifty that did', async () => {
		await watching('large');
		const region = 'ap-southeast-2';
		let {watermark} = await watch.collect(guardduty, region);
		const next = async () => {
			const collected = await watch.collect(guardduty, region, {tier: 'delta', ...(watermark !== undefined && {watermark})});
			watermark = collected.watermark;
			return collected;
		};
		expect(await next()).toMatchObject({outcome: {status: 'ok', calls: 1}, findings: [], complete: []});
		happen(region, 30);
		const changed = await next();
		expect(changed.findings).toHaveLength(30);
		expect(changed.outcome.calls).toBe(2);
		// The window still shows the thirty, which are not read again.
		expect(await next()).toMatchObject({outcome: {calls: 1}, findings: []});
		happen(region, 20, 'more');
		const more = await next();
		expect(more.findings).toHaveLength(20);
		expect(more.outcome.calls).toBe(2);
	});

	it('pays for a burst of 120 with three batches and the pages that name them', async () => {
		await watching('large');
		const {watermark = ''} = await watch.collect(guardduty, 'ap-southeast-2');
		happen('ap-southeast-2', 120);
		const {findings, outcome} = await watch.collect(guardduty, 'ap-southeast-2', {tier: 'delta', watermark});
		expect(findings).toHaveLength(120);
		expect(outcome.calls).toBe(3 + 3);
	});

	it('sees what is archived', async () => {
		await watching('typical');
		const {watermark = ''} = await watch.collect(guardduty, 'us-east-1');
		watch.endpoint.timeline.advance(299);
		const {findings} = await watch.collect(guardduty, 'us-east-1', {tier: 'delta', watermark});
		expect(findings.filter(({recordState}) => recordState === 'archived')).toHaveLength(8);
		expect(findings.filter(({recordState}) => recordState === 'sample')).toHaveLength(1);
	});

	it('sees within minutes that a detector is suspended or deleted', async () => {
		await watching('typical');
		const {watermark = ''} = await watch.collect(guardduty, 'eu-west-1');
		const state = watch.endpoint.world.state(mock, 'eu-west-1');
		if (state.detector) state.detector = {...state.detector, status: 'DISABLED'};
		watch.pass(18 * 60_000);
		const suspended = await watch.collect(guardduty, 'eu-west-1', {tier: 'delta', watermark});
		expect(judgeAll(guardduty, suspended.resources, watch.now())[0]?.judgements[0]).toMatchObject({
			ruleId: 'guardduty-detector-enabled',
			verdict: 'FAIL',
		});
		state.detector = undefined;
		watch.pass(60_000);
		const deleted = await watch.collect(guardduty, 'eu-west-1', {tier: 'delta', watermark});
		expect(deleted.outcome.status).toBe('not-enabled');
		expect(deleted.resources[0]?.configuration).toMatchObject({status: 'DELETED'});
		expect(deleted.resources[0]?.resourceId).toBe(suspended.resources[0]?.resourceId);
	});

	it('looks every twelve minutes whether GuardDuty was enabled where it was not', async () => {
		await watching('typical');
		const region = 'ap-southeast-2';
		const off = await watch.collect(guardduty, region);
		expect(off).toMatchObject({outcome: {status: 'not-enabled', calls: 1}, watermark: expect.any(String)});
		const next = async (watermark = '') => watch.collect(guardduty, region, {tier: 'delta', watermark});
		const still = await next(off.watermark);
		expect(still).toMatchObject({outcome: {status: 'not-enabled', calls: 1}, resources: off.resources, complete: []});
		const cached = await next(still.watermark);
		expect(cached).toMatchObject({outcome: {status: 'not-enabled', calls: 0}});
		const state = watch.endpoint.world.state(mock, region);
		state.detector = {id: '0'.repeat(32), status: 'ENABLED', createdAt: new Date(), features: [], tags: {}};
		watch.pass(18 * 60_000);
		const on = await next(cached.watermark);
		expect(on).toMatchObject({outcome: {status: 'ok'}, complete: [], watermark: expect.stringContaining('0'.repeat(32))});
		const entries = judgeAll(guardduty, on.resources, watch.now());
		const verdictsOf = (name: string) =>
			entries.find(({resource}) => resource.resourceName === name)?.judgements.map(({verdict}) => verdict);
		expect(new Set(verdictsOf('no detector'))).toEqual(new Set(['NOT_APPLICABLE']));
		expect(verdictsOf('detector 00000000')?.[0]).toBe('PASS');
	});

	it('follows a detector that is deleted and made anew', async () => {
		await watching('typical');
		const region = 'eu-west-1';
		const state = watch.endpoint.world.state(mock, region);
		const old = state.detector;
		const full = await watch.collect(guardduty, region);
		state.detector = undefined;
		watch.pass(18 * 60_000);
		const deleted = await watch.collect(guardduty, region, {tier: 'delta', watermark: full.watermark ?? ''});
		state.detector = old && {...old, id: 'f'.repeat(32)};
		watch.pass(18 * 60_000);
		const made = await watch.collect(guardduty, region, {tier: 'delta', watermark: deleted.watermark ?? ''});
		expect(made.outcome.status).toBe('ok');
		expect(made.findings.length).toBeGreaterThan(0);
		expect(
			made.resources.filter(({resourceType}) => resourceType === 'AWS::GuardDuty::Detector').map(({configuration}) => configuration),
		).toMatchObject([
			{status: 'REPLACED', detectorId: old?.id},
			{status: 'ENABLED', detectorId: 'f'.repeat(32)},
		]);
	});

	it('says within a minute that somebody mines, and that it is over', async () => {
		await watching('typical');
		const miningOf = (resources: readonly Resource[]) =>
			judgeAll(guardduty, resources, watch.now())
				.flatMap(({judgements}) => judgements)
				.find(({ruleId}) => ruleId === 'guardduty-crypto-mining-absent');
		const full = await watch.collect(guardduty, 'us-east-1');
		expect(miningOf(full.resources)).toMatchObject({
			verdict: 'FAIL',
			severity: 'CRITICAL',
			reason: 'batch-1 (i-0c33fe7f968e8c946) mines cryptocurrency, GuardDuty says',
		});
		watch.endpoint.timeline.advance(40);
		const burst = await watch.collect(guardduty, 'us-east-1', {tier: 'delta', watermark: full.watermark ?? ''});
		expect(miningOf(burst.resources)?.reason).toBe(
			'batch-1 (i-0c33fe7f968e8c946) and web-2 (i-045ba5a213c75c44b) mine cryptocurrency, GuardDuty says',
		);
		watch.endpoint.timeline.advance(210);
		watch.pass(11 * 60_000);
		const over = await watch.collect(guardduty, 'us-east-1', {tier: 'delta', watermark: burst.watermark ?? ''});
		expect(miningOf(over.resources)?.reason).toContain('batch-1 (i-0c33fe7f968e8c946) mines');
	});

	it('starts anew from a watermark that is not its own', async () => {
		await watching('typical');
		const collected = await watch.collect(guardduty, 'us-east-1', {tier: 'delta', watermark: 'nonsense'});
		expect(collected).toMatchObject({outcome: {status: 'ok'}, complete: [], watermark: expect.any(String)});
		expect(collected.findings).toHaveLength(14);
	});
});

describe('the rules of GuardDuty', () => {
	it('pass, fail and are unknown somewhere in a typical account, from its start', async () => {
		await watching('typical');
		const seen = new Map<string, Set<string>>();
		for (const region of scenarios.typical.populated) {
			const {resources} = await watch.collect(guardduty, region);
			for (const {judgements} of judgeAll(guardduty, resources, watch.now())) {
				for (const {ruleId, verdict} of judgements) seen.set(ruleId, (seen.get(ruleId) ?? new Set()).add(verdict));
			}
		}

		for (const {rules} of guardduty.kinds) {
			for (const {id} of rules) expect([id, ...(seen.get(id) ?? [])]).toEqual(expect.arrayContaining([id, 'PASS', 'FAIL', 'UNKNOWN']));
		}
	});

	it('find nothing to complain of in a healthy account', async () => {
		await watching('healthy');
		for (const region of watch.regions) {
			const {resources, findings} = await watch.collect(guardduty, region);
			const judgements = judgeAll(guardduty, resources, watch.now()).flatMap(entry => entry.judgements);
			expect(judgements.filter(({verdict}) => verdict === 'FAIL' || verdict === 'UNKNOWN')).toEqual([]);
			expect(findings.filter(({recordState}) => recordState === 'active')).toEqual([]);
		}
	});
});

describe('a finding of GuardDuty', () => {
	it.each([
		[10, 'CRITICAL'],
		[9, 'CRITICAL'],
		[8.9, 'HIGH'],
		[7, 'HIGH'],
		[6.9, 'MEDIUM'],
		[4, 'MEDIUM'],
		[3.9, 'LOW'],
		[1, 'LOW'],
		[0, 'MEDIUM'],
		[Number.NaN, 'MEDIUM'],
		[undefined, 'MEDIUM'],
	])('of %s is %s', (value, severity) => {
		expect(severityOf(value)).toBe(severity);
	});

	const place = {accountId: '123456789012', awsRegion: 'eu-west-1', partition: 'aws'};
	const from = {IpAddressV4: '203.0.113.9', Country: {CountryName: 'Brazil'}};
	const marksOf = (Type: string) => toReportedFinding({Id: 'f', Type}, place, '2026-01-01T00:00:00.000Z')?.marks;

	it.each([
		['CryptoCurrency:EC2/BitcoinTool.B!DNS', ['crypto-mining']],
		['CryptoCurrency:Lambda/BitcoinTool.B', ['crypto-mining']],
		['Impact:EC2/BitcoinDomainRequest.Reputation', ['crypto-mining']],
		['Impact:Runtime/CryptoMinerExecuted', ['crypto-mining']],
		['AttackSequence:EKS/CompromisedCluster', ['attack-sequence']],
		['UnauthorizedAccess:EC2/SSHBruteForce', []],
	])('of type %s is marked %j', (type, marks) => {
		expect(marksOf(type)).toEqual(marks);
	});

	it('that fails the rule about mining is among those that its command lists', () => {
		const [, criteria = '{}'] = /--finding-criteria '([^']+)'/u.exec(miningAbsent.remediation.cli ?? '') ?? [];
		const {type}: {readonly type: {readonly Equals: readonly string[]}} = JSON.parse(criteria).Criterion;
		expect(type.Equals).toEqual(
			expect.arrayContaining(['CryptoCurrency:Lambda/BitcoinTool.B', 'Impact:EC2/BitcoinDomainRequest.Reputation']),
		);
		for (const one of type.Equals) expect(marksOf(one)).toEqual([one.startsWith('AttackSequence:') ? 'attack-sequence' : 'crypto-mining']);
		// A sequence that mines is marked by its indicators, for which no criterion asks.
		expect(type.Equals.filter(one => one.startsWith('AttackSequence:')).length).toBeGreaterThan(0);
	});

	it.each([
		['UnauthorizedAccess:EC2/SSHBruteForce', 'Unauthorised access: SSH brute force'],
		['Backdoor:EC2/C&CActivity.B!DNS', 'Backdoor: command and control traffic'],
		['Stealth:S3/ServerAccessLoggingDisabled', 'Tracks covered: access logging of a bucket stopped'],
		['UnauthorizedAccess:Lambda/TorClient', 'Unauthorised access: connection to Tor'],
		['CryptoCurrency:Runtime/BitcoinTool.B!DNS', 'Crypto mining'],
		['NewPurpose:Thing/WhatEverIAMDoes', 'new purpose: what ever IAM does'],
		['no type at all', 'no type at all'],
	])('of type %s is called %s', (type, title) => {
		expect(titleOf(type)).toBe(title);
	});

	it.each([
		[
			'SSH from outside',
			'UnauthorizedAccess:EC2/SSHBruteForce',
			{
				NetworkConnectionAction: {
					ConnectionDirection: 'INBOUND',
					LocalPortDetails: {Port: 22},
					RemotePortDetails: {Port: 4711},
					RemoteIpDetails: from,
				},
			},
			'SSH brute force: from 203.0.113.9 (Brazil) to port 22, 1,840 times',
		],
		[
			'a way out',
			'UnauthorizedAccess:Lambda/TorClient',
			{
				NetworkConnectionAction: {
					ConnectionDirection: 'OUTBOUND',
					LocalPortDetails: {Port: 4711},
					RemotePortDetails: {Port: 443},
					RemoteIpDetails: from,
				},
			},
			'connection to Tor: to 203.0.113.9 (Brazil) port 443, 1,840 times',
		],
		[
			'an API call',
			'Exfiltration:S3/AnomalousBehavior',
			{AwsApiCallAction: {Api: 'GetObject', RemoteIpDetails: from}},
			'Exfiltration: unusual GetObject from 203.0.113.9 (Brazil), 1,840 times',
		],
		[
			'a probe',
			'Recon:EC2/PortProbeUnprotectedPort',
			{PortProbeAction: {PortProbeDetails: [{LocalPortDetails: {Port: 443}, RemoteIpDetails: from}]}},
			'open port probed: port 443 from 203.0.113.9 (Brazil), 1,840 times',
		],
		[
			'a login',
			'CredentialAccess:RDS/AnomalousBehavior.SuccessfulLogin',
			{RdsLoginAttemptAction: {RemoteIpDetails: from}},
			'Credential access: unusual successful login from 203.0.113.9 (Brazil), 1,840 times',
		],
		[
			'stolen credentials',
			'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS',
			{AwsApiCallAction: {Api: 'ListBuckets', RemoteIpDetails: from}},
			'instance credentials used outside AWS: ListBuckets from 203.0.113.9 (Brazil), 1,840 times',
		],
		['nothing but its type', 'Execution:EC2/ReverseShell', {}, 'reverse shell, 1,840 times'],
		['a type of another shape', 'Something new', {}, 'The instance i-1 does something new, 1,840 times'],
	])('of %s says first what happened, then how and with whom', (_, Type, Action, reason) => {
		const finding = {Id: 'f', Type, Title: 'The instance i-1 does something new.', Service: {Count: 1840, Action}};
		expect(toReportedFinding(finding, place, '2026-01-01T00:00:00.000Z')?.reason).toBe(reason);
	});

	it('advises by what was done to what', () => {
		const adviceOf = (Type: string, ConnectionDirection: string) =>
			toReportedFinding(
				{
					Id: 'f',
					Type,
					Resource: {InstanceDetails: {InstanceId: 'i-1'}},
					Service: {Action: {NetworkConnectionAction: {ConnectionDirection}}},
				},
				place,
				'2026-01-01T00:00:00.000Z',
			)?.remediation?.text;
		expect(adviceOf('UnauthorizedAccess:EC2/SSHBruteForce', 'INBOUND')).toMatch(/^Close the port/u);
		expect(adviceOf('UnauthorizedAccess:EC2/SSHBruteForce', 'OUTBOUND')).toMatch(/^Isolate the instance/u);
		expect(adviceOf('Recon:EC2/PortProbeUnprotectedPort', 'UNKNOWN')).toMatch(/^Close the port/u);
	});

	it('that lacks nearly everything is shown all the same', () => {
		expect(toReportedFinding({Id: 'f'}, place, '2026-01-01T00:00:00.000Z')).toMatchObject({
			recordState: 'active',
			severity: 'MEDIUM',
			resource: {resourceType: 'AWS::GuardDuty::Resource'},
			updatedAt: '2026-01-01T00:00:00.000Z',
		});
	});
});

const detector = (configuration: object) => ({
	arn: 'arn:aws:guardduty:eu-west-1:123456789012:detector/d',
	resourceType: 'AWS::GuardDuty::Detector' as const,
	resourceId: 'd',
	resourceName: 'd',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	unread: {},
	readAt: {},
	configuration: {status: 'ENABLED', ...configuration},
});
const context = {now: '2026-01-01T00:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};

describe('the settings of an organisation', () => {
	it.each([
		['ALL', false, 'PASS'],
		['NEW', false, 'PASS'],
		['ALL', true, 'FAIL'],
		['NEW', true, 'FAIL'],
		['NONE', false, 'FAIL'],
		['SOME', false, 'UNKNOWN'],
	])('that enable GuardDuty in %s, the limit of members reached: %s', (autoEnable, memberLimitReached, verdict) => {
		const rule = detectorRules.find(({id}) => id === 'guardduty-organization-auto-enabled');
		expect(rule?.evaluate(detector({organization: {autoEnable, memberLimitReached, features: {}}}), context).verdict).toBe(verdict);
	});
});

describe('runtime monitoring', () => {
	const feature = (status: string, agent?: string) => ({status, additional: agent === undefined ? {} : {EKS_ADDON_MANAGEMENT: agent}});
	const base = {CLOUD_TRAIL: feature('ENABLED')};

	it.each([
		['is satisfied by either kind for EKS', 'guardduty-eks-agent-managed', {EKS_RUNTIME_MONITORING: feature('ENABLED', 'ENABLED')}, 'PASS'],
		['is satisfied by the newer kind', 'guardduty-eks-agent-managed', {RUNTIME_MONITORING: feature('ENABLED', 'ENABLED')}, 'PASS'],
		['fails with neither agent', 'guardduty-eks-agent-managed', {RUNTIME_MONITORING: feature('ENABLED', 'DISABLED')}, 'FAIL'],
		['does not ask for agents when off', 'guardduty-eks-agent-managed', {RUNTIME_MONITORING: feature('DISABLED')}, 'NOT_APPLICABLE'],
		['asks for more than the older kind', 'guardduty-runtime-monitoring-enabled', {EKS_RUNTIME_MONITORING: feature('ENABLED')}, 'FAIL'],
		['is not offered where it is not listed', 'guardduty-runtime-monitoring-enabled', {}, 'NOT_APPLICABLE'],
		['is unknown with a new status', 'guardduty-runtime-monitoring-enabled', {RUNTIME_MONITORING: feature('PAUSED')}, 'UNKNOWN'],
	])('%s', (_, id, features, verdict) => {
		const rule = detectorRules.find(one => one.id === id);
		const resource = detector({features: {...base, ...features}});
		expect(rule?.exempts?.(resource, context) === undefined ? rule?.evaluate(resource, context).verdict : 'NOT_APPLICABLE').toBe(verdict);
	});
});

describe('a watermark of GuardDuty', () => {
	const at = Date.parse('2026-01-01T12:00:00Z');

	it('remembers what the next window shows again, by the earlier of two clocks', () => {
		const seen = seenFrom(
			at,
			[
				['old', at - 6 * 60_000],
				['recent', at - 60_000],
			],
			[
				{id: 'new', updatedAt: '2026-01-01T11:58:00Z'},
				{id: 'ahead', updatedAt: '2026-01-01T12:30:00Z'},
			],
		);
		expect(Object.fromEntries(seen)).toEqual({recent: at - 60_000, new: at - 120_000, ahead: at});
	});

	it.each(['', 'null', '{}', '[1,2,3]', '["d",1,[]]', '{"detector":"d","at":"x","seen":[],"miners":[]}', '{"a":'])(
		'is not read from %j',
		text => {
			expect(readWatermark(text)).toBeUndefined();
		},
	);

	it('reads what it wrote', () => {
		const on = {detectorId: 'd', atMs: at, seen: [['a', at]] as const, miners: [['f', 'web-2']] as const};
		expect(readWatermark(writeWatermark(on))).toEqual(on);
		expect(readWatermark(writeWatermark({standInId: 'none'}))).toEqual({standInId: 'none'});
	});
});

describe('hostile findings', () => {
	it('are collected without harm', async () => {
		await watching('hostile');
		const {outcome, findings} = await watch.collect(guardduty, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(findings.length).toBeGreaterThan(30);
	});
});

describe('wrong answers of GuardDuty', () => {
	it('make verdicts UNKNOWN and close nothing, whichever operation gives them', async () => {
		expect(await mistakesUnderWrongAnswers(guardduty, 'us-east-1')).toEqual([]);
	}, 30_000);
});
