import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import pino from 'pino';
import {collectOnce} from '../../source/commands/collect-once.js';
import type {Config} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {openStore} from '../../source/store/open-store.js';
import {type EndpointProcess, endpointProcess, largeRegions} from './endpoint.js';

/** The large account, collected once, and a home in which the program as built finds it. */
export type Account = {
	readonly name: string;
	readonly endpoint: EndpointProcess;
	readonly stateDir: string;
	/** Nothing of this machine's AWS configuration. */
	readonly environment: Readonly<Record<string, string>>;
	/** What every command about this account needs. */
	readonly flags: readonly string[];
	readonly config: Config;
	remove(): Promise<void>;
};

export const credentials = {AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE', AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'};

export const now = (): string => new Date().toISOString();

/**
 * What a large account has a hundred thousand of: findings, and the keys, certificates and secrets beside them. Daemons keep to
 * AWS's published rates, at which the other services of so large an account take minutes before they come to rest.
 */
const measured = services.filter(({id}) => ['kms', 'acm', 'secretsmanager', 'guardduty', 'inspector', 'macie'].includes(id));

// So long that nothing is polled while something is measured, but for what a daemon asks when it starts.
const rarely = '7d';

/**
 * Collects the large scenario through our own gate, collectors, rules and store, as `export --once` does, only without its
 * limits: at AWS's published rates it would take minutes. The daemons that serve it later run as they are.
 */
export const collectAccount = async (findings: number): Promise<Account> => {
	// Short: a socket's path has at most 108 characters.
	const home = await mkdtemp(path.join(tmpdir(), 'vdb-'));
	const endpoint = await endpointProcess('large', findings);
	const stateDir = path.join(home, 's');
	await mkdir(stateDir, {mode: 0o700});
	const intervals = measured.map(({id, refresh}) => `  ${id}: {full: ${rarely}${refresh.delta === undefined ? '' : `, delta: ${rarely}`}}`);
	const file = path.join(home, 'config.yaml');
	await writeFile(
		file,
		`regions: [${largeRegions.join(', ')}]\nservices: [${measured.map(({id}) => id).join(', ')}]\nlimits: {share: 1}\nintervals:\n${intervals.join('\n')}\n`,
		{mode: 0o600},
	);
	const config: Config = {
		profile: undefined,
		roleArn: undefined,
		externalId: undefined,
		regions: largeRegions,
		endpointUrl: endpoint.url,
		services: measured.map(({id}) => id),
		limits: {share: Number.POSITIVE_INFINITY},
		intervals: {},
		rules: {},
		trustedAccounts: [],
		mutes: [],
		stateDir,
		runtimeDir: path.join(stateDir, 'run'),
		file: undefined,
	};
	Object.assign(process.env, credentials, {AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: largeRegions[0]});
	const store = await openStore({dir: stateDir, now});
	try {
		const once = await collectOnce({
			config,
			services: measured,
			boards: [],
			store,
			log: pino({level: 'silent'}),
			signal: AbortSignal.timeout(10 * 60_000),
			now,
			onProgress: () => {},
		});
		if (once.status === 'refused' || once.undone > 0) {
			throw new Error(`The large account could not be collected: ${JSON.stringify(once)}`);
		}
	} finally {
		await store.close();
	}

	return {
		name: `${Math.round(findings / 1000)}k findings`,
		endpoint,
		stateDir,
		environment: {
			PATH: process.env['PATH'] ?? '',
			HOME: home,
			TERM: 'xterm-256color',
			COLORTERM: 'truecolor',
			LANG: 'C.UTF-8',
			AWS_EC2_METADATA_DISABLED: 'true',
			AWS_REGION: largeRegions[0],
			VEDETTE_CONFIG: file,
			...credentials,
		},
		flags: [`--state-dir=${stateDir}`, `--endpoint-url=${endpoint.url}`],
		config,
		async remove() {
			await endpoint.stop();
			await rm(home, {recursive: true, force: true, maxRetries: 5, retryDelay: 100});
		},
	};
};
