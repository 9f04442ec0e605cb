import type {Destination, Replication, ReplicationRule} from '../rules/bucket.js';
import type {BucketFacts, Told} from './commands.js';

type ToldRule = NonNullable<NonNullable<Told<'GetBucketReplication'>['ReplicationConfiguration']>['Rules']>[number];
type Filter = NonNullable<ToldRule['Filter']>;
type Tag = NonNullable<Filter['Tag']>;

/** The account's buckets by name, with their Regions where they are told. */
export type Listing = {
	readonly regions: ReadonlyMap<string, string | undefined>;
	/** Whether they are all there are. */
	readonly isWhole: boolean;
};

const tagged = ({Key, Value}: Tag): string => `${Key ?? ''}=${Value ?? ''}`;
const nonEmpty = (prefix: string | undefined): readonly string[] => (prefix === undefined || prefix === '' ? [] : [prefix]);

const exceptions = (not: Filter['Not']): readonly string[] =>
	not === undefined
		? []
		: [
				...nonEmpty(not.Prefix),
				...(not.Tag === undefined ? [] : [tagged(not.Tag)]),
				...(not.Or?.Prefixes ?? []),
				...(not.Or?.Tags ?? []).map(tagged),
			];

type RuleFilter = Pick<ReplicationRule, 'filter' | 'prefix' | 'tags' | 'exceptions'>;

/** A filter in words, null where it leaves nothing out. */
const inWords = (wanted: readonly string[], spared: readonly string[]): string | null =>
	wanted.length === 0 && spared.length === 0
		? null
		: `${wanted.join(' and ') || 'all'}${spared.length === 0 ? '' : ` but ${spared.join(', ')}`}`;

/** What a rule is for. The first version of the configuration has a bare prefix instead of a filter. */
export const filterOf = ({Filter: filter, Prefix}: Pick<ToldRule, 'Filter' | 'Prefix'>): RuleFilter => {
	const and = filter?.And;
	const [prefix] = nonEmpty(filter?.Prefix ?? and?.Prefix ?? Prefix);
	const tags = [...(filter?.Tag === undefined ? [] : [tagged(filter.Tag)]), ...(and?.Tags ?? []).map(tagged)];
	const spared = [...exceptions(filter?.Not), ...exceptions(and?.Not)];
	return {
		filter: inWords([...nonEmpty(prefix), ...tags], spared),
		...(prefix !== undefined && {prefix}),
		...(tags.length > 0 && {tags}),
		...(spared.length > 0 && {exceptions: spared}),
	};
};

const toDestination = (bucketArn: string, accountId: string | undefined, {regions, isWhole}: Listing): Destination => {
	const bucketName = bucketArn.split(':').slice(5).join(':');
	const awsRegion = regions.get(bucketName);
	const isOwn = regions.has(bucketName) || (isWhole ? false : undefined);
	return {
		bucketArn,
		bucketName,
		...(accountId !== undefined && {accountId}),
		...(isOwn !== undefined && {isOwn}),
		...(awsRegion !== undefined && {awsRegion}),
	};
};

const toRule = (rule: ToldRule, index: number, listing: Listing): ReplicationRule | undefined => {
	const {Bucket, Account, EncryptionConfiguration} = rule.Destination ?? {};
	if (Bucket === undefined || rule.Status === undefined) {
		return undefined;
	}

	return {
		name: rule.ID ?? `rule ${index + 1}`,
		isEnabled: rule.Status === 'Enabled',
		...(rule.Priority !== undefined && {priority: rule.Priority}),
		...filterOf(rule),
		destination: toDestination(Bucket, Account, listing),
		replicatesKmsObjects: rule.SourceSelectionCriteria?.SseKmsEncryptedObjects?.Status === 'Enabled',
		replicaKmsKeyId: EncryptionConfiguration?.ReplicaKmsKeyID ?? null,
		usesSourceMultiRegionKey: EncryptionConfiguration?.UseSourceMultiRegionKey?.Status === 'Enabled',
		replicatesDeleteMarkers: rule.DeleteMarkerReplication?.Status === 'Enabled',
	};
};

/** A rule that lacks what every rule has makes the whole unread: what is left of it could be called in order. */
export const toReplication = (told: Told<'GetBucketReplication'>, facts: BucketFacts, listing: Listing): Replication | undefined => {
	const {Role, Rules = []} = told.ReplicationConfiguration ?? {};
	const rules = Rules.map((rule, index) => toRule(rule, index, listing));
	const whole = rules.filter(rule => rule !== undefined);
	if (Role === undefined || whole.length === 0 || whole.length < rules.length) {
		facts.missing('GetBucketReplication', Role === undefined ? 'Role' : 'a rule, its status or its destination');
		return undefined;
	}

	return {roleArn: Role, rules: whole};
};
