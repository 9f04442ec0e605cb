import {type Answer, answerIfOpen, listed, type Rule, readPolicy, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {isPrivate, type RestApi} from './rest-api.js';

export const privatePolicy: Rule<RestApi> = {
	id: 'apigateway-api-private-narrow',
	title: 'A private API lets in named VPCs or endpoints alone',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'A private API is reached through any interface endpoint for execute-api, whichever account’s VPC it is in. Its resource policy alone says which of them may call; without a policy none may.',
	remediation: {
		text: 'Add a policy that denies all callers but those with the wanted aws:SourceVpce or aws:SourceVpc, and deploy the API again: a policy counts from the next deployment on.',
		cli: 'aws apigateway update-rest-api --rest-api-id {id} --patch-operations \'[{"op":"replace","path":"/policy","value":"POLICY_JSON"}]\' --region {region}',
		terraform:
			'resource "aws_api_gateway_rest_api_policy" "this" {\n  rest_api_id = "{id}"\n  policy      = data.aws_iam_policy_document.from_our_endpoint.json\n}',
		url: `${guide}/apigateway-private-apis.html`,
	},
	note: 'A condition on aws:VpcSourceIp narrows nothing: every VPC may have the same private addresses. aws:SourceVpc is as good as aws:SourceVpce. The policies of the endpoints themselves may narrow further and are not read here. Prowler asks only whether an API is private.',
	reads: [],
	exempts: ({configuration: {endpointTypes}}) =>
		isPrivate(endpointTypes) ? undefined : `${listed(endpointTypes) || 'of no known type'}: not a private API`,
	evaluate({configuration: {policy}, accountId}): Answer {
		const asked = {expected: 'a policy on aws:SourceVpce or aws:SourceVpc', operation: 'GetRestApis'};
		if (policy === null) {
			return {
				verdict: 'FAIL',
				severity: 'LOW',
				reason: 'private without a resource policy, so that nobody can call it',
				evidence: {...asked, observed: 'no policy'},
			};
		}

		const reading = readPolicy(policy, accountId);
		if (!reading.readable) {
			return {verdict: 'UNKNOWN', reason: `its policy cannot be judged: ${reading.problem}`};
		}

		return (
			answerIfOpen(reading.summary, {...asked, open: 'to every VPC endpoint of any account', untold: 'from where'}) ?? {
				verdict: 'PASS',
				reason: 'its policy names who may call it',
				evidence: {...asked, observed: 'no statement for anyone from anywhere'},
			}
		);
	},
};

export const defaultHostOff: Rule<RestApi> = {
	id: 'apigateway-api-default-endpoint-off',
	title: 'An API with a custom domain name does not answer under its default one',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'What stands in front of the custom domain name, be it mutual TLS, a security policy or a CloudFront distribution with a web ACL, is gone around by whoever calls the execute-api name, which anyone can find out.',
	remediation: {
		text: 'Disable the execute-api endpoint, after nobody calls it any more, and deploy the API again.',
		cli: 'aws apigateway update-rest-api --rest-api-id {id} --patch-operations op=replace,path=/disableExecuteApiEndpoint,value=True --region {region}',
		terraform:
			'resource "aws_api_gateway_rest_api" "this" {\n  name                         = "{name}"\n  disable_execute_api_endpoint = true\n}',
		url: `${guide}/rest-api-disable-default-endpoint.html`,
	},
	note: 'MEDIUM where the domain name demands client certificates. A CloudFront distribution with the execute-api name as its origin needs it: give the distribution the custom domain name instead. Domain names that choose by routing rules are not followed.',
	reads: [],
	exempts: ({configuration: {endpointTypes}}) =>
		isPrivate(endpointTypes) ? 'private: reached from VPCs alone under either name' : undefined,
	evaluate({configuration: {defaultHost, defaultHostDisabled, domains, routedDomains}, unread}): Answer {
		const evidence = {
			expected: 'disableExecuteApiEndpoint true',
			observed: `disableExecuteApiEndpoint ${defaultHostDisabled ?? 'absent'}, mapped from ${domains.map(({domainName}) => domainName).join(', ') || 'none'}`,
			operation: 'GetRestApis',
		};
		if (defaultHostDisabled === true) {
			return {verdict: 'PASS', reason: 'its execute-api endpoint is disabled', evidence};
		}

		const [first] = domains;
		if (first !== undefined) {
			const mutual = domains.find(({mutualTls}) => mutualTls);
			return mutual === undefined
				? {verdict: 'FAIL', reason: `answers under ${defaultHost} besides ${first.domainName}`, evidence}
				: {
						verdict: 'FAIL',
						severity: 'MEDIUM',
						reason: `answers under ${defaultHost} without the client certificate that ${mutual.domainName} demands`,
						evidence,
					};
		}

		const refused = unread['GetDomainNames'] ?? unread['GetBasePathMappings'];
		if (refused !== undefined) {
			return {
				verdict: 'UNKNOWN',
				reason: `whether a custom domain name leads to it could not be read: ${refused.iamAction} on ${refused.operation}`,
			};
		}

		return routedDomains.length > 0
			? {verdict: 'UNKNOWN', reason: `${listed(routedDomains)} may lead to it: routing rules are not read`, evidence}
			: {verdict: 'NOT_APPLICABLE', reason: 'no custom domain name is mapped to it'};
	},
};
