import type {CommandOutput, Yielded} from '../../../model/index.js';
import type {Bucket} from '../rules/session.js';
import type {Commands, Macie} from './commands.js';
import {bucketResource, unreadBucketsResource} from './resources.js';

type Described = NonNullable<CommandOutput<Commands['DescribeBuckets']>['buckets']>[number];

// https://docs.aws.amazon.com/macie/latest/APIReference/datasources-s3.html
const demanded: Readonly<Record<string, 'yes' | 'no'>> = {FALSE: 'yes', TRUE: 'no'};

const bucketOf = (bucket: Described): Bucket => ({
	...(bucket.publicAccess?.effectivePermission !== undefined && {effectivePermission: bucket.publicAccess.effectivePermission}),
	...(bucket.sharedAccess !== undefined && {sharedAccess: bucket.sharedAccess}),
	...(bucket.sensitivityScore !== undefined && {sensitivityScore: bucket.sensitivityScore}),
	...(bucket.automatedDiscoveryMonitoringStatus !== undefined && {monitoring: bucket.automatedDiscoveryMonitoringStatus}),
	...(bucket.jobDetails?.isMonitoredByJob !== undefined && {monitoredByJob: bucket.jobDetails.isMonitoredByJob}),
	...(bucket.replicationDetails?.replicatedExternally !== undefined && {
		replicatedExternally: bucket.replicationDetails.replicatedExternally,
	}),
	...(bucket.serverSideEncryption?.type !== undefined && {encryption: bucket.serverSideEncryption.type}),
	...(bucket.allowsUnencryptedObjectUploads !== undefined && {
		demandsEncryption: demanded[bucket.allowsUnencryptedObjectUploads] ?? ('unknown' as const),
	}),
	...(bucket.objectCountByEncryptionType?.unencrypted !== undefined && {
		unencryptedObjects: bucket.objectCountByEncryptionType.unencrypted,
	}),
	...(bucket.versioning !== undefined && {versioning: bucket.versioning}),
	...(bucket.errorCode !== undefined && {error: bucket.errorCode}),
	...(bucket.errorMessage !== undefined && {errorMessage: bucket.errorMessage}),
	...(bucket.objectCount !== undefined && {objectCount: bucket.objectCount}),
	...(bucket.sizeInBytes !== undefined && {bytes: bucket.sizeInBytes}),
	...(bucket.lastAutomatedDiscoveryTime !== undefined && {lastDiscoveryAt: bucket.lastAutomatedDiscoveryTime}),
	...(bucket.lastUpdated !== undefined && {lastUpdated: bucket.lastUpdated}),
});

export async function* allBuckets(aws: Macie): AsyncGenerator<Yielded> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('DescribeBuckets', {maxResults: 50});
	if (!pages) {
		yield {yields: 'resource', resource: unreadBucketsResource(aws, facts)};
		return;
	}

	for (const bucket of pages.flatMap(page => page.buckets ?? [])) {
		// An administrator sees its members' buckets too; they are their own accounts' affair.
		if (bucket.bucketName === undefined || (bucket.accountId !== undefined && bucket.accountId !== aws.accountId)) continue;
		const tags = Object.fromEntries((bucket.tags ?? []).map(({key, value}) => [key ?? '', value ?? '']));
		yield {yields: 'resource', resource: bucketResource(aws, bucket.bucketName, bucket.bucketArn, tags, bucketOf(bucket), facts)};
	}

	yield {yields: 'complete', of: 'AWS::Macie::Bucket'};
}
