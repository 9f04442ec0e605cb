import type {Inputs, Resource} from '../../model/index.js';
import {joinAcls} from './acl.js';
import {acceleratorEntries} from './entries/accelerators.js';
import {addressEntries} from './entries/addresses.js';
import {apiEntries} from './entries/apis.js';
import {distributionEntries} from './entries/distributions.js';
import {readLoadBalancers} from './entries/inside.js';
import {loadBalancerEntries} from './entries/load-balancers.js';
import {zoneEntries} from './entries/zones.js';
import {toRow} from './entry.js';
import {readLandscape} from './landscape/index.js';

/** A row for each point at which the internet comes in, and one for each web ACL. */
export const join = (inputs: Inputs): readonly Resource[] => {
	const landscape = readLandscape(inputs);
	const balancers = readLoadBalancers(landscape);
	return [
		...[
			...distributionEntries(landscape, balancers),
			...acceleratorEntries(landscape, balancers),
			...loadBalancerEntries(landscape),
			...apiEntries(landscape),
			...addressEntries(landscape, balancers),
			...zoneEntries(landscape),
		].map(toRow),
		...joinAcls(landscape.inputs),
	];
};
