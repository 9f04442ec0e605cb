import {type ChildProcess, spawn} from 'node:child_process';
import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import {type Endpoint, type ScenarioName, startEndpoint} from '../../mocks/index.js';
import {connect} from '../../source/client/connect.js';
import type {Overview, PanelSummary, Watcher} from '../../source/model/index.js';
import {until} from '../daemon/fakes.js';
import {PseudoTerminal, type PseudoTerminalOptions} from '../tui/pseudo-terminal.js';
import {type Ended, environment, program, temporaryHome, vedette} from './command.js';

export {until} from '../daemon/fakes.js';

export type StageOptions = {
	readonly scenario?: ScenarioName;
	readonly regions?: readonly string[];
	/** Besides the whole of each quota, which is the mock's. YAML. */
	readonly configuration?: string;
	readonly env?: Readonly<Record<string, string>>;
	readonly stateDir?: string;
	readonly endpoint?: Endpoint;
};

export type RunningDaemon = {readonly process: ChildProcess; readonly stderr: () => string; readonly ended: Promise<number | string>};

/** The built program at home in an empty directory, a mock account on loopback, and whatever the test starts: all gone with it. */
export type Stage = {
	readonly endpoint: Endpoint;
	readonly home: string;
	readonly stateDir: string;
	/** Runs `vedette WORDS` with the stage's flags to its end. */
	run(...words: readonly string[]): Promise<Ended>;
	/** The daemon in the foreground; more flags replace none. */
	daemon(...flags: readonly string[]): RunningDaemon;
	/** The program in a pseudo-terminal. */
	terminal(words: readonly string[], options?: PseudoTerminalOptions): PseudoTerminal;
	/** A viewer of the daemon, in this process. */
	viewer(): Viewer;
	/** Credentials as `aws configure` writes them. */
	logIn(accessKey: string): Promise<void>;
};

export type Viewer = {
	readonly watcher: Watcher;
	latest(): Overview | undefined;
	panel(id: string): PanelSummary | undefined;
	/** How the last collections of a service ended, by Region in order. */
	outcomes(id: string): readonly string[];
	problem(id: Overview['problems'][number]['id']): Overview['problems'][number] | undefined;
	until(what: string, condition: (overview: Overview) => boolean, timeoutMs?: number): Promise<Overview>;
};

export const setStage = async (options: StageOptions = {}): Promise<Stage> => {
	const endpoint = options.endpoint ?? (await startEndpoint({scenario: options.scenario ?? 'typical'}));
	const {home, remove} = await temporaryHome();
	const stateDir = options.stateDir ?? path.join(home, 's');
	const runtimeDir = path.join(stateDir, 'run');
	const configuration = path.join(home, 'config.yaml');
	await writeFile(configuration, `limits:\n  share: 1\n${options.configuration ?? ''}`);
	const env = environment(home, options.env);
	const flags = [
		...['--config', configuration, '--state-dir', stateDir, '--endpoint-url', endpoint.url],
		...(options.regions ?? ['us-east-1']).flatMap(region => ['--region', region]),
	];
	// In the order in which they are to be undone.
	const undo: Array<() => Promise<unknown>> = [];
	onTestFinished(async () => {
		for (const step of undo) {
			await step();
		}

		await vedette(['daemon', 'stop', ...flags], env);
		if (options.endpoint === undefined) {
			await endpoint.close();
		}

		await remove();
	});

	return {
		endpoint,
		home,
		stateDir,
		run: async (...words) => vedette([...words, ...flags], env),
		daemon(...more) {
			const child = spawn(process.execPath, [program, 'daemon', '--foreground', ...flags, ...more], {
				env,
				stdio: ['ignore', 'ignore', 'pipe'],
			});
			let stderr = '';
			child.stderr.setEncoding('utf8').on('data', (text: string) => {
				stderr += text;
			});
			const ended = new Promise<number | string>(resolve => {
				child.once('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
			});
			undo.push(async () => {
				if (child.exitCode === null && child.signalCode === null) {
					child.kill('SIGKILL');
					await ended;
				}
			});
			return {process: child, stderr: () => stderr, ended};
		},
		terminal(words, more = {}) {
			const defined = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
			const terminal = new PseudoTerminal(process.execPath, [program, ...words, ...flags], {
				...more,
				environment: {...Object.fromEntries(defined), ...more.environment},
			});
			undo.unshift(async () => terminal.close());
			return terminal;
		},
		viewer() {
			const watcher = connect({runtimeDir, version: '0.1.0'});
			undo.unshift(async () => watcher.close());
			let latest: Overview | undefined;
			watcher.watch({ask: 'overview', rowsPerPanel: 3}, answer => {
				latest = answer;
			});
			const panel = (id: string): PanelSummary | undefined => latest?.panels.find(one => one.id === id);
			return {
				watcher,
				latest: () => latest,
				panel,
				outcomes: id => panel(id)?.snapshots.map(({outcome}) => outcome.status) ?? [],
				problem: id => latest?.problems.find(one => one.id === id),
				until: async (what, condition, timeoutMs = 20_000) =>
					until(() => (latest !== undefined && condition(latest) ? latest : undefined), what, timeoutMs),
			};
		},
		async logIn(accessKey) {
			await mkdir(path.join(home, '.aws'), {recursive: true});
			await writeFile(
				path.join(home, '.aws/credentials'),
				`[default]\naws_access_key_id = ${accessKey}\naws_secret_access_key = not/a/secret/not/a/secret/not/a/secret0\n`,
			);
		},
	};
};

/** No credentials in the environment: what there is, is in files. */
export const noCredentials = {AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: ''} as const;

/** That a collection of each watched Region brought an answer about the account. */
export const answered = (viewer: Viewer, id: string): boolean => {
	const outcomes = viewer.outcomes(id);
	return outcomes.length > 0 && outcomes.every(status => ['ok', 'partial', 'not-enabled'].includes(status));
};
