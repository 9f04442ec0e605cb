import type {Callable} from './clients.js';

/**
 * The two operations that stand before all services: who are we, and which Regions are there. Declared like a service's,
 * so that they are limited, checked, mocked and listed in the policy in the same way.
 */
export const identityCallable = {
	id: 'sts',
	iamPrefix: 'sts',
	operations: {
		GetCallerIdentity: {
			requestsPerSecond: 5,
			answers: ['Account', 'Arn'],
			source: 'A guess far below what STS takes: it is asked once at the start and after each new login',
		},
	},
	load: async () => import('./identity.js'),
} as const satisfies Callable;

export const regionsCallable = {
	id: 'account',
	iamPrefix: 'account',
	operations: {
		ListRegions: {
			requestsPerSecond: 5,
			answers: ['Regions'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: 'https://docs.aws.amazon.com/accounts/latest/reference/quotas.html',
		},
	},
	load: async () => import('./enabled-regions.js'),
} as const satisfies Callable;

/** What any daemon calls besides its services, for the IAM policy. */
export const groundwork: readonly Callable[] = [identityCallable, regionsCallable];
