import {type Registered, register} from '../scenarios/registered.js';
import {account} from './account.js';
import {kms} from './kms.js';
import {sts} from './sts.js';

/** Every mocked service, with its data in each scenario. A new one is a line here. */
export const mockServices: readonly Registered[] = [
	register(account),
	register(sts),
	register(kms, {
		healthy: () => import('../scenarios/healthy/kms.js'),
		typical: () => import('../scenarios/typical/kms.js'),
		hostile: () => import('../scenarios/hostile/kms.js'),
		large: () => import('../scenarios/large/kms.js'),
	}),
];
