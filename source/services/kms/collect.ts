import {
	type AliasListEntry,
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	type GetKeyLastUsageResponse,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	type GetKeyRotationStatusResponse,
	type GrantListEntry,
	type KeyMetadata,
	KMSClient,
	ListAliasesCommand,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	ListKeysCommand,
	ListResourceTagsCommand,
	type MultiRegionKey,
	type RotationsListEntry,
	type Tag,
} from '@aws-sdk/client-kms';
import {type Aws, dayMs, defineCollector, type Facts, hourMs, type Jsonified, msBetween, type Resource} from '../../model/index.js';
import type {Grantee, Key, LastUsage, Material, RelatedKey, Rotation} from './key.js';

const commands = {
	ListKeys: ListKeysCommand,
	ListAliases: ListAliasesCommand,
	DescribeKey: DescribeKeyCommand,
	GetKeyRotationStatus: GetKeyRotationStatusCommand,
	GetKeyPolicy: GetKeyPolicyCommand,
	ListGrants: ListGrantsCommand,
	ListKeyRotations: ListKeyRotationsCommand,
	GetKeyLastUsage: GetKeyLastUsageCommand,
	ListResourceTags: ListResourceTagsCommand,
};
type Commands = typeof commands;

const toRelated = ({Arn: arn, Region: awsRegion}: Jsonified<MultiRegionKey>): readonly RelatedKey[] =>
	arn === undefined || awsRegion === undefined ? [] : [{arn, awsRegion}];

const toKey = (metadata: Jsonified<KeyMetadata>): Key => {
	const multiRegion = metadata.MultiRegionConfiguration;
	return {
		description: metadata.Description,
		keyManager: metadata.KeyManager,
		keyState: metadata.KeyState,
		keySpec: metadata.KeySpec,
		keyUsage: metadata.KeyUsage,
		origin: metadata.Origin,
		creationDate: metadata.CreationDate,
		deletionDate: metadata.DeletionDate,
		pendingDeletionWindowInDays: metadata.PendingDeletionWindowInDays,
		validTo: metadata.ValidTo,
		expirationModel: metadata.ExpirationModel,
		customKeyStoreId: metadata.CustomKeyStoreId,
		cloudHsmClusterId: metadata.CloudHsmClusterId,
		multiRegion: multiRegion && {
			type: multiRegion.MultiRegionKeyType ?? '',
			primary: multiRegion.PrimaryKey && toRelated(multiRegion.PrimaryKey)[0],
			replicas: (multiRegion.ReplicaKeys ?? []).flatMap(toRelated),
		},
	};
};

/** Aliases by key id. Predefined ones that no service has used yet have no key behind them. */
const toNames = (pages: ReadonlyArray<{readonly Aliases?: ReadonlyArray<Jsonified<AliasListEntry>> | undefined}>) => {
	const names = new Map<string, string[]>();
	for (const {AliasName: name, TargetKeyId: keyId} of pages.flatMap(({Aliases: aliases = []}) => aliases)) {
		if (name !== undefined && keyId !== undefined) {
			const known = names.get(keyId) ?? [];
			known.push(name);
			names.set(keyId, known.sort());
		}
	}

	return names;
};

const toRotation = (status: Jsonified<GetKeyRotationStatusResponse>): Rotation => ({
	enabled: status.KeyRotationEnabled === true,
	periodInDays: status.RotationPeriodInDays,
	nextRotationDate: status.NextRotationDate,
	onDemandRotationStartDate: status.OnDemandRotationStartDate,
});

const toMaterials = (
	pages: ReadonlyArray<{readonly Rotations?: ReadonlyArray<Jsonified<RotationsListEntry>> | undefined}>,
): readonly Material[] =>
	pages
		.flatMap(({Rotations: rotations = []}) => rotations)
		.map(rotation => ({
			keyMaterialState: rotation.KeyMaterialState,
			importState: rotation.ImportState,
			validTo: rotation.ValidTo,
			rotationDate: rotation.RotationDate,
			rotationType: rotation.RotationType,
		}));

/** Grants by principal: a key in use by EBS has one for each volume, and they say the same. */
const toGrantees = (pages: ReadonlyArray<{readonly Grants?: ReadonlyArray<Jsonified<GrantListEntry>> | undefined}>): readonly Grantee[] => {
	const grantees = new Map<string, {grants: number; isService: boolean; operations: Set<string>; constrained: boolean}>();
	for (const grant of pages.flatMap(({Grants: grants = []}) => grants)) {
		const principal = grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? '';
		const known = grantees.get(principal) ?? {grants: 0, isService: false, operations: new Set<string>(), constrained: true};
		known.grants++;
		known.isService ||= grant.GranteeServicePrincipal !== undefined;
		known.constrained &&= Object.keys(grant.Constraints ?? {}).length > 0;
		for (const operation of grant.Operations ?? []) {
			known.operations.add(operation);
		}

		grantees.set(principal, known);
	}

	return [...grantees]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([principal, {operations, ...rest}]) => ({principal, ...rest, operations: [...operations].sort()}));
};

const toLastUsage = (answer: Jsonified<GetKeyLastUsageResponse>): LastUsage => ({
	usedAt: answer.KeyLastUsage?.Timestamp,
	operation: answer.KeyLastUsage?.Operation,
	trackedSince: answer.TrackingStartDate,
	createdAt: answer.KeyCreationDate,
});

const toTags = (pages: ReadonlyArray<{readonly Tags?: ReadonlyArray<Jsonified<Tag>> | undefined}>): Readonly<Record<string, string>> =>
	Object.fromEntries(
		pages
			.flatMap(({Tags: tags = []}) => tags)
			.flatMap(({TagKey: name, TagValue: value}) => (name === undefined ? [] : [[name, value ?? ''] as const]))
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	);

type Listed = {readonly keyId: string; readonly arn: string};

// A key that is about to become unusable, or already is, is looked at with every refresh.
const watchedDays = 14;

const isUnsettled = ({keyState, validTo, deletionDate}: Key, now: string): boolean =>
	keyState !== 'Enabled' || deletionDate !== undefined || (validTo !== undefined && msBetween(now, validTo) < watchedDays * dayMs);

/**
 * How old a key's state may be. KMS bills requests, describing included, and has no way to ask what changed: small
 * accounts are read with every refresh, large ones at about a call a second and at the latest after 15 minutes.
 * https://aws.amazon.com/kms/pricing/
 */
const stateFreshForMs = (keys: number): number => Math.min(keys * 1000, hourMs / 4);

const listKeys = async (aws: Aws<Commands>): Promise<readonly Listed[]> => {
	const listed: Listed[] = [];
	for await (const {Keys: keys = []} of aws.pages('ListKeys', {Limit: 1000})) {
		for (const {KeyId: keyId, KeyArn: arn} of keys) {
			if (keyId !== undefined && arn !== undefined) {
				listed.push({keyId, arn});
			}
		}
	}

	return listed;
};

const describe = async (facts: Facts<Commands>, {keyId}: Listed, freshForMs: number, now: string): Promise<Key | null | undefined> => {
	// Only ever an id from ListKeys: describing `alias/aws/…` may create the AWS managed key behind it.
	// https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
	const ask = async (maximumAgeMs: number) =>
		facts.attempt('DescribeKey', {KeyId: keyId}, {freshForMs: maximumAgeMs, absent: ['NotFoundException']});
	const answer = await ask(freshForMs);
	if (!answer?.KeyMetadata) {
		return answer === null ? null : undefined;
	}

	const key = toKey(answer.KeyMetadata);
	// Asked again at once, this costs a call only where the answer came from the cache.
	const current = isUnsettled(key, now) ? await ask(Math.min(freshForMs, 60_000)) : answer;
	return current?.KeyMetadata ? toKey(current.KeyMetadata) : current === null ? null : undefined;
};

/** What only customer managed keys have, or what costs nothing to leave alone on AWS managed ones. */
const readCustomerKey = async (facts: Facts<Commands>, {keyId}: Listed, key: Key, now: string) => {
	const {keyState = '', keySpec, origin, multiRegion} = key;
	const unsettled = isUnsettled(key, now);
	const dying = keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';
	const symmetric = keySpec === 'SYMMETRIC_DEFAULT';
	const absent = ['UnsupportedOperationException'];
	const rotates = symmetric && origin === 'AWS_KMS' && keyState === 'Enabled' && multiRegion?.type !== 'REPLICA';
	const hasMaterials = symmetric && (origin === 'AWS_KMS' || origin === 'EXTERNAL') && keyState !== 'Creating' && !dying;

	const [rotation, materials, policy, grants, usage, tags] = await Promise.all([
		rotates ? facts.attempt('GetKeyRotationStatus', {KeyId: keyId}, {absent}) : undefined,
		hasMaterials
			? facts.attemptPages(
					'ListKeyRotations',
					{KeyId: keyId, Limit: 1000, ...(origin === 'EXTERNAL' && {IncludeKeyMaterial: 'ALL_KEY_MATERIAL'})},
					{absent, ...(unsettled && {freshForMs: hourMs})},
				)
			: undefined,
		facts.attempt('GetKeyPolicy', {KeyId: keyId}),
		facts.attemptPages('ListGrants', {KeyId: keyId, Limit: 100}),
		facts.attempt('GetKeyLastUsage', {KeyId: keyId}, unsettled ? {freshForMs: hourMs} : {}),
		facts.attemptPages('ListResourceTags', {KeyId: keyId, Limit: 50}),
	]);
	return {
		tags: toTags(tags ?? []),
		configuration: {
			...key,
			rotation: rotation && toRotation(rotation),
			materials: materials && toMaterials(materials),
			policy: policy?.Policy,
			grantees: grants ? toGrantees(grants) : undefined,
			lastUsage: usage ? toLastUsage(usage) : undefined,
		} satisfies Key,
	};
};

export const collector = defineCollector({
	client: KMSClient,
	commands,
	async *full(aws) {
		const listing = aws.facts();
		const [listed, aliases] = await Promise.all([listKeys(aws), listing.attemptPages('ListAliases', {Limit: 100})]);
		const names = aliases ? toNames(aliases) : undefined;
		const freshForMs = stateFreshForMs(listed.length);

		const read = async (one: Listed): Promise<Resource<Key> | undefined> => {
			const facts = aws.facts();
			const key = await describe(facts, one, freshForMs, aws.startedAt);
			if (key === null) {
				// Deleted since it was listed.
				return undefined;
			}

			if (key !== undefined && key.keyManager !== 'AWS' && key.keyManager !== 'CUSTOMER') {
				facts.missing('DescribeKey', 'a KeyManager that is AWS or CUSTOMER');
			}

			const {tags, configuration} =
				key?.keyManager === 'CUSTOMER' ? await readCustomerKey(facts, one, key, aws.startedAt) : {tags: {}, configuration: key ?? {}};
			const own = names?.get(one.keyId) ?? (names && []);
			return {
				arn: one.arn,
				resourceType: 'AWS::KMS::Key',
				resourceId: one.keyId,
				resourceName: own?.[0]?.replace(/^alias\//u, '') ?? one.keyId,
				accountId: aws.accountId,
				awsRegion: aws.awsRegion,
				tags,
				configuration: {aliases: own, ...configuration},
				unread: {...listing.unread, ...facts.unread},
				readAt: facts.readAt,
			};
		};

		for await (const resource of aws.each(listed, read)) {
			if (resource !== undefined) {
				yield {yields: 'resource', resource};
			}
		}

		yield {yields: 'complete', of: 'AWS::KMS::Key'};
	},
});
