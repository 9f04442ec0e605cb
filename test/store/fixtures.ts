import {
	type Catalogue,
	entryKey,
	type FindingEntry,
	type Judgement,
	type ReportedFinding,
	type ResourceEntry,
	type Severity,
	type SnapshotHeader,
	type SnapshotId,
	type Verdict,
} from '../../source/model/index.js';
import type {Live} from '../../source/store/port.js';

export const now = '2026-11-23T20:00:00.000Z';
export const at = (minutes: number): string => new Date(Date.parse(now) + minutes * 60_000).toISOString();

export const kms: SnapshotId = {accountId: '111122223333', awsRegion: 'eu-west-1', service: 'kms'};
export const guardduty: SnapshotId = {...kms, service: 'guardduty'};

export const nobody: Live = {
	account: undefined,
	regions: [],
	problems: [],
	traffic: {callsPerMinute: 0, throttledPerMinute: 0, nextPollAt: undefined, collecting: []},
};

export const catalogue: Catalogue = {
	services: [
		{
			id: 'kms',
			title: 'KMS keys',
			group: 'keys and secrets',
			leads: 'worst',
			kinds: [{resourceType: 'AWS::KMS::Key', title: 'Keys', columns: ['State']}],
		},
		{
			id: 'acm',
			title: 'Certificates',
			group: 'certificates and traffic',
			leads: 'soonest',
			kinds: [{resourceType: 'AWS::CertificateManager::Certificate', title: 'Certificates', columns: ['State']}],
		},
		{
			id: 'guardduty',
			title: 'GuardDuty',
			group: 'detection',
			leads: 'worst',
			kinds: [{resourceType: 'AWS::GuardDuty::Detector', title: 'Detectors', columns: ['State']}],
			reports: {source: 'guardduty', title: 'Findings', columns: ['Count']},
		},
	],
	rules: {},
};

export const judgement = (
	ruleId: string,
	verdict: Verdict,
	severity: Severity = 'HIGH',
	since = at(-60),
	reason = `${ruleId} says ${verdict}`,
): Judgement => ({
	ruleId,
	verdict,
	severity,
	reason,
	firstObservedAt: since,
});

export const resource = (
	id: string,
	judgements: readonly Judgement[] = [judgement('kms-key-rotation', 'PASS')],
	more: Partial<ResourceEntry> & {readonly snapshot?: SnapshotId; readonly name?: string} = {},
): ResourceEntry => {
	const {snapshot = kms, name = `name of ${id}`, ...rest} = more;
	const resourceType = catalogue.services.find(service => service.id === snapshot.service)?.kinds[0]?.resourceType ?? 'AWS::KMS::Key';
	return {
		entry: 'resource',
		key: entryKey(snapshot, resourceType, id),
		service: snapshot.service,
		resource: {
			arn: `arn:aws:${snapshot.service}:${snapshot.awsRegion}:${snapshot.accountId}:key/${id}`,
			resourceType,
			resourceId: id,
			resourceName: name,
			accountId: snapshot.accountId,
			awsRegion: snapshot.awsRegion,
			tags: {},
			configuration: {KeyState: 'Enabled'},
			unread: {},
			readAt: {},
		},
		judgements,
		cells: ['Enabled'],
		facts: [['State', 'Enabled']],
		expirations: [],
		usdPerMonth: 1,
		consolePath: `kms/home#/${id}`,
		firstObservedAt: at(-600),
		...rest,
	};
};

export const finding = (id: string, more: Partial<ReportedFinding> = {}, snapshot: SnapshotId = guardduty, padding = ''): FindingEntry => ({
	entry: 'finding',
	key: entryKey(snapshot, 'finding', id),
	service: snapshot.service,
	finding: {
		id,
		source: 'guardduty',
		type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
		title: 'Crypto mining',
		reason: `i-${id} asks for a name of a mining pool`,
		severity: 'HIGH',
		recordState: 'active',
		marks: [],
		resource: {
			arn: `arn:aws:ec2:${snapshot.awsRegion}:${snapshot.accountId}:instance/i-${id}`,
			resourceType: 'AWS::EC2::Instance',
			resourceId: `i-${id}`,
			resourceName: `host-${id}`,
			accountId: snapshot.accountId,
			awsRegion: snapshot.awsRegion,
		},
		firstObservedAt: at(-90),
		lastObservedAt: at(-5),
		updatedAt: at(-5),
		details: {padding},
		...more,
	},
	cells: [1],
	facts: [['Count', 1]],
	consolePath: `guardduty/home#/${id}`,
	firstObservedAt: at(-90),
});

export const header = (snapshot: SnapshotId, more: Partial<SnapshotHeader> = {}): SnapshotHeader => ({
	...snapshot,
	capturedAt: at(-1),
	attemptedAt: at(-1),
	nextAttemptAt: at(4),
	everyMs: 300_000,
	outcome: {status: 'ok', durationMs: 1200, calls: 7, refusals: []},
	...more,
});
