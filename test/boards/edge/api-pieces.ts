import type {Resource} from '../../../source/model/index.js';
import type {RestApi} from '../../../source/services/apigateway/rules/rest-api.js';
import type {Stage} from '../../../source/services/apigateway/rules/stage.js';
import {awsRegion, thing} from './pieces.js';

export const apiHost = (id: string): string => `${id}.execute-api.${awsRegion}.amazonaws.com`;

/** A REST API and its stage `prod`. */
export const restApi = (
	id: string,
	type: 'EDGE' | 'REGIONAL' | 'PRIVATE',
	api: Partial<RestApi> = {},
	stage: Partial<Stage> = {},
	facts: Partial<Resource> = {},
): readonly Resource[] => {
	const arn = `arn:aws:apigateway:${awsRegion}::/restapis/${id}`;
	const configuration: RestApi = {
		endpointTypes: [type],
		vpcEndpointIds: [],
		policy: null,
		defaultHost: apiHost(id),
		defaultHostDisabled: false,
		domains: [],
		routedDomains: [],
		stages: ['prod'],
		...api,
	};
	const stageConfiguration: Stage = {
		apiId: id,
		apiName: id,
		apiArn: arn,
		endpointTypes: [type],
		webAclArn: null,
		methods: {'*/*': {requestsPerSecond: 100}},
		cache: null,
		clientCertificateId: null,
		accessLog: null,
		usagePlans: [],
		account: {requestsPerSecond: 10_000, logRoleArn: null},
		...stage,
	};
	return [
		thing(arn, 'AWS::ApiGateway::RestApi', id, configuration, {resourceId: id, ...facts}),
		thing(`${arn}/stages/prod`, 'AWS::ApiGateway::Stage', `${id}/prod`, stageConfiguration, {resourceId: `${id}/prod`, ...facts}),
	];
};

export const domainName = (name: string, api: string | undefined, more: object = {}, facts: Partial<Resource> = {}): Resource =>
	thing(
		`arn:aws:apigateway:${awsRegion}::/domainnames/${name}`,
		'AWS::ApiGateway::DomainName',
		name,
		{
			endpointTypes: ['REGIONAL'],
			mutualTls: null,
			policy: null,
			regionalDomainName: `d-${name}.execute-api.${awsRegion}.amazonaws.com`,
			...(api !== undefined && {mappings: api === '' ? [] : [{apiId: api, stage: 'prod'}]}),
			...more,
		},
		facts,
	);

export const httpApi = (defaultHostDisabled: boolean, stage: object = {}): readonly Resource[] => {
	const arn = `arn:aws:apigateway:${awsRegion}::/apis/http1`;
	return [
		thing(
			arn,
			'AWS::ApiGatewayV2::Api',
			'http1',
			{
				protocol: 'HTTP',
				defaultHost: apiHost('http1'),
				defaultHostDisabled,
				stages: ['$default'],
			},
			{resourceId: 'http1'},
		),
		thing(`${arn}/stages/$default`, 'AWS::ApiGatewayV2::Stage', 'http1/$default', {
			apiId: 'http1',
			apiName: 'http1',
			apiArn: arn,
			protocol: 'HTTP',
			accessLog: null,
			defaults: {requestsPerSecond: 100},
			routes: {},
			clientCertificateId: null,
			...stage,
		}),
	];
};
