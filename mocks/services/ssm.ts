import {
	DescribeParametersCommand,
	GetServiceSettingCommand,
	type ParameterStringFilter,
	ParameterTier,
	ParameterType,
} from '@aws-sdk/client-ssm';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type SsmParameter, type SsmState, sharingSetting, tierSetting} from './ssm-state.js';

// Behaviour is that of https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DescribeParameters.html and
// API_GetServiceSetting.html.

/** What AWS sets by itself. */
const defaults: Readonly<Record<string, string>> = {
	[sharingSetting]: 'Enable',
	[tierSetting]: 'Standard',
	'/ssm/parameter-store/high-throughput-enabled': 'false',
};

const admit = ({state, operation, denied}: Context<SsmState>, resource?: string): void => {
	const reason = state.refused[operation];
	if (reason !== undefined) throw denied(resource, reason);
};

const filterable = new Set(['Name', 'Type', 'Tier', 'KeyId', 'DataType']);

const passes = (one: SsmParameter, {Key, Option = 'Equals', Values = []}: ParameterStringFilter): boolean => {
	if (Key === undefined || !filterable.has(Key)) throw new AwsError('InvalidFilterKey', 'The specified key is not valid.');
	const text = String(Object.entries(one).find(([name]) => name === Key)?.[1] ?? '');
	return Values.some(value =>
		Option === 'BeginsWith' ? text.startsWith(value) : Option === 'Contains' ? text.includes(value) : text === value,
	);
};

export const ssm = defineMockService({
	id: 'ssm',
	signingName: 'ssm',
	protocol: {name: 'awsJson1.1', target: 'AmazonSSM'},
	errors: {invalidToken: 'InvalidNextToken'},
	enums: [ParameterType, ParameterTier],
	empty: (): SsmState => ({parameters: [], shared: [], settings: {}, refused: {}}),
	commands: {DescribeParameters: DescribeParametersCommand, GetServiceSetting: GetServiceSettingCommand},
	handlers: {
		DescribeParameters: (input, context) => {
			admit(context);
			const all = input.Shared === true ? context.state.shared : context.state.parameters;
			const {page, token} = context.paginate(all, input, {
				token: 'NextToken',
				limit: 'MaxResults',
				defaultLimit: 50,
				maximumLimit: 50,
			});
			// What filters leave is left out of the pages: "a number between zero and MaxResults", often zero.
			const left = page.filter(one => (input.ParameterFilters ?? []).every(filter => passes(one, filter)));
			return {
				Parameters: left.map(one => ({...one, Policies: [...(one.Policies ?? [])]})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetServiceSetting: (input, context) => {
			const id = (input.SettingId ?? '').replace(/^arn:.*:servicesetting(?=\/)/u, '');
			const arn = context.arn(`servicesetting${id}`);
			admit(context, arn);
			const value = context.state.settings[id] ?? defaults[id];
			if (value === undefined) {
				throw new AwsError(
					'ServiceSettingNotFound',
					'The specified service setting was not found. Either the service name or the setting has not been provisioned by the Amazon Web Services service team.',
				);
			}
			return {
				ServiceSetting: {
					SettingId: id,
					SettingValue: value,
					LastModifiedDate: new Date('2026-03-02T09:00:00Z'),
					LastModifiedUser: 'System',
					ARN: arn,
					Status: id in context.state.settings ? 'Customized' : 'Default',
				},
			};
		},
	},
});
