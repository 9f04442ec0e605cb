import {describe, expect, test} from 'vitest';
import type {Share} from '../../source/boards/sharing/share.js';
import type {Resource} from '../../source/model/index.js';
import {
	allow,
	arnOf,
	data,
	four,
	fourOperations,
	friend,
	grant,
	here,
	image,
	judged,
	key,
	otherKey,
	ourOrganization,
	own,
	reasons,
	refused,
	root,
	settings,
	shareOf,
	snapshot,
	stranger,
	theirOrganization,
	unencrypted,
	unit,
	unreadKey,
	verdict,
} from './sharing-inputs.js';

/** What one thing shared with one account or organization, and its keys, come to. */
type Case = {
	readonly what: string;
	readonly given: readonly Resource[];
	readonly state: Share['state'];
	/** Not exposed, works, needs a key. */
	readonly says: readonly [string, string, string];
	readonly because: string;
};

const cases: readonly Case[] = [
	{
		what: 'a snapshot for a friend whose key admits it',
		given: [snapshot({sharedWith: [friend]}), key([allow(friend)])],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'can make a volume of it: key share lets it in',
	},
	{
		what: 'a snapshot for a stranger whose key admits it',
		given: [snapshot({sharedWith: [stranger]}), key([allow(stranger)])],
		state: 'exposed',
		says: ['FAIL HIGH', 'PASS', 'PASS'],
		because: 'which is not trusted, can make a volume of it: key share lets it in',
	},
	{
		what: 'a snapshot for a friend without CreateGrant',
		given: [snapshot({sharedWith: [friend]}), key([allow(friend, ['kms:DescribeKey', 'kms:ReEncrypt*', 'kms:Decrypt'])])],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'key share allows no kms:CreateGrant',
	},
	{
		what: 'a snapshot for a stranger without CreateGrant, who reads it with Decrypt',
		given: [snapshot({sharedWith: [stranger]}), key([allow(stranger, ['kms:Decrypt'])])],
		state: 'exposed',
		says: ['FAIL HIGH', 'FAIL LOW', 'PASS'],
		because: 'can read its blocks with kms:Decrypt, though without kms:DescribeKey, kms:ReEncrypt*, kms:CreateGrant',
	},
	{
		what: 'a snapshot for a stranger who may do Decrypt, and the rest under a condition',
		given: [
			snapshot({sharedWith: [stranger]}),
			key([
				allow(stranger, ['kms:Decrypt']),
				allow(stranger, four.slice(0, 3), {Condition: {StringEquals: {'aws:PrincipalTag/team': 'restore'}}}),
			]),
		],
		state: 'exposed',
		says: ['FAIL HIGH', 'UNKNOWN', 'PASS'],
		because: 'which is not trusted, can read its blocks with kms:Decrypt',
	},
	{
		what: 'a snapshot for a stranger who may do all but Decrypt',
		given: [snapshot({sharedWith: [stranger]}), key([allow(stranger, ['kms:DescribeKey', 'kms:ReEncrypt*', 'kms:CreateGrant'])])],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'key share allows no kms:Decrypt',
	},
	{
		what: 'a snapshot for a stranger whom the key does not know',
		given: [snapshot({sharedWith: [stranger]}), key([])],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'key share allows none of kms:DescribeKey, kms:ReEncrypt*, kms:CreateGrant, kms:Decrypt',
	},
	{
		what: 'an unencrypted snapshot for a friend',
		given: [unencrypted({sharedWith: [friend]})],
		state: 'unencrypted',
		says: ['PASS', 'PASS', 'FAIL MEDIUM'],
		because: 'needs no key besides',
	},
	{
		what: 'an unencrypted snapshot for a stranger',
		given: [unencrypted({sharedWith: [stranger]})],
		state: 'exposed',
		says: ['FAIL HIGH', 'PASS', 'FAIL MEDIUM'],
		because: 'it is not encrypted',
	},
	{
		what: 'a snapshot for the account itself',
		given: [snapshot({sharedWith: [own]}), key([])],
		state: 'internal',
		says: ['PASS', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'shared with this account itself',
	},
	{
		what: 'a public snapshot',
		given: [unencrypted({public: true}), settings({snapshotBlockPublicAccess: 'block-new-sharing'})],
		state: 'exposed',
		says: ['FAIL CRITICAL', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'public and not encrypted: every AWS account can restore it (block public access: block-new-sharing)',
	},
	{
		what: 'a public snapshot that the Region hides',
		given: [unencrypted({public: true}), settings({snapshotBlockPublicAccess: 'block-all-sharing'})],
		state: 'hidden',
		says: ['PASS', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'hides it from everyone',
	},
	{
		what: 'a public snapshot of which it is not known whether the Region hides it',
		given: [unencrypted({public: true}), settings({}, refused('ec2:GetSnapshotBlockPublicAccessState'))],
		state: 'unknown',
		says: ['UNKNOWN', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'ec2:GetSnapshotBlockPublicAccessState was denied',
	},
	{
		what: 'a public AMI, whatever is blocked for new ones',
		given: [image({}, {public: true}), settings({imageBlockPublicAccess: 'block-new-sharing'}), key([])],
		state: 'exposed',
		says: ['FAIL CRITICAL', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'public: every AWS account can launch it',
	},
	{
		what: 'a snapshot under AWS’s own key, by its alias',
		given: [snapshot({sharedWith: [friend], kmsKeyId: arnOf('x').replace('key/x', 'alias/aws/ebs')})],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'AWS’s own key aws/ebs lets in no other account',
	},
	{
		what: 'a snapshot under AWS’s own key, by its ARN',
		given: [snapshot({sharedWith: [friend]}), key([allow(friend)], {keyManager: 'AWS', aliases: ['alias/aws/ebs']})],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'AWS’s own key aws/ebs lets in no other account',
	},
	...(
		[
			['Disabled', 'key share is disabled'],
			['PendingDeletion', 'key share is scheduled for deletion'],
			['PendingImport', 'key share has no key material'],
		] as const
	).map(
		([keyState, because]): Case => ({
			what: `a snapshot whose key is ${keyState}`,
			given: [snapshot({sharedWith: [friend]}), key([allow(friend)], {keyState})],
			state: 'unusable',
			says: ['PASS', 'FAIL MEDIUM', 'PASS'],
			because,
		}),
	),
	{
		what: 'a snapshot whose key is in a state that is news to us',
		given: [snapshot({sharedWith: [friend]}), key([allow(friend)], {keyState: 'Dreaming'})],
		state: 'unknown',
		says: ['PASS', 'UNKNOWN', 'PASS'],
		because: 'which this version of Vedette does not know',
	},
	{
		what: 'a snapshot whose key is gone',
		given: [snapshot({sharedWith: [stranger]})],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'key 0aaa does not exist any more',
	},
	{
		what: 'a snapshot whose key is of another account',
		given: [snapshot({sharedWith: [stranger], kmsKeyId: arnOf('0ccc', here, '555566667777')})],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'of account 555566667777, whose keys are not read',
	},
	{
		what: 'a snapshot whose key is of a Region that is not watched',
		given: [snapshot({sharedWith: [friend], kmsKeyId: arnOf('0ccc', 'sa-east-1')})],
		state: 'unknown',
		says: ['PASS', 'UNKNOWN', 'PASS'],
		because: 'of sa-east-1, which is not watched',
	},
	{
		what: 'a snapshot whose key is the half of a multi-Region key that lies elsewhere',
		given: [
			snapshot({sharedWith: [friend], kmsKeyId: arnOf('mrk-1', 'eu-west-1')}),
			key([allow(friend)], {}, {arn: arnOf('mrk-1', 'eu-west-1'), awsRegion: 'eu-west-1'}),
			key([allow(friend)], {}, {arn: arnOf('mrk-1')}),
		],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'is of eu-west-1 and opens nothing in us-east-1, where a key of the same id is another key',
	},
	{
		what: 'a snapshot whose key’s policy could not be read',
		given: [snapshot({sharedWith: [stranger]}), unreadKey('policy', 'kms:GetKeyPolicy')],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'kms:GetKeyPolicy was denied',
	},
	{
		what: 'a snapshot whose key could not be described',
		given: [snapshot({sharedWith: [stranger]}), key([], {}, {configuration: {}, unread: refused('kms:DescribeKey')})],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'kms:DescribeKey was denied',
	},
	{
		what: 'a snapshot whose key’s grants could not be read, and its policy does not suffice',
		given: [snapshot({sharedWith: [stranger]}), unreadKey('grantees', 'kms:ListGrants')],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'kms:ListGrants was denied',
	},
	{
		what: 'a snapshot whose key’s grants could not be read, and its policy suffices',
		given: [snapshot({sharedWith: [friend]}), unreadKey('grantees', 'kms:ListGrants', [allow(friend)])],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'key share lets it in',
	},
	{
		what: 'a snapshot whose key admits by a grant',
		given: [snapshot({sharedWith: [friend]}), key([], {grantees: [grant(friend, fourOperations)]})],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'key share lets it in',
	},
	{
		what: 'a snapshot whose key admits by a grant within bounds',
		given: [snapshot({sharedWith: [stranger]}), key([], {grantees: [grant(stranger, fourOperations, fourOperations)]})],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'a grant allows it within bounds that cannot be judged from here',
	},
	{
		what: 'a snapshot whose key admits by a grant that is within bounds but for one operation',
		given: [snapshot({sharedWith: [stranger]}), key([], {grantees: [grant(stranger, fourOperations, fourOperations.slice(1))]})],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'whether key share allows kms:ReEncrypt* is not known: a grant allows it within bounds that cannot be judged from here',
	},
	{
		what: 'a snapshot whose key admits half by its policy and half by a grant',
		given: [snapshot({sharedWith: [friend]}), key([allow(friend, four.slice(0, 2))], {grantees: [grant(friend, fourOperations.slice(2))]})],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'key share lets it in',
	},
	{
		what: 'an archived snapshot',
		given: [snapshot({sharedWith: [friend], storageTier: 'archive'}), key([allow(friend)])],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'it is archived',
	},
	{
		what: 'an AMI of two disks whose keys both admit',
		given: [
			image({accounts: [friend]}, {disks: [root, data]}),
			key([allow(friend)]),
			key([allow(friend)], {aliases: ['alias/data']}, {arn: otherKey}),
		],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'keys share, data lets it in',
	},
	{
		what: 'an AMI of two disks, one of which is shut',
		given: [
			image({accounts: [stranger]}, {disks: [root, data]}),
			key([allow(stranger)]),
			key([], {aliases: ['alias/data']}, {arn: otherKey}),
		],
		state: 'unusable',
		says: ['UNKNOWN', 'FAIL LOW', 'PASS'],
		because: '/dev/sdb: key data allows none of kms:DescribeKey',
	},
	{
		what: 'an AMI of two disks, one of which is shut and the other not known',
		given: [
			image({accounts: [friend]}, {disks: [root, data]}),
			unreadKey('policy', 'kms:GetKeyPolicy'),
			key([], {aliases: ['alias/data']}, {arn: otherKey}),
		],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: '/dev/sdb: key data allows none of kms:DescribeKey',
	},
	{
		what: 'an AMI of which one disk is not encrypted',
		given: [
			image({accounts: [friend]}, {disks: [root, {deviceName: '/dev/sdb', snapshotId: 'snap-d', encrypted: false}]}),
			key([allow(friend)]),
		],
		state: 'usable',
		says: ['PASS', 'PASS', 'FAIL MEDIUM'],
		because: '/dev/sdb is not encrypted',
	},
	{
		what: 'an AMI whose key is told by snapshots that could not be listed',
		given: [
			image(
				{accounts: [stranger]},
				{disks: [{deviceName: '/dev/xvda', snapshotId: 'snap-r', encrypted: true}]},
				{unread: refused('ec2:DescribeSnapshots')},
			),
		],
		state: 'unknown',
		says: ['UNKNOWN', 'UNKNOWN', 'PASS'],
		because: 'its key is not known: ec2:DescribeSnapshots was denied',
	},
	{
		what: 'an AMI for a stranger without CreateGrant: no API reads its blocks',
		given: [image({accounts: [stranger]}), key([allow(stranger, ['kms:Decrypt'])])],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'cannot launch it',
	},
	{
		what: 'a disabled AMI',
		given: [image({accounts: [friend]}, {state: 'disabled'}), key([allow(friend)])],
		state: 'unusable',
		says: ['PASS', 'FAIL MEDIUM', 'PASS'],
		because: 'its state is disabled',
	},
	{
		what: 'an archived, unencrypted snapshot for a stranger',
		given: [unencrypted({sharedWith: [stranger], storageTier: 'archive'})],
		state: 'unusable',
		says: ['FAIL MEDIUM', 'FAIL LOW', 'FAIL MEDIUM'],
		because:
			'once it is ready account 444455556666, which is not trusted, can make a volume of it: it is not encrypted; for now it cannot: it is archived',
	},
	{
		what: 'a pending snapshot for a stranger who will read it with Decrypt',
		given: [snapshot({sharedWith: [stranger], state: 'pending'}), key([allow(stranger, ['kms:Decrypt'])])],
		state: 'unusable',
		says: ['FAIL MEDIUM', 'FAIL LOW', 'PASS'],
		because: 'once it is ready account 444455556666, which is not trusted, can read its blocks with kms:Decrypt',
	},
	{
		what: 'an archived snapshot for a stranger whom the key does not know',
		given: [snapshot({sharedWith: [stranger], storageTier: 'archive'}), key([])],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'is not trusted, but cannot make a volume of it: key share allows none of',
	},
	{
		what: 'a snapshot that failed, for a stranger',
		given: [unencrypted({sharedWith: [stranger], state: 'error'})],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'FAIL MEDIUM'],
		because: 'account 444455556666 is not trusted, but cannot make a volume of it: its state is error',
	},
	{
		what: 'a disabled AMI for a stranger, whose launch permissions do not come back by themselves',
		given: [image({accounts: [stranger]}, {state: 'disabled', disks: [{snapshotId: 'snap-r', encrypted: false}]})],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'FAIL MEDIUM'],
		because: 'account 444455556666 is not trusted, but cannot launch it: its state is disabled',
	},
	{
		what: 'an archived snapshot that is public',
		given: [unencrypted({public: true, storageTier: 'archive'}), settings({snapshotBlockPublicAccess: 'unblocked'})],
		state: 'unusable',
		says: ['FAIL HIGH', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because:
			'public and not encrypted: once it is ready every AWS account can restore it (block public access: unblocked); for now none can: it is archived',
	},
	{
		what: 'a public AMI that is being made',
		given: [image({}, {public: true, state: 'pending'})],
		state: 'unusable',
		says: ['FAIL HIGH', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'public: once it is ready every AWS account can launch it; for now none can: its state is pending',
	},
	{
		what: 'a public AMI that failed',
		given: [image({}, {public: true, state: 'failed'})],
		state: 'unusable',
		says: ['PASS', 'NOT_APPLICABLE', 'NOT_APPLICABLE'],
		because: 'public, but nobody can launch it: its state is failed',
	},
	{
		what: 'a failed AMI for an organization that is not trusted',
		given: [image({organizations: [theirOrganization]}, {state: 'failed', disks: [{snapshotId: 'snap-r', encrypted: false}]})],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'FAIL MEDIUM'],
		because: 'organization o-z9y8x7w6v5 is not trusted, but cannot launch it: its state is failed',
	},
	{
		what: 'an AMI without a disk on EBS',
		given: [image({accounts: [friend]}, {rootDeviceType: 'instance-store', disks: []})],
		state: 'unencrypted',
		says: ['PASS', 'PASS', 'NOT_APPLICABLE'],
		because: 'it has no disk on EBS',
	},
	{
		what: 'an AMI for our organization, all of which the key admits',
		given: [
			image({organizations: [ourOrganization]}),
			key([allow('', four, {Principal: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}})]),
		],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'organization o-a1b2c3d4e5 can launch it',
	},
	{
		what: 'an AMI for our organization, one account of which the key names',
		given: [image({organizations: [ourOrganization]}), key([allow(friend)])],
		state: 'unknown',
		says: ['PASS', 'UNKNOWN', 'PASS'],
		because: '“Use” allows it to some of them only',
	},
	{
		what: 'an AMI for a unit that the key admits by its path',
		given: [
			image({organizationalUnits: [unit]}),
			key([
				allow('', four, {
					Principal: '*',
					Condition: {'ForAnyValue:StringLike': {'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-a1b2/ou-a1b2-34567890/*']}},
				}),
			]),
		],
		state: 'usable',
		says: ['PASS', 'PASS', 'PASS'],
		because: 'unit ou-a1b2-34567890 of organization o-a1b2c3d4e5 can launch it',
	},
	{
		what: 'an unencrypted AMI for an organization that is not trusted',
		given: [image({organizations: [theirOrganization]}, {disks: [{snapshotId: 'snap-r', encrypted: false}]})],
		state: 'unknown',
		says: ['UNKNOWN', 'PASS', 'FAIL MEDIUM'],
		because: 'organization o-z9y8x7w6v5 is not among the trusted ones, and which accounts it has is not read',
	},
	{
		what: 'an AMI for an organization that is not trusted and that the key does not know',
		given: [image({organizations: [theirOrganization]}), key([])],
		state: 'unusable',
		says: ['PASS', 'FAIL LOW', 'PASS'],
		because: 'key share allows none of kms:DescribeKey',
	},
];

describe('what a share and its keys come to', () => {
	test.each(cases.map(one => [one.what, one] as const))('%s', (_, {given, state, says, because}) => {
		const entries = judged(given);
		expect(entries).toHaveLength(1);
		const [entry] = entries;
		if (entry === undefined) {
			return;
		}

		expect(shareOf(entry).state).toBe(state);
		expect(['share-not-exposed', 'share-works', 'share-needs-key'].map(rule => verdict(entry, rule))).toEqual(says);
		expect(reasons(entry)).toContain(because);
		// A question mark stands exactly where it is not known.
		expect(entry.cells[1] === '?').toBe(state === 'unknown');
	});
});
