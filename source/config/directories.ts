import path from 'node:path';

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What this machine says of itself; passed in, so that tests need no other machine. */
export type Machine = {readonly platform: NodeJS.Platform; readonly home: string};

/** What decides where a watch lives. Nothing here needs the configuration file: `status` must know it at once. */
export type WatchName = {
	readonly stateDir?: string | undefined;
	readonly profile?: string | undefined;
	readonly roleArn?: string | undefined;
	readonly endpointUrl?: string | undefined;
};

export type Directories = {
	/** Cache, history and log. */
	readonly stateDir: string;
	/** Socket, token and lock. */
	readonly runtimeDir: string;
};

/**
 * Where Vedette's things are, by the XDG Base Directory Specification, on macOS too when its variables are set
 * (https://specifications.freedesktop.org/basedir-spec/latest/). Every profile, role and endpoint has a watch of its own,
 * `default` when none is named, so that `AWS_PROFILE=prod vedette` never shows what a daemon with other credentials saw.
 * With an explicit state directory everything lives in there.
 */
export const directoriesOf = (name: WatchName, environment: Environment, machine: Machine): Directories => {
	const stateDir = name.stateDir ?? environment['VEDETTE_STATE_DIR'];
	if (stateDir !== undefined && stateDir !== '') {
		const absolute = path.resolve(stateDir);
		return {stateDir: absolute, runtimeDir: path.join(absolute, 'run')};
	}

	const watch = watchNameOf(name, environment);
	const state = path.join(stateHome(environment, machine), 'vedette', watch);
	const runtime = absoluteOnly(environment['XDG_RUNTIME_DIR']);
	return {stateDir: state, runtimeDir: runtime === undefined ? path.join(state, 'run') : path.join(runtime, 'vedette', watch)};
};

/** The profile by name, from the flag or the environment, or undefined for the SDK's own choice. */
export const profileOf = (flag: string | undefined, environment: Environment): string | undefined =>
	[flag, environment['VEDETTE_PROFILE'], environment['AWS_PROFILE']].find(value => value !== undefined && value !== '');

/** The configuration file that is read when none is named. */
export const defaultConfigFile = (environment: Environment, machine: Machine): string =>
	path.join(absoluteOnly(environment['XDG_CONFIG_HOME']) ?? path.join(machine.home, '.config'), 'vedette', 'config.yaml');

const stateHome = (environment: Environment, {platform, home}: Machine): string =>
	absoluteOnly(environment['XDG_STATE_HOME']) ??
	(platform === 'darwin' ? path.join(home, 'Library', 'Application Support') : path.join(home, '.local', 'state'));

// The specification: "If an implementation encounters a relative path in any of these variables it should … ignore it."
const absoluteOnly = (value: string | undefined): string | undefined => (value !== undefined && path.isAbsolute(value) ? value : undefined);

// A file name holds 255 bytes; what tells one role from another stands at its end.
const longestName = 120;

const watchNameOf = ({profile, roleArn, endpointUrl}: WatchName, environment: Environment): string => {
	const role = (roleArn || environment['VEDETTE_ROLE_ARN'])?.replace(/^arn:[^:]*:iam::/, '');
	const words = [profileOf(profile, environment), role, endpointUrl?.replace(/^https?:\/\//, '')].filter(
		word => word !== undefined && word !== '',
	);
	return words.length === 0
		? 'default'
		: words
				.map(word => fileNameOf(word ?? ''))
				.join('+')
				.slice(-longestName);
};

// Profiles may hold slashes, spaces and dots. Two names never share a directory, and none leaves it.
const fileNameOf = (profile: string): string =>
	Array.from(Buffer.from(profile), byte => {
		const character = String.fromCharCode(byte);
		return /[\w-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
	}).join('');
