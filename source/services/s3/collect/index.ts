import {S3Client} from '@aws-sdk/client-s3';
import {defineCollector, namesAllItAllows, type Refusal, type Resource, type Yielded} from '../../../model/index.js';
import {type Bucket, bucketType} from '../rules/bucket.js';
import {AccountClient} from './account-block.js';
import {type BucketFacts, commands, perBucket, type S3, type Told} from './commands.js';
import {type Listing, toReplication} from './replication.js';
import {toEncryption, toPolicyIsPublic, toPublicAccessBlock} from './settings.js';

type Entry = NonNullable<Told<'ListBuckets'>['Buckets']>[number] & {readonly Name: string};

/** What can be a host's label: a Region's name becomes a part of where a signed request goes. */
const regionPattern = /^[a-z]{2,}(?:-[a-z]+){1,3}-\d{1,2}$/u;

/** Only a bucket that was told a Region in can be asked of. */
const regionOf = ({BucketRegion}: Entry): string | undefined =>
	BucketRegion !== undefined && regionPattern.test(BucketRegion) ? BucketRegion : undefined;

/** A fact as read, null where AWS says there is none, or nothing at all. */
const fact = <K extends string, T, R>(
	name: K,
	told: T | null | undefined,
	read: (told: T) => R | undefined,
): {readonly [N in K]?: R | null} => {
	const value = told === undefined || told === null ? told : read(told);
	// One member of that name, or none.
	return (value === undefined ? {} : {[name]: value}) as {readonly [N in K]?: R | null};
};

/** What the account's own block says, asked at most once, where a bucket is open but for that. */
type AccountBlock = () => Promise<{readonly restricts: boolean | undefined; readonly facts: BucketFacts}>;

const accountBlockOf = (aws: S3): AccountBlock => {
	const facts = aws.facts();
	let told: Promise<boolean | undefined> | undefined;
	const ask = async (): Promise<boolean | undefined> => {
		const answer = await facts.attempt(
			'GetAccountPublicAccessBlock',
			{AccountId: aws.accountId},
			{absent: ['NoSuchPublicAccessBlockConfiguration']},
		);
		return answer === null ? false : answer?.PublicAccessBlockConfiguration?.RestrictPublicBuckets;
	};
	return async () => {
		told ??= ask();
		return {restricts: await told, facts};
	};
};

type ReadBucket = {readonly configuration: Partial<Bucket>; readonly unread: Resource['unread']};

const restricts = (block: Told<'GetPublicAccessBlock'> | null): boolean =>
	block?.PublicAccessBlockConfiguration?.RestrictPublicBuckets === true;

type Asked = {readonly facts: BucketFacts; readonly listing: Listing; readonly accountBlock: AccountBlock};

/** "No configuration" is one of S3's errors, and a fact. */
const readBucket = async (name: string, {facts, listing, accountBlock}: Asked): Promise<ReadBucket> => {
	const named = {Bucket: name};
	const encryption = await facts.attempt('GetBucketEncryption', named, {absent: ['ServerSideEncryptionConfigurationNotFoundError']});
	const publicAccessBlock = await facts.attempt('GetPublicAccessBlock', named, {absent: ['NoSuchPublicAccessBlockConfiguration']});
	const policy = await facts.attempt('GetBucketPolicy', named, {absent: ['NoSuchBucketPolicy']});
	// Where there is no policy it has no status either; and where all are named that it lets in, the status is known.
	const isNamed = typeof policy?.Policy === 'string' && namesAllItAllows(policy.Policy);
	const status = policy === null || isNamed ? null : await facts.attempt('GetBucketPolicyStatus', named, {absent: ['NoSuchBucketPolicy']});
	const isOpen = status?.PolicyStatus?.IsPublic === true && publicAccessBlock !== undefined && !restricts(publicAccessBlock);
	const account = isOpen ? await accountBlock() : undefined;
	const replication = await facts.attempt('GetBucketReplication', named, {absent: ['ReplicationConfigurationNotFoundError']});
	const versioning = await facts.attempt('GetBucketVersioning', named);
	const configuration: Partial<Bucket> = {
		...fact('encryption', encryption, told => toEncryption(told, facts)),
		...fact('publicAccessBlock', publicAccessBlock, told => toPublicAccessBlock(told, facts)),
		...fact('policy', policy, ({Policy}) => Policy),
		...(isNamed ? {isPolicyPublic: false, isPolicyNamed: true} : fact('isPolicyPublic', status, told => toPolicyIsPublic(told, facts))),
		...fact('replication', replication, told => toReplication(told, facts, listing)),
		// Of a bucket that never had versioning S3 answers with an empty structure.
		...(versioning && {versioning: versioning.Status ?? null, mfaDelete: versioning.MFADelete ?? null}),
		...(account?.restricts !== undefined && {doesAccountRestrict: account.restricts}),
	};
	return {configuration, unread: {...facts.unread, ...account?.facts.unread}};
};

/** Nobody can be asked: what withholds each fact is the listing, which did not say where. */
const unreadThroughout = (aws: S3): Readonly<Record<string, Refusal>> => {
	const facts = aws.facts();
	facts.missing('ListBuckets', 'BucketRegion');
	const refusal = facts.unread['ListBuckets'];
	return refusal === undefined ? {} : Object.fromEntries(perBucket.map(operation => [operation, refusal]));
};

const toResource = async (aws: S3, entry: Entry, {listing, accountBlock}: Omit<Asked, 'facts'>): Promise<Resource<Bucket>> => {
	const {Name: name, CreationDate: createdAt} = entry;
	const awsRegion = regionOf(entry);
	const facts = awsRegion === undefined ? undefined : aws.in(awsRegion).facts();
	const read = facts === undefined ? undefined : await readBucket(name, {facts, listing, accountBlock});
	return {
		arn: `arn:${aws.partition}:s3:::${name}`,
		resourceType: bucketType,
		resourceId: name,
		resourceName: name,
		accountId: aws.accountId,
		awsRegion: awsRegion ?? 'global',
		tags: {},
		configuration: {...(awsRegion !== undefined && {awsRegion}), ...(createdAt !== undefined && {createdAt}), ...read?.configuration},
		unread: read?.unread ?? unreadThroughout(aws),
		readAt: facts?.readAt ?? {},
	};
};

/**
 * All buckets first, since a bucket's replication is judged by where its destination is. From any Region the listing has
 * those of all Regions, and tells each one's only "if the request contains at least one valid parameter".
 */
const listBuckets = async (aws: S3): Promise<{readonly entries: readonly Entry[]; readonly isWhole: boolean}> => {
	const entries: Entry[] = [];
	let isWhole = true;
	let token: string | undefined;
	for await (const {Buckets = [], ContinuationToken} of aws.pages('ListBuckets', {MaxBuckets: 1000})) {
		for (const entry of Buckets) {
			const {Name} = entry;
			if (Name === undefined || Name === '') {
				aws.facts().missing('ListBuckets', 'Name');
				isWhole = false;
			} else {
				entries.push({...entry, Name});
			}
		}

		token = ContinuationToken;
	}

	// A listing that ends with a token still in hand was cut short.
	return {entries, isWhole: isWhole && !token};
};

export const collector = defineCollector({
	client: S3Client,
	clientOf: {GetAccountPublicAccessBlock: AccountClient},
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const {entries, isWhole} = await listBuckets(aws);
		const listing: Listing = {regions: new Map(entries.map(entry => [entry.Name, regionOf(entry)])), isWhole};
		const accountBlock = accountBlockOf(aws);
		for await (const resource of aws.each(entries, async entry => toResource(aws, entry, {listing, accountBlock}))) {
			yield {yields: 'resource', resource};
		}

		if (isWhole) {
			yield {yields: 'complete', of: bucketType};
		}
	},
});
