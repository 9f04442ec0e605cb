import type {Inputs} from '../../model/index.js';
import type {Bucket, ReplicationRule} from '../../services/s3/rules/bucket.js';
import type {Found, KeyBook} from './key-book.js';
import type {Why} from './words.js';

/** The key that encrypts what a rule replicates, or why it is not known and in which Region it may be. */
export type ReplicaKey =
	| {readonly bucketName: string; readonly to: string; readonly arn: string}
	| {readonly bucketName: string; readonly why: Why; readonly awsRegion: string};

/** Where a key may be of any Region. */
const anywhere = 'global';

/** The same multi-Region key in another Region; undefined of any other key, which has none. */
const relativeIn = (arn: string, awsRegion: string): string | undefined =>
	arn.includes(':key/mrk-')
		? arn
				.split(':')
				.map((part, index) => (index === 3 ? awsRegion : part))
				.join(':')
		: undefined;

/** Why it is not known which key is meant; undefined where it is, or where it is none of this account. */
const untracedOf = ({type, arn, why}: Found): Why | undefined => (type === 'unknown' && arn === undefined ? why : undefined);

type Source = {readonly awsRegion: string; readonly bucket: Bucket; readonly unreadEncryption: Why};
type Told = {readonly arn: string} | {readonly why: Why; readonly awsRegion: string} | undefined;

const byRelative = ({bucket: {encryption}, awsRegion, unreadEncryption}: Source, there: string | undefined, {find}: KeyBook): Told => {
	if (there === undefined || encryption === null) {
		return undefined;
	}

	if (encryption === undefined) {
		return {why: unreadEncryption, awsRegion: there};
	}

	const found = encryption.kmsKeyId === null ? undefined : find(encryption.kmsKeyId, awsRegion);
	const why = found && untracedOf(found);
	const arn = found?.arn === undefined ? undefined : relativeIn(found.arn, there);
	return why !== undefined ? {why, awsRegion: there} : arn === undefined ? undefined : {arn};
};

const byName = (reference: string, awsRegion: string, {find}: KeyBook): Told => {
	const found = find(reference, awsRegion);
	const why = untracedOf(found);
	const region = reference.startsWith('arn:') ? (reference.split(':')[3] ?? awsRegion) : awsRegion;
	return found.arn !== undefined ? {arn: found.arn} : why === undefined ? undefined : {why, awsRegion: region};
};

const keyOf = (rule: ReplicationRule, source: Source, book: KeyBook): Told => {
	const {isEnabled, replicatesKmsObjects, replicaKmsKeyId, usesSourceMultiRegionKey, destination} = rule;
	if (!isEnabled || !replicatesKmsObjects) {
		return undefined;
	}

	return usesSourceMultiRegionKey
		? byRelative(source, destination.awsRegion, book)
		: replicaKmsKeyId === null
			? undefined
			: byName(replicaKmsKeyId, destination.awsRegion ?? source.awsRegion, book);
};

/** What encrypts the replicas of buckets' objects: keys of the destinations' Regions, whichever these are. */
export const replicaKeys = (inputs: Inputs, book: KeyBook): readonly ReplicaKey[] =>
	inputs.of<Bucket>('AWS::S3::Bucket').flatMap(({resource}): readonly ReplicaKey[] => {
		const {awsRegion, resourceName: bucketName, configuration: bucket, unread} = resource;
		if (bucket.replication === undefined) {
			const why = unread['GetBucketReplication'] ?? 's3:GetReplicationConfiguration did not say where it is replicated to';
			return [{bucketName, why, awsRegion: anywhere}];
		}

		const unreadEncryption = unread['GetBucketEncryption'] ?? 's3:GetEncryptionConfiguration did not say how it is encrypted';
		return (bucket.replication?.rules ?? []).flatMap(rule => {
			const told = keyOf(rule, {awsRegion, bucket, unreadEncryption}, book);
			return told === undefined ? [] : [{bucketName, to: rule.destination.bucketName, ...told}];
		});
	});
