import type {Inputs, Resource, ResourceType} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {Organization} from '../../services/organizations/rules/organization.js';
import {type Blind, inSentences} from './sight.js';
import {unreadBy, type Why} from './words.js';

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
	/** Shield Advanced, which costs the same whatever it protects, and however many accounts of an organisation have it. */
	readonly shield: {readonly count: number; readonly usd: number};
	/**
	 * Whose bill that is on where it is not this account's own affair: the account that pays for the organisation, which may be
	 * this one. `unknown` where it is not known: then it is not counted.
	 */
	readonly shieldPayer?:
		| {readonly is: 'this account'}
		| {readonly is: 'another'; readonly accountId?: string; readonly fee: string}
		| {readonly is: 'unknown'};
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

const shieldType = 'AWS::Shield::Subscription';

const charged: ReadonlyArray<{
	readonly service: string;
	readonly resourceType: ResourceType;
	readonly listing: readonly string[];
}> = [
	{service: 'secretsmanager', resourceType: 'AWS::SecretsManager::Secret', listing: ['ListSecrets']},
	{service: 'ssm', resourceType: 'AWS::SSM::Parameter', listing: ['DescribeParameters']},
	{service: 'shield', resourceType: shieldType, listing: ['GetSubscriptionState', 'DescribeSubscription']},
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

type Shield = {
	readonly shield: Bill['shield'];
	readonly shieldPayer?: NonNullable<Bill['shieldPayer']>;
	/** What it costs, whoever pays. */
	readonly fee: string;
	/** Why it is not known whose bill it is on. */
	readonly why?: Why;
};

const feeOfShield = {one: 'fee of Shield Advanced,', many: 'fees of Shield Advanced'};

/** Shield Advanced is charged once for all accounts of an organisation, and to the one that pays for them. */
const shieldOf = (inputs: Inputs): Shield => {
	const shield = chargedFor(inputs, shieldType);
	const fee = shield.usd.toFixed(2);
	if (shield.count === 0) {
		return {shield, fee};
	}

	const [organization] = inputs.of<Organization>('AWS::Organizations::Organization');
	const {inUse, isManagement, managementAccountId: accountId} = organization?.resource.configuration ?? {};
	if (inUse === false) {
		return {shield, fee};
	}

	if (isManagement === true) {
		return {shield, fee, shieldPayer: {is: 'this account'}};
	}

	const notOurs = {count: shield.count, usd: 0};
	if (isManagement === false) {
		return {shield: notOurs, fee, shieldPayer: {is: 'another', fee, ...(accountId !== undefined && {accountId})}};
	}

	const why =
		organization?.resource.unread['DescribeOrganization'] ??
		inputs.gap('organizations', ['DescribeOrganization']) ??
		'organizations:DescribeOrganization did not say who pays for the organisation';
	return {shield: notOurs, fee, shieldPayer: {is: 'unknown'}, why};
};

/** By what is charged to this account: `isShieldOurs` says whether Shield Advanced is. */
const byRegionOf = (inputs: Inputs, isShieldOurs: boolean): Bill['byRegion'] => {
	const sums = new Map<string, number>();
	for (const resourceType of ['AWS::KMS::Key', ...charged.map(one => one.resourceType)] as const) {
		if (resourceType === shieldType && !isShieldOurs) {
			continue;
		}

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
	const {shield, shieldPayer, fee, why: payerUntold} = shieldOf(inputs);
	const parts = {
		keys,
		rotations,
		secrets: chargedFor(inputs, 'AWS::SecretsManager::Secret'),
		parameters: chargedFor(inputs, 'AWS::SSM::Parameter'),
		shield,
	};
	const gaps = [inputs.gap('kms', ['ListKeys']), ...charged.map(({service, listing}) => inputs.gap(service, listing))];
	const missing = [
		...gaps.flatMap(gap => (gap === undefined ? [] : [{why: gap}])),
		...blind,
		...(payerUntold === undefined ? [] : [{why: payerUntold, of: feeOfShield, name: `${fee} if this account pays for the organisation`}]),
	];
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
			...(shieldPayer !== undefined && {shieldPayer}),
			usd: inCents(Object.values(parts).reduce((sum, {usd}) => sum + usd, 0)),
			byRegion: byRegionOf(inputs, shield.usd > 0),
			uncounted: inSentences(missing),
			...(requests !== undefined && {ownRequests: rounded(requests)}),
		},
		unread: unreadBy(missing.map(({why}) => why)),
		readAt: {},
	};
};
