import {type ApiGatewayV2Api, type ApiGatewayV2State, api, routes, stage} from '../../services/apigatewayv2-state.js';
import type {Place, Populate, Timeline} from '../scenario.js';

/** One open route among those that demand a token: found by nobody who asks for an authorizer of the API. */
const mobileRoutes = (place: Place, debug: 'NONE' | 'JWT') =>
	routes(place, {
		'GET /orders': 'JWT',
		'POST /orders': 'JWT',
		'GET /orders/{id}': 'JWT',
		'OPTIONS /{proxy+}': 'NONE',
		'GET /debug/orders': debug,
	});

const northVirginia = (place: Place): ApiGatewayV2Api[] => [
	api(place, 'mobile', {
		Description: 'What the phones call',
		Tags: {team: 'mobile'},
		CorsConfiguration: {AllowOrigins: ['https://www.acme.com'], AllowMethods: ['GET', 'POST'], MaxAge: 300},
		routes: mobileRoutes(place, 'NONE'),
	}),
	api(place, 'checkout', {
		Description: 'Behind E7SHOP4ACME2QX alone',
		DisableExecuteApiEndpoint: true,
		Tags: {team: 'shop'},
		routes: routes(place, {'POST /carts/{id}/checkout': 'JWT', 'GET /carts/{id}': 'JWT', 'POST /payments': 'AWS_IAM'}),
		stages: [
			stage(place, '$default', {RouteSettings: {'POST /payments': {ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40}}}),
			stage(place, 'next', {AccessLogSettings: undefined, DefaultRouteSettings: {DetailedMetricsEnabled: false}}),
		],
	}),
	api(place, 'quick-start', {
		Description: 'Created by AWS Lambda',
		routes: routes(place, {$default: 'NONE'}),
		stages: [stage(place, '$default', {AccessLogSettings: undefined, DefaultRouteSettings: {DetailedMetricsEnabled: false}})],
	}),
	api(place, 'notifications', {
		protocol: 'WEBSOCKET',
		Tags: {team: 'mobile'},
		stages: [
			stage(place, 'prod', {
				AutoDeploy: false,
				LastDeploymentStatusMessage: undefined,
				DefaultRouteSettings: {LoggingLevel: 'ERROR', DataTraceEnabled: false, ThrottlingRateLimit: 500, ThrottlingBurstLimit: 1000},
			}),
		],
	}),
	api(place, 'support-chat', {
		protocol: 'WEBSOCKET',
		routes: routes(place, {$connect: 'NONE', $default: 'NONE', send: 'NONE'}),
		stages: [
			stage(place, 'prod', {
				AutoDeploy: false,
				LastDeploymentStatusMessage: undefined,
				AccessLogSettings: undefined,
				DefaultRouteSettings: {LoggingLevel: 'OFF', DataTraceEnabled: false, ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5000},
			}),
		],
	}),
	api(place, 'audit-feed', {refused: {GetRoutes: 'no-identity-based-policy'}}),
];

/** Eight APIs in two Regions, and one in Milan whose routes are kept from readers. */
export const populate: Populate<ApiGatewayV2State> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {apis: northVirginia(place), refused: {}};
		case 'eu-west-1':
			return {
				apis: [
					api(place, 'eu-mobile', {Tags: {team: 'mobile'}}),
					// What an infrastructure tool sets where nobody says a limit.
					api(place, 'eu-events', {
						stages: [
							stage(place, '$default', {
								DefaultRouteSettings: {DetailedMetricsEnabled: false, ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0},
							}),
						],
					}),
				],
				refused: {},
			};
		case 'eu-south-1':
			return {apis: [api(place, 'punto-vendita')], refused: {GetRoutes: 'explicit-deny-in-permissions-boundary'}};
		default:
			return undefined;
	}
};

const change = (state: ApiGatewayV2State, name: string, facts: Partial<ApiGatewayV2Api>): void => {
	state.apis = state.apis.map(one => (one.api.Name === name ? {...one, ...facts} : one));
};

/** A limit is set and forgotten again, and a stage loses its log. */
export const timeline: Timeline<ApiGatewayV2State> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 60,
			what: 'quick-start has an access log and a limit',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, 'quick-start', {stages: [stage(moment, '$default', {LastUpdatedDate: moment.now})]}),
		},
		{
			atSeconds: 190,
			what: 'a deployment of mobile loses its access log',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'mobile', {stages: [stage(moment, '$default', {AccessLogSettings: undefined, LastUpdatedDate: moment.now})]}),
		},
		{
			atSeconds: 280,
			what: 'mobile logs again, and quick-start is made anew',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				change(state, 'mobile', {stages: [stage(moment, '$default')]});
				change(state, 'quick-start', {
					stages: [stage(moment, '$default', {AccessLogSettings: undefined, DefaultRouteSettings: {DetailedMetricsEnabled: false}})],
				});
			},
		},
	],
};
