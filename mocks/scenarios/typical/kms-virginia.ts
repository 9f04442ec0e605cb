import type {DenialReason} from '../../endpoint/aws-error.js';
import {type KmsKey, keyPolicy, kmsGrant, kmsKey, type NamedKeys} from '../../services/kms-state.js';
import type {Place} from '../scenario.js';

/** Another company's account, which runs its analytics on our data. */
const partnerAccount = '444455556666';
const auditAccount = '999988887777';

const tags = (team: string, environment: string): KmsKey['tags'] => [
	{TagKey: 'team', TagValue: team},
	{TagKey: 'environment', TagValue: environment},
];

const allow = (principal: unknown, action: readonly string[], condition?: object): object => ({
	Sid: 'AllowUse',
	Effect: 'Allow',
	Principal: principal,
	Action: action,
	Resource: '*',
	...(condition !== undefined && {Condition: condition}),
});

const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

const refuse = (reason: DenialReason, ...operations: readonly string[]): Readonly<Record<string, DenialReason>> =>
	Object.fromEntries(operations.map(operation => [operation, reason]));

/** Rotation: on, off, late, on demand, impossible, unreadable. */
const rotating = (place: Place): NamedKeys => [
	['prod/payments', kmsKey(place, 'prod/payments', {description: 'Card data, PCI scope', ageDays: 910, tags: tags('payments', 'prod')})],
	[
		'prod/customer-data',
		kmsKey(place, 'prod/customer-data', {description: 'Customer records in Aurora', ageDays: 1280, tags: tags('crm', 'prod')}),
	],
	[
		'prod/orders',
		kmsKey(place, 'prod/orders', {
			ageDays: 420,
			rotation: {periodInDays: 90, nextRotationDate: place.inDays(31)},
			tags: tags('shop', 'prod'),
		}),
	],
	['prod/data-lake', kmsKey(place, 'prod/data-lake', {description: 'S3 data lake', ageDays: 700, tags: tags('analytics', 'prod')})],
	[
		'prod/legacy-erp',
		kmsKey(place, 'prod/legacy-erp', {description: 'ERP, moved 2019', ageDays: 2400, rotationOff: true, tags: tags('finance', 'prod')}),
	],
	['staging/app', kmsKey(place, 'staging/app', {ageDays: 300, rotationOff: true, tags: tags('platform', 'staging')})],
	[
		'prod/reports',
		kmsKey(place, 'prod/reports', {
			ageDays: 795,
			rotation: {periodInDays: 365, nextRotationDate: place.daysAgo(11)},
			tags: tags('finance', 'prod'),
		}),
	],
	[
		'prod/search',
		kmsKey(place, 'prod/search', {
			ageDays: 350,
			rotation: {periodInDays: 365, nextRotationDate: place.inDays(15), onDemandStartDate: place.minutesAgo(4)},
			tags: tags('shop', 'prod'),
		}),
	],
	[
		'prod/hr',
		kmsKey(place, 'prod/hr', {
			ageDays: 610,
			tags: tags('people', 'prod'),
			refused: refuse('no-resource-based-policy', 'GetKeyRotationStatus'),
		}),
	],
	[
		'prod/code-signing',
		kmsKey(place, 'prod/code-signing', {
			description: 'Signs releases',
			spec: 'RSA_4096',
			usage: 'SIGN_VERIFY',
			ageDays: 500,
			lastUsage: {operation: 'Sign', at: place.hoursAgo(30), eventId: '2cfd5892-ea8c-4342-ad49-4b9594b06a8b'},
			tags: tags('platform', 'prod'),
		}),
	],
	[
		'prod/webhooks-hmac',
		kmsKey(place, 'prod/webhooks-hmac', {
			spec: 'HMAC_256',
			usage: 'GENERATE_VERIFY_MAC',
			lastUsage: {operation: 'GenerateMac', at: place.minutesAgo(1), eventId: '040cce3e-9ef3-4651-b8cf-e47c9bafdc9b'},
			tags: tags('shop', 'prod'),
		}),
	],
	[
		'prod/firmware-pq',
		kmsKey(place, 'prod/firmware-pq', {
			description: 'Post-quantum firmware signatures',
			spec: 'ML_DSA_65',
			usage: 'SIGN_VERIFY',
			ageDays: 90,
			lastUsage: {operation: 'Sign', at: place.daysAgo(2), eventId: '5d1e3d9c-5b53-4a51-8f5e-0bbd7d9a4a11'},
			tags: tags('devices', 'prod'),
		}),
	],
];

const external = (place: Place, name: string, facts: Partial<KmsKey> & {readonly ageDays: number}): KmsKey =>
	kmsKey(place, name, {origin: 'EXTERNAL', ...facts});

/** Imported material: safe, expiring, expired, old, waiting, unreadable. */
const imported = (place: Place): NamedKeys => {
	const until = (name: string, days: number): KmsKey['materials'] => [
		{
			KeyMaterialId: place.random(`material/${name}`).hex(64),
			KeyMaterialState: 'CURRENT',
			KeyMaterialDescription: 'HSM export',
			ImportState: 'IMPORTED',
			ExpirationModel: 'KEY_MATERIAL_EXPIRES',
			ValidTo: place.inDays(days),
		},
	];
	return [
		[
			'byok/core-banking',
			external(place, 'byok/core-banking', {ageDays: 120, materials: until('core-banking', 240), tags: tags('payments', 'prod')}),
		],
		[
			'byok/partner-exchange',
			external(place, 'byok/partner-exchange', {ageDays: 340, materials: until('partner-exchange', 19), tags: tags('analytics', 'prod')}),
		],
		['byok/archive', external(place, 'byok/archive', {ageDays: 364, materials: until('archive', 5), tags: tags('records', 'prod')})],
		['byok/old-vault', external(place, 'byok/old-vault', {ageDays: 900, tags: tags('records', 'prod')})],
		[
			'byok/rotated-on-demand',
			external(place, 'byok/rotated-on-demand', {
				ageDays: 800,
				materials: [
					{
						KeyMaterialId: place.random('material/rod-1').hex(64),
						KeyMaterialState: 'NON_CURRENT',
						ImportState: 'IMPORTED',
						ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
					},
					{
						KeyMaterialId: place.random('material/rod-2').hex(64),
						KeyMaterialState: 'CURRENT',
						ImportState: 'IMPORTED',
						ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
						RotationDate: place.daysAgo(75),
						RotationType: 'ON_DEMAND',
					},
					{
						KeyMaterialId: place.random('material/rod-3').hex(64),
						KeyMaterialState: 'PENDING_ROTATION',
						ImportState: 'IMPORTED',
						ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
					},
				],
				tags: tags('payments', 'prod'),
			}),
		],
		[
			'byok/sealed',
			external(place, 'byok/sealed', {
				ageDays: 500,
				tags: tags('records', 'prod'),
				refused: refuse('no-resource-based-policy', 'ListKeyRotations'),
			}),
		],
		[
			'byok/new-hsm',
			external(place, 'byok/new-hsm', {
				ageDays: 3,
				state: 'PendingImport',
				materials: [],
				lastUsage: undefined,
				tags: tags('payments', 'prod'),
			}),
		],
	];
};

/** Keys on their way out, or out of reach. */
const troubled = (place: Place): NamedKeys => [
	[
		'prod/old-checkout',
		kmsKey(place, 'prod/old-checkout', {
			state: 'PendingDeletion',
			deletionDate: place.inDays(6),
			ageDays: 1500,
			lastUsage: {operation: 'Decrypt', at: place.daysAgo(2), eventId: '7d9b2f0a-1c5e-4f0e-9d53-6d1f6b0f7c21'},
			tags: tags('shop', 'prod'),
		}),
	],
	[
		'~poc',
		kmsKey(place, '~poc', {
			description: 'PoC, delete me',
			state: 'PendingDeletion',
			deletionDate: place.inDays(24),
			ageDays: 190,
			lastUsage: undefined,
			rotationOff: true,
		}),
	],
	[
		'prod/hsm-ledger',
		kmsKey(place, 'prod/hsm-ledger', {
			origin: 'AWS_CLOUDHSM',
			customKeyStoreId: 'cks-1234567890abcdef0',
			cloudHsmClusterId: 'cluster-234abcdefABC',
			tags: tags('payments', 'prod'),
		}),
	],
	[
		'prod/xks-board',
		kmsKey(place, 'prod/xks-board', {
			origin: 'EXTERNAL_KEY_STORE',
			state: 'Unavailable',
			customKeyStoreId: 'cks-0fedcba9876543210',
			xksKeyId: 'bb8562717f809024',
			tags: tags('legal', 'prod'),
		}),
	],
	[
		'dev/disabled-sandbox',
		kmsKey(place, 'dev/disabled-sandbox', {state: 'Disabled', ageDays: 260, lastUsage: undefined, tags: tags('platform', 'dev')}),
	],
	[
		'dev/never-used',
		kmsKey(place, 'dev/never-used', {
			ageDays: 130,
			lastUsage: undefined,
			trackingStartDate: place.daysAgo(130),
			tags: tags('platform', 'dev'),
		}),
	],
	['dev/forgotten', kmsKey(place, 'dev/forgotten', {ageDays: 1900, lastUsage: undefined, tags: tags('platform', 'dev')})],
	[
		'prod/break-glass',
		kmsKey(place, 'prod/break-glass', {
			description: 'Emergency access',
			tags: tags('security', 'prod'),
			refused: refuse('explicit-deny-in-service-control-policy', 'GetKeyLastUsage', 'ListGrants'),
		}),
	],
	[
		'~locked',
		kmsKey(place, '~locked', {
			refused: refuse(
				'no-resource-based-policy',
				'DescribeKey',
				'GetKeyPolicy',
				'GetKeyRotationStatus',
				'ListGrants',
				'ListKeyRotations',
				'GetKeyLastUsage',
				'ListResourceTags',
			),
		}),
	],
];

/** Who else may use them. */
const shared = (place: Place): NamedKeys => [
	[
		'prod/public-cdn',
		kmsKey(place, 'prod/public-cdn', {
			description: 'Static site',
			policy: keyPolicy(place, allow('*', ['kms:Decrypt'])),
			tags: tags('web', 'prod'),
		}),
	],
	[
		'prod/queue',
		kmsKey(place, 'prod/queue', {
			policy: keyPolicy(
				place,
				allow({AWS: '*'}, use, {
					StringEquals: {'kms:CallerAccount': place.accountId, 'kms:ViaService': `sqs.${place.awsRegion}.amazonaws.com`},
				}),
			),
			tags: tags('shop', 'prod'),
		}),
	],
	[
		'prod/partner-feed',
		kmsKey(place, 'prod/partner-feed', {
			policy: keyPolicy(place, allow({AWS: `arn:aws:iam::${partnerAccount}:root`}, use)),
			tags: tags('analytics', 'prod'),
		}),
	],
	[
		'prod/warehouse',
		kmsKey(place, 'prod/warehouse', {
			grants: [
				kmsGrant(place, 'audit', {GranteePrincipal: `arn:aws:iam::${auditAccount}:role/Auditor`, Name: 'yearly-audit'}),
				kmsGrant(place, 'redshift', {
					GranteeServicePrincipal: 'redshift.amazonaws.com',
					Constraints: {EncryptionContextSubset: {'aws:redshift:arn': place.arn('redshift', 'cluster:warehouse')}},
				}),
			],
			tags: tags('analytics', 'prod'),
		}),
	],
	[
		'prod/volumes',
		kmsKey(place, 'prod/volumes', {
			// More than one page of grants, as a key of busy EBS volumes has.
			grants: Array.from({length: 130}, (_, index) =>
				kmsGrant(place, `volume-${index}`, {
					GranteePrincipal: `arn:aws:sts::${place.accountId}:assumed-role/aws:ec2-infrastructure/i-${place.random(`instance-${index}`).hex(17)}`,
					Operations: ['Decrypt'],
					Constraints: {EncryptionContextSubset: {'aws:ebs:id': `vol-${place.random(`volume-${index}`).hex(17)}`}},
				}),
			),
			tags: tags('platform', 'prod'),
		}),
	],
	[
		'prod/vault-transit',
		kmsKey(place, 'prod/vault-transit', {
			tags: tags('security', 'prod'),
			refused: refuse('explicit-deny-in-resource-based-policy', 'GetKeyPolicy'),
		}),
	],
];

/** Multi-Region keys, whose other halves are in Ireland and elsewhere. */
const multiRegion = (place: Place): NamedKeys => {
	const primary = (name: string, replicaRegions: readonly string[], facts: Partial<KmsKey> = {}): KmsKey =>
		kmsKey(place, name, {multiRegion: {type: 'PRIMARY', primaryRegion: 'us-east-1', replicaRegions}, ageDays: 640, ...facts});
	return [
		['prod/sessions', primary('prod/sessions', ['eu-west-1'], {description: 'Session tokens, both sides', tags: tags('web', 'prod')})],
		['prod/global-table', primary('prod/global-table', ['eu-west-1', 'eu-south-1'], {tags: tags('shop', 'prod')})],
		[
			'prod/retired-global',
			primary('prod/retired-global', ['eu-west-1'], {
				state: 'PendingReplicaDeletion',
				pendingDeletionWindowInDays: 14,
				lastUsage: undefined,
				tags: tags('shop', 'prod'),
			}),
		],
		// Its replica is in a Region that nobody looks at.
		['prod/far-away', primary('prod/far-away', ['ap-northeast-1'], {tags: tags('web', 'prod')})],
	];
};

export const virginiaKeys = (place: Place): NamedKeys => [
	...rotating(place),
	...imported(place),
	...troubled(place),
	...shared(place),
	...multiRegion(place),
];
