/** `a, b and c`, however many: for Regions, of which none may be left out. */
export const together = (names: readonly string[]): string =>
	names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
