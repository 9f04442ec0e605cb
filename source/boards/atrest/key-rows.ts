import type {Inputs, Joined, Refusal, Resource} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {Found, KeyBook} from './key-book.js';
import {isOwn, type KeyType, type Purpose, purposeOf} from './key-type.js';
import {remembering} from './remembering.js';
import {type Blind, inSentences} from './sight.js';
import type {Users, Uses} from './uses.js';
import {keyInWords, unreadBy, whyInWords} from './words.js';

export const keyUseType = 'Vedette::AtRest::Key';

/** A KMS key and what uses it. Words are AWS's, times ISO 8601. Members that are absent were not told, or do not exist for it. */
export type KeyUse = {
	readonly type: KeyType;
	/** Why KMS tells nothing of it, or not its type. */
	readonly untold?: string;
	readonly state?: string;
	readonly origin?: string;
	readonly keyUsage?: string;
	readonly deletionAt?: string;
	/** When the first of the imported materials that it needs ends, and the key with it. */
	readonly materialEndsAt?: string;
	readonly keyStore?: {readonly name: string; readonly connectionState: string};
	/** The key's own price and that of its rotations. Absent where it is not known whose key it is. */
	readonly usdPerMonth?: number;
	/** What KMS recorded of its use. */
	readonly usedAt?: string;
	readonly trackedSince?: string;
	readonly createdAt?: string;
	readonly multiRegion?: {readonly type: string; readonly relatives: readonly Relative[]};
	/** What uses it, by kind, and how many that are. */
	readonly users: readonly Users[];
	readonly total: number;
	/** How many uses there are of the account's own keys in its Region, this one's among them. */
	readonly regionTotal: number;
	/** What could not be seen and may use this key, in sentences, and in which services. */
	readonly unseen: readonly string[];
	readonly unseenServices: readonly string[];
};

/** The same multi-Region key in another Region, which has a record of its own. */
export type Relative = {
	readonly awsRegion: string;
	readonly uses: number;
	/** Absent where it was never used, or where that is not known. */
	readonly usedAt?: string;
	/** Whether KMS told of its use. */
	readonly isTold: boolean;
};

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/** Material that waits for its rotation may end without harm. */
const materialEndOf = ({validTo, materials}: Key): string | undefined =>
	[
		validTo,
		...(materials ?? []).map(({keyMaterialState: state, validTo: end}) =>
			state === 'CURRENT' || state === 'NON_CURRENT' ? end : undefined,
		),
	]
		.filter(at => at !== undefined)
		.sort((a, b) => Date.parse(a) - Date.parse(b))[0];

const totalOf = (users: readonly Users[]): number => users.reduce((sum, {count}) => sum + count, 0);

const relativesOf = (arn: string, {multiRegion}: Key, book: KeyBook, uses: Uses): KeyUse['multiRegion'] => {
	if (multiRegion === undefined) {
		return undefined;
	}

	const others = [...(multiRegion.primary === undefined ? [] : [multiRegion.primary]), ...multiRegion.replicas];
	const arns = new Map(others.filter(other => other.arn !== arn).map(other => [other.arn, other.awsRegion]));
	return {
		type: multiRegion.type,
		relatives: [...arns].map(([other, awsRegion]) => {
			const lastUsage = book.get(other)?.resource.configuration.lastUsage;
			return {awsRegion, uses: totalOf(uses.of(other)), isTold: lastUsage !== undefined, ...present({usedAt: lastUsage?.usedAt})};
		}),
	};
};

const factsOf = ({resource: {arn, configuration: key}, usdPerMonth}: Joined<Key>, book: KeyBook, uses: Uses) => ({
	...present({
		state: key.keyState,
		origin: key.origin,
		keyUsage: key.keyUsage,
		deletionAt: key.deletionDate,
		materialEndsAt: materialEndOf(key),
		keyStore:
			key.customKeyStoreId === undefined
				? undefined
				: {name: key.keyStore?.name ?? key.customKeyStoreId, connectionState: key.keyStore?.connectionState ?? ''},
		usdPerMonth: key.keyManager === undefined ? undefined : usdPerMonth,
		usedAt: key.lastUsage?.usedAt,
		trackedSince: key.lastUsage?.trackedSince,
		createdAt: key.lastUsage?.createdAt ?? key.creationDate,
		multiRegion: relativesOf(arn, key, book, uses),
	}),
});

/** Its name with the key itself; of a key that KMS does not tell of, its id. */
const nameOf = (arn: string, key: Joined<Key> | undefined): string => key?.resource.resourceName ?? keyInWords(arn);

/** By these a key tells of itself: refused to another key, they say nothing of this one. */
const ofKeys: ReadonlySet<string> = new Set(['ListKeys', 'DescribeKey', 'GetKeyLastUsage']);

/** What could not be seen of a Region: told once, for its keys of one sort all share it. */
const toSight = (blind: readonly Blind[]) => ({
	sentences: inSentences(blind),
	services: [...new Set(blind.map(({service}) => service))].sort(),
	unread: unreadBy(blind.map(({why}) => (typeof why === 'object' && ofKeys.has(why.operation) ? undefined : why))),
});

/** KMS's record decides only where nothing is known to use a key. */
const ownUnread = (total: number, {key, why}: Found): Readonly<Record<string, Refusal>> => {
	const {DescribeKey: description, ListKeyRotations: rotations, GetKeyLastUsage: lastUsage} = key?.resource.unread ?? {};
	return unreadBy([why, description, rotations, total === 0 ? lastUsage : undefined]);
};

/** What a key is for: of one of which KMS tells nothing, what it is used for. */
const purposeIn = ({key}: Found, users: readonly Users[]): Purpose =>
	key === undefined && users.length > 0 && users.every(({kind}) => kind === 'zones')
		? 'signs'
		: purposeOf(key?.resource.configuration ?? {});

/** A row for each key that is used, and for each that is the account's own or may be. */
export const keyRows = (
	inputs: Inputs,
	book: KeyBook,
	uses: Uses,
	blindTo: Readonly<Record<Purpose, (awsRegion: string) => readonly Blind[]>>,
): readonly Resource<KeyUse>[] => {
	const found = new Map<string, Found>();
	for (const {resource} of book.keys) {
		found.set(resource.arn, book.find(resource.arn, resource.awsRegion));
	}

	for (const arn of uses.arns) {
		found.set(arn, found.get(arn) ?? book.find(arn, inputs.regions[0] ?? ''));
	}

	const regionOf = (arn: string): string => arn.split(':')[3] ?? '';
	const regionTotals = new Map<string, number>();
	for (const [arn, {type}] of found) {
		if (isOwn(type)) {
			regionTotals.set(regionOf(arn), (regionTotals.get(regionOf(arn)) ?? 0) + totalOf(uses.of(arn)));
		}
	}

	const sights = {
		encrypts: remembering(awsRegion => toSight(blindTo.encrypts(awsRegion))),
		signs: remembering(awsRegion => toSight(blindTo.signs(awsRegion))),
		neither: remembering(awsRegion => toSight(blindTo.neither(awsRegion))),
	};
	return [...found].flatMap(([arn, one]): readonly Resource<KeyUse>[] => {
		const users = uses.of(arn);
		const total = totalOf(users);
		// AWS keeps one for each service that was ever used.
		if (one.type === 'managed' && total === 0) {
			return [];
		}

		const awsRegion = regionOf(arn);
		const sight = sights[purposeIn(one, users)](awsRegion);
		return [
			{
				arn,
				resourceType: keyUseType,
				// Multi-Region keys have the same id in each Region.
				resourceId: arn,
				resourceName: nameOf(arn, one.key),
				accountId: inputs.accountId,
				awsRegion,
				tags: one.key?.resource.tags ?? {},
				configuration: {
					type: one.type,
					...(one.why !== undefined && {untold: whyInWords(one.why)}),
					...(one.key && factsOf(one.key, book, uses)),
					users,
					total,
					regionTotal: regionTotals.get(awsRegion) ?? 0,
					unseen: sight.sentences,
					unseenServices: sight.services,
				},
				unread: {...sight.unread, ...ownUnread(total, one)},
				readAt: {},
			},
		];
	});
};
