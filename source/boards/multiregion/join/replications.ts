import {type Joined, type Resource, refusalInWords} from '../../../model/index.js';
import type {Bucket, Destination, ReplicationRule} from '../../../services/s3/rules/bucket.js';
import {arnIn, type Estate, note, regionOf, type Unread} from '../estate.js';
import {admits, demandsKms} from '../policies.js';
import type {Admission, KeyUse, Replication} from '../rows.js';
import {bucketType} from './users.js';

export const replicationType = 'Vedette::MultiRegion::Replication';

type Entry = Joined<Bucket>;

const isKms = (algorithm: string): boolean => algorithm.startsWith('aws:kms');

const defaultKey = 'alias/aws/s3';

/** Sets down what could not be read of a bucket, and why. */
const whyOf = ({resource}: Entry, operation: string, isKnown: boolean, unread: Unread): string | undefined => {
	const refusal = isKnown ? undefined : resource.unread[operation];
	note(unread, refusal);
	return isKnown ? undefined : refusal === undefined ? 'it has not been read yet' : refusalInWords(refusal);
};

const sourceOf = (estate: Estate, {resource}: Entry, rule: ReplicationRule, unread: Unread): Replication['source'] => {
	const {encryption, versioning, policy} = resource.configuration;
	const demanded = policy == null ? undefined : demandsKms(policy, resource.arn, rule);
	const key =
		encryption === undefined
			? undefined
			: encryption === null || !isKms(encryption.algorithm)
				? null
				: estate.use(encryption.kmsKeyId ?? defaultKey, resource.awsRegion, unread);
	return {
		awsRegion: resource.awsRegion,
		...(encryption !== undefined && {algorithm: encryption === null ? null : encryption.algorithm}),
		...(policy !== undefined && {demandsKms: demanded?.all === true, demandsKmsOf: demanded?.some ?? []}),
		...(key !== undefined && {key}),
		...(encryption && {hasBucketKey: encryption.bucketKeyEnabled}),
		...(versioning !== undefined && {versioning}),
	};
};

/** The key for replicas: the one that the rule names, or the source key's relative where they are. */
const replicaKey = (
	estate: Estate,
	{replicaKmsKeyId, usesSourceMultiRegionKey, destination}: ReplicationRule,
	source: Replication['source'],
	unread: Unread,
): KeyUse | null => {
	const awsRegion = destination.awsRegion ?? source.awsRegion;
	if (!usesSourceMultiRegionKey) {
		return replicaKmsKeyId === null ? null : estate.use(replicaKmsKeyId, awsRegion, unread);
	}

	const arn = source.key?.arn;
	const {name = 'the source’s key'} = source.key ?? {};
	if (arn === undefined || arn.includes(':alias/')) {
		return {name, awsRegion, use: 'unknown', because: 'which key the source has is not known', isLost: false};
	}

	if (!arn.includes(':key/mrk-')) {
		return {name, awsRegion, use: 'unusable', because: 'is no multi-Region key, and has no relative there', isLost: false};
	}

	return destination.awsRegion === undefined
		? {name, awsRegion, use: 'unknown', because: `where ${destination.bucketName} is cannot be told`, isLost: false}
		: estate.use(arnIn(arn, destination.awsRegion), destination.awsRegion, unread);
};

const worst = (admissions: readonly Admission[]): Admission | undefined =>
	admissions.find(({is}) => is === 'kept out') ?? admissions.find(({is}) => is === 'unknown') ?? admissions.at(-1);

/** Whether a key lets the role do each of these. Undefined where there is no key to ask of. */
const admissionTo = (
	estate: Estate,
	use: KeyUse | null | undefined,
	roleArn: string,
	actions: ReadonlyArray<`kms:${string}`>,
	unread: Unread,
): Admission | undefined => {
	if (!use) {
		return undefined;
	}

	const entry = use.arn === undefined ? undefined : estate.find(use.arn, use.awsRegion);
	if (entry !== undefined) {
		return worst(actions.map(action => admits(entry, roleArn, action, unread)));
	}

	return use.manager === 'AWS'
		? {is: 'by AWS', how: 'lets in whoever S3 lets in'}
		: use.use === 'unknown'
			? {is: 'unknown', how: use.because}
			: undefined;
};

const keyId = (use: KeyUse | null | undefined): string | undefined => use?.arn?.split('/').at(-1);

const destinationOf = (
	{bucketName, accountId, isOwn, awsRegion}: Destination,
	other: Entry | undefined,
	key: KeyUse | null,
): NonNullable<Replication['destination']> => {
	const versioning = other?.resource.configuration.versioning;
	return {
		bucketName,
		...(accountId !== undefined && {accountId}),
		...(isOwn !== undefined && {isOwn}),
		...(awsRegion !== undefined && {awsRegion}),
		...(versioning !== undefined && {versioning}),
		key,
	};
};

type Parts = {readonly estate: Estate; readonly entry: Entry; readonly byName: ReadonlyMap<string, Entry>};

const toReplication = ({estate, entry, byName}: Parts, roleArn: string, rule: ReplicationRule, unread: Unread): Replication => {
	const {encryption, policy, versioning} = entry.resource.configuration;
	const source = sourceOf(estate, entry, rule, unread);
	const other = byName.get(rule.destination.bucketName);
	const key = rule.replicatesKmsObjects ? replicaKey(estate, rule, source, unread) : null;
	const mayDecrypt = rule.replicatesKmsObjects ? admissionTo(estate, source.key, roleArn, ['kms:Decrypt'], unread) : undefined;
	// A Bucket Key is checked before it is used: https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html#bk-replication
	const toEncrypt = source.hasBucketKey === true ? (['kms:Decrypt', 'kms:Encrypt'] as const) : (['kms:Encrypt'] as const);
	const mayEncrypt = admissionTo(estate, key, roleArn, toEncrypt, unread);
	const because = {
		encryption: whyOf(entry, 'GetBucketEncryption', encryption !== undefined, unread),
		policy: whyOf(entry, 'GetBucketPolicy', policy !== undefined, unread),
		versioning: whyOf(entry, 'GetBucketVersioning', versioning !== undefined, unread),
		destination:
			other === undefined ? undefined : whyOf(other, 'GetBucketVersioning', other.resource.configuration.versioning !== undefined, unread),
	};
	return {
		bucketName: entry.resource.resourceName,
		roleArn,
		rule: {
			name: rule.name,
			isEnabled: rule.isEnabled,
			filter: rule.filter,
			takesKmsObjects: rule.replicatesKmsObjects,
			usesSourceMultiRegionKey: rule.usesSourceMultiRegionKey,
		},
		source,
		destination: destinationOf(rule.destination, other, key),
		isOneKey:
			keyId(key)?.startsWith('mrk-') === true &&
			keyId(key) === keyId(source.key) &&
			regionOf(key?.arn ?? '') !== regionOf(source.key?.arn ?? ''),
		...(mayDecrypt !== undefined && {mayDecrypt}),
		...(mayEncrypt !== undefined && {mayEncrypt}),
		because: Object.fromEntries(Object.entries(because).filter(([, why]) => why !== undefined)),
	};
};

const rowOf = ({resource}: Entry, suffix: string, configuration: Replication, unread: Unread): Resource<Replication> => ({
	arn: resource.arn,
	resourceType: replicationType,
	resourceId: `${resource.resourceId}${suffix}`,
	resourceName: resource.resourceName,
	accountId: resource.accountId,
	awsRegion: resource.awsRegion,
	tags: resource.tags,
	configuration,
	unread,
	readAt: {},
});

const rowsOf = (parts: Parts): readonly Resource<Replication>[] => {
	const {entry} = parts;
	const {replication} = entry.resource.configuration;
	if (replication === undefined) {
		const unread: Unread = {};
		note(unread, entry.resource.unread['GetBucketReplication']);
		const {awsRegion, resourceName: bucketName} = entry.resource;
		return [rowOf(entry, '', {bucketName, source: {awsRegion}, isOneKey: false, because: {}}, unread)];
	}

	const seen = new Set<string>();
	return (replication?.rules ?? []).map((rule, index) => {
		const unread: Unread = {};
		const suffix = `/${rule.name}${seen.has(rule.name) ? ` ${index + 1}` : ''}`;
		seen.add(rule.name);
		return rowOf(entry, suffix, toReplication(parts, replication?.roleArn ?? '', rule, unread), unread);
	});
};

/** Every replication rule of every bucket; a bucket of which that could not be read is a row by itself. */
export const joinReplications = (estate: Estate): readonly Resource<Replication>[] => {
	const buckets = estate.inputs.of<Bucket>(bucketType);
	const byName = new Map(buckets.map(entry => [entry.resource.resourceName, entry]));
	return buckets.flatMap(entry => rowsOf({estate, entry, byName}));
};
