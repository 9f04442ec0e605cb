export const guide = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** `a, b, c and 2 more`. */
export const listed = (names: readonly string[]): string =>
	names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `10,000`. */
export const count = (number: number): string => number.toLocaleString('en-US');

/** `500 requests a second, 1,000 at once`. */
export const limitInWords = (requestsPerSecond: number | undefined, burst: number | undefined): string =>
	[
		...(requestsPerSecond === undefined ? [] : [`${count(requestsPerSecond)} requests a second`]),
		...(burst === undefined ? [] : [`${count(burst)} at once`]),
	].join(', ');
