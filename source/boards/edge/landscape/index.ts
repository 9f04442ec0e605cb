import type {Inputs, Joined, Refusal} from '../../../model/index.js';
import type {LoadBalancer} from '../../../services/elbv2/rules/load-balancer.js';
import {type Openness, readOpenness} from '../practices/openness.js';
import {readScaling, type Scaling} from '../practices/scaling.js';
import {readShield, type Shield} from '../practices/shield.js';
import {readWebAcls, type WebAcls} from '../practices/web-acl.js';
import {type Fronts, readFronts} from './fronts.js';
import {type Names, readNames} from './names.js';

/** All that entries are judged by, each input read once and found by a map from then on. */
export type Landscape = {
	readonly inputs: Inputs;
	readonly names: Names;
	readonly fronts: Fronts;
	readonly webAcls: WebAcls;
	readonly openness: Openness;
	readonly scaling: Scaling;
	readonly shield: Shield;
	readonly loadBalancers: ReadonlyArray<Joined<LoadBalancer>>;
};

/** The same inputs, which look for each gap once: rows of one Region ask for the same ones. */
const remembering = (inputs: Inputs): Inputs => {
	const known = new Map<string, Refusal | undefined>();
	return {
		...inputs,
		gap(service, operations, awsRegion = '') {
			const key = `${service} ${operations.join(' ')} ${awsRegion}`;
			if (!known.has(key)) {
				known.set(key, inputs.gap(service, operations, awsRegion === '' ? undefined : awsRegion));
			}

			return known.get(key);
		},
	};
};

export const readLandscape = (given: Inputs): Landscape => {
	const inputs = remembering(given);
	const names = readNames(inputs);
	return {
		inputs,
		names,
		fronts: readFronts(inputs, names),
		webAcls: readWebAcls(inputs),
		openness: readOpenness(inputs),
		scaling: readScaling(inputs),
		shield: readShield(inputs),
		loadBalancers: inputs.of<LoadBalancer>('AWS::ElasticLoadBalancingV2::LoadBalancer'),
	};
};
