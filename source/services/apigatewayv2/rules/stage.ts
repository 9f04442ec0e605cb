import {type Answer, grouped, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide, limitInWords} from './common.js';

export const stageType = 'AWS::ApiGatewayV2::Stage';

/** A stage of an HTTP or WebSocket API. Its variables are left out: people keep credentials in them. */
export type Stage = {
	readonly apiId: string;
	readonly apiName: string;
	readonly apiArn: string;
	/** The API's: `HTTP` or `WEBSOCKET`. */
	readonly protocol?: string;
	readonly description?: string;
	readonly deploymentId?: string;
	readonly autoDeploy?: boolean;
	/** How the last automatic deployment ended. */
	readonly lastDeployment?: string;
	readonly createdAt?: string;
	readonly updatedAt?: string;
	readonly accessLog: {readonly destinationArn?: string; readonly format?: string} | null;
	/** Of all routes that have no settings of their own. */
	readonly defaults: RouteSettings;
	/** By route key. */
	readonly routes: Readonly<Record<string, RouteSettings>>;
	/** WebSocket only: the certificate that API Gateway shows to HTTP backends, or null. */
	readonly clientCertificateId: string | null;
};

export type RouteSettings = {
	/** WebSocket only: `OFF`, `ERROR` or `INFO`. */
	readonly loggingLevel?: string;
	/** WebSocket only: messages are logged whole. */
	readonly dataTrace?: boolean;
	readonly metrics?: boolean;
	readonly requestsPerSecond?: number;
	readonly burst?: number;
};

export const stageAccessLogged: Rule<Stage> = {
	id: 'apigatewayv2-stage-access-logged',
	title: 'A stage logs who calls',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.9'], cis: [], prowler: ['apigatewayv2_api_access_logging_enabled']},
	rationale: 'The access log is the only record of who called an HTTP API, from where, and with what outcome.',
	remediation: {
		text: 'Choose a log group and a format that has at least the caller’s address, the route, the status and the request’s id.',
		cli: 'aws apigatewayv2 update-stage --api-id API_ID --stage-name STAGE_NAME --access-log-settings \'{"DestinationArn":"LOG_GROUP_ARN","Format":"$context.requestId $context.identity.sourceIp $context.routeKey $context.status"}\' --region {region}',
		terraform:
			'resource "aws_apigatewayv2_stage" "this" {\n  access_log_settings {\n    destination_arn = aws_cloudwatch_log_group.access.arn\n    format          = "$context.requestId $context.identity.sourceIp $context.routeKey $context.status"\n  }\n}',
		url: `${guide}/http-api-logging.html`,
	},
	reads: [],
	evaluate({configuration: {accessLog}}): Answer {
		const evidence = {
			expected: 'AccessLogSettings with a DestinationArn',
			observed: accessLog?.destinationArn ?? 'no AccessLogSettings',
			operation: 'GetStages',
		};
		return accessLog?.destinationArn === undefined
			? {verdict: 'FAIL', reason: 'has no access log', evidence}
			: {
					verdict: 'PASS',
					reason: `logs to ${accessLog.destinationArn.split(':').slice(5).join(':') || accessLog.destinationArn}`,
					evidence,
				};
	},
};

const isLogging = (level: string | undefined): boolean => level === 'ERROR' || level === 'INFO';

export const stageExecutionLogged: Rule<Stage> = {
	id: 'apigatewayv2-stage-execution-logged',
	title: 'A stage of a WebSocket API logs how it executes requests',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.1'], cis: [], prowler: []},
	rationale:
		'Without the execution log nobody can tell afterwards which connections an authorizer turned away, or what a backend answered.',
	remediation: {
		text: 'Set the logging level of the default route settings to ERROR, or to INFO for a while.',
		cli: 'aws apigatewayv2 update-stage --api-id API_ID --stage-name STAGE_NAME --default-route-settings LoggingLevel=ERROR --region {region}',
		terraform: 'resource "aws_apigatewayv2_stage" "this" {\n  default_route_settings {\n    logging_level = "ERROR"\n  }\n}',
		url: `${guide}/websocket-api-logging.html`,
	},
	reads: [],
	exempts: ({configuration: {protocol}}) => (protocol === 'HTTP' ? 'HTTP APIs have no execution log' : undefined),
	evaluate({configuration: {defaults, routes, protocol}}): Answer {
		if (protocol !== 'WEBSOCKET') {
			return {
				verdict: 'UNKNOWN',
				reason: `the protocol ${protocol ?? 'of its API, which GetApis did not tell,'} is not known to this version`,
			};
		}

		const {loggingLevel} = defaults;
		const evidence = {expected: 'LoggingLevel ERROR or INFO', observed: `LoggingLevel ${loggingLevel ?? 'absent'}`, operation: 'GetStages'};
		if (!isLogging(loggingLevel)) {
			return {verdict: 'FAIL', reason: 'logs no executions', evidence};
		}

		const silent = Object.entries(routes)
			.filter(([, settings]) => !isLogging(settings.loggingLevel))
			.map(([key]) => key);
		return silent.length > 0
			? {verdict: 'FAIL', reason: `logs at ${loggingLevel}, but not ${listed(silent)}`, evidence}
			: {verdict: 'PASS', reason: `logs at ${loggingLevel}`, evidence};
	},
};

export const stageThrottled: Rule<Stage> = {
	id: 'apigatewayv2-stage-throttled',
	title: 'A stage has a request limit of its own',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'All APIs of an account share one limit in a Region. A flood, or a client in a loop, at one stage without a limit of its own turns away the callers of all others.',
	remediation: {
		text: 'Set a rate and a burst in the default route settings, lower ones for routes that are dear.',
		cli: 'aws apigatewayv2 update-stage --api-id API_ID --stage-name STAGE_NAME --default-route-settings ThrottlingRateLimit=100,ThrottlingBurstLimit=200 --region {region}',
		terraform:
			'resource "aws_apigatewayv2_stage" "this" {\n  default_route_settings {\n    throttling_rate_limit  = 100\n    throttling_burst_limit = 200\n  }\n}',
		url: `${guide}/http-api-throttling.html`,
	},
	note: 'HTTP APIs have no usage plans: this is the only limit that they can have. A limit as high as the account’s is none; the account’s is taken as AWS’s default here and can be set. A limit of 0, which some tools set by mistake, turns everybody away.',
	settings: {accountRequestsPerSecond: 10_000},
	reads: [],
	evaluate({configuration: {defaults, routes}}, {settings}): Answer {
		const {accountRequestsPerSecond = 10_000} = settings;
		const {requestsPerSecond, burst} = defaults;
		const isLimited = (rate: number | undefined): boolean => rate !== undefined && rate >= 0 && rate < accountRequestsPerSecond;
		const evidence = {
			expected: `ThrottlingRateLimit below ${grouped(accountRequestsPerSecond)}`,
			observed: `ThrottlingRateLimit ${requestsPerSecond ?? 'absent'}`,
			operation: 'GetStages',
		};
		if (requestsPerSecond === 0) {
			return {verdict: 'FAIL', reason: 'its limit is 0 requests a second, so that it turns everybody away', evidence};
		}

		if (!isLimited(requestsPerSecond)) {
			return {verdict: 'FAIL', reason: 'nothing but the limit of the account, which all APIs here share, holds it back', evidence};
		}

		const lifted = Object.entries(routes)
			.filter(([, route]) => route.requestsPerSecond !== undefined && !isLimited(route.requestsPerSecond))
			.map(([key]) => key);
		return lifted.length > 0
			? {verdict: 'FAIL', reason: `limited, but not for ${listed(lifted)}`, evidence}
			: {verdict: 'PASS', reason: `limited to ${limitInWords(requestsPerSecond, burst)}`, evidence};
	},
};
