import {type Joined, type Resource, refusalInWords} from '../../../model/index.js';
import type {Table, Replica as ToldReplica} from '../../../services/dynamodb/rules/table.js';
import {arnIn, type Estate, note, type Unread} from '../estate.js';
import type {KeyUse, TableReplica} from '../rows.js';
import {tableType} from './users.js';

export const replicaType = 'Vedette::MultiRegion::Table';

type Entry = Joined<Table>;

/** A global table, under its name and the Regions that its replicas tell of. */
export type GlobalTable = {readonly name: string; readonly arn: string; readonly accountId: string; readonly regions: readonly string[]};

const regionsOf = ({resource: {awsRegion, configuration}}: Entry): readonly string[] => [
	...new Set([awsRegion, ...(configuration.replicas ?? []).map(replica => replica.awsRegion), ...(configuration.legacyRegions ?? [])]),
];

/** What is known of one table in one Region: by itself, and by the others. */
type Place = {
	readonly awsRegion: string;
	readonly name: string;
	readonly arn: string;
	readonly accountId: string;
	readonly own: Entry | undefined;
	/** What another Region tells of this one: its status and key, of the current version. */
	readonly told: ToldReplica | undefined;
	readonly version: string | undefined;
	readonly regions: readonly string[];
};

const placesOf = (entries: readonly Entry[]): readonly Place[] => {
	const places = new Map<string, Place>();
	const own = new Map(entries.map(entry => [`${entry.resource.awsRegion}/${entry.resource.resourceName}`, entry]));
	for (const entry of entries) {
		const {resource} = entry;
		const regions = regionsOf(entry).toSorted();
		if (regions.length > 1) {
			for (const awsRegion of regions) {
				const key = `${awsRegion}/${resource.resourceName}`;
				const known = places.get(key);
				places.set(key, {
					awsRegion,
					name: resource.resourceName,
					arn: arnIn(resource.arn, awsRegion),
					accountId: resource.accountId,
					own: own.get(key),
					told: known?.told ?? resource.configuration.replicas?.find(replica => replica.awsRegion === awsRegion),
					version:
						known?.version ??
						resource.configuration.globalTableVersion ??
						(resource.configuration.legacyRegions ? '2017.11.29' : undefined),
					regions: known === undefined || known.regions.length < regions.length ? regions : known.regions,
				});
			}
		}
	}

	// One that may not be described, and that no other Region tells of, may be a global table too.
	for (const [key, entry] of own) {
		const {resource} = entry;
		if (!places.has(key) && resource.configuration.replicas === undefined) {
			const {awsRegion, resourceName: name, arn, accountId} = resource;
			places.set(key, {awsRegion, name, arn, accountId, own: entry, told: undefined, version: undefined, regions: []});
		}
	}

	return [...places.values()];
};

/** Its key by its own description, or by what another Region tells. Undefined where neither says, and why. */
const keyOf = (
	estate: Estate,
	{awsRegion, own, told}: Place,
	unread: Unread,
): {readonly key?: KeyUse | null; readonly because?: string} => {
	const encryption = own?.resource.configuration.encryption;
	if (encryption === null) {
		return {key: null};
	}

	if (encryption?.keyArn !== undefined) {
		return {key: estate.use(encryption.keyArn, awsRegion, unread)};
	}

	// What is not told by another Region may be a key of AWS, or one of KMS all the same.
	if (encryption === undefined && typeof told?.keyId === 'string') {
		return {key: estate.use(told.keyId, awsRegion, unread)};
	}

	if (encryption !== undefined) {
		return {because: 'DescribeTable did not tell its key'};
	}

	const refusal = own === undefined ? estate.gap('dynamodb', ['ListTables'], awsRegion) : own.resource.unread['DescribeTable'];
	note(unread, refusal);
	return {because: refusal === undefined ? 'it has not been read yet' : refusalInWords(refusal)};
};

const toRow = (estate: Estate, place: Place): Resource<TableReplica> => {
	const unread: Unread = {};
	const {awsRegion, name, arn, accountId, own, told, version, regions} = place;
	const status = own?.resource.configuration.status;
	return {
		arn,
		resourceType: replicaType,
		resourceId: `${awsRegion}/${name}`,
		resourceName: name,
		accountId,
		awsRegion,
		tags: own?.resource.tags ?? {},
		configuration: {
			regions,
			...(status !== undefined && {status}),
			...(told?.status !== undefined && {replicaStatus: told.status}),
			...keyOf(estate, place, unread),
			...(version !== undefined && {version}),
		},
		unread,
		readAt: {},
	};
};

/** Every global table in each of its Regions, and every table of which nobody can tell whether it is one. */
export const joinTables = (estate: Estate): {readonly rows: readonly Resource<TableReplica>[]; readonly tables: readonly GlobalTable[]} => {
	const places = placesOf(estate.inputs.of<Table>(tableType));
	return {
		rows: places.map(place => toRow(estate, place)),
		tables: places
			.filter(({awsRegion, regions}) => awsRegion === regions[0])
			.map(({name, arn, accountId, regions}) => ({name, arn, accountId, regions})),
	};
};
