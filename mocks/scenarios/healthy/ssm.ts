import {parameter, plain, type SsmState, sharingBlocked} from '../../services/ssm-state.js';
import type {Populate} from '../scenario.js';

/** Few parameters; what is secret among them is encrypted. */
export const populate: Populate<SsmState> = place => ({
	parameters: [
		plain(place, '/prod/app/log-level'),
		plain(place, '/prod/app/db/endpoint'),
		parameter(place, '/prod/app/db/password', {KeyId: 'alias/prod/app'}),
	],
	shared: [],
	settings: sharingBlocked,
	refused: {},
});
