import type {Random} from '../../endpoint/random.js';
import {type ApiGatewayV2Api, type ApiGatewayV2State, api, routes, stage} from '../../services/apigatewayv2-state.js';
import type {Place, Populate} from '../scenario.js';

// Two calls for each: more would take the collection of a demo longer than one waits.
const counts: Readonly<Record<string, number>> = {'us-east-1': 110, 'eu-west-1': 50, 'ap-southeast-2': 15};
const teams = ['shop', 'pay', 'ledger', 'search', 'media', 'auth', 'mail', 'data', 'edge', 'ops'] as const;

const made = (place: Place, chance: Random, index: number): ApiGatewayV2Api => {
	const isOpen = chance.chance(0.08);
	return api(place, `${chance.pick(teams)}-http-${String(index).padStart(3, '0')}`, {
		DisableExecuteApiEndpoint: chance.chance(0.5),
		routes: routes(
			place,
			Object.fromEntries(
				Array.from({length: chance.between(2, 40)}, (_, at) => [`GET /v1/resource-${at}`, at === 0 && isOpen ? 'NONE' : 'JWT'] as const),
			),
		),
		stages: ['$default', 'staging'].map(name =>
			stage(place, name, chance.chance(0.06) ? {AccessLogSettings: undefined, DefaultRouteSettings: {}} : {}),
		),
	});
};

/** 175 APIs with 350 stages. */
export const populate: Populate<ApiGatewayV2State> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('apigatewayv2');
	return {apis: Array.from({length: count}, (_, index) => made(place, chance, index)), refused: {}};
};
