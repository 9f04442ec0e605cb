import type {Registered} from '../scenarios/registered.js';
import {register} from '../scenarios/registered.js';
import {kms} from './kms.js';

/** Every mocked service, with its data in each scenario. A new one is a line here. */
export const mockServices: readonly Registered[] = [
	register(kms, {
		healthy: () => import('../scenarios/healthy/kms.js'),
		typical: () => import('../scenarios/typical/kms.js'),
		hostile: () => import('../scenarios/hostile/kms.js'),
		large: () => import('../scenarios/large/kms.js'),
	}),
];
