import {grouped} from '../../../model/index.js';
export const guide = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** `a, b, c and 2 more`. */
export const listed = (names: readonly string[]): string =>
	names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `500 requests a second, 1,000 at once`. */
export const limitInWords = (requestsPerSecond: number | undefined, burst: number | undefined): string =>
	[
		...(requestsPerSecond === undefined ? [] : [`${grouped(requestsPerSecond)} requests a second`]),
		...(burst === undefined ? [] : [`${grouped(burst)} at once`]),
	].join(', ');
