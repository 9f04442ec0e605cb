import type {Inputs, Joined, Refusal} from '../../model/index.js';
import type {Table} from '../../services/dynamodb/rules/table.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import type {Snapshot} from '../../services/ec2/rules/snapshot.js';
import type {Volume} from '../../services/ec2/rules/volume.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {Cluster} from '../../services/rds/rules/cluster.js';
import type {HostedZone} from '../../services/route53/rules/zone.js';
import type {Bucket} from '../../services/s3/rules/bucket.js';
import type {Secret} from '../../services/secretsmanager/rules/secret.js';
import type {Parameter} from '../../services/ssm/rules/parameter.js';
import {byAction, type Unread} from './refused.js';
import {toUsers, type UsersRead} from './users.js';

/** How a resource names its key: an ARN, an alias's ARN, an alias or a bare id. */
type Reference = string | null | undefined;

/** One name for a key or an alias, whichever way it was written. Aliases and bare ids are of the place where they are used. */
const normalised = (reference: string, awsRegion: string, accountId: string): string => {
	if (reference.startsWith('arn:')) {
		const [, , , region = '', account = '', ...rest] = reference.split(':');
		return `${region} ${account} ${rest.join(':')}`;
	}

	return `${awsRegion} ${accountId} ${reference.startsWith('alias/') ? reference : `key/${reference}`}`;
};

type Users = ReadonlyMap<string, readonly string[]>;

const index = (inputs: Inputs): Users => {
	const users = new Map<string, string[]>();
	const add = (reference: Reference, awsRegion: string, name: string): void => {
		if (typeof reference === 'string' && reference !== '') {
			const key = normalised(reference, awsRegion, inputs.accountId);
			const known = users.get(key);
			known === undefined ? users.set(key, [name]) : known.push(name);
		}
	};

	const each = <Configuration>(
		resourceType: Parameters<Inputs['of']>[0],
		sort: string,
		references: (configuration: Configuration) => Reference | readonly Reference[],
	): void => {
		for (const {resource} of inputs.of<Configuration>(resourceType)) {
			for (const reference of [references(resource.configuration)].flat()) {
				add(reference, resource.awsRegion, `${sort} ${resource.resourceName}`);
			}
		}
	};

	each<Secret>('AWS::SecretsManager::Secret', 'secret', ({kmsKeyId}) => kmsKeyId);
	each<Parameter>('AWS::SSM::Parameter', 'parameter', ({keyId}) => keyId);
	each<Volume>('AWS::EC2::Volume', 'volume', ({kmsKeyId}) => kmsKeyId);
	each<Snapshot>('AWS::EC2::Snapshot', 'snapshot', ({kmsKeyId}) => kmsKeyId);
	each<Table>('AWS::DynamoDB::Table', 'table', ({encryption}) => encryption?.keyArn);
	each<Cluster>('AWS::RDS::DBCluster', 'cluster', ({kmsKeyId}) => kmsKeyId);
	each<Bucket>('AWS::S3::Bucket', 'bucket', ({encryption}) => encryption?.kmsKeyId);
	each<Bucket>('AWS::S3::Bucket', 'replicas of bucket', ({replication}) =>
		(replication?.rules ?? []).map(({isEnabled, replicaKmsKeyId}) => (isEnabled ? replicaKmsKeyId : undefined)),
	);
	each<HostedZone>('AWS::Route53::HostedZone', 'signatures of zone', ({dnssec}) => (dnssec?.keys ?? []).map(({kmsKeyArn}) => kmsKeyArn));
	for (const {resource} of inputs.of<RegionSettings>('AWS::EC2::RegionSettings')) {
		add(resource.configuration.defaultKmsKeyId, resource.awsRegion, 'new volumes, by default');
	}

	return users;
};

/** Buckets whose key could not be read, by Region: one that is closed to readers hides no key of another Region. */
const unreadBuckets = (inputs: Inputs): ReadonlyMap<string, readonly Refusal[]> => {
	const refusals = new Map<string, Refusal[]>();
	for (const {resource} of inputs.of<Bucket>('AWS::S3::Bucket')) {
		for (const operation of ['GetBucketEncryption', 'GetBucketReplication']) {
			const refusal = resource.unread[operation];
			if (refusal !== undefined) {
				refusals.set(resource.awsRegion, [...(refusals.get(resource.awsRegion) ?? []), refusal]);
			}
		}
	}

	return refusals;
};

/** What must have been read of a Region for nobody to use a key there unseen. */
const listings: ReadonlyArray<readonly [service: string, operations: readonly string[]]> = [
	['secretsmanager', ['ListSecrets']],
	['ssm', ['DescribeParameters']],
	['ec2', ['DescribeVolumes', 'DescribeSnapshots', 'GetEbsDefaultKmsKeyId']],
	['dynamodb', ['ListTables', 'DescribeTable']],
	['rds', ['DescribeGlobalClusters', 'DescribeDBClusters']],
	// Without it what names a key by its alias is nobody's.
	['kms', ['ListAliases']],
];

/** Nothing encrypts with a key that signs; what Vedette sees sign are zones, by keys of us-east-1 alone. */
const signingGap = (inputs: Inputs, awsRegion: string): Unread =>
	awsRegion === 'us-east-1' ? byAction([inputs.gap('route53', ['ListHostedZones', 'GetDNSSEC'])]) : {};

/** Answers what is encrypted, or signed, with a key, as far as Vedette watches it. */
export const createKeyUsers = (inputs: Inputs) => {
	const users = index(inputs);
	const buckets = unreadBuckets(inputs);
	const gaps = new Map<string, Unread>();
	const gapOf = (awsRegion: string, signs: boolean): Unread => {
		const key = signs ? `${awsRegion} signing` : awsRegion;
		const known = gaps.get(key) ?? (signs ? signingGap(inputs, awsRegion) : encryptingGap(awsRegion));
		gaps.set(key, known);
		return known;
	};

	const encryptingGap = (awsRegion: string): Unread =>
		byAction([
			...listings.map(([service, operations]) => inputs.gap(service, operations, awsRegion)),
			inputs.gap('s3', ['ListBuckets']),
			...(buckets.get(awsRegion) ?? []),
			// Of a bucket without a Region nobody knows where its key is.
			...(buckets.get('global') ?? []),
		]);

	return ({resource: {arn, awsRegion, configuration}}: Joined<Key>): UsersRead => {
		const {aliases = [], keyUsage} = configuration;
		const names = [arn, ...aliases].flatMap(reference => users.get(normalised(reference, awsRegion, inputs.accountId)) ?? []);
		return toUsers(names, gapOf(awsRegion, keyUsage === 'SIGN_VERIFY'));
	};
};
