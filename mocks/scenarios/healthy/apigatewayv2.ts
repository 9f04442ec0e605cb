import {type ApiGatewayV2State, api} from '../../services/apigatewayv2-state.js';
import type {Populate} from '../scenario.js';

/** One HTTP API, reached by its custom domain name alone. */
export const populate: Populate<ApiGatewayV2State> = place =>
	place.awsRegion === 'us-east-1' ? {apis: [api(place, 'app', {DisableExecuteApiEndpoint: true})], refused: {}} : undefined;
