import {type Joined, listed, type Resource} from '../../../model/index.js';
import type {DomainName} from '../../../services/apigateway/rules/domain-name.js';
import type {RestApi} from '../../../services/apigateway/rules/rest-api.js';
import type {Stage} from '../../../services/apigateway/rules/stage.js';
import type {Api} from '../../../services/apigatewayv2/rules/api.js';
import type {Stage as StageV2} from '../../../services/apigatewayv2/rules/stage.js';
import {type Draft, inPath, type Sort} from '../entry.js';
import {type Front, inWords} from '../landscape/fronts.js';
import type {Landscape} from '../landscape/index.js';
import type {Names} from '../landscape/names.js';
import {answeredByRoute53, standsBehind} from '../practices/in-front.js';
import {throttled, throttledV2} from '../practices/throttling.js';
import {protectedInFront} from '../practices/web-acl.js';
import {all, any, type Doubt, doubtsOf, missing, no, notAsked, type Standing, unknown, yes} from '../standing.js';
import {type CustomName, type CustomNames, type Doubtful, readCustomNames} from './custom-names.js';

/** What a REST, HTTP or WebSocket API has in common with the others, as far as it matters here. */
type Known = {
	/** The stage, or the API where its stages could not be read. */
	readonly thing: Resource;
	readonly sort: Sort;
	readonly isEdgeOptimised: boolean;
	readonly defaultHost: string | undefined;
	readonly defaultHostDisabled: boolean | undefined;
	/** Custom names that lead to it. */
	readonly customNames: readonly CustomName[];
	/** Custom names of which it is not known whether they lead to it. */
	readonly doubtfulNames: readonly Doubtful[];
	/** Why custom names that lead to it may have been missed. */
	readonly doubts: readonly Doubt[];
	readonly ownWebAcl: Standing;
	readonly throttled: Standing;
	readonly consolePath: string;
};

const hostsOfNames = (customNames: readonly CustomName[]): readonly string[] => customNames.flatMap(({hosts}) => hosts);

/** The names by which distributions ask their origins, and those on the way from there. */
const originsOf = (fronts: readonly Front[], names: Names): ReadonlySet<string> =>
	new Set(
		fronts.flatMap(front =>
			front.sort === 'distribution'
				? (front.entry.resource.configuration.origins ?? []).flatMap(({domainName}) => names.resolve(domainName))
				: [],
		),
	);

/** Whether callers can come by the distributions in front alone: by no name that others find. */
const onlyByFront = ({defaultHost, defaultHostDisabled, customNames}: Known, fronts: readonly Front[], {names}: Landscape): Standing => {
	const around = inWords(fronts);
	if (defaultHostDisabled !== true) {
		return defaultHostDisabled === false
			? no(`${defaultHost ?? 'its default endpoint'} answers around ${around}`)
			: unknown({because: 'AWS did not tell whether its default endpoint is off'});
	}

	const origins = originsOf(fronts, names);
	const direct = names.leadingTo(customNames.flatMap(({endpoints}) => endpoints)).filter(name => !origins.has(name));
	if (direct.length > 0) {
		return no(`${listed(direct)} leads callers around ${around}`);
	}

	const doubts = customNames.flatMap(({name}) => names.doubtsAbout(name));
	return doubts.length > 0 ? unknown(...doubts) : yes(`its default endpoint is off, so that callers come by ${around}`);
};

const toDraft = (known: Known, landscape: Landscape): Draft => {
	const {names, fronts, webAcls, shield} = landscape;
	const {thing, sort, isEdgeOptimised, customNames, doubtfulNames} = known;
	const hosts = [...(known.defaultHost === undefined ? [] : [known.defaultHost]), ...hostsOfNames(customNames)];
	const found = fronts.ofHosts(hosts);
	const perhaps = doubtfulNames.filter(({customName}) => fronts.ofHosts(customName.hosts).some(front => !found.includes(front)));
	const doubts: readonly Doubt[] = [...known.doubts, ...fronts.doubts.distributions, ...perhaps.map(({doubt}) => doubt)];
	const alone = found.length > 0 ? onlyByFront(known, found, landscape) : undefined;
	const hidden = isEdgeOptimised
		? yes('edge-optimised: callers come by CloudFront, of AWS’s own making')
		: (alone ?? (doubts.length > 0 ? unknown(...doubts) : no('Regional, and no distribution of this account stands in front')));
	const named = customNames.map(({name}) => name);
	const nameless = named.length === 0 && found.length === 0;
	const namelessDoubts = [
		...doubts,
		...doubtfulNames
			.filter(one => one.doubt.refusal !== undefined || names.leadingTo(one.customName.hosts).length > 0)
			.map(({doubt}) => doubt),
	];
	return {
		thing,
		sort,
		hosts,
		behind: found.map(({words}) => words),
		practices: {
			bp1: isEdgeOptimised
				? yes('edge-optimised: AWS’s own distribution stands in front, which takes no web ACL of yours')
				: standsBehind(found, doubts),
			bp2: any(known.ownWebAcl, protectedInFront(webAcls, found, alone ?? yes(''), doubts)),
			bp3:
				nameless && namelessDoubts.length > 0
					? unknown(...namelessDoubts)
					: answeredByRoute53(names, [...named, ...found.flatMap(aliasesOf)], hosts, found, doubts),
			bp4: all(known.throttled, hidden),
			bp5: notAsked('API Gateway has no security groups: BP4 asks whether callers get around what stands in front'),
			bp6: notAsked('API Gateway spreads its load by itself'),
			bp7: notAsked('API Gateway scales by itself'),
			shield: shield.ofFronts(found, doubts),
		},
		consolePath: known.consolePath,
	};
};

const aliasesOf = (front: Front): readonly string[] =>
	front.sort === 'distribution' ? (front.entry.resource.configuration.aliases ?? []) : [];

const isOpen = (endpointTypes: readonly string[]): boolean => endpointTypes.length === 0 || endpointTypes.some(type => type !== 'PRIVATE');

const restEntries = (landscape: Landscape, customNames: CustomNames): readonly Draft[] => {
	const {inputs, webAcls} = landscape;
	const stages = inputs.of<Stage>('AWS::ApiGateway::Stage');
	const apis = inputs.of<RestApi>('AWS::ApiGateway::RestApi');
	const byArn = new Map(apis.map(api => [api.resource.arn, api]));
	const withStages = new Set(stages.map(({resource}) => resource.configuration.apiArn));
	const known = (thing: Resource, api: Joined<RestApi> | undefined, endpointTypes: readonly string[], stage?: Joined<Stage>): Known => {
		const {awsRegion} = thing;
		const id = api?.resource.resourceId ?? stage?.resource.configuration.apiId ?? '';
		const path = `apigateway/main/apis/${inPath(id)}`;
		const unreadStages = api === undefined ? {because: 'its stages have not been read'} : missing(api.resource, 'its stages', 'GetStages');
		return {
			thing,
			sort: 'REST API',
			isEdgeOptimised: endpointTypes.includes('EDGE'),
			defaultHost: api?.resource.configuration.defaultHost,
			defaultHostDisabled: api?.resource.configuration.defaultHostDisabled,
			customNames: customNames.leadingTo(awsRegion, id, stage && stageNameOf(stage.resource)),
			doubtfulNames: customNames.perhapsToRest(awsRegion, api?.resource.configuration.routedDomains ?? []),
			doubts: [
				...(api === undefined ? [{because: 'its API has not been read'}] : doubtsOf(api.resource.unread['GetDomainNames'])),
				...(endpointTypes.length === 0 ? [{because: 'AWS did not tell its endpoint type'}] : []),
			],
			ownWebAcl: stage === undefined ? unknown(unreadStages) : webAcls.named(stage.resource.configuration.webAclArn, awsRegion),
			throttled: stage === undefined ? unknown(unreadStages) : throttled(stage.resource),
			consolePath: stage === undefined ? `${path}/resources?region=${awsRegion}` : `${path}/stages?api=${inPath(id)}&region=${awsRegion}`,
		};
	};
	return [
		...stages
			.filter(({resource}) => isOpen(resource.configuration.endpointTypes))
			.map(stage =>
				known(stage.resource, byArn.get(stage.resource.configuration.apiArn), stage.resource.configuration.endpointTypes, stage),
			),
		...apis
			.filter(
				({resource: {arn, configuration}}) =>
					configuration.stages === undefined && !withStages.has(arn) && isOpen(configuration.endpointTypes),
			)
			.map(api => known(api.resource, api, api.resource.configuration.endpointTypes)),
	].map(one => toDraft(one, landscape));
};

const stageNameOf = ({resourceId}: Resource): string => resourceId.slice(resourceId.indexOf('/') + 1);

const sorts: Readonly<Record<string, Sort>> = {HTTP: 'HTTP API', WEBSOCKET: 'WebSocket API'};

const httpEntries = (landscape: Landscape, customNames: CustomNames): readonly Draft[] => {
	const {inputs} = landscape;
	const stages = inputs.of<StageV2>('AWS::ApiGatewayV2::Stage');
	const withStages = new Set(stages.map(({resource}) => resource.configuration.apiArn));
	const apis = inputs.of<Api>('AWS::ApiGatewayV2::Api');
	const byArn = new Map(apis.map(api => [api.resource.arn, api]));
	const rateOf = new Map(
		inputs.of<Stage>('AWS::ApiGateway::Stage').map(({resource}) => [resource.awsRegion, resource.configuration.account?.requestsPerSecond]),
	);
	const known = (thing: Resource, api: Joined<Api> | undefined, protocol: string | undefined, stage?: Joined<StageV2>): Known => {
		const {awsRegion} = thing;
		const id = api?.resource.resourceId ?? stage?.resource.configuration.apiId ?? '';
		const sort = sorts[protocol ?? ''] ?? 'API';
		const unreadStages = api === undefined ? {because: 'its stages have not been read'} : missing(api.resource, 'its stages', 'GetStages');
		return {
			thing,
			sort,
			isEdgeOptimised: false,
			defaultHost: api?.resource.configuration.defaultHost,
			defaultHostDisabled: api?.resource.configuration.defaultHostDisabled,
			customNames: customNames.leadingTo(awsRegion, id),
			doubtfulNames: customNames.perhapsToHttp(awsRegion),
			doubts: [
				...(api === undefined ? [{because: 'its API has not been read'}] : []),
				...doubtsOf(inputs.gap('apigateway', ['GetDomainNames'], awsRegion)),
			],
			ownWebAcl: no(`WAF cannot protect ${sort === 'WebSocket API' ? 'a' : 'an'} ${sort}, only a distribution in front`),
			throttled: stage === undefined ? unknown(unreadStages) : throttledV2(stage.resource, rateOf.get(awsRegion)),
			consolePath:
				stage === undefined
					? `apigateway/main/api-detail?api=${inPath(id)}&region=${awsRegion}`
					: `apigateway/main/develop/stages?api=${inPath(id)}&region=${awsRegion}`,
		};
	};
	return [
		...stages.map(stage =>
			known(stage.resource, byArn.get(stage.resource.configuration.apiArn), stage.resource.configuration.protocol, stage),
		),
		...apis
			.filter(({resource: {arn, configuration}}) => configuration.stages === undefined && !withStages.has(arn))
			.map(api => known(api.resource, api, api.resource.configuration.protocol)),
	].map(one => toDraft(one, landscape));
};

/** Each stage that the internet may call, and each API of which the stages could not be read. */
export const apiEntries = (landscape: Landscape): readonly Draft[] => {
	const customNames = readCustomNames(landscape.inputs.of<DomainName>('AWS::ApiGateway::DomainName'));
	return [...restEntries(landscape, customNames), ...httpEntries(landscape, customNames)];
};
