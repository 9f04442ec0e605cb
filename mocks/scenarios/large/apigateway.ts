import type {Random} from '../../endpoint/random.js';
import {
	type ApiGatewayApi,
	type ApiGatewayState,
	clientCertificate,
	domainName,
	invokable,
	methods,
	quietApiGateway,
	restApi,
	stage,
} from '../../services/apigateway-state.js';
import {webAclArn} from '../estate.js';
import type {Place, Populate} from '../scenario.js';

// A call for each: more would take the collection of a demo longer than one waits.
const counts: Readonly<Record<string, number>> = {'us-east-1': 140, 'eu-west-1': 60, 'ap-southeast-2': 20};
const teams = ['shop', 'pay', 'ledger', 'search', 'media', 'auth', 'mail', 'data', 'edge', 'ops'] as const;

const nameOf = (index: number): string => `${teams[index % teams.length]}-api-${String(index).padStart(3, '0')}`;

const made = (place: Place, chance: Random, index: number): ApiGatewayApi => {
	const type = chance.weighted([
		[6, 'REGIONAL'],
		[2, 'EDGE'],
		[2, 'PRIVATE'],
	] as const);
	const guarded = chance.chance(0.9);
	return restApi(place, nameOf(index), {
		type,
		disableExecuteApiEndpoint: chance.chance(0.7),
		securityPolicy: chance.chance(0.1) ? 'TLS_1_0' : 'TLS_1_2',
		...(type === 'PRIVATE' && {
			policy: invokable(chance.chance(0.95) ? {StringEquals: {'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718'}} : undefined),
		}),
		stages: ['prod', 'staging', 'dev'].map(name =>
			stage(place, name, {
				webAclArn: guarded ? webAclArn(place, 'baseline') : undefined,
				tracingEnabled: chance.chance(0.8),
				methodSettings: {'*/*': methods({loggingLevel: chance.chance(0.93) ? 'ERROR' : 'OFF'})},
				createdDate: place.daysAgo(chance.between(20, 1500)),
			}),
		),
	});
};

/** 220 APIs with 660 stages, a name for every fourth. */
export const populate: Populate<ApiGatewayState> = place => {
	const count = counts[place.awsRegion];
	if (count === undefined) return undefined;
	const chance = place.random('apigateway');
	return {
		...quietApiGateway(),
		apis: Array.from({length: count}, (_, index) => made(place, chance, index)),
		domains: Array.from({length: count / 4}, (_, index) =>
			domainName(place, `${nameOf(index * 4)}.acme.net`, {leadsTo: {'(none)': nameOf(index * 4)}}),
		),
		certificates: Array.from({length: count / 10}, (_, index) => clientCertificate(place, `team ${index}`, chance.between(4, 360))),
	};
};
