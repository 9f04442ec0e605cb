import {dayMs, type Inputs, type Joined, msBetween, spanInWords} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import {indexKeyUsers} from './key-index.js';
import {byAction, type Unread} from './refused.js';
import {toUsers, type UsersRead} from './users.js';

/**
 * What must have been read of a Region for nobody to use a key there unseen. Trails and channels may have a key of another
 * Region, which is where their bucket is: at work they use it every few minutes, and KMS tells that.
 */
const listings: ReadonlyArray<readonly [service: string, operations: readonly string[]]> = [
	['secretsmanager', ['ListSecrets']],
	['ssm', ['DescribeParameters']],
	['ec2', ['DescribeVolumes', 'DescribeSnapshots', 'GetEbsDefaultKmsKeyId']],
	['dynamodb', ['ListTables', 'DescribeTable']],
	['rds', ['DescribeGlobalClusters', 'DescribeDBClusters']],
	['cloudtrail', ['DescribeTrails']],
	['config', ['DescribeDeliveryChannels']],
	// Without it what names a key by its alias is nobody's.
	['kms', ['ListAliases']],
];

/** What a key could serve: AWS's services encrypt with symmetric keys alone, and of what signs Vedette sees zones. */
type Purpose = 'encrypts' | 'signs' | 'neither';

const purposeOf = ({keyUsage = 'ENCRYPT_DECRYPT', keySpec = 'SYMMETRIC_DEFAULT'}: Key): Purpose =>
	keyUsage === 'SIGN_VERIFY' ? 'signs' : keyUsage === 'ENCRYPT_DECRYPT' && keySpec === 'SYMMETRIC_DEFAULT' ? 'encrypts' : 'neither';

/** A use within so long is of late: some things are done once a quarter. */
const recentMs = 90 * dayMs;

/** That KMS saw a key used, to the day: words that are new every minute would make every row new every minute. */
const recentUse = ({lastUsage}: Key, now: string): string | undefined => {
	const usedAt = lastUsage?.usedAt;
	const agoMs = usedAt === undefined ? Number.POSITIVE_INFINITY : msBetween(usedAt, now);
	return agoMs > recentMs
		? undefined
		: `KMS saw it used ${agoMs < dayMs ? 'within the last day' : `${spanInWords(agoMs)} ago`}, by what Vedette does not see`;
};

/** Answers what is encrypted, or signed, with a key, as far as Vedette watches it. */
export const createKeyUsers = (inputs: Inputs) => {
	const index = indexKeyUsers(inputs);

	const encryptingGap = (awsRegion: string): Unread =>
		byAction([
			...listings.map(([service, operations]) => inputs.gap(service, operations, awsRegion)),
			inputs.gap('s3', ['ListBuckets']),
			...(index.refused.get(awsRegion) ?? []),
			// A bucket without a Region, or one that does not tell its replications, may use a key of any.
			...(index.refused.get('global') ?? []),
		]);
	// Zones are signed by keys of us-east-1 alone.
	const signingGap = (awsRegion: string): Unread =>
		awsRegion === 'us-east-1' ? byAction([inputs.gap('route53', ['ListHostedZones', 'GetDNSSEC'])]) : {};

	const gaps = new Map<string, Unread>();
	const gapOf = (awsRegion: string, purpose: Purpose): Unread => {
		const key = `${awsRegion} ${purpose}`;
		const known = gaps.get(key) ?? (purpose === 'encrypts' ? encryptingGap(awsRegion) : purpose === 'signs' ? signingGap(awsRegion) : {});
		gaps.set(key, known);
		return known;
	};

	return (joined: Joined<Key>): UsersRead => {
		const {awsRegion, configuration, unread} = joined.resource;
		const names = index.users(joined);
		const gap = gapOf(awsRegion, purposeOf(configuration));
		if (names.length > 0) {
			return toUsers(names, gap);
		}

		// Where nothing is known to use it KMS has a say: it tells whether, and not by what.
		const recent = recentUse(configuration, inputs.now);
		const untold = configuration.lastUsage === undefined ? byAction([unread['GetKeyLastUsage']]) : {};
		return toUsers(names, {...gap, ...untold}, {...(recent !== undefined && {unseen: recent})});
	};
};
