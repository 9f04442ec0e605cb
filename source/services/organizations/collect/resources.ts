import type {Refusal, Resource, ResourceType} from '../../../model/index.js';
import type {DelegatedService, MemberAccount, Organization} from '../rules/organization.js';

type Place = {readonly accountId: string; readonly partition: string};
type Read = {readonly unread: Readonly<Record<string, Refusal>>; readonly readAt: Readonly<Record<string, string>>};
type Names = {readonly arn: string; readonly resourceId: string; readonly resourceName: string};

const resourceOf = <C>(place: Place, resourceType: ResourceType, names: Names, configuration: C, {unread, readAt}: Read): Resource<C> => ({
	...names,
	resourceType,
	accountId: place.accountId,
	awsRegion: 'global',
	tags: {},
	configuration,
	unread,
	readAt,
});

/**
 * An account is in one organisation or in none, and which may not be readable: the same resource in any case, so that none
 * of these passes for calm, or stands beside itself.
 */
export const organizationResource = (
	place: Place,
	arn: string | undefined,
	configuration: Organization,
	read: Read,
): Resource<Organization> =>
	resourceOf(
		place,
		'AWS::Organizations::Organization',
		{
			arn: arn ?? `arn:${place.partition}:organizations::${place.accountId}:organization`,
			resourceId: 'organization',
			resourceName: configuration.id ?? (configuration.inUse === false ? 'no organisation' : 'the organisation'),
		},
		configuration,
		read,
	);

export const accountResource = (place: Place, names: Names, configuration: MemberAccount, read: Read): Resource<MemberAccount> =>
	resourceOf(place, 'AWS::Organizations::Account', names, configuration, read);

export const serviceResource = (place: Place, configuration: DelegatedService, read: Read): Resource<DelegatedService> =>
	resourceOf(
		place,
		'AWS::Organizations::DelegatedService',
		{
			arn: `arn:${place.partition}:organizations::${place.accountId}:service/${configuration.servicePrincipal}`,
			resourceId: configuration.servicePrincipal,
			resourceName: configuration.servicePrincipal,
		},
		configuration,
		read,
	);
