import type {
	CustomKeyStoresListEntry,
	GrantListEntry,
	KeyLastUsageTrackingOperation,
	KeyManagerType,
	KeySpec,
	KeyState,
	KeyUsageType,
	OriginType,
	RotationsListEntry,
	Tag,
} from '@aws-sdk/client-kms';
import type {DenialReason} from '../endpoint/aws-error.js';
import {random} from '../endpoint/random.js';
import type {Place} from '../scenarios/scenario.js';

/** One key material, oldest first. `KeyId` and the state are filled in by the mock. */
export type KmsMaterial = Omit<RotationsListEntry, 'KeyId' | 'KeyMaterialId'> & {readonly KeyMaterialId: string};

export type KmsMultiRegion = {
	readonly type: 'PRIMARY' | 'REPLICA';
	readonly primaryRegion: string;
	readonly replicaRegions: readonly string[];
};

/** What KMS knows of a key. What follows from it (`Enabled`, algorithms, ARNs) the mock works out. */
export type KmsKey = {
	readonly keyId: string;
	readonly creationDate: Date;
	manager: KeyManagerType;
	description: string;
	spec: KeySpec;
	usage: KeyUsageType;
	origin: OriginType;
	state: KeyState;
	/** In `PendingDeletion` only. */
	deletionDate?: Date | undefined;
	/** In `PendingReplicaDeletion` only. */
	pendingDeletionWindowInDays?: number | undefined;
	multiRegion?: KmsMultiRegion | undefined;
	/** Present while automatic rotation is on. */
	rotation?: {readonly periodInDays: number; readonly nextRotationDate: Date; readonly onDemandStartDate?: Date} | undefined;
	materials: readonly KmsMaterial[];
	/** The key policy document as KMS stores it: text, not always tidy. */
	policy: string;
	tags: readonly Tag[];
	grants: ReadonlyArray<Omit<GrantListEntry, 'KeyId'>>;
	lastUsage?: {readonly operation: KeyLastUsageTrackingOperation; readonly at: Date; readonly eventId: string} | undefined;
	/** From when KMS recorded uses; the creation date where that is later. */
	trackingStartDate: Date;
	customKeyStoreId?: string;
	cloudHsmClusterId?: string;
	xksKeyId?: string;
	/** Operations that the key policy refuses us, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type KmsAlias = {
	/** With the prefix: `alias/prod/payments`. */
	readonly name: string;
	/** Absent on an alias that AWS reserved and no service has used yet. */
	readonly targetKeyId?: string | undefined;
	readonly creationDate?: Date | undefined;
	readonly lastUpdatedDate?: Date | undefined;
};

export type KmsState = {
	keys: KmsKey[];
	aliases: KmsAlias[];
	/** Absent where there are none. */
	keyStores?: readonly CustomKeyStoresListEntry[];
};

/** Keys by their alias; a name that begins with `~` is of a key without one. */
export type NamedKeys = ReadonlyArray<readonly [name: string, key: KmsKey]>;

export const rootStatement = (partition: string, accountId: string): object => ({
	Sid: 'Enable IAM User Permissions',
	Effect: 'Allow',
	Principal: {AWS: `arn:${partition}:iam::${accountId}:root`},
	Action: 'kms:*',
	Resource: '*',
});

/** The default key policy, with further statements. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
export const keyPolicy = (place: {readonly partition: string; readonly accountId: string}, ...statements: readonly object[]): string =>
	JSON.stringify(
		{Version: '2012-10-17', Id: 'key-default-1', Statement: [rootStatement(place.partition, place.accountId), ...statements]},
		null,
		2,
	);

const rotates = (spec: KeySpec, origin: OriginType): boolean =>
	spec === 'SYMMETRIC_DEFAULT' && (origin === 'AWS_KMS' || origin === 'EXTERNAL');

/**
 * A customer managed symmetric key in good order, 400 days old, rotated yearly, used an hour ago; `facts` say what differs.
 * `name` seeds its ids, so that adding a key changes no other.
 */
export const kmsKey = (
	place: Place,
	name: string,
	facts: Partial<KmsKey> & {readonly ageDays?: number; readonly rotationOff?: true} = {},
): KmsKey => {
	const {ageDays = 400, rotationOff, ...rest} = facts;
	const chance = place.random(`kms/${name}`);
	const keyId = rest.multiRegion === undefined ? chance.uuid() : `mrk-${multiRegionId(place, name)}`;
	const spec = rest.spec ?? 'SYMMETRIC_DEFAULT';
	const origin = rest.origin ?? 'AWS_KMS';
	const creationDate = place.daysAgo(ageDays);
	const automatic = spec === 'SYMMETRIC_DEFAULT' && origin === 'AWS_KMS' && rotationOff !== true;
	const rounds = automatic ? Math.floor(ageDays / 365) : 0;
	// Related multi-Region keys share their materials, which are therefore seeded without the Region.
	const material = rest.multiRegion === undefined ? chance : random(`${place.accountId}/${name}/material`);
	const materials: KmsMaterial[] = [];
	if (rotates(spec, origin)) {
		for (let round = 0; round <= rounds; round++) {
			materials.push({
				KeyMaterialId: material.hex(64),
				KeyMaterialState: round === rounds ? 'CURRENT' : 'NON_CURRENT',
				...(origin === 'EXTERNAL' && {ImportState: 'IMPORTED' as const, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' as const}),
				...(round > 0 && {RotationDate: place.daysAgo(ageDays - round * 365), RotationType: 'AUTOMATIC' as const}),
			});
		}
	}
	return {
		keyId,
		creationDate,
		manager: 'CUSTOMER',
		description: '',
		spec,
		usage: 'ENCRYPT_DECRYPT',
		origin,
		state: 'Enabled',
		rotation: automatic ? {periodInDays: 365, nextRotationDate: place.inDays((rounds + 1) * 365 - ageDays)} : undefined,
		materials,
		policy: keyPolicy(place),
		tags: [],
		grants: [],
		lastUsage: {operation: 'Decrypt', at: place.minutesAgo(chance.between(2, 90)), eventId: chance.uuid()},
		// KMS records last use since a date of its own for keys that are older.
		trackingStartDate: place.daysAgo(Math.min(ageDays, 240)),
		refused: {},
		...rest,
	};
};

/** The related keys of a multi-Region key share their id: it is seeded without the Region. */
export const multiRegionId = (place: Place, name: string): string => random(`${place.accountId}/${name}`).hex(32);

/** An alias as old as its key. */
export const kmsAlias = (name: string, key: KmsKey): KmsAlias => ({
	name: `alias/${name}`,
	targetKeyId: key.keyId,
	creationDate: key.creationDate,
	lastUpdatedDate: key.creationDate,
});

const awsManagedPolicy = (place: Place, service: string): string =>
	JSON.stringify({
		Version: '2012-10-17',
		Id: `auto-${service}-2`,
		Statement: [
			{
				Sid: `Allow access through ${service} for all principals in the account that are authorized to use ${service}`,
				Effect: 'Allow',
				Principal: {AWS: '*'},
				Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
				Resource: '*',
				Condition: {
					StringEquals: {'kms:CallerAccount': place.accountId, 'kms:ViaService': `${service}.${place.awsRegion}.amazonaws.com`},
				},
			},
			{
				Sid: 'Allow direct access to key metadata to the account',
				Effect: 'Allow',
				Principal: {AWS: `arn:${place.partition}:iam::${place.accountId}:root`},
				Action: ['kms:Describe*', 'kms:Get*', 'kms:List*', 'kms:RevokeGrant'],
				Resource: '*',
			},
		],
	});

/** The key that a service made for itself in this account. https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key */
export const awsManagedKey = (place: Place, service: string, protects: string): KmsKey =>
	kmsKey(place, `aws/${service}`, {
		ageDays: 1200,
		manager: 'AWS',
		description: `Default key that protects my ${protects} when no other key is defined`,
		policy: awsManagedPolicy(place, service),
	});

/** Aliases that AWS reserved and that no service has used yet: they have no key, and no dates. */
export const reservedAliases: readonly KmsAlias[] = ['acm', 'backup', 'dynamodb', 'lambda', 'redshift', 'ssm'].map(service => ({
	name: `alias/aws/${service}`,
}));

/** A grant of the kind that services and applications make. */
export const kmsGrant = (place: Place, name: string, facts: KmsKey['grants'][number]): KmsKey['grants'][number] => ({
	GrantId: place.random(`grant/${name}`).hex(64),
	IssuingAccount: `arn:${place.partition}:iam::${place.accountId}:root`,
	CreationDate: place.daysAgo(40),
	Operations: ['Decrypt', 'GenerateDataKey'],
	...facts,
});
