import type {
	AliasListEntry,
	CustomKeyStoresListEntry,
	GetKeyLastUsageResponse,
	GetKeyRotationStatusResponse,
	GrantListEntry,
	KeyMetadata,
	MultiRegionKey,
	RotationsListEntry,
} from '@aws-sdk/client-kms';
import type {Jsonified} from '../../../model/index.js';
import type {Grantee, Key, KeyStore, LastUsage, Material, RelatedKey, Rotation} from '../rules/key.js';

const toRelated = ({Arn: arn, Region: awsRegion}: Jsonified<MultiRegionKey>): readonly RelatedKey[] =>
	arn === undefined || awsRegion === undefined ? [] : [{arn, awsRegion}];

export const toKey = (metadata: Jsonified<KeyMetadata>): Key => {
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

/** Whether a multi-Region key is described without what tells its part and its relatives: none of that may pass for none. */
export const isTornMultiRegion = ({MultiRegion: isMultiRegion, MultiRegionConfiguration: configuration}: Jsonified<KeyMetadata>): boolean =>
	isMultiRegion === true &&
	(configuration?.MultiRegionKeyType === undefined ||
		configuration.ReplicaKeys === undefined ||
		configuration.ReplicaKeys.some(replica => toRelated(replica).length === 0));

/** Aliases by key id. Predefined ones that no service has used yet have no key behind them. */
export const toNames = (pages: ReadonlyArray<{readonly Aliases?: ReadonlyArray<Jsonified<AliasListEntry>> | undefined}>) => {
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

export const toRotation = (status: Jsonified<GetKeyRotationStatusResponse>): Rotation => ({
	enabled: status.KeyRotationEnabled === true,
	periodInDays: status.RotationPeriodInDays,
	nextRotationDate: status.NextRotationDate,
	onDemandRotationStartDate: status.OnDemandRotationStartDate,
});

export const toMaterials = (
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

/** Whether a grant does not say to whom it was given. */
export const isNamelessGrant = (grant: Jsonified<GrantListEntry>): boolean =>
	grant.GranteePrincipal === undefined && grant.GranteeServicePrincipal === undefined;

/** Grants by principal: a key in use by EBS has one for each volume, and they say the same. */
export const toGrantees = (
	pages: ReadonlyArray<{readonly Grants?: ReadonlyArray<Jsonified<GrantListEntry>> | undefined}>,
): readonly Grantee[] => {
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

export const toLastUsage = (answer: Jsonified<GetKeyLastUsageResponse>): LastUsage => ({
	usedAt: answer.KeyLastUsage?.Timestamp,
	operation: answer.KeyLastUsage?.Operation,
	trackedSince: answer.TrackingStartDate,
	createdAt: answer.KeyCreationDate,
});

/** By the id that keys have of their store. */
export const toKeyStores = (
	pages: ReadonlyArray<{readonly CustomKeyStores?: ReadonlyArray<Jsonified<CustomKeyStoresListEntry>> | undefined}>,
): ReadonlyMap<string, KeyStore> =>
	new Map(
		pages
			.flatMap(({CustomKeyStores: stores = []}) => stores)
			.flatMap(store =>
				store.CustomKeyStoreId === undefined
					? []
					: [
							[
								store.CustomKeyStoreId,
								{
									name: store.CustomKeyStoreName,
									connectionState: store.ConnectionState,
									connectionErrorCode: store.ConnectionErrorCode,
								},
							] as const,
						],
			),
	);
