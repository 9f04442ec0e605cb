import {type Answer, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {isPrivate, type RestApi} from './rest-api.js';
import {judgeTls} from './tls.js';

export const apiTls: Rule<RestApi> = {
	id: 'apigateway-api-modern-tls',
	title: 'An API takes TLS 1.2 or newer',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'TLS 1.0 and 1.1 have known weaknesses. The API’s own security policy counts for its execute-api name, which clients may use beside any custom domain name.',
	remediation: {
		text: 'Choose the security policy TLS_1_2, or one of the SecurityPolicy_… family with its access mode.',
		cli: 'aws apigateway update-rest-api --rest-api-id {id} --patch-operations op=replace,path=/securityPolicy,value=TLS_1_2 --region {region}',
		url: `${guide}/apigateway-security-policies.html`,
	},
	note: 'Older notes say that the policy can be chosen for custom domain names alone: since the end of 2025 a REST API has one of its own, TLS_1_0 by default for edge-optimised and Regional ones.',
	reads: [],
	exempts: ({configuration: {defaultHostDisabled}}) =>
		defaultHostDisabled === true ? 'its execute-api endpoint is disabled; its custom domain names are judged by themselves' : undefined,
	evaluate: ({configuration: {securityPolicy}}) => judgeTls(securityPolicy, 'GetRestApis'),
};

export const regionalEndpoint: Rule<RestApi> = {
	id: 'apigateway-api-own-edge',
	title: 'A public API leaves its edge in your hands',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'An edge-optimised API is reached through a CloudFront distribution that AWS owns: no cache, header, country or log setting, no web ACL at the edge and no Shield Advanced protection of it is yours. A Regional API can have a distribution of your own in front.',
	remediation: {
		text: 'Where more control against floods is wanted, make the API Regional and put a CloudFront distribution with a web ACL in front of it. A custom domain name moves with it, and needs a certificate in the API’s Region.',
		cli: 'aws apigateway update-rest-api --rest-api-id {id} --patch-operations op=replace,path=/endpointConfiguration/types/EDGE,value=REGIONAL --region {region}',
		terraform:
			'resource "aws_api_gateway_rest_api" "this" {\n  name = "{name}"\n\n  endpoint_configuration {\n    types = ["REGIONAL"]\n  }\n}',
		url: `${guide}/api-gateway-api-endpoint-types.html`,
	},
	note: 'Edge-optimised: global clients, public by CloudFront’s edge locations, lower latency. Regional: clients of one Region, public there, and a CloudFront distribution can be added by hand. Private: from a VPC by an interface endpoint, and needs a resource policy. Both of the first two hide the backend and are sound; whether a distribution stands in front of a Regional API is not told by API Gateway.',
	reads: [],
	exempts: ({configuration: {endpointTypes}}) => (isPrivate(endpointTypes) ? 'private: has no public edge' : undefined),
	evaluate({configuration: {endpointTypes}}): Answer {
		const evidence = {expected: 'types REGIONAL', observed: `types ${endpointTypes.join(', ') || 'absent'}`, operation: 'GetRestApis'};
		if (endpointTypes.includes('EDGE')) {
			return {
				verdict: 'FAIL',
				reason: endpointTypes.includes('REGIONAL')
					? 'moving between edge-optimised and Regional'
					: 'edge-optimised: the CloudFront distribution in front of it is AWS’s, with nothing of yours to set',
				evidence,
			};
		}

		return endpointTypes.length > 0 && endpointTypes.every(type => type === 'REGIONAL')
			? {verdict: 'PASS', reason: 'Regional: a CloudFront distribution of your own can stand in front', evidence}
			: {
					verdict: 'UNKNOWN',
					reason:
						endpointTypes.length === 0
							? 'GetRestApis did not tell its endpoint type'
							: `the endpoint type ${listed(endpointTypes)} is not known to this version`,
					evidence,
				};
	},
};
