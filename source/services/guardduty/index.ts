import {defineService, type Json, type Kind, type ReportedFinding} from '../../model/index.js';
import type {Backlog} from './rules/backlog.js';
import type {Detector} from './rules/detector.js';
import {backlogRules, detectorRules, miningRules} from './rules/index.js';
import type {Mining} from './rules/mining.js';

// GuardDuty publishes no request rates, only resource quotas: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html
// 5 a second is a guess that stays clear of the throttling others report.
const unpublished = {
	requestsPerSecond: 5,
	source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html (names no request rate: 5/s is a cautious guess)',
};

const detail = (name: string) => (finding: ReportedFinding) => {
	const value: Json | undefined = finding.details[name];
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
};

const steps = ({details: {signals}}: ReportedFinding): string | undefined =>
	Array.isArray(signals)
		? signals
				.map(one => (typeof one === 'object' && one !== null && 'name' in one ? `${one['name']} ${one['firstSeenAt'] ?? ''}`.trim() : ''))
				.join(', then ')
		: undefined;

const detectors: Kind<Detector> = {
	resourceType: 'AWS::GuardDuty::Detector',
	title: 'Detectors',
	columns: [
		{title: 'Status', value: ({configuration}) => configuration.status?.toLowerCase()},
		{
			title: 'Features',
			value: ({configuration: {features}}) =>
				features && `${Object.values(features).filter(({status}) => status === 'ENABLED').length} of ${Object.keys(features).length}`,
		},
		{title: 'Managed by', value: ({configuration: {administrator}}) => administrator?.accountId},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Created', value: ({configuration: {createdAt}}) => (createdAt === undefined ? undefined : {at: createdAt})},
		{title: 'Updates published', value: ({configuration}) => configuration.publishingFrequency},
		{
			title: 'On',
			value: ({configuration: {features}}) =>
				features &&
				Object.entries(features)
					.filter(([, {status}]) => status === 'ENABLED')
					.map(([name]) => name)
					.join(', '),
		},
		{
			title: 'Off',
			value: ({configuration: {features}}) =>
				features &&
				Object.entries(features)
					.filter(([, {status}]) => status !== 'ENABLED')
					.map(([name]) => name)
					.join(', '),
		},
		{
			title: 'Administrator',
			value: ({configuration: {administrator}}) =>
				administrator ? `${administrator.accountId} ${administrator.relationshipStatus}` : undefined,
		},
		{title: 'Comes on in members', value: ({configuration: {organization}}) => organization?.autoEnable},
		{title: 'Members', value: ({configuration: {members}}) => members?.total},
		{title: 'Members watched', value: ({configuration: {members}}) => members?.watched},
		{
			title: 'Members not watched',
			value: ({configuration: {members}}) =>
				members && members.unwatched.length > 0
					? members.unwatched.map(({accountId, status}) => `${accountId} ${status}`).join(', ')
					: undefined,
		},
		{
			title: 'Members lack',
			value: ({configuration: {membersLacking}}) =>
				membersLacking && Object.keys(membersLacking).length > 0
					? Object.entries(membersLacking)
							.map(([feature, {count, accountIds}]) => `${feature} (${count}: ${accountIds.join(', ')})`)
							.join('; ')
					: undefined,
		},
		{title: 'Accounts of the organisation', value: ({configuration: {organizationCounts}}) => organizationCounts?.accounts},
		{title: 'Of them with GuardDuty', value: ({configuration: {organizationCounts}}) => organizationCounts?.watched},
		{
			title: 'Exported to',
			value: ({configuration: {destinations}}) => destinations?.map(({type, status}) => `${type} ${status}`).join(', '),
		},
		{title: 'Reporting', value: ({configuration: {coverage}}) => coverage?.healthy},
		{title: 'Not reporting', value: ({configuration: {coverage}}) => coverage?.unhealthy},
	],
	rules: detectorRules,
	consolePath: ({awsRegion}) => `guardduty/home?region=${awsRegion}#/settings`,
};

const backlogs: Kind<Backlog> = {
	resourceType: 'AWS::GuardDuty::FindingBacklog',
	title: 'Backlog',
	columns: [
		{title: 'Critical', value: ({configuration: {active}}) => active?.CRITICAL},
		{title: 'High', value: ({configuration: {active}}) => active?.HIGH},
		{title: 'Medium', value: ({configuration: {active}}) => active?.MEDIUM},
		{title: 'Low', value: ({configuration: {active}}) => active?.LOW},
	],
	facts: [
		{title: 'Active, critical', value: ({configuration: {active}}) => active?.CRITICAL},
		{title: 'Active, high', value: ({configuration: {active}}) => active?.HIGH},
		{title: 'Active, medium', value: ({configuration: {active}}) => active?.MEDIUM},
		{title: 'Active, low', value: ({configuration: {active}}) => active?.LOW},
		{title: 'Attack sequences', value: ({configuration}) => configuration.attackSequences},
		{title: 'Crypto mining', value: ({configuration}) => configuration.cryptoMining},
		{title: 'Archived', value: ({configuration}) => configuration.archived},
		{title: 'Samples', value: ({configuration}) => configuration.samples},
		{title: 'Not archived, by GuardDuty’s own count', value: ({configuration}) => configuration.counted},
	],
	rules: backlogRules,
	consolePath: ({awsRegion}) => `guardduty/home?region=${awsRegion}#/findings`,
};

const mining: Kind<Mining> = {
	resourceType: 'AWS::GuardDuty::CryptoMining',
	title: 'Crypto mining',
	columns: [{title: 'Findings', value: ({configuration: {count}}) => count}],
	facts: [
		{title: 'Active findings', value: ({configuration: {count}}) => count},
		{title: 'On', value: ({configuration: {miners}}) => miners && [...new Set(miners.map(({on}) => on))].join(', ')},
	],
	rules: miningRules,
	consolePath: ({awsRegion}) => `guardduty/home?region=${awsRegion}#/findings`,
};

export const guardduty = defineService({
	id: 'guardduty',
	title: 'GuardDuty',
	group: 'detection',
	leads: 'worst',
	scope: 'regional',
	refresh: {
		// 20,000 findings are 800 calls, and a fifth of five a second is one.
		full: {everyMs: 60 * 60_000, deadlineMs: 30 * 60_000},
		delta: {everyMs: 60_000, deadlineMs: 5 * 60_000},
	},
	iamPrefix: 'guardduty',
	operations: {
		ListDetectors: {...unpublished, answers: ['DetectorIds'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetDetector: {...unpublished, answers: ['Status']},
		GetAdministratorAccount: unpublished,
		DescribeOrganizationConfiguration: {...unpublished, answers: ['MemberAccountLimitReached']},
		ListMembers: {...unpublished, answers: ['Members'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetMemberDetectors: {...unpublished, answers: ['MemberDataSourceConfigurations']},
		GetOrganizationStatistics: unpublished,
		ListPublishingDestinations: {...unpublished, answers: ['Destinations'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetCoverageStatistics: {...unpublished, answers: ['CoverageStatistics']},
		ListCoverage: {...unpublished, answers: ['Resources']},
		GetFindingsStatistics: {...unpublished, answers: ['FindingStatistics']},
		ListFindings: {...unpublished, answers: ['FindingIds'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetFindings: {...unpublished, answers: ['Findings']},
	},
	kinds: [detectors, mining, backlogs],
	reports: {
		source: 'guardduty',
		title: 'Findings',
		columns: [
			{title: 'Score', value: ({score}) => score},
			{title: 'Type', value: ({type}) => type},
			{title: 'Count', value: detail('count')},
			{title: 'From', value: detail('remoteIp')},
			{title: 'Seen', value: ({lastObservedAt}) => ({at: lastObservedAt})},
		],
		facts: [
			{title: 'Type', value: ({type}) => type},
			{title: 'Severity', value: ({score}) => score},
			{title: 'What GuardDuty says', value: detail('description')},
			{title: 'First seen', value: ({firstObservedAt}) => ({at: firstObservedAt})},
			{title: 'Last seen', value: ({lastObservedAt}) => ({at: lastObservedAt})},
			{title: 'Times', value: detail('count')},
			{title: 'State', value: ({recordState}) => recordState},
			{title: 'Action', value: detail('action')},
			{title: 'API', value: detail('api')},
			{
				title: 'Port',
				value: ({details: {direction, localPort, remotePort, probedPort}}) => {
					const port = probedPort ?? (direction === 'OUTBOUND' ? remotePort : localPort);
					return typeof port === 'number' ? port : undefined;
				},
			},
			{title: 'Domain', value: detail('domain')},
			{title: 'From', value: detail('remoteIp')},
			{title: 'Country', value: detail('remoteCountry')},
			{title: 'Network of', value: detail('remoteOrganization')},
			{title: 'Its part', value: detail('role')},
			{title: 'Sequence', value: detail('sequence')},
			{title: 'Steps', value: steps},
			{
				title: 'Resources of the sequence',
				value: ({details: {sequenceResources: value}}) => (Array.isArray(value) ? value.join(', ') : undefined),
			},
			{title: 'Part of', value: detail('attackSequence')},
		],
		consolePath: ({id, resource: {awsRegion}}) => `guardduty/home?region=${awsRegion}#/findings?macros=all&fId=${encodeURIComponent(id)}`,
	},
	load: async () => import('./collect/index.js'),
});
