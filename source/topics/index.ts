import type {Topic} from '../model/index.js';
import {certificates} from './certificates.js';
import {copies} from './copies.js';
import {ddos} from './ddos.js';
import {detection} from './detection.js';
import {edge} from './edge.js';
import {encryption} from './encryption.js';
import {keys} from './keys.js';
import {secrets} from './secrets.js';

/** Every topic of the notes, in their order. One file each for those that belong together. */
export const topics: readonly Topic[] = [
	//
	...encryption,
	...keys,
	...copies,
	...secrets,
	...certificates,
	...edge,
	...ddos,
	...detection,
];
