import type {Joined} from '../../../source/model/index.js';
import type {Key} from '../../../source/services/kms/rules/key.js';
import type {Bucket, Destination, Encryption, ReplicationRule} from '../../../source/services/s3/rules/bucket.js';
import {bucket, denied, key, keyArn, member, roleArn, rule, there, type World} from './inputs.js';

export const kms: Encryption = {algorithm: 'aws:kms', kmsKeyId: keyArn('lake'), bucketKeyEnabled: true, blockedTypes: []};
export const ownKeys: Encryption = {algorithm: 'AES256', kmsKeyId: null, bucketKeyEnabled: false, blockedTypes: []};

export const lake = key('lake');
export const copies = key('copies', {}, {awsRegion: there});

export type Story = {
	readonly source?: Bucket;
	/** Facts of the source that were refused. */
	readonly lacks?: ReadonlyArray<keyof typeof operations>;
	readonly rule?: Partial<ReplicationRule>;
	readonly destination?: Partial<Destination>;
	readonly copy?: Bucket;
	readonly copyUnread?: Joined['resource']['unread'];
	readonly keys?: readonly Joined[];
	readonly gaps?: World['gaps'];
};

const operations = {
	encryption: ['GetBucketEncryption', 's3:GetEncryptionConfiguration'],
	policy: ['GetBucketPolicy', 's3:GetBucketPolicy'],
	versioning: ['GetBucketVersioning', 's3:GetBucketVersioning'],
	replication: ['GetBucketReplication', 's3:GetReplicationConfiguration'],
} as const;

/** `lake` in Virginia replicates to `copy` in Ireland, all of it in order; `story` says what differs. */
export const worldOf = (story: Story): World => {
	const {keys = [lake, copies], source = {}, lacks = [], copy = {versioning: 'Enabled'}} = story;
	const base = rule();
	const whole: Bucket = {
		encryption: kms,
		policy: null,
		versioning: 'Enabled',
		replication: {roleArn, rules: [rule({...story.rule, destination: {...base.destination, ...story.destination}})]},
		...source,
	};
	const told = Object.fromEntries(Object.entries(whole).filter(([fact]) => !lacks.some(lack => lack === fact)));
	const unread = Object.fromEntries(lacks.map(fact => [operations[fact][0], denied(operations[fact][1])]));
	return {
		entries: [
			...keys,
			bucket('lake', told, {unread}),
			bucket('copy', copy, {awsRegion: there, ...(story.copyUnread !== undefined && {unread: story.copyUnread})}),
		],
		...(story.gaps !== undefined && {gaps: story.gaps}),
	};
};

/** A key of which one fact was refused. */
export const without = ({resource, ...entry}: Joined<Key>, fact: 'policy' | 'grantees', iamAction: string): Joined<Key> => ({
	...entry,
	resource: {
		...resource,
		configuration: {...resource.configuration, [fact]: undefined},
		unread: {[iamAction.slice('kms:'.length)]: denied(iamAction)},
	},
});

export const sessions = [member('mrk-sessions', 'us-east-1'), member('mrk-sessions', there)];
