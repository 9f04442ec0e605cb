import {APIGatewayClient} from '@aws-sdk/client-api-gateway';
import {defineCollector, type Refusal, type Resource, type Yielded} from '../../../model/index.js';
import {type ClientCertificate, clientCertificateType} from '../rules/client-certificate.js';
import {type DomainName, domainNameType} from '../rules/domain-name.js';
import {type RestApi, restApiType} from '../rules/rest-api.js';
import {type Stage, stageType} from '../rules/stage.js';
import {type ApiEntry, type ApiGateway, type ApiGatewayFacts, commands, type PlanEntry} from './commands.js';
import {plansOf, present, toAccount, toApi, toCertificate, toDomain, toMappedDomain, toMappings, toStage} from './read.js';

/** API Gateway's ARNs name no account: https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
const arnOf = ({partition, awsRegion}: ApiGateway, path: string): string => `arn:${partition}:apigateway:${awsRegion}::${path}`;

const tagsOf = (tags: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> => tags ?? {};

/** The refusals of these operations among others. */
const among = (unread: Readonly<Record<string, Refusal>>, operations: readonly string[]): Readonly<Record<string, Refusal>> =>
	Object.fromEntries(Object.entries(unread).filter(([operation]) => operations.includes(operation)));

const listed = {limit: 500} as const;

// A name may well have hundreds of mappings, and they change with deployments of whole APIs, seldom.
const readDomain = async (
	aws: ApiGateway,
	name: string,
	entry: Parameters<typeof toDomain>[0],
): Promise<Resource<DomainName> | undefined> => {
	const facts = aws.facts();
	const pages = await facts.attemptPages(
		'GetBasePathMappings',
		{domainName: name, ...(entry.domainNameId !== undefined && {domainNameId: entry.domainNameId}), ...listed},
		{absent: ['NotFoundException']},
	);
	// Deleted since it was listed.
	if (pages === null) {
		return undefined;
	}

	return {
		arn: entry.domainNameArn ?? arnOf(aws, `/domainnames/${name}`),
		resourceType: domainNameType,
		resourceId: entry.domainNameId === undefined ? name : `${name}+${entry.domainNameId}`,
		resourceName: name,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: tagsOf(entry.tags),
		configuration: {...toDomain(entry), ...(pages && {mappings: toMappings(pages.flatMap(({items = []}) => items))})},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

type Domains = {
	readonly resources: ReadonlyArray<Resource<DomainName>>;
	readonly complete: boolean;
	/** What of domain names and their mappings could not be read: an API may have a name that nobody could tell. */
	readonly unread: Readonly<Record<string, Refusal>>;
};

const readDomains = async (aws: ApiGateway, shared: ApiGatewayFacts): Promise<Domains> => {
	const pages = await shared.attemptPages('GetDomainNames', listed);
	const entries = (pages ?? []).flatMap(({items = []}) => items);
	const resources: Array<Resource<DomainName>> = [];
	let complete = Array.isArray(pages);
	for await (const resource of aws.each(entries, async entry =>
		entry.domainName === undefined ? 'nameless' : readDomain(aws, entry.domainName, entry),
	)) {
		if (resource === 'nameless') {
			shared.missing('GetDomainNames', 'domainName');
			complete = false;
		} else if (resource !== undefined) {
			resources.push(resource);
		}
	}

	const mappings = resources.flatMap(({unread}) => unread['GetBasePathMappings'] ?? [])[0];
	return {
		resources,
		complete,
		unread: {...among(shared.unread, ['GetDomainNames']), ...(mappings !== undefined && {GetBasePathMappings: mappings})},
	};
};

/** What all stages of an account and Region have in common. */
type Common = {
	readonly plans: readonly PlanEntry[] | undefined;
	readonly account: Stage['account'] | undefined;
	readonly facts: ApiGatewayFacts;
};

type ReadApi = {readonly resources: readonly [Resource<RestApi>, ...ReadonlyArray<Resource<Stage>>]; readonly stagesKnown: boolean};

const readApi = async (aws: ApiGateway, id: string, entry: ApiEntry, domains: Domains, common: Common): Promise<ReadApi | undefined> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetStages', {restApiId: id}, {absent: ['NotFoundException']});
	// Deleted since it was listed.
	if (answer === null) {
		return undefined;
	}

	const arn = arnOf(aws, `/restapis/${id}`);
	const {accountId, awsRegion} = aws;
	const apiName = entry.name ?? id;
	const stages = answer?.item?.flatMap(stage => (stage.stageName === undefined ? [] : {name: stage.stageName, stage}));
	if (answer?.item?.some(({stageName}) => stageName === undefined) === true) {
		facts.missing('GetStages', 'stageName');
	}

	const api: Resource<RestApi> = {
		arn,
		resourceType: restApiType,
		resourceId: id,
		resourceName: apiName,
		accountId,
		awsRegion,
		tags: tagsOf(entry.tags),
		configuration: {
			...toApi(entry, id, aws),
			...(stages && {stages: stages.map(({name}) => name)}),
			domains: domains.resources.flatMap(({resourceName, configuration}) =>
				(configuration.mappings ?? []).flatMap(mapping =>
					mapping.apiId === id ? toMappedDomain(resourceName, configuration, mapping) : [],
				),
			),
			routedDomains: domains.resources
				.filter(({configuration: {routingMode}}) => routingMode !== undefined && routingMode !== 'BASE_PATH_MAPPING_ONLY')
				.map(({resourceName}) => resourceName),
		},
		unread: {...facts.unread, ...domains.unread},
		readAt: facts.readAt,
	};
	const ofStages = (stages ?? []).map(
		({name, stage}): Resource<Stage> => ({
			arn: `${arn}/stages/${name}`,
			resourceType: stageType,
			resourceId: `${id}/${name}`,
			resourceName: `${apiName}/${name}`,
			accountId,
			awsRegion,
			tags: tagsOf(stage.tags),
			configuration: {
				apiId: id,
				apiName,
				apiArn: arn,
				endpointTypes: api.configuration.endpointTypes,
				...toStage(stage),
				...present({
					usagePlans: common.plans === undefined ? undefined : plansOf(common.plans, id, name),
					account: common.account,
				}),
			},
			unread: among(common.facts.unread, ['GetAccount', 'GetUsagePlans']),
			readAt: common.facts.readAt,
		}),
	);
	return {resources: [api, ...ofStages], stagesKnown: stages !== undefined && facts.unread['GetStages'] === undefined};
};

const readCommon = async (aws: ApiGateway): Promise<Common> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetAccount', {});
	const pages = await facts.attemptPages('GetUsagePlans', listed);
	return {account: answer ? toAccount(answer) : undefined, plans: pages?.flatMap(({items = []}) => items), facts};
};

const toCertificateResource = (
	aws: ApiGateway,
	id: string,
	entry: Parameters<typeof toCertificate>[0],
	usedBy: readonly string[] | undefined,
): Resource<ClientCertificate> => ({
	arn: arnOf(aws, `/clientcertificates/${id}`),
	resourceType: clientCertificateType,
	resourceId: id,
	resourceName: entry.description === undefined || entry.description === '' ? id : entry.description,
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: tagsOf(entry.tags),
	configuration: toCertificate(entry, usedBy),
	unread: {},
	readAt: {},
});

export const collector = defineCollector({
	client: APIGatewayClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		// Each listing by itself: who may not see the domain names may still see the APIs.
		const shared = aws.facts();
		const domains = await readDomains(aws, shared);
		for (const resource of domains.resources) {
			yield {yields: 'resource', resource};
		}

		if (domains.complete) {
			yield {yields: 'complete', of: domainNameType};
		}

		const common = await readCommon(aws);
		const pages = await shared.attemptPages('GetRestApis', listed);
		const entries = (pages ?? []).flatMap(({items = []}) => items);
		let apisKnown = Array.isArray(pages);
		let stagesKnown = apisKnown;
		const usersOf = new Map<string, string[]>();
		for await (const read of aws.each(entries, async entry =>
			entry.id === undefined ? 'nameless' : readApi(aws, entry.id, entry, domains, common),
		)) {
			if (read === 'nameless') {
				shared.missing('GetRestApis', 'id');
				apisKnown = false;
				stagesKnown = false;
			} else if (read !== undefined) {
				stagesKnown &&= read.stagesKnown;
				const [api, ...stages] = read.resources;
				yield {yields: 'resource', resource: api};
				for (const resource of stages) {
					const {clientCertificateId} = resource.configuration;
					if (clientCertificateId !== null) {
						usersOf.set(clientCertificateId, [...(usersOf.get(clientCertificateId) ?? []), resource.arn]);
					}

					yield {yields: 'resource', resource};
				}
			}
		}

		if (apisKnown) {
			yield {yields: 'complete', of: restApiType};
		}

		if (stagesKnown) {
			yield {yields: 'complete', of: stageType};
		}

		const certificates = await shared.attemptPages('GetClientCertificates', listed);
		let certificatesKnown = Array.isArray(certificates);
		for (const entry of (certificates ?? []).flatMap(({items = []}) => items)) {
			const id = entry.clientCertificateId;
			if (id === undefined) {
				shared.missing('GetClientCertificates', 'clientCertificateId');
				certificatesKnown = false;
			} else {
				yield {
					yields: 'resource',
					resource: toCertificateResource(aws, id, entry, stagesKnown ? (usersOf.get(id) ?? []) : usersOf.get(id)),
				};
			}
		}

		if (certificatesKnown) {
			yield {yields: 'complete', of: clientCertificateType};
		}
	},
});
