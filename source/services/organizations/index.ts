import {defineService, hourMs, type Kind} from '../../model/index.js';
import {accountRules, organizationRules, serviceRules} from './rules/index.js';
import type {DelegatedService, MemberAccount, Organization} from './rules/organization.js';

// Organizations throttles by account and organisation, in numbers that it does not publish; one a second is what others live with.
const unpublished = {
	requestsPerSecond: 1,
	burst: 5,
	source: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html (names no rate: 1/s is a cautious guess)',
};
const paging = {input: 'NextToken', output: 'NextToken'};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const yesOrNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no');
const statesInWords = ({accounts}: Organization): string | undefined =>
	accounts
		? Object.entries(accounts)
				.map(([state, count]) => `${count} ${state.toLowerCase().replaceAll('_', ' ')}`)
				.join(', ')
		: undefined;
const total = ({accounts}: Organization): number | undefined =>
	accounts ? Object.values(accounts).reduce((sum, count) => sum + count, 0) : undefined;

const organisations: Kind<Organization> = {
	resourceType: 'AWS::Organizations::Organization',
	title: 'Organisation',
	columns: [
		{title: 'Features', value: ({configuration: {featureSet}}) => featureSet?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Accounts', value: ({configuration}) => total(configuration)},
		{title: 'Managed by', value: ({configuration: {managementAccountId}}) => managementAccountId},
	],
	facts: [
		{title: 'Organisation', value: ({configuration: {id, inUse}}) => id ?? (inUse === false ? 'none' : undefined)},
		{title: 'Management account', value: ({configuration: {managementAccountId}}) => managementAccountId},
		{title: 'This account manages it', value: ({configuration: {isManagement}}) => yesOrNo(isManagement)},
		{title: 'Features', value: ({configuration: {featureSet}}) => featureSet},
		{title: 'Accounts', value: ({configuration}) => statesInWords(configuration)},
		{title: 'Services with access', value: ({configuration: {trustedServices}}) => trustedServices?.join(', ') || undefined},
	],
	rules: organizationRules,
	consolePath: () => 'organizations/v2/home?region=us-east-1#/dashboard',
};

const accounts: Kind<MemberAccount> = {
	resourceType: 'AWS::Organizations::Account',
	title: 'Accounts',
	columns: [
		{title: 'State', value: ({configuration: {state}}) => state?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Account', value: ({resourceId}) => resourceId},
		{title: 'Administers', value: ({configuration: {administers}}) => administers.join(', ') || undefined},
		{title: 'Joined', value: ({configuration: {joinedAt}}) => at(joinedAt)},
	],
	facts: [
		{title: 'Account', value: ({resourceId}) => resourceId},
		{title: 'State', value: ({configuration: {state}}) => state},
		{title: 'Management account', value: ({configuration: {isManagement}}) => yesOrNo(isManagement)},
		{title: 'Administers', value: ({configuration: {administers}}) => administers.join(', ') || undefined},
		{title: 'Joined', value: ({configuration: {joinedAt}}) => at(joinedAt)},
		{title: 'Came by', value: ({configuration: {joinedMethod}}) => joinedMethod?.toLowerCase()},
	],
	rules: accountRules,
	consolePath: ({resourceId}) => `organizations/v2/home/accounts/${encodeURIComponent(resourceId)}?region=us-east-1`,
};

const administratorsInWords = ({administrators}: DelegatedService): string | undefined =>
	administrators &&
	(administrators.map(({accountId, name}) => (name === undefined ? accountId : `${name} (${accountId})`)).join(', ') || 'none');

const services: Kind<DelegatedService> = {
	resourceType: 'AWS::Organizations::DelegatedService',
	title: 'Security services',
	columns: [
		{title: 'Service', value: ({configuration: {name}}) => name},
		{title: 'Run by', value: ({configuration}) => administratorsInWords(configuration)},
		{title: 'Access', value: ({configuration: {trustedAccess}}) => yesOrNo(trustedAccess)},
	],
	facts: [
		{title: 'Service', value: ({configuration: {name}}) => name},
		{title: 'Run by', value: ({configuration}) => administratorsInWords(configuration)},
		{title: 'Since', value: ({configuration: {administrators}}) => at(administrators?.[0]?.since)},
		{title: 'Access to the organisation', value: ({configuration: {trustedAccess}}) => yesOrNo(trustedAccess)},
	],
	rules: serviceRules,
	consolePath: ({resourceId}) => `organizations/v2/home/services/${encodeURIComponent(resourceId)}?region=us-east-1`,
};

export const organizations = defineService({
	id: 'organizations',
	title: 'Organisation',
	group: 'organisation',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	// Ten thousand accounts are 500 pages, and a fifth of one a second is five seconds each.
	refresh: {full: {everyMs: 3 * hourMs, deadlineMs: hourMs}},
	iamPrefix: 'organizations',
	operations: {
		DescribeOrganization: {...unpublished, answers: ['Organization']},
		ListAccounts: {...unpublished, answers: ['Accounts'], paging},
		ListDelegatedAdministrators: {...unpublished, answers: ['DelegatedAdministrators'], paging},
		ListAWSServiceAccessForOrganization: {...unpublished, answers: ['EnabledServicePrincipals'], paging},
	},
	kinds: [organisations, services, accounts],
	load: async () => import('./collect/index.js'),
});
