import {defineService, hourMs, type Kind} from '../../model/index.js';
import {type Account, accountRules, type Region, regionRules} from './rules.js';

const quotas = 'https://docs.aws.amazon.com/accounts/latest/reference/quotas.html';

const contactInWords = ({securityContact}: Account): string | undefined =>
	securityContact === undefined ? undefined : securityContact ? 'registered' : 'none';

const accounts: Kind<Account> = {
	resourceType: 'AWS::Account::Account',
	title: 'Account',
	columns: [{title: 'Security contact', value: ({configuration}) => contactInWords(configuration)}],
	facts: [{title: 'Security contact', value: ({configuration}) => contactInWords(configuration)}],
	rules: accountRules,
	consolePath: () => 'billing/home?region=us-east-1#/account',
};

const statuses: ReadonlyMap<string, string> = new Map([
	['ENABLED_BY_DEFAULT', 'on by default'],
	['ENABLED', 'opted in'],
	['ENABLING', 'being enabled'],
	['DISABLING', 'being disabled'],
	['DISABLED', 'off'],
]);

const regions: Kind<Region> = {
	resourceType: 'AWS::Account::Region',
	title: 'Regions',
	columns: [{title: 'Status', value: ({configuration: {status}}) => statuses.get(status) ?? status}],
	facts: [{title: 'Status', value: ({configuration: {status}}) => status}],
	rules: regionRules,
	consolePath: () => 'billing/home?region=us-east-1#/account',
};

export const account = defineService({
	id: 'account',
	title: 'Account and Regions',
	group: 'organisation',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	refresh: {full: {everyMs: hourMs, deadlineMs: 60_000}},
	iamPrefix: 'account',
	operations: {
		ListRegions: {requestsPerSecond: 5, answers: ['Regions'], paging: {input: 'NextToken', output: 'NextToken'}, source: quotas},
		// Three a second in China, ten elsewhere. Never with a life of its own: what it answers is personal data.
		GetAlternateContact: {requestsPerSecond: 3, burst: 5, answers: ['AlternateContact'], source: quotas},
	},
	kinds: [accounts, regions],
	load: async () => import('./collect.js'),
});
