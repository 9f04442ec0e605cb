import path from 'node:path';
import {type Directories, profileOf} from '../config/directories.js';
import type {Successor} from '../model/index.js';
import {directories} from './directories.js';
import type {GlobalFlags} from './global-options.js';
import type {Io} from './io.js';

// What a daemon leaves for the case that it dies: a viewer is somewhere else, in a shell with other variables perhaps.

/** Told to a daemon: what decides what it watches, from whichever shell and directory another is started. */
export const successorFlags = (flags: GlobalFlags, {environment}: Io): Successor => {
	const config = flags.config ?? environment['VEDETTE_CONFIG'];
	const stateDir = flags.stateDir ?? environment['VEDETTE_STATE_DIR'];
	const profile = profileOf(flags.profile, environment);
	const roleArn = flags.roleArn ?? environment['VEDETTE_ROLE_ARN'];
	const externalId = flags.externalId ?? environment['VEDETTE_EXTERNAL_ID'];
	const regions = environment['VEDETTE_REGIONS'];
	const region = flags.region ?? (regions ? [regions] : undefined);
	return {
		...(profile !== undefined && {profile}),
		...(roleArn && {roleArn}),
		...(externalId && {externalId}),
		...(flags.endpointUrl !== undefined && {endpointUrl: flags.endpointUrl}),
		...(flags.allowRemoteEndpoint === true && {allowRemoteEndpoint: true}),
		...(region !== undefined && {region}),
		...(config && {config: path.resolve(config)}),
		...(stateDir && {stateDir: path.resolve(stateDir)}),
	};
};

/** What `successorFlags` told, as far as it can be a flag's value. */
const toFlags = (successor: Successor): GlobalFlags => ({
	...text('profile', successor),
	...text('roleArn', successor),
	...text('externalId', successor),
	...text('config', successor),
	...text('stateDir', successor),
	...text('endpointUrl', successor),
	...(Array.isArray(successor['region']) && {region: successor['region']}),
	...(successor['allowRemoteEndpoint'] === true && {allowRemoteEndpoint: true}),
});

const text = <K extends keyof GlobalFlags>(name: K, successor: Successor): {readonly [N in K]?: string} => {
	const value = successor[name];
	// One member of that name, or none.
	return (typeof value === 'string' ? {[name]: value} : {}) as {readonly [N in K]?: string};
};

/** The flags of the daemon that died, where they lead to the same place from here; a viewer's own otherwise, which have led there. */
export const flagsOfSuccessor = (successor: Successor, own: GlobalFlags, {runtimeDir}: Directories, io: Io): GlobalFlags => {
	const left = toFlags(successor);
	return directories(left, io).runtimeDir === runtimeDir ? left : own;
};
