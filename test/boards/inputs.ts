import {scenarios} from '../../mocks/scenarios/index.js';
import {toInputs} from '../../source/daemon/board-inputs.js';
import type {Board, Inputs, Joined, Mute, Outcome, Resource, ResourceEntry, SnapshotHeader} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {judgeAll, type Watch, watchScenario} from '../services/watch.js';

/** What one service brought of an account, as the cache would hold it. */
type Brought = {readonly headers: readonly SnapshotHeader[]; readonly entries: readonly ResourceEntry[]};

const headerOf = (snapshot: {accountId: string; awsRegion: string; service: string}, at: string, outcome: Outcome): SnapshotHeader => ({
	...snapshot,
	capturedAt: at,
	attemptedAt: at,
	nextAttemptAt: undefined,
	everyMs: 300_000,
	outcome,
	...(['ok', 'partial', 'not-enabled'].includes(outcome.status) && {fullAt: at}),
});

const regions = scenarios.typical.populated;

/** The typical account as boards are given it, and how it changes when something is refused. `close` ends the endpoint. */
export class TypicalAccount {
	readonly #watch: Watch;
	readonly #brought = new Map<string, Brought>();
	/** What services brought while one of their operations was refused: several boards ask for the same. */
	readonly #denied = new Map<string, Brought>();

	private constructor(watch: Watch) {
		this.#watch = watch;
	}

	static async open(): Promise<TypicalAccount> {
		const account = new TypicalAccount(await watchScenario('typical'));
		for (const {id} of services) {
			account.#brought.set(id, await account.#bring(id, account.#watch));
		}

		return account;
	}

	/** Collects a service in every Region that holds something. */
	async #bring(id: string, watch: Watch): Promise<Brought> {
		const service = services.find(one => one.id === id);
		if (service === undefined) {
			throw new Error(`There is no service ${id}`);
		}

		const headers: SnapshotHeader[] = [];
		const resources: Resource[] = [];
		for (const awsRegion of service.scope === 'regional' ? regions : [service.scope.homeRegion]) {
			const collected = await watch.collect(service, awsRegion);
			const snapshot = {accountId: scenarios.typical.accounts[0].accountId, awsRegion, service: id};
			headers.push(headerOf(snapshot, this.#watch.now(), collected.outcome));
			resources.push(...collected.resources);
		}

		return {headers, entries: judgeAll(service, resources, this.#watch.now())};
	}

	/** What `work` finds while an operation is refused to who has never been answered it. */
	async denying<T>(id: string, operation: string, work: () => T): Promise<T> {
		const key = `${id}:${operation}`;
		let denied = this.#denied.get(key);
		if (denied === undefined) {
			const watch = await watchScenario('typical');
			watch.endpoint.faults.add({service: id, operation, effect: {kind: 'deny'}});
			denied = await this.#bring(id, watch);
			await watch.close();
			this.#denied.set(key, denied);
		}

		const before = this.#brought.get(id);
		this.#brought.set(id, denied);
		try {
			return work();
		} finally {
			if (before !== undefined) {
				this.#brought.set(id, before);
			}
		}
	}

	inputs(trustedAccounts: readonly string[] = [], mutes: readonly Mute[] = []): Inputs {
		const brought = [...this.#brought.values()];
		const all = brought.flatMap(({entries}) => entries);
		return toInputs({
			account: {accountId: scenarios.typical.accounts[0].accountId, partition: 'aws', regions},
			services,
			headers: brought.flatMap(({headers}) => headers),
			now: this.#watch.now(),
			trustedAccounts,
			mutes,
			// Entries of resources are what is joined.
			entries: resourceType => all.filter(({resource}) => resource.resourceType === resourceType) as readonly Joined[],
		});
	}

	/** The rows of a board, judged. */
	rows(board: Board): readonly ResourceEntry[] {
		return judgeAll(board, [...board.join(this.inputs())], this.#watch.now());
	}

	async close(): Promise<void> {
		await this.#watch.close();
	}
}
