import {spawn} from 'node:child_process';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {type Endpoint, type ScenarioName, scenarioNames, startEndpoint} from '../../mocks/index.js';
import {scenarios} from '../../mocks/scenarios/index.js';
import {connect} from '../client/connect.js';
import {tellDaemon} from '../client/control.js';
import {type Directories, directoriesOf, type Environment} from '../config/directories.js';
import {type Overview, safeText} from '../model/index.js';
import {backgroundDaemon} from './background.js';
import {commandList} from './command-list.js';
import {type DemoOptions, parseDemo} from './demo-arguments.js';
import {exitCode} from './exit-code.js';
import type {Io} from './io.js';
import {services} from './registry.js';
import {selfCommand} from './self.js';
import {version} from './version.js';

/** What the mock's caller signs with. No secret: the mock checks no signature, and nothing else ever sees them. */
const credentials = {AWS_ACCESS_KEY_ID: 'AKIDVEDETTEDEMO00000', AWS_SECRET_ACCESS_KEY: 'vedette-demo-secret'};

/** How long the mock account may take to be read once before a command that shows it as it is gives up waiting. */
const filledMs = 90_000;

/**
 * Serves a made-up account on loopback and runs a command against it, as it is, in a world of its own: no AWS configuration,
 * state directory or daemon of the user's is seen or touched. Everything it made is gone when it ends.
 */
export const demo = async (before: readonly string[], words: readonly string[], io: Io): Promise<number> => {
	const parsed = parseDemo(words, scenarioNames, io);
	if (typeof parsed === 'number') {
		return parsed;
	}

	const {options, command, display} = parsed;
	if (command[0] === 'endpoint') {
		return serveAlone(options, io);
	}

	if (command[0] === 'demo') {
		io.note('vedette: a demo within a demo would show the same.');
		return exitCode.usage;
	}

	const directory = await mkdtemp(path.join(tmpdir(), 'vedette-demo-'));
	const interrupted = new AbortController();
	const stopListening = onEnd(signal => interrupted.abort(signal));
	let endpoint: Endpoint | undefined;
	let where: Directories | undefined;
	try {
		const environment = await isolate(directory, options.scenario, io.environment);
		where = directoriesOf({}, environment, io.machine);
		const run = async (url: string): Promise<number> =>
			runCommand([...before, ...command, ...display, `--endpoint-url=${url}`], environment, interrupted.signal);
		let running: Promise<number> | undefined;
		endpoint = await startEndpoint({
			scenario: options.scenario,
			speed: options.speed,
			onListening(url) {
				// The account takes half a second to make up, in which a program and its daemon can start.
				if (!needsFacts(command)) {
					running = run(url);
					// Awaited below, once there is an account.
					running.catch(() => undefined);
				}
			},
		}).catch(async (error: unknown) => {
			interrupted.abort('SIGTERM');
			await running;
			throw error;
		});
		if (running !== undefined) {
			return await running;
		}

		const filled = await fill({endpointUrl: endpoint.url}, where, environment, interrupted.signal);
		if (filled !== undefined) {
			io.note(safeText(`vedette demo: ${filled}`));
			return interrupted.signal.aborted ? exitCode.interrupted : exitCode.unavailable;
		}

		return await run(endpoint.url);
	} finally {
		if (where !== undefined) {
			await tellDaemon(where.runtimeDir, version, 'stop');
		}

		await endpoint
			?.close()
			.catch((error: unknown) => io.note(safeText(`vedette demo: ${error instanceof Error ? error.message : String(error)}`)));
		await rm(directory, {recursive: true, force: true, maxRetries: 3});
		// Not before: a terminal that closes must not end this halfway.
		stopListening();
	}
};

const serveAlone = async (options: DemoOptions<ScenarioName>, io: Io): Promise<number> => {
	const endpoint = await startEndpoint(options);
	await io.out(`${endpoint.url}\n`);
	io.note(`The ${options.scenario} account, until Ctrl-C. For instance:`);
	io.note(
		`  AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo vedette --endpoint-url ${endpoint.url} --region ${scenarios[options.scenario].populated.join(',')}`,
	);
	await new Promise<void>(resolve => {
		onEnd(() => resolve());
	});
	await endpoint.close();
	return exitCode.clean;
};

/** An environment in which nothing of the user's own AWS set-up can be found, and a configuration that polls fast. */
const isolate = async (directory: string, scenario: ScenarioName, environment: Environment): Promise<Record<string, string>> => {
	const kept = Object.entries(environment).flatMap(
		([name, value]): ReadonlyArray<readonly [string, string]> =>
			value === undefined || /^(?:AWS|VEDETTE)_/.test(name) || name === 'XDG_RUNTIME_DIR' ? [] : [[name, value]],
	);
	const {populated} = scenarios[scenario];
	const stateDir = path.join(directory, 'state');
	await mkdir(stateDir, {mode: 0o700});
	const config = path.join(directory, 'config.yaml');
	// What is looked at often in earnest is looked at often here: a few seconds stand for a few minutes.
	const intervals = services.map(
		({id, refresh}) =>
			`  ${id}: {full: ${refresh.full.everyMs <= 5 * 60_000 || refresh.delta !== undefined ? '12s' : '40s'}${refresh.delta === undefined ? '' : ', delta: 4s'}}`,
	);
	await writeFile(config, `regions: [${populated.join(', ')}]\nlimits: {share: 1}\nintervals:\n${intervals.join('\n')}\n`, {mode: 0o600});
	return {
		...Object.fromEntries(kept),
		...credentials,
		AWS_REGION: populated[0] ?? 'us-east-1',
		AWS_CONFIG_FILE: path.join(directory, 'no-aws-config'),
		AWS_SHARED_CREDENTIALS_FILE: path.join(directory, 'no-aws-credentials'),
		AWS_EC2_METADATA_DISABLED: 'true',
		VEDETTE_CONFIG: config,
		VEDETTE_STATE_DIR: stateDir,
	};
};

/** Commands that show at once what is known, and so need an account that has been read. The screens fill before one's eyes. */
const needsFacts = (command: readonly string[]): boolean => {
	const names: readonly string[] = commandList.map(({name}) => name);
	const name = command.find(word => names.includes(word));
	const isHelp = command.includes('--help') || command.includes('-h');
	return (
		!isHelp &&
		name !== undefined &&
		['status', 'panel', 'changes', 'timeline', 'export', 'doctor'].includes(name) &&
		!(name === 'export' && (command.includes('--once') || command.includes('--schema')))
	);
};

/** Starts the daemon and waits until everything was tried once. Resolves with a sentence where that does not come about. */
const fill = async (
	flags: {readonly endpointUrl: string},
	where: Directories,
	environment: Record<string, string>,
	signal: AbortSignal,
): Promise<string | undefined> => {
	const daemon = await backgroundDaemon(flags, where, environment);
	if (!daemon.running) {
		return daemon.reason;
	}

	const watcher = connect({runtimeDir: where.runtimeDir, version});
	try {
		return await new Promise<string | undefined>(resolve => {
			const timer = setTimeout(() => resolve('the made-up account took too long to read'), filledMs);
			const done = (reason: string | undefined): void => {
				clearTimeout(timer);
				resolve(reason);
			};

			signal.addEventListener('abort', () => done('ended'), {once: true});
			watcher.watch({ask: 'overview', rowsPerPanel: 0}, overview => {
				if (isFilled(overview)) {
					done(undefined);
				}
			});
		});
	} finally {
		await watcher.close();
	}
};

const isFilled = ({panels, regions, traffic}: Overview): boolean =>
	panels.length > 0 &&
	regions.length > 0 &&
	traffic.collecting.length === 0 &&
	panels.every(({id, snapshots}) => {
		const service = services.find(service => service.id === id);
		// A board is joined again and again while its inputs come in; whole it is once all of them are there.
		return service === undefined
			? snapshots.some(({fullAt}) => fullAt !== undefined)
			: snapshots.length >= (service.scope === 'regional' ? regions.length : 1);
	});

const runCommand = async (words: readonly string[], environment: Record<string, string>, signal: AbortSignal): Promise<number> => {
	const {file, args} = selfCommand(words);
	const child = spawn(file, args, {env: environment, stdio: 'inherit'});
	// A terminal sends Ctrl-C to the child as well; whoever ends this process alone means its child too.
	const forward = (): void => {
		child.kill(signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM');
	};

	if (signal.aborted) {
		forward();
	}

	signal.addEventListener('abort', forward, {once: true});
	const [code, ended] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (...how) => resolve(how));
	});
	signal.removeEventListener('abort', forward);
	return code ?? (ended === 'SIGINT' ? exitCode.interrupted : exitCode.terminated);
};

/** Calls back at the first signal that asks this process to end. Returns how to stop listening. */
const onEnd = (listener: (signal: NodeJS.Signals) => void): (() => void) => {
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	for (const signal of signals) {
		process.on(signal, listener);
	}

	return () => {
		for (const signal of signals) {
			process.off(signal, listener);
		}
	};
};
