import type {Refusal, Resource, ResourceReference, ResourceType} from '../../../model/index.js';
import type {Activation, Coverage} from '../rules/activation.js';
import type {Backlog} from '../rules/backlog.js';
import type {Exposure} from '../rules/exposure.js';

type Place = {readonly accountId: string; readonly awsRegion: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};

const resourceOf = <C>(
	{accountId, awsRegion, partition}: Place,
	resourceType: ResourceType,
	resourceId: string,
	resourceName: string,
	configuration: C,
	{unread, readAt}: Read,
): Resource<C> => ({
	arn: `arn:${partition}:inspector2:${awsRegion}:${accountId}:${resourceId}`,
	resourceType,
	resourceId,
	resourceName,
	accountId,
	awsRegion,
	tags: {},
	configuration,
	unread,
	readAt,
});

export const activationResource = (place: Place, configuration: Activation, read: Read): Resource<Activation> =>
	resourceOf(place, 'AWS::InspectorV2::Activation', 'activation', 'Inspector', configuration, read);

export const backlogResource = (place: Place, configuration: Backlog, read: Read): Resource<Backlog> =>
	resourceOf(place, 'AWS::InspectorV2::FindingBacklog', 'finding', 'findings to mend', configuration, read);

export const exposureResource = (place: Place, configuration: Exposure, read: Read): Resource<Exposure> =>
	resourceOf(place, 'AWS::InspectorV2::NetworkExposure', 'exposure', 'open ports', configuration, read);

/** Stands for the coverage that could not be listed, so that it is UNKNOWN and not silently whole. */
export const unreadCoverageResource = (place: Place, read: Read): Resource<Coverage> =>
	resourceOf(place, 'AWS::InspectorV2::Coverage', 'coverage', 'coverage', {}, read);

export const coverageResource = (
	of: ResourceReference,
	tags: Readonly<Record<string, string>>,
	configuration: Coverage,
	{unread, readAt}: Read,
): Resource<Coverage> => ({...of, resourceType: 'AWS::InspectorV2::Coverage', tags, configuration, unread, readAt});
