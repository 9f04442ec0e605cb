import {type Joined, type Resource, refusalInWords} from '../../../model/index.js';
import type {Cluster} from '../../../services/rds/rules/cluster.js';
import type {GlobalCluster} from '../../../services/rds/rules/global-cluster.js';
import {type Estate, note, regionOf, type Unread} from '../estate.js';
import type {ClusterMember, KeyUse} from '../rows.js';
import {clusterType, globalClusterType} from './users.js';

export const memberType = 'Vedette::MultiRegion::Cluster';

/** A global database, with the Regions of its clusters as far as they are known. */
export type GlobalDatabase = {
	readonly id: string;
	readonly arn: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly regions: readonly string[];
	/** Whether the Region of its writer told of it, which tells all of its members. */
	readonly isWhole: boolean;
};

type Place = {
	readonly arn: string;
	readonly accountId: string;
	readonly globalClusterId: string;
	readonly isWriter: boolean;
	readonly own: Joined<Cluster> | undefined;
};

const nameOf = (arn: string): string => arn.split(':').slice(6).join(':') || arn;

const keyOf = (estate: Estate, {own, arn}: Place, unread: Unread): {readonly key?: KeyUse | null; readonly because?: string} => {
	const awsRegion = regionOf(arn);
	const {kmsKeyId, storageEncryptionType} = own?.resource.configuration ?? {};
	if (typeof kmsKeyId === 'string') {
		return {key: estate.use(kmsKeyId, awsRegion, unread)};
	}

	if (storageEncryptionType === 'none' || storageEncryptionType === 'sse-rds') {
		return {key: null};
	}

	const refusal = own === undefined ? estate.gap('rds', ['DescribeGlobalClusters'], awsRegion) : own.resource.unread['DescribeDBClusters'];
	note(unread, refusal);
	return {
		because:
			refusal === undefined
				? own === undefined
					? 'it has not been read yet'
					: 'DescribeDBClusters did not tell its key'
				: refusalInWords(refusal),
	};
};

const toRow = (estate: Estate, place: Place, regions: readonly string[]): Resource<ClusterMember> => {
	const unread: Unread = {};
	const {arn, accountId, globalClusterId, isWriter, own} = place;
	const {status, storageEncryptionType} = own?.resource.configuration ?? {};
	return {
		arn,
		resourceType: memberType,
		resourceId: `${regionOf(arn)}/${nameOf(arn)}`,
		resourceName: nameOf(arn),
		accountId,
		awsRegion: regionOf(arn),
		tags: own?.resource.tags ?? {},
		configuration: {
			globalClusterId,
			regions,
			isWriter,
			...(status !== undefined && {status}),
			...(storageEncryptionType !== undefined && {encryption: storageEncryptionType}),
			...keyOf(estate, place, unread),
		},
		unread,
		readAt: {},
	};
};

/** Every cluster of every global database, those of other Regions as told where the writer is. */
export const joinClusters = (
	estate: Estate,
): {readonly rows: readonly Resource<ClusterMember>[]; readonly databases: readonly GlobalDatabase[]} => {
	const {inputs} = estate;
	const places = new Map<string, Place>();
	const databases = new Map<string, GlobalDatabase & {readonly regions: string[]}>();
	const own = new Map(inputs.of<Cluster>(clusterType).map(entry => [entry.resource.arn, entry]));
	for (const {resource} of inputs.of<GlobalCluster>(globalClusterType)) {
		const {arn, accountId, awsRegion, resourceId: id, configuration} = resource;
		const regions = [...new Set(configuration.members.map(member => member.awsRegion))];
		databases.set(arn, {id, arn, accountId, awsRegion, regions, isWhole: true});
		for (const member of configuration.members) {
			places.set(member.arn, {arn: member.arn, accountId, globalClusterId: id, isWriter: member.isWriter, own: own.get(member.arn)});
		}
	}

	const globalOf = new Map<string, string>();
	for (const [arn, entry] of own) {
		const {accountId, awsRegion, configuration} = entry.resource;
		const {globalClusterArn, globalClusterId, isWriter} = configuration;
		globalOf.set(arn, globalClusterArn);
		const known = databases.get(globalClusterArn);
		if (known === undefined) {
			databases.set(globalClusterArn, {
				id: globalClusterId,
				arn: globalClusterArn,
				accountId,
				awsRegion,
				regions: [awsRegion],
				isWhole: false,
			});
		} else if (!known.regions.includes(awsRegion)) {
			known.regions.push(awsRegion);
		}

		if (!places.has(arn)) {
			places.set(arn, {arn, accountId, globalClusterId, isWriter, own: entry});
		}
	}

	const byId = new Map([...databases.values()].map(database => [database.id, database]));
	return {
		rows: [...places.values()].map(place =>
			toRow(estate, place, (databases.get(globalOf.get(place.arn) ?? '') ?? byId.get(place.globalClusterId))?.regions ?? []),
		),
		databases: [...databases.values()],
	};
};
