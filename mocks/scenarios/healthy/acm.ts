import {type AcmState, certificate, users} from '../../services/acm-state.js';
import type {Populate} from '../scenario.js';

/** Certificates that Amazon issued and renews, each served, each for one host. */
export const populate: Populate<AcmState> = place => {
	const {loadBalancer, distribution} = users(place);
	const served =
		place.awsRegion === 'us-east-1'
			? [certificate(place, 'www.sandbox.acme.com', {inUseBy: [distribution('E2QWRUHAPOMQZL')]})]
			: [certificate(place, 'api.sandbox.acme.com', {endsInDays: 96, inUseBy: [loadBalancer('api')]})];
	return {certificates: served, daysBeforeExpiry: 45, refused: {}};
};
