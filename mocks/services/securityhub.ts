import {
	type AwsSecurityFinding,
	ComplianceStatus,
	ControlFindingGenerator,
	DescribeHubCommand,
	DescribeOrganizationConfigurationCommand,
	GetAdministratorAccountCommand,
	GetEnabledStandardsCommand,
	GetFindingsCommand,
	type GetFindingsCommandInput,
	RecordState,
	SeverityLabel,
	StandardsStatus,
	WorkflowStatus,
} from '@aws-sdk/client-securityhub';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {quietSecurityHub, type SecurityHubRecord, type SecurityHubState} from './securityhub-state.js';

// Behaviour is that of https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Operations.html.

type SecurityHub = Context<SecurityHubState>;
type Filters = NonNullable<GetFindingsCommandInput['Filters']>;

const permitted = (context: SecurityHub): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

const hubOf = (context: SecurityHub): NonNullable<SecurityHubState['hub']> => {
	permitted(context);
	const {hub} = context.state;
	if (hub === undefined)
		throw new AwsError('InvalidAccessException', `Account ${context.accountId} is not subscribed to AWS Security Hub`, 401);
	return hub;
};

const standardArn = (name: string, {awsRegion, partition}: SecurityHub): string =>
	`arn:${partition}:securityhub:${awsRegion}::standards/${name}`;
const productArn = (product: string, {awsRegion, partition}: SecurityHub): string =>
	`arn:${partition}:securityhub:${awsRegion}::product/aws/${product}`;

/** "If Compliance.Status is PASSED, the label is INFORMATIONAL." */
const labelOf = ({severity, compliance}: SecurityHubRecord): SeverityLabel => (compliance === 'PASSED' ? 'INFORMATIONAL' : severity);

const fields: Readonly<Record<string, (record: SecurityHubRecord, context: SecurityHub) => string | undefined>> = {
	Id: ({id}) => id,
	ProductArn: ({product}, context) => productArn(product, context),
	// AWS has renamed it: who asks for "Security Hub" gets nothing any more.
	ProductName: ({product}) => (product === 'securityhub' ? 'Security Hub CSPM' : product),
	RecordState: ({recordState}) => recordState,
	WorkflowStatus: ({workflow}) => workflow,
	ComplianceStatus: ({compliance}) => compliance,
	SeverityLabel: labelOf,
};

/** Values of one field are joined by or, fields by and. Only what is asked for by equality is mocked. */
const matches = (filters: Filters, context: SecurityHub): ((record: SecurityHubRecord) => boolean) => {
	const tests = Object.entries(filters).map(([name, conditions]) => {
		if (conditions.length > 20) throw context.invalid("Invalid parameter 'Filters'. Number of filter values exceeds 20.");
		if (name === 'UpdatedAt') {
			const spans = (filters.UpdatedAt ?? []).map(({Start, End}) => {
				if (Start === undefined || End === undefined) {
					throw context.invalid("Invalid parameter 'Filters'. DateFilter must have either DateRange or both Start and End.");
				}
				return {from: Date.parse(Start), to: Date.parse(End)};
			});
			return ({updatedAtMs}: SecurityHubRecord): boolean => spans.some(({from, to}) => updatedAtMs >= from && updatedAtMs <= to);
		}
		const field = fields[name];
		if (field === undefined) throw context.invalid(`Invalid parameter 'Filters'. The mock knows no filter ${name}.`);
		const equalities: readonly object[] = conditions;
		const wanted: readonly unknown[] = equalities.map(condition => {
			if (!('Comparison' in condition && 'Value' in condition) || condition.Comparison !== 'EQUALS') {
				throw context.invalid(`The mock compares ${name} by EQUALS only.`);
			}
			return condition.Value;
		});
		return (record: SecurityHubRecord): boolean => wanted.includes(field(record, context));
	});
	return record => tests.every(test => test(record));
};

// A listing of 10,000 is asked for page by page: each answer is computed once for as long as its list is the current one.
const listings = new WeakMap<readonly SecurityHubRecord[], Map<string, readonly SecurityHubRecord[]>>();

const listing = (
	{Filters: filters = {}, SortCriteria = []}: GetFindingsCommandInput,
	context: SecurityHub,
): readonly SecurityHubRecord[] => {
	if (Object.keys(filters).length > 10) throw context.invalid("Invalid parameter 'Filters'. Number of filters exceeds 10.");
	const {findings} = context.state;
	const known = listings.get(findings) ?? new Map<string, readonly SecurityHubRecord[]>();
	listings.set(findings, known);
	const key = JSON.stringify([filters, SortCriteria]);
	const before = known.get(key);
	if (before !== undefined) return before;
	const direction = SortCriteria[0]?.SortOrder === 'asc' ? 1 : -1;
	const sorted = findings.filter(matches(filters, context)).toSorted((one, other) => direction * (one.updatedAtMs - other.updatedAtMs));
	if (known.size > 50) known.clear();
	known.set(key, sorted);
	return sorted;
};

const reportOf = (record: SecurityHubRecord, context: SecurityHub): AwsSecurityFinding => {
	const {GeneratorId, Title, Description, Resources, AwsAccountId, ...rest} = record.report();
	const label = labelOf(record);
	return {
		...rest,
		SchemaVersion: '2018-10-08',
		Id: record.id,
		ProductArn: productArn(record.product, context),
		ProductName: fields['ProductName']?.(record, context),
		CompanyName: 'AWS',
		Region: context.awsRegion,
		GeneratorId,
		AwsAccountId,
		Title,
		Description,
		Resources,
		Types: ['Software and Configuration Checks/Industry and Regulatory Standards'],
		FirstObservedAt: new Date(record.createdAtMs).toISOString(),
		LastObservedAt: new Date(record.updatedAtMs).toISOString(),
		CreatedAt: new Date(record.createdAtMs).toISOString(),
		UpdatedAt: new Date(record.updatedAtMs).toISOString(),
		Severity: {Label: label, Original: label},
		Workflow: {Status: record.workflow},
		WorkflowState: 'NEW',
		RecordState: record.recordState,
		...(record.sample === true && {Sample: true}),
	};
};

export const securityhub = defineMockService({
	id: 'securityhub',
	signingName: 'securityhub',
	protocol: {name: 'restJson1'},
	errors: {
		validation: 'InvalidInputException',
		throttled: {name: 'TooManyRequestsException', httpStatus: 429},
		denied: {name: 'AccessDeniedException', httpStatus: 403},
	},
	enums: [ComplianceStatus, ControlFindingGenerator, RecordState, SeverityLabel, StandardsStatus, WorkflowStatus],
	empty: quietSecurityHub,
	commands: {
		DescribeHub: DescribeHubCommand,
		GetEnabledStandards: GetEnabledStandardsCommand,
		GetAdministratorAccount: GetAdministratorAccountCommand,
		DescribeOrganizationConfiguration: DescribeOrganizationConfigurationCommand,
		GetFindings: GetFindingsCommand,
	},
	handlers: {
		DescribeHub: (_, context) => {
			const hub = hubOf(context);
			return {
				HubArn: context.arn('hub/default'),
				SubscribedAt: hub.subscribedAt.toISOString(),
				AutoEnableControls: hub.autoEnableControls,
				ControlFindingGenerator: hub.generator,
			};
		},

		GetEnabledStandards: (input, context) => {
			hubOf(context);
			const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 100, maximumLimit: 100} as const;
			const {page, token} = context.paginate(context.state.standards, input, paging);
			return {
				StandardsSubscriptions: page.map(({name, status, reason}) => ({
					StandardsSubscriptionArn: context.arn(`subscription/${name}`),
					StandardsArn: standardArn(name, context),
					StandardsInput: {},
					StandardsStatus: status,
					...(reason !== undefined && {StandardsStatusReason: {StatusReasonCode: reason}}),
				})),
				...(token !== undefined && {NextToken: token}),
			};
		},

		GetAdministratorAccount: (_, context) => {
			hubOf(context);
			const {administrator} = context.state;
			return administrator === undefined
				? {}
				: {
						Administrator: {
							AccountId: administrator.accountId,
							MemberStatus: administrator.status,
							InvitedAt: new Date('2024-03-11T09:41:00Z'),
						},
					};
		},

		DescribeOrganizationConfiguration: (_, context) => {
			hubOf(context);
			const {organization} = context.state;
			if (organization === undefined) {
				throw new AwsError('InvalidAccessException', `Account ${context.accountId} is not an administrator for this organization`, 401);
			}
			return {
				AutoEnable: organization.autoEnable,
				MemberAccountLimitReached: false,
				AutoEnableStandards: organization.autoEnableStandards,
				OrganizationConfiguration: {ConfigurationType: organization.configuration, Status: organization.status},
			};
		},

		GetFindings: (input, context) => {
			hubOf(context);
			const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 100, maximumLimit: 100} as const;
			const {page, token} = context.paginate(listing(input, context), input, paging);
			return {Findings: page.map(record => reportOf(record, context)), ...(token !== undefined && {NextToken: token})};
		},
	},
});
