import {defineService, type Json, type Kind, type ReportedFinding} from '../../model/index.js';
import type {Backlog} from './rules/backlog.js';
import type {Hub} from './rules/hub.js';
import {backlogRules, hubRules} from './rules/index.js';

const throttling = 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html';
// "All other operations - RateLimit of 10 requests per second. BurstLimit of 30 requests per second."
const others = {requestsPerSecond: 10, burst: 30, source: throttling};

const text = (name: string) => (finding: ReportedFinding) => {
	const value: Json | undefined = finding.details[name];
	return typeof value === 'string' ? value : undefined;
};
const list = (name: string) => (finding: ReportedFinding) => {
	const value: Json | undefined = finding.details[name];
	return Array.isArray(value) && value.length > 0 ? value.join(', ') : undefined;
};

const standardsInWords = ({standards}: Hub): string | undefined =>
	standards && (standards.map(({name, status}) => (status === 'READY' ? name : `${name} (${status.toLowerCase()})`)).join(', ') || 'none');

const hubs: Kind<Hub> = {
	resourceType: 'AWS::SecurityHub::Hub',
	title: 'Hubs',
	columns: [
		{title: 'Status', value: ({configuration: {enabled}}) => (enabled === undefined ? undefined : enabled ? 'on' : 'off')},
		{title: 'Standards', value: ({configuration}) => standardsInWords(configuration)},
		{
			title: 'Managed by',
			value: ({configuration: {administrator, organization}}) => administrator?.accountId ?? (organization ? 'itself' : undefined),
		},
	],
	facts: [
		{title: 'Status', value: ({configuration: {enabled}}) => (enabled === undefined ? undefined : enabled ? 'on' : 'off')},
		{title: 'Enabled', value: ({configuration: {since}}) => (since === undefined ? undefined : {at: since})},
		{title: 'Standards', value: ({configuration}) => standardsInWords(configuration)},
		{
			title: 'Not whole because of',
			value: ({configuration: {standards}}) =>
				standards?.flatMap(({name, reason}) => (reason === undefined ? [] : [`${name}: ${reason}`])).join(', ') || undefined,
		},
		{
			title: 'New controls',
			value: ({configuration: {newControlsEnabled}}) =>
				newControlsEnabled === undefined ? undefined : newControlsEnabled ? 'come on by themselves' : 'stay off',
		},
		{title: 'Findings made by', value: ({configuration: {findingGenerator}}) => findingGenerator},
		{
			title: 'Administrator',
			value: ({configuration: {administrator}}) => (administrator ? `${administrator.accountId} ${administrator.status}` : undefined),
		},
		{title: 'Configures members', value: ({configuration: {organization}}) => organization?.configuration},
		{
			title: 'Comes on in members',
			value: ({configuration: {organization}}) => (organization ? String(organization.autoEnable) : undefined),
		},
		{title: 'Standards in new members', value: ({configuration: {organization}}) => organization?.autoEnableStandards},
	],
	rules: hubRules,
	consolePath: ({awsRegion}) => `securityhub/home?region=${awsRegion}#/summary`,
};

const backlogs: Kind<Backlog> = {
	resourceType: 'AWS::SecurityHub::FindingBacklog',
	title: 'Failures',
	columns: [
		{title: 'Critical', value: ({configuration: {failed}}) => failed?.CRITICAL},
		{title: 'High', value: ({configuration: {failed}}) => failed?.HIGH},
		{title: 'Medium', value: ({configuration: {failed}}) => failed?.MEDIUM},
		{title: 'Controls', value: ({configuration: {controls}}) => controls},
	],
	facts: [
		{title: 'Failed, critical', value: ({configuration: {failed}}) => failed?.CRITICAL},
		{title: 'Failed, high', value: ({configuration: {failed}}) => failed?.HIGH},
		{title: 'Failed, medium', value: ({configuration: {failed}}) => failed?.MEDIUM},
		{title: 'Controls', value: ({configuration: {controls}}) => controls},
		{title: 'Accounts', value: ({configuration: {accounts}}) => accounts},
		{title: 'Owners told', value: ({configuration: {notified}}) => notified},
		{
			title: 'Worst',
			value: ({configuration: {worst}}) => worst?.map(({controlId, count}) => `${controlId} (${count})`).join(', ') || undefined,
		},
	],
	rules: backlogRules,
	consolePath: ({awsRegion}) => `securityhub/home?region=${awsRegion}#/findings`,
};

export const securityhub = defineService({
	id: 'securityhub',
	title: 'Security Hub',
	group: 'detection',
	leads: 'worst',
	scope: 'regional',
	refresh: {
		// 20,000 failures are 200 calls, and a fifth of three a second is 0.6.
		full: {everyMs: 60 * 60_000, deadlineMs: 30 * 60_000},
		// Checks run every twelve hours or when something changes: more often there is nothing new.
		delta: {everyMs: 5 * 60_000, deadlineMs: 5 * 60_000},
	},
	iamPrefix: 'securityhub',
	operations: {
		DescribeHub: {...others, answers: ['HubArn']},
		GetEnabledStandards: {...others, answers: ['StandardsSubscriptions'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetAdministratorAccount: others,
		DescribeOrganizationConfiguration: others,
		GetFindings: {requestsPerSecond: 3, burst: 6, answers: ['Findings'], source: throttling},
	},
	kinds: [hubs, backlogs],
	reports: {
		source: 'securityhub',
		title: 'Failed controls',
		columns: [
			{title: 'Control', value: ({type}) => type},
			{title: 'Workflow', value: finding => text('workflow')(finding)?.toLowerCase()},
			{title: 'Seen', value: ({lastObservedAt}) => ({at: lastObservedAt})},
		],
		facts: [
			{title: 'Control', value: ({type}) => type},
			{title: 'What it asks', value: text('description')},
			{title: 'What Security Hub says', value: text('annotation')},
			{title: 'Status', value: text('compliance')},
			{title: 'Status before', value: text('previously')},
			{title: 'Because of', value: list('statusReasons')},
			{title: 'Workflow', value: text('workflow')},
			{title: 'State', value: ({recordState}) => recordState},
			{title: 'First seen', value: ({firstObservedAt}) => ({at: firstObservedAt})},
			{title: 'Last seen', value: ({lastObservedAt}) => ({at: lastObservedAt})},
			{title: 'Standards', value: list('standards')},
			{title: 'Requirements', value: list('requirements')},
			{title: 'Config rule', value: text('configRule')},
			{title: 'Generator', value: text('generatorId')},
			{title: 'Account', value: text('accountName')},
			{title: 'Resources', value: list('resources')},
		],
		consolePath: ({id, resource: {awsRegion}}) =>
			`securityhub/home?region=${awsRegion}#/findings?search=${encodeURIComponent(`Id=${encodeURIComponent(`\\operator\\:EQUALS\\:${id}`)}`)}`,
	},
	load: async () => import('./collect/index.js'),
});
