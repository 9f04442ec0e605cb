import {parentPort, workerData} from 'node:worker_threads';
import {entryWriter} from '../export/json-entry.js';
import {writeLines} from '../export/lines.js';
import {openCacheReader} from '../store/cache-reader.js';
import {compileMutes} from '../store/mutes.js';
import {fillCommand} from '../view/remediation.js';
import type {LineOrder, LineWriting} from './line-writers.js';

// A thread that writes lines of an export, with a reader of its own: see `lineWriters`, which alone starts it and sends orders.
const {stateDir, headers, catalogue, mutes, generatedAt} = workerData as LineWriting;
const reader = openCacheReader(stateDir);
const muted = compileMutes(mutes);
const atMs = Date.parse(generatedAt);
const write = entryWriter({
	headers,
	catalogue,
	isMuted: muted.count === 0 ? undefined : (resource, ruleId) => muted.mutes(ruleId, resource, atMs),
	fill: fillCommand,
});

parentPort?.on('message', ({list, slots, room}: LineOrder) => {
	const lines = writeLines(write, list, reader.texts(slots), room);
	parentPort?.postMessage(lines, [lines.buffer]);
});
