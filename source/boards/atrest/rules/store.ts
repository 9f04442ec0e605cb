import {type Answer, type Resource, type Rule, unpublished} from '../../../model/index.js';
import {isOwn, type KeyType, keyTypes, keyTypeWords} from '../key-type.js';
import type {StoreUse} from '../store-rows.js';
import {counted, joined, listed} from '../words.js';

const observedOf = ({counts}: StoreUse): string =>
	keyTypes.flatMap(type => (counts[type] === 0 ? [] : [`${counts[type]} ${keyTypeWords[type].under}`])).join(', ') || 'nothing';

/** `all 3 tables are encrypted: 2 with a key that AWS owns, 1 with a customer managed key`. */
const encryptedInWords = ({total, counts, one, many}: StoreUse): string => {
	const kept = keyTypes
		.filter(type => counts[type] > 0)
		.map(type => (total === counts[type] ? keyTypeWords[type].under : `${counts[type]} ${keyTypeWords[type].under}`));
	const all = total === 1 ? `the only ${one} is encrypted` : `all ${total} ${many} are encrypted`;
	return kept.length === 1 ? `${all} ${kept[0]}` : `${all}: ${joined(kept)}`;
};

export const storeEncrypted: Rule<StoreUse> = {
	id: 'atrest-store-encrypted',
	title: 'Everything that a store keeps in a Region is encrypted',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'The server encrypts what it stores with a data key, which a key of KMS or of AWS keeps in turn: whoever gets at the storage beneath reads nothing. One thing that was left out is where it is read.',
	remediation: {
		text: 'What is named is not encrypted. Volumes, snapshots and AMIs are encrypted by a copy, an Aurora cluster by restoring a snapshot of it with a key, and a plaintext parameter by putting its value into a new SecureString; what was made of them keeps its state. For EBS volumes that come, turn on encryption by default.',
		url: 'https://docs.aws.amazon.com/prescriptive-guidance/latest/encryption-best-practices/welcome.html',
	},
	note: 'Older notes take encryption for a choice. S3 has encrypted every new object since 5 January 2023, DynamoDB and Secrets Manager encrypt always, and new Aurora clusters by default: left are EBS, older Aurora clusters, and secrets that were written into plain parameters, which are suspected by their names. Buckets count by their default: objects from before that day, and those under keys that the client keeps, are not looked at. What applications encrypt themselves no API tells.',
	reads: [],
	evaluate({configuration}): Answer {
		const {counts, total, plain, unseen, store, one, many, action} = configuration;
		const evidence = {expected: 'nothing that is not encrypted', observed: observedOf(configuration), operation: action};
		const doubt = unseen.length === 0 ? '' : `; ${joined(unseen)}`;
		if (counts.plain > 0) {
			const what =
				store === 'parameters'
					? `${counted(counts.plain, 'secret is', 'secrets are')} suspected in plaintext`
					: total === 1
						? `the only ${one} is not encrypted`
						: `${counts.plain} of ${total} ${many} ${counts.plain === 1 ? 'is' : 'are'} not encrypted`;
			return {
				verdict: 'FAIL',
				reason: `${what}: ${listed(plain, counts.plain)}${doubt}`,
				evidence,
				...(store === 'volumes' && {command: {cli: 'aws ec2 enable-ebs-encryption-by-default --region {region}'}}),
			};
		}

		if (unseen.length > 0) {
			const known = keyTypes.reduce((sum, type) => sum + counts[type], 0);
			return {
				verdict: 'UNKNOWN',
				reason: `${known === 0 ? '' : `${counted(known, `${one} is`, `${many} are`)} encrypted, but `}${joined(unseen)}`,
				evidence,
			};
		}

		return {verdict: 'PASS', reason: encryptedInWords(configuration), evidence};
	},
};

const defaultReads = ['ec2:GetEbsEncryptionByDefault', 'ec2:GetEbsDefaultKmsKeyId'] as const;

const withoutDefault = ({configuration: {store}}: Resource<StoreUse>): string | undefined =>
	store === 'volumes' ? undefined : 'a Region has a default key for EBS volumes alone';

const unwanted: Readonly<Partial<Record<KeyType, string>>> = {
	managed: 'which AWS manages: snapshots under it cannot be shared, nor its policy changed',
	foreign: 'a key of another account',
};

export const storeDefaultKey: Rule<StoreUse> = {
	id: 'atrest-store-default-own-key',
	title: 'New EBS volumes are encrypted with a key of your own unless told otherwise',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'What nobody thought about gets the Region’s default key. The policy of a key of your own decides who may use it; that of aws/ebs lets in whoever may use EBS, and nothing under it can be shared with another account.',
	remediation: {
		text: 'Make a customer managed key, name it as the default of EBS in the Region, and turn on encryption by default. What exists keeps its key.',
		cli: 'aws ec2 modify-ebs-default-kms-key-id --kms-key-id KEY_ARN --region {region}',
		terraform:
			'resource "aws_ebs_default_kms_key" "this" {\n  key_arn = aws_kms_key.volumes.arn\n}\n\nresource "aws_ebs_encryption_by_default" "this" {\n  enabled = true\n}',
		url: 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html',
	},
	note: 'Information: aws/ebs is sound encryption, and free. By its ARN it looks like any other key: which it is, KMS tells.',
	reads: defaultReads,
	exempts: withoutDefault,
	evaluate({configuration: {byDefault}}): Answer {
		const {isOn, key, name = key, type, untold} = byDefault ?? {};
		const evidence = {
			expected: 'EbsEncryptionByDefault true, with a customer managed key',
			observed: `EbsEncryptionByDefault ${isOn ?? 'absent'}, KmsKeyId ${key ?? 'absent'}`,
			operation: 'GetEbsDefaultKmsKeyId',
		};
		if (isOn === undefined || type === undefined) {
			return {verdict: 'UNKNOWN', reason: 'EC2 did not tell the Region’s default encryption', evidence};
		}

		if (!isOn) {
			return {verdict: 'FAIL', reason: 'new volumes are not encrypted unless somebody asks for it', evidence};
		}

		if (isOwn(type)) {
			return {verdict: 'PASS', reason: `new volumes are encrypted with ${name}, a key of your own`, evidence};
		}

		return type === 'unknown'
			? {verdict: 'UNKNOWN', reason: `new volumes are encrypted with ${name}; ${untold ?? 'its type is not known'}`, evidence}
			: {verdict: 'FAIL', reason: `new volumes are encrypted with ${name}, ${unwanted[type] ?? 'which is not your own'}`, evidence};
	},
};
