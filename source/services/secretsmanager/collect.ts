import {
	DescribeSecretCommand,
	GetResourcePolicyCommand,
	ListSecretsCommand,
	ListSecretVersionIdsCommand,
	SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import {type Aws, type CommandOutput, dayMs, defineCollector, msBetween, type Resource, type Yielded} from '../../model/index.js';
import {type Replica, type Secret, secretType} from './rules/secret.js';

const commands = {
	ListSecrets: ListSecretsCommand,
	DescribeSecret: DescribeSecretCommand,
	GetResourcePolicy: GetResourcePolicyCommand,
	ListSecretVersionIds: ListSecretVersionIdsCommand,
};
type SecretsManager = Aws<typeof commands>;

type Entry = NonNullable<CommandOutput<typeof ListSecretsCommand>['SecretList']>[number];
type Detail = CommandOutput<typeof DescribeSecretCommand>;
type Version = NonNullable<CommandOutput<typeof ListSecretVersionIdsCommand>['Versions']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/**
 * The version that a rotation has begun. After a success AWSPENDING may stay on the current version, which is no sign of
 * trouble: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_how.html
 */
const pendingVersion = (stages: Entry['SecretVersionsToStages']): string | undefined =>
	Object.entries(stages ?? {}).find(([, labels]) => labels?.includes('AWSPENDING') && !labels.includes('AWSCURRENT'))?.[0];

const toSecret = (entry: Entry): Secret =>
	present({
		description: entry.Description,
		partnerType: entry.Type,
		owningService: entry.OwningService,
		kmsKeyId: entry.KmsKeyId,
		rotationEnabled: entry.RotationEnabled,
		rotationLambdaArn: entry.RotationLambdaARN,
		externalRotationRoleArn: entry.ExternalSecretRotationRoleArn,
		rotatesAfterDays: entry.RotationRules?.AutomaticallyAfterDays,
		schedule: entry.RotationRules?.ScheduleExpression,
		window: entry.RotationRules?.Duration,
		createdAt: entry.CreatedDate,
		lastRotatedAt: entry.LastRotatedDate,
		lastChangedAt: entry.LastChangedDate,
		lastAccessedAt: entry.LastAccessedDate,
		nextRotationAt: entry.NextRotationDate,
		deletedAt: entry.DeletedDate,
		primaryRegion: entry.PrimaryRegion,
		pendingVersionId: pendingVersion(entry.SecretVersionsToStages),
	});

const toReplicas = ({ReplicationStatus = []}: Detail): readonly Replica[] =>
	ReplicationStatus.flatMap(({Region, Status, StatusMessage, KmsKeyId, LastAccessedDate}) =>
		Region === undefined
			? []
			: {
					awsRegion: Region,
					...present({status: Status, statusMessage: StatusMessage, kmsKeyId: KmsKeyId, lastAccessedAt: LastAccessedDate}),
				},
	);

/** Long enough for ListSecrets to show a change: "might not reflect changes from the last five minutes". */
const settlingMs = 10 * 60_000;

/** Listed as changed so lately that what the cache knows of its policy and replicas may be older than the change. */
const hasJustChanged = (entry: Entry, now: string): boolean =>
	entry.LastChangedDate !== undefined && msBetween(entry.LastChangedDate, now) < settlingMs;

// What the rule on the age of secrets allows by default; where the configuration allows another age the rule says what was not asked.
const rotatedWithinMs = 90 * dayMs;

/**
 * Whether it matters when its versions were made, which takes a call for each secret: a rotation is under way, or it was
 * not rotated for long but changed lately, perhaps by hand.
 */
const deservesVersions = (entry: Entry, now: string): boolean => {
	if (entry.DeletedDate !== undefined || entry.OwningService !== undefined) {
		return pendingVersion(entry.SecretVersionsToStages) !== undefined && entry.DeletedDate === undefined;
	}

	const rotatedAt = entry.LastRotatedDate ?? entry.CreatedDate;
	const isOverdue = rotatedAt !== undefined && msBetween(rotatedAt, now) > rotatedWithinMs;
	const hasChanged = entry.LastChangedDate !== undefined && msBetween(entry.LastChangedDate, now) <= rotatedWithinMs;
	return pendingVersion(entry.SecretVersionsToStages) !== undefined || (isOverdue && hasChanged);
};

const madeAt = (versions: readonly Version[], isMeant: (version: Version) => boolean): string | undefined =>
	versions.find(isMeant)?.CreatedDate;

// A secret that is listed and not found (just made, or just gone) stays listed: what is not found of it is not known.
const toResource = async (aws: SecretsManager, arn: string, entry: Entry): Promise<Resource<Secret>> => {
	const facts = aws.facts();
	const {awsRegion, accountId} = aws;
	const isPrimary = entry.PrimaryRegion === awsRegion;
	// Replicas have their primary's policy: https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
	const isReplica = entry.PrimaryRegion !== undefined && !isPrimary;
	const options = hasJustChanged(entry, aws.startedAt) ? {freshForMs: 1} : {};

	const detail = isPrimary ? await facts.attempt('DescribeSecret', {SecretId: arn}, options) : undefined;
	// Of a secret that is marked for deletion GetResourcePolicy tells nothing but an InvalidRequestException.
	const policy =
		!isReplica && entry.DeletedDate === undefined ? await facts.attempt('GetResourcePolicy', {SecretId: arn}, options) : undefined;
	const answer =
		!isReplica && deservesVersions(entry, aws.startedAt)
			? await facts.attempt('ListSecretVersionIds', {SecretId: arn, MaxResults: 100}, options)
			: undefined;
	const versions = answer?.Versions ?? [];
	const pendingId = pendingVersion(entry.SecretVersionsToStages);
	return {
		arn,
		resourceType: secretType,
		// Config's id is the ARN; the name is what people know, and six characters behind it tell two lives of it apart.
		resourceId: arn.slice(arn.indexOf(':secret:') + ':secret:'.length),
		resourceName: entry.Name ?? arn,
		accountId,
		awsRegion,
		tags: Object.fromEntries((entry.Tags ?? []).flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? '']]))),
		configuration: {
			...toSecret(entry),
			...present({
				pendingVersionAt: pendingId === undefined ? undefined : madeAt(versions, ({VersionId}) => VersionId === pendingId),
				currentVersionAt: madeAt(versions, ({VersionStages}) => VersionStages?.includes('AWSCURRENT') === true),
			}),
			...(detail && {replicas: toReplicas(detail)}),
			...(policy && {policy: policy.ResourcePolicy ?? null}),
		},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

type Identified = {readonly arn: string; readonly entry: Entry};

async function* toResources(aws: SecretsManager, entries: AsyncIterable<Identified>): AsyncGenerator<Yielded, void, undefined> {
	for await (const resource of aws.each(entries, async ({arn, entry}) => toResource(aws, arn, entry))) {
		yield {yields: 'resource', resource};
	}
}

// By default the listing leaves out what is marked for deletion.
const everything = {IncludePlannedDeletion: true, MaxResults: 100} as const;

export const collector = defineCollector({
	client: SecretsManagerClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		let complete = true;
		async function* listed(): AsyncGenerator<Identified, void, undefined> {
			for await (const {SecretList = []} of aws.pages('ListSecrets', everything)) {
				for (const entry of SecretList) {
					if (entry.ARN === undefined) {
						aws.facts().missing('ListSecrets', 'ARN');
						complete = false;
					} else {
						yield {arn: entry.ARN, entry};
					}
				}
			}
		}

		yield* toResources(aws, listed());
		if (complete) {
			yield {yields: 'complete', of: secretType};
			yield {yields: 'watermark', watermark: aws.startedAt};
		}
	},
	async *delta(aws, watermark): AsyncGenerator<Yielded, void, undefined> {
		async function* changed(): AsyncGenerator<Identified, void, undefined> {
			for await (const {SecretList = []} of aws.pages('ListSecrets', {...everything, SortBy: 'last-changed-date', SortOrder: 'desc'})) {
				for (const entry of SecretList) {
					if (entry.LastChangedDate !== undefined && msBetween(entry.LastChangedDate, watermark) > settlingMs) {
						return;
					}

					if (entry.ARN !== undefined) {
						yield {arn: entry.ARN, entry};
					}
				}
			}
		}

		yield* toResources(aws, changed());
		yield {yields: 'watermark', watermark: aws.startedAt};
	},
});
