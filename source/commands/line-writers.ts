import {Worker} from 'node:worker_threads';
import type {EntryLines, EntryList} from '../export/lines.js';
import type {Catalogue, Mute, SnapshotHeader} from '../model/index.js';
import {entriesAtOnce} from './export-source.js';

/** What a thread has to know to write lines as another would. */
export type LineWriting = {
	readonly stateDir: string;
	readonly headers: readonly SnapshotHeader[];
	readonly catalogue: Catalogue;
	readonly mutes: readonly Mute[];
	readonly generatedAt: string;
};

/** The entries in these slots of the cache file, as lines of a list. Answered with the bytes, in the order of the orders. */
export type LineOrder = {
	readonly list: EntryList;
	readonly slots: Uint32Array;
	/** Memory to write into: making it anew for each window takes as long as a fifth of the writing. */
	readonly room: ArrayBuffer | undefined;
};

export type LineWriters = {
	/** The entries in these slots, in their order. A piece holds until the next is asked for: its memory is written into again. */
	lines(slots: {readonly all: Uint32Array; readonly resources: Uint32Array}): EntryLines;
	close(): Promise<void>;
};

/** Windows that are written or wait for the reader, for each thread: enough that none waits for orders. */
const ahead = 6;

/** Threads that write lines of one export, taking turns. Reading the cache and writing JSON is all processor. */
export const lineWriters = (count: number, writing: LineWriting): LineWriters => {
	const writers = Array.from({length: count}, () => new LineWriter(writing));
	const write = async function* (list: EntryList, slots: Uint32Array): AsyncGenerator<Uint8Array, void, undefined> {
		const under: Array<{readonly writer: LineWriter; readonly lines: Promise<Uint8Array<ArrayBuffer>>}> = [];
		for (let start = 0, turn = 0; start < slots.length || under.length > 0; ) {
			while (start < slots.length && under.length < count * ahead) {
				const writer = writers[turn++ % count];
				const lines = writer?.write(list, slots.slice(start, start + entriesAtOnce));
				start += entriesAtOnce;
				if (writer !== undefined && lines !== undefined) {
					// Awaited in its turn; until then a failure is not unhandled.
					lines.catch(() => undefined);
					under.push({writer, lines});
				}
			}

			const first = under.shift();
			if (first !== undefined) {
				const lines = await first.lines;
				yield lines;
				first.writer.reuse(lines.buffer);
			}
		}
	};

	return {
		lines: slots => ({resources: () => write('resources', slots.resources), findings: () => write('findings', slots.all)}),
		async close() {
			await Promise.all(writers.map(async writer => writer.close()));
		},
	};
};

class LineWriter {
	readonly #worker: Worker;
	readonly #waiting: Array<PromiseWithResolvers<Uint8Array<ArrayBuffer>>> = [];
	readonly #rooms: ArrayBuffer[] = [];
	#failure: Error | undefined;

	constructor(writing: LineWriting) {
		this.#worker = new Worker(new URL('line-writer.js', import.meta.url), {
			workerData: writing,
			resourceLimits: {maxYoungGenerationSizeMb: 16},
		});
		this.#worker.on('message', (lines: Uint8Array<ArrayBuffer>) => this.#waiting.shift()?.resolve(lines));
		this.#worker.on('error', error => this.#fail(error instanceof Error ? error : new Error(String(error))));
		this.#worker.on('exit', code => this.#fail(new Error(`A thread of the export ended with ${code}`)));
	}

	async write(list: EntryList, slots: Uint32Array): Promise<Uint8Array<ArrayBuffer>> {
		if (this.#failure !== undefined) {
			throw this.#failure;
		}

		const lines = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
		this.#waiting.push(lines);
		const room = this.#rooms.pop();
		const order: LineOrder = {list, slots, room};
		this.#worker.postMessage(order, room === undefined ? [] : [room]);
		return lines.promise;
	}

	/** Takes back the memory of lines that have been read. */
	reuse(room: ArrayBuffer): void {
		this.#rooms.push(room);
	}

	async close(): Promise<void> {
		await this.#worker.terminate();
	}

	#fail(error: Error): void {
		this.#failure ??= error;
		for (const lines of this.#waiting.splice(0)) {
			lines.reject(this.#failure);
		}
	}
}
