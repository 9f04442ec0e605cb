import {type EnsuredDaemon, ensureDaemon} from '../client/ensure-daemon.js';
import type {Directories} from '../config/directories.js';
import {type GlobalFlags, watchArguments} from './global-options.js';
import {selfCommand} from './self.js';
import {version} from './version.js';

/** The daemon of this watch, started in the background when none runs. */
export const backgroundDaemon = async (
	flags: GlobalFlags,
	{stateDir, runtimeDir}: Directories,
	env: NodeJS.ProcessEnv = process.env,
): Promise<EnsuredDaemon> =>
	ensureDaemon({
		runtimeDir,
		stateDir,
		version,
		command: {...selfCommand(['daemon', '--foreground', ...watchArguments(flags)]), env},
	});
