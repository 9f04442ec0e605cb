import {type EnsuredDaemon, ensureDaemon} from '../client/ensure-daemon.js';
import type {StartSuccessor} from '../client/succession.js';
import type {Directories} from '../config/directories.js';
import {type GlobalFlags, watchArguments} from './global-options.js';
import type {Io} from './io.js';
import {selfCommand} from './self.js';
import {flagsOfSuccessor} from './successor.js';
import {version} from './version.js';

// A daemon that holds a hundred thousand findings keeps some 85 MB alive, and V8 by default lets garbage grow to six times
// that before it looks. It runs for months beside other things: memory is dearer to it than the few per cent of CPU.
// Measured at 100,000 findings, once it has come to rest: 295 MB with these, 360 MB without.
// While an account is loaded, all that is made lives on; V8 concludes that it always will, puts it among the old, and copies
// what the dead among those hold on to. Not concluding takes a third off the judging of 10,000 resources.
export const daemonFlags = ['--heap-growing-percent=50', '--max-semi-space-size=8', '--no-allocation-site-pretenuring'];

/** The daemon that these flags say, as words, started in the background when none runs. */
const start = async (
	words: readonly string[],
	{stateDir, runtimeDir}: Directories,
	env: NodeJS.ProcessEnv,
	signal?: AbortSignal,
): Promise<EnsuredDaemon> => {
	const {file, args} = selfCommand(['daemon', '--foreground', '--for-viewers', ...words]);
	return ensureDaemon({
		runtimeDir,
		stateDir,
		version,
		command: {file, args: [...daemonFlags, ...args], env},
		signal,
	});
};

/** The daemon of this watch, started in the background when none runs. */
export const backgroundDaemon = async (
	flags: GlobalFlags,
	where: Directories,
	env: NodeJS.ProcessEnv = process.env,
): Promise<EnsuredDaemon> => start(watchArguments(flags), where, env);

/** For a viewer to start another where the daemon that it looked at died. */
export const successorFor =
	(own: GlobalFlags, where: Directories, io: Io): StartSuccessor =>
	async (successor, signal) => {
		const flags = flagsOfSuccessor(successor, own, where, io);
		const ensured = await start(watchArguments(flags), where, process.env, signal);
		return ensured.running ? undefined : ensured.reason;
	};
