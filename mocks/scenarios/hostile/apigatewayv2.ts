import {type ApiGatewayV2State, api, stage} from '../../services/apigatewayv2-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** Names, descriptions, origins, route keys and messages are whatever somebody typed. */
export const populate: Populate<ApiGatewayV2State> = place => ({
	apis: [
		...hostileStrings.map((trick, index) =>
			api(place, trick, {
				protocol: index % 2 === 0 ? 'HTTP' : 'WEBSOCKET',
				Description: hostileAt(index + 1),
				CorsConfiguration: {AllowOrigins: [trick]},
				Tags: {[hostileAt(index + 2)]: trick},
				routes: [{RouteKey: trick, AuthorizationType: 'NONE'}, {RouteKey: `GET ${trick}`}],
				stages: [
					stage(place, '$default', {
						Description: trick,
						LastDeploymentStatusMessage: trick,
						RouteSettings: {[`GET ${trick}`]: {ThrottlingRateLimit: -1}},
					}),
				],
			}),
		),
		api(place, 'long', {Description: hostileMegabyte, routes: []}),
	],
	refused: {},
});
