import type {CacheFile} from './cache-file.js';

export type HousekeepingOptions = {
	/** How long after the last write the log is folded. */
	readonly idleMs?: number;
	/** How often a refused write is tried again. */
	readonly retryMs?: number;
	readonly beforeFold: () => void;
};

/** How long single values may wait for company. Killed meanwhile, we ask AWS again. */
const flushMs = 50;

/** What a cache file needs done in quiet moments, and the timers for it. No timer keeps the process alive. */
export class Housekeeping {
	readonly #file: CacheFile;
	readonly #options: HousekeepingOptions;
	#idle: NodeJS.Timeout | undefined;
	#flush: NodeJS.Timeout | undefined;
	#retry: NodeJS.Timeout | undefined;
	#folding: Promise<void> | undefined;
	#stopped = false;

	constructor(file: CacheFile, options: HousekeepingOptions) {
		this.#file = file;
		this.#options = options;
	}

	/** To be called after each write. */
	written(): void {
		clearTimeout(this.#idle);
		if (this.#stopped) {
			return;
		}

		if (this.#file.needsFold) {
			this.#startFold();
		} else {
			this.#idle = setTimeout(() => {
				if (this.#file.wantsFold) {
					this.#startFold();
				}
			}, this.#options.idleMs ?? 3000).unref();
		}

		if (this.#file.fault !== undefined) {
			this.#retry ??= setInterval(() => this.#tryAgain(), this.#options.retryMs ?? 5000).unref();
		}
	}

	/** Sees to it that what was deferred is written soon, together with what comes meanwhile. */
	flushSoon(): void {
		if (this.#stopped) {
			return;
		}

		this.#flush ??= setTimeout(() => {
			this.#flush = undefined;
			this.#file.write({puts: []});
			this.written();
		}, flushMs).unref();
	}

	/** Ends the timers, and a fold at its next slice; the file may be closed when this resolves. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#idle);
		clearTimeout(this.#flush);
		clearInterval(this.#retry);
		await this.#folding;
	}

	#tryAgain(): void {
		this.#file.retry();
		if (this.#file.fault === undefined) {
			clearInterval(this.#retry);
			this.#retry = undefined;
		}
	}

	#startFold(): void {
		this.#folding ??= this.#fold().finally(() => {
			this.#folding = undefined;
		});
	}

	/** A slice at a time, so that nobody waits long for the event loop. Rejects only for a mistake of ours. */
	async #fold(): Promise<void> {
		this.#options.beforeFold();
		for (const _ of this.#file.fold(Date.now())) {
			await new Promise(resolve => {
				setImmediate(resolve);
			});
			if (this.#stopped) {
				return;
			}
		}
	}
}
