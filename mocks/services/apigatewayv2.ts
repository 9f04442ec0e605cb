import {
	AuthorizationType,
	GetApisCommand,
	GetRoutesCommand,
	GetStagesCommand,
	LoggingLevel,
	ProtocolType,
} from '@aws-sdk/client-apigatewayv2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {ApiGatewayV2Api, ApiGatewayV2State} from './apigatewayv2-state.js';

// Behaviour is that of https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html.

type Gateway = Context<ApiGatewayV2State>;

const arnOf = ({partition, awsRegion}: Gateway, path: string): string => `arn:${partition}:apigateway:${awsRegion}::${path}`;

const apiOf = (id: string | undefined, part: string, context: Gateway): ApiGatewayV2Api => {
	const found = context.state.apis.find(({api}) => api.ApiId === id);
	const because = context.state.refused[context.operation] ?? found?.refused[context.operation];
	if (because !== undefined) throw context.denied(arnOf(context, `/apis/${id}/${part}`), because);
	if (found === undefined) throw new AwsError('NotFoundException', `Unable to find Api with id ${id}`, 404);
	return found;
};

/** Page sizes are texts here. The greatest is not documented: it is taken to be that of REST APIs. */
const page = <T>(
	items: readonly T[],
	{MaxResults, ...input}: {MaxResults?: string | undefined; NextToken?: string | undefined},
	context: Gateway,
) => {
	const {page: found, token} = context.paginate(
		items,
		{...input, MaxResults: MaxResults === undefined ? undefined : Number(MaxResults)},
		{token: 'NextToken', limit: 'MaxResults', defaultLimit: 25, maximumLimit: 500},
	);
	return {Items: [...found], ...(token !== undefined && {NextToken: token})};
};

export const apigatewayv2 = defineMockService({
	id: 'apigatewayv2',
	signingName: 'apigateway',
	// Actions are HTTP's methods: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html
	iamActions: {GetApis: 'apigateway:GET', GetRoutes: 'apigateway:GET', GetStages: 'apigateway:GET'},
	protocol: {name: 'restJson1'},
	errors: {
		validation: 'BadRequestException',
		throttled: {name: 'TooManyRequestsException', httpStatus: 429, message: 'Too Many Requests'},
	},
	enums: [AuthorizationType, LoggingLevel, ProtocolType],
	empty: (): ApiGatewayV2State => ({apis: [], refused: {}}),
	commands: {GetApis: GetApisCommand, GetRoutes: GetRoutesCommand, GetStages: GetStagesCommand},
	handlers: {
		GetApis: (input, context) => {
			const because = context.state.refused[context.operation];
			if (because !== undefined) throw context.denied(arnOf(context, '/apis'), because);
			return page(
				context.state.apis.map(({api}) => api),
				input,
				context,
			);
		},
		GetRoutes: (input, context) => page(apiOf(input.ApiId, 'routes', context).routes, input, context),
		GetStages: (input, context) => page(apiOf(input.ApiId, 'stages', context).stages, input, context),
	},
});
