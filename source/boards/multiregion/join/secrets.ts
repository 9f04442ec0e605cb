import {type Joined, type Resource, refusalInWords} from '../../../model/index.js';
import type {Secret} from '../../../services/secretsmanager/rules/secret.js';
import {arnIn, type Estate, note, type Unread} from '../estate.js';
import type {ReplicatedSecret, SecretMember} from '../rows.js';
import {secretType} from './users.js';

export const replicatedType = 'Vedette::MultiRegion::Secret';

type Entry = Joined<Secret>;

/** The entries of one replicated secret, in whatever Region they were listed. */
type Group = {readonly primaryRegion: string; readonly id: string; readonly byRegion: Map<string, Entry>};

const defaultKey = 'alias/aws/secretsmanager';

type Listing = {
	readonly estate: Estate;
	/** Every secret, by Region and name: what stands where a replica should. */
	readonly byName: ReadonlyMap<string, Entry>;
	readonly unread: Unread;
};

/** What the Region's own listing says of it. */
const find = ({estate, byName, unread}: Listing, awsRegion: string, entry: Entry | undefined, name: string) => {
	if (entry !== undefined) {
		return {found: 'it'} as const;
	}

	if (byName.has(`${awsRegion}/${name}`)) {
		return {found: 'another'} as const;
	}

	const refusal = estate.gap('secretsmanager', ['ListSecrets'], awsRegion);
	note(unread, refusal);
	return refusal === undefined ? ({found: 'none'} as const) : ({found: 'unknown', because: refusalInWords(refusal)} as const);
};

const toMember = (listing: Listing, {primaryRegion, byRegion}: Group, awsRegion: string, name: string): SecretMember => {
	const entry = byRegion.get(awsRegion);
	const told = byRegion.get(primaryRegion)?.resource.configuration.replicas?.find(replica => replica.awsRegion === awsRegion);
	const reference = entry === undefined ? told?.kmsKeyId : entry.resource.configuration.kmsKeyId;
	const isThere = entry !== undefined || (told !== undefined && told.status !== 'Failed');
	return {
		awsRegion,
		isPrimary: awsRegion === primaryRegion,
		...(told?.status !== undefined && {status: told.status}),
		...(told?.statusMessage !== undefined && {statusMessage: told.statusMessage}),
		...find(listing, awsRegion, entry, name),
		isToldOf: told !== undefined,
		...(isThere && {key: listing.estate.use(reference ?? defaultKey, awsRegion, listing.unread)}),
	};
};

/** Why the primary does not tell where its replicas are. */
const untoldOf = ({estate, unread}: Listing, {primaryRegion}: Group, primary: Entry | undefined): string | undefined => {
	if (primary !== undefined) {
		const refusal = primary.resource.configuration.replicas === undefined ? primary.resource.unread['DescribeSecret'] : undefined;
		note(unread, refusal);
		return refusal === undefined
			? primary.resource.configuration.replicas === undefined
				? 'its replicas have not been read yet'
				: undefined
			: refusalInWords(refusal);
	}

	const refusal = estate.gap('secretsmanager', ['ListSecrets'], primaryRegion);
	note(unread, refusal);
	return refusal === undefined ? undefined : refusalInWords(refusal);
};

const toRow = (estate: Estate, byName: Listing['byName'], group: Group): Resource<ReplicatedSecret> | undefined => {
	const unread: Unread = {};
	const {primaryRegion, byRegion, id} = group;
	const primary = byRegion.get(primaryRegion);
	const any = primary ?? [...byRegion.values()][0];
	if (any === undefined) {
		return undefined;
	}

	const {resource} = any;
	const told = primary?.resource.configuration.replicas?.map(({awsRegion}) => awsRegion) ?? [];
	const others = [...new Set([...byRegion.keys(), ...told])].filter(awsRegion => awsRegion !== primaryRegion).sort();
	const listing: Listing = {estate, byName, unread};
	const untold = untoldOf(listing, group, primary);
	const {deletedAt, lastChangedAt} = resource.configuration;
	return {
		arn: arnIn(resource.arn, primaryRegion),
		resourceType: replicatedType,
		resourceId: `${primaryRegion}/${id}`,
		resourceName: resource.resourceName,
		accountId: resource.accountId,
		awsRegion: primaryRegion,
		tags: resource.tags,
		configuration: {
			primaryRegion,
			members: [primaryRegion, ...others].map(awsRegion => toMember(listing, group, awsRegion, resource.resourceName)),
			...(deletedAt !== undefined && {deletedAt}),
			...(lastChangedAt !== undefined && {lastChangedAt}),
			...(untold !== undefined && {untold}),
		},
		unread,
		readAt: {},
	};
};

/** Every secret that is replicated, or was meant to be, with what is found of it in each of its Regions. */
export const joinSecrets = (estate: Estate): readonly Resource<ReplicatedSecret>[] => {
	const groups = new Map<string, Group>();
	const byName = new Map<string, Entry>();
	for (const entry of estate.inputs.of<Secret>(secretType)) {
		const {awsRegion, resourceId, resourceName, configuration} = entry.resource;
		byName.set(`${awsRegion}/${resourceName}`, entry);
		const {primaryRegion} = configuration;
		if (primaryRegion !== undefined) {
			// A replica has its primary's ARN, but for the Region.
			const key = `${primaryRegion}/${resourceId}`;
			const group = groups.get(key) ?? {primaryRegion, id: resourceId, byRegion: new Map<string, Entry>()};
			group.byRegion.set(awsRegion, entry);
			groups.set(key, group);
		}
	}

	return [...groups.values()].flatMap(group => toRow(estate, byName, group) ?? []);
};
