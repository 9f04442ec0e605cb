import {type KmsKey, kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {refuse, tags} from './common.js';

const external = (place: Place, name: string, facts: Partial<KmsKey> & {readonly ageDays: number}): KmsKey =>
	kmsKey(place, name, {origin: 'EXTERNAL', ...facts});

/** Imported material: safe, expiring, expired, old, waiting, unreadable. */
export const imported = (place: Place): NamedKeys => {
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
