import {boardRegion, isSamePolicy, type Joined, type Resource, readPolicy, refusalInWords} from '../../../model/index.js';
import type {Key} from '../../../services/kms/rules/key.js';
import {type Estate, note, regionOf, type Unread} from '../estate.js';
import type {KeyMember, KeySet} from '../rows.js';
import type {Reliance} from './users.js';

export const keySetType = 'Vedette::MultiRegion::Key';

const placed = ({resource: {configuration, awsRegion}}: Joined<Key>) => ({policy: configuration.policy ?? '', awsRegion});

/** Who is let in besides the account itself. */
const outsiders = ({resource: {configuration, accountId}}: Joined<Key>): readonly string[] => {
	const reading = readPolicy(configuration.policy ?? '', accountId);
	if (!reading.readable) {
		return [];
	}

	const {anyone, accounts, organizations, others} = reading.summary;
	return [...(anyone.length > 0 ? ['anyone'] : []), ...Object.keys(accounts), ...Object.keys(organizations), ...others];
};

const letInOnlyBy = (entry: Joined<Key> | undefined, reference: Joined<Key> | undefined): readonly string[] => {
	const known = reference === undefined ? [] : outsiders(reference);
	return entry === undefined ? [] : outsiders(entry).filter(who => !known.includes(who));
};

/** The keys of one id, by their ARNs: as listed, and as those that could be described tell of the others. */
const relativesOf = (listed: readonly Joined<Key>[]): ReadonlyMap<string, Joined<Key> | undefined> => {
	const members = new Map<string, Joined<Key> | undefined>(listed.map(entry => [entry.resource.arn, entry]));
	for (const {multiRegion} of listed.map(({resource}) => resource.configuration)) {
		for (const {arn} of [...(multiRegion?.primary === undefined ? [] : [multiRegion.primary]), ...(multiRegion?.replicas ?? [])]) {
			if (!members.has(arn)) {
				members.set(arn, undefined);
			}
		}
	}

	return members;
};

const rotationOf = (primary: Joined<Key> | undefined, unread: Unread): KeySet['rotation'] => {
	const rotation = primary?.resource.configuration.rotation;
	if (rotation) {
		return {enabled: rotation.enabled, ...(rotation.periodInDays !== undefined && {periodInDays: rotation.periodInDays})};
	}

	note(unread, primary?.resource.unread['GetKeyRotationStatus']);
	return rotation;
};

const toMember = (
	parts: {readonly estate: Estate; readonly reliance: Reliance; readonly reference: Joined<Key> | undefined; readonly unread: Unread},
	{arn, entry, isPrimary}: {readonly arn: string; readonly entry: Joined<Key> | undefined; readonly isPrimary: boolean | undefined},
): KeyMember => {
	const {estate, reliance, reference, unread} = parts;
	const awsRegion = regionOf(arn);
	const use = estate.use(arn, awsRegion, unread);
	// One that its relatives tell of exists, wherever the listing was.
	const key: KeyMember['key'] =
		entry === undefined && use.use === 'unusable' ? {...use, use: 'unknown', because: 'it has not been seen yet', isLost: false} : use;
	const text = entry?.resource.configuration.policy;
	note(unread, text === undefined ? entry?.resource.unread['GetKeyPolicy'] : undefined);
	const policy =
		entry === undefined || reference === undefined || text === undefined
			? undefined
			: entry === reference || isSamePolicy(placed(reference), placed(entry))
				? 'same'
				: 'other';
	const {names, count} = reliance.of(arn);
	const hidden = reliance.hidden(awsRegion);
	note(unread, key.use === 'unusable' && count === 0 ? hidden : undefined);
	return {
		awsRegion,
		arn,
		...(isPrimary !== undefined && {isPrimary}),
		key,
		...(policy !== undefined && {policy}),
		alsoLetsIn: policy === 'other' ? letInOnlyBy(entry, reference) : [],
		users: names,
		userCount: count,
		...(hidden !== undefined && {mayHaveMore: refusalInWords(hidden)}),
	};
};

/** The key whose policy the others are compared with: the primary's, or of those that can be read the one on which least relies. */
const referenceOf = (listed: readonly Joined<Key>[], primaryArn: string | undefined, reliance: Reliance): Joined<Key> | undefined => {
	const weight = ({resource: {arn}}: Joined<Key>): number => (arn === primaryArn ? -1 : reliance.of(arn).count);
	return listed.filter(({resource}) => resource.configuration.policy !== undefined).toSorted((a, b) => weight(a) - weight(b))[0];
};

const toRow = (estate: Estate, reliance: Reliance, keyId: string, listed: readonly Joined<Key>[]): Resource<KeySet> => {
	const unread: Unread = {};
	const told = listed.find(({resource}) => resource.configuration.multiRegion !== undefined);
	const primaryArn = told?.resource.configuration.multiRegion?.primary?.arn;
	const members = [...relativesOf(listed)].sort(([a], [b]) =>
		a === primaryArn ? -1 : b === primaryArn ? 1 : regionOf(a) < regionOf(b) ? -1 : 1,
	);
	const primary = listed.find(({resource}) => resource.arn === primaryArn);
	const reference = referenceOf(listed, primaryArn, reliance);
	const named = primary ?? listed.find(({resource}) => resource.resourceName !== keyId) ?? listed[0];
	const {keySpec, keyUsage, origin} = told?.resource.configuration ?? {};
	const rotation = rotationOf(primary, unread);
	const arn = primaryArn ?? members[0]?.[0] ?? keyId;
	return {
		arn,
		resourceType: keySetType,
		resourceId: keyId,
		resourceName: named?.resource.resourceName ?? keyId,
		accountId: estate.inputs.accountId,
		awsRegion: regionOf(arn) || boardRegion,
		tags: primary?.resource.tags ?? {},
		configuration: {
			members: members.map(([member, entry]) =>
				toMember(
					{estate, reliance, reference, unread},
					{arn: member, entry, isPrimary: primaryArn === undefined ? undefined : member === primaryArn},
				),
			),
			isWhole: told !== undefined,
			...(primaryArn !== undefined && {primaryRegion: regionOf(primaryArn)}),
			...(keySpec !== undefined && {keySpec}),
			...(keyUsage !== undefined && {keyUsage}),
			...(origin !== undefined && {origin}),
			...(rotation !== undefined && {rotation}),
		},
		unread,
		readAt: {},
	};
};

/** Every multi-Region key, with what it is in each of its Regions and what relies on it there. */
export const joinKeySets = (estate: Estate, reliance: Reliance): readonly Resource<KeySet>[] => {
	const sets = new Map<string, Joined<Key>[]>();
	for (const entry of estate.keys) {
		const {resourceId, configuration} = entry.resource;
		// The ids of multi-Region keys, and of no others, begin so, which shows where a key may not be described.
		if (resourceId.startsWith('mrk-') || configuration.multiRegion !== undefined) {
			const known = sets.get(resourceId);
			if (known === undefined) {
				sets.set(resourceId, [entry]);
			} else {
				known.push(entry);
			}
		}
	}

	return [...sets].map(([keyId, listed]) => toRow(estate, reliance, keyId, listed));
};
