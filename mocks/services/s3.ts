import {
	BucketVersioningStatus,
	EncryptionType,
	GetBucketEncryptionCommand,
	GetBucketPolicyCommand,
	GetBucketPolicyStatusCommand,
	GetBucketReplicationCommand,
	GetBucketVersioningCommand,
	GetPublicAccessBlockCommand,
	ListBucketsCommand,
	ReplicationRuleStatus,
	ServerSideEncryption,
	SseKmsEncryptedObjectsStatus,
} from '@aws-sdk/client-s3';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {S3Bucket, S3State} from './s3-state.js';

// Behaviour is that of https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html and
// the names of errors those of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html.

type S3 = Context<S3State>;

const home = {id: 's3', empty: (): S3State => ({buckets: []})};

const bucketsOf = ({world, accountId}: S3): readonly S3Bucket[] => world.state(home, 'us-east-1', accountId).buckets;

/** A bucket answers in its own Region. Elsewhere S3 says where to go, which the SDK does not follow. */
const bucketOf = (name: string | undefined, context: S3): S3Bucket => {
	const one = bucketsOf(context).find(other => other.name === name);
	if (one === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
	if (one.awsRegion !== context.awsRegion) {
		throw new AwsError(
			'PermanentRedirect',
			'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
			301,
		);
	}
	const reason = one.refused[context.operation];
	if (reason !== undefined) throw context.denied(`arn:${context.partition}:s3:::${one.name}`, reason);
	return one;
};

const there = <T>(value: T | undefined, error: string, message: string): T => {
	if (value === undefined) throw new AwsError(error, message, 404);
	return value;
};

export const s3 = defineMockService({
	...home,
	signingName: 's3',
	iamActions: {
		ListBuckets: 's3:ListAllMyBuckets',
		GetBucketEncryption: 's3:GetEncryptionConfiguration',
		GetBucketReplication: 's3:GetReplicationConfiguration',
		GetPublicAccessBlock: 's3:GetBucketPublicAccessBlock',
	},
	protocol: {name: 'restXml', xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/', style: 's3'},
	errors: {
		validation: 'InvalidArgument',
		throttled: {name: 'SlowDown', httpStatus: 503, message: 'Please reduce your request rate.'},
		denied: {name: 'AccessDenied', httpStatus: 403},
		regionOff: {name: 'InvalidAccessKeyId', httpStatus: 403, message: 'The AWS Access Key Id you provided does not exist in our records.'},
	},
	enums: [ServerSideEncryption, BucketVersioningStatus, ReplicationRuleStatus, SseKmsEncryptedObjectsStatus, EncryptionType],
	commands: {
		ListBuckets: ListBucketsCommand,
		GetBucketEncryption: GetBucketEncryptionCommand,
		GetBucketPolicy: GetBucketPolicyCommand,
		GetBucketPolicyStatus: GetBucketPolicyStatusCommand,
		GetBucketReplication: GetBucketReplicationCommand,
		GetBucketVersioning: GetBucketVersioningCommand,
		GetPublicAccessBlock: GetPublicAccessBlockCommand,
	},
	handlers: {
		// The Region of each is told "if the request contains at least one valid parameter"; of a page there is, by default, no end.
		ListBuckets: (input, context) => {
			const {MaxBuckets, ContinuationToken, Prefix, BucketRegion} = input;
			const isAsked = [MaxBuckets, ContinuationToken, Prefix, BucketRegion].some(parameter => parameter !== undefined);
			const wanted = bucketsOf(context)
				.filter(({name, awsRegion}) => name.startsWith(Prefix ?? '') && (BucketRegion === undefined || awsRegion === BucketRegion))
				.toSorted((a, b) => (a.name < b.name ? -1 : 1));
			const {page, token} = context.paginate(wanted, input, {
				token: 'ContinuationToken',
				limit: 'MaxBuckets',
				defaultLimit: 10_000,
				maximumLimit: 10_000,
			});
			return {
				Owner: {ID: context.world.identities.of(context.accessKeyId).account.accountId.repeat(5)},
				Buckets: page.map(({name, awsRegion, listedIn, creationDate}) => ({
					Name: name,
					CreationDate: creationDate,
					...(isAsked && listedIn !== null && {BucketRegion: listedIn ?? awsRegion}),
				})),
				...(token !== undefined && {ContinuationToken: token}),
			};
		},

		GetBucketEncryption: ({Bucket}, context) => ({
			ServerSideEncryptionConfiguration: {
				Rules: [
					there(
						bucketOf(Bucket, context).encryption,
						'ServerSideEncryptionConfigurationNotFoundError',
						'The server side encryption configuration was not found',
					),
				],
			},
		}),

		GetBucketPolicy: ({Bucket}, context) => ({
			Policy: there(bucketOf(Bucket, context).policy, 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
		}),

		GetBucketPolicyStatus: ({Bucket}, context) => {
			const {policy, policyIsPublic} = bucketOf(Bucket, context);
			there(policy, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
			return {PolicyStatus: {IsPublic: policyIsPublic}};
		},

		GetBucketReplication: ({Bucket}, context) => ({
			ReplicationConfiguration: there(
				bucketOf(Bucket, context).replication,
				'ReplicationConfigurationNotFoundError',
				'The replication configuration was not found',
			),
		}),

		// Empty where versioning was never on.
		GetBucketVersioning: ({Bucket}, context) => {
			const {versioning, mfaDelete} = bucketOf(Bucket, context);
			return {...(versioning !== undefined && {Status: versioning}), ...(mfaDelete !== undefined && {MFADelete: mfaDelete})};
		},

		GetPublicAccessBlock: ({Bucket}, context) => ({
			PublicAccessBlockConfiguration: there(
				bucketOf(Bucket, context).publicAccessBlock,
				'NoSuchPublicAccessBlockConfiguration',
				'The public access block configuration was not found',
			),
		}),
	},
});
