import {type AccountState, contact} from '../../services/account-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt} from './strings.js';

/** Of whom only that there is somebody may ever be seen. */
export const populate: Populate<AccountState> = () => ({
	securityContact: contact({Name: hostileAt(0), Title: hostileAt(1), EmailAddress: hostileAt(2), PhoneNumber: hostileAt(3)}),
});
