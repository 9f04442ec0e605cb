import {describe, expect, test} from 'vitest';
import type {Copy, Share} from '../../source/boards/sharing/share.js';
import type {Resource} from '../../source/model/index.js';
import type {Snapshot} from '../../source/services/ec2/rules/snapshot.js';
import {commandFor} from '../../source/view/remediation.js';
import {
	allow,
	arnOf,
	copyOf,
	four,
	fourOperations,
	friend,
	grant,
	here,
	image,
	judged,
	key,
	own,
	reasons,
	refusal,
	refused,
	root,
	type Statement,
	settings,
	shareOf,
	snapshot,
	stranger,
	unencrypted,
	verdict,
} from './sharing-inputs.js';

const role = (path: string) => `arn:aws:iam::${friend}:role/${path}`;
const session = (name: string) => `arn:aws:sts::${friend}:assumed-role/${name}/i-1`;
const tagged = {Condition: {StringEquals: {'aws:PrincipalTag/team': 'restore'}}};
const allowTo = (...principals: readonly string[]) => allow('', four, {Principal: {AWS: principals}});
const denyTo = (principal: string | undefined, more: Statement = {}): Statement => ({
	Sid: 'Not',
	Effect: 'Deny',
	...(principal !== undefined && {Principal: {AWS: principal}}),
	Action: 'kms:*',
	Resource: '*',
	...more,
});

const conditions: ReadonlyArray<readonly [what: string, statements: readonly Statement[], works: string, because: string]> = [
	['a role of the account', [allow(friend, four, {Principal: {AWS: `arn:aws:iam::${friend}:role/Restore`}})], 'PASS', ''],
	['anyone of that account', [allow('', four, {Principal: '*', Condition: {StringEquals: {'kms:CallerAccount': friend}}})], 'PASS', ''],
	[
		'anyone of another account',
		[allow('', four, {Principal: '*', Condition: {StringEquals: {'kms:CallerAccount': stranger}}})],
		'FAIL',
		'none of',
	],
	['all but another account', [allow('', four, {Principal: undefined, NotPrincipal: {AWS: stranger}})], 'PASS', ''],
	['by way of EC2', [allow(friend, four, {Condition: {StringEquals: {'kms:ViaService': 'ec2.us-east-1.amazonaws.com'}}})], 'PASS', ''],
	['by way of any EC2', [allow(friend, four, {Condition: {StringLike: {'kms:ViaService': 'ec2.*.amazonaws.com'}}})], 'PASS', ''],
	['by way of S3', [allow(friend, four, {Condition: {StringEquals: {'kms:ViaService': 's3.us-east-1.amazonaws.com'}}})], 'FAIL', 'none of'],
	[
		'grants for AWS resources only',
		[
			allow(friend, ['kms:DescribeKey', 'kms:ReEncrypt*', 'kms:Decrypt']),
			allow(friend, ['kms:CreateGrant'], {Condition: {Bool: {'kms:GrantIsForAWSResource': true}}}),
		],
		'PASS',
		'',
	],
	[
		'everything under the condition that only grants carry',
		[allow(friend, four, {Condition: {Bool: {'kms:GrantIsForAWSResource': 'true'}}})],
		'FAIL',
		'allows no kms:DescribeKey, kms:ReEncrypt*, kms:Decrypt',
	],
	[
		'those with a tag',
		[allow(friend, four, {Condition: {StringEquals: {'aws:PrincipalTag/team': 'restore'}}})],
		'UNKNOWN',
		'“Use” allows it under a condition on aws:PrincipalTag/team, which cannot be judged from here',
	],
	[
		'our organization, of which the account may be',
		[allow('', four, {Principal: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}})],
		'UNKNOWN',
		'condition on aws:PrincipalOrgID',
	],
	['all but deletion', [allow(friend, [], {Action: undefined, NotAction: 'kms:ScheduleKeyDeletion'})], 'PASS', ''],
	[
		'the account, but a Deny takes grants back',
		[allow(friend), {Sid: 'NoGrants', Effect: 'Deny', Principal: {AWS: friend}, Action: 'kms:CreateGrant', Resource: '*'}],
		'FAIL',
		'key share allows no kms:CreateGrant (“NoGrants” denies it)',
	],
	[
		'the account, and a Deny hits plain HTTP only',
		[
			allow(friend),
			{Sid: 'Tls', Effect: 'Deny', Principal: '*', Action: 'kms:*', Resource: '*', Condition: {Bool: {'aws:SecureTransport': 'false'}}},
		],
		'PASS',
		'',
	],
	[
		'the account, and a Deny spares it',
		[
			allow(friend),
			{
				Sid: 'Others',
				Effect: 'Deny',
				Principal: '*',
				Action: 'kms:*',
				Resource: '*',
				Condition: {StringNotEquals: {'aws:PrincipalAccount': [own, friend]}},
			},
		],
		'PASS',
		'',
	],
	[
		'the account, and a Deny may hit it',
		[
			allow(friend),
			{
				Sid: 'Outside',
				Effect: 'Deny',
				Principal: '*',
				Action: 'kms:*',
				Resource: '*',
				Condition: {StringNotEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}},
			},
		],
		'UNKNOWN',
		'“Outside” denies it under a condition on aws:PrincipalOrgID',
	],
	['nobody that can be told', [], 'FAIL', 'none of'],
	['the account, all but one role', [allow(friend), denyTo(role('intern'))], 'PASS', ''],
	['the account, all but one role where it is tagged', [allow(friend), denyTo(role('intern'), tagged)], 'PASS', ''],
	['the account, all but one of its sessions', [allow(friend), denyTo(session('intern'))], 'PASS', ''],
	[
		'the account, and all but one role are denied',
		[allow(friend), denyTo(undefined, {NotPrincipal: {AWS: role('intern')}})],
		'UNKNOWN',
		'some of them only',
	],
	['two roles, of which one is denied', [allowTo(role('intern'), role('restore')), denyTo(role('intern'))], 'PASS', ''],
	['one role, and another is denied', [allowTo(role('restore')), denyTo(role('intern'))], 'PASS', ''],
	['one role, which is denied', [allowTo(role('intern')), denyTo(role('intern'))], 'FAIL', 'none of'],
	[
		'one role, which is denied where it is tagged',
		[allowTo(role('intern')), denyTo(role('intern'), tagged)],
		'UNKNOWN',
		'“Not” denies it under',
	],
	['a session of a role, which is denied', [allowTo(session('intern')), denyTo(role('team/intern'))], 'FAIL', 'none of'],
	['a role, of which one session is denied', [allowTo(role('intern')), denyTo(session('intern'))], 'PASS', ''],
	[
		'a tagged account, and one role is denied',
		[allow(friend, four, tagged), denyTo(role('intern'))],
		'UNKNOWN',
		'“Use” allows it under a condition',
	],
	['nobody, and one role is denied', [denyTo(role('intern'))], 'FAIL', 'none of'],
];

describe('whom a key policy surely admits', () => {
	test.each(conditions)('%s', (_, statements, expected, because) => {
		const [entry] = judged([snapshot({sharedWith: [friend]}), key(statements)]);
		expect(entry && verdict(entry, 'share-works').split(' ')[0]).toBe(expected);
		expect(entry && reasons(entry)).toContain(because);
	});

	test('a grant helps against no Deny', () => {
		const deny = {Sid: 'Never', Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*'};
		const [entry] = judged([snapshot({sharedWith: [friend]}), key([deny], {grantees: [grant(friend, fourOperations)]})]);
		expect(entry && shareOf(entry).missing).toEqual(['kms:Decrypt']);
	});

	test('a grant to a role that a Deny may hit is not known to help', () => {
		const [entry] = judged([snapshot({sharedWith: [friend]}), key([denyTo(role('Restore'))], {grantees: [grant(friend, fourOperations)]})]);
		expect(entry && verdict(entry, 'share-works')).toBe('UNKNOWN');
	});

	test('a stranger’s account gets in although one of its roles does not', () => {
		const intern = `arn:aws:iam::${stranger}:role/intern`;
		const [entry] = judged([snapshot({sharedWith: [stranger]}), key([allow(stranger), denyTo(intern)])]);
		expect(entry && [verdict(entry, 'share-not-exposed'), verdict(entry, 'share-works')]).toEqual(['FAIL HIGH', 'PASS']);
	});

	test('a text that is no policy is not known', () => {
		const [entry] = judged([snapshot({sharedWith: [friend]}), key([], {policy: '{'})]);
		expect(entry && verdict(entry, 'share-works')).toBe('UNKNOWN');
		expect(entry && reasons(entry)).toContain('cannot be judged: the policy is not JSON');
	});
});

describe('what could not be read', () => {
	test('a row of its own where it is one thing’s, and rows for no one else', () => {
		const {sharedWith: _, ...configuration} = snapshot().configuration;
		const entries = judged([
			snapshot({}, {configuration, unread: refused('ec2:DescribeSnapshotAttribute')}),
			snapshot({}, {resourceId: 'snap-2'}),
			key([]),
		]);
		expect(entries.map(({resource: one}) => [one.resourceName, Object.keys(one.unread)])).toEqual([
			['snap-1', ['ec2:DescribeSnapshotAttribute']],
		]);
		expect(entries[0]?.judgements.map(one => one.verdict)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
		expect(entries[0]?.cells.slice(0, 4)).toEqual(['?', '?', '?', '?']);
	});

	test('one row for a Region where it is all of them, or where they wait', () => {
		const {sharedWith: _, ...configuration} = image({}).configuration;
		const blind = (unread: Resource['unread']) =>
			['ami-1', 'ami-2', 'ami-3'].map(resourceId => image({}, {}, {resourceId, configuration, unread}));
		const waiting = {DescribeImageAttribute: refusal('ec2:DescribeImageAttribute', {status: 'pending'})};
		expect(judged(blind(refused('ec2:DescribeImageAttribute'))).map(reasons)[0]).toContain('ec2:DescribeImageAttribute was denied');
		expect(
			judged([...blind(waiting), image({}, {}, {resourceId: 'ami-4'})]).map(entry => [
				entry.resource.resourceName,
				shareOf(entry).exposed.why,
			]),
		).toEqual([
			['AMIs of us-east-1', 'with whom 3 of 4 AMIs of us-east-1 are shared is not known: ec2:DescribeImageAttribute has not been read yet'],
		]);
	});

	test('one row for a Region whose listing was refused, and none where it only waits', () => {
		const gaps = {
			'ec2:DescribeSnapshots eu-west-1': refusal('ec2:DescribeSnapshots'),
			'ec2:DescribeImages us-east-1': refusal('ec2:DescribeImages', {status: 'pending'}),
		};
		const entries = judged([], {gaps});
		expect(entries.map(({resource: one, consolePath}) => [one.resourceName, one.awsRegion, Object.keys(one.unread), consolePath])).toEqual([
			['snapshots of eu-west-1', 'eu-west-1', ['ec2:DescribeSnapshots'], 'ec2/home?region=eu-west-1#Snapshots:'],
		]);
		expect(entries[0]?.judgements.map(one => one.verdict)).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
		expect(entries[0] && reasons(entries[0])).toContain('the snapshots of eu-west-1 could not be listed: ec2:DescribeSnapshots was denied');
	});

	test('once where EC2 is not watched at all', () => {
		const unwatched = refusal('ec2', {status: 'not-available', error: '', message: 'ec2 is not watched'});
		expect(judged([], {gaps: {ec2: unwatched}}).map(entry => [entry.resource.resourceName, reasons(entry).split('\n')[0]])).toEqual([
			['snapshots of us-east-1', 'the snapshots of us-east-1 could not be listed: ec2 is not watched'],
			['AMIs of us-east-1', 'the AMIs of us-east-1 could not be listed: ec2 is not watched'],
		]);
	});

	test('a key that is not there is not gone while KMS could not be listed', () => {
		const [entry] = judged([snapshot({sharedWith: [friend]})], {gaps: {'kms:ListKeys us-east-1': refusal('kms:ListKeys')}});
		expect(entry && [verdict(entry, 'share-works'), Object.keys(entry.resource.unread)]).toEqual(['UNKNOWN', ['kms:ListKeys']]);
		expect(entry && reasons(entry)).toContain('kms:ListKeys was denied');
	});

	test('nothing shared is no row', () => {
		expect(judged([snapshot(), image({}), key([]), settings({})])).toEqual([]);
	});
});

describe('the procedures', () => {
	const steps = (given: readonly Resource[]) =>
		judged(given).map(({resource: {configuration}}) => (configuration as Share | Copy).steps)[0];

	test('a snapshot for another account: the missing step is named, and what happens there is said to be out of sight', () => {
		expect(steps([snapshot({sharedWith: [friend]}), key([allow(friend, four.slice(0, 3))])])?.map(({is}) => is)).toEqual([
			'done',
			'missing',
			'done',
			'elsewhere',
			'elsewhere',
		]);
		expect(steps([unencrypted({sharedWith: [friend]})])?.map(({is}) => is)).toEqual([
			'missing',
			'not needed',
			'done',
			'elsewhere',
			'elsewhere',
		]);
		const [, second] = steps([snapshot({sharedWith: [friend]}), key([allow(friend, four.slice(0, 3))])]) ?? [];
		expect(second?.what).toBe('let account 999988887777 use the key: key share allows no kms:Decrypt');
	});

	test('an AMI for another account', () => {
		expect(steps([image({accounts: [friend]}), key([allow(friend)])])?.map(({is}) => is)).toEqual([
			'done',
			'done',
			'done',
			'done',
			'elsewhere',
		]);
		const [first, , third, fourth] = steps([image({accounts: [friend]}, {disks: [{...root, kmsKeyId: 'alias/aws/ebs'}]})]) ?? [];
		expect([first?.is, third?.is, fourth?.is]).toEqual(['missing', 'missing', 'missing']);
	});
});

describe('copies from other Regions', () => {
	const copied = (facts: Partial<Snapshot>) => snapshot({copiedFrom: {snapshotId: 'snap-0', awsRegion: 'eu-west-1'}, ...facts});
	const original = (kmsKeyId: string) => snapshot({kmsKeyId}, {resourceId: 'snap-0', awsRegion: 'eu-west-1'});
	const originalOf = ({encrypted}: {readonly encrypted?: boolean}) => {
		const {kmsKeyId: _, encrypted: __, ...configuration} = snapshot().configuration;
		const of = {resourceId: 'snap-0', awsRegion: 'eu-west-1'};
		return snapshot({}, {...of, configuration: {...configuration, ...(encrypted !== undefined && {encrypted})}});
	};
	const twins = [key([], {}, {arn: arnOf('mrk-1')}), key([], {}, {arn: arnOf('mrk-1', 'eu-west-1'), awsRegion: 'eu-west-1'})];
	const copies: ReadonlyArray<
		readonly [what: string, given: readonly Resource[], verdict: string, steps: readonly string[], because: string]
	> = [
		[
			'under a key of its own Region',
			[copied({}), original(arnOf('0ccc', 'eu-west-1')), key([])],
			'PASS',
			['done', 'done', 'done'],
			'encrypted anew with share, a key of us-east-1',
		],
		[
			'under AWS’s own key, which serves the account itself',
			[copied({kmsKeyId: 'alias/aws/ebs'}), original(arnOf('0ccc', 'eu-west-1'))],
			'PASS',
			['done', 'done', 'done'],
			'aws/ebs',
		],
		[
			'under the other half of a multi-Region key',
			[copied({kmsKeyId: arnOf('mrk-1')}), original(arnOf('mrk-1', 'eu-west-1')), ...twins],
			'PASS',
			['done', 'done', 'done'],
			'encrypted anew: both keys have the id mrk-1, but their ARNs differ, and to EBS they are two keys',
		],
		[
			'still under the key of the other Region',
			[copied({kmsKeyId: arnOf('mrk-1', 'eu-west-1')}), original(arnOf('mrk-1', 'eu-west-1')), ...twins],
			'FAIL MEDIUM',
			['done', 'missing', 'missing'],
			'is of eu-west-1 and opens nothing in us-east-1',
		],
		[
			'under a key that is disabled',
			[copied({}), original(arnOf('0ccc', 'eu-west-1')), key([], {keyState: 'Disabled'})],
			'FAIL MEDIUM',
			['done', 'missing', 'done'],
			'key share is disabled',
		],
		['of an original that is gone', [copied({}), key([])], 'PASS', ['done', 'done', 'unknown'], 'which is gone, or another account’s'],
		[
			'that are not encrypted',
			[copied({encrypted: false}), key([])].map(one =>
				one.resourceType === 'AWS::EC2::Snapshot' ? {...one, configuration: {...one.configuration, kmsKeyId: undefined}} : one,
			),
			'NOT_APPLICABLE',
			['done', 'not needed', 'not needed'],
			'it is not encrypted',
		],
		[
			'encrypted, of an original that is not',
			[copied({}), originalOf({encrypted: false}), key([])],
			'PASS',
			['done', 'done', 'done'],
			'"what":"encrypted, with 0aaa: the original was not"',
		],
		[
			'encrypted, of an original whose key is not known',
			[copied({}), originalOf({encrypted: true}), key([])],
			'PASS',
			['done', 'done', 'unknown'],
			'snapshot snap-0 in eu-west-1, encrypted with a key that is not known',
		],
		[
			'encrypted, of an original that does not say whether it is',
			[copied({}), originalOf({}), key([])],
			'PASS',
			['done', 'done', 'unknown'],
			'snapshot snap-0 in eu-west-1: whether it is encrypted is not known',
		],
		[
			'of which KMS could not be asked',
			[copied({}), key([], {}, {configuration: {}, unread: refused('kms:DescribeKey')})],
			'UNKNOWN',
			['done', 'unknown', 'unknown'],
			'kms:DescribeKey was denied',
		],
	];
	test.each(copies)('%s', (_, given, expected, steps, because) => {
		const [entry] = judged(given);
		expect(entry && verdict(entry, 'copy-key-local')).toBe(expected);
		expect(entry && copyOf(entry).steps.map(({is}) => is)).toEqual(steps);
		expect(entry && `${reasons(entry)}\n${JSON.stringify(copyOf(entry).steps)}`).toContain(because);
	});

	test('an original in a Region that is not watched may exist all the same', () => {
		const gaps = {
			'ec2:DescribeSnapshots eu-west-1': refusal('ec2:DescribeSnapshots', {
				status: 'not-available',
				error: '',
				message: 'eu-west-1 is not watched',
			}),
		};
		const entry = judged([copied({}), key([])], {gaps, regions: [here]})[0];
		expect(entry && copyOf(entry).steps[0]).toEqual({is: 'unknown', what: 'snapshot snap-0 in eu-west-1: eu-west-1 is not watched'});
	});
});

describe('the command of a row', () => {
	const commandOf = (rule: string, ...resources: readonly Resource[]) => {
		const found = judged(resources).flatMap(({judgements, resource}) =>
			judgements.flatMap(judgement =>
				judgement.ruleId === rule && judgement.verdict === 'FAIL'
					? [{command: commandFor(judgement, undefined, resource), awsRegion: resource.awsRegion}]
					: [],
			),
		);
		expect(found).toHaveLength(1);
		return found[0]?.command;
	};
	const bare = {encrypted: false} as const;

	test.each([
		[
			'a snapshot is taken back from an account',
			'sharing-share-not-exposed',
			[unencrypted({sharedWith: [stranger]})],
			`aws ec2 modify-snapshot-attribute --snapshot-id snap-1 --create-volume-permission 'Remove=[{UserId=${stranger}}]' --region ${here}`,
		],
		[
			'a snapshot is taken back from everybody',
			'sharing-share-not-exposed',
			[unencrypted({public: true}), settings({snapshotBlockPublicAccess: 'unblocked'})],
			`aws ec2 modify-snapshot-attribute --snapshot-id snap-1 --create-volume-permission 'Remove=[{Group=all}]' --region ${here}`,
		],
		[
			'an AMI is taken back from an account',
			'sharing-share-not-exposed',
			[image({accounts: [stranger]}, {disks: [{snapshotId: 'snap-r', ...bare}]})],
			`aws ec2 modify-image-attribute --image-id ami-1 --launch-permission 'Remove=[{UserId=${stranger}}]' --region ${here}`,
		],
		[
			'a snapshot is copied under a key',
			'sharing-share-needs-key',
			[unencrypted({sharedWith: [friend]})],
			`aws ec2 copy-snapshot --source-region ${here} --source-snapshot-id snap-1 --encrypted --kms-key-id KMS_KEY_ARN --region ${here}`,
		],
		[
			'an AMI is copied under a key',
			'sharing-share-needs-key',
			[image({accounts: [friend]}, {disks: [{snapshotId: 'snap-r', ...bare}]})],
			`aws ec2 copy-image --source-region ${here} --source-image-id ami-1 --name NEW_NAME --encrypted --kms-key-id KMS_KEY_ARN --region ${here}`,
		],
	] as const)('%s', (_, rule, resources, expected) => {
		expect(commandOf(rule, ...resources)).toBe(expected);
	});
});

test('a snapshot that is public and shared has a row for each, and each leads to its page', () => {
	const entries = judged([
		snapshot({public: true, sharedWith: [friend, stranger]}),
		key([]),
		settings({snapshotBlockPublicAccess: 'unblocked'}),
	]);
	expect(entries.map(({resource: one}) => one.resourceId)).toEqual([
		'us-east-1/snap-1/all',
		'us-east-1/snap-1/999988887777',
		'us-east-1/snap-1/444455556666',
	]);
	expect(new Set(entries.map(({consolePath}) => consolePath))).toEqual(
		new Set(['ec2/home?region=us-east-1#SnapshotDetails:snapshotId=snap-1']),
	);
});
