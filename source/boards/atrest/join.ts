import type {Inputs, Refusal, Resource} from '../../model/index.js';
import {billRow} from './bill.js';
import {furtherUses} from './further-uses.js';
import {openKeyBook} from './key-book.js';
import {keyRows} from './key-rows.js';
import type {Purpose} from './key-type.js';
import {remembering} from './remembering.js';
import {type Blind, toThing} from './sight.js';
import {storeRows} from './store-rows.js';
import {type Store, stores} from './stores.js';
import {usesOf} from './uses.js';

export function* join(inputs: Inputs): Generator<Resource, void, undefined> {
	const book = openKeyBook(inputs);
	const read = stores.map(store => ({store, things: store.read(inputs).map(stored => toThing(stored, book))}));
	const {uses, untraced} = usesOf(inputs, book, read);

	const gaps = new Map(
		stores.map(store => [store.id, remembering<Refusal | undefined>(awsRegion => inputs.gap(store.service, [store.listing], awsRegion))]),
	);
	const gapOf = (store: Store, awsRegion: string): Refusal | undefined => gaps.get(store.id)?.(awsRegion);

	const further = (purpose: Purpose, awsRegion: string): readonly Blind[] =>
		furtherUses.flatMap(one => {
			const isMeant = one.purpose === purpose && (one.keysIn ?? awsRegion) === awsRegion;
			const gap = isMeant ? inputs.gap(one.service, one.listing, awsRegion) : undefined;
			return gap === undefined ? [] : [{why: gap, service: one.service}];
		});
	/** What may hide who encrypts with a key of a Region: what was not listed, and what did not tell its key, or its Region. */
	const encrypting = remembering((awsRegion): readonly Blind[] => [
		...stores.flatMap(store => {
			const gap = gapOf(store, awsRegion);
			return gap === undefined ? [] : [{why: gap, service: store.service}];
		}),
		...further('encrypts', awsRegion),
		...(untraced.get(awsRegion) ?? []),
		...(untraced.get('global') ?? []),
	]);
	const blindTo: Readonly<Record<Purpose, (awsRegion: string) => readonly Blind[]>> = {
		encrypts: encrypting,
		signs: remembering(awsRegion => further('signs', awsRegion)),
		neither: () => [],
	};

	yield* keyRows(inputs, book, uses, blindTo);
	yield* storeRows(inputs, book, read, gapOf);
	yield billRow(inputs);
}
