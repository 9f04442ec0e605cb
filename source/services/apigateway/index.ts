import {defineService, hourMs, type Kind} from '../../model/index.js';
import {type ClientCertificate, clientCertificateType} from './rules/client-certificate.js';
import {limitInWords} from './rules/common.js';
import {type DomainName, domainNameType} from './rules/domain-name.js';
import {apiRules, certificateRules, domainRules, stageRules} from './rules/index.js';
import {type RestApi, restApiType} from './rules/rest-api.js';
import {allMethods, type Stage, stageType} from './rules/stage.js';
import {usdPerMonth} from './rules/stage-backend.js';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const joined = (names: readonly string[] | undefined): string | undefined => names?.join(', ') || undefined;
const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no');

const apis: Kind<RestApi> = {
	resourceType: restApiType,
	title: 'REST APIs',
	columns: [
		{title: 'Endpoint', value: ({configuration}) => joined(configuration.endpointTypes)},
		{title: 'Domain', value: ({configuration}) => joined([...new Set(configuration.domains.map(({domainName}) => domainName))])},
		{title: 'Stages', value: ({configuration}) => configuration.stages?.length},
		{title: 'TLS', value: ({configuration}) => configuration.securityPolicy},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Endpoint', value: ({configuration}) => joined(configuration.endpointTypes)},
		{title: 'Default host', value: ({configuration}) => configuration.defaultHost},
		{title: 'Default host disabled', value: ({configuration}) => yesNo(configuration.defaultHostDisabled)},
		{
			title: 'Custom domain names',
			value: ({configuration}) =>
				joined(configuration.domains.map(({domainName, basePath, stage}) => [domainName, basePath, stage].filter(Boolean).join(' '))),
		},
		{title: 'Security policy', value: ({configuration}) => configuration.securityPolicy},
		{title: 'Access mode', value: ({configuration}) => configuration.endpointAccessMode},
		{title: 'Addresses', value: ({configuration}) => configuration.ipAddressType},
		{title: 'VPC endpoints', value: ({configuration}) => joined(configuration.vpcEndpointIds)},
		{title: 'Stages', value: ({configuration}) => joined(configuration.stages)},
		{title: 'API keys from', value: ({configuration}) => configuration.apiKeySource},
		{
			title: 'Status',
			value: ({configuration}) => joined([configuration.status, configuration.statusMessage].filter(text => text !== undefined)),
		},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Policy', value: ({configuration: {policy}}) => policy ?? 'none'},
	],
	rules: apiRules,
	consolePath: ({resourceId, awsRegion}) => `apigateway/main/apis/${encodeURIComponent(resourceId)}/resources?region=${awsRegion}`,
};

const settingsOf = (stage: Stage) => stage.methods[allMethods];

const stages: Kind<Stage> = {
	resourceType: stageType,
	title: 'Stages',
	columns: [
		{title: 'Web ACL', value: ({configuration}) => webAclName(configuration) ?? 'none'},
		{title: 'Limit', value: ({configuration}) => limitInWords(settingsOf(configuration)?.requestsPerSecond, undefined) || undefined},
		{title: 'Log', value: ({configuration}) => settingsOf(configuration)?.loggingLevel},
		{title: 'Updated', value: ({configuration}) => at(configuration.updatedAt)},
	],
	facts: [
		{title: 'API', value: ({configuration}) => configuration.apiName},
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Endpoint', value: ({configuration}) => joined(configuration.endpointTypes)},
		{title: 'Web ACL', value: ({configuration}) => configuration.webAclArn ?? 'none'},
		{
			title: 'Limit',
			value: ({configuration}) => limitInWords(settingsOf(configuration)?.requestsPerSecond, settingsOf(configuration)?.burst) || undefined,
		},
		{
			title: 'Limit of the account',
			value: ({configuration: {account}}) => account && (limitInWords(account.requestsPerSecond, account.burst) || undefined),
		},
		{
			title: 'Usage plans',
			value: ({configuration: {usagePlans}}) =>
				usagePlans &&
				(joined(
					usagePlans.map(({name, requestsPerSecond, burst}) => `${name} (${limitInWords(requestsPerSecond, burst) || 'no limit'})`),
				) ??
					'none'),
		},
		{title: 'Execution log', value: ({configuration}) => settingsOf(configuration)?.loggingLevel},
		{title: 'Access log', value: ({configuration}) => (configuration.accessLog === null ? 'none' : configuration.accessLog.destinationArn)},
		{title: 'Log role of the account', value: ({configuration: {account}}) => account && (account.logRoleArn ?? 'none')},
		{title: 'Tracing', value: ({configuration}) => yesNo(configuration.tracing)},
		{title: 'Client certificate', value: ({configuration}) => configuration.clientCertificateId ?? 'none'},
		{
			title: 'Cache',
			value: ({configuration: {cache}}) =>
				cache === null ? 'none' : joined([`${cache.sizeGb ?? '?'} GB`, cache.status ?? ''].filter(Boolean)),
		},
		{title: 'Methods with settings', value: ({configuration}) => joined(Object.keys(configuration.methods))},
		{title: 'Deployment', value: ({configuration}) => configuration.deploymentId},
		{title: 'Canary percent', value: ({configuration}) => configuration.canaryPercent},
		{title: 'Updated', value: ({configuration}) => at(configuration.updatedAt)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	rules: stageRules,
	usdPerMonth: ({configuration}) => usdPerMonth(configuration),
	consolePath: ({configuration, awsRegion}) =>
		`apigateway/main/apis/${encodeURIComponent(configuration.apiId)}/stages?api=${encodeURIComponent(configuration.apiId)}&region=${awsRegion}`,
};

const webAclName = ({webAclArn}: Stage): string | undefined =>
	webAclArn === null ? undefined : (/\/webacl\/([^/]+)\//u.exec(webAclArn)?.[1] ?? webAclArn);

const domainNames: Kind<DomainName> = {
	resourceType: domainNameType,
	title: 'Custom domain names',
	columns: [
		{title: 'Endpoint', value: ({configuration}) => joined(configuration.endpointTypes)},
		{title: 'TLS', value: ({configuration}) => configuration.securityPolicy},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'APIs', value: ({configuration: {mappings}}) => mappings && new Set(mappings.map(({apiId}) => apiId)).size},
	],
	facts: [
		{title: 'Endpoint', value: ({configuration}) => joined(configuration.endpointTypes)},
		{
			title: 'Status',
			value: ({configuration}) => joined([configuration.status, configuration.statusMessage].filter(text => text !== undefined)),
		},
		{title: 'Security policy', value: ({configuration}) => configuration.securityPolicy},
		{title: 'Access mode', value: ({configuration}) => configuration.endpointAccessMode},
		{title: 'Certificate', value: ({configuration}) => configuration.certificateArn ?? configuration.certificateName},
		{title: 'Uploaded', value: ({configuration}) => at(configuration.certificateUploadedAt)},
		{title: 'Regional certificate', value: ({configuration}) => configuration.regionalCertificateArn},
		{title: 'Proof of ownership', value: ({configuration}) => configuration.ownershipCertificateArn},
		{title: 'Truststore', value: ({configuration: {mutualTls}}) => (mutualTls === null ? 'none' : mutualTls.truststoreUri)},
		{title: 'Truststore version', value: ({configuration}) => configuration.mutualTls?.truststoreVersion},
		{title: 'Truststore warnings', value: ({configuration}) => joined(configuration.mutualTls?.warnings)},
		{title: 'Distribution', value: ({configuration}) => configuration.distributionDomainName},
		{title: 'Regional host', value: ({configuration}) => configuration.regionalDomainName},
		{title: 'Addresses', value: ({configuration}) => configuration.ipAddressType},
		{title: 'Routing', value: ({configuration}) => configuration.routingMode},
		{
			title: 'Leads to',
			value: ({configuration: {mappings}}) =>
				mappings && (joined(mappings.map(({basePath, apiId, stage}) => [basePath, apiId, stage].filter(Boolean).join(' '))) ?? 'nothing'),
		},
		{title: 'Policy', value: ({configuration: {policy}}) => policy ?? 'none'},
	],
	rules: domainRules,
	consolePath: ({resourceName, awsRegion}) =>
		`apigateway/main/publish/domain-names?domain=${encodeURIComponent(resourceName)}&region=${awsRegion}`,
};

const clientCertificates: Kind<ClientCertificate> = {
	resourceType: clientCertificateType,
	title: 'Client certificates',
	columns: [
		{title: 'Expires', value: ({configuration}) => at(configuration.expiresAt)},
		{title: 'Stages', value: ({configuration}) => configuration.usedBy?.length},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Expires', value: ({configuration}) => at(configuration.expiresAt)},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Used by', value: ({configuration: {usedBy}}) => usedBy && (joined(usedBy) ?? 'no stage of a REST API')},
	],
	rules: certificateRules,
	expirations: ({configuration: {expiresAt}}) => (expiresAt === undefined ? [] : [{what: 'client certificate', at: expiresAt}]),
	consolePath: ({awsRegion}) => `apigateway/main/client-certificates?region=${awsRegion}`,
};

// "10 requests per second with a burst quota of 40 requests per second" for all management operations of REST, HTTP and
// WebSocket APIs together, which cannot be raised. Buckets are a service's own, so that each of the two services takes half.
const management = {
	requestsPerSecond: 5,
	burst: 20,
	bucket: 'management',
	iamAction: 'apigateway:GET',
	source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html',
} as const;

/** `GET` on everything would hand out API keys, stage variables' secrets and whole API definitions. */
const reading = (...paths: readonly string[]) => ({
	...management,
	iamResources: paths.map(path => `arn:{partition}:apigateway:*::${path}`),
});

const paged = {answers: ['items'], paging: {input: 'position', output: 'position'}} as const;

export const apigateway = defineService({
	id: 'apigateway',
	title: 'API Gateway',
	group: 'certificates and traffic',
	leads: 'worst',
	scope: 'regional',
	// A call a second at a fifth of the quota: 600 APIs, the most that a Region has by default, take ten minutes.
	refresh: {full: {everyMs: 30 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 'apigateway',
	operations: {
		GetRestApis: {...reading('/restapis'), ...paged},
		// Never kept in the cache: the answer has the stage variables, in which people keep credentials.
		GetStages: {...reading('/restapis/*/stages'), answers: ['item']},
		GetDomainNames: {...reading('/domainnames'), ...paged},
		GetBasePathMappings: {...reading('/domainnames/*/basepathmappings'), ...paged, freshForMs: 6 * hourMs},
		// Plans name stages and limits; the keys themselves are another resource, which is not allowed.
		GetUsagePlans: {...reading('/usageplans'), ...paged},
		GetClientCertificates: {...reading('/clientcertificates'), ...paged},
		GetAccount: {...reading('/account'), freshForMs: 6 * hourMs, answers: ['throttleSettings']},
	},
	kinds: [apis, stages, domainNames, clientCertificates],
	load: async () => import('./collect/index.js'),
});
