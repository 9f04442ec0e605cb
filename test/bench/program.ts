import {execFileSync, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {performance} from 'node:perf_hooks';
import {setTimeout as wait} from 'node:timers/promises';
import {connect} from '../../source/client/connect.js';
import {daemonFlags} from '../../source/commands/background.js';
import type {Watcher} from '../../source/model/index.js';
import type {Account} from './account.js';

/** The program as built: `npm run bench` builds it first. */
export const program = path.join(import.meta.dirname, 'cli.js');

export type Ran = {readonly wallMs: number; readonly cpuMs: number; readonly peakBytes: number; readonly stdoutBytes: number};

// Tells on descriptor 3, as the last thing that happens, what the process took. Where the system keeps it, the peak is that of
// the program's own memory: `maxRSS` begins with what its parent had.
const tellUsage = `data:text/javascript,${encodeURIComponent(`
	import {existsSync, readFileSync, writeSync} from 'node:fs';
	process.once('exit', () => {
		const {userCPUTime, systemCPUTime, maxRSS} = process.resourceUsage();
		const status = '/proc/self/status';
		const peak = existsSync(status) ? Number(/^VmHWM:\\s+(\\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]) : maxRSS;
		writeSync(3, JSON.stringify({cpuMs: (userCPUTime + systemCPUTime) / 1000, peakBytes: peak * 1024}));
	});
`)}`;

/** Runs Node.js to its end. `usage`: with what it took; costs a module, so not for what is to be timed to the millisecond. */
export const runNode = async (args: readonly string[], env: Account['environment'], usage = false): Promise<Ran> => {
	const startedMs = performance.now();
	const child = spawn(process.execPath, [...(usage ? ['--import', tellUsage] : []), ...args], {
		env,
		stdio: ['ignore', 'pipe', 'inherit', usage ? 'pipe' : 'ignore'],
	});
	let stdoutBytes = 0;
	let told = '';
	child.stdout?.on('data', (chunk: Buffer) => {
		stdoutBytes += chunk.length;
	});
	child.stdio[3]?.on('data', (chunk: Buffer) => {
		told += String(chunk);
	});
	// The exit, not the closing of its pipes: that is when a prompt comes back.
	let wallMs = 0;
	child.once('exit', () => {
		wallMs = performance.now() - startedMs;
	});
	await once(child, 'close');
	// Written by ourselves, above.
	const {cpuMs = 0, peakBytes = 0} = (told === '' ? {} : JSON.parse(told)) as Partial<Ran>;
	return {wallMs, cpuMs, peakBytes, stdoutBytes};
};

/** What starting Node.js takes with nothing to do: what every figure of a process is held against. */
export const bareNode = async (env: Account['environment'], usage = false): Promise<Ran> => runNode(['-e', '0'], env, usage);

export type RunningDaemon = {
	readonly pid: number;
	/** From the start of its process until it had answered a viewer for the first time. */
	readonly servingAfterMs: number;
	readonly watcher: Watcher;
	stop(): Promise<void>;
};

const servingDeadlineMs = 60_000;

/** Starts the daemon on what is known of an account, as `vedette` does, and resolves once it has answered a viewer. */
export const startDaemon = async (account: Account): Promise<RunningDaemon> => {
	const startedMs = performance.now();
	const child = spawn(process.execPath, [...daemonFlags, program, 'daemon', '--foreground', ...account.flags], {
		env: account.environment,
		stdio: ['ignore', 'ignore', 'pipe'],
	});
	let said = '';
	child.stderr.on('data', (chunk: Buffer) => {
		said = `${said}${String(chunk)}`.slice(-10_000);
	});
	const ended = once(child, 'exit');
	const address = path.join(account.config.runtimeDir, 'daemon.json');
	while (!existsSync(address)) {
		if (performance.now() - startedMs > servingDeadlineMs || child.exitCode !== null) {
			throw new Error(`The daemon does not serve: ${said}`);
		}

		await wait(2);
	}

	const watcher = connect({runtimeDir: account.config.runtimeDir, version: 'bench'});
	await watcher.ask({ask: 'overview', rowsPerPanel: 12});
	const servingAfterMs = performance.now() - startedMs;
	return {
		pid: child.pid ?? 0,
		servingAfterMs,
		watcher,
		async stop() {
			await watcher.close();
			child.kill('SIGTERM');
			await ended;
		},
	};
};

/** Resolves when the collections that a daemon starts with are over, so that nothing moves any more. */
export const settled = async ({watcher}: RunningDaemon): Promise<void> => {
	const deadlineMs = performance.now() + 5 * 60_000;
	for (let quiet = 0; quiet < 6; ) {
		const {traffic} = await watcher.ask({ask: 'overview', rowsPerPanel: 0});
		quiet = traffic.collecting.length === 0 && traffic.callsPerMinute === 0 ? quiet + 1 : traffic.collecting.length === 0 ? quiet + 0.2 : 0;
		if (performance.now() > deadlineMs) {
			throw new Error(`The daemon does not come to rest: it collects ${traffic.collecting.join(', ')}`);
		}

		await wait(500);
	}
};

/** Resident memory of a process now, and the most it ever was where the system says so (Linux). */
export const memoryOf = (pid: number): {readonly bytes: number; readonly peakBytes: number} => {
	const status = `/proc/${pid}/status`;
	if (existsSync(status)) {
		const text = readFileSync(status, 'utf8');
		const kibibytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'mu').exec(text)?.[1] ?? 0);
		return {bytes: kibibytes('VmRSS') * 1024, peakBytes: kibibytes('VmHWM') * 1024};
	}

	const bytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], {encoding: 'utf8'})) * 1024;
	return {bytes, peakBytes: bytes};
};

/** CPU time of a process so far, in milliseconds. */
export const cpuMsOf = (pid: number): number => {
	const stat = `/proc/${pid}/stat`;
	if (existsSync(stat)) {
		// https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime and stime are fields 14 and 15, in ticks of 10 ms.
		const fields = readFileSync(stat, 'utf8')
			.replace(/^.*\) /su, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	}

	const [seconds = 0, minutes = 0, hours = 0] = execFileSync('ps', ['-o', 'time=', '-p', String(pid)], {encoding: 'utf8'})
		.trim()
		.split(':')
		.reverse()
		.map(Number);
	return ((hours * 60 + minutes) * 60 + seconds) * 1000;
};
