import type {ClientCertificate} from '../rules/client-certificate.js';
import type {DomainName} from '../rules/domain-name.js';
import type {MappedDomain, RestApi} from '../rules/rest-api.js';
import type {MethodSettings, Stage, UsagePlan} from '../rules/stage.js';
import type {AccountAnswer, ApiEntry, CertificateEntry, DomainEntry, MappingEntry, PlanEntry, StageEntry} from './commands.js';

// AWS's answers in the words of the configurations.

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/**
 * A resource policy as JSON. API Gateway answers with the policy as the inside of a JSON string, each quote with a
 * backslash before it; taken as it is where it is JSON already.
 */
export const readablePolicy = (text: string | undefined): string | null => {
	if (text === undefined || text === '') {
		return null;
	}

	if (!text.startsWith('{\\')) {
		return text;
	}

	try {
		const unquoted: unknown = JSON.parse(`"${text}"`);
		return typeof unquoted === 'string' ? unquoted : text;
	} catch {
		return text;
	}
};

/** China's endpoints have a domain of their own. */
const suffixOf = (partition: string): string => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');

/** What the listing of APIs tells of one, besides its stages and domain names. */
export const toApi = (
	entry: ApiEntry,
	id: string,
	{awsRegion, partition}: {readonly awsRegion: string; readonly partition: string},
): Omit<RestApi, 'stages' | 'domains' | 'routedDomains'> => ({
	endpointTypes: entry.endpointConfiguration?.types ?? [],
	vpcEndpointIds: entry.endpointConfiguration?.vpcEndpointIds ?? [],
	policy: readablePolicy(entry.policy),
	defaultHost: `${id}.execute-api.${awsRegion}.${suffixOf(partition)}`,
	...present({
		description: entry.description,
		createdAt: entry.createdDate,
		ipAddressType: entry.endpointConfiguration?.ipAddressType,
		defaultHostDisabled: entry.disableExecuteApiEndpoint,
		securityPolicy: entry.securityPolicy,
		endpointAccessMode: entry.endpointAccessMode,
		apiKeySource: entry.apiKeySource,
		status: entry.apiStatus,
		statusMessage: entry.apiStatusMessage,
	}),
});

/** Paths come as JSON pointers: `~1orders~1{id}/GET`. */
const pathOf = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

const toMethods = (settings: StageEntry['methodSettings']): Readonly<Record<string, MethodSettings>> =>
	Object.fromEntries(
		Object.entries(settings ?? {}).map(([key, method]) => [
			pathOf(key),
			present({
				loggingLevel: method?.loggingLevel,
				dataTrace: method?.dataTraceEnabled,
				metrics: method?.metricsEnabled,
				requestsPerSecond: method?.throttlingRateLimit,
				burst: method?.throttlingBurstLimit,
				caching: method?.cachingEnabled,
				cacheEncrypted: method?.cacheDataEncrypted,
				cacheTtlSeconds: method?.cacheTtlInSeconds,
			}),
		]),
	);

/** What a stage is by itself. Its variables are passed by. */
export const toStage = (entry: StageEntry): Omit<Stage, 'apiId' | 'apiName' | 'apiArn' | 'endpointTypes' | 'usagePlans' | 'account'> => {
	const sizeGb = Number(entry.cacheClusterSize);
	return {
		webAclArn: entry.webAclArn === undefined || entry.webAclArn === '' ? null : entry.webAclArn,
		methods: toMethods(entry.methodSettings),
		cache:
			entry.cacheClusterEnabled === true
				? present({sizeGb: Number.isFinite(sizeGb) ? sizeGb : undefined, status: entry.cacheClusterStatus})
				: null,
		clientCertificateId: entry.clientCertificateId ?? null,
		accessLog:
			entry.accessLogSettings?.destinationArn === undefined
				? null
				: present({destinationArn: entry.accessLogSettings.destinationArn, format: entry.accessLogSettings.format}),
		...present({
			description: entry.description,
			deploymentId: entry.deploymentId,
			createdAt: entry.createdDate,
			updatedAt: entry.lastUpdatedDate,
			tracing: entry.tracingEnabled,
			canaryPercent: entry.canarySettings?.percentTraffic,
		}),
	};
};

/** The plans that name a stage. A plan's limit for all methods of the stage goes before the plan's own. */
export const plansOf = (plans: readonly PlanEntry[], apiId: string, stageName: string): readonly UsagePlan[] =>
	plans.flatMap(({id, name, apiStages = [], throttle, quota}) => {
		const named = apiStages.find(({apiId: api, stage}) => api === apiId && stage === stageName);
		if (id === undefined || named === undefined) {
			return [];
		}

		const limit = named.throttle?.['/*/*'] ?? named.throttle?.['*/*'] ?? throttle;
		return {
			id,
			name: name ?? id,
			...present({
				requestsPerSecond: limit?.rateLimit,
				burst: limit?.burstLimit,
				quota: quota === undefined ? undefined : present({limit: quota.limit, period: quota.period}),
			}),
		};
	});

export const toAccount = ({throttleSettings, cloudwatchRoleArn}: AccountAnswer): NonNullable<Stage['account']> => ({
	logRoleArn: cloudwatchRoleArn ?? null,
	...present({requestsPerSecond: throttleSettings?.rateLimit, burst: throttleSettings?.burstLimit}),
});

export const toDomain = (entry: DomainEntry): Omit<DomainName, 'mappings'> => {
	const {mutualTlsAuthentication: mutual} = entry;
	return {
		endpointTypes: entry.endpointConfiguration?.types ?? [],
		mutualTls:
			mutual?.truststoreUri === undefined
				? null
				: {
						warnings: mutual.truststoreWarnings ?? [],
						...present({truststoreUri: mutual.truststoreUri, truststoreVersion: mutual.truststoreVersion}),
					},
		policy: readablePolicy(entry.policy),
		...present({
			ipAddressType: entry.endpointConfiguration?.ipAddressType,
			certificateArn: entry.certificateArn,
			certificateName: entry.certificateName,
			certificateUploadedAt: entry.certificateUploadDate,
			regionalCertificateArn: entry.regionalCertificateArn,
			ownershipCertificateArn: entry.ownershipVerificationCertificateArn,
			securityPolicy: entry.securityPolicy,
			endpointAccessMode: entry.endpointAccessMode,
			status: entry.domainNameStatus,
			statusMessage: entry.domainNameStatusMessage,
			distributionDomainName: entry.distributionDomainName,
			distributionHostedZoneId: entry.distributionHostedZoneId,
			regionalDomainName: entry.regionalDomainName,
			regionalHostedZoneId: entry.regionalHostedZoneId,
			routingMode: entry.routingMode,
		}),
	};
};

export const toMappings = (entries: readonly MappingEntry[]): NonNullable<DomainName['mappings']> =>
	entries.flatMap(({restApiId, basePath, stage}) => (restApiId === undefined ? [] : {apiId: restApiId, ...present({basePath, stage})}));

export const toMappedDomain = (
	domainName: string,
	{mutualTls}: Pick<DomainName, 'mutualTls'>,
	mapping: {readonly basePath?: string; readonly stage?: string},
): MappedDomain => ({
	domainName,
	mutualTls: mutualTls !== null,
	...present({basePath: mapping.basePath, stage: mapping.stage}),
});

export const toCertificate = (entry: CertificateEntry, usedBy: readonly string[] | undefined): ClientCertificate =>
	present({description: entry.description, createdAt: entry.createdDate, expiresAt: entry.expirationDate, usedBy});
