import type {Board} from '../model/index.js';
import {atrest} from './atrest/index.js';
import {edge} from './edge/index.js';
import {expiry} from './expiry/index.js';
import {inflight} from './inflight/index.js';
import {multiregion} from './multiregion/index.js';
import {sharing} from './sharing/index.js';

/** Every board that Vedette shows. One folder and one line here each. */
export const boards: readonly Board[] = [
	//
	sharing,
	expiry,
	inflight,
	atrest,
	multiregion,
	edge,
];
