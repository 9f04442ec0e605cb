import type {Inputs, Refusal, Resource} from '../../model/index.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import {billRow} from './bill.js';
import {openKeyBook} from './key-book.js';
import {keyRows} from './key-rows.js';
import {remembering} from './remembering.js';
import {type Blind, toThing} from './sight.js';
import {storeRows} from './store-rows.js';
import {type Store, stores} from './stores.js';
import {usesOf} from './uses.js';

export function* join(inputs: Inputs): Generator<Resource, void, undefined> {
	const book = openKeyBook(inputs);
	const read = stores.map(store => ({store, things: store.read(inputs).map(stored => toThing(stored, book))}));
	const uses = usesOf(inputs, book, read);

	const gaps = new Map(
		stores.map(store => [store.id, remembering<Refusal | undefined>(awsRegion => inputs.gap(store.service, [store.listing], awsRegion))]),
	);
	const gapOf = (store: Store, awsRegion: string): Refusal | undefined => gaps.get(store.id)?.(awsRegion);

	const unknownDefaults = new Map(
		inputs.of<RegionSettings>('AWS::EC2::RegionSettings').flatMap(({resource: {awsRegion, unread}}) => {
			const why = unread['GetEbsDefaultKmsKeyId'];
			return why === undefined ? [] : [[awsRegion, why] as const];
		}),
	);
	const untraced = new Map<string, Blind[]>();
	for (const {store, things} of read) {
		for (const {name, awsRegion, untraced: why} of things) {
			if (why !== undefined) {
				const known = untraced.get(awsRegion) ?? [];
				untraced.set(awsRegion, known);
				known.push({why, of: store, name, service: store.service});
			}
		}
	}

	/** What may use any key of a Region: what was not listed, what did not tell its key, and what did not tell its Region. */
	const blindIn = remembering((awsRegion): readonly Blind[] => {
		const why = unknownDefaults.get(awsRegion);
		return [
			...stores.flatMap(store => {
				const gap = gapOf(store, awsRegion);
				return gap === undefined ? [] : [{why: gap, service: store.service}];
			}),
			...(why === undefined ? [] : [{why, service: 'ec2'}]),
			...(untraced.get(awsRegion) ?? []),
			...(untraced.get('global') ?? []),
		];
	});

	yield* keyRows(inputs, book, uses, blindIn);
	yield* storeRows(inputs, book, read, gapOf);
	yield billRow(inputs);
}
