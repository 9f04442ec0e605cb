import {type Answer, listed, type Rule} from '../../../model/index.js';
import {guide} from './common.js';
import {allMethods, type Stage} from './stage.js';

// https://aws.amazon.com/api-gateway/pricing/ : US dollars an hour by size in GB, in us-east-1.
const usdPerHour: Readonly<Record<string, number>> = {
	'0.5': 0.02,
	'1.6': 0.038,
	'6.1': 0.2,
	'13.5': 0.25,
	'28.4': 0.5,
	'58.2': 1,
	'118': 1.9,
	'237': 3.8,
};
const hoursPerMonth = 730;

/** What a stage's cache costs in US dollars a month, used or not; 0 without one, or of a size that this version does not know. */
export const usdPerMonth = ({cache}: Stage): number => (usdPerHour[String(cache?.sizeGb)] ?? 0) * hoursPerMonth;

export const stageCacheEncrypted: Rule<Stage> = {
	id: 'apigateway-stage-cache-encrypted',
	title: 'The cache of a stage is encrypted',
	severity: 'MEDIUM',
	published: {securityControlIds: ['APIGateway.5'], cis: [], prowler: ['apigateway_restapi_cache_encrypted']},
	rationale: 'What is cached are responses, with the data of whoever asked. Encryption costs a little cache space and nothing else.',
	remediation: {
		text: 'Turn on encryption of cached data for all methods; the cache is flushed by it.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations "op=replace,path=/*/*/caching/dataEncrypted,value=true" --region {region}',
		terraform:
			'resource "aws_api_gateway_method_settings" "all" {\n  rest_api_id = aws_api_gateway_rest_api.this.id\n  stage_name  = aws_api_gateway_stage.this.stage_name\n  method_path = "*/*"\n\n  settings {\n    caching_enabled      = true\n    cache_data_encrypted = true\n  }\n}',
		url: `${guide}/api-gateway-caching.html`,
	},
	reads: [],
	exempts({configuration: {cache, methods}}) {
		if (cache === null) {
			return 'has no cache';
		}

		return Object.values(methods).some(({caching}) => caching === true) ? undefined : 'pays for a cache, but no method uses it';
	},
	evaluate({configuration: {methods}}): Answer {
		const plain = Object.entries(methods)
			.filter(([, {caching, cacheEncrypted}]) => caching === true && cacheEncrypted !== true)
			.map(([path]) => (path === allMethods ? 'all methods' : path));
		const evidence = {expected: 'cacheDataEncrypted true', observed: `not for ${plain.join(', ') || 'none'}`, operation: 'GetStages'};
		return plain.length > 0
			? {verdict: 'FAIL', reason: `caches responses unencrypted: ${listed(plain)}`, evidence}
			: {verdict: 'PASS', reason: 'caches responses encrypted', evidence};
	},
};

export const stageClientCertificate: Rule<Stage> = {
	id: 'apigateway-stage-client-certificate',
	title: 'A stage shows its backends a client certificate',
	severity: 'LOW',
	published: {securityControlIds: ['APIGateway.2'], cis: [], prowler: ['apigateway_restapi_client_certificate_enabled']},
	rationale:
		'An HTTP backend on the Internet is as public as the API in front of it. By a client certificate it can take requests of API Gateway alone.',
	remediation: {
		text: 'Generate a client certificate, have the backends demand it, and set it on the stage; or put the backends into a VPC behind a VPC link.',
		cli: 'aws apigateway update-stage --rest-api-id API_ID --stage-name STAGE_NAME --patch-operations op=replace,path=/clientCertificateId,value=CERTIFICATE_ID --region {region}',
		terraform: 'resource "aws_api_gateway_stage" "this" {\n  client_certificate_id = aws_api_gateway_client_certificate.this.id\n}',
		url: `${guide}/getting-started-client-side-ssl-authentication.html`,
	},
	note: 'Security Hub says medium. Only HTTP backends can check the certificate: Lambda functions and AWS services behind an API are protected by IAM. Which backends a stage has is not read, hence LOW.',
	reads: [],
	evaluate({configuration: {clientCertificateId}}): Answer {
		const evidence = {expected: 'clientCertificateId', observed: clientCertificateId ?? 'absent', operation: 'GetStages'};
		return clientCertificateId === null
			? {verdict: 'FAIL', reason: 'shows no client certificate, so that an HTTP backend cannot tell it from a stranger', evidence}
			: {verdict: 'PASS', reason: `shows client certificate ${clientCertificateId}`, evidence};
	},
};
