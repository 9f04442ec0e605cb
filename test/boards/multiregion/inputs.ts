import {multiregion} from '../../../source/boards/multiregion/index.js';
import type {Inputs, Joined, Refusal, Resource, ResourceEntry, ResourceType} from '../../../source/model/index.js';
import type {Table} from '../../../source/services/dynamodb/rules/table.js';
import type {Key} from '../../../source/services/kms/rules/key.js';
import type {Cluster} from '../../../source/services/rds/rules/cluster.js';
import type {GlobalCluster} from '../../../source/services/rds/rules/global-cluster.js';
import type {Bucket, ReplicationRule} from '../../../source/services/s3/rules/bucket.js';
import type {Secret} from '../../../source/services/secretsmanager/rules/secret.js';
import {judgeAll} from '../../services/watch.js';

export const own = '123456789012';
export const here = 'us-east-1';
export const there = 'eu-west-1';
export const now = '2026-11-25T12:00:00.000Z';

/** What an operation is refused by, such as `kms:ListKeys`. */
export const denied = (iamAction: string): Refusal => ({
	status: 'denied',
	operation: iamAction.split(':')[1] ?? '',
	iamAction,
	error: 'AccessDeniedException',
	message: 'not for you',
});

type Facts<T> = {readonly awsRegion?: string; readonly unread?: Readonly<Record<string, Refusal>>; readonly configuration: T};

const joined = <T>(
	service: string,
	resourceType: ResourceType,
	arn: string,
	resourceId: string,
	name: string,
	facts: Facts<T>,
): Joined<T> => {
	const {awsRegion = here, unread = {}, configuration} = facts;
	return {
		entry: 'resource',
		key: `${own}/${awsRegion}/${service}/${resourceType}/${resourceId}`,
		service,
		resource: {
			arn,
			resourceType,
			resourceId,
			resourceName: name,
			accountId: own,
			awsRegion,
			tags: {},
			configuration,
			unread,
			readAt: {},
		},
		judgements: [],
		cells: [],
		facts: [],
		expirations: [],
		usdPerMonth: 0,
		consolePath: '',
		firstObservedAt: now,
	};
};

export const keyArn = (id: string, awsRegion = here): string => `arn:aws:kms:${awsRegion}:${own}:key/${id}`;

const statement = (principal: unknown, action: string | readonly string[], more: object = {}): object => ({
	Effect: 'Allow',
	Principal: principal,
	Action: action,
	Resource: '*',
	...more,
});

export const policy = (...statements: readonly object[]): string => JSON.stringify({Version: '2012-10-17', Statement: statements});
export const toIam = statement({AWS: `arn:aws:iam::${own}:root`}, 'kms:*');
export const roleArn = `arn:aws:iam::${own}:role/replicator`;
export const toRole = (action: string | readonly string[], more: object = {}): object => statement({AWS: roleArn}, action, more);
export const toOther = statement({AWS: 'arn:aws:iam::777766665555:root'}, 'kms:Decrypt');

/** An enabled symmetric key that leaves access to IAM; `facts` say what differs. */
export const key = (id: string, facts: Partial<Key> = {}, place: Omit<Facts<Key>, 'configuration'> = {}): Joined<Key> => {
	const {awsRegion = here} = place;
	const configuration: Key = {
		aliases: [`alias/${id.replace(/^mrk-/u, '')}`],
		keyManager: 'CUSTOMER',
		keyState: 'Enabled',
		keySpec: 'SYMMETRIC_DEFAULT',
		keyUsage: 'ENCRYPT_DECRYPT',
		origin: 'AWS_KMS',
		rotation: {enabled: true, periodInDays: 365},
		policy: policy(toIam),
		grantees: [],
		...facts,
	};
	return joined('kms', 'AWS::KMS::Key', keyArn(id, awsRegion), id, id.replace(/^mrk-/u, ''), {...place, configuration});
};

/** One key of a multi-Region set, whose primary is in the first of these Regions. */
export const member = (
	id: string,
	awsRegion: string,
	regions: readonly string[] = [here, there],
	facts: Partial<Key> = {},
	unread: Facts<Key>['unread'] = {},
): Joined<Key> => {
	const related = (region: string) => ({arn: keyArn(id, region), awsRegion: region});
	const [primary = here, ...replicas] = regions;
	return key(
		id,
		{
			multiRegion: {type: awsRegion === primary ? 'PRIMARY' : 'REPLICA', primary: related(primary), replicas: replicas.map(related)},
			...facts,
		},
		{awsRegion, unread},
	);
};

/** A key that may not be described: nothing is known of it but its id. */
export const locked = (id: string, awsRegion = here): Joined<Key> =>
	joined('kms', 'AWS::KMS::Key', keyArn(id, awsRegion), id, id, {
		awsRegion,
		unread: {DescribeKey: denied('kms:DescribeKey')},
		configuration: {},
	});

export const table = (name: string, configuration: Table, place: Omit<Facts<Table>, 'configuration'> = {}): Joined<Table> =>
	joined('dynamodb', 'AWS::DynamoDB::Table', `arn:aws:dynamodb:${place.awsRegion ?? here}:${own}:table/${name}`, name, name, {
		...place,
		configuration,
	});

/** What another Region tells of a replica. */
export const replica = (awsRegion: string, keyId: string | null): NonNullable<Table['replicas']>[number] => ({
	awsRegion,
	arn: `arn:aws:dynamodb:${awsRegion}:${own}:table/orders`,
	status: 'ACTIVE',
	keyId,
});

const clusterArn = (name: string, awsRegion: string): string => `arn:aws:rds:${awsRegion}:${own}:cluster:${name}`;

export const cluster = (
	name: string,
	configuration: Partial<Cluster>,
	place: Omit<Facts<Cluster>, 'configuration'> = {},
): Joined<Cluster> =>
	joined('rds', 'AWS::RDS::DBCluster', clusterArn(name, place.awsRegion ?? here), name, name, {
		...place,
		configuration: {
			globalClusterId: 'shop',
			globalClusterArn: `arn:aws:rds::${own}:global-cluster:shop`,
			isWriter: false,
			...configuration,
		},
	});

/** A global database with a cluster of its own name and Region in each of these, the first of them its writer. */
export const database = (...regions: readonly string[]): Joined<GlobalCluster> =>
	joined('rds', 'AWS::RDS::GlobalCluster', `arn:aws:rds::${own}:global-cluster:shop`, 'shop', 'shop', {
		awsRegion: regions[0] ?? here,
		configuration: {members: regions.map((awsRegion, index) => ({arn: clusterArn('shop', awsRegion), awsRegion, isWriter: index === 0}))},
	});

export const secret = (
	configuration: Secret,
	place: Omit<Facts<Secret>, 'configuration'> & {readonly name?: string; readonly id?: string} = {},
): Joined<Secret> => {
	const {awsRegion = here, name = 'db', id = 'db-AbCdEf'} = place;
	return joined('secretsmanager', 'AWS::SecretsManager::Secret', `arn:aws:secretsmanager:${awsRegion}:${own}:secret:${id}`, id, name, {
		...place,
		configuration,
	});
};

export const bucket = (name: string, configuration: Bucket, place: Omit<Facts<Bucket>, 'configuration'> = {}): Joined<Bucket> =>
	joined('s3', 'AWS::S3::Bucket', `arn:aws:s3:::${name}`, name, name, {...place, configuration});

/** A replication rule that takes objects along that KMS encrypts, to this account's bucket `copy` in Ireland. */
export const rule = (facts: Partial<ReplicationRule> = {}): ReplicationRule => ({
	name: 'all',
	isEnabled: true,
	filter: null,
	destination: {bucketArn: 'arn:aws:s3:::copy', bucketName: 'copy', isOwn: true, awsRegion: there},
	replicatesKmsObjects: true,
	replicaKmsKeyId: keyArn('copies', there),
	usesSourceMultiRegionKey: false,
	replicatesDeleteMarkers: false,
	...facts,
});

export type World = {
	readonly entries: readonly Joined[];
	/** By service, operation and Region: `kms ListKeys eu-west-1`. */
	readonly gaps?: Readonly<Record<string, Refusal>>;
	readonly regions?: readonly string[];
};

export const inputsOf = ({entries, gaps = {}, regions = [here, there]}: World): Inputs => ({
	accountId: own,
	partition: 'aws',
	now,
	regions,
	trustedAccounts: [],
	mutes: [],
	// The caller's promise, as the type says.
	of: resourceType => entries.filter(({resource}) => resource.resourceType === resourceType) as unknown as ReadonlyArray<Joined<never>>,
	gap: (service, operations, awsRegion) =>
		awsRegion !== undefined && service !== 's3' && !regions.includes(awsRegion)
			? {...denied(`${service}:${operations[0]}`), status: 'not-available', error: '', message: `${awsRegion} is not watched`}
			: operations.flatMap(operation => gaps[`${service} ${operation} ${awsRegion}`] ?? [])[0],
});

export const rowsOf = (world: World): readonly Resource[] => [...multiregion.join(inputsOf(world))];

export const judged = (world: World): readonly ResourceEntry[] => judgeAll(multiregion, rowsOf(world), now);

/** What a rule says of a row, its severity where it fails: `FAIL HIGH: its key … is disabled`. */
export const answer = (world: World, rowId: string, ruleName: string): string => {
	const row = judged(world).find(({resource}) => resource.resourceId === rowId);
	const told = row?.judgements.find(({ruleId}) => ruleId === `multiregion-${ruleName}`);
	return told === undefined
		? `no ${row === undefined ? `row ${rowId}` : `rule ${ruleName}`}`
		: `${told.verdict}${told.verdict === 'FAIL' ? ` ${told.severity}` : ''}: ${told.reason}`;
};
