import {defineService, hourMs, type Kind} from '../../model/index.js';
import {type Api, apiType} from './rules/api.js';
import {limitInWords} from './rules/common.js';
import {apiRules, stageRules} from './rules/index.js';
import {type Stage, stageType} from './rules/stage.js';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const joined = (names: readonly string[] | undefined): string | undefined => names?.join(', ') || undefined;
const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no');

const apis: Kind<Api> = {
	resourceType: apiType,
	title: 'HTTP and WebSocket APIs',
	columns: [
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Routes', value: ({configuration}) => configuration.routes?.length},
		{title: 'Stages', value: ({configuration}) => configuration.stages?.length},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	facts: [
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Endpoint', value: ({configuration}) => configuration.endpoint},
		{title: 'Default endpoint disabled', value: ({configuration}) => yesNo(configuration.defaultHostDisabled)},
		{title: 'Addresses', value: ({configuration}) => configuration.ipAddressType},
		{title: 'Origins of browsers', value: ({configuration}) => joined(configuration.allowedOrigins)},
		{
			title: 'Routes',
			value: ({configuration: {routes}}) =>
				routes && (joined(routes.map(({key, authorization}) => `${key} ${authorization ?? 'NONE'}`)) ?? 'none'),
		},
		{title: 'Stages', value: ({configuration}) => joined(configuration.stages)},
		{title: 'Managed by AWS', value: ({configuration}) => yesNo(configuration.managed)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	rules: apiRules,
	consolePath: ({resourceId, awsRegion}) => `apigateway/main/api-detail?api=${encodeURIComponent(resourceId)}&region=${awsRegion}`,
};

const stages: Kind<Stage> = {
	resourceType: stageType,
	title: 'Stages',
	columns: [
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Access log', value: ({configuration}) => (configuration.accessLog === null ? 'none' : 'on')},
		{title: 'Limit', value: ({configuration: {defaults}}) => limitInWords(defaults.requestsPerSecond, undefined) || undefined},
		{title: 'Updated', value: ({configuration}) => at(configuration.updatedAt)},
	],
	facts: [
		{title: 'API', value: ({configuration}) => configuration.apiName},
		{title: 'Protocol', value: ({configuration}) => configuration.protocol},
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Access log', value: ({configuration: {accessLog}}) => (accessLog === null ? 'none' : accessLog.destinationArn)},
		{title: 'Access log format', value: ({configuration}) => configuration.accessLog?.format},
		{title: 'Execution log', value: ({configuration}) => configuration.defaults.loggingLevel},
		{title: 'Messages logged whole', value: ({configuration}) => yesNo(configuration.defaults.dataTrace)},
		{title: 'Limit', value: ({configuration: {defaults}}) => limitInWords(defaults.requestsPerSecond, defaults.burst) || undefined},
		{title: 'Routes with settings', value: ({configuration}) => joined(Object.keys(configuration.routes))},
		{
			title: 'Client certificate',
			value: ({configuration}) => configuration.clientCertificateId ?? (configuration.protocol === 'WEBSOCKET' ? 'none' : undefined),
		},
		{title: 'Deploys by itself', value: ({configuration}) => yesNo(configuration.autoDeploy)},
		{title: 'Last deployment', value: ({configuration}) => configuration.lastDeployment},
		{title: 'Deployment', value: ({configuration}) => configuration.deploymentId},
		{title: 'Updated', value: ({configuration}) => at(configuration.updatedAt)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	rules: stageRules,
	consolePath: ({configuration, awsRegion}) =>
		`apigateway/main/develop/stages?api=${encodeURIComponent(configuration.apiId)}&region=${awsRegion}`,
};

// "10 requests per second with a burst quota of 40 requests per second" for all management operations of REST, HTTP and
// WebSocket APIs together, which cannot be raised. Buckets are a service's own, so that each of the two services takes half.
const management = {
	requestsPerSecond: 5,
	burst: 20,
	bucket: 'management',
	iamAction: 'apigateway:GET',
	source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
	answers: ['Items'],
	paging: {input: 'NextToken', output: 'NextToken'},
} as const;

export const apigatewayv2 = defineService({
	id: 'apigatewayv2',
	title: 'HTTP APIs',
	group: 'certificates and traffic',
	leads: 'worst',
	scope: 'regional',
	// Two calls an API at a call a second: 600 APIs, the most that a Region has by default, take twenty minutes once, ten from then on.
	refresh: {full: {everyMs: 45 * 60_000, deadlineMs: 25 * 60_000}},
	iamPrefix: 'apigateway',
	operations: {
		GetApis: {...management, iamResources: ['arn:{partition}:apigateway:*::/apis']},
		// Never kept in the cache: the answer has the stage variables, in which people keep credentials.
		GetStages: {...management, iamResources: ['arn:{partition}:apigateway:*::/apis/*/stages']},
		GetRoutes: {...management, iamResources: ['arn:{partition}:apigateway:*::/apis/*/routes'], freshForMs: 6 * hourMs},
	},
	kinds: [apis, stages],
	load: async () => import('./collect.js'),
});
