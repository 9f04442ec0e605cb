import type {Joined, Refusal} from '../../../model/index.js';
import type {Table} from '../../../services/dynamodb/rules/table.js';
import type {Cluster} from '../../../services/rds/rules/cluster.js';
import type {Bucket} from '../../../services/s3/rules/bucket.js';
import type {Secret} from '../../../services/secretsmanager/rules/secret.js';
import type {Estate} from '../estate.js';

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

export const relianceOn = (estate: Estate): Reliance => {
	const users = new Map<string, {names: string[]; count: number}>();
	const hidden = new Map<string, Refusal>();

	/** The ARN of the multi-Region key that is meant, if it is one. */
	const meant = (reference: string, awsRegion: string): string | undefined => {
		if (isMultiRegion(reference)) {
			return reference;
		}

		// Another key's ARN need not be looked up; an id and an alias must.
		const found =
			reference.startsWith('arn:') && !reference.includes(':alias/') ? undefined : estate.find(reference, awsRegion)?.resource.arn;
		return found !== undefined && isMultiRegion(found) ? found : undefined;
	};

	const add = (reference: string | null | undefined, what: string, {resource}: Joined, name = resource.resourceName): void => {
		const arn = reference ? meant(reference, resource.awsRegion) : undefined;
		if (arn === undefined) {
			return;
		}

		const known = users.get(arn) ?? {names: [], count: 0};
		known.count++;
		if (known.names.length < named) {
			known.names.push(`${what} ${name}`);
		}

		users.set(arn, known);
	};

	const hide = ({resource}: Joined, operation: string, isKnown: boolean): void => {
		const refusal = isKnown ? undefined : resource.unread[operation];
		if (refusal !== undefined && !hidden.has(resource.awsRegion)) {
			hidden.set(resource.awsRegion, refusal);
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
		for (const {isEnabled, replicaKmsKeyId, destination} of replication?.rules ?? []) {
			// Named by its ARN, since it is of the destination's Region.
			add(isEnabled ? replicaKmsKeyId : null, 'replication to', entry, destination.bucketName);
		}

		hide(entry, 'GetBucketEncryption', encryption !== undefined);
	}

	const none: Users = {names: [], count: 0};
	return {
		of: arn => users.get(arn) ?? none,
		hidden: awsRegion =>
			hidden.get(awsRegion) ??
			// A bucket whose Region nobody told may be anywhere.
			hidden.get('global') ??
			listings.flatMap(([service, operation]) => estate.gap(service, [operation], awsRegion) ?? [])[0],
	};
};
