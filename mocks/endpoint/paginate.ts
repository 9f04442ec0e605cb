import {createHash} from 'node:crypto';
import {AwsError} from './aws-error.js';

/** How a listing pages, in AWS's member names and numbers. */
export type Paging<I extends object> = {
	/** The input's token member: `Marker`, `NextToken`. */
	readonly token: keyof I & string;
	/** The input's page size member: `Limit`, `MaxResults`. */
	readonly limit: keyof I & string;
	/** The page size when none is asked for. */
	readonly defaultLimit: number;
	readonly maximumLimit: number;
	/** Default 1. */
	readonly minimumLimit?: number;
};

export type Page<T> = {
	readonly page: readonly T[];
	/** The token of the next page; undefined on the last. */
	readonly token: string | undefined;
};

/** What paging must know of the call: tokens are bound to all of it, as AWS's are. */
export type PagingScope = {
	/** Service, Region, account and operation in one string. */
	readonly name: string;
	readonly validationError: string;
	readonly invalidTokenError: string;
	/** The kind of a fault on this call; those of paging are done here, others are not its affair. */
	readonly spoil?: string | undefined;
};

const fingerprint = (scope: string, input: object, paging: {readonly token: string; readonly limit: string}): string => {
	const bound = Object.entries(input).filter(([name, value]) => name !== paging.token && name !== paging.limit && value !== undefined);
	return createHash('sha256')
		.update(`${scope}\n${JSON.stringify(bound)}`)
		.digest('base64url')
		.slice(0, 22);
};

/**
 * A token is opaque and bound to the listing and its filters: one that this very listing did not give is refused.
 * Page sizes outside AWS's limits are a validation error, worded as AWS words it.
 */
export const paginate = <T, I extends object>(items: readonly T[], input: I, paging: Paging<I>, scope: PagingScope): Page<T> => {
	const asked: unknown = input[paging.limit];
	const given: unknown = input[paging.token];
	const minimum = paging.minimumLimit ?? 1;
	const limit = typeof asked === 'number' ? asked : paging.defaultLimit;
	if (limit < minimum || limit > paging.maximumLimit) {
		const bound = limit < minimum ? `greater than or equal to ${minimum}` : `less than or equal to ${paging.maximumLimit}`;
		const member = paging.limit.charAt(0).toLowerCase() + paging.limit.slice(1);
		throw new AwsError(
			scope.validationError,
			`1 validation error detected: Value '${limit}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
		);
	}

	const print = fingerprint(scope.name, input, paging);
	let offset = 0;
	if (typeof given === 'string' && given !== '') {
		const [claimed, at] = Buffer.from(given, 'base64url').toString('latin1').split(':');
		offset = Number(at);
		if (claimed !== print || !Number.isSafeInteger(offset) || offset < 0) {
			throw new AwsError(scope.invalidTokenError, 'The pagination token is not valid.');
		}
	}

	const token = (at: number): string => Buffer.from(`${print}:${at}`, 'latin1').toString('base64url');
	switch (scope.spoil) {
		case 'loop-token':
			return {page: items.slice(0, limit), token: token(0)};
		case 'cycle-token':
			return {page: items.slice(0, limit), token: token(offset === 1 ? 2 : 1)};
		case 'empty-page':
			if (given === undefined) return {page: [], token: token(0)};
			break;
		case 'expired-paging-token':
			if (offset > 0) throw new AwsError(scope.invalidTokenError, 'The pagination token has expired.');
			break;
		default:
	}
	const end = offset + limit;
	return {page: items.slice(offset, end), token: end < items.length ? token(end) : undefined};
};
