import type {Answer, Remediation} from '../../../model/index.js';
import {type BucketResource, type Destination, enabledRules, guide, type ReplicationRule} from './bucket.js';

/** The operation that tells of all of it. */
export const operation = 'GetBucketReplication';

export const remediation = (text: string, page: string): Remediation => ({
	text,
	cli: 'aws s3api put-bucket-replication --bucket {name} --replication-configuration file://replication.json --region {region}',
	url: `${guide}${page}`,
});

export const replicatesNothing: Answer = {verdict: 'NOT_APPLICABLE', reason: 'it replicates nothing'};
export const replicationUnread: Answer = {verdict: 'UNKNOWN', reason: 'its replication has not been read'};

/** The answer where nothing is replicated, or a judgement of the rules that are enabled. */
export const ofReplicating = (
	{configuration: {replication}}: BucketResource,
	judge: (rules: readonly ReplicationRule[]) => Answer,
): Answer => {
	if (replication === undefined) return replicationUnread;
	if (replication === null) return replicatesNothing;
	const rules = enabledRules(replication);
	return rules.length === 0 ? {verdict: 'NOT_APPLICABLE', reason: 'all of its replication rules are disabled'} : judge(rules);
};

/** Where to, in words: the bucket, and whose it is where the rule says so. */
export const to = ({bucketName, accountId}: Destination): string =>
	accountId === undefined ? bucketName : `${bucketName} of account ${accountId}`;
