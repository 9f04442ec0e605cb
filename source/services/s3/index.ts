import {defineService, hourMs, type Kind, listed} from '../../model/index.js';
import {type Bucket, bucketType, enabledRules, encryptionInWords, type ReplicationRule} from './rules/bucket.js';
import {bucketRules} from './rules/index.js';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const access = ({isPolicyPublic, publicAccessBlock}: Bucket): string | undefined => {
	if (publicAccessBlock === undefined) {
		return undefined;
	}

	const switches = publicAccessBlock === null ? [] : Object.values(publicAccessBlock);
	const block = switches.length === 0 || !switches.includes(true) ? 'no block' : switches.includes(false) ? 'half a block' : 'blocked';
	return isPolicyPublic === true ? `public policy, ${block}` : block;
};

const versioningInWords = ({versioning}: Bucket): string | undefined => (versioning === null ? 'never on' : versioning?.toLowerCase());

const destinations = (rules: readonly ReplicationRule[]): string =>
	listed([
		...new Set(
			rules.map(({destination: {bucketName, accountId}}) => (accountId === undefined ? bucketName : `${bucketName} (${accountId})`)),
		),
	]);

/** One rule: `logs/ to acme-copy, KMS objects too, delete markers too`. */
const ruleInWords = ({name, isEnabled, filter, destination, replicatesKmsObjects, replicatesDeleteMarkers}: ReplicationRule): string =>
	[
		`${name}${isEnabled ? '' : ' (disabled)'}: ${filter ?? 'everything'} to ${destination.bucketName}`,
		...(replicatesKmsObjects ? ['KMS objects too'] : []),
		...(replicatesDeleteMarkers ? ['delete markers too'] : []),
	].join(', ');

const buckets: Kind<Bucket> = {
	resourceType: bucketType,
	title: 'Buckets',
	columns: [
		{title: 'Access', value: ({configuration}) => access(configuration)},
		{title: 'Encryption', value: ({configuration: {encryption}}) => (encryption ? encryptionInWords(encryption) : encryption)},
		{title: 'Versioning', value: ({configuration}) => versioningInWords(configuration)},
		{
			title: 'Replicates to',
			value: ({configuration: {replication}}) => (replication ? destinations(enabledRules(replication)) || 'nothing' : undefined),
		},
	],
	facts: [
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Access', value: ({configuration}) => access(configuration)},
		{
			title: 'Policy is public',
			value: ({configuration: {isPolicyPublic}}) => (typeof isPolicyPublic === 'boolean' ? (isPolicyPublic ? 'yes' : 'no') : undefined),
		},
		{
			title: 'Block, switches on',
			value: ({configuration: {publicAccessBlock}}) =>
				publicAccessBlock === null
					? 'none'
					: publicAccessBlock &&
						(Object.entries(publicAccessBlock)
							.flatMap(([name, isOn]) => (isOn ? name : []))
							.join(', ') ||
							'none'),
		},
		{title: 'Encryption', value: ({configuration: {encryption}}) => (encryption ? encryptionInWords(encryption) : encryption)},
		{title: 'Key', value: ({configuration: {encryption}}) => encryption?.kmsKeyId},
		{
			title: 'Bucket Key',
			value: ({configuration: {encryption}}) => (encryption ? (encryption.bucketKeyEnabled ? 'on' : 'off') : undefined),
		},
		{
			title: 'Uploads blocked with',
			value: ({configuration: {encryption}}) => (encryption ? encryption.blockedTypes.join(', ') || 'nothing' : undefined),
		},
		{title: 'Versioning', value: ({configuration}) => versioningInWords(configuration)},
		{title: 'MFA delete', value: ({configuration: {mfaDelete}}) => mfaDelete?.toLowerCase()},
		{title: 'Replication', value: ({configuration: {replication}}) => replication?.rules.map(ruleInWords).join('; ')},
		{title: 'Replication role', value: ({configuration: {replication}}) => replication?.roleArn},
		{
			title: 'Replica keys',
			value: ({configuration: {replication}}) =>
				replication?.rules
					.flatMap(
						({replicaKmsKeyId, usesSourceMultiRegionKey}) =>
							replicaKmsKeyId ?? (usesSourceMultiRegionKey ? 'the source’s multi-Region key' : []),
					)
					.join(', ') || undefined,
		},
		{title: 'Policy', value: ({configuration: {policy}}) => (policy === null ? 'none' : policy)},
	],
	rules: bucketRules,
	related: ({configuration: {replication}}) =>
		replication ? enabledRules(replication).flatMap(({destination: {bucketArn, isOwn}}) => (isOwn === false ? [] : [bucketArn])) : [],
	consolePath: ({resourceName, awsRegion}) =>
		`s3/buckets/${encodeURIComponent(resourceName.toWellFormed())}?region=${awsRegion === 'global' ? 'us-east-1' : awsRegion}&bucketType=general&tab=properties`,
};

// S3 publishes rates for objects, 3,500 writes and 5,500 reads a second and prefix, and none for buckets' settings:
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html. It answers 503 SlowDown when asked too fast.
const settings = {
	requestsPerSecond: 100,
	bucket: 'bucket settings',
	source: 'a guess: AWS publishes no rate for reading the settings of buckets',
};

/** What does not open a bucket to anyone is not worth asking at each refresh. */
const calm = {...settings, freshForMs: hourMs};

export const s3 = defineService({
	id: 's3',
	title: 'S3 buckets',
	group: 'data',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	refresh: {full: {everyMs: 20 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 's3',
	operations: {
		ListBuckets: {
			requestsPerSecond: 5,
			iamAction: 's3:ListAllMyBuckets',
			// An account without buckets is told their owner all the same.
			answers: ['Owner'],
			paging: {input: 'ContinuationToken', output: 'ContinuationToken'},
			source: 'a guess: AWS publishes no rate for listing buckets, and one page holds 1,000',
		},
		GetPublicAccessBlock: {...settings, iamAction: 's3:GetBucketPublicAccessBlock', answers: ['PublicAccessBlockConfiguration']},
		GetAccountPublicAccessBlock: {
			requestsPerSecond: 5,
			answers: ['PublicAccessBlockConfiguration'],
			source: 'a guess: AWS publishes no rate for S3 Control, and this is asked once a refresh at most',
		},
		GetBucketPolicy: {...settings, answers: ['Policy']},
		GetBucketPolicyStatus: {...settings, answers: ['PolicyStatus']},
		GetBucketEncryption: {...calm, iamAction: 's3:GetEncryptionConfiguration', answers: ['ServerSideEncryptionConfiguration']},
		GetBucketReplication: {...calm, iamAction: 's3:GetReplicationConfiguration', answers: ['ReplicationConfiguration']},
		// Of a bucket that never had versioning the answer is empty.
		GetBucketVersioning: calm,
	},
	kinds: [buckets],
	load: async () => import('./collect/index.js'),
});
