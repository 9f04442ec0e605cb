import type {Inputs, Joined, Resource} from '../../model/index.js';
import type {DomainName} from '../../services/apigateway/rules/domain-name.js';
import type {RestApi} from '../../services/apigateway/rules/rest-api.js';
import type {Api} from '../../services/apigatewayv2/rules/api.js';
import {type FindCertificate, keptElsewhere, theirs} from './certificates.js';
import type {EntryPoint, ServedCertificate} from './entry-point.js';
import {toRow} from './row.js';
import {oldestTls} from './tls.js';
import {Unread} from './unread.js';

const noPath = 'to where its integrations lead is not read';

/** "All of the APIs created with Amazon API Gateway expose HTTPS endpoints only." https://aws.amazon.com/api-gateway/faqs/ */
const overTls = (protocol: 'HTTPS' | 'WSS', policy: string | undefined) => {
	const oldest = oldestTls([policy]);
	return {
		protocols: [protocol],
		ways: [{name: protocol, state: 'encrypted', why: 'API Gateway answers nothing else'}],
		tlsPolicies: policy === undefined ? [] : [policy],
		...(oldest !== undefined && {oldestTls: oldest}),
		legs: [],
		noPath,
	} as const;
};

const reachOf = (endpointTypes: readonly string[]) =>
	endpointTypes.length === 0 ? {} : ({reach: endpointTypes.includes('PRIVATE') ? 'VPC' : 'internet'} as const);

/** The certificate of each of its endpoints: CloudFront shows that of an edge-optimised one, and takes it from us-east-1. */
const certificatesOf = ({resource}: Joined<DomainName>, find: FindCertificate, unread: Unread) => {
	const {awsRegion, configuration, arn} = resource;
	const {endpointTypes, certificateArn, regionalCertificateArn, certificateName} = configuration;
	const edge = arn.startsWith('arn:aws:') ? 'us-east-1' : undefined;
	const certificates: ServedCertificate[] = [];
	let missing: string | undefined;
	for (const type of endpointTypes) {
		const shown = type === 'REGIONAL' ? regionalCertificateArn : certificateArn;
		if (shown !== undefined) {
			certificates.push(find(shown, type === 'EDGE' ? edge : awsRegion, unread));
		} else if (certificateName !== undefined) {
			certificates.push(keptElsewhere(certificateName, 'API Gateway, to which it was uploaded'));
		} else {
			missing = `GetDomainNames did not tell the certificate of its ${type} endpoint`;
		}
	}

	if (endpointTypes.length === 0) {
		missing = 'GetDomainNames did not tell its endpoint type';
	}

	return {certificates, ...(missing !== undefined && {certificatesUnread: missing})};
};

/** It answers by its own name and by no other, whatever else leads there: the records of Route 53 add nothing. */
const domainRow = (entry: Joined<DomainName>, find: FindCertificate): Resource<EntryPoint> => {
	const {configuration, resourceName} = entry.resource;
	const {endpointTypes, securityPolicy, distributionDomainName, regionalDomainName} = configuration;
	const unread = new Unread();
	const host = distributionDomainName ?? regionalDomainName;
	return toRow(
		entry,
		{
			type: 'API domain',
			...reachOf(endpointTypes),
			...(host !== undefined && {host}),
			...overTls('HTTPS', securityPolicy),
			...certificatesOf(entry, find, unread),
			names: [resourceName.toLowerCase()],
		},
		unread,
	);
};

/** AWS’s certificate of the names that API Gateway gives: `*.execute-api.eu-west-1.amazonaws.com`. */
const ownCertificate = (host: string | undefined): ServedCertificate =>
	theirs(host === undefined ? '*.execute-api' : host.replace(/^[^.]+/u, '*'));

const restRow = (entry: Joined<RestApi>): Resource<EntryPoint> => {
	const {endpointTypes, securityPolicy, defaultHost} = entry.resource.configuration;
	return toRow(
		entry,
		{
			type: 'REST API',
			...reachOf(endpointTypes),
			host: defaultHost,
			...overTls('HTTPS', securityPolicy),
			certificates: [ownCertificate(defaultHost)],
			names: [],
		},
		new Unread(),
	);
};

// "API Gateway enforces a security policy of TLS_1_2 for all HTTP API endpoints", and for WebSocket APIs likewise:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html
const enforced = 'TLS_1_2';

const apiRow = (entry: Joined<Api>): Resource<EntryPoint> => {
	const {protocol, defaultHost} = entry.resource.configuration;
	const isWebSocket = protocol === 'WEBSOCKET';
	return toRow(
		entry,
		{
			type: isWebSocket ? 'WebSocket API' : 'HTTP API',
			reach: 'internet',
			...(defaultHost !== undefined && {host: defaultHost}),
			...overTls(isWebSocket ? 'WSS' : 'HTTPS', enforced),
			certificates: [ownCertificate(defaultHost)],
			names: [],
		},
		new Unread(),
	);
};

/** A row for each custom domain name, and for each API that answers under its execute-api name too. */
export function* apiRows(inputs: Inputs, find: FindCertificate): Iterable<Resource<EntryPoint>> {
	for (const entry of inputs.of<DomainName>('AWS::ApiGateway::DomainName')) {
		yield domainRow(entry, find);
	}

	for (const entry of inputs.of<RestApi>('AWS::ApiGateway::RestApi')) {
		if (entry.resource.configuration.defaultHostDisabled !== true) {
			yield restRow(entry);
		}
	}

	for (const entry of inputs.of<Api>('AWS::ApiGatewayV2::Api')) {
		if (entry.resource.configuration.defaultHostDisabled !== true) {
			yield apiRow(entry);
		}
	}
}
