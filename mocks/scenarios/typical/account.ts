import {type AccountState, contact} from '../../services/account-state.js';
import type {Populate, Timeline} from '../scenario.js';

/** Nobody ever registered a security contact. */
export const populate: Populate<AccountState> = () => ({});

export const timeline: Timeline<AccountState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 140,
			what: 'somebody registers a security contact',
			awsRegion: 'us-east-1',
			apply: state => {
				state.securityContact = contact();
			},
		},
		{
			atSeconds: 270,
			what: 'the security contact leaves, and nobody takes over',
			awsRegion: 'us-east-1',
			apply: state => {
				state.securityContact = undefined;
			},
		},
	],
};
