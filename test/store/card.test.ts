import fc from 'fast-check';
import {expect, test} from 'vitest';
import {severities, verdicts} from '../../source/model/index.js';
import {type Card, decodeCard, encodeCard} from '../../source/store/card.js';
import {headOf, readHead, sortOf} from '../../source/store/card-head.js';

const cards: fc.Arbitrary<Card> = fc.record({
	hash: fc.nat(),
	name: fc.string({unit: 'binary'}),
	id: fc.string(),
	arn: fc.string(),
	accountId: fc.string(),
	awsRegion: fc.string(),
	source: fc.constantFrom('rule', 'inspector'),
	state: fc.constantFrom('active', 'archived'),
	marks: fc.constant([]),
	expirations: fc.array(fc.tuple(fc.string(), fc.nat()), {maxLength: 2}),
	usdPerMonth: fc.nat(),
	sinceMs: fc.nat(),
	answers: fc.array(
		fc.record({
			ruleId: fc.string(),
			verdict: fc.constantFrom(...verdicts),
			severity: fc.constantFrom(...severities),
			sinceMs: fc.nat(),
			reason: fc.string({unit: 'binary'}),
		}),
	),
});

test('a card comes back as it was, and from a cache that keeps no head too', () => {
	fc.assert(
		fc.property(cards, card => {
			const text = encodeCard(card);
			expect(decodeCard(text)).toEqual(card);
			expect(decodeCard(text.slice(text.indexOf('[')))).toEqual(card);
		}),
	);
});

test('a head says what counts, unless something ends', () => {
	fc.assert(
		fc.property(cards, card => {
			const seen: Array<readonly [number, boolean]> = [];
			const saysAll = readHead(headOf(card), (sort, isReported) => seen.push([sort, isReported]));
			const counted = card.state === 'active' ? card.answers : [];
			expect(saysAll).toBe(card.expirations.length === 0);
			expect(seen).toEqual(saysAll ? counted.map(answer => [sortOf(answer), card.source !== 'rule']) : []);
		}),
	);
});

test('what is no head says nothing', () => {
	for (const text of ['', 'garbage', 'r{', '[1,"a"]']) {
		expect(readHead(text, () => expect.unreachable())).toBe(false);
	}
});
