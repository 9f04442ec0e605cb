const groups = new Intl.NumberFormat('en-US');

/** A number in digits, by thousands: `1,241`. Asking the number itself makes its way to the same format anew each time. */
export const grouped = (count: number): string =>
	Math.abs(count) < 1000 && Number.isInteger(count) ? String(count) : groups.format(count);

/** So many of something: `1 host`, `1,241 hosts`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${grouped(count)} ${count === 1 ? one : many}`;
