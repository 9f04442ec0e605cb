import {type Facts, hourMs, type Resource} from '../../../model/index.js';
import {type Snapshot, snapshotType} from '../rules/snapshot.js';
import type {Commands, Ec2, Output} from './commands.js';
import {type Listed, list, only, present, resourceOf, toTags} from './listing.js';
import type {SettingsRead} from './settings.js';

type Entry = NonNullable<Output<'DescribeSnapshots'>['Snapshots']>[number];
export type Snapshots = Listed<Entry>;

const allOf = async (facts: Facts<Commands>, restorableBy?: string): Promise<readonly Entry[] | undefined> => {
	const pages = await facts.attemptPages('DescribeSnapshots', {
		OwnerIds: ['self'],
		MaxResults: 1000,
		...(restorableBy !== undefined && {RestorableByUserIds: [restorableBy]}),
	});
	return pages?.flatMap(({Snapshots = []}) => Snapshots);
};

export const listSnapshots = async (aws: Ec2): Promise<Snapshots> =>
	list(
		aws,
		'DescribeSnapshots',
		async facts => allOf(facts),
		({SnapshotId}) => SnapshotId,
		'SnapshotId',
	);

/** Those of the account that everyone may restore: one listing, however many snapshots there are. */
export const listPublicSnapshots = async (aws: Ec2): Promise<Snapshots> =>
	list(
		aws,
		'DescribeSnapshots',
		async facts => allOf(facts, 'all'),
		({SnapshotId}) => SnapshotId,
		'SnapshotId',
	);

// Who something is shared with takes a call to know. Where it is shared somebody may be mending it, and is asked again sooner.
export const sharedFreshForMs = hourMs;

const readShares = async (facts: Facts<Commands>, id: string) => {
	const ask = async (options: {readonly freshForMs?: number} = {}) =>
		facts.attempt(
			'DescribeSnapshotAttribute',
			{SnapshotId: id, Attribute: 'createVolumePermission'},
			{...options, absent: ['InvalidSnapshot.NotFound']},
		);
	const first = await ask();
	const answer = first?.CreateVolumePermissions?.length ? await ask({freshForMs: sharedFreshForMs}) : first;
	if (!answer) {
		return answer;
	}

	const permissions = answer.CreateVolumePermissions ?? [];
	if (permissions.some(({UserId, Group}) => UserId === undefined && Group !== 'all')) {
		facts.missing('DescribeSnapshotAttribute', 'an account or group that this version knows in a permission');
		return undefined;
	}

	return {
		isPublic: permissions.some(({Group}) => Group === 'all'),
		sharedWith: [...new Set(permissions.flatMap(({UserId}) => UserId ?? []))].sort(),
	};
};

/** By CopySnapshot, unless it was given a description. */
const copiedFrom = (description: string | undefined): Snapshot['copiedFrom'] => {
	const [, snapshotId, awsRegion] = /^\[Copied (snap-[0-9a-f]+) from ([a-z0-9-]+)\]/u.exec(description ?? '') ?? [];
	return snapshotId === undefined || awsRegion === undefined ? undefined : {snapshotId, awsRegion};
};

export type SnapshotContext = {
	readonly settings: SettingsRead;
	readonly publicOnes: Snapshots;
	readonly publicIds: ReadonlySet<string>;
	/** The account's AMIs by the snapshots that they start from; absent where they could not all be listed. */
	readonly imagesBySnapshot: ReadonlyMap<string, readonly string[]> | undefined;
};

/** Undefined where it is gone since it was listed. */
export const snapshotResource = async (
	aws: Ec2,
	{id, item}: {readonly id: string; readonly item: Entry},
	{settings, publicOnes, publicIds, imagesBySnapshot}: SnapshotContext,
): Promise<Resource<Snapshot> | undefined> => {
	const facts = aws.facts();
	const shares = await readShares(facts, id);
	if (shares === null) {
		return undefined;
	}

	// The listing is of this moment, the permissions may be hours old: they count where the listing lacks some.
	const isPublic = publicIds.has(id) || (publicOnes.isWhole ? false : shares?.isPublic === true ? true : undefined);
	const isSharedEncrypted = item.Encrypted === true && (isPublic === true || (shares?.sharedWith.length ?? 0) > 0);
	const {snapshotBlockPublicAccess, defaultKmsKeyId} = settings.configuration;
	return resourceOf<Snapshot>(aws, {
		// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html : without an account.
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}::snapshot/${id}`,
		resourceType: snapshotType,
		resourceId: id,
		tags: toTags(item.Tags),
		configuration: present({
			description: item.Description || undefined,
			volumeId: item.VolumeId,
			state: item.State,
			startedAt: item.StartTime,
			sizeGiB: item.VolumeSize,
			encrypted: item.Encrypted,
			kmsKeyId: item.KmsKeyId,
			ownerId: item.OwnerId,
			storageTier: item.StorageTier,
			restoreExpiresAt: item.RestoreExpiryTime,
			copiedFrom: copiedFrom(item.Description),
			imageIds: imagesBySnapshot && (imagesBySnapshot.get(id) ?? []),
			public: isPublic,
			blockPublicAccess: isPublic === true ? snapshotBlockPublicAccess : undefined,
			sharedWith: shares?.sharedWith,
			defaultKmsKeyId: isSharedEncrypted ? defaultKmsKeyId : undefined,
		}),
		unread: {
			...publicOnes.unread,
			...(isPublic === true && only(settings.unread, 'GetSnapshotBlockPublicAccessState')),
			...(isSharedEncrypted && only(settings.unread, 'GetEbsDefaultKmsKeyId')),
			...facts.unread,
		},
		readAt: facts.readAt,
	});
};
