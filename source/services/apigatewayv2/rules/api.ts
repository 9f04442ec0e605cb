import {type Answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';

/** CloudFormation's and AWS Config's name. */
export const apiType = 'AWS::ApiGatewayV2::Api';

/** An HTTP or WebSocket API. Names and values are AWS's; times are ISO 8601. */
export type Api = {
	/** `HTTP` or `WEBSOCKET`. */
	readonly protocol?: string;
	readonly description?: string;
	readonly createdAt?: string;
	/** `https://abc123.execute-api.eu-west-1.amazonaws.com`, or `wss://…`. */
	readonly endpoint?: string;
	/** The same without the scheme: what a CloudFront distribution has as its origin. */
	readonly defaultHost?: string;
	/** True where it answers under its custom domain names alone. */
	readonly defaultHostDisabled?: boolean;
	/** `ipv4` or `dualstack`. */
	readonly ipAddressType?: string;
	/** Another AWS service made it and manages it. */
	readonly managed?: boolean;
	/** Origins from which browsers may call it; absent where CORS is not set up. */
	readonly allowedOrigins?: readonly string[];
	/** By GetRoutes. */
	readonly routes?: readonly Route[];
	/** By GetStages: the names of its stages. */
	readonly stages?: readonly string[];
};

export type Route = {
	/** `GET /orders/{id}`, `ANY /`, `$default`, `$connect`. */
	readonly key: string;
	/** `NONE`, `JWT`, `AWS_IAM` or `CUSTOM`. */
	readonly authorization?: string;
	readonly authorizerId?: string;
	readonly scopes: readonly string[];
	/** WebSocket only. A key says which plan a client is on, not who it is. */
	readonly apiKeyRequired?: boolean;
};

const isOpen = ({authorization}: Route): boolean => authorization === undefined || authorization === 'NONE';

/** A browser asks by OPTIONS, without credentials, before it sends the request that has them. */
const isPreflight = ({key}: Route): boolean => key.startsWith('OPTIONS ');

export const routesAuthorized: Rule<Api> = {
	id: 'apigatewayv2-api-routes-authorized',
	title: 'Every route of an API demands authorization',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.8'], cis: [], prowler: ['apigatewayv2_api_authorizers_enabled']},
	rationale: 'A route without authorization answers anyone who finds it. Routes are added one by one, and the default is none.',
	remediation: {
		text: 'Give each open route a JWT or Lambda authorizer, or IAM. Of a WebSocket API it is the $connect route that authorizes the connection.',
		cli: 'aws apigatewayv2 update-route --api-id {id} --route-id ROUTE_ID --authorization-type JWT --authorizer-id AUTHORIZER_ID --region {region}',
		terraform:
			'resource "aws_apigatewayv2_route" "this" {\n  api_id             = "{id}"\n  route_key          = "GET /orders"\n  authorization_type = "JWT"\n  authorizer_id      = aws_apigatewayv2_authorizer.this.id\n}',
		url: `${guide}/apigateway-http-api-protect.html`,
	},
	note: 'Asked of each route. Prowler asks whether the API has an authorizer at all, so that one open route among protected ones passes there. OPTIONS routes are left out: browsers send them without credentials. Of a WebSocket API only $connect can demand authorization, so that the other routes are not asked; Security Hub fails them. An API that is meant for everyone is a case for a mute.',
	reads: ['GetRoutes'],
	evaluate({configuration: {protocol, routes}}): Answer {
		if (routes === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its routes have not been read'};
		}

		if (routes.length === 0) {
			return {verdict: 'NOT_APPLICABLE', reason: 'has no routes'};
		}

		const evidence = (observed: string) => ({expected: 'authorizationType other than NONE', observed, operation: 'GetRoutes'});
		if (protocol === 'WEBSOCKET') {
			const connect = routes.find(({key}) => key === '$connect');
			if (connect === undefined) {
				return {
					verdict: 'FAIL',
					reason: 'has no $connect route that could demand authorization, so anyone can connect',
					evidence: evidence('no $connect'),
				};
			}

			return isOpen(connect)
				? {
						verdict: 'FAIL',
						reason: 'anyone can connect: $connect demands no authorization',
						evidence: evidence(`$connect ${connect.authorization ?? 'unset'}`),
					}
				: {
						verdict: 'PASS',
						reason: `connections are authorized by ${connect.authorization}`,
						evidence: evidence(`$connect ${connect.authorization}`),
					};
		}

		if (protocol !== 'HTTP') {
			return {
				verdict: 'UNKNOWN',
				reason: `the protocol ${protocol ?? 'of the API, which GetApis did not tell,'} is not known to this version`,
			};
		}

		const asked = routes.filter(route => !isPreflight(route));
		const open = asked.filter(isOpen).map(({key}) => key);
		return open.length > 0
			? {
					verdict: 'FAIL',
					reason: `${open.length === asked.length ? (open.length === 1 ? 'its only route is' : `all ${open.length} routes are`) : `${open.length} of ${asked.length} routes ${open.length === 1 ? 'is' : 'are'}`} open to anyone: ${listed(open)}`,
					evidence: evidence(open.join(', ')),
				}
			: {
					verdict: 'PASS',
					reason: asked.length === 1 ? 'its route demands authorization' : `all ${asked.length} routes demand authorization`,
					evidence: evidence('none open'),
				};
	},
};

export const notAroundWaf: Rule<Api> = {
	id: 'apigatewayv2-api-not-around-waf',
	title: 'An HTTP API is not reached around what could filter for it',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'AWS WAF cannot protect HTTP and WebSocket APIs: only a CloudFront distribution in front, with a web ACL, can filter for them. Whoever calls the execute-api name goes around it.',
	remediation: {
		text: 'Put a CloudFront distribution with a web ACL in front of a custom domain name of the API, have an authorizer demand a header that the distribution adds, and disable the execute-api endpoint. Or use a REST API, whose stages can have a web ACL of their own.',
		cli: 'aws apigatewayv2 update-api --api-id {id} --disable-execute-api-endpoint --region {region}',
		terraform:
			'resource "aws_apigatewayv2_api" "this" {\n  name                         = "{name}"\n  protocol_type                = "HTTP"\n  disable_execute_api_endpoint = true\n}',
		url: `${guide}/http-api-vs-rest.html`,
	},
	note: 'Notes that say AWS WAF protects API Gateway mean REST APIs. Whether a distribution stands in front is not told by API Gateway. Security Hub has no such control.',
	reads: [],
	evaluate({configuration: {protocol, defaultHost, defaultHostDisabled}}): Answer {
		const evidence = {
			expected: 'disableExecuteApiEndpoint true',
			observed: `disableExecuteApiEndpoint ${defaultHostDisabled ?? 'absent'}`,
			operation: 'GetApis',
		};
		return defaultHostDisabled === true
			? {verdict: 'PASS', reason: 'answers under its custom domain names alone, in front of which a distribution can filter', evidence}
			: {
					verdict: 'FAIL',
					reason: `WAF cannot protect ${protocol === 'WEBSOCKET' ? 'a WebSocket API' : 'an HTTP API'}, and ${defaultHost ?? 'its default endpoint'} answers everyone`,
					evidence,
				};
	},
};
