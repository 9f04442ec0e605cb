import {type Resource, refusalInWords} from '../../../model/index.js';
import {arnIn, type Estate, note, type Unread} from '../estate.js';
import type {KeySet, Readiness} from '../rows.js';
import {together} from '../words.js';
import type {GlobalDatabase} from './clusters.js';
import type {GlobalTable} from './tables.js';

export const readinessType = 'Vedette::MultiRegion::Readiness';

/** A multi-Region key that could encrypt data, and where it could. */
type Candidate = {readonly name: string; readonly works: ReadonlySet<string>; isPerhaps(awsRegion: string): boolean};

const toCandidate = ({resourceName, configuration}: Resource<KeySet>): Candidate | undefined => {
	const {members, isWhole, keySpec, keyUsage} = configuration;
	// Both SDKs wrap data keys, which a key for signatures or HMACs cannot.
	if ((keySpec !== undefined && keySpec !== 'SYMMETRIC_DEFAULT') || (keyUsage !== undefined && keyUsage !== 'ENCRYPT_DECRYPT')) {
		return undefined;
	}

	const inState = (use: 'usable' | 'unknown'): ReadonlySet<string> =>
		new Set(members.filter(({key}) => key.use === use).map(({awsRegion}) => awsRegion));
	const unclear = inState('unknown');
	const known = new Set(members.map(({awsRegion}) => awsRegion));
	return {
		name: resourceName,
		works: inState('usable'),
		isPerhaps: awsRegion => unclear.has(awsRegion) || (!isWhole && !known.has(awsRegion)),
	};
};

type Answer = Pick<Readiness, 'keys' | 'because' | 'nearest'> & {readonly unread: Unread};

const lacking = ({works}: Candidate, regions: readonly string[]): readonly string[] => regions.filter(awsRegion => !works.has(awsRegion));

const answer = (estate: Estate, candidates: readonly Candidate[], regions: readonly string[]): Answer => {
	const unread: Unread = {};
	const keys = candidates.filter(candidate => lacking(candidate, regions).length === 0).map(({name}) => name);
	if (keys.length > 0) {
		return {keys, unread};
	}

	const nearest = candidates
		.map(candidate => ({candidate, lacks: lacking(candidate, regions)}))
		.toSorted((a, b) => a.lacks.length - b.lacks.length)
		.find(({lacks}) => lacks.length < regions.length);
	const perhaps = candidates.find(candidate => lacking(candidate, regions).every(awsRegion => candidate.isPerhaps(awsRegion)));
	const refusals = regions.map(awsRegion => estate.gap('kms', ['ListKeys'], awsRegion));
	// A key that is in all of them is in each of them: one listing that is whole would have it.
	const isUnseen = refusals.every(refusal => refusal !== undefined);
	for (const refusal of perhaps === undefined && !isUnseen ? [] : refusals) {
		note(unread, refusal);
	}

	const because =
		perhaps === undefined
			? isUnseen
				? refusals.flatMap(refusal => (refusal === undefined ? [] : refusalInWords(refusal)))[0]
				: undefined
			: `whether ${perhaps.name} works in ${together(lacking(perhaps, regions))} is not known`;
	return {
		keys,
		unread,
		...(because !== undefined && {because}),
		...(nearest !== undefined && {nearest: {key: nearest.candidate.name, lacks: nearest.lacks}}),
	};
};

type Subject = {
	readonly of: Readiness['of'];
	readonly id: string;
	readonly name: string;
	readonly arn: string;
	readonly accountId: string;
	readonly awsRegion: string;
	readonly regions: readonly string[];
	readonly mayHaveMore?: string;
};

const ofTable = ({name, arn, accountId, regions}: GlobalTable, awsRegion: string): Subject => ({
	of: 'global table',
	id: `table/${awsRegion}/${name}`,
	name,
	arn: arnIn(arn, awsRegion),
	accountId,
	awsRegion,
	regions,
});

const ofDatabase = ({id, arn, accountId, awsRegion, regions, isWhole}: GlobalDatabase): Subject => ({
	of: 'global database',
	id: `cluster/${id}`,
	name: id,
	arn,
	accountId,
	awsRegion,
	regions,
	...(!isWhole && {mayHaveMore: 'the Region of its writer, which tells all of its Regions, is not watched or could not be read'}),
});

/** For each set of data that is in several Regions: the multi-Region keys that work in all of them. */
export const joinReadiness = (
	estate: Estate,
	sets: readonly Resource<KeySet>[],
	{tables, databases}: {readonly tables: readonly GlobalTable[]; readonly databases: readonly GlobalDatabase[]},
): readonly Resource<Readiness>[] => {
	const candidates = sets.flatMap(set => toCandidate(set) ?? []);
	const answers = new Map<string, Answer>();
	const subjects = [
		...tables.map(table => ofTable(table, table.regions.find(one => estate.inputs.regions.includes(one)) ?? table.regions[0] ?? '')),
		...databases.map(ofDatabase),
	].filter(({regions, mayHaveMore}) => regions.length > 1 || mayHaveMore !== undefined);
	return subjects.map(({of, id, name, arn, accountId, awsRegion, regions, mayHaveMore}) => {
		// Accounts have few combinations of Regions.
		const key = regions.toSorted().join();
		const told = answers.get(key) ?? answer(estate, candidates, regions.toSorted());
		answers.set(key, told);
		const {unread, ...rest} = told;
		return {
			arn,
			resourceType: readinessType,
			resourceId: id,
			resourceName: name,
			accountId,
			awsRegion,
			tags: {},
			configuration: {of, regions: regions.toSorted(), ...rest, ...(mayHaveMore !== undefined && {mayHaveMore})},
			unread,
			readAt: {},
		};
	});
};
