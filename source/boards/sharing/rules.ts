import {type Answer, listed, type Rule, type Severity, unpublished} from '../../model/index.js';
import {copyingAgain, encrypting, takingBack} from './commands.js';
import type {Copy, Finding, Share} from './share.js';
import {keysInWords, recipientInWords} from './words.js';

const ebsGuide = 'https://docs.aws.amazon.com/ebs/latest/userguide' as const;

/** Without these there is no row to speak of. What a key's rows rest on besides, their findings name themselves. */
const sharing = ['ec2:DescribeSnapshotAttribute', 'ec2:DescribeImageAttribute'] as const;

const verdicts = {yes: 'PASS', no: 'FAIL', unknown: 'UNKNOWN'} as const;

const attributeOf = ({of}: Share): string => (of === 'snapshot' ? 'ec2:DescribeSnapshotAttribute' : 'ec2:DescribeImageAttribute');

const withWhom = ({sharedWith, disks}: Share): string =>
	`${sharedWith === undefined ? 'not read' : recipientInWords(sharedWith)}${disks.length === 0 ? '' : `, under ${keysInWords(disks)}`}`;

/** Why nobody asks who can use a share, or with which key. */
const unasked = ({sharedWith, state}: Share): string =>
	sharedWith?.is === 'anyone'
		? 'public by its permissions: no key is asked for'
		: state === 'internal'
			? 'it stays in this account'
			: 'it has no disk on EBS';

/** The answer of a finding that should be `yes`. */
const answer = ({is, why}: Finding, share: Share, expected: string): Answer => ({
	verdict: verdicts[is],
	reason: why,
	evidence: {expected, observed: withWhom(share), operation: attributeOf(share)},
});

/** What is not ready hurts nobody yet. */
const severityOf = ({sharedWith, notReady}: Share): Severity =>
	sharedWith?.is === 'anyone' ? (notReady === undefined ? 'CRITICAL' : 'HIGH') : notReady === undefined ? 'HIGH' : 'MEDIUM';

const notExposed: Rule<Share> = {
	id: 'sharing-share-not-exposed',
	title: 'Nobody who is not trusted can read what is shared',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'A shared snapshot or AMI is read by whoever has both the share and its key. Seen apart, the share looks harmless without the key and the key without the share.',
	remediation: {
		text: 'Take the share back, or the account out of the key’s policy and grants, or add the account to trustedAccounts in the configuration if it belongs there. What was copied already stays with them.',
		url: `${ebsGuide}/ebs-modifying-snapshot-permissions.html`,
	},
	note: 'CRITICAL where it is public, and one step less while it is not ready: an archived snapshot is as open as before once it is restored. A snapshot is read with kms:Decrypt alone, by the EBS direct APIs, even where no volume can be made of it. Which accounts an organization has is not read here, so that a share with one that is not trusted is UNKNOWN unless no key lets it in. Keys that were associated with a snapshot besides its own (AssociateKmsKeyId) are not read yet and may let in more.',
	reads: [...sharing, 'ec2:GetSnapshotBlockPublicAccessState'],
	evaluate({configuration: share}) {
		const {is, why} = share.exposed;
		const expected = 'no account that is not trusted and that gets at it';
		const verdict = is === 'yes' ? 'FAIL' : is === 'no' ? 'PASS' : 'UNKNOWN';
		const command = is === 'yes' ? takingBack(share) : undefined;
		return {
			verdict,
			reason: why,
			severity: severityOf(share),
			evidence: {expected, observed: withWhom(share), operation: attributeOf(share)},
			...(command && {command}),
		};
	},
};

const works: Rule<Share> = {
	id: 'sharing-share-works',
	title: 'Whoever something is shared with can use it',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Sharing a snapshot or an AMI does not share its key. When one permission is missing a launch ends with a client error in the other account, and nothing here tells.',
	remediation: {
		text: 'Let the account use the key (kms:DescribeKey, kms:ReEncrypt*, kms:CreateGrant, kms:Decrypt) by its policy: save it with the command, put it back with aws kms put-key-policy. What is under AWS’s own key must be copied under a customer managed one first. If nobody misses it, take the share back.',
		cli: 'aws kms get-key-policy --key-id KMS_KEY_ARN --region {region} --policy-name default --output text --query Policy',
		url: `${ebsGuide}/share-kms-key.html`,
	},
	note: 'LOW where it is shared with somebody who is not trusted. Older notes say that the other account must copy a shared snapshot under its own key before it can be used. It can make a volume of it at once; the copy keeps it usable when the share or the key is taken back. AWS’s guide for snapshots also lists kms:GenerateDataKey and kms:GenerateDataKeyWithoutPlaintext, and that for AMIs the four that are asked here. Whether the other account’s own IAM policies let its roles use the key cannot be seen from here.',
	reads: [...sharing, 'kms:ListKeys', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'],
	exempts: ({configuration: share}) => (share.works === undefined ? unasked(share) : undefined),
	evaluate: ({configuration: share}) =>
		share.works === undefined
			? {verdict: 'NOT_APPLICABLE', reason: unasked(share)}
			: {
					...answer(share.works, share, 'a share, and a key that lets the account in'),
					...(share.trusted === false && {severity: 'LOW'}),
				},
};

const needsKey: Rule<Share> = {
	id: 'sharing-share-needs-key',
	title: 'What is shared with an account needs a key too',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Without encryption the share alone opens it, to every role of that account that may use EC2. A key is a second permission, kept by others, logged with each use, and it can be taken back.',
	remediation: {
		text: 'Copy it under a customer managed key, let the account use that key, share the copy, and delete the original.',
		url: `${ebsGuide}/ebs-copy-snapshot.html`,
	},
	note: 'Asked of trusted accounts too: trust ends some day. What is public is judged as exposed.',
	reads: sharing,
	exempts: ({configuration: share}) => (share.needsKey === undefined ? unasked(share) : undefined),
	evaluate({configuration: share, awsRegion}) {
		if (share.needsKey === undefined) {
			return {verdict: 'NOT_APPLICABLE', reason: unasked(share)};
		}

		const command = share.needsKey.is === 'no' ? encrypting(share, awsRegion) : undefined;
		return {...answer(share.needsKey, share, 'every disk encrypted'), ...(command && {command})};
	},
};

const copyLocal: Rule<Copy> = {
	id: 'sharing-copy-key-local',
	title: 'A copy from another Region is under a key of its own Region',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Copies into another Region are mostly kept for the day that the first one is lost. A key opens nothing outside its Region, and one that is disabled or deleted opens nothing at all.',
	remediation: {
		text: 'Copy it again and name a key of the destination Region; enable that key, or cancel its deletion.',
		url: `${ebsGuide}/ebs-copy-snapshot.html`,
	},
	note: 'EBS encrypts a copy anew, with the key that is named or else with the default key of the destination Region. Multi-Region keys make no difference: their ids are the same, their ARNs differ, and EBS treats them as keys of their own.',
	reads: ['ec2:DescribeSnapshots', 'kms:ListKeys', 'kms:DescribeKey'],
	exempts: ({configuration: {state, local}}) => (state === 'unencrypted' ? local.why : undefined),
	evaluate({configuration: copy, awsRegion}) {
		const {local, keyNames, from} = copy;
		return {
			verdict: verdicts[local.is],
			reason: local.why,
			evidence: {
				expected: `a key of ${awsRegion}`,
				observed: `${listed(keyNames) || 'no key'}, copied from ${from.awsRegion}`,
				operation: 'ec2:DescribeSnapshots',
			},
			...(local.is === 'no' && {command: copyingAgain(copy)}),
		};
	},
};

export const shareRules: ReadonlyArray<Rule<Share>> = [notExposed, works, needsKey];
export const copyRules: ReadonlyArray<Rule<Copy>> = [copyLocal];
