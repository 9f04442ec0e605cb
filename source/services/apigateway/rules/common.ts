import {grouped} from '../../../model/index.js';
export const guide = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';

/** `500 requests a second, 1,000 at once`. */
export const limitInWords = (requestsPerSecond: number | undefined, burst: number | undefined): string =>
	[
		...(requestsPerSecond === undefined ? [] : [`${grouped(requestsPerSecond)} requests a second`]),
		...(burst === undefined ? [] : [`${grouped(burst)} at once`]),
	].join(', ');
