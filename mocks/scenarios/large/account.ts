import {type AccountState, contact} from '../../services/account-state.js';
import type {Populate} from '../scenario.js';

export const populate: Populate<AccountState> = () => ({securityContact: contact()});
