import type {Joined, Refusal} from '../../../model/index.js';
import type {Table} from '../../../services/dynamodb/rules/table.js';
import type {Cluster} from '../../../services/rds/rules/cluster.js';
import type {Bucket, ReplicationRule} from '../../../services/s3/rules/bucket.js';
import type {Secret} from '../../../services/secretsmanager/rules/secret.js';
import {arnIn, type Estate, regionOf} from '../estate.js';

export const tableType = 'AWS::DynamoDB::Table';
export const clusterType = 'AWS::RDS::DBCluster';
export const globalClusterType = 'AWS::RDS::GlobalCluster';
export const secretType = 'AWS::SecretsManager::Secret';
export const bucketType = 'AWS::S3::Bucket';

export type Users = {readonly names: readonly string[]; readonly count: number};

/** What relies on keys of KMS, of all that this board joins. */
export type Reliance = {
	/** What is encrypted with a multi-Region key, by the ARN of that key in one Region. */
	of(arn: string): Users;
	/** Why there may be more in a Region than is known. */
	hidden(awsRegion: string): Refusal | undefined;
};

/** Told by name; the rest is counted. */
const named = 5;

const listings = [
	['dynamodb', 'ListTables'],
	['rds', 'DescribeGlobalClusters'],
	['secretsmanager', 'ListSecrets'],
	['s3', 'ListBuckets'],
] as const;

const isMultiRegion = (arn: string): boolean => arn.includes(':key/mrk-');

/** Why it is not known which key an alias of this account means; undefined where it surely means none. */
const unlistedAlias = (estate: Estate, reference: string, awsRegion: string): Refusal | undefined => {
	const isArn = reference.startsWith('arn:');
	const alias = isArn ? reference.split(':').slice(5).join(':') : reference;
	const isForeign = isArn && reference.split(':')[4] !== estate.inputs.accountId;
	return !alias.startsWith('alias/') || alias.startsWith('alias/aws/') || isForeign
		? undefined
		: estate.gap('kms', ['ListKeys', 'ListAliases'], isArn ? regionOf(reference) : awsRegion);
};

export const relianceOn = (estate: Estate): Reliance => {
	const users = new Map<string, {names: string[]; count: number}>();
	const hidden = new Map<string, Refusal>();

	const hideIn = (awsRegion: string, refusal: Refusal | undefined): void => {
		if (refusal !== undefined && !hidden.has(awsRegion)) {
			hidden.set(awsRegion, refusal);
		}
	};

	const hide = ({resource}: Joined, operation: string, isKnown: boolean, awsRegion = resource.awsRegion): void =>
		hideIn(awsRegion, isKnown ? undefined : resource.unread[operation]);

	/** The multi-Region key that is meant, if it is one, or what was refused that would tell. */
	const meant = (reference: string, awsRegion: string): {readonly arn?: string; readonly refusal?: Refusal} => {
		if (isMultiRegion(reference)) {
			return {arn: reference};
		}

		// Another key's ARN need not be looked up; an id and an alias must.
		if (reference.startsWith('arn:') && !reference.includes(':alias/')) {
			return {};
		}

		const found = estate.find(reference, awsRegion)?.resource.arn;
		if (found !== undefined) {
			return isMultiRegion(found) ? {arn: found} : {};
		}

		// Its id alone says that it is one.
		if (reference.startsWith('mrk-')) {
			return {arn: `arn:${estate.inputs.partition}:kms:${awsRegion}:${estate.inputs.accountId}:key/${reference}`};
		}

		const refusal = unlistedAlias(estate, reference, awsRegion);
		return refusal === undefined ? {} : {refusal};
	};

	const count = (arn: string, user: string): void => {
		const known = users.get(arn) ?? {names: [], count: 0};
		known.count++;
		if (known.names.length < named) {
			known.names.push(user);
		}

		users.set(arn, known);
	};

	const add = (reference: string | null | undefined, what: string, {resource}: Joined, name = resource.resourceName): void => {
		const {arn, refusal} = reference ? meant(reference, resource.awsRegion) : {};
		if (arn !== undefined) {
			count(arn, `${what} ${name}`);
		}

		hideIn(reference?.startsWith('arn:') === true ? regionOf(reference) : resource.awsRegion, refusal);
	};

	const addReplica = (
		entry: Joined<Bucket>,
		{isEnabled, replicaKmsKeyId, usesSourceMultiRegionKey, destination}: ReplicationRule,
	): void => {
		if (!isEnabled) {
			return;
		}

		if (!usesSourceMultiRegionKey) {
			// Named by its ARN, since it is of the destination's Region.
			add(replicaKmsKeyId, 'replication to', entry, destination.bucketName);
		} else if (destination.awsRegion !== undefined) {
			const {configuration, awsRegion} = entry.resource;
			const {arn, refusal} = configuration.encryption?.kmsKeyId ? meant(configuration.encryption.kmsKeyId, awsRegion) : {};
			hide(entry, 'GetBucketEncryption', configuration.encryption !== undefined, destination.awsRegion);
			hideIn(destination.awsRegion, refusal);
			if (arn !== undefined) {
				count(arnIn(arn, destination.awsRegion), `replication to ${destination.bucketName}`);
			}
		}
	};

	const {inputs} = estate;
	for (const entry of inputs.of<Table>(tableType)) {
		const {encryption} = entry.resource.configuration;
		add(encryption?.keyArn, 'table', entry);
		hide(entry, 'DescribeTable', encryption !== undefined);
	}

	for (const entry of inputs.of<Cluster>(clusterType)) {
		const {kmsKeyId} = entry.resource.configuration;
		add(kmsKeyId, 'cluster', entry);
		hide(entry, 'DescribeDBClusters', kmsKeyId !== undefined);
	}

	for (const entry of inputs.of<Secret>(secretType)) {
		add(entry.resource.configuration.kmsKeyId, 'secret', entry);
	}

	for (const entry of inputs.of<Bucket>(bucketType)) {
		const {encryption, replication} = entry.resource.configuration;
		add(encryption?.kmsKeyId, 'bucket', entry);
		for (const rule of replication?.rules ?? []) {
			addReplica(entry, rule);
		}

		hide(entry, 'GetBucketEncryption', encryption !== undefined);
		// Replicas have keys of the Regions that they go to, whichever these are.
		hide(entry, 'GetBucketReplication', replication !== undefined, 'global');
	}

	const none: Users = {names: [], count: 0};
	return {
		of: arn => users.get(arn) ?? none,
		hidden: awsRegion =>
			hidden.get(awsRegion) ??
			// A bucket whose Region nobody told may be anywhere, and so may replicas.
			hidden.get('global') ??
			listings.flatMap(([service, operation]) => estate.gap(service, [operation], awsRegion) ?? [])[0],
	};
};
