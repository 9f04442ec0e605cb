import path from 'node:path';
import {logFileName} from '../model/index.js';
import {type Daemon, type DaemonParts, startDaemon} from './daemon.js';
import {trimStandardError} from './log.js';

/** What the daemon needs of its process. `process` itself is one. */
export type HostProcess = Pick<NodeJS.Process, 'on' | 'removeListener' | 'umask' | 'exit'>;

/** EX_SOFTWARE: a mistake of ours. What state it left is not known, so it is not gone on from. */
const softwareError = 70;

const trimEveryMs = 60_000;

/**
 * The daemon as a process: SIGTERM and SIGINT drain, a second one exits at once, SIGHUP reads the configuration again, and a
 * mistake of ours exits with 70. Resolves with the exit code; whoever calls it exits with that, since what was given up on
 * may still hold the process.
 */
export const runDaemon = async (parts: DaemonParts, host: HostProcess = process): Promise<number> => {
	const {log} = parts;
	// Whatever is made from here on is nobody else's business.
	host.umask(0o077);
	const crash = (error: unknown): void => {
		log.fatal({err: error}, `A mistake of ours: ${error instanceof Error ? error.message : String(error)}`);
		host.exit(softwareError);
	};

	host.on('uncaughtException', crash);
	host.on('unhandledRejection', crash);
	let daemon: Daemon | undefined;
	let stopping: NodeJS.Signals | undefined;
	const onStop = (signal: NodeJS.Signals): void => {
		if (stopping !== undefined) {
			log.warn(`${signal} again: not waiting any more`);
			host.exit(signal === 'SIGINT' ? 130 : 143);
			return;
		}

		stopping = signal;
		log.info(`${signal}: stopping`);
		daemon?.stop().catch(crash);
	};

	const onReload = (): void => {
		daemon?.reload().catch(crash);
	};

	// Before it starts: whoever reads that it serves may send a signal in the same moment.
	host.on('SIGTERM', onStop);
	host.on('SIGINT', onStop);
	host.on('SIGHUP', onReload);
	const started = await startDaemon(parts);
	if (!started.started) {
		log.error(started.reason);
		return started.exitCode;
	}

	({daemon} = started);
	if (stopping !== undefined) {
		daemon.stop().catch(crash);
	}

	const trimming = setInterval(() => trimStandardError(path.join(parts.config.stateDir, logFileName)), trimEveryMs);
	await daemon.done;
	clearInterval(trimming);
	host.removeListener('SIGTERM', onStop);
	host.removeListener('SIGINT', onStop);
	host.removeListener('SIGHUP', onReload);
	host.removeListener('uncaughtException', crash);
	host.removeListener('unhandledRejection', crash);
	return 0;
};
