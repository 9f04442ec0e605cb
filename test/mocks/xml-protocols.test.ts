import {CloudFrontClient, ListDistributionsCommand} from '@aws-sdk/client-cloudfront';
import {DescribeSnapshotsCommand, EC2Client} from '@aws-sdk/client-ec2';
import {GetBucketEncryptionCommand, GetBucketPolicyCommand, ListBucketsCommand, S3Client} from '@aws-sdk/client-s3';
import {expect, it} from 'vitest';
import {AwsError} from '../../mocks/endpoint/aws-error.js';
import {defineMockService} from '../../mocks/endpoint/service.js';
import {startEndpoint} from '../../mocks/index.js';
import {register} from '../../mocks/scenarios/registered.js';

const connection = (endpoint: string) => ({
	endpoint,
	region: 'eu-west-1',
	credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'},
	maxAttempts: 1,
});

it('speaks the dialect of EC2, in and out', async () => {
	const asked: unknown[] = [];
	const mock = defineMockService({
		id: 'ec2',
		signingName: 'ec2',
		protocol: {name: 'ec2Query', version: '2016-11-15', xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/'},
		empty: () => ({}),
		commands: {DescribeSnapshots: DescribeSnapshotsCommand},
		handlers: {
			DescribeSnapshots(input) {
				asked.push(input);
				if (input.NextToken === 'bad') throw new AwsError('InvalidParameterValue', 'no < such > token', 400);
				return {
					Snapshots: [{SnapshotId: 'snap-1', Encrypted: true, StartTime: new Date(0), Tags: [{Key: 'a', Value: '<&>'}]}],
					NextToken: 'more',
				};
			},
		},
	});
	const endpoint = await startEndpoint({scenario: 'healthy', registry: [register(mock)]});
	const client = new EC2Client(connection(endpoint.url));
	const input = {OwnerIds: ['self'], MaxResults: 5, Filters: [{Name: 'encrypted', Values: ['true', 'false']}]};
	expect(await client.send(new DescribeSnapshotsCommand(input))).toMatchObject({
		Snapshots: [{SnapshotId: 'snap-1', Encrypted: true, StartTime: new Date(0), Tags: [{Key: 'a', Value: '<&>'}]}],
		NextToken: 'more',
	});
	expect(asked).toEqual([input]);
	await expect(client.send(new DescribeSnapshotsCommand({NextToken: 'bad'}))).rejects.toMatchObject({
		name: 'InvalidParameterValue',
		message: 'no < such > token',
	});
	client.destroy();
	await endpoint.close();
});

it('speaks XML over REST as S3 does, with the bucket in the path', async () => {
	const mock = defineMockService({
		id: 's3',
		signingName: 's3',
		protocol: {name: 'restXml', xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/', style: 's3'},
		empty: () => ({}),
		commands: {ListBuckets: ListBucketsCommand, GetBucketEncryption: GetBucketEncryptionCommand, GetBucketPolicy: GetBucketPolicyCommand},
		handlers: {
			ListBuckets: input => ({
				Buckets: [{Name: `of-${input.MaxBuckets}`, BucketRegion: 'eu-west-1', CreationDate: new Date(0)}],
				ContinuationToken: 'more',
			}),
			GetBucketEncryption(input) {
				const KMSMasterKeyID = `key of ${input.Bucket}`;
				return {
					ServerSideEncryptionConfiguration: {
						Rules: [{ApplyServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID}, BucketKeyEnabled: true}],
					},
				};
			},
			GetBucketPolicy(input) {
				if (input.Bucket === 'none') throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404);
				return {Policy: `{"of":"${input.Bucket}"}`};
			},
		},
	});
	const endpoint = await startEndpoint({scenario: 'healthy', registry: [register(mock)]});
	const client = new S3Client({...connection(endpoint.url), forcePathStyle: true});
	expect(await client.send(new ListBucketsCommand({MaxBuckets: 7}))).toMatchObject({
		Buckets: [{Name: 'of-7', BucketRegion: 'eu-west-1', CreationDate: new Date(0)}],
		ContinuationToken: 'more',
	});
	expect(await client.send(new GetBucketEncryptionCommand({Bucket: 'b.with-dots'}))).toMatchObject({
		ServerSideEncryptionConfiguration: {
			Rules: [{BucketKeyEnabled: true, ApplyServerSideEncryptionByDefault: {KMSMasterKeyID: 'key of b.with-dots'}}],
		},
	});
	expect(await client.send(new GetBucketPolicyCommand({Bucket: 'b'}))).toMatchObject({Policy: '{"of":"b"}'});
	await expect(client.send(new GetBucketPolicyCommand({Bucket: 'none'}))).rejects.toMatchObject({name: 'NoSuchBucketPolicy'});
	client.destroy();
	await endpoint.close();
});

it('speaks XML over REST as CloudFront does', async () => {
	const mock = defineMockService({
		id: 'cloudfront',
		signingName: 'cloudfront',
		protocol: {name: 'restXml', xmlNamespace: 'http://cloudfront.amazonaws.com/doc/2020-05-31/'},
		empty: () => ({}),
		commands: {ListDistributions: ListDistributionsCommand},
		handlers: {
			ListDistributions(input) {
				if (input.Marker === 'bad') throw new AwsError('InvalidArgument', 'no such marker', 400);
				return {DistributionList: {Marker: '', MaxItems: 100, IsTruncated: false, Quantity: 0, Items: []}};
			},
		},
	});
	const endpoint = await startEndpoint({scenario: 'healthy', registry: [register(mock)]});
	const client = new CloudFrontClient(connection(endpoint.url));
	expect(await client.send(new ListDistributionsCommand({MaxItems: 100}))).toMatchObject({DistributionList: {Quantity: 0, Items: []}});
	await expect(client.send(new ListDistributionsCommand({Marker: 'bad'}))).rejects.toMatchObject({name: 'InvalidArgument'});
	client.destroy();
	await endpoint.close();
});
