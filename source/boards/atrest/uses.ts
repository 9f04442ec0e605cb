import type {Inputs} from '../../model/index.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import type {Bucket} from '../../services/s3/rules/bucket.js';
import type {KeyBook} from './key-book.js';
import type {Thing} from './sight.js';
import type {StoreId} from './stored.js';
import {type Store, stores} from './stores.js';
import {joined, listed} from './words.js';

/** What uses a key: the things of a store, a bucket's replication, or EBS where nobody names another key. */
export type UseKind = StoreId | 'replications' | 'default';

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

/** The same multi-Region key in another Region. */
const relativeIn = (arn: string, awsRegion: string): string | undefined =>
	arn.includes(':key/mrk-')
		? arn
				.split(':')
				.map((part, index) => (index === 3 ? awsRegion : part))
				.join(':')
		: undefined;

/** What encrypts the replicas of a bucket's objects: keys of the destinations' Regions. */
const addReplications = (uses: Uses, inputs: Inputs, {find}: KeyBook): void => {
	for (const {resource} of inputs.of<Bucket>('AWS::S3::Bucket')) {
		const {replication, encryption} = resource.configuration;
		for (const {isEnabled, replicatesKmsObjects, replicaKmsKeyId, usesSourceMultiRegionKey, destination} of replication?.rules ?? []) {
			if (!isEnabled || !replicatesKmsObjects) {
				continue;
			}

			const source = encryption?.kmsKeyId == null ? undefined : find(encryption.kmsKeyId, resource.awsRegion).arn;
			const arn = usesSourceMultiRegionKey
				? source && destination.awsRegion && relativeIn(source, destination.awsRegion)
				: replicaKmsKeyId === null
					? undefined
					: find(replicaKmsKeyId, destination.awsRegion ?? resource.awsRegion).arn;
			if (arn) {
				uses.add(arn, 'replications', `${resource.resourceName} to ${destination.bucketName}`);
			}
		}
	}
};

export const usesOf = (
	inputs: Inputs,
	book: KeyBook,
	things: ReadonlyArray<{readonly store: Store; readonly things: readonly Thing[]}>,
): Uses => {
	const uses = new Uses();
	for (const {store, things: stored} of things) {
		for (const {name, arns} of stored) {
			for (const arn of arns) {
				uses.add(arn, store.id, name);
			}
		}
	}

	addReplications(uses, inputs, book);
	for (const {resource} of inputs.of<RegionSettings>('AWS::EC2::RegionSettings')) {
		const {defaultKmsKeyId} = resource.configuration;
		const arn = defaultKmsKeyId && book.find(defaultKmsKeyId, resource.awsRegion).arn;
		if (arn) {
			uses.add(arn, 'default', resource.awsRegion);
		}
	}

	return uses;
};
