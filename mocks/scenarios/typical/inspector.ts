import type {Resource} from '@aws-sdk/client-inspector2';
import {
	codeFinding,
	covered,
	type InspectorRecord,
	type InspectorState,
	image,
	instance,
	lambdaFunction,
	networkFinding,
	packageFinding,
	quietInspector,
} from '../../services/inspector-state.js';
import {functionAdvisories, hostAdvisories, imageAdvisories} from '../advisories.js';
import type {Place, Populate} from '../scenario.js';

export {timeline} from './inspector-timeline.js';

const hosts = (place: Place): readonly Resource[] =>
	['web-1', 'web-2', 'batch-1', 'bastion', 'ci-runner'].map(name => instance(place, name));
const images = (place: Place): readonly Resource[] => [
	image(place, 'acme/shop-api', '2.14.0', 6),
	image(place, 'acme/checkout', '1.9.3', 4),
	image(place, 'acme/search-indexer', 'main-4f2a91c', 1),
	image(place, 'acme/legacy-reports', '0.8', 0),
	image(place, 'acme/thumbnailer', '3.2.1', 2),
];
const functions = (place: Place): readonly Resource[] =>
	['thumbnails', 'invoice-mailer', 'webhook-relay'].map(name => lambdaFunction(place, name));

/** Every host has most advisories, every image most of theirs, each since another day: about a hundred. */
const virginiaFindings = (place: Place): readonly InspectorRecord[] => {
	const chance = place.random('inspector/ages');
	const of = (resources: readonly Resource[], advisories: typeof hostAdvisories, gap: number): readonly InspectorRecord[] =>
		resources.flatMap((resource, row) =>
			advisories.flatMap((advisory, column) =>
				(row * 3 + column) % gap === gap - 1
					? []
					: packageFinding(place, advisory, {
							resource,
							firstDaysAgo: chance.between(1, 60),
							updatedHoursAgo: chance.between(1, 40),
							status: row === 3 && column === 5 ? 'SUPPRESSED' : row === 4 && column === 4 ? 'CLOSED' : 'ACTIVE',
						}),
			),
		);
	const [, , , bastion, runner] = hosts(place);
	return [
		...of(hosts(place), hostAdvisories, 8),
		...of(images(place), imageAdvisories, 6),
		...(bastion ? [networkFinding(place, 22, 'HIGH', {resource: bastion, firstDaysAgo: 200})] : []),
		...(runner ? [networkFinding(place, 8080, 'MEDIUM', {resource: runner, firstDaysAgo: 12})] : []),
	];
};

const irelandFindings = (place: Place): readonly InspectorRecord[] => {
	const [first, second, third] = functions(place);
	const [, cookies, ranges] = functionAdvisories;
	return [
		...(first && cookies && ranges
			? [
					packageFinding(place, functionAdvisories[0], {resource: first, firstDaysAgo: 6}),
					packageFinding(place, cookies, {resource: first, firstDaysAgo: 40}),
					packageFinding(place, ranges, {resource: first, firstDaysAgo: 21}),
				]
			: []),
		...(second ? [codeFinding(place, 'Hardcoded credentials', 'index.js', 'CRITICAL', {resource: second, firstDaysAgo: 33})] : []),
		...(third
			? [
					codeFinding(place, 'Server-side request forgery', 'relay.js', 'HIGH', {resource: third, firstDaysAgo: 8}),
					codeFinding(place, 'Insecure cryptography', 'sign.js', 'MEDIUM', {resource: third, firstDaysAgo: 70, status: 'SUPPRESSED'}),
				]
			: []),
	];
};

const gaps: ReadonlyArray<readonly [name: string, reason: Parameters<typeof covered>[2]]> = [
	['db-legacy', 'UNMANAGED_EC2_INSTANCE'],
	['win-legacy', 'UNSUPPORTED_OS'],
	['scratch-old', 'EC2_INSTANCE_STOPPED'],
	['gpu-3', 'STALE_INVENTORY'],
	['fresh-1', 'PENDING_INITIAL_SCAN'],
	['appliance', 'EXCLUDED_BY_TAG'],
];

const virginiaCoverage = (place: Place): InspectorState['coverage'] => [
	...hosts(place).flatMap(({id = '', tags}) => {
		const facts = {
			lastScannedAt: place.hoursAgo(5),
			scanMode: 'EC2_SSM_AGENT_BASED' as const,
			resourceMetadata: {ec2: {tags: tags ?? {}, platform: 'LINUX' as const}},
		};
		return [covered(id, 'PACKAGE', 'SUCCESSFUL', facts), covered(id, 'NETWORK', 'SUCCESSFUL', facts)];
	}),
	...images(place).map(({id = '', details}, index) =>
		covered(id, 'PACKAGE', index === 3 ? 'SCAN_ELIGIBILITY_EXPIRED' : 'SUCCESSFUL', {
			lastScannedAt: place.hoursAgo(9),
			resourceMetadata: {ecrImage: {tags: [...(details?.awsEcrContainerImage?.imageTags ?? [])]}},
		}),
	),
	...gaps.map(([name, reason]) => {
		const {id = '', tags} = instance(place, name);
		return covered(id, 'PACKAGE', reason, {resourceMetadata: {ec2: {tags: tags ?? {}, platform: 'LINUX'}}});
	}),
];

/** Virginia scans hosts and images, with gaps, and has lost a member; Ireland functions and their code; in Milan a policy keeps readers out; Sydney is off, London quiet. */
export const populate: Populate<InspectorState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				...quietInspector(),
				ec2Mode: 'EC2_SSM_AGENT_BASED',
				deepInspection: 'DEACTIVATED',
				members: [
					{accountId: '234567890123', relationshipStatus: 'ENABLED'},
					{accountId: '345678901234', relationshipStatus: 'ENABLED'},
					{accountId: '567890123456', relationshipStatus: 'REMOVED'},
				],
				// Code repositories are not offered everywhere: the member is simply absent there.
				scanning: {ec2: 'ENABLED', ecr: 'ENABLED', lambda: 'DISABLED', lambdaCode: 'DISABLED'},
				coverage: virginiaCoverage(place),
				findings: virginiaFindings(place),
			};
		case 'eu-west-1':
			return {
				...quietInspector(),
				administrator: undefined,
				members: [],
				scanning: {ec2: 'DISABLED', ecr: 'DISABLED', lambda: 'ENABLED', lambdaCode: 'ENABLED', codeRepository: 'DISABLED'},
				coverage: functions(place).flatMap(({id = ''}, index) => {
					const functionName = ['thumbnails', 'invoice-mailer', 'webhook-relay'][index] ?? '';
					const facts = {
						lastScannedAt: place.hoursAgo(2),
						resourceMetadata: {lambdaFunction: {functionName, runtime: 'NODEJS_18_X' as const}},
					};
					return [
						covered(id, 'PACKAGE', 'SUCCESSFUL', facts),
						covered(id, 'CODE', index === 0 ? 'UNSUPPORTED_CODE_ARTIFACTS' : 'SUCCESSFUL', facts),
					];
				}),
				findings: irelandFindings(place),
			};
		case 'ap-southeast-2':
			return {...quietInspector(), status: 'DISABLED', scanning: {ec2: 'DISABLED', ecr: 'DISABLED', lambda: 'DISABLED'}, coverage: []};
		case 'eu-west-2':
			return {
				...quietInspector(),
				coverage: ['edge-1', 'edge-2'].map((name, index) => {
					const {id = '', tags} = instance(place, name);
					return covered(id, 'PACKAGE', 'SUCCESSFUL', {
						lastScannedAt: place.hoursAgo(4),
						scanMode: index === 0 ? 'EC2_AGENTLESS' : 'EC2_SSM_AGENT_BASED',
						resourceMetadata: {ec2: {tags: tags ?? {}, platform: 'LINUX'}},
					});
				}),
			};
		default: {
			const boundary = 'explicit-deny-in-permissions-boundary' as const;
			return {
				...quietInspector(),
				refused: {
					BatchGetAccountStatus: boundary,
					GetConfiguration: boundary,
					GetEc2DeepInspectionConfiguration: boundary,
					GetDelegatedAdminAccount: boundary,
					ListMembers: boundary,
					ListCoverageStatistics: boundary,
					ListCoverage: boundary,
					ListFindingAggregations: boundary,
					ListFindings: boundary,
				},
			};
		}
	}
};
