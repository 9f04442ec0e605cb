import {
	ConnectionErrorCodeType,
	ConnectionStateType,
	DescribeCustomKeyStoresCommand,
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	type KeyMetadata,
	KeySpec,
	KeyState,
	KeyUsageType,
	ListAliasesCommand,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	ListKeysCommand,
	OriginType,
} from '@aws-sdk/client-kms';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {algorithmsOf} from './kms-algorithms.js';
import type {KmsKey, KmsState} from './kms-state.js';

// Behaviour is that of https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html, states that of
// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html.

type Kms = Context<KmsState>;

const arnOf = (key: KmsKey, context: Kms): string => context.arn(`key/${key.keyId}`);

/** The key that an id, an ARN or, where the operation takes them, an alias names; refuses what the key policy refuses. */
const keyOf = (named: string | undefined, context: Kms, aliases: 'by alias too' | 'no alias' = 'no alias'): KmsKey => {
	let id = named ?? '';
	if (id.startsWith('arn:')) {
		const own = context.arn('');
		// A foreign account's key answers as one that we may not see: https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
		if (!id.startsWith(own)) {
			if (!/^arn:[\w-]+:kms:[\w-]+:\d{12}:(?:key|alias)\/./u.test(id)) throw new AwsError('InvalidArnException', `Invalid arn ${id}`);
			if (id.split(':')[3] !== context.awsRegion) throw new AwsError('NotFoundException', `Invalid arn ${id.split(':')[3]}`);
			throw context.denied(id, 'no-resource-based-policy');
		}
		id = id.slice(own.length).replace(/^key\//u, '');
	}
	if (id.startsWith('alias/')) {
		if (aliases === 'no alias') throw new AwsError('NotFoundException', `Invalid keyId '${named}'`);
		const alias = context.state.aliases.find(one => one.name === id);
		if (alias?.targetKeyId === undefined) throw new AwsError('NotFoundException', `Alias ${context.arn(id)} is not found.`);
		id = alias.targetKeyId;
	}
	const key = context.state.keys.find(one => one.keyId === id);
	if (key === undefined) {
		const shaped = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u.test(id);
		throw new AwsError('NotFoundException', shaped ? `Key '${context.arn(`key/${id}`)}' does not exist` : `Invalid keyId '${id}'`);
	}
	const reason = key.refused[context.operation];
	if (reason !== undefined) throw context.denied(arnOf(key, context), reason);
	return key;
};

/** Only symmetric encryption keys whose material KMS made or took in can rotate at all. */
const canRotate = (key: KmsKey): boolean => key.spec === 'SYMMETRIC_DEFAULT' && (key.origin === 'AWS_KMS' || key.origin === 'EXTERNAL');

const metadataOf = (key: KmsKey, context: Kms): KeyMetadata => {
	const regional = (awsRegion: string): {Arn: string; Region: string} => ({
		Arn: context.arn(`key/${key.keyId}`).replace(`:${context.awsRegion}:`, `:${awsRegion}:`),
		Region: awsRegion,
	});
	const expiries = key.materials.flatMap(material =>
		material.ValidTo !== undefined && material.KeyMaterialState !== 'PENDING_ROTATION' ? [material.ValidTo] : [],
	);
	const earliest = expiries.toSorted((a, b) => a.getTime() - b.getTime())[0];
	return {
		AWSAccountId: context.accountId,
		KeyId: key.keyId,
		Arn: arnOf(key, context),
		CreationDate: key.creationDate,
		Enabled: key.state === 'Enabled',
		Description: key.description,
		KeyUsage: key.usage,
		KeyState: key.state,
		...(key.state === 'PendingDeletion' && {DeletionDate: key.deletionDate}),
		...(key.state === 'PendingReplicaDeletion' && {PendingDeletionWindowInDays: key.pendingDeletionWindowInDays}),
		...(key.origin === 'EXTERNAL' &&
			key.materials.length > 0 && {
				ExpirationModel: earliest === undefined ? ('KEY_MATERIAL_DOES_NOT_EXPIRE' as const) : ('KEY_MATERIAL_EXPIRES' as const),
				...(earliest !== undefined && {ValidTo: earliest}),
			}),
		Origin: key.origin,
		...(key.customKeyStoreId !== undefined && {CustomKeyStoreId: key.customKeyStoreId}),
		...(key.cloudHsmClusterId !== undefined && {CloudHsmClusterId: key.cloudHsmClusterId}),
		...(key.xksKeyId !== undefined && {XksKeyConfiguration: {Id: key.xksKeyId}}),
		KeyManager: key.manager,
		KeySpec: key.spec,
		// "The KeySpec and CustomerMasterKeySpec fields have the same value", though the older type never learned the newer specs.
		CustomerMasterKeySpec: key.spec as KeyMetadata['CustomerMasterKeySpec'],
		...algorithmsOf(key.spec, key.usage),
		MultiRegion: key.multiRegion !== undefined,
		...(key.multiRegion !== undefined && {
			MultiRegionConfiguration: {
				MultiRegionKeyType: key.multiRegion.type,
				PrimaryKey: regional(key.multiRegion.primaryRegion),
				ReplicaKeys: key.multiRegion.replicaRegions.map(regional),
			},
		}),
		...(canRotate(key) && {CurrentKeyMaterialId: key.materials.find(material => material.KeyMaterialState === 'CURRENT')?.KeyMaterialId}),
	};
};

const unsupported = (key: KmsKey, context: Kms): AwsError =>
	new AwsError(
		'UnsupportedOperationException',
		key.spec === 'SYMMETRIC_DEFAULT'
			? `${arnOf(key, context)} origin is ${key.origin} which is not valid for this operation.`
			: `${arnOf(key, context)} key spec is ${key.spec} which is not valid for this operation.`,
	);

export const kms = defineMockService({
	id: 'kms',
	signingName: 'kms',
	protocol: {name: 'awsJson1.1', target: 'TrentService'},
	errors: {invalidToken: 'InvalidMarkerException'},
	enums: [KeyState, KeySpec, KeyUsageType, OriginType, ConnectionStateType, ConnectionErrorCodeType],
	empty: (): KmsState => ({keys: [], aliases: []}),
	commands: {
		ListKeys: ListKeysCommand,
		ListAliases: ListAliasesCommand,
		DescribeKey: DescribeKeyCommand,
		GetKeyRotationStatus: GetKeyRotationStatusCommand,
		GetKeyPolicy: GetKeyPolicyCommand,
		ListGrants: ListGrantsCommand,
		ListKeyRotations: ListKeyRotationsCommand,
		GetKeyLastUsage: GetKeyLastUsageCommand,
		DescribeCustomKeyStores: DescribeCustomKeyStoresCommand,
	},
	handlers: {
		ListKeys: (input, context) => {
			const {page, token} = context.paginate(context.state.keys, input, {
				token: 'Marker',
				limit: 'Limit',
				defaultLimit: 100,
				maximumLimit: 1000,
			});
			return {
				Keys: page.map(key => ({KeyId: key.keyId, KeyArn: arnOf(key, context)})),
				Truncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
			};
		},

		ListAliases: (input, context) => {
			const key = input.KeyId === undefined ? undefined : keyOf(input.KeyId, context);
			const wanted = key === undefined ? context.state.aliases : context.state.aliases.filter(alias => alias.targetKeyId === key.keyId);
			const {page, token} = context.paginate(wanted, input, {token: 'Marker', limit: 'Limit', defaultLimit: 50, maximumLimit: 100});
			return {
				Aliases: page.map(alias => ({
					AliasName: alias.name,
					AliasArn: context.arn(alias.name),
					...(alias.targetKeyId !== undefined && {TargetKeyId: alias.targetKeyId}),
					...(alias.creationDate !== undefined && {CreationDate: alias.creationDate}),
					...(alias.lastUpdatedDate !== undefined && {LastUpdatedDate: alias.lastUpdatedDate}),
				})),
				Truncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
			};
		},

		DescribeKey: (input, context) => ({KeyMetadata: metadataOf(keyOf(input.KeyId, context, 'by alias too'), context)}),

		GetKeyRotationStatus: (input, context) => {
			const key = keyOf(input.KeyId, context);
			if (key.spec !== 'SYMMETRIC_DEFAULT' || key.origin !== 'AWS_KMS') throw unsupported(key, context);
			if (key.state === 'Creating') throw new AwsError('KMSInvalidStateException', `${arnOf(key, context)} is creating.`);
			// "While a KMS key is pending deletion, its key rotation status is false"; cancelling brings it back.
			const dying = key.state === 'PendingDeletion' || key.state === 'PendingReplicaDeletion';
			if (key.rotation === undefined || dying) return {KeyId: key.keyId, KeyRotationEnabled: false};
			return {
				KeyId: key.keyId,
				KeyRotationEnabled: true,
				RotationPeriodInDays: key.rotation.periodInDays,
				NextRotationDate: key.rotation.nextRotationDate,
				...(key.rotation.onDemandStartDate !== undefined && {OnDemandRotationStartDate: key.rotation.onDemandStartDate}),
			};
		},

		GetKeyPolicy: (input, context) => {
			const key = keyOf(input.KeyId, context);
			if ((input.PolicyName ?? 'default') !== 'default') throw new AwsError('NotFoundException', 'No such policy exists');
			return {Policy: key.policy, PolicyName: 'default'};
		},

		ListGrants: (input, context) => {
			const key = keyOf(input.KeyId, context);
			if (input.GranteePrincipal !== undefined && input.GranteeServicePrincipal !== undefined) {
				throw context.invalid('You can specify either GranteePrincipal or GranteeServicePrincipal, but not both.');
			}
			if (input.GrantId !== undefined && !/^[0-9a-f]{64}$/u.test(input.GrantId)) {
				throw new AwsError('InvalidGrantIdException', `Invalid grantId ${input.GrantId}`);
			}
			const wanted = key.grants.filter(
				grant =>
					(input.GrantId === undefined || grant.GrantId === input.GrantId) &&
					(input.GranteePrincipal === undefined || grant.GranteePrincipal === input.GranteePrincipal) &&
					(input.GranteeServicePrincipal === undefined || grant.GranteeServicePrincipal === input.GranteeServicePrincipal),
			);
			const {page, token} = context.paginate(wanted, input, {token: 'Marker', limit: 'Limit', defaultLimit: 50, maximumLimit: 100});
			return {
				Grants: page.map(grant => ({...grant, KeyId: arnOf(key, context)})),
				Truncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
			};
		},

		ListKeyRotations: (input, context) => {
			const key = keyOf(input.KeyId, context);
			if (!canRotate(key)) throw unsupported(key, context);
			if (key.state === 'Creating') throw new AwsError('KMSInvalidStateException', `${arnOf(key, context)} is creating.`);
			const everything = input.IncludeKeyMaterial === 'ALL_KEY_MATERIAL';
			const wanted = key.materials.filter(material => everything || material.RotationDate !== undefined);
			const {page, token} = context.paginate(wanted, input, {token: 'Marker', limit: 'Limit', defaultLimit: 100, maximumLimit: 1000});
			return {
				Rotations: page.map(material => ({...material, KeyId: key.keyId})),
				Truncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
			};
		},

		GetKeyLastUsage: (input, context) => {
			const key = keyOf(input.KeyId, context);
			return {
				KeyId: key.keyId,
				// "If the key has not been used since tracking began, this response element is an empty object."
				KeyLastUsage:
					key.lastUsage === undefined
						? {}
						: {Operation: key.lastUsage.operation, Timestamp: key.lastUsage.at, CloudTrailEventId: key.lastUsage.eventId},
				TrackingStartDate: key.trackingStartDate,
				KeyCreationDate: key.creationDate,
			};
		},

		DescribeCustomKeyStores: (input, context) => {
			const {CustomKeyStoreId: id, CustomKeyStoreName: name} = input;
			if (id !== undefined && name !== undefined) {
				throw context.invalid('You can specify either CustomKeyStoreId or CustomKeyStoreName, but not both.');
			}
			const wanted = (context.state.keyStores ?? []).filter(
				store => (id === undefined || store.CustomKeyStoreId === id) && (name === undefined || store.CustomKeyStoreName === name),
			);
			if (wanted.length === 0 && (id ?? name) !== undefined) {
				throw new AwsError('CustomKeyStoreNotFoundException', `Custom key store ${id ?? name} does not exist.`);
			}
			const {page, token} = context.paginate(wanted, input, {token: 'Marker', limit: 'Limit', defaultLimit: 50, maximumLimit: 1000});
			return {CustomKeyStores: [...page], Truncated: token !== undefined, ...(token !== undefined && {NextMarker: token})};
		},
	},
});
