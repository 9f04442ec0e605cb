import {
	type ApiGatewayApi,
	type ApiGatewayState,
	account,
	apiId,
	clientCertificate,
	domainName,
	invokable,
	methods,
	quietApiGateway,
	restApi,
	stage,
} from '../../services/apigateway-state.js';
import {certificateArn, webAclArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

// A policy of the organization that nobody lifted for us.
const boundary = 'explicit-deny-in-permissions-boundary' as const;

const northVirginia = (place: Place): ApiGatewayState => {
	const partners = clientCertificate(place, 'partner backends', 11.5);
	const catalogue = clientCertificate(place, 'catalogue backends', 210);
	const pilot = clientCertificate(place, 'pilot 2025', -37);
	const shop = webAclArn(place, 'shop');
	return {
		...quietApiGateway(),
		account: account(10_000, {cloudwatchRoleArn: `arn:${place.partition}:iam::${place.accountId}:role/apigateway-logs`}),
		apis: [
			restApi(place, 'storefront', {
				type: 'EDGE',
				description: 'What the shop’s apps call, in all countries',
				securityPolicy: 'TLS_1_0',
				tags: {team: 'shop'},
				stages: [
					stage(place, 'prod', {
						webAclArn: shop,
						clientCertificateId: catalogue.clientCertificateId,
						cacheClusterEnabled: true,
						cacheClusterSize: '6.1',
						cacheClusterStatus: 'AVAILABLE',
						methodSettings: {
							'*/*': methods({throttlingRateLimit: 2000, throttlingBurstLimit: 4000}),
							'~1catalogue~1{proxy+}/GET': methods({
								throttlingRateLimit: 2000,
								throttlingBurstLimit: 4000,
								cachingEnabled: true,
								cacheDataEncrypted: true,
							}),
						},
					}),
					stage(place, 'staging', {
						accessLogSettings: undefined,
						tracingEnabled: false,
						methodSettings: {'*/*': methods({loggingLevel: 'INFO', dataTraceEnabled: true})},
					}),
				],
			}),
			restApi(place, 'partners', {
				description: 'Orders and stock for partners, by API key',
				disableExecuteApiEndpoint: true,
				tags: {team: 'b2b'},
				stages: [
					stage(place, 'prod', {
						webAclArn: shop,
						clientCertificateId: partners.clientCertificateId,
						methodSettings: {'*/*': methods({throttlingRateLimit: 10_000, throttlingBurstLimit: 5000})},
					}),
				],
			}),
			restApi(place, 'webhooks', {
				description: 'Called by Stripe, Twilio and others',
				stages: [
					// A web ACL of WAF Classic that nobody has moved.
					stage(place, 'prod', {
						webAclArn: `arn:${place.partition}:waf-regional:${place.awsRegion}:${place.accountId}:webacl/${place.random('apigateway/classic').uuid()}`,
						methodSettings: {'~1stripe/POST': methods({loggingLevel: 'INFO'})},
						tracingEnabled: false,
					}),
				],
			}),
			restApi(place, 'orders', {
				type: 'PRIVATE',
				vpcEndpointIds: ['vpce-0a1b2c3d4e5f60718'],
				policy: invokable({StringEquals: {'aws:SourceVpce': 'vpce-0a1b2c3d4e5f60718'}}),
				stages: [stage(place, 'prod')],
			}),
			restApi(place, 'ledger-sync', {
				type: 'PRIVATE',
				policy: invokable({IpAddress: {'aws:VpcSourceIp': '10.0.0.0/8'}}),
				stages: [
					stage(place, 'prod', {
						cacheClusterEnabled: true,
						cacheClusterSize: '0.5',
						cacheClusterStatus: 'AVAILABLE',
						methodSettings: {'*/*': methods({cachingEnabled: true})},
					}),
				],
			}),
			restApi(place, 'reporting', {type: 'PRIVATE', stages: [], description: 'Waits for its policy since the move'}),
			restApi(place, 'legacy-erp', {
				type: 'EDGE',
				securityPolicy: 'TLS_1_0',
				createdDate: place.daysAgo(2300),
				stages: [
					stage(place, 'v1', {
						methodSettings: {},
						tracingEnabled: false,
						accessLogSettings: undefined,
						lastUpdatedDate: place.daysAgo(1600),
					}),
				],
			}),
			restApi(place, 'identity', {
				securityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09',
				endpointAccessMode: 'STRICT',
				description: 'Sign-in with a client certificate',
				stages: [
					stage(place, 'prod', {
						webAclArn: webAclArn(place, 'login'),
						methodSettings: {
							'*/*': methods(),
							'~1health/GET': methods({loggingLevel: 'OFF', throttlingRateLimit: -1, throttlingBurstLimit: -1}),
						},
					}),
				],
			}),
		],
		domains: [
			domainName(place, 'edge.acme.com', {type: 'EDGE', securityPolicy: 'TLS_1_0', leadsTo: {'(none)': 'storefront'}}),
			domainName(place, 'partners.api.acme.com', {leadsTo: {v1: 'partners'}, tags: {team: 'b2b'}}),
			domainName(place, 'login.acme.com', {
				leadsTo: {'(none)': 'identity'},
				mutualTlsAuthentication: {truststoreUri: 's3://acme-truststores/login.pem', truststoreVersion: 'hH3z1kT9', truststoreWarnings: []},
			}),
			domainName(place, 'devices.acme.com', {
				leadsTo: {},
				mutualTlsAuthentication: {
					truststoreUri: 's3://acme-truststores/devices.pem',
					truststoreVersion: 'q1wLpX00',
					truststoreWarnings: ['Certificate with subject CN=Acme Devices CA 2019 has expired'],
				},
				domainNameStatus: 'PENDING_OWNERSHIP_VERIFICATION',
				domainNameStatusMessage: 'The ownership verification certificate expired',
			}),
			// Made before ACM could hold it.
			domainName(place, 'erp-api.acme.com', {
				type: 'EDGE',
				certificateArn: undefined,
				certificateName: 'erp-2019',
				certificateUploadDate: place.daysAgo(2300),
				leadsTo: {'(none)': 'legacy-erp'},
				securityPolicy: 'TLS_1_0',
			}),
		],
		certificates: [partners, catalogue, pilot],
		usagePlans: [
			{
				id: place.random('apigateway/plan/partners').hex(6),
				name: 'Partners',
				description: 'Two hundred thousand requests a day',
				apiStages: [{apiId: apiId(place, 'partners'), stage: 'prod'}],
				throttle: {rateLimit: 50, burstLimit: 100},
				quota: {limit: 200_000, offset: 0, period: 'DAY'},
			},
			{
				id: place.random('apigateway/plan/internal').hex(6),
				name: 'Internal',
				apiStages: [{apiId: apiId(place, 'webhooks'), stage: 'prod'}],
			},
		],
	};
};

const ireland = (place: Place): ApiGatewayState => ({
	...quietApiGateway(),
	apis: [
		restApi(place, 'eu-storefront', {
			tags: {team: 'shop'},
			stages: [
				stage(place, 'prod', {webAclArn: webAclArn(place, 'eu')}),
				stage(place, 'canary', {webAclArn: webAclArn(place, 'eu'), canarySettings: {percentTraffic: 10}}),
			],
		}),
		restApi(place, 'vat', {
			policy: invokable({IpAddress: {'aws:SourceIp': '203.0.113.0/24'}}),
			stages: [stage(place, 'prod', {tracingEnabled: false})],
		}),
	],
	domains: [
		domainName(place, 'api.eu.acme.com', {leadsTo: {'(none)': 'eu-storefront'}}),
		// AWS refuses to attach it today. It stands for what came about in ways that nobody remembers.
		domainName(place, 'vat.eu.acme.com', {regionalCertificateArn: certificateArn(place, 'beta.acme.com', 'us-east-1'), leadsTo: {}}),
	],
	certificates: [clientCertificate(place, 'eu backends', 5.2)],
});

/** Where limits, plans, certificates and mappings are kept from readers. */
const milan = (place: Place): ApiGatewayState => ({
	...quietApiGateway(),
	account: account(2500),
	apis: [
		restApi(place, 'spedizioni', {
			stages: [stage(place, 'prod'), stage(place, 'collaudo', {methodSettings: {'*/*': methods({loggingLevel: 'OFF'})}})],
		}),
		restApi(place, 'pagamenti', {
			type: 'PRIVATE',
			policy: invokable({StringEquals: {'aws:SourceVpc': ['vpc-0f1e2d3c4b5a69788']}}),
			stages: [stage(place, 'prod')],
		}),
	],
	domains: [
		domainName(place, 'api.it.acme.com', {leadsTo: {'(none)': 'spedizioni'}, refused: {GetBasePathMappings: 'no-identity-based-policy'}}),
	],
	refused: {GetUsagePlans: boundary, GetAccount: boundary, GetClientCertificates: boundary},
});

/** Ten APIs that are used, and one in the Region that everybody forgot. */
export const populate: Populate<ApiGatewayState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return northVirginia(place);
		case 'eu-west-1':
			return ireland(place);
		case 'eu-south-1':
			return milan(place);
		case 'ap-southeast-2':
			return {
				...quietApiGateway(),
				apis: [
					restApi(place, 'PetStore', {
						description:
							'Your first API with Amazon API Gateway. This is a sample API that integrates via HTTP with our demo Pet Store endpoints',
						type: 'EDGE',
						securityPolicy: 'TLS_1_0',
						stages: [stage(place, 'test', {methodSettings: {}, tracingEnabled: false, accessLogSettings: undefined})],
					}),
				],
			};
		default:
			return undefined;
	}
};

const changeStage = (state: ApiGatewayState, name: string, stageName: string, facts: Partial<ApiGatewayApi['stages'][number]>): void => {
	state.apis = state.apis.map(one =>
		one.api.name === name ? {...one, stages: one.stages.map(other => (other.stageName === stageName ? {...other, ...facts} : other))} : one,
	);
};

/** A deployment loses the web ACL and its limit, and somebody sees it. */
export const timeline: Timeline<ApiGatewayState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 80,
			what: 'a deployment of storefront/prod drops its web ACL',
			awsRegion: 'us-east-1',
			apply: (state, moment) => changeStage(state, 'storefront', 'prod', {webAclArn: undefined, lastUpdatedDate: moment.now}),
		},
		{
			atSeconds: 170,
			what: 'data tracing of storefront/staging is turned off',
			awsRegion: 'us-east-1',
			apply: state => changeStage(state, 'storefront', 'staging', {methodSettings: {'*/*': methods({loggingLevel: 'INFO'})}}),
		},
		{
			atSeconds: 270,
			what: 'storefront/prod has its web ACL again, and somebody looks for a fault with data tracing',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				changeStage(state, 'storefront', 'prod', {webAclArn: webAclArn(moment, 'shop')});
				changeStage(state, 'storefront', 'staging', {methodSettings: {'*/*': methods({loggingLevel: 'INFO', dataTraceEnabled: true})}});
			},
		},
	],
};
