import type {Api, Route, Stage} from '@aws-sdk/client-apigatewayv2';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

export type ApiGatewayV2Api = {
	readonly api: Api & {readonly ApiId: string};
	readonly routes: readonly Route[];
	readonly stages: readonly Stage[];
	/** Operations on it that are refused, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

export type ApiGatewayV2State = {
	apis: readonly ApiGatewayV2Api[];
	/** Operations that are refused for everything. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

/** A stage that deploys by itself, logs who calls and has a limit; `facts` say what differs. */
export const stage = (place: Place, name: string, facts: Partial<Stage> = {}): Stage => ({
	StageName: name,
	AutoDeploy: true,
	CreatedDate: place.daysAgo(300),
	LastUpdatedDate: place.daysAgo(6),
	DeploymentId: place.random(`apigatewayv2/deployment/${name}`).hex(6),
	LastDeploymentStatusMessage: `Successfully deployed stage with deployment ID '${place.random(`apigatewayv2/deployment/${name}`).hex(6)}'`,
	AccessLogSettings: {
		DestinationArn: place.arn('logs', `log-group:/apigateway/http/${name}`),
		Format: '$context.requestId $context.identity.sourceIp $context.routeKey $context.status',
	},
	DefaultRouteSettings: {DetailedMetricsEnabled: true, ThrottlingRateLimit: 200, ThrottlingBurstLimit: 400},
	RouteSettings: {},
	...facts,
});

/** Routes by key, each with its type of authorization. */
export const routes = (place: Place, from: Readonly<Record<string, 'NONE' | 'JWT' | 'AWS_IAM' | 'CUSTOM'>>): readonly Route[] =>
	Object.entries(from).map(([RouteKey, AuthorizationType]) => ({
		RouteKey,
		RouteId: place.random(`apigatewayv2/route/${RouteKey}`).hex(7),
		AuthorizationType,
		ApiKeyRequired: false,
		...((AuthorizationType === 'JWT' || AuthorizationType === 'CUSTOM') && {
			AuthorizerId: place.random(`apigatewayv2/authorizer/${AuthorizationType}`).hex(6),
		}),
		Target: `integrations/${place.random(`apigatewayv2/integration/${RouteKey}`).hex(7)}`,
	}));

type Facts = Partial<Omit<Api, 'ApiId' | 'Name' | 'ProtocolType'>> & {
	readonly protocol?: 'HTTP' | 'WEBSOCKET';
	readonly routes?: readonly Route[];
	readonly stages?: readonly Stage[];
	readonly refused?: ApiGatewayV2Api['refused'];
};

/** An HTTP API with one route that demands a token, and a stage in good order. */
export const api = (place: Place, name: string, facts: Facts = {}): ApiGatewayV2Api => {
	const {protocol = 'HTTP', routes: given, stages = [stage(place, '$default')], refused = {}, ...rest} = facts;
	const id = place.random(`apigatewayv2/${name}`).hex(10);
	const isHttp = protocol === 'HTTP';
	return {
		api: {
			ApiId: id,
			Name: name,
			ProtocolType: protocol,
			ApiEndpoint: `${isHttp ? 'https' : 'wss'}://${id}.execute-api.${place.awsRegion}.amazonaws.com`,
			RouteSelectionExpression: isHttp ? `\${request.method} \${request.path}` : '$request.body.action',
			ApiKeySelectionExpression: '$request.header.x-api-key',
			CreatedDate: place.daysAgo(310),
			DisableExecuteApiEndpoint: false,
			IpAddressType: 'ipv4',
			Tags: {},
			...rest,
		},
		routes: given ?? routes(place, isHttp ? {'ANY /{proxy+}': 'JWT'} : {$connect: 'CUSTOM', $default: 'NONE', $disconnect: 'NONE'}),
		stages,
		refused,
	};
};
