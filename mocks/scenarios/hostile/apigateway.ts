import {
	type ApiGatewayState,
	clientCertificate,
	domainName,
	invokable,
	quietApiGateway,
	restApi,
	stage,
} from '../../services/apigateway-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** API Gateway takes any text as a name and a description, and gives statement ids and status messages back as they are. */
export const populate: Populate<ApiGatewayState> = place => ({
	...quietApiGateway(),
	apis: [
		...hostileStrings.map((trick, index) => ({
			...restApi(place, trick, {
				description: hostileAt(index + 1),
				type: index % 2 === 0 ? ('PRIVATE' as const) : ('EDGE' as const),
				policy: invokable().replace('"Invoke"', JSON.stringify(trick)),
				apiStatusMessage: trick,
				tags: {[hostileAt(index + 2)]: trick},
				stages: [stage(place, 'prod', {description: trick, methodSettings: {[`~1${trick}/GET`]: {loggingLevel: trick}}})],
			}),
		})),
		restApi(place, 'long', {description: hostileMegabyte, policy: '{"Statement": "no policy"}', type: 'PRIVATE'}),
		restApi(place, 'no-json', {policy: '\u001b[31mnot JSON', type: 'PRIVATE', stages: []}),
	],
	domains: [
		domainName(place, 'a.acme.com', {
			domainNameStatus: 'FAILED',
			domainNameStatusMessage: hostileAt(0),
			mutualTlsAuthentication: {truststoreUri: hostileAt(1), truststoreWarnings: [...hostileStrings]},
			mappings: [{basePath: hostileAt(2), restApiId: hostileAt(3), stage: hostileAt(4)}],
		}),
	],
	certificates: hostileStrings.slice(0, 5).map((trick, index) => clientCertificate(place, trick, 3 + index)),
	usagePlans: [{id: 'plan01', name: hostileAt(5), throttle: {rateLimit: 1, burstLimit: 1}, apiStages: []}],
});
