import {kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {refuse, tags} from './common.js';

/** Rotation: on, off, late, on demand, impossible, unreadable. */
export const rotating = (place: Place): NamedKeys => [
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
