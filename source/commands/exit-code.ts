import type {Overview} from '../model/query.js';

/**
 * How a command ended, for scripts. 0 to 4 are Vedette's own; the others are those of sysexits(3), which systemd's
 * `RestartPreventExitStatus` and mail systems know.
 */
export const exitCode = {
	clean: 0,
	/** Findings at or above `--fail-on`. */
	findings: 1,
	/** The command line or the configuration makes no sense. */
	usage: 2,
	/** AWS knows nobody by these credentials, or there are none. */
	credentials: 3,
	/** More is UNKNOWN than `--max-unknown` allows, or nothing could be read. */
	incomplete: 4,
	/** No daemon answers, and none could be started. */
	unavailable: 69,
	/** A mistake of ours. */
	software: 70,
	/** Another daemon holds the lock. */
	temporary: 75,
	noPermission: 77,
	/** The daemon's configuration makes no sense, or its cache is from a later version. */
	configuration: 78,
	/** Ended by SIGINT, as shells count it. */
	interrupted: 130,
	/** Ended by SIGTERM. */
	terminated: 143,
} as const;

/** 3 where AWS accepts no credentials, so that what is shown is no more than was known before; 4 where nothing was ever read. */
export const unreadCode = (panels: Overview['panels'], {problems}: Pick<Overview, 'problems'>): 0 | 3 | 4 => {
	if (problems.some(({id}) => id === 'credentials')) {
		return exitCode.credentials;
	}

	return panels.every(({snapshots}) => snapshots.every(({capturedAt}) => capturedAt === undefined)) ? exitCode.incomplete : exitCode.clean;
};
