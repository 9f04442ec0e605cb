import {defineService, type Json, type Kind, type ReportedFinding} from '../../model/index.js';
import type {Activation, Coverage} from './rules/activation.js';
import type {Backlog} from './rules/backlog.js';
import type {Exposure} from './rules/exposure.js';
import {activationRules, backlogRules, coverageRules, exposureRules} from './rules/index.js';

// Inspector publishes no request rates: https://docs.aws.amazon.com/inspector/latest/user/inspector_quotas.html
const unpublished = {
	requestsPerSecond: 5,
	source: 'https://docs.aws.amazon.com/inspector/latest/user/inspector_quotas.html (names no request rate: 5/s is a cautious guess)',
};
const paging = {input: 'nextToken', output: 'nextToken'};

const detail = (name: string) => (finding: ReportedFinding) => {
	const value: Json | undefined = finding.details[name];
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
};

const packages = ({details: {packages: value}}: ReportedFinding): string | undefined =>
	Array.isArray(value)
		? value
				.map(one =>
					typeof one === 'object' && one !== null && 'name' in one
						? `${one['name']} ${one['version'] ?? ''}${one['fixedInVersion'] ? ` → ${one['fixedInVersion']}` : ''}`
						: '',
				)
				.join(', ')
		: undefined;

const activations: Kind<Activation> = {
	resourceType: 'AWS::InspectorV2::Activation',
	title: 'Activation',
	columns: [
		{title: 'Status', value: ({configuration}) => configuration.status?.toLowerCase()},
		{
			title: 'Covered',
			value: ({configuration: {coverage}}) =>
				coverage && coverage.active + coverage.inactive > 0
					? `${Math.floor((coverage.active / (coverage.active + coverage.inactive)) * 100)} %`
					: undefined,
		},
		{title: 'EC2 mode', value: ({configuration}) => configuration.ec2ScanMode},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'EC2 instances', value: ({configuration: {scanning}}) => scanning?.ec2},
		{title: 'Container images', value: ({configuration: {scanning}}) => scanning?.ecr},
		{title: 'Lambda functions', value: ({configuration: {scanning}}) => scanning?.lambda},
		{title: 'Function code', value: ({configuration: {scanning}}) => scanning?.lambdaCode},
		{title: 'Code repositories', value: ({configuration: {scanning}}) => scanning?.codeRepository},
		{title: 'EC2 scan mode', value: ({configuration}) => configuration.ec2ScanMode},
		{title: 'Images are rescanned for', value: ({configuration}) => configuration.ecrRescanDuration},
		{
			title: 'Deep inspection',
			value: ({configuration: {deepInspection: deep}}) => deep && `${deep.status}${deep.error ? `: ${deep.error}` : ''}`,
		},
		{
			title: 'Administrator',
			value: ({configuration: {administrator}}) =>
				administrator ? `${administrator.accountId} ${administrator.relationshipStatus}` : undefined,
		},
		{title: 'Members', value: ({configuration: {members}}) => members?.total},
		{title: 'Members scanned', value: ({configuration: {members}}) => members?.scanned},
		{
			title: 'Members not scanned',
			value: ({configuration: {members}}) =>
				members && members.unscanned.length > 0
					? members.unscanned.map(({accountId, status}) => `${accountId} ${status}`).join(', ')
					: undefined,
		},
		{title: 'Scans that run', value: ({configuration: {coverage}}) => coverage?.active},
		{title: 'Scans that do not', value: ({configuration: {coverage}}) => coverage?.inactive},
		{
			title: 'Why they do not',
			value: ({configuration: {coverage: counts}}) =>
				counts && Object.keys(counts.reasons).length > 0
					? Object.entries(counts.reasons)
							.map(([reason, count]) => `${count} ${reason}`)
							.join(', ')
					: undefined,
		},
	],
	rules: activationRules,
	consolePath: ({awsRegion}) => `inspector/v2/home?region=${awsRegion}#/settings/account-management`,
};

const coverage: Kind<Coverage> = {
	resourceType: 'AWS::InspectorV2::Coverage',
	title: 'Coverage',
	columns: [
		{title: 'Type', value: ({configuration}) => configuration.resourceType},
		{title: 'Scans', value: ({configuration: {scans}}) => scans?.map(({type, status}) => `${type} ${status}`.toLowerCase()).join(', ')},
		{
			title: 'Scanned',
			value: ({configuration: {scans}}) => {
				const at = scans
					?.flatMap(({lastScannedAt}) => lastScannedAt ?? [])
					.sort()
					.at(-1);
				return at === undefined ? undefined : {at};
			},
		},
	],
	facts: [
		{title: 'Type', value: ({configuration}) => configuration.resourceType},
		{title: 'Platform', value: ({configuration}) => configuration.platform},
		{title: 'Scans', value: ({configuration: {scans}}) => scans?.map(({type, status, reason}) => `${type} ${status} ${reason}`).join('; ')},
		{title: 'Mode', value: ({configuration: {scans}}) => scans?.find(({mode}) => mode !== undefined)?.mode},
		{title: 'ARN', value: ({arn}) => arn},
	],
	rules: coverageRules,
	consolePath: ({awsRegion}) => `inspector/v2/home?region=${awsRegion}#/settings/account-management`,
};

const backlogs: Kind<Backlog> = {
	resourceType: 'AWS::InspectorV2::FindingBacklog',
	title: 'Backlog',
	columns: [
		{title: 'Urgent', value: ({configuration: {urgent}}) => urgent && urgent.critical.count + urgent.exploitable.count},
		{title: 'Critical', value: ({configuration: {counted}}) => counted?.critical},
		{title: 'High', value: ({configuration: {counted}}) => counted?.high},
	],
	facts: [
		{title: 'Critical with a fix', value: ({configuration: {urgent}}) => urgent?.critical.count},
		{title: 'Exploitable with a fix', value: ({configuration: {urgent}}) => urgent?.exploitable.count},
		{title: 'Suppressed', value: ({configuration}) => configuration.suppressed},
		{title: 'Active, by Inspector’s own count', value: ({configuration: {counted}}) => counted?.all},
		{title: 'Critical, by its count', value: ({configuration: {counted}}) => counted?.critical},
		{title: 'High, by its count', value: ({configuration: {counted}}) => counted?.high},
		{title: 'Medium, by its count', value: ({configuration: {counted}}) => counted?.medium},
		{title: 'Exploitable, by its count', value: ({configuration: {counted}}) => counted?.exploitable},
		{
			title: 'Listed here',
			value: ({configuration: {listed}}) =>
				listed === 'urgent' ? 'only critical, high, exploitable and reachable ones: there are too many' : listed,
		},
	],
	rules: backlogRules,
	consolePath: ({awsRegion}) => `inspector/v2/home?region=${awsRegion}#/findings/all-findings`,
};

const exposures: Kind<Exposure> = {
	resourceType: 'AWS::InspectorV2::NetworkExposure',
	title: 'Open ports',
	columns: [{title: 'Findings', value: ({configuration: {count}}) => count}],
	facts: [
		{title: 'Active findings', value: ({configuration: {count}}) => count},
		{
			title: 'Open to the internet',
			value: ({configuration: {open}}) => open?.map(({on, ports}) => `${on} ${ports}`.trim()).join(', '),
		},
	],
	rules: exposureRules,
	consolePath: ({awsRegion}) => `inspector/v2/home?region=${awsRegion}#/findings/all-findings`,
};

export const inspector = defineService({
	id: 'inspector',
	title: 'Inspector',
	group: 'detection',
	leads: 'worst',
	scope: 'regional',
	refresh: {
		// 75,000 findings are 750 calls one after the other, and a fifth of five a second is one.
		full: {everyMs: 60 * 60_000, deadlineMs: 45 * 60_000},
		delta: {everyMs: 60_000, deadlineMs: 5 * 60_000},
	},
	iamPrefix: 'inspector2',
	operations: {
		BatchGetAccountStatus: {...unpublished, answers: ['accounts']},
		GetConfiguration: unpublished,
		GetEc2DeepInspectionConfiguration: unpublished,
		GetDelegatedAdminAccount: unpublished,
		ListMembers: {...unpublished, answers: ['members'], paging},
		ListCoverageStatistics: {...unpublished, answers: ['totalCounts']},
		ListCoverage: {...unpublished, answers: ['coveredResources'], paging},
		ListFindingAggregations: {...unpublished, answers: ['aggregationType']},
		ListFindings: {...unpublished, answers: ['findings'], paging},
	},
	kinds: [activations, coverage, exposures, backlogs],
	reports: {
		source: 'inspector',
		title: 'Findings',
		columns: [
			{title: 'Score', value: ({score}) => score},
			{title: 'EPSS', value: detail('epss')},
			{title: 'Exploit', value: ({marks}) => (marks.includes('exploit-available') ? 'known' : undefined)},
			{title: 'Fix', value: ({details: {fixAvailable}}) => (typeof fixAvailable === 'string' ? fixAvailable.toLowerCase() : undefined)},
			{title: 'Reach', value: ({marks}) => (marks.includes('internet-reachable') ? 'internet' : undefined)},
			{title: 'Vulnerability', value: ({type}) => type},
		],
		facts: [
			{title: 'Vulnerability', value: ({type}) => type},
			{title: 'Inspector score', value: ({score}) => score},
			{title: 'Inspector severity', value: detail('severity')},
			{title: 'Vendor severity', value: detail('vendorSeverity')},
			{title: 'EPSS', value: detail('epss')},
			{title: 'Exploit', value: detail('exploitAvailable')},
			{
				title: 'Last exploited',
				value: ({details: {lastKnownExploitAt: at}}) => (typeof at === 'string' ? {at} : undefined),
			},
			{title: 'Fix', value: detail('fixAvailable')},
			{title: 'Packages', value: packages},
			{title: 'Ports', value: detail('ports')},
			{title: 'Protocol', value: detail('protocol')},
			{title: 'Way in', value: ({details: {path}}) => (Array.isArray(path) ? path.join(' → ') : undefined)},
			{title: 'Image runs', value: ({details: {inUseCount: count}}) => (typeof count === 'number' ? `in ${count} places` : undefined)},
			{title: 'File', value: detail('file')},
			{title: 'Vector', value: detail('vector')},
			{title: 'State', value: ({recordState}) => recordState},
			{title: 'First seen', value: ({firstObservedAt}) => ({at: firstObservedAt})},
			{title: 'Last seen', value: ({lastObservedAt}) => ({at: lastObservedAt})},
			{title: 'Advisory', value: detail('sourceUrl')},
			{title: 'What it is', value: detail('description')},
		],
		consolePath: ({id, resource: {awsRegion}}) =>
			`inspector/v2/home?region=${awsRegion}#/findings/all-findings?findingArn=${encodeURIComponent(id)}`,
	},
	load: async () => import('./collect/index.js'),
});
