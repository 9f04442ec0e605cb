import type {Refusal, Resource, ResourceType} from '../../../model/index.js';
import type {Backlog} from '../rules/backlog.js';
import type {Hub} from '../rules/hub.js';

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const resourceOf = <C>(
	{accountId, awsRegion, partition}: Place,
	resourceType: ResourceType,
	id: string,
	resourceName: string,
	configuration: C,
	{unread, readAt}: Read,
): Resource<C> => ({
	arn: `arn:${partition}:securityhub:${awsRegion}:${accountId}:hub/${id}`,
	resourceType,
	resourceId: id,
	resourceName,
	accountId,
	awsRegion,
	tags: {},
	configuration,
	unread,
	readAt,
});

/** There is one hub a Region, always under this name: the same resource, whether it is on or off. */
export const hubResource = (place: Place, configuration: Hub, read: Read): Resource<Hub> =>
	resourceOf(place, 'AWS::SecurityHub::Hub', 'default', `hub in ${place.awsRegion}`, configuration, read);

export const backlogResource = (place: Place, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(place, 'AWS::SecurityHub::FindingBacklog', 'default/finding', 'failed controls', configuration, read);
