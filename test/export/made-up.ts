import type {Catalogue, FindingEntry, ResourceEntry, SnapshotHeader} from '../../source/model/index.js';
import {entryKey} from '../../source/model/index.js';

export const place = {accountId: '123456789012', awsRegion: 'eu-west-1', service: 'kms'} as const;
export const capturedAt = '2026-11-23T10:00:00.000Z';

export const header: SnapshotHeader = {
	...place,
	capturedAt,
	attemptedAt: '2026-11-23T10:00:02.000Z',
	nextAttemptAt: undefined,
	everyMs: 300_000,
	outcome: {
		status: 'partial',
		durationMs: 1200,
		calls: 7,
		refusals: [
			{
				status: 'denied',
				operation: 'ListGrants',
				iamAction: 'kms:ListGrants',
				error: 'AccessDeniedException',
				message: 'User: arn:aws:iam::123456789012:role/ops is not authorized',
				count: 1,
			},
		],
	},
};

export const catalogue: Catalogue = {
	services: [],
	rules: {
		'kms-key-rotation-enabled': {
			id: 'kms-key-rotation-enabled',
			service: 'kms',
			resourceType: 'AWS::KMS::Key',
			title: 'Keys should be rotated',
			severity: 'MEDIUM',
			published: {securityControlIds: ['KMS.4'], cis: ['v3.0 3.6'], prowler: ['kms_cmk_rotation_enabled']},
			rationale: 'Why not.',
			remediation: {
				text: 'Switch rotation on.',
				cli: 'aws kms enable-key-rotation --key-id {id} --region {region}',
				url: 'https://docs.aws.amazon.com/kms/',
			},
			settings: {},
			iamActions: ['kms:GetKeyRotationStatus'],
		},
	},
};

export const keyEntry = (
	name: string,
	verdicts: ReadonlyArray<'PASS' | 'FAIL' | 'UNKNOWN' | 'NOT_APPLICABLE'> = ['FAIL'],
): ResourceEntry => ({
	entry: 'resource',
	key: entryKey(place, 'AWS::KMS::Key', name),
	service: 'kms',
	resource: {
		arn: `arn:aws:kms:eu-west-1:123456789012:key/${name}`,
		resourceType: 'AWS::KMS::Key',
		resourceId: name,
		resourceName: `alias/${name}`,
		accountId: place.accountId,
		awsRegion: place.awsRegion,
		tags: {Owner: 'Acme payments'},
		configuration: {keyState: 'Enabled', description: `holds what ${name} needs`, creationDate: capturedAt, rotationPeriodInDays: 365},
		unread: {
			ListGrants: {
				status: 'denied',
				operation: 'ListGrants',
				iamAction: 'kms:ListGrants',
				error: 'AccessDeniedException',
				message: `denied on ${name}`,
			},
		},
		readAt: {GetKeyRotationStatus: '2026-11-23T09:00:00.000Z'},
	},
	judgements: verdicts.map(verdict => ({
		ruleId: 'kms-key-rotation-enabled',
		verdict,
		severity: 'MEDIUM',
		reason: `alias/${name} is not rotated`,
		firstObservedAt: capturedAt,
		evidence: {expected: 'rotation on', observed: 'rotation off', operation: 'GetKeyRotationStatus'},
	})),
	cells: [],
	facts: [],
	expirations: [{what: 'key material', at: '2027-01-01T00:00:00.000Z'}],
	usdPerMonth: 1,
	consolePath: 'kms/home',
	firstObservedAt: capturedAt,
});

export const reportedEntry = (id: string, recordState: 'active' | 'archived' = 'active'): FindingEntry => ({
	entry: 'finding',
	key: entryKey({...place, service: 'guardduty'}, 'finding', id),
	service: 'guardduty',
	finding: {
		id,
		source: 'guardduty',
		type: 'CryptoCurrency:EC2/BitcoinTool.B!DNS',
		title: 'i-0ab3456789abcdef0 asks for a mining pool',
		reason: 'i-0ab3456789abcdef0 (10.0.3.7, ops@acme.example) asked for pool.acme.example',
		severity: 'CRITICAL',
		score: 9.1,
		recordState,
		marks: ['crypto-mining'],
		resource: {
			arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-0ab3456789abcdef0',
			resourceType: 'AWS::EC2::Instance',
			resourceId: 'i-0ab3456789abcdef0',
			resourceName: 'ci-runner-7',
			accountId: place.accountId,
			awsRegion: place.awsRegion,
		},
		firstObservedAt: capturedAt,
		lastObservedAt: capturedAt,
		updatedAt: capturedAt,
		details: {domain: 'pool.acme.example', count: 3, nested: [{user: 'alice'}]},
	},
	cells: [],
	facts: [],
	consolePath: 'guardduty/home',
	firstObservedAt: capturedAt,
});

export async function* iterate<T>(values: Iterable<T>): AsyncGenerator<T> {
	yield* values;
}
