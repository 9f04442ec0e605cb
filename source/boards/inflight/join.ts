import type {Inputs, Resource} from '../../model/index.js';
import {apiRows} from './apis.js';
import {legsBeyond} from './beyond.js';
import {bucketRows} from './buckets.js';
import {certificateFinder} from './certificates.js';
import {distributionRows} from './distributions.js';
import type {EntryPoint} from './entry-point.js';
import {loadBalancerRows} from './load-balancers.js';
import {readNames} from './names.js';

/** A row for each entry point of the account. */
export function* join(inputs: Inputs): Iterable<Resource<EntryPoint>> {
	const find = certificateFinder(inputs);
	const names = readNames(inputs);
	const balancers = loadBalancerRows(inputs, find, names);
	yield* balancers;
	yield* distributionRows(inputs, find, names, legsBeyond(inputs, balancers, names));
	yield* apiRows(inputs, find);
	yield* bucketRows(inputs, names);
}
