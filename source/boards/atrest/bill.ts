import type {Inputs, Resource, ResourceType} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import {type Blind, inSentences} from './sight.js';
import {unreadBy} from './words.js';

export const billType = 'Vedette::AtRest::Bill';

/** What keys and secrets cost the account, in US dollars a month. */
export type Bill = {
	/** Customer managed keys at $1: replicas, imported ones and those in key stores each; none that is to be deleted. */
	readonly keys: {readonly count: number; readonly usd: number};
	/** The first and second rotation of a key, at $1 more each. */
	readonly rotations: {readonly count: number; readonly usd: number};
	readonly secrets: {readonly count: number; readonly usd: number};
	/** Advanced parameters. */
	readonly parameters: {readonly count: number; readonly usd: number};
	/** Shield Advanced, which costs the same whatever it protects. */
	readonly shield: {readonly count: number; readonly usd: number};
	readonly usd: number;
	/** Most expensive first. */
	readonly byRegion: ReadonlyArray<{readonly awsRegion: string; readonly usd: number}>;
	/** What may cost more than this says, in sentences. Empty where everything was read. */
	readonly uncounted: readonly string[];
	/** Requests to KMS that Vedette itself sends in thirty days, to two digits. Absent until it was metered for a day. */
	readonly ownRequests?: number;
};

/** https://aws.amazon.com/kms/pricing/ : $0.03 per 10,000 requests, but for the first 20,000 of the account and month. */
export const usdPerRequest = 0.03 / 10_000;
export const freeRequests = 20_000;

const charged: ReadonlyArray<{
	readonly id: 'secrets' | 'parameters' | 'shield';
	readonly service: string;
	readonly resourceType: ResourceType;
	readonly listing: readonly string[];
}> = [
	{id: 'secrets', service: 'secretsmanager', resourceType: 'AWS::SecretsManager::Secret', listing: ['ListSecrets']},
	{id: 'parameters', service: 'ssm', resourceType: 'AWS::SSM::Parameter', listing: ['DescribeParameters']},
	{
		id: 'shield',
		service: 'shield',
		resourceType: 'AWS::Shield::Subscription',
		listing: ['GetSubscriptionState', 'DescribeSubscription'],
	},
];

/** To two digits: a number that is new with every collection would be news with each. */
const rounded = (value: number): number => {
	const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
	return Math.round(value / unit) * unit;
};

/** Cents add up to cents. */
const inCents = (usd: number): number => Math.round(usd * 100) / 100;

const keysOf = (inputs: Inputs) => {
	const keys = {count: 0, usd: 0};
	const rotations = {count: 0, usd: 0};
	const blind: Array<Omit<Blind, 'service'>> = [];
	for (const {resource, usdPerMonth} of inputs.of<Key>('AWS::KMS::Key')) {
		const {DescribeKey: undescribed, ListKeyRotations: uncounted} = resource.unread;
		for (const why of [undescribed, uncounted]) {
			if (why !== undefined) {
				blind.push({why, of: {one: 'key', many: 'keys'}, name: resource.resourceName});
			}
		}

		if (usdPerMonth > 0) {
			keys.count++;
			keys.usd++;
			rotations.count += usdPerMonth - 1;
			rotations.usd += usdPerMonth - 1;
		}
	}

	return {keys, rotations, blind};
};

const chargedFor = (inputs: Inputs, resourceType: ResourceType) => {
	const priced = inputs.of(resourceType).filter(({usdPerMonth}) => usdPerMonth > 0);
	return {count: priced.length, usd: inCents(priced.reduce((sum, {usdPerMonth}) => sum + usdPerMonth, 0))};
};

const byRegionOf = (inputs: Inputs): Bill['byRegion'] => {
	const sums = new Map<string, number>();
	for (const resourceType of ['AWS::KMS::Key', ...charged.map(one => one.resourceType)] as const) {
		for (const {resource, usdPerMonth} of inputs.of(resourceType)) {
			if (usdPerMonth > 0) {
				sums.set(resource.awsRegion, (sums.get(resource.awsRegion) ?? 0) + usdPerMonth);
			}
		}
	}

	return [...sums]
		.map(([awsRegion, usd]) => ({awsRegion, usd: inCents(usd)}))
		.sort((a, b) => b.usd - a.usd || (a.awsRegion < b.awsRegion ? -1 : 1));
};

/** One row for the account: prices are the same in nearly all Regions, and the free requests are shared by all. */
export const billRow = (inputs: Inputs): Resource<Bill> => {
	const {keys, rotations, blind} = keysOf(inputs);
	const [secrets, parameters, shield] = charged.map(({resourceType}) => chargedFor(inputs, resourceType));
	const nothing = {count: 0, usd: 0};
	const parts = {keys, rotations, secrets: secrets ?? nothing, parameters: parameters ?? nothing, shield: shield ?? nothing};
	const gaps = [inputs.gap('kms', ['ListKeys']), ...charged.map(({service, listing}) => inputs.gap(service, listing))];
	const missing = [...gaps.flatMap(gap => (gap === undefined ? [] : [{why: gap}])), ...blind];
	const requests = inputs.callsPerMonth?.('kms');
	return {
		arn: `arn:${inputs.partition}:iam::${inputs.accountId}:root`,
		resourceType: billType,
		resourceId: 'bill',
		resourceName: 'Keys and secrets, a month',
		accountId: inputs.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: {
			...parts,
			usd: inCents(Object.values(parts).reduce((sum, {usd}) => sum + usd, 0)),
			byRegion: byRegionOf(inputs),
			uncounted: inSentences(missing),
			...(requests !== undefined && {ownRequests: rounded(requests)}),
		},
		unread: unreadBy(missing.map(({why}) => why)),
		readAt: {},
	};
};
