import {GetResourcesCommand, type ResourceTagMapping} from '@aws-sdk/client-resource-groups-tagging-api';
import {type Context, defineMockService} from '../endpoint/service.js';
import {acm} from './acm.js';
import {kms} from './kms.js';

// Behaviour is that of https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html: what has no
// tags is left out, and policies of the resources themselves do not matter.

type Tagging = Context<null>;
type Tagged = {readonly type: string; readonly mapping: ResourceTagMapping};

/** Everything that the account's other services hold in the Region, by the type that filters name. */
const everything = ({world, awsRegion, accountId, partition}: Tagging): readonly Tagged[] => {
	const arn = (service: string, resource: string): string => `arn:${partition}:${service}:${awsRegion}:${accountId}:${resource}`;
	return [
		...world.state(kms, awsRegion, accountId).keys.map(({keyId, tags}) => ({
			type: 'kms:key',
			mapping: {ResourceARN: arn('kms', `key/${keyId}`), Tags: tags.map(({TagKey: Key, TagValue: Value}) => ({Key, Value}))},
		})),
		...world.state(acm, awsRegion, accountId).certificates.map(({certificateId, tags}) => ({
			type: 'acm:certificate',
			mapping: {ResourceARN: arn('acm', `certificate/${certificateId}`), Tags: tags.map(({Key, Value = ''}) => ({Key, Value}))},
		})),
	];
};

/** `kms` stands for all types of its service. */
const matches = (type: string, filter: string): boolean => type === filter || type.startsWith(`${filter}:`);

export const tagging = defineMockService({
	id: 'tagging',
	signingName: 'tagging',
	iamPrefix: 'tag',
	protocol: {name: 'awsJson1.1', target: 'ResourceGroupsTaggingAPI_20170126'},
	errors: {
		validation: 'InvalidParameterException',
		invalidToken: 'PaginationTokenExpiredException',
		throttled: {name: 'ThrottledException', httpStatus: 400},
	},
	empty: () => null,
	commands: {GetResources: GetResourcesCommand},
	handlers: {
		GetResources: (input, context) => {
			const filters = input.ResourceTypeFilters ?? [];
			const found = everything(context).filter(
				({type, mapping}) => (mapping.Tags ?? []).length > 0 && (filters.length === 0 || filters.some(filter => matches(type, filter))),
			);
			const {page, token} = context.paginate(found, input, {
				token: 'PaginationToken',
				limit: 'ResourcesPerPage',
				defaultLimit: 50,
				maximumLimit: 100,
			});
			// The last page has a token too, an empty one.
			return {PaginationToken: token ?? '', ResourceTagMappingList: page.map(({mapping}) => mapping)};
		},
	},
});
