const groups = new Intl.NumberFormat('en-US');

/** A number in digits, by thousands: `1,241`. Asking the number itself makes its way to the same format anew each time. */
export const grouped = (count: number): string =>
	Math.abs(count) < 1000 && Number.isInteger(count) ? String(count) : groups.format(count);

/** So many of something: `1 host`, `1,241 hosts`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : many}`;

/** The first names, and how many more there are: `a, b, c and 2 more`. */
export const listed = (names: readonly string[], shown = 3): string =>
	names.length > shown ? `${names.slice(0, shown).join(', ')} and ${names.length - shown} more` : names.join(', ');
