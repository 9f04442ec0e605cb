import {
	ApiStatus,
	CacheClusterStatus,
	DomainNameStatus,
	EndpointAccessMode,
	EndpointType,
	GetAccountCommand,
	GetBasePathMappingsCommand,
	GetClientCertificatesCommand,
	GetDomainNamesCommand,
	GetRestApisCommand,
	GetStagesCommand,
	GetUsagePlansCommand,
	RoutingMode,
	SecurityPolicy,
} from '@aws-sdk/client-api-gateway';
import {AwsError, type DenialReason} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type ApiGatewayState, quietApiGateway} from './apigateway-state.js';

// Behaviour is that of https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html.

type Gateway = Context<ApiGatewayState>;

const arnOf = ({partition, awsRegion}: Gateway, path: string): string => `arn:${partition}:apigateway:${awsRegion}::${path}`;

/** Throws where the operation is refused for what `path` names, or for everything. */
const admit = (context: Gateway, path: string, refused: Readonly<Record<string, DenialReason>> = {}): void => {
	const because = context.state.refused[context.operation] ?? refused[context.operation];
	if (because !== undefined) throw context.denied(arnOf(context, path), because);
};

const page = <T>(items: readonly T[], input: {position?: string | undefined; limit?: number | undefined}, context: Gateway) => {
	const {page: found, token} = context.paginate(items, input, {
		token: 'position',
		limit: 'limit',
		defaultLimit: 25,
		maximumLimit: 500,
	});
	return {items: [...found], ...(token !== undefined && {position: token})};
};

const notFound = (what: string): AwsError => new AwsError('NotFoundException', `Invalid ${what} specified`, 404);

/** The inside of a JSON string, without the quotes around it: so API Gateway gives policies back. */
const escaped = (policy: string): string => JSON.stringify(policy).slice(1, -1);

const paths = [
	'GetRestApis',
	'GetStages',
	'GetDomainNames',
	'GetBasePathMappings',
	'GetUsagePlans',
	'GetClientCertificates',
	'GetAccount',
] as const;

export const apigateway = defineMockService({
	id: 'apigateway',
	signingName: 'apigateway',
	// Actions are HTTP's methods: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
	iamActions: Object.fromEntries(paths.map(operation => [operation, 'apigateway:GET' as const])),
	protocol: {name: 'restJson1'},
	errors: {
		validation: 'BadRequestException',
		throttled: {name: 'TooManyRequestsException', httpStatus: 429, message: 'Too Many Requests'},
	},
	enums: [ApiStatus, CacheClusterStatus, DomainNameStatus, EndpointAccessMode, EndpointType, RoutingMode, SecurityPolicy],
	empty: quietApiGateway,
	commands: {
		GetRestApis: GetRestApisCommand,
		GetStages: GetStagesCommand,
		GetDomainNames: GetDomainNamesCommand,
		GetBasePathMappings: GetBasePathMappingsCommand,
		GetUsagePlans: GetUsagePlansCommand,
		GetClientCertificates: GetClientCertificatesCommand,
		GetAccount: GetAccountCommand,
	},
	handlers: {
		GetRestApis: (input, context) => {
			admit(context, '/restapis');
			return page(
				context.state.apis.map(({api, policy}) => ({...api, ...(policy !== undefined && {policy: escaped(policy)})})),
				input,
				context,
			);
		},

		GetStages: (input, context) => {
			const found = context.state.apis.find(({api}) => api.id === input.restApiId);
			admit(context, `/restapis/${input.restApiId}/stages`, found?.refused);
			if (found === undefined) throw notFound('API identifier');
			return {item: found.stages.filter(({deploymentId}) => input.deploymentId === undefined || deploymentId === input.deploymentId)};
		},

		GetDomainNames: (input, context) => {
			admit(context, '/domainnames');
			return page(
				context.state.domains.map(({domain}) => domain),
				input,
				context,
			);
		},

		GetBasePathMappings: (input, context) => {
			const found = context.state.domains.find(
				({domain}) => domain.domainName === input.domainName && domain.domainNameId === input.domainNameId,
			);
			admit(context, `/domainnames/${input.domainName}/basepathmappings`, found?.refused);
			if (found === undefined) throw notFound('domain name identifier');
			return page(found.mappings, input, context);
		},

		GetUsagePlans: (input, context) => {
			admit(context, '/usageplans');
			return page(context.state.usagePlans, input, context);
		},

		GetClientCertificates: (input, context) => {
			admit(context, '/clientcertificates');
			return page(context.state.certificates, input, context);
		},

		GetAccount: (_, context) => {
			admit(context, '/account');
			return context.state.account;
		},
	},
});
