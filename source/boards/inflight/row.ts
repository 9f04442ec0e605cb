import type {Joined, Resource} from '../../model/index.js';
import {type EntryPoint, entryPointType} from './entry-point.js';
import type {Unread} from './unread.js';

/** The row of what was joined, under its own ARN: names of buckets, APIs and load balancers would not tell them apart. */
export const toRow = ({resource}: Joined, configuration: EntryPoint, unread: Unread): Resource<EntryPoint> => ({
	arn: resource.arn,
	resourceType: entryPointType,
	resourceId: resource.arn,
	resourceName: resource.resourceName,
	accountId: resource.accountId,
	awsRegion: resource.awsRegion,
	tags: resource.tags,
	configuration,
	unread: unread.byAction,
	readAt: {},
});
