import type {Found, KeyBook} from './key-book.js';
import {type KeyType, leastOf} from './key-type.js';
import type {Stored} from './stored.js';
import type {Store} from './stores.js';
import {counted, type Why, whyInWords} from './words.js';

/** A thing in a store, with the keys that keep it. */
export type Thing = {
	readonly name: string;
	readonly awsRegion: string;
	/** Undefined where it is not known to be encrypted. */
	readonly type: KeyType | undefined;
	/** The keys that are known, once each. */
	readonly arns: readonly string[];
	/** Why `type` is undefined or unknown. */
	readonly why?: Why;
	/** Why it may be kept by any key of its Region: which one cannot be told. Absent where it is told. */
	readonly untraced?: Why;
};

/** Names its keys. Many things have the same few: `find` is asked for each, which looks into a Map. */
export const toThing = ({name, awsRegion, protections}: Stored, {find}: Pick<KeyBook, 'find'>): Thing => {
	const found = protections.flatMap((protection): readonly Found[] =>
		protection.by === 'key'
			? [find(protection.reference, awsRegion)]
			: protection.by === 'hidden'
				? [{type: 'unknown', why: protection.why}]
				: protection.by === 'unread'
					? []
					: [{type: protection.by === 'nothing' ? 'plain' : 'owned'}],
	);
	const unread = protections.flatMap(protection => (protection.by === 'unread' ? [protection.why] : []))[0];
	const type = unread === undefined || found.some(one => one.type === 'plain') ? leastOf(found.map(one => one.type)) : undefined;
	const why = unread ?? found.find(one => one.type === 'unknown')?.why;
	const untraced = unread ?? found.find(one => one.type === 'unknown' && one.arn === undefined)?.why;
	return {
		name,
		awsRegion,
		type,
		arns: [...new Set(found.flatMap(({arn}) => arn ?? []))],
		...(why !== undefined && {why}),
		...(untraced !== undefined && {untraced}),
	};
};

/** Something that could not be seen: why, and of what. */
export type Blind = {
	readonly why: Why;
	/** What it is one of, where it is a single thing. */
	readonly of?: Pick<Store, 'one' | 'many'>;
	readonly name?: string;
	/** The service that keeps it. */
	readonly service: string;
};

const mostSentences = 3;
// Names and aliases may be as long as AWS allows, and a Region's keys all carry these.
const longest = 200;

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text);

/**
 * What could not be seen, each reason once, with what it is about: `dynamodb:DescribeTable was denied (2 tables)`. At most
 * three sentences, of which the last may say how many more there are.
 */
export const inSentences = (blind: ReadonlyArray<Omit<Blind, 'service'>>): readonly string[] => {
	const groups = new Map<string, {readonly reason: string; readonly of: Blind['of']; readonly names: string[]}>();
	for (const {why, of, name} of blind) {
		const reason = whyInWords(why);
		const key = `${reason} ${of?.one}`;
		const group = groups.get(key) ?? {reason, of, names: []};
		groups.set(key, group);
		if (name !== undefined) {
			group.names.push(name);
		}
	}

	const all = [...groups.values()];
	const shown = all.length > mostSentences ? all.slice(0, mostSentences - 1) : all;
	const sentences = shown.map(({reason, of, names}) =>
		of === undefined
			? cut(reason)
			: `${cut(reason)} (${names.length === 1 ? cut(`${of.one} ${names[0]}`) : counted(names.length, of.one, of.many)})`,
	);
	return shown.length === all.length ? sentences : [...sentences, `${all.length - shown.length} more like that`];
};
