import {defineService, hourMs, type Kind} from '../../model/index.js';
import {type ConfigRule, certificateCheck, configRuleType, countInWords, daysToExpiration} from './rules/config-rule.js';
import {configRuleRules, recorderRules} from './rules/index.js';
import {type Recorder, recorderType} from './rules/recorder.js';

// AWS Config publishes quotas on rules and recorders, not on calls: https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html
const unpublished = {
	requestsPerSecond: 5,
	source: 'https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html (names no request rate: 5/s is a cautious guess)',
};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const state = ({name, isRecording, status}: Recorder): string | undefined =>
	name === null ? 'none' : isRecording === undefined ? undefined : isRecording ? (status === 'FAILURE' ? 'failing' : 'on') : 'stopped';

const recorders: Kind<Recorder> = {
	resourceType: recorderType,
	title: 'Recorders',
	columns: [
		{title: 'Recorder', value: ({configuration}) => state(configuration)},
		{title: 'Records', value: ({configuration}) => configuration.records},
		{title: 'Delivers to', value: ({configuration: {channel}}) => channel?.bucket},
		{title: 'Rules', value: ({configuration}) => configuration.ruleCount},
	],
	facts: [
		{title: 'Recorder', value: ({configuration}) => state(configuration)},
		{title: 'Its name', value: ({configuration}) => configuration.name},
		{title: 'Last status', value: ({configuration}) => configuration.status},
		{
			title: 'Error',
			value: ({configuration: {errorCode, errorMessage}}) => [errorCode, errorMessage].filter(Boolean).join(': ') || undefined,
		},
		{title: 'Started', value: ({configuration}) => at(configuration.startedAt)},
		{title: 'Stopped', value: ({configuration}) => at(configuration.stoppedAt)},
		{title: 'Records', value: ({configuration}) => configuration.records},
		{title: 'Of a list', value: ({configuration: {listedTypes}}) => listedTypes?.join(', ') || undefined},
		{
			title: 'Global types of IAM',
			value: ({configuration: {recordsGlobalTypes: here}}) =>
				here === undefined ? undefined : here ? 'recorded here' : 'not recorded here',
		},
		{title: 'How often', value: ({configuration}) => configuration.frequency?.toLowerCase()},
		{title: 'More or less often', value: ({configuration: {otherFrequencies}}) => otherFrequencies?.join(', ') || undefined},
		{title: 'Role', value: ({configuration}) => configuration.roleArn},
		{title: 'Delivers to', value: ({configuration: {channel}}) => (channel === null ? 'nowhere' : channel?.bucket)},
		{title: 'Key of the files', value: ({configuration: {channel}}) => channel?.keyArn},
		{title: 'Tells of changes', value: ({configuration: {channel}}) => channel?.topicArn},
		{title: 'History delivered', value: ({configuration: {deliveries}}) => at(deliveries?.history?.succeededAt)},
		{title: 'Snapshot delivered', value: ({configuration: {deliveries}}) => at(deliveries?.snapshot?.succeededAt)},
		{title: 'Rules', value: ({configuration}) => configuration.ruleCount},
		{title: 'Rules on ends of certificates', value: ({configuration: {certificateRules}}) => certificateRules?.join(', ') || undefined},
	],
	rules: recorderRules,
	consolePath: ({awsRegion}) => `config/home?region=${awsRegion}#/settings`,
};

/** How many of what does not comply are written out. */
const shown = 20;

const configRules: Kind<ConfigRule> = {
	resourceType: configRuleType,
	title: 'Rules',
	columns: [
		{title: 'Config says', value: ({configuration}) => configuration.compliance?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Not compliant', value: ({configuration}) => countInWords(configuration)},
		{title: 'By', value: ({configuration: {createdBy}}) => createdBy?.replace('.amazonaws.com', '')},
		{
			title: 'Days',
			value: ({configuration}) => (configuration.sourceIdentifier === certificateCheck ? daysToExpiration(configuration) : undefined),
		},
	],
	facts: [
		{title: 'Description', value: ({configuration}) => configuration.description},
		{title: 'Identifier', value: ({configuration}) => configuration.sourceIdentifier},
		{title: 'State', value: ({configuration}) => configuration.state},
		{title: 'Config says', value: ({configuration}) => configuration.compliance},
		{title: 'Not compliant', value: ({configuration}) => countInWords(configuration)},
		{
			title: 'Which',
			value: ({configuration: {nonCompliant}}) =>
				nonCompliant
					?.slice(0, shown)
					.map(({resourceId, annotation}) => (annotation === undefined ? resourceId : `${resourceId} (${annotation})`))
					.join('; ') || undefined,
		},
		{
			title: 'Parameters',
			value: ({configuration: {parameters}}) =>
				Object.entries(parameters)
					.map(([name, value]) => `${name} ${value}`)
					.join(', ') || undefined,
		},
		{title: 'Runs', value: ({configuration}) => configuration.frequency},
		{title: 'Made by', value: ({configuration}) => configuration.createdBy},
	],
	rules: configRuleRules,
	consolePath: ({resourceName, awsRegion}) =>
		`config/home?region=${awsRegion}#/rules/details?configRuleName=${encodeURIComponent(resourceName.toWellFormed())}`,
};

export const config = defineService({
	id: 'config',
	title: 'AWS Config',
	group: 'organisation',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 5 * 60_000}},
	iamPrefix: 'config',
	operations: {
		DescribeConfigurationRecorders: {...unpublished, answers: ['ConfigurationRecorders']},
		DescribeConfigurationRecorderStatus: {...unpublished, answers: ['ConfigurationRecordersStatus']},
		DescribeDeliveryChannels: {...unpublished, answers: ['DeliveryChannels']},
		DescribeDeliveryChannelStatus: {...unpublished, answers: ['DeliveryChannelsStatus']},
		DescribeConfigRules: {...unpublished, answers: ['ConfigRules'], paging: {input: 'NextToken', output: 'NextToken'}},
		DescribeComplianceByConfigRule: {
			...unpublished,
			answers: ['ComplianceByConfigRules'],
			paging: {input: 'NextToken', output: 'NextToken'},
		},
		// Of the check of certificates alone, which runs once a day.
		GetComplianceDetailsByConfigRule: {
			...unpublished,
			freshForMs: hourMs,
			answers: ['EvaluationResults'],
			paging: {input: 'NextToken', output: 'NextToken'},
		},
	},
	kinds: [recorders, configRules],
	load: async () => import('./collect/index.js'),
});
