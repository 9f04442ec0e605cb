import type {Joined} from '../../../model/index.js';
import type {DomainName} from '../../../services/apigateway/rules/domain-name.js';
import {type Doubt, missing} from '../standing.js';

/** A custom domain name of API Gateway. */
export type CustomName = {
	readonly name: string;
	/** API Gateway's own names behind it, to which records lead: `d-123.execute-api.eu-west-1.amazonaws.com`. */
	readonly endpoints: readonly string[];
	/** All of them: what a distribution may have as its origin. */
	readonly hosts: readonly string[];
};

/** One of which it is not known where it leads, and why. */
export type Doubtful = {readonly customName: CustomName; readonly doubt: Doubt};

export type CustomNames = {
	/** Those that lead to an API, and to this stage of it where one is named. */
	leadingTo(awsRegion: string, apiId: string, stage?: string): readonly CustomName[];
	/** Those that may lead to a REST API: the ones that rules route, which name it, and those whose mappings could not be read. */
	perhapsToRest(awsRegion: string, routed: readonly string[]): readonly Doubtful[];
	/** Those that may lead to an HTTP or WebSocket API: mappings to these are another listing, which nobody reads. */
	perhapsToHttp(awsRegion: string): readonly Doubtful[];
};

const toCustomName = ({resource: {resourceName, configuration}}: Joined<DomainName>): CustomName => {
	const endpoints = [configuration.regionalDomainName, configuration.distributionDomainName].flatMap(name => name ?? []);
	return {name: resourceName, endpoints, hosts: [resourceName, ...endpoints]};
};

/** Why it is not known where a name leads. Undefined where it leads to REST APIs, which are told. */
const doubtAbout = ({resource}: Joined<DomainName>): Doubt | undefined => {
	const {mappings, routingMode} = resource.configuration;
	if (mappings === undefined) {
		return missing(resource, `where ${resource.resourceName} leads`, 'GetBasePathMappings');
	}

	const isRouted = routingMode !== undefined && routingMode !== 'BASE_PATH_MAPPING_ONLY';
	return isRouted || mappings.length === 0 ? {because: `where ${resource.resourceName} leads is not read`} : undefined;
};

/** The list under a key, made where there is none. */
const listAt = <T>(map: Map<string, T[]>, key: string): T[] => {
	const known = map.get(key) ?? [];
	map.set(key, known);
	return known;
};

type Mapped = {readonly customName: CustomName; readonly stage: string | undefined};

export const readCustomNames = (domains: ReadonlyArray<Joined<DomainName>>): CustomNames => {
	const byApi = new Map<string, Mapped[]>();
	const doubtful = new Map<string, Array<Doubtful & {readonly isUnread: boolean}>>();
	const seen = new Set<string>();
	for (const domain of domains) {
		const {awsRegion, configuration} = domain.resource;
		const customName = toCustomName(domain);
		const identity = `${awsRegion}/${customName.hosts.join('/')}`;
		// Several base paths may lead to one stage, and private names be alike: what is told once is enough.
		const isNew = (what: string): boolean => {
			const key = `${identity} ${what}`;
			return !seen.has(key) && seen.add(key).has(key);
		};
		for (const {apiId, stage} of configuration.mappings ?? []) {
			if (isNew(`${apiId}/${stage ?? ''}`)) {
				listAt(byApi, `${awsRegion}/${apiId}`).push({customName, stage});
			}
		}

		const doubt = doubtAbout(domain);
		if (doubt !== undefined && isNew(doubt.because)) {
			listAt(doubtful, awsRegion).push({customName, doubt, isUnread: configuration.mappings === undefined});
		}
	}

	return {
		leadingTo: (awsRegion, apiId, stage) => [
			...new Set(
				(byApi.get(`${awsRegion}/${apiId}`) ?? [])
					.filter(mapped => stage === undefined || mapped.stage === undefined || mapped.stage === stage)
					.map(({customName}) => customName),
			),
		],
		perhapsToRest: (awsRegion, routed) =>
			(doubtful.get(awsRegion) ?? []).filter(({customName, isUnread}) => isUnread || routed.includes(customName.name)),
		perhapsToHttp: awsRegion => doubtful.get(awsRegion) ?? [],
	};
};
