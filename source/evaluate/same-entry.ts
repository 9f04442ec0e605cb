import type {Entry, ResourceEntry} from '../model/index.js';

/**
 * A fact that was read again and found the same does not make an entry new, unless its recorded moment of reading
 * lags this far behind: ten thousand keys whose policies are re-read hourly are not rewritten hourly.
 */
export const readAtToleranceMs = 6 * 60 * 60_000;

const withoutReadAt = (entry: ResourceEntry): unknown => ({...entry, resource: {...entry.resource, readAt: {}}});

const sameReadAt = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean => {
	const operations = Object.keys(left);
	return (
		operations.length === Object.keys(right).length &&
		operations.every(operation => {
			const before = right[operation];
			const now = left[operation];
			return before !== undefined && now !== undefined && Math.abs(Date.parse(now) - Date.parse(before)) < readAtToleranceMs;
		})
	);
};

/**
 * Whether the stored entry can stay as it is. Compared as JSON, member order included (a false "no" costs one
 * write); nothing is left out but `readAt` within `readAtToleranceMs`.
 */
export const isSameEntry = (entry: Entry, previous: Entry): boolean => {
	if (entry.entry === 'resource' && previous.entry === 'resource') {
		return (
			sameReadAt(entry.resource.readAt, previous.resource.readAt) &&
			JSON.stringify(withoutReadAt(entry)) === JSON.stringify(withoutReadAt(previous))
		);
	}

	return JSON.stringify(entry) === JSON.stringify(previous);
};
