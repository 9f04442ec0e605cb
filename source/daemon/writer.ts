import {setImmediate} from 'node:timers/promises';
import type {Batch} from '../collect/port.js';
import {evaluateFinding, evaluateResource, removeEntry} from '../evaluate/index.js';
import type {Config, Entry, FindingEntry, Judged, Kind, Resource, ResourceEntry, SnapshotId} from '../model/index.js';
import {entryKey} from '../model/index.js';
import type {ChangeDraft, Store} from '../store/port.js';
import type {Log} from './log.js';

export type WriterParts = {
	readonly store: Store;
	/** Read at each batch: a reload changes it. */
	readonly config: () => Pick<Config, 'rules' | 'trustedAccounts'>;
	/** Whether a Region is watched. */
	readonly watches: (awsRegion: string) => boolean;
	/** ISO 8601. */
	readonly now: () => string;
	readonly log: Log;
};

/** Where a batch belongs, and whether it is the first of its snapshot, of which nothing can be said to be new. */
export type Place = {readonly service: Judged; readonly snapshot: SnapshotId; readonly baseline: boolean};

/** Sets what was collected beside what is on record, and writes what differs. One at a time: nobody judges by what is being replaced. */
export type Writer = {
	/** Writes a batch. Rejects only if the store does. */
	write(place: Place, batch: Batch): Promise<void>;
	/** Takes away what a complete listing did not bring. */
	sweep(place: Place, keys: readonly string[]): Promise<void>;
	/** Judges what is on record anew: rules, thresholds or related resources are not what they were. */
	rejudge(services: readonly Judged[], baseline?: boolean): Promise<void>;
};

const sweepSize = 500;

// A lone surrogate does not survive the way to a file: keys are compared as the store keeps them.
export const findingKey = (snapshot: SnapshotId, id: string): string => entryKey(snapshot, 'finding', id).toWellFormed();
export const resourceKey = (snapshot: SnapshotId, {resourceType, resourceId}: Pick<Resource, 'resourceType' | 'resourceId'>): string =>
	entryKey(snapshot, resourceType, resourceId).toWellFormed();

export const createWriter = ({store, config, watches, now, log}: WriterParts): Writer => {
	let last: Promise<unknown> = Promise.resolve();
	const inTurn = async (work: () => Promise<void>): Promise<void> => {
		// A hundred thousand findings from a quick network would otherwise be written in one breath, and viewers wait.
		const turn = last.then(async () => setImmediate()).then(work);
		last = turn.catch(() => undefined);
		return turn;
	};

	/** The resources that rules will compare these with: from the same batch where they are in it, else from the store. */
	const readRelated = async (service: Judged, resources: readonly Resource[], kinds: ReadonlyMap<string, Kind>) => {
		const here = new Map(resources.map(resource => [resource.arn, resource]));
		const elsewhere = new Set(
			resources.flatMap(resource => relatedTo(kinds.get(resource.resourceType), resource)).filter(arn => !here.has(arn)),
		);
		const keys = [...elsewhere].flatMap(arn => keysOfArn(service, arn));
		for (const entry of keys.length === 0 ? [] : await store.get(keys)) {
			if (entry?.entry === 'resource') {
				here.set(entry.resource.arn, entry.resource);
			}
		}

		return here;
	};

	const judgeAll = async (
		{service, baseline}: Pick<Place, 'service' | 'baseline'>,
		resources: ReadonlyArray<{readonly key: string; readonly snapshot: SnapshotId; readonly resource: Resource}>,
		previous: ReadonlyMap<string, Entry>,
	): Promise<{readonly upserts: Entry[]; readonly changes: ChangeDraft[]}> => {
		const kinds = kindsOf(service);
		const related = await readRelated(
			service,
			resources.map(({resource}) => resource),
			kinds,
		);
		const {rules, trustedAccounts} = config();
		const context = {now: now(), trustedAccounts, related: (arn: string) => related.get(arn), watches};
		const upserts: Entry[] = [];
		const changes: ChangeDraft[] = [];
		for (const {key, snapshot, resource} of resources) {
			const kind = kinds.get(resource.resourceType);
			if (kind === undefined) {
				log.error(
					{service: service.id, resourceType: resource.resourceType},
					'A collector brought a kind that its service does not declare',
				);
				continue;
			}

			const before = previous.get(key);
			const evaluated = evaluateResource({
				service,
				kind,
				resource,
				previous: before?.entry === 'resource' ? before : undefined,
				context,
				rules,
				baseline,
				snapshot,
			});
			if (evaluated.dirty) {
				upserts.push(evaluated.entry satisfies ResourceEntry);
				changes.push(...evaluated.changes);
			}
		}

		return {upserts, changes};
	};

	const read = async (keys: readonly string[]): Promise<Map<string, Entry>> => {
		const entries = await store.get(keys);
		return new Map(
			keys.flatMap((key, index) => {
				const entry = entries[index];
				return entry === undefined ? [] : [[key, entry] as const];
			}),
		);
	};

	const writeBatch = async (place: Place, batch: Batch): Promise<void> => {
		const {service, snapshot, baseline} = place;
		const at = now();
		// The same thing twice in a batch is one thing: the later word counts.
		const resources = new Map(batch.resources.map(resource => [resourceKey(snapshot, resource), resource]));
		const findings = new Map(batch.findings.map(finding => [findingKey(snapshot, finding.id), finding]));
		const gone = new Set(batch.goneFindingIds.map(id => findingKey(snapshot, id)));
		const previous = await read([...resources.keys(), ...findings.keys(), ...gone]);
		const {upserts, changes} = await judgeAll(
			place,
			[...resources].map(([key, resource]) => ({key, snapshot, resource})),
			previous,
		);
		for (const [key, finding] of findings) {
			const before = previous.get(key);
			const evaluated = evaluateFinding({
				service,
				finding,
				previous: before?.entry === 'finding' ? before : undefined,
				baseline,
				now: at,
				snapshot,
			});
			if (evaluated.dirty) {
				upserts.push(evaluated.entry satisfies FindingEntry);
				changes.push(...evaluated.changes);
			}
		}

		const removals = [...gone].filter(key => previous.has(key) && !findings.has(key));
		for (const key of removals) {
			const entry = previous.get(key);
			changes.push(...(entry === undefined ? [] : removeEntry(entry, at, service)));
		}

		if (upserts.length > 0 || removals.length > 0) {
			await store.commit({upserts, removals, changes});
		}
	};

	return {
		write: async (place, batch) => inTurn(async () => writeBatch(place, batch)),
		async sweep({service, baseline}, keys) {
			for (let start = 0; start < keys.length; start += sweepSize) {
				await inTurn(async () => {
					const entries = await read(keys.slice(start, start + sweepSize));
					const changes = baseline ? [] : [...entries.values()].flatMap(entry => removeEntry(entry, now(), service));
					if (entries.size > 0) {
						await store.commit({upserts: [], removals: [...entries.keys()], changes});
					}
				});
			}
		},
		async rejudge(services, baseline = false) {
			for (const service of services) {
				const ofService = store.headers().filter(header => header.service === service.id);
				for (const snapshot of ofService) {
					const keys = service.kinds.flatMap(kind => store.keys(snapshot, kind.resourceType));
					for (let start = 0; start < keys.length; start += sweepSize) {
						await inTurn(async () => {
							const previous = await read(keys.slice(start, start + sweepSize));
							const resources = [...previous].flatMap(([key, entry]) =>
								entry.entry === 'resource' ? [{key, snapshot, resource: entry.resource}] : [],
							);
							const {upserts, changes} = await judgeAll({service, baseline}, resources, previous);
							if (upserts.length > 0) {
								await store.commit({upserts, removals: [], changes});
							}
						});
					}
				}
			}
		},
	};
};

const kindsOf = (service: Judged): ReadonlyMap<string, Kind> => new Map(service.kinds.map(kind => [kind.resourceType, kind]));

/** A kind's `related` reads what AWS answered: where that is odd, nothing is related, and the rule says what it cannot tell. */
const relatedTo = (kind: Kind | undefined, resource: Resource): readonly string[] => {
	try {
		return kind?.related?.(resource) ?? [];
	} catch {
		return [];
	}
};

/**
 * The keys under which a resource of the same service may be, by its ARN, whose last part is a type, a separator and the id
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html).
 */
const keysOfArn = (service: Judged, arn: string): readonly string[] => {
	const [, , , awsRegion, accountId, ...rest] = arn.split(':');
	const id = /^[^/:]*[/:](.+)$/.exec(rest.join(':'))?.[1];
	return awsRegion === undefined || accountId === undefined || id === undefined
		? []
		: service.kinds.map(({resourceType}) => resourceKey({accountId, awsRegion, service: service.id}, {resourceType, resourceId: id}));
};
