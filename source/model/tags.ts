import type {Operation} from './operation.js';
import {hourMs} from './span.js';

/**
 * How a service declares `GetResources`, the listing by which AWS's tagging service tells the tags of all resources of a type in
 * a Region: for services whose own lists leave them out, and would have to be asked for each resource.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 */
export const tagListing = {
	// 15 for the account, which each service that lists tags takes its part of.
	requestsPerSecond: 5,
	iamAction: 'tag:GetResources',
	answers: ['ResourceTagMappingList'],
	paging: {input: 'PaginationToken', output: 'PaginationToken'},
	freshForMs: hourMs,
	incidental: true,
	source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/reference.html',
} as const satisfies Operation;

/** Under this name `unread` says why a resource's tags are not known. */
export const tagOperation = 'GetResources';

/** What to ask it for: everything of one type, by that service's own names, such as `kms:key`. */
export const everyTagged = (resourceType: `${string}:${string}`) => ({ResourceTypeFilters: [resourceType], ResourcesPerPage: 100});

type Mapping = {
	readonly ResourceARN?: string | undefined;
	readonly Tags?: ReadonlyArray<{readonly Key?: string | undefined; readonly Value?: string | undefined}> | undefined;
};

/** Each resource's tags by its ARN, sorted by their keys; none for what the listing leaves out, which has none. */
export const tagsByArn = (
	pages: ReadonlyArray<{readonly ResourceTagMappingList?: readonly Mapping[] | undefined}> | null | undefined,
): ((arn: string) => Readonly<Record<string, string>>) => {
	const tags = new Map<string, Readonly<Record<string, string>>>();
	for (const {ResourceARN: arn, Tags = []} of (pages ?? []).flatMap(({ResourceTagMappingList: list = []}) => list)) {
		if (arn !== undefined) {
			const told = Tags.flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? ''] as const]));
			tags.set(arn, Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1))));
		}
	}

	return arn => tags.get(arn) ?? {};
};
