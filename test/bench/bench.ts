import {availableParallelism, loadavg} from 'node:os';
import {type Account, collectAccount} from './account.js';
import {measureBreadth} from './breadth.js';
import {measureCollecting} from './collecting.js';
import {serveEndpoint} from './endpoint.js';
import {type Figure, printFigures} from './figures.js';
import {judgeHere, measureJudging} from './judging.js';
import {type RunningDaemon, settled, startDaemon} from './program.js';
import {measureIdling, measureScrolling} from './scrolling.js';
import {measureAttach, measureFirstFrame, measureStatus} from './starting.js';
import {measureSteady} from './steady.js';
import {daemonFigures, measureExport, measureIngest} from './storing.js';

const restarts = 3;

/** What the parts work with: accounts that are collected and daemons that run, each when it is first wanted. */
class Bench {
	readonly #accounts = new Map<number, Promise<Account>>();
	readonly #daemons = new Map<number, Promise<RunningDaemon>>();
	readonly startsMs: number[] = [];

	small = async (): Promise<Account> => this.#account(1000);
	large = async (): Promise<Account> => this.#account(100_000);

	/** Daemons of both, come to rest. */
	async up(): Promise<readonly [small: Account, large: Account, daemon: RunningDaemon]> {
		const accounts = [await this.small(), await this.large()] as const;
		await this.#daemon(1000, 1);
		return [...accounts, await this.#daemon(100_000, restarts)];
	}

	/** Stops the daemons, so that the caches are free. */
	async down(): Promise<void> {
		const daemons = [...this.#daemons.values()];
		this.#daemons.clear();
		await Promise.all(daemons.map(async daemon => (await daemon).stop()));
	}

	async close(): Promise<void> {
		await this.down();
		await Promise.all([...this.#accounts.values()].map(async account => (await account).remove()));
	}

	async #account(findings: number): Promise<Account> {
		const known = this.#accounts.get(findings);
		if (known !== undefined) {
			return known;
		}

		process.stderr.write(`collecting the large account with ${findings} findings…\n`);
		const account = collectAccount(findings);
		this.#accounts.set(findings, account);
		return account;
	}

	async #daemon(findings: number, starts: number): Promise<RunningDaemon> {
		const known = this.#daemons.get(findings);
		if (known !== undefined) {
			return known;
		}

		const account = await this.#account(findings);
		const started = (async () => {
			for (let start = 1; ; start++) {
				const daemon = await startDaemon(account);
				await settled(daemon);
				if (findings === 100_000) {
					this.startsMs.push(daemon.servingAfterMs);
				}

				if (start >= starts) {
					return daemon;
				}

				await daemon.stop();
			}
		})();
		this.#daemons.set(findings, started);
		return started;
	}
}

const parts: Readonly<Record<string, (bench: Bench) => Promise<readonly Figure[]>>> = {
	collecting: measureCollecting,
	breadth: measureBreadth,
	judging: measureJudging,
	ingest: async bench => measureIngest(await bench.large()),
	status: async bench => measureStatus((await bench.up())[1]),
	frame: async bench => {
		const [small, large] = await bench.up();
		return measureFirstFrame(small, large);
	},
	attach: async bench => {
		const [small, large] = await bench.up();
		return measureAttach(small, large);
	},
	scrolling: async bench => measureScrolling((await bench.up())[1]),
	idling: async bench => {
		const [, large, daemon] = await bench.up();
		return measureIdling(large, daemon);
	},
	export: async bench => {
		const [small, large] = await bench.up();
		return measureExport(small, large);
	},
	daemon: async bench => {
		const [, large, daemon] = await bench.up();
		return daemonFigures(large, bench.startsMs, daemon);
	},
	// The last: it leaves times in the caches that are still to come.
	steady: async bench => {
		await bench.down();
		return measureSteady(await bench.large());
	},
};

// `bench --endpoint SCENARIO FINDINGS` serves; `bench --judging` is the process of that part; `bench PART...` measures some; `bench` measures all.
const words = process.argv.slice(2);
if (words[0] === '--endpoint') {
	await serveEndpoint(words[1], Number(words[2]));
} else if (words[0] === '--judging') {
	process.stdout.write(JSON.stringify(await judgeHere()));
} else {
	const bench = new Bench();
	const figures: Figure[] = [];
	const busy = loadavg()[0]?.toFixed(1);
	try {
		for (const [name, measure] of Object.entries(parts)) {
			if (words.length === 0 || words.includes(name)) {
				process.stderr.write(`measuring ${name}…\n`);
				figures.push(...(await measure(bench)));
			}
		}
	} finally {
		await bench.close();
	}

	// Times of a machine that has other things to do are longer: how busy it was belongs to them.
	process.stdout.write(
		`Node.js ${process.version}, ${availableParallelism()} cores, load ${busy} at the start, ${loadavg()[0]?.toFixed(1)} at the end\n\n`,
	);
	process.stdout.write(`${printFigures(figures)}\n`);
	process.exitCode = figures.every(({within}) => within) ? 0 : 1;
}
