import {dayMs, type Inputs, type Resource} from '../../model/index.js';
import {createCertificateUsers} from './certificate-users.js';
import {createConfigCheck} from './config-check.js';
import {type EndResource, leftMs} from './end.js';
import {certificateEnds, clientCertificateEnds} from './ends/certificates.js';
import type {Sources} from './ends/common.js';
import {keyEnds} from './ends/keys.js';
import {muteEnds, plainEnds, subscriptionEnds} from './ends/others.js';
import {parameterEnds, secretEnds} from './ends/secrets.js';
import {createKeyUsers} from './key-users.js';
import {createTold} from './told.js';

/** What ends later than that is nobody's worry yet, such as the certificate of an authority. */
const horizonMs = 2 * 365 * dayMs;

/** Every end that comes within two years, soonest first, those that have come and still matter before them. */
export const join = (inputs: Inputs): readonly Resource[] => {
	const sources: Sources = {
		inputs,
		certificateUsers: createCertificateUsers(inputs),
		keyUsers: createKeyUsers(inputs),
		configCheck: createConfigCheck(inputs),
		toldOf: createTold(inputs),
	};
	const ends: readonly EndResource[] = [
		...certificateEnds(sources),
		...clientCertificateEnds(sources),
		...keyEnds(sources),
		...secretEnds(sources),
		...parameterEnds(sources),
		...subscriptionEnds(sources),
		...plainEnds(sources),
		...muteEnds(sources),
	];
	return ends
		.map(end => ({end, ms: leftMs(end.configuration, inputs.now)}))
		.filter(({ms}) => ms <= horizonMs)
		.sort((a, b) => a.ms - b.ms)
		.map(({end}) => end);
};
