import type {Inputs} from '../../model/index.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import {type FurtherId, furtherUses} from './further-uses.js';
import type {KeyBook} from './key-book.js';
import {replicaKeys} from './replications.js';
import type {Blind, Thing} from './sight.js';
import type {StoreId} from './stored.js';
import {type Store, stores} from './stores.js';
import {joined, listed} from './words.js';

/** What uses a key: the things of a store, a bucket's replication, EBS where nobody names another key, or what is no store. */
export type UseKind = StoreId | 'replications' | 'default' | FurtherId;

/** The things of one kind that use a key. */
export type Users = {
	readonly kind: UseKind;
	readonly count: number;
	/** Of the first ten. */
	readonly names: readonly string[];
};

type UseWords = Pick<Store, 'one' | 'many' | 'service'>;

const useWords: ReadonlyMap<UseKind, UseWords> = new Map<UseKind, UseWords>([
	...stores.map(({id, one, many, service}) => [id, {one, many, service}] as const),
	...furtherUses.map(({id, one, many, service}) => [id, {one, many, service}] as const),
	['replications', {one: 'replication', many: 'replications', service: 's3'}],
	['default', {one: 'the default of EBS', many: 'defaults of EBS', service: 'ec2'}],
]);

/** The services whose things use it. */
export const servicesOf = (users: readonly Users[]): ReadonlySet<string> =>
	new Set(users.flatMap(({kind}) => useWords.get(kind)?.service ?? []));

/** `3 volumes and 1 table`. */
export const countsInWords = (users: readonly Users[]): string =>
	joined(
		users.map(({kind, count}) =>
			kind === 'default' ? 'the default of EBS' : `${count} ${useWords.get(kind)?.[count === 1 ? 'one' : 'many']}`,
		),
	);

/** `2 volumes (a, b) and table audit`. */
export const namesInWords = (users: readonly Users[]): string =>
	joined(
		users.map(({kind, count, names}) => {
			const {one, many} = useWords.get(kind) ?? {one: kind, many: kind};
			return kind === 'default' ? one : count === 1 ? `${one} ${names[0]}` : `${count} ${many} (${listed(names, count)})`;
		}),
	);

const mostNames = 10;

/** Uses by the key's ARN. */
export class Uses {
	readonly #byKey = new Map<string, Map<UseKind, {kind: UseKind; count: number; names: string[]}>>();

	add(arn: string, kind: UseKind, name: string): void {
		const kinds = this.#byKey.get(arn) ?? new Map<UseKind, {kind: UseKind; count: number; names: string[]}>();
		this.#byKey.set(arn, kinds);
		const users = kinds.get(kind) ?? {kind, count: 0, names: []};
		kinds.set(kind, users);
		users.count++;
		if (users.names.length < mostNames) {
			users.names.push(name);
		}
	}

	get arns(): readonly string[] {
		return [...this.#byKey.keys()];
	}

	of(arn: string): readonly Users[] {
		return [...(this.#byKey.get(arn)?.values() ?? [])];
	}
}

/** What may use any key of a Region, or of all (`global`): which one cannot be told. */
export type Untraced = Blind & {readonly awsRegion: string};

/** Keys of the replicas of buckets, which are of the destinations' Regions. */
const addReplications = (uses: Uses, inputs: Inputs, book: KeyBook): readonly Untraced[] =>
	replicaKeys(inputs, book).flatMap((key): readonly Untraced[] => {
		if ('arn' in key) {
			uses.add(key.arn, 'replications', `${key.bucketName} to ${key.to}`);
			return [];
		}

		return [{why: key.why, awsRegion: key.awsRegion, of: {one: 'bucket', many: 'buckets'}, name: key.bucketName, service: 's3'}];
	});

/** Of what EBS encrypts with where nobody names another key. */
const addDefaults = (uses: Uses, inputs: Inputs, {find}: KeyBook): readonly Untraced[] =>
	inputs.of<RegionSettings>('AWS::EC2::RegionSettings').flatMap(({resource: {awsRegion, configuration, unread}}): readonly Untraced[] => {
		const {defaultKmsKeyId} = configuration;
		const found = defaultKmsKeyId === undefined ? undefined : find(defaultKmsKeyId, awsRegion);
		if (found?.arn !== undefined) {
			uses.add(found.arn, 'default', awsRegion);
		}

		const why = unread['GetEbsDefaultKmsKeyId'] ?? (found?.arn === undefined && found?.type === 'unknown' ? found.why : undefined);
		return why === undefined ? [] : [{why, awsRegion, service: 'ec2'}];
	});

const addFurther = (uses: Uses, inputs: Inputs, {find}: KeyBook): readonly Untraced[] =>
	furtherUses.flatMap(further =>
		further.read(inputs).flatMap(({name, awsRegion, reference}): readonly Untraced[] => {
			const {arn, type, why} = find(reference, awsRegion);
			if (arn !== undefined) {
				uses.add(arn, further.id, name);
			}

			return arn === undefined && type === 'unknown' && why !== undefined
				? [{why, awsRegion: reference.split(':')[3] ?? awsRegion, of: further, name, service: further.service}]
				: [];
		}),
	);

const addStored = (uses: Uses, read: ReadonlyArray<{readonly store: Store; readonly things: readonly Thing[]}>): readonly Untraced[] => {
	const blind: Untraced[] = [];
	for (const {store, things} of read) {
		for (const {name, awsRegion, arns, untraced: why} of things) {
			for (const arn of arns) {
				uses.add(arn, store.id, name);
			}

			if (why !== undefined) {
				blind.push({why, awsRegion, of: store, name, service: store.service});
			}
		}
	}

	return blind;
};

/** What uses keys, and what uses some key that cannot be told. */
export const usesOf = (
	inputs: Inputs,
	book: KeyBook,
	read: ReadonlyArray<{readonly store: Store; readonly things: readonly Thing[]}>,
): {readonly uses: Uses; readonly untraced: ReadonlyMap<string, readonly Blind[]>} => {
	const uses = new Uses();
	const untraced = [
		...addStored(uses, read),
		...addReplications(uses, inputs, book),
		...addDefaults(uses, inputs, book),
		...addFurther(uses, inputs, book),
	];
	return {uses, untraced: Map.groupBy(untraced, ({awsRegion}) => awsRegion)};
};
