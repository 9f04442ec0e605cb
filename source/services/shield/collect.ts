import {
	DescribeDRTAccessCommand,
	DescribeEmergencyContactSettingsCommand,
	DescribeSubscriptionCommand,
	GetSubscriptionStateCommand,
	ListAttacksCommand,
	ListProtectionGroupsCommand,
	ListProtectionsCommand,
	ShieldClient,
} from '@aws-sdk/client-shield';
import {
	type Aws,
	type CommandOutput,
	dayMs,
	defineCollector,
	type Facts,
	hourMs,
	msBetween,
	type Refusal,
	type Resource,
	type Yielded,
} from '../../model/index.js';
import type {Attack} from './rules/attack.js';
import {kindOf, type Protection, protectionType} from './rules/protection.js';
import {type ProtectionGroup, type Subscription, subscriptionType} from './rules/subscription.js';

const commands = {
	GetSubscriptionState: GetSubscriptionStateCommand,
	DescribeSubscription: DescribeSubscriptionCommand,
	DescribeEmergencyContactSettings: DescribeEmergencyContactSettingsCommand,
	DescribeDRTAccess: DescribeDRTAccessCommand,
	ListProtectionGroups: ListProtectionGroupsCommand,
	ListProtections: ListProtectionsCommand,
	ListAttacks: ListAttacksCommand,
};
type Commands = typeof commands;
type Shield = Aws<Commands>;
type Read = Pick<Resource, 'unread' | 'readAt'>;

type Described = NonNullable<CommandOutput<typeof DescribeSubscriptionCommand>['Subscription']>;
type Listed = NonNullable<CommandOutput<typeof ListProtectionsCommand>['Protections']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

// "The subscription does not exist", say all but GetSubscriptionState and ListAttacks where there is none.
const unsubscribed = {absent: ['ResourceNotFoundException']};

const attackDays = 30;
const mostAttacks = 100;

const readAttacks = async (aws: Shield, facts: Facts<Commands>): Promise<readonly Attack[] | undefined> => {
	// By the hour, so that the question is the same for an hour and a denial of it is remembered.
	const hour = Math.floor(Date.parse(aws.startedAt) / hourMs) * hourMs;
	const StartTime = {FromInclusive: new Date(hour - attackDays * dayMs), ToExclusive: new Date(hour + hourMs)};
	const listed = (await facts.attemptPages('ListAttacks', {StartTime, MaxResults: 100}))?.flatMap(
		({AttackSummaries = []}) => AttackSummaries,
	);
	if (listed?.some(({ResourceArn}) => ResourceArn === undefined) === true) {
		facts.missing('ListAttacks', 'ResourceArn');
		return undefined;
	}

	return listed
		?.map(({AttackId, ResourceArn, StartTime: startedAt, EndTime: endedAt, AttackVectors = []}) => ({
			id: AttackId ?? '',
			...present({resourceArn: ResourceArn, startedAt, endedAt}),
			vectors: AttackVectors.flatMap(({VectorType}) => VectorType ?? []),
		}))
		.toSorted((one, other) => msBetween(one.startedAt ?? '', other.startedAt ?? '') || 0);
};

const describe = ({StartTime, EndTime, TimeCommitmentInSeconds, AutoRenew, ProactiveEngagementStatus}: Described): Subscription =>
	present({
		startedAt: StartTime,
		endsAt: EndTime,
		commitmentDays: TimeCommitmentInSeconds === undefined ? undefined : Math.round((TimeCommitmentInSeconds * 1000) / dayMs),
		autoRenew: AutoRenew,
		proactiveEngagement: ProactiveEngagementStatus,
	});

const readGroups = async (facts: Facts<Commands>): Promise<readonly ProtectionGroup[] | undefined> => {
	const pages = await facts.attemptPages('ListProtectionGroups', {}, unsubscribed);
	return pages
		?.flatMap(({ProtectionGroups = []}) => ProtectionGroups)
		.map(({ProtectionGroupId, Pattern, Aggregation, ResourceType, Members}) => ({
			id: ProtectionGroupId ?? '',
			...present({pattern: Pattern, aggregation: Aggregation, resourceType: ResourceType}),
			memberArns: Members ?? [],
		}));
};

/** All of the subscription but what is protected and attacked. */
const readSubscription = async (facts: Facts<Commands>): Promise<Subscription> => {
	const described = await facts.attempt('DescribeSubscription', {}, unsubscribed);
	const contacts = await facts.attempt('DescribeEmergencyContactSettings', {}, unsubscribed);
	const access = await facts.attempt('DescribeDRTAccess', {}, unsubscribed);
	const people = contacts?.EmergencyContactList ?? [];
	return {
		...(described === null && {state: 'INACTIVE'}),
		...(described?.Subscription && describe(described.Subscription)),
		...(contacts && {
			contacts: {total: people.length, withPhone: people.filter(({PhoneNumber}) => PhoneNumber !== undefined && PhoneNumber !== '').length},
		}),
		...(access && {responseTeam: {roleArn: access.RoleArn ?? null, logBuckets: access.LogBucketList ?? []}}),
		...present({protectionGroups: await readGroups(facts)}),
	};
};

const subscriptionResource = (aws: Shield, configuration: Subscription, {unread, readAt}: Read): Resource<Subscription> => ({
	// The same with and without a subscription, so that it is one thing that changes.
	arn: `arn:${aws.partition}:shield::${aws.accountId}:subscription`,
	resourceType: subscriptionType,
	resourceId: 'subscription',
	resourceName: configuration.state === 'INACTIVE' ? 'Shield Standard' : 'Shield Advanced',
	accountId: aws.accountId,
	awsRegion: 'global',
	tags: {},
	configuration,
	unread,
	readAt,
});

const actionOf = ({Action}: NonNullable<Listed['ApplicationLayerAutomaticResponseConfiguration']>): 'block' | 'count' | 'unknown' =>
	Action?.Block !== undefined ? 'block' : Action?.Count !== undefined ? 'count' : 'unknown';

const protectionResource = (
	aws: Shield,
	listed: Listed,
	id: string,
	attacks: readonly Attack[] | undefined,
	read: Read,
): Resource<Protection> => {
	const {Name, ResourceArn, HealthCheckIds, ProtectionArn, ApplicationLayerAutomaticResponseConfiguration: response} = listed;
	return {
		arn: ProtectionArn ?? `arn:${aws.partition}:shield::${aws.accountId}:protection/${id}`,
		resourceType: protectionType,
		resourceId: id,
		resourceName: Name || id,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: {
			...present({resourceArn: ResourceArn}),
			kind: kindOf(ResourceArn),
			healthCheckIds: HealthCheckIds ?? [],
			automaticResponse: response === undefined ? null : {status: response.Status ?? 'unknown', action: actionOf(response)},
			...(attacks && {attacks: attacks.filter(({resourceArn}) => resourceArn === ResourceArn)}),
		},
		...read,
	};
};

async function* full(aws: Shield): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const state = (await facts.attempt('GetSubscriptionState', {}))?.SubscriptionState;
	if (state === 'INACTIVE') {
		yield {yields: 'resource', resource: subscriptionResource(aws, {state}, facts)};
		yield {yields: 'complete', of: subscriptionType};
		yield {yields: 'complete', of: protectionType};
		yield {yields: 'not-enabled', reason: 'this account has Shield Standard, and is not subscribed to Shield Advanced'};
		return;
	}

	// Where the state may not be read the other questions may still be answered.
	const subscription = await readSubscription(facts);
	const pages = await facts.attemptPages('ListProtections', {MaxResults: 1000}, unsubscribed);
	const attackFacts = aws.facts();
	const attacks = await readAttacks(aws, attackFacts);
	const listed = pages?.flatMap(({Protections = []}) => Protections) ?? [];
	const named = listed.flatMap(one => (one.Id === undefined ? [] : [{...one, Id: one.Id}]));
	if (named.length < listed.length) facts.missing('ListProtections', 'Id');

	const {ListProtections: readAt} = facts.readAt;
	const read: {unread: Record<string, Refusal>; readAt: Record<string, string>} = {
		unread: {...attackFacts.unread},
		readAt: {...(readAt !== undefined && {ListProtections: readAt})},
	};
	for (const one of named) yield {yields: 'resource', resource: protectionResource(aws, one, one.Id, attacks, read)};

	const configuration: Subscription = {
		...subscription,
		...present({
			state: state ?? subscription.state,
			protections: pages === undefined ? undefined : named.length,
			attacks: attacks?.slice(0, mostAttacks),
		}),
	};
	yield {
		yields: 'resource',
		resource: subscriptionResource(aws, configuration, {unread: {...facts.unread, ...attackFacts.unread}, readAt: facts.readAt}),
	};
	yield {yields: 'complete', of: subscriptionType};
	// No subscription protects nothing; a listing that was refused proves nothing gone.
	if (pages !== undefined && named.length === listed.length) yield {yields: 'complete', of: protectionType};
}

export const collector = defineCollector({client: ShieldClient, commands, full});
