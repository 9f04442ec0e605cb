import {type KmsKey, keyPolicy, kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';

const replica = (place: Place, name: string, replicaRegions: readonly string[], facts: Partial<KmsKey> = {}): KmsKey =>
	kmsKey(place, name, {multiRegion: {type: 'REPLICA', primaryRegion: 'us-east-1', replicaRegions}, ageDays: 610, ...facts});

export const irelandKeys = (place: Place): NamedKeys => [
	['prod/payments-eu', kmsKey(place, 'prod/payments-eu', {description: 'Card data of EU customers', ageDays: 720})],
	['prod/gdpr-exports', kmsKey(place, 'prod/gdpr-exports', {ageDays: 380, rotationOff: true})],
	['prod/sessions', replica(place, 'prod/sessions', ['eu-west-1'])],
	// Enabled and alike at the primary; here somebody let the support team's account in and switched it off.
	[
		'prod/global-table',
		replica(place, 'prod/global-table', ['eu-west-1', 'eu-south-1'], {
			state: 'Disabled',
			policy: keyPolicy(place, {
				Sid: 'Support',
				Effect: 'Allow',
				Principal: {AWS: 'arn:aws:iam::777766665555:role/Support'},
				Action: 'kms:Decrypt',
				Resource: '*',
			}),
		}),
	],
	['prod/retired-global', replica(place, 'prod/retired-global', ['eu-west-1'], {lastUsage: undefined})],
	['prod/standby', replica(place, 'prod/standby', ['eu-west-1'])],
	// Made for an environment that never came to be, whose clients were to encrypt with its public half: nothing in AWS could.
	[
		'staging/app-eu',
		kmsKey(place, 'staging/app-eu', {
			spec: 'RSA_4096',
			ageDays: 210,
			lastUsage: undefined,
			trackingStartDate: place.daysAgo(210),
		}),
	],
];
