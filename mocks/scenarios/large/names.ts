import type {Random} from '../../endpoint/random.js';

export const teams = [
	'payments',
	'shop',
	'search',
	'identity',
	'platform',
	'data',
	'mobile',
	'finance',
	'legal',
	'devices',
	'growth',
	'support',
] as const;
export const environments = ['prod', 'prod', 'prod', 'staging', 'dev', 'test'] as const;
export const things = [
	'api',
	'db',
	'queue',
	'cache',
	'events',
	'backup',
	'logs',
	'exports',
	'sessions',
	'ledger',
	'media',
	'index',
	'feed',
	'models',
] as const;

/** `prod/payments-ledger-17`: believable, and unique by the index. */
export const bigName = (chance: Random, index: number): string =>
	`${chance.pick(environments)}/${chance.pick(teams)}-${chance.pick(things)}-${index}`;

/** How a large scenario's resources spread over its Regions; the parts of `total` add up to it. */
export const shareOf = (awsRegion: string, total: number): number => {
	const second = Math.floor(total * 0.15);
	const third = Math.floor(total * 0.05);
	if (awsRegion === 'us-east-1') return total - second - third;
	if (awsRegion === 'eu-west-1') return second;
	return awsRegion === 'ap-southeast-2' ? third : 0;
};
