import {ApiGatewayV2Client, GetApisCommand, GetRoutesCommand, GetStagesCommand} from '@aws-sdk/client-apigatewayv2';
import {type Aws, type CommandOutput, defineCollector, type Resource, type Yielded} from '../../model/index.js';
import {type Api, apiType, type Route} from './rules/api.js';
import {type RouteSettings, type Stage, stageType} from './rules/stage.js';

const commands = {GetApis: GetApisCommand, GetStages: GetStagesCommand, GetRoutes: GetRoutesCommand};
type ApiGatewayV2 = Aws<typeof commands>;

type ApiEntry = NonNullable<CommandOutput<typeof GetApisCommand>['Items']>[number];
type StageEntry = NonNullable<CommandOutput<typeof GetStagesCommand>['Items']>[number];
type RouteEntry = NonNullable<CommandOutput<typeof GetRoutesCommand>['Items']>[number];

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

// A text, in this API. Its maximum is not documented; 100 is what is commonly asked for.
const page = {MaxResults: '100'} as const;

const toApi = (entry: ApiEntry): Omit<Api, 'routes' | 'stages'> =>
	present({
		protocol: entry.ProtocolType,
		description: entry.Description,
		createdAt: entry.CreatedDate,
		endpoint: entry.ApiEndpoint,
		defaultHost: entry.ApiEndpoint?.replace(/^\w+:\/\//u, ''),
		defaultHostDisabled: entry.DisableExecuteApiEndpoint,
		ipAddressType: entry.IpAddressType,
		managed: entry.ApiGatewayManaged,
		allowedOrigins: entry.CorsConfiguration?.AllowOrigins,
	});

const toRoute = (entry: RouteEntry): Route => ({
	key: entry.RouteKey ?? '(without a key)',
	scopes: entry.AuthorizationScopes ?? [],
	...present({authorization: entry.AuthorizationType, authorizerId: entry.AuthorizerId, apiKeyRequired: entry.ApiKeyRequired}),
});

const toSettings = (settings: StageEntry['DefaultRouteSettings']): RouteSettings =>
	present({
		loggingLevel: settings?.LoggingLevel,
		dataTrace: settings?.DataTraceEnabled,
		metrics: settings?.DetailedMetricsEnabled,
		requestsPerSecond: settings?.ThrottlingRateLimit,
		burst: settings?.ThrottlingBurstLimit,
	});

/** What a stage is by itself. Its variables are passed by. */
const toStage = (entry: StageEntry): Omit<Stage, 'apiId' | 'apiName' | 'apiArn' | 'protocol'> => ({
	accessLog:
		entry.AccessLogSettings?.DestinationArn === undefined
			? null
			: present({destinationArn: entry.AccessLogSettings.DestinationArn, format: entry.AccessLogSettings.Format}),
	defaults: toSettings(entry.DefaultRouteSettings),
	routes: Object.fromEntries(Object.entries(entry.RouteSettings ?? {}).map(([key, settings]) => [key, toSettings(settings)])),
	clientCertificateId: entry.ClientCertificateId ?? null,
	...present({
		description: entry.Description,
		deploymentId: entry.DeploymentId,
		autoDeploy: entry.AutoDeploy,
		lastDeployment: entry.LastDeploymentStatusMessage,
		createdAt: entry.CreatedDate,
		updatedAt: entry.LastUpdatedDate,
	}),
});

type ReadApi = {readonly resources: readonly [Resource<Api>, ...ReadonlyArray<Resource<Stage>>]; readonly stagesKnown: boolean};

const readApi = async (aws: ApiGatewayV2, id: string, entry: ApiEntry): Promise<ReadApi | undefined> => {
	const facts = aws.facts();
	const absent = {absent: ['NotFoundException']};
	const stagePages = await facts.attemptPages('GetStages', {ApiId: id, ...page}, absent);
	const routePages = stagePages === null ? null : await facts.attemptPages('GetRoutes', {ApiId: id, ...page}, absent);
	// Deleted since it was listed.
	if (stagePages === null || routePages === null) {
		return undefined;
	}

	const {accountId, awsRegion, partition} = aws;
	const arn = `arn:${partition}:apigateway:${awsRegion}::/apis/${id}`;
	const apiName = entry.Name ?? id;
	const entries = stagePages?.flatMap(({Items = []}) => Items);
	const stages = entries?.flatMap(stage => (stage.StageName === undefined ? [] : {name: stage.StageName, stage}));
	if (entries?.length !== stages?.length) {
		facts.missing('GetStages', 'StageName');
	}

	const common = {accountId, awsRegion, readAt: facts.readAt};
	const api: Resource<Api> = {
		...common,
		arn,
		resourceType: apiType,
		resourceId: id,
		resourceName: apiName,
		tags: entry.Tags ?? {},
		configuration: {
			...toApi(entry),
			...present({
				stages: stages?.map(({name}) => name),
				routes: routePages?.flatMap(({Items = []}) => Items.map(toRoute)),
			}),
		},
		unread: facts.unread,
	};
	const ofStages = (stages ?? []).map(
		({name, stage}): Resource<Stage> => ({
			...common,
			arn: `${arn}/stages/${name}`,
			resourceType: stageType,
			resourceId: `${id}/${name}`,
			resourceName: `${apiName}/${name}`,
			tags: stage.Tags ?? {},
			configuration: {apiId: id, apiName, apiArn: arn, ...present({protocol: entry.ProtocolType}), ...toStage(stage)},
			unread: {},
		}),
	);
	return {resources: [api, ...ofStages], stagesKnown: facts.unread['GetStages'] === undefined};
};

export const collector = defineCollector({
	client: ApiGatewayV2Client,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		let apisKnown = true;
		let stagesKnown = true;
		async function* listed(): AsyncGenerator<{readonly id: string; readonly entry: ApiEntry}, void, undefined> {
			for await (const {Items = []} of aws.pages('GetApis', page)) {
				for (const entry of Items) {
					if (entry.ApiId === undefined) {
						aws.facts().missing('GetApis', 'ApiId');
						apisKnown = false;
					} else {
						yield {id: entry.ApiId, entry};
					}
				}
			}
		}

		for await (const read of aws.each(listed(), async ({id, entry}) => readApi(aws, id, entry))) {
			if (read !== undefined) {
				stagesKnown &&= read.stagesKnown;
				for (const resource of read.resources) {
					yield {yields: 'resource', resource};
				}
			}
		}

		if (apisKnown) {
			yield {yields: 'complete', of: apiType};
		}

		if (apisKnown && stagesKnown) {
			yield {yields: 'complete', of: stageType};
		}
	},
});
