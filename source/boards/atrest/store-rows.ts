import type {Inputs, Joined, Refusal, Resource} from '../../model/index.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import type {KeyBook} from './key-book.js';
import {type KeyType, keyTypes} from './key-type.js';
import {inSentences, type Thing} from './sight.js';
import type {StoreId} from './stored.js';
import type {Store} from './stores.js';
import {keyInWords, unreadBy, whyInWords} from './words.js';

export const storeUseType = 'Vedette::AtRest::Store';

/** What keeps data of one sort in one Region, and how. */
export type StoreUse = {
	readonly store: StoreId;
	readonly one: string;
	readonly many: string;
	/** By which IAM action all of them are known. */
	readonly action: string;
	readonly total: number;
	/** Whether `total` and `counts` are of all there is. */
	readonly isWhole: boolean;
	/** How many are kept by what; those that are not known to be encrypted are in none. */
	readonly counts: Readonly<Record<KeyType, number>>;
	/** Of those that are not encrypted, the first ten. */
	readonly plain: readonly string[];
	/** Because of what something may be there that is not encrypted, in sentences. */
	readonly unseen: readonly string[];
	/** Why some are kept by a key of unknown type, in sentences. */
	readonly untyped: readonly string[];
	/** Of EBS volumes: what encrypts where nobody names a key. */
	readonly byDefault?: {
		/** Absent where it could not be read. */
		readonly isOn?: boolean;
		/** As EC2 names it. */
		readonly key?: string;
		readonly name?: string;
		readonly type?: KeyType;
		/** Why its type is not known. */
		readonly untold?: string;
	};
};

const mostNames = 10;

/** The Region's default encryption, and why it is not known. */
const byDefaultOf = (
	settings: Joined<RegionSettings> | undefined,
	gap: Refusal | undefined,
	{find}: KeyBook,
): {readonly byDefault: NonNullable<StoreUse['byDefault']>; readonly whys: readonly Refusal[]} => {
	const {encryptionByDefault: isOn, defaultKmsKeyId} = settings?.resource.configuration ?? {};
	const found = defaultKmsKeyId === undefined ? undefined : find(defaultKmsKeyId, settings?.resource.awsRegion ?? '');
	const unread = settings?.resource.unread ?? {};
	return {
		byDefault: {
			...(isOn !== undefined && {isOn}),
			...(defaultKmsKeyId !== undefined && {key: defaultKmsKeyId, name: found?.key?.resource.resourceName ?? keyInWords(defaultKmsKeyId)}),
			...(found && {type: found.type}),
			...(found?.why !== undefined && {untold: whyInWords(found.why)}),
		},
		whys: [unread['GetEbsEncryptionByDefault'], unread['GetEbsDefaultKmsKeyId'], settings === undefined ? gap : undefined].flatMap(
			why => why ?? [],
		),
	};
};

const countsOf = (things: readonly Thing[]): StoreUse['counts'] => {
	const counts = Object.fromEntries(keyTypes.map(type => [type, 0]));
	for (const {type} of things) {
		if (type !== undefined) {
			counts[type] = (counts[type] ?? 0) + 1;
		}
	}

	// Every type has just been given a count.
	return counts as Record<KeyType, number>;
};

const rowOf = (
	inputs: Inputs,
	store: Store,
	awsRegion: string,
	of: {
		readonly things: readonly Thing[];
		readonly gap: Refusal | undefined;
		readonly byDefault: ReturnType<typeof byDefaultOf> | undefined;
	},
): Resource<StoreUse> => {
	const {things, gap, byDefault} = of;
	const counts = countsOf(things);
	const blind = [
		...(gap === undefined ? [] : [{why: gap}]),
		...things.flatMap(({type, why, name}) => (type === undefined && why !== undefined ? [{why, of: store, name}] : [])),
	];
	const untyped = things.flatMap(({type, why, name}) => (type === 'unknown' && why !== undefined ? [{why, of: store, name}] : []));
	return {
		// Ours: AWS has no name for all volumes of a Region.
		arn: `arn:${inputs.partition}:${store.service}:${awsRegion}:${inputs.accountId}:${store.id}`,
		resourceType: storeUseType,
		resourceId: `${awsRegion}/${store.id}`,
		resourceName: store.title,
		accountId: inputs.accountId,
		awsRegion,
		tags: {},
		configuration: {
			store: store.id,
			one: store.one,
			many: store.many,
			action: store.action,
			total: things.length,
			isWhole: gap === undefined,
			counts,
			plain: things.flatMap(({type, name}) => (type === 'plain' ? [name] : [])).slice(0, mostNames),
			unseen: inSentences(blind),
			untyped: inSentences(untyped),
			...(byDefault && {byDefault: byDefault.byDefault}),
		},
		unread: unreadBy([...blind, ...untyped].map(({why}) => why).concat(byDefault?.whys ?? [])),
		readAt: {},
	};
};

/**
 * A row for each Region in which a store holds something, and where it cannot be known that it does not. What is not
 * watched at all has no row: that it is not is no news of a Region.
 */
export const storeRows = (
	inputs: Inputs,
	book: KeyBook,
	stores: ReadonlyArray<{readonly store: Store; readonly things: readonly Thing[]}>,
	gapOf: (store: Store, awsRegion: string) => Refusal | undefined,
): readonly Resource<StoreUse>[] => {
	const settings = new Map(inputs.of<RegionSettings>('AWS::EC2::RegionSettings').map(entry => [entry.resource.awsRegion, entry]));
	return stores.flatMap(({store, things}) => {
		const byRegion = new Map<string, Thing[]>();
		for (const thing of things) {
			const known = byRegion.get(thing.awsRegion) ?? [];
			byRegion.set(thing.awsRegion, known);
			known.push(thing);
		}

		for (const awsRegion of store.service === 's3' ? ['global'] : inputs.regions) {
			const gap = byRegion.has(awsRegion) ? undefined : gapOf(store, awsRegion);
			if (gap !== undefined && gap.status !== 'not-available' && (store.service !== 's3' || byRegion.size === 0)) {
				byRegion.set(awsRegion, []);
			}
		}

		return [...byRegion].map(([awsRegion, stored]) => {
			const gap = gapOf(store, awsRegion);
			const byDefault = store.id === 'volumes' ? byDefaultOf(settings.get(awsRegion), gap, book) : undefined;
			return rowOf(inputs, store, awsRegion, {things: stored, gap, byDefault});
		});
	});
};
