import type {Inputs, Joined, ResourceType} from '../../model/index.js';
import type {Image} from '../../services/ec2/rules/image.js';
import type {Snapshot} from '../../services/ec2/rules/snapshot.js';
import type {Volume} from '../../services/ec2/rules/volume.js';
import type {Cluster} from '../../services/rds/rules/cluster.js';
import type {Bucket} from '../../services/s3/rules/bucket.js';
import type {Secret} from '../../services/secretsmanager/rules/secret.js';
import type {Parameter} from '../../services/ssm/rules/parameter.js';
import type {Protection, Stored, StoreId} from './stored.js';
import {readTables} from './tables.js';

/** What keeps data in a Region: one kind of thing of one service. */
export type Store = {
	readonly id: StoreId;
	/** The row's name, and one and many of its things in a sentence. */
	readonly title: string;
	readonly one: string;
	readonly many: string;
	readonly service: string;
	readonly resourceType: ResourceType;
	/** The operation by which all of its things are known, and its IAM action. */
	readonly listing: string;
	readonly action: `${string}:${string}`;
	readonly consolePath: (awsRegion: string) => string;
	read(inputs: Inputs): readonly Stored[];
};

/** `read` tells what keeps a resource, or undefined where it is no thing of this store. */
const each =
	<C>(resourceType: ResourceType, read: (entry: Joined<C>) => readonly Protection[] | undefined): Store['read'] =>
	inputs =>
		inputs.of<C>(resourceType).flatMap(entry => {
			const {resourceName: name, awsRegion} = entry.resource;
			const protections = read(entry);
			return protections === undefined ? [] : [{name, awsRegion, protections}];
		});

const byKey = (reference: string | undefined, action: string): Protection =>
	reference === undefined ? {by: 'hidden', why: `${action} did not name its key`} : {by: 'key', reference};

const onDisk = (encrypted: boolean | undefined, kmsKeyId: string | undefined, action: string): Protection =>
	encrypted === undefined
		? {by: 'unread', why: `${action} did not say whether it is encrypted`}
		: encrypted
			? byKey(kmsKeyId, action)
			: {by: 'nothing'};

const ofVolume = ({resource: {configuration}}: Joined<Volume>) => [
	onDisk(configuration.encrypted, configuration.kmsKeyId, 'ec2:DescribeVolumes'),
];

const ofSnapshot = ({resource: {configuration}}: Joined<Snapshot>) => [
	onDisk(configuration.encrypted, configuration.kmsKeyId, 'ec2:DescribeSnapshots'),
];

/** An AMI's disks have the keys of their snapshots. One without disks on EBS lies in S3, in a form of its own. */
const ofImage = ({resource: {configuration, unread}}: Joined<Image>): readonly Protection[] | undefined => {
	const {disks, rootDeviceType} = configuration;
	if (disks === undefined || disks.length === 0) {
		return rootDeviceType === 'instance-store' || disks !== undefined
			? undefined
			: [{by: 'unread', why: 'ec2:DescribeImages did not tell its disks'}];
	}

	return disks.map(({encrypted, kmsKeyId}) =>
		encrypted === true && kmsKeyId === undefined
			? {by: 'hidden', why: unread['DescribeSnapshots'] ?? 'the key of its snapshot is told to the snapshot’s owner alone'}
			: onDisk(encrypted, kmsKeyId, 'ec2:DescribeImages'),
	);
};

const ofBucket = ({resource: {configuration, unread}}: Joined<Bucket>): readonly Protection[] => {
	const {encryption} = configuration;
	if (encryption === undefined) {
		return [{by: 'unread', why: unread['GetBucketEncryption'] ?? 's3:GetEncryptionConfiguration did not say how it is encrypted'}];
	}

	// Where nothing is set S3 encrypts with its own keys, since 5 January 2023.
	if (encryption === null || encryption.algorithm === 'AES256') {
		return [{by: 'owned'}];
	}

	return encryption.algorithm === 'aws:kms' || encryption.algorithm === 'aws:kms:dsse'
		? [{by: 'key', reference: encryption.kmsKeyId ?? 'alias/aws/s3'}]
		: [{by: 'hidden', why: `the algorithm ${encryption.algorithm} is not known to this version`}];
};

const ofCluster = ({resource: {configuration, unread}}: Joined<Cluster>): readonly Protection[] => {
	const {storageEncryptionType: type, storageEncrypted, kmsKeyId} = configuration;
	// StorageEncrypted is false of a key that AWS owns too: only the other member tells that from none.
	if (type === 'none') {
		return [{by: 'nothing'}];
	}

	if (type === 'sse-rds') {
		return [{by: 'owned'}];
	}

	return type === 'sse-kms' || (type === undefined && storageEncrypted === true)
		? [byKey(kmsKeyId ?? undefined, 'rds:DescribeDBClusters')]
		: [
				{
					by: 'unread',
					why:
						unread['DescribeDBClusters'] ??
						(type === undefined
							? 'rds:DescribeDBClusters did not say how it is encrypted'
							: `the StorageEncryptionType ${type} is not known to this version`),
				},
			];
};

/** Always encrypted, marked for deletion or not: until it is gone it can be brought back. */
const ofSecret = ({resource: {configuration}}: Joined<Secret>): readonly Protection[] => [
	{by: 'key', reference: configuration.kmsKeyId ?? 'alias/aws/secretsmanager'},
];

/** A SecureString, or a plain parameter of which its own rule suspects that it is a secret. Another account's is kept there. */
const ofParameter = ({resource: {configuration}, judgements}: Joined<Parameter>): readonly Protection[] | undefined => {
	const {type, keyId, sharedBy} = configuration;
	if (sharedBy !== undefined) {
		return undefined;
	}

	if (type === 'SecureString') {
		return [byKey(keyId, 'ssm:DescribeParameters')];
	}

	if (type === 'String' || type === 'StringList') {
		const suspected = judgements.some(({ruleId, verdict}) => ruleId === 'ssm-parameter-secret-encrypted' && verdict === 'FAIL');
		return suspected ? [{by: 'nothing'}] : undefined;
	}

	return [
		{
			by: 'unread',
			why: type === undefined ? 'ssm:DescribeParameters did not tell its type' : `the type ${type} is not known to this version`,
		},
	];
};

const ec2 = {service: 'ec2'} as const;

export const stores: readonly Store[] = [
	{
		...ec2,
		id: 'volumes',
		title: 'EBS volumes',
		one: 'volume',
		many: 'volumes',
		resourceType: 'AWS::EC2::Volume',
		listing: 'DescribeVolumes',
		action: 'ec2:DescribeVolumes',
		consolePath: awsRegion => `ec2/home?region=${awsRegion}#Volumes:`,
		read: each<Volume>('AWS::EC2::Volume', ofVolume),
	},
	{
		...ec2,
		id: 'snapshots',
		title: 'EBS snapshots',
		one: 'snapshot',
		many: 'snapshots',
		resourceType: 'AWS::EC2::Snapshot',
		listing: 'DescribeSnapshots',
		action: 'ec2:DescribeSnapshots',
		consolePath: awsRegion => `ec2/home?region=${awsRegion}#Snapshots:visibility=owned-by-me`,
		read: each<Snapshot>('AWS::EC2::Snapshot', ofSnapshot),
	},
	{
		...ec2,
		id: 'images',
		title: 'AMIs',
		one: 'AMI',
		many: 'AMIs',
		resourceType: 'AWS::EC2::Image',
		listing: 'DescribeImages',
		action: 'ec2:DescribeImages',
		consolePath: awsRegion => `ec2/home?region=${awsRegion}#Images:visibility=owned-by-me`,
		read: each<Image>('AWS::EC2::Image', ofImage),
	},
	{
		id: 'buckets',
		title: 'S3 buckets',
		one: 'bucket',
		many: 'buckets',
		service: 's3',
		resourceType: 'AWS::S3::Bucket',
		listing: 'ListBuckets',
		action: 's3:ListAllMyBuckets',
		consolePath: awsRegion => `s3/buckets?region=${awsRegion}&bucketType=general`,
		read: each<Bucket>('AWS::S3::Bucket', ofBucket),
	},
	{
		id: 'tables',
		title: 'DynamoDB tables',
		one: 'table',
		many: 'tables',
		service: 'dynamodb',
		resourceType: 'AWS::DynamoDB::Table',
		listing: 'ListTables',
		action: 'dynamodb:ListTables',
		consolePath: awsRegion => `dynamodbv2/home?region=${awsRegion}#tables`,
		read: readTables,
	},
	{
		id: 'clusters',
		title: 'Aurora global clusters',
		one: 'Aurora cluster',
		many: 'Aurora clusters',
		service: 'rds',
		resourceType: 'AWS::RDS::DBCluster',
		listing: 'DescribeGlobalClusters',
		action: 'rds:DescribeGlobalClusters',
		consolePath: awsRegion => `rds/home?region=${awsRegion}#databases:`,
		read: each<Cluster>('AWS::RDS::DBCluster', ofCluster),
	},
	{
		id: 'secrets',
		title: 'Secrets',
		one: 'secret',
		many: 'secrets',
		service: 'secretsmanager',
		resourceType: 'AWS::SecretsManager::Secret',
		listing: 'ListSecrets',
		action: 'secretsmanager:ListSecrets',
		consolePath: awsRegion => `secretsmanager/listsecrets?region=${awsRegion}`,
		read: each<Secret>('AWS::SecretsManager::Secret', ofSecret),
	},
	{
		id: 'parameters',
		title: 'Secret parameters',
		one: 'parameter',
		many: 'parameters',
		service: 'ssm',
		resourceType: 'AWS::SSM::Parameter',
		listing: 'DescribeParameters',
		action: 'ssm:DescribeParameters',
		consolePath: awsRegion => `systems-manager/parameters/?region=${awsRegion}&tab=Table`,
		read: each<Parameter>('AWS::SSM::Parameter', ofParameter),
	},
];
