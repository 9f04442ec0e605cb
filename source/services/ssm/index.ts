import {defineService, hourMs, type Kind} from '../../model/index.js';
import {parameterRules, storeRules} from './rules/index.js';
import {type Parameter, parameterType, usdPerAdvancedMonth} from './rules/parameter.js';
import {policyInWords} from './rules/policy.js';
import {type ParameterStore, storeType} from './rules/store.js';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const endOf = ({policies = []}: Parameter): string | undefined => policies.find(({expiresAt}) => expiresAt !== undefined)?.expiresAt;

const parameters: Kind<Parameter> = {
	resourceType: parameterType,
	title: 'Parameters',
	columns: [
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Changed', value: ({configuration}) => at(configuration.lastModifiedAt)},
		{title: 'Ends', value: ({configuration}) => at(endOf(configuration))},
		{title: 'Path', value: ({configuration}) => configuration.path},
		{title: 'Tier', value: ({configuration}) => configuration.tier},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Path', value: ({configuration}) => configuration.path},
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Data type', value: ({configuration}) => configuration.dataType},
		{title: 'Tier', value: ({configuration}) => configuration.tier},
		{title: 'Key', value: ({configuration}) => configuration.keyId},
		{title: 'Version', value: ({configuration}) => configuration.version},
		{title: 'Changed', value: ({configuration}) => at(configuration.lastModifiedAt)},
		{title: 'Changed by', value: ({configuration}) => configuration.lastModifiedBy},
		{title: 'Deleted at', value: ({configuration}) => at(endOf(configuration))},
		{title: 'Policies', value: ({configuration: {policies}}) => policies?.map(policyInWords).join('; ') || undefined},
		{title: 'Values match', value: ({configuration}) => configuration.allowedPattern},
		{title: 'Shared by', value: ({configuration}) => configuration.sharedBy},
	],
	rules: parameterRules,
	expirations({configuration}) {
		const end = endOf(configuration);
		return end === undefined ? [] : [{what: 'parameter (deletion)', at: end}];
	},
	// Its owner pays for what is shared.
	usdPerMonth: ({configuration: {tier, sharedBy}}) => (tier === 'Advanced' && sharedBy === undefined ? usdPerAdvancedMonth : 0),
	// The console escapes names twice, slashes included.
	consolePath: ({resourceName, awsRegion}) =>
		`systems-manager/parameters/${encodeURIComponent(encodeURIComponent(resourceName.toWellFormed()))}/description?region=${awsRegion}&tab=Table`,
};

const stores: Kind<ParameterStore> = {
	resourceType: storeType,
	title: 'Parameter Store',
	columns: [
		{title: 'Standard', value: ({configuration: {counts}}) => counts?.standard},
		{title: 'Advanced', value: ({configuration: {counts}}) => counts?.advanced},
		{title: 'SecureStrings', value: ({configuration: {counts}}) => counts?.secureStrings},
		{title: 'New ones', value: ({configuration}) => configuration.defaultTier},
	],
	facts: [
		{title: 'Standard parameters', value: ({configuration: {counts}}) => counts?.standard},
		{title: 'Advanced parameters', value: ({configuration: {counts}}) => counts?.advanced},
		{title: 'SecureStrings', value: ({configuration: {counts}}) => counts?.secureStrings},
		{title: 'Shared by other accounts', value: ({configuration: {shared}}) => shared},
		{
			title: 'Advanced ones, USD a month',
			value: ({configuration: {counts}}) => counts && (counts.advanced * usdPerAdvancedMonth).toFixed(2),
		},
		{title: 'Tier of new parameters', value: ({configuration}) => configuration.defaultTier},
		{
			title: 'Higher throughput',
			value: ({configuration: {highThroughput}}) =>
				highThroughput === 'true' ? 'on, charged for by the call' : highThroughput === 'false' ? 'off' : highThroughput,
		},
		{
			title: 'Public sharing of documents',
			value: ({configuration: {documentsPublicSharing: setting}}) =>
				setting === 'Disable' ? 'blocked' : setting === 'Enable' ? 'not blocked' : setting,
		},
	],
	rules: storeRules,
	consolePath: ({awsRegion}) => `systems-manager/parameters/?region=${awsRegion}&tab=Table`,
};

export const ssm = defineService({
	id: 'ssm',
	title: 'Parameters',
	group: 'keys and secrets',
	leads: 'worst',
	scope: 'regional',
	// 10,000 parameters are 200 calls, and a fifth of three a second makes that six minutes.
	refresh: {full: {everyMs: 30 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 'ssm',
	operations: {
		DescribeParameters: {
			requestsPerSecond: 3,
			burst: 10,
			answers: ['Parameters'],
			paging: {input: 'NextToken', output: 'NextToken'},
			source: 'a guess: AWS publishes no rate, and others were throttled after about twenty calls in a row',
		},
		GetServiceSetting: {
			requestsPerSecond: 3,
			freshForMs: hourMs,
			answers: ['ServiceSetting'],
			source: 'a guess: AWS publishes no rate',
		},
	},
	kinds: [parameters, stores],
	load: async () => import('./collect.js'),
});
