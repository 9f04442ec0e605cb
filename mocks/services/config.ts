import {
	ComplianceType,
	ConfigRuleState,
	DescribeComplianceByConfigRuleCommand,
	DescribeConfigRulesCommand,
	DescribeConfigurationRecorderStatusCommand,
	DescribeConfigurationRecordersCommand,
	DescribeDeliveryChannelStatusCommand,
	DescribeDeliveryChannelsCommand,
	GetComplianceDetailsByConfigRuleCommand,
	RecordingStrategyType,
} from '@aws-sdk/client-config-service';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {ConfigRuleRecord, ConfigState, Evaluation} from './config-state.js';

// Behaviour is that of https://docs.aws.amazon.com/config/latest/APIReference/API_Operations.html.

const admit = ({state, operation, denied}: Context<ConfigState>): void => {
	const reason = state.refused[operation];
	if (reason !== undefined) throw denied(undefined, reason);
};

// Up to 25 names in a call, and 25 rules in a page that nobody may ask to be longer or shorter.
const atOnce = 25;
const byToken = {token: 'NextToken', limit: 'NextToken', defaultLimit: atOnce, maximumLimit: atOnce} as const;

const named = (names: readonly string[] | undefined, {state, invalid}: Context<ConfigState>): readonly ConfigRuleRecord[] => {
	if (names === undefined || names.length === 0) return state.rules;
	if (names.length > atOnce) throw invalid('The number of ConfigRule names exceeds the limit of 25.');
	return names.map(name => {
		const found = state.rules.find(({rule}) => rule.ConfigRuleName === name);
		if (found !== undefined) return found;
		throw new AwsError(
			'NoSuchConfigRuleException',
			`The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name.`,
		);
	});
};

const resultOf = (name: string, {resourceType, resourceId, annotation, recordedAt}: Evaluation) => ({
	EvaluationResultIdentifier: {
		EvaluationResultQualifier: {
			ConfigRuleName: name,
			ResourceType: resourceType,
			ResourceId: resourceId,
			EvaluationMode: 'DETECTIVE' as const,
		},
		OrderingTimestamp: recordedAt,
	},
	ComplianceType: ComplianceType.Non_Compliant,
	ResultRecordedTime: recordedAt,
	ConfigRuleInvokedTime: recordedAt,
	...(annotation !== undefined && {Annotation: annotation}),
});

export const config = defineMockService({
	id: 'config',
	signingName: 'config',
	protocol: {name: 'awsJson1.1', target: 'StarlingDoveService'},
	errors: {validation: 'InvalidParameterValueException', invalidToken: 'InvalidNextTokenException'},
	enums: [ComplianceType, ConfigRuleState, RecordingStrategyType, {Success: 'SUCCESS', Failure: 'FAILURE', Pending: 'PENDING'}],
	empty: (): ConfigState => ({rules: [], refused: {}}),
	commands: {
		DescribeConfigurationRecorders: DescribeConfigurationRecordersCommand,
		DescribeConfigurationRecorderStatus: DescribeConfigurationRecorderStatusCommand,
		DescribeDeliveryChannels: DescribeDeliveryChannelsCommand,
		DescribeDeliveryChannelStatus: DescribeDeliveryChannelStatusCommand,
		DescribeConfigRules: DescribeConfigRulesCommand,
		DescribeComplianceByConfigRule: DescribeComplianceByConfigRuleCommand,
		GetComplianceDetailsByConfigRule: GetComplianceDetailsByConfigRuleCommand,
	},
	handlers: {
		DescribeConfigurationRecorders: (_, context) => {
			admit(context);
			return {ConfigurationRecorders: context.state.recorder === undefined ? [] : [context.state.recorder.recorder]};
		},

		DescribeConfigurationRecorderStatus: (_, context) => {
			admit(context);
			return {ConfigurationRecordersStatus: context.state.recorder === undefined ? [] : [context.state.recorder.status]};
		},

		DescribeDeliveryChannels: (_, context) => {
			admit(context);
			return {DeliveryChannels: context.state.channel === undefined ? [] : [context.state.channel.channel]};
		},

		DescribeDeliveryChannelStatus: (_, context) => {
			admit(context);
			return {DeliveryChannelsStatus: context.state.channel === undefined ? [] : [context.state.channel.status]};
		},

		DescribeConfigRules: (input, context) => {
			admit(context);
			const {page, token} = context.paginate(named(input.ConfigRuleNames, context), input, byToken);
			return {ConfigRules: page.map(({rule}) => rule), ...(token !== undefined && {NextToken: token})};
		},

		DescribeComplianceByConfigRule: (input, context) => {
			admit(context);
			const rules = named(input.ConfigRuleNames, context).filter(
				({compliance}) => input.ComplianceTypes === undefined || input.ComplianceTypes.includes(compliance),
			);
			const {page, token} = context.paginate(rules, input, byToken);
			return {
				ComplianceByConfigRules: page.map(({rule, compliance, nonCompliant}) => ({
					ConfigRuleName: rule.ConfigRuleName,
					Compliance: {
						ComplianceType: compliance,
						...(nonCompliant.length > 0 && {
							ComplianceContributorCount: {CappedCount: Math.min(nonCompliant.length, atOnce), CapExceeded: nonCompliant.length > atOnce},
						}),
					},
				})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetComplianceDetailsByConfigRule: (input, context) => {
			admit(context);
			const [found] = named(input.ConfigRuleName === undefined ? [] : [input.ConfigRuleName], context);
			const asked = input.ComplianceTypes ?? [];
			const results = asked.length === 0 || asked.includes('NON_COMPLIANT') ? (found?.nonCompliant ?? []) : [];
			// "If you specify 0, Config uses the default."
			const {page, token} = context.paginate(results, input.Limit === 0 ? {...input, Limit: undefined} : input, {
				token: 'NextToken',
				limit: 'Limit',
				defaultLimit: 10,
				maximumLimit: 100,
			});
			return {
				EvaluationResults: page.map(result => resultOf(input.ConfigRuleName ?? '', result)),
				...(token !== undefined && {NextToken: token}),
			};
		},
	},
});
