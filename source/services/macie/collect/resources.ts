import type {Refusal, Resource, ResourceType} from '../../../model/index.js';
import type {Backlog} from '../rules/backlog.js';
import type {Bucket, Job, Session} from '../rules/session.js';

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const resourceOf = <C>(
	place: Place,
	resourceType: ResourceType,
	resourceId: string,
	resourceName: string,
	configuration: C,
	read: Read,
): Resource<C> => ({
	arn: `arn:${place.partition}:macie2:${place.awsRegion}:${place.accountId}:${resourceId}`,
	resourceType,
	resourceId,
	resourceName,
	accountId: place.accountId,
	awsRegion: place.awsRegion,
	tags: {},
	configuration,
	unread: read.unread,
	readAt: read.readAt,
});

export const sessionResource = (place: Place, configuration: Session, read: Read): Resource<Session> =>
	resourceOf(place, 'AWS::Macie::Session', 'session', 'Macie', configuration, read);

export const backlogResource = (place: Place, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(place, 'AWS::Macie::FindingBacklog', 'finding', 'findings to triage', configuration, read);

/** Stands for the buckets that could not be listed, so that they are UNKNOWN and not silently none. */
export const unreadBucketsResource = (place: Place, read: Read): Resource<Bucket> =>
	resourceOf(place, 'AWS::Macie::Bucket', 'bucket', 'buckets', {}, read);

export const bucketResource = (
	place: Place,
	name: string,
	arn: string | undefined,
	tags: Readonly<Record<string, string>>,
	configuration: Bucket,
	read: Read,
): Resource<Bucket> => ({
	...resourceOf(place, 'AWS::Macie::Bucket', name, name, configuration, read),
	arn: arn ?? `arn:${place.partition}:s3:::${name}`,
	tags,
});

/** Stands for the jobs that could not be listed. */
export const unreadJobsResource = (place: Place, read: Read): Resource<Job> =>
	resourceOf(place, 'AWS::Macie::ClassificationJob', 'classification-job', 'jobs', {}, read);

export const jobResource = (place: Place, jobId: string, name: string, configuration: Job, read: Read): Resource<Job> => ({
	...resourceOf(place, 'AWS::Macie::ClassificationJob', jobId, name, configuration, read),
	arn: `arn:${place.partition}:macie2:${place.awsRegion}:${place.accountId}:classification-job/${jobId}`,
});
