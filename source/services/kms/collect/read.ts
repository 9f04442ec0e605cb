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

// What takes no encryption context is free of constraints that ask for one.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html
const withoutContext = new Set(['DescribeKey', 'GetPublicKey', 'RetireGrant']);

/** Whether a grant gives an operation within bounds only. */
const isBound = ({Constraints: constraints = {}}: Jsonified<GrantListEntry>, operation: string): boolean => {
	const {SourceArn: source, ...contexts} = constraints;
	return source !== undefined || (Object.keys(contexts).length > 0 && !withoutContext.has(operation));
};

/** Grants by principal: a key in use by EBS has one for each volume, and they say the same. */
export const toGrantees = (
	pages: ReadonlyArray<{readonly Grants?: ReadonlyArray<Jsonified<GrantListEntry>> | undefined}>,
): readonly Grantee[] => {
	const grantees = new Map<string, {grants: number; isService: boolean; free: Set<string>; bound: Set<string>}>();
	for (const grant of pages.flatMap(({Grants: grants = []}) => grants)) {
		const principal = grant.GranteePrincipal ?? grant.GranteeServicePrincipal ?? '';
		const known = grantees.get(principal) ?? {grants: 0, isService: false, free: new Set<string>(), bound: new Set<string>()};
		known.grants++;
		known.isService ||= grant.GranteeServicePrincipal !== undefined;
		for (const operation of grant.Operations ?? []) {
			(isBound(grant, operation) ? known.bound : known.free).add(operation);
		}

		grantees.set(principal, known);
	}

	return [...grantees]
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([principal, {grants, isService, free, bound}]) => {
			const constrainedOperations = [...bound].filter(operation => !free.has(operation)).sort();
			return {
				principal,
				grants,
				isService,
				operations: [...free, ...constrainedOperations].sort(),
				...(constrainedOperations.length > 0 && {constrainedOperations}),
			};
		});
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
