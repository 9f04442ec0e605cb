import type {
	Account,
	BasePathMapping,
	ClientCertificate,
	DomainName,
	MethodSetting,
	RestApi,
	Stage,
	UsagePlan,
} from '@aws-sdk/client-api-gateway';
import type {DenialReason} from '../endpoint/aws-error.js';
import {certificateArn} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

/** Operations that are refused, and why. */
type Refused = Readonly<Record<string, DenialReason>>;

export type ApiGatewayApi = {
	readonly api: Omit<RestApi, 'policy'> & {readonly id: string; readonly name: string};
	/** As one writes it: the mock answers with it as API Gateway does, with its quotes escaped. */
	readonly policy?: string | undefined;
	readonly stages: ReadonlyArray<Stage & {readonly stageName: string}>;
	readonly refused: Refused;
};

export type ApiGatewayDomain = {
	readonly domain: DomainName & {readonly domainName: string};
	readonly mappings: readonly BasePathMapping[];
	readonly refused: Refused;
};

export type ApiGatewayState = {
	apis: readonly ApiGatewayApi[];
	domains: readonly ApiGatewayDomain[];
	certificates: readonly ClientCertificate[];
	usagePlans: readonly UsagePlan[];
	account: Account;
	/** Operations that are refused for everything. */
	refused: Refused;
};

/** What every account may do from the beginning. Young Regions allow less. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const account = (requestsPerSecond = 10_000, facts: Partial<Account> = {}): Account => ({
	throttleSettings: {rateLimit: requestsPerSecond, burstLimit: requestsPerSecond / 2},
	features: ['UsagePlans'],
	apiKeyVersion: '4',
	...facts,
});

export const quietApiGateway = (): ApiGatewayState => ({
	apis: [],
	domains: [],
	certificates: [],
	usagePlans: [],
	account: account(),
	refused: {},
});

/** API Gateway's ids are ten letters and digits. */
export const apiId = (place: Place, name: string): string => place.random(`apigateway/${name}`).hex(10);

/** Settings of methods as API Gateway fills them up: whoever sets one has them all. */
export const methods = (facts: Partial<MethodSetting> = {}): MethodSetting => ({
	metricsEnabled: true,
	loggingLevel: 'ERROR',
	dataTraceEnabled: false,
	throttlingBurstLimit: 1000,
	throttlingRateLimit: 500,
	cachingEnabled: false,
	cacheTtlInSeconds: 300,
	cacheDataEncrypted: false,
	requireAuthorizationForCacheControl: true,
	unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
	...facts,
});

/** A stage in good order: limited, logged, traced, with a web ACL and a client certificate where `facts` name them. */
export const stage = (place: Place, stageName: string, facts: Partial<Stage> = {}): Stage & {readonly stageName: string} => ({
	deploymentId: place.random(`apigateway/deployment/${stageName}`).hex(6),
	cacheClusterEnabled: false,
	cacheClusterStatus: 'NOT_AVAILABLE',
	methodSettings: {'*/*': methods()},
	tracingEnabled: true,
	createdDate: place.daysAgo(400),
	lastUpdatedDate: place.daysAgo(9),
	accessLogSettings: {
		format: '$context.requestId $context.identity.sourceIp $context.httpMethod $context.resourcePath $context.status $context.tlsVersion',
		destinationArn: place.arn('logs', `log-group:/apigateway/access/${stageName}`),
	},
	...facts,
	stageName,
});

type ApiFacts = Partial<Omit<RestApi, 'policy' | 'id' | 'name'>> & {
	readonly type?: 'EDGE' | 'REGIONAL' | 'PRIVATE';
	readonly policy?: string;
	readonly vpcEndpointIds?: string[];
	readonly stages?: ApiGatewayApi['stages'];
	readonly refused?: Refused;
};

/** A Regional API that takes TLS 1.2 and newer. */
export const restApi = (place: Place, name: string, facts: ApiFacts = {}): ApiGatewayApi => {
	const {type = 'REGIONAL', policy, vpcEndpointIds, stages = [stage(place, 'prod')], refused = {}, ...rest} = facts;
	return {
		api: {
			id: apiId(place, name),
			name,
			createdDate: place.daysAgo(420),
			apiKeySource: 'HEADER',
			endpointConfiguration: {
				types: [type],
				ipAddressType: type === 'PRIVATE' ? 'dualstack' : 'ipv4',
				...(vpcEndpointIds !== undefined && {vpcEndpointIds}),
			},
			disableExecuteApiEndpoint: false,
			rootResourceId: place.random(`apigateway/root/${name}`).hex(10),
			securityPolicy: 'TLS_1_2',
			endpointAccessMode: 'BASIC',
			apiStatus: 'AVAILABLE',
			...rest,
		},
		policy,
		stages,
		refused,
	};
};

type DomainFacts = Partial<Omit<DomainName, 'domainName'>> & {
	readonly type?: 'EDGE' | 'REGIONAL' | 'PRIVATE';
	/** Names of APIs that it leads to, by base path. */
	readonly leadsTo?: Readonly<Record<string, string>>;
	readonly mappings?: readonly BasePathMapping[];
	readonly refused?: Refused;
};

/** A Regional custom domain name with its certificate in ACM. */
export const domainName = (place: Place, name: string, facts: DomainFacts = {}): ApiGatewayDomain => {
	const {type = 'REGIONAL', leadsTo = {}, mappings, refused = {}, ...rest} = facts;
	const chance = place.random(`apigateway/domain/${name}`);
	return {
		domain: {
			domainName: name,
			domainNameStatus: 'AVAILABLE',
			securityPolicy: 'TLS_1_2',
			endpointConfiguration: {types: [type], ipAddressType: 'ipv4'},
			...(type === 'EDGE'
				? {
						certificateArn: certificateArn(place, name, 'us-east-1'),
						certificateUploadDate: place.daysAgo(320),
						distributionDomainName: `d${chance.hex(13)}.cloudfront.net`,
						// CloudFront's, in all Regions: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html
						distributionHostedZoneId: 'Z2FDTNDATAQYW2',
					}
				: {
						regionalCertificateArn: certificateArn(place, name),
						regionalDomainName: `d-${chance.hex(10)}.execute-api.${place.awsRegion}.amazonaws.com`,
						regionalHostedZoneId: `Z${chance.hex(13).toUpperCase()}`,
					}),
			...rest,
		},
		mappings: mappings ?? Object.entries(leadsTo).map(([basePath, api]) => ({basePath, restApiId: apiId(place, api), stage: 'prod'})),
		refused,
	};
};

/** Valid for a year from the day it was made, as API Gateway makes them. */
export const clientCertificate = (
	place: Place,
	name: string,
	endsInDays: number,
): ClientCertificate & {readonly clientCertificateId: string} => ({
	clientCertificateId: place.random(`apigateway/certificate/${name}`).hex(6),
	description: name,
	pemEncodedCertificate: '-----BEGIN CERTIFICATE-----\nMIIC6TCCAdGgAwIBAgIIX2vEXAMPLE\n-----END CERTIFICATE-----',
	createdDate: place.inDays(endsInDays - 365),
	expirationDate: place.inDays(endsInDays),
});

/** A policy that lets anyone call, or whom `conditions` leave. */
export const invokable = (conditions?: object, principal: unknown = '*'): string =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{
				Sid: 'Invoke',
				Effect: 'Allow',
				Principal: principal,
				Action: 'execute-api:Invoke',
				Resource: 'execute-api:/*',
				...(conditions !== undefined && {Condition: conditions}),
			},
		],
	});
