import {defineService, hourMs, type Kind, listed} from '../../model/index.js';
import {policyRules} from './rules/index.js';
import {exampleInWords, type Members, type Policy, policyType, serviceInWords} from './rules/policy.js';

// Firewall Manager publishes no request rates: https://docs.aws.amazon.com/waf/latest/developerguide/fms-limits.html
const unpublished = {
	requestsPerSecond: 2,
	source: 'https://docs.aws.amazon.com/waf/latest/developerguide/fms-limits.html (names no request rate: 2/s is a cautious guess)',
};
const paging = {input: 'NextToken', output: 'NextToken'};
const minuteMs = 60_000;

const yesNo = (is: boolean | undefined) => (is === undefined ? undefined : is ? 'yes' : 'no');
const membersInWords = (members: Members | null | undefined, none: string): string | undefined =>
	members === undefined ? undefined : members === null ? none : listed([...members.accountIds, ...members.orgUnitIds], 10);

const policies: Kind<Policy> = {
	resourceType: policyType,
	title: 'Policies',
	columns: [
		{title: 'For', value: ({configuration}) => configuration.serviceType?.toLowerCase().replaceAll('_', ' ')},
		{
			title: 'Comply',
			value: ({configuration: {compliance}}) => compliance && `${compliance.compliant} of ${compliance.accounts}`,
		},
		{title: 'Mends', value: ({configuration}) => yesNo(configuration.remediates)},
		{title: 'Evaluated', value: ({configuration: {compliance}}) => compliance?.updatedAt && {at: compliance.updatedAt}},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Service', value: ({configuration}) => configuration.serviceType},
		{title: 'Resources', value: ({configuration: {resourceTypes}}) => resourceTypes.join(', ') || undefined},
		{title: 'Mends what does not comply', value: ({configuration}) => yesNo(configuration.remediates)},
		{title: 'Cleans up what leaves its scope', value: ({configuration}) => yesNo(configuration.cleansUp)},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'For', value: ({configuration}) => membersInWords(configuration.includes, 'every account')},
		{title: 'Not for', value: ({configuration}) => membersInWords(configuration.excludes, 'none left out')},
		{
			title: 'Resource tags',
			value: ({configuration: {resourceTags = [], excludesTags}}) =>
				resourceTags.length === 0
					? undefined
					: `${excludesTags === true ? 'without' : 'with'} ${resourceTags.map(({key, value}) => (value ? `${key}=${value}` : key)).join(', ')}`,
		},
		{title: 'Accounts', value: ({configuration}) => configuration.compliance?.accounts},
		{title: 'Comply', value: ({configuration}) => configuration.compliance?.compliant},
		{title: 'Do not comply', value: ({configuration}) => configuration.compliance?.nonCompliant},
		{
			title: 'Accounts that do not comply',
			value: ({configuration: {compliance}}) =>
				compliance &&
				(listed(
					compliance.violations.map(({accountId, resources}) => `${accountId} (${resources})`),
					20,
				) ||
					undefined),
		},
		{
			title: 'Such as',
			value: ({configuration: {compliance}}) =>
				compliance &&
				(compliance.violations
					.flatMap(({accountId, examples = []}) => examples.map(example => `${accountId} ${exampleInWords(example)}`))
					.join('; ') ||
					undefined),
		},
		{
			title: 'Trouble',
			value: ({configuration: {compliance}}) =>
				compliance &&
				(compliance.issues.map(({accountId, service, message}) => `${accountId} ${serviceInWords(service)}: ${message}`).join('; ') ||
					'none'),
		},
		{title: 'Evaluated', value: ({configuration: {compliance}}) => compliance?.updatedAt && {at: compliance.updatedAt}},
		{title: 'What it demands', value: ({configuration}) => configuration.managedServiceData},
	],
	rules: policyRules,
	consolePath: ({resourceId, awsRegion}) => `wafv2/fmsv2/policies/${encodeURIComponent(resourceId.toWellFormed())}?region=${awsRegion}`,
};

export const fms = defineService({
	id: 'fms',
	title: 'Firewall Manager',
	group: 'organisation',
	leads: 'worst',
	// Policies are made in each Region for itself; those for CloudFront in us-east-1.
	scope: 'regional',
	// 20 policies over 1,000 accounts are 200 calls, and a fifth of two a second is 0.4.
	refresh: {full: {everyMs: 30 * minuteMs, deadlineMs: 15 * minuteMs}},
	iamPrefix: 'fms',
	operations: {
		ListPolicies: {...unpublished, answers: ['PolicyList'], paging},
		GetPolicy: {...unpublished, freshForMs: 2 * hourMs, answers: ['Policy']},
		// Kept so long that a collection that was cut short goes on where it stopped.
		ListComplianceStatus: {...unpublished, freshForMs: 20 * minuteMs, answers: ['PolicyComplianceStatusList'], paging},
		GetComplianceDetail: {...unpublished, slow: true, freshForMs: 24 * hourMs, answers: ['PolicyComplianceDetail']},
		GetAdminAccount: {...unpublished, freshForMs: 24 * hourMs},
	},
	kinds: [policies],
	load: async () => import('./collect.js'),
});
