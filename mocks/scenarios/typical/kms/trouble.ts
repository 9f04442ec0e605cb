import {type KmsState, kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {refuse, tags} from './common.js';

const cloudHsm = {CustomKeyStoreId: 'cks-1234567890abcdef0', CloudHsmClusterId: 'cluster-234abcdefABC'};
const external = {CustomKeyStoreId: 'cks-0fedcba9876543210'};

/** One that works, and one whose proxy nobody can reach. */
export const keyStores = (place: Place): NonNullable<KmsState['keyStores']> => [
	{
		...cloudHsm,
		CustomKeyStoreName: 'hsm-payments',
		CustomKeyStoreType: 'AWS_CLOUDHSM',
		ConnectionState: 'CONNECTED',
		CreationDate: place.daysAgo(800),
	},
	{
		...external,
		CustomKeyStoreName: 'xks-legal',
		CustomKeyStoreType: 'EXTERNAL_KEY_STORE',
		ConnectionState: 'FAILED',
		ConnectionErrorCode: 'XKS_PROXY_NOT_REACHABLE',
		CreationDate: place.daysAgo(500),
	},
];

const signing = {spec: 'ECC_NIST_P256', usage: 'SIGN_VERIFY', ageDays: 700} as const;

/** Keys on their way out, or out of reach. */
export const troubled = (place: Place): NamedKeys => [
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
	// By these two zones are signed, one of them no more.
	[
		'dns/acme-com',
		kmsKey(place, 'dns/acme-com', {
			...signing,
			lastUsage: {operation: 'Sign', at: place.minutesAgo(9), eventId: 'b1c0a2de-5f33-4a1f-8a57-70d0d3f9c1e8'},
			tags: tags('platform', 'prod'),
		}),
	],
	[
		'dns/acme-io',
		kmsKey(place, 'dns/acme-io', {
			...signing,
			state: 'Disabled',
			lastUsage: {operation: 'Sign', at: place.daysAgo(3), eventId: '4e7d1a90-2b6c-4d58-9f0e-c3a5b8e7d214'},
			tags: tags('platform', 'prod'),
		}),
	],
	[
		'prod/hsm-ledger',
		kmsKey(place, 'prod/hsm-ledger', {
			origin: 'AWS_CLOUDHSM',
			customKeyStoreId: cloudHsm.CustomKeyStoreId,
			cloudHsmClusterId: cloudHsm.CloudHsmClusterId,
			tags: tags('payments', 'prod'),
		}),
	],
	[
		'prod/xks-board',
		kmsKey(place, 'prod/xks-board', {
			origin: 'EXTERNAL_KEY_STORE',
			state: 'Unavailable',
			customKeyStoreId: external.CustomKeyStoreId,
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
			refused: refuse('explicit-deny-in-permissions-boundary', 'GetKeyLastUsage', 'ListGrants'),
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
			),
		}),
	],
];
