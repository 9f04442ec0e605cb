/** A seeded source of chance: the same seed gives the same account, byte for byte. */
export type Random = {
	/** From 0 up to, not including, 1. */
	next(): number;
	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number;
	pick<T>(from: readonly [T, ...T[]]): T;
	/** One of the values, by the weight before it. */
	weighted<T>(from: ReadonlyArray<readonly [weight: number, value: T]>): T;
	chance(probability: number): boolean;
	/** Lower-case hexadecimal digits. */
	hex(length: number): string;
	uuid(): string;
};

// FNV-1a, so that seeds may be words: https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
const hash = (text: string): number => {
	let value = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
	return value >>> 0;
};

export const random = (seed: string): Random => {
	let state = hash(seed);
	// Mulberry32: one word of state is plenty for made-up names, and it is fast enough for 100,000 findings.
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
	const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
	const hex = (length: number): string => {
		let digits = '';
		while (digits.length < length)
			digits += Math.floor(next() * 0x1_0000_0000)
				.toString(16)
				.padStart(8, '0');
		return digits.slice(0, length);
	};
	return {
		next,
		between,
		pick: from => from[between(0, from.length - 1)] ?? from[0],
		weighted: from => {
			let left = next() * from.reduce((sum, [weight]) => sum + weight, 0);
			const found = from.find(([weight]) => {
				left -= weight;
				return left < 0;
			});
			const chosen = found ?? from.at(-1);
			if (chosen === undefined) throw new RangeError('There is nothing to choose from');
			return chosen[1];
		},
		chance: probability => next() < probability,
		hex,
		uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'.charAt(between(0, 3))}${hex(3)}-${hex(12)}`,
	};
};
