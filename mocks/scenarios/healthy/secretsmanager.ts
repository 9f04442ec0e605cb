import {type SmState, secret} from '../../services/secretsmanager-state.js';
import type {Populate} from '../scenario.js';

/** Few secrets, all rotated, read, and encrypted with a key of the account. */
export const populate: Populate<SmState> = place => ({
	secrets:
		place.awsRegion === 'us-east-1'
			? [secret(place, 'prod/db/app'), secret(place, 'prod/api/session-key', {everyDays: 7, rotatedDays: 2})]
			: [secret(place, 'prod/db/reports')],
});
