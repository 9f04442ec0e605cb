import {
	CoverageStatus,
	DescribeOrganizationConfigurationCommand,
	DetectorFeatureResult,
	DetectorStatus,
	FeatureStatus,
	type Finding,
	GetAdministratorAccountCommand,
	GetCoverageStatisticsCommand,
	GetDetectorCommand,
	GetFindingsCommand,
	GetFindingsStatisticsCommand,
	GetMemberDetectorsCommand,
	GetOrganizationStatisticsCommand,
	ListCoverageCommand,
	ListDetectorsCommand,
	ListFindingsCommand,
	type ListFindingsCommandInput,
	ListMembersCommand,
	ListPublishingDestinationsCommand,
} from '@aws-sdk/client-guardduty';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type GuardDutyDetector, type GuardDutyRecord, type GuardDutyState, quietGuardDuty} from './guardduty-state.js';

// Behaviour is that of https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Operations.html.

type GuardDuty = Context<GuardDutyState>;
type Criteria = ListFindingsCommandInput['FindingCriteria'];

const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 50, maximumLimit: 50} as const;

const permitted = (context: GuardDuty): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

const detectorOf = (id: string | undefined, context: GuardDuty): GuardDutyDetector => {
	permitted(context);
	const {detector} = context.state;
	if (detector === undefined || detector.id !== id) {
		throw new AwsError(
			'BadRequestException',
			'The request is rejected because the input detectorId is not owned by the current account.',
			400,
			{Type: 'InvalidInputException'},
		);
	}
	return detector;
};

const notAdministrator = (context: GuardDuty): AwsError =>
	context.invalid('The request failed because the account is not the delegated GuardDuty administrator of an organization.');

/**
 * The field of a criterion, as text or number. `updatedAt` counts in milliseconds since 1970.
 * https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListFindings.html
 */
const fields: Readonly<Record<string, (record: GuardDutyRecord) => string | number>> = {
	id: record => record.id,
	type: record => record.type,
	severity: record => record.severity,
	updatedAt: record => record.updatedAtMs,
	createdAt: record => record.createdAtMs,
	'service.archived': record => String(record.archived),
};

type Condition = NonNullable<NonNullable<Criteria>['Criterion']>[string];

const holds = (value: string | number, condition: Condition): boolean => {
	const number = Number(value);
	const equals = condition.Equals ?? condition.Eq;
	const differs = condition.NotEquals ?? condition.Neq;
	return (
		(equals === undefined || equals.includes(String(value))) &&
		(differs === undefined || !differs.includes(String(value))) &&
		number > (condition.GreaterThan ?? condition.Gt ?? Number.NEGATIVE_INFINITY) &&
		number >= (condition.GreaterThanOrEqual ?? condition.Gte ?? Number.NEGATIVE_INFINITY) &&
		number < (condition.LessThan ?? condition.Lt ?? Number.POSITIVE_INFINITY) &&
		number <= (condition.LessThanOrEqual ?? condition.Lte ?? Number.POSITIVE_INFINITY)
	);
};

const matches = (criteria: Criteria, context: GuardDuty): ((record: GuardDutyRecord) => boolean) => {
	const tests = Object.entries(criteria?.Criterion ?? {}).map(([name, condition]) => {
		const field = fields[name];
		if (field === undefined) throw context.invalid(`The request is rejected because the mock knows no criterion ${name}.`);
		const numeric = ['GreaterThan', 'GreaterThanOrEqual', 'LessThan', 'LessThanOrEqual', 'Gt', 'Gte', 'Lt', 'Lte'] as const;
		const isText = name !== 'severity' && !name.endsWith('At');
		if (isText && numeric.some(one => condition[one] !== undefined)) {
			throw context.invalid(`The request is rejected because ${name} cannot be compared by size.`);
		}
		return (record: GuardDutyRecord): boolean => {
			const value = field(record);
			return typeof value === 'string' ? holdsText(value, condition) : holds(value, condition);
		};
	});
	return record => tests.every(test => test(record));
};

const holdsText = (value: string, condition: Condition): boolean => {
	const equals = condition.Equals ?? condition.Eq;
	const differs = condition.NotEquals ?? condition.Neq;
	return (equals === undefined || equals.includes(value)) && (differs === undefined || !differs.includes(value));
};

// A listing of 20,000 is asked for page by page: each answer is computed once for as long as its list is the current one.
const listings = new WeakMap<readonly GuardDutyRecord[], Map<string, readonly GuardDutyRecord[]>>();

const listing = (
	input: Pick<ListFindingsCommandInput, 'FindingCriteria' | 'SortCriteria'>,
	context: GuardDuty,
): readonly GuardDutyRecord[] => {
	const {findings} = context.state;
	const known = listings.get(findings) ?? new Map<string, readonly GuardDutyRecord[]>();
	listings.set(findings, known);
	const key = JSON.stringify([input.FindingCriteria, input.SortCriteria]);
	const before = known.get(key);
	if (before !== undefined) return before;
	const by = input.SortCriteria?.AttributeName ?? 'updatedAt';
	const field = fields[by];
	if (field === undefined) throw context.invalid(`The request is rejected because the mock cannot sort by ${by}.`);
	const wanted = input.FindingCriteria?.Criterion === undefined ? findings : findings.filter(matches(input.FindingCriteria, context));
	const ascending =
		by === 'updatedAt' ? wanted : wanted.toSorted((one, other) => (field(one) < field(other) ? -1 : field(one) > field(other) ? 1 : 0));
	const sorted = input.SortCriteria?.OrderBy === 'ASC' ? ascending : ascending.toReversed();
	if (known.size > 50) known.clear();
	known.set(key, sorted);
	return sorted;
};

const byId = new WeakMap<readonly GuardDutyRecord[], ReadonlyMap<string, GuardDutyRecord>>();
const recordsById = (findings: readonly GuardDutyRecord[]): ReadonlyMap<string, GuardDutyRecord> => {
	const known = byId.get(findings) ?? new Map(findings.map(record => [record.id, record]));
	byId.set(findings, known);
	return known;
};

const reportOf = (record: GuardDutyRecord, detectorId: string, context: GuardDuty): Finding => ({
	...record.report(),
	AccountId: context.accountId,
	Arn: context.arn(`detector/${detectorId}/finding/${record.id}`),
	// Times of findings are text: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_Finding.html
	CreatedAt: new Date(record.createdAtMs).toISOString(),
	Id: record.id,
	Region: context.awsRegion,
	SchemaVersion: '2.0',
	Severity: record.severity,
	Type: record.type,
	UpdatedAt: new Date(record.updatedAtMs).toISOString(),
});

type Group = {readonly key: string; total: number; lastMs: number};

const grouped = (records: readonly GuardDutyRecord[], keyOf: (record: GuardDutyRecord) => string): readonly Group[] => {
	const groups = new Map<string, Group>();
	for (const record of records) {
		const key = keyOf(record);
		const group = groups.get(key) ?? {key, total: 0, lastMs: 0};
		group.total++;
		group.lastMs = Math.max(group.lastMs, record.createdAtMs);
		groups.set(key, group);
	}
	return [...groups.values()];
};

export const guardduty = defineMockService({
	id: 'guardduty',
	signingName: 'guardduty',
	protocol: {name: 'restJson1'},
	errors: {
		validation: 'BadRequestException',
		throttled: {name: 'TooManyRequestsException', httpStatus: 429},
		denied: {name: 'AccessDeniedException', httpStatus: 403},
	},
	enums: [DetectorStatus, FeatureStatus, DetectorFeatureResult, CoverageStatus],
	empty: quietGuardDuty,
	commands: {
		ListDetectors: ListDetectorsCommand,
		GetDetector: GetDetectorCommand,
		GetAdministratorAccount: GetAdministratorAccountCommand,
		DescribeOrganizationConfiguration: DescribeOrganizationConfigurationCommand,
		ListMembers: ListMembersCommand,
		GetMemberDetectors: GetMemberDetectorsCommand,
		GetOrganizationStatistics: GetOrganizationStatisticsCommand,
		ListPublishingDestinations: ListPublishingDestinationsCommand,
		GetCoverageStatistics: GetCoverageStatisticsCommand,
		ListCoverage: ListCoverageCommand,
		GetFindingsStatistics: GetFindingsStatisticsCommand,
		ListFindings: ListFindingsCommand,
		GetFindings: GetFindingsCommand,
	},
	handlers: {
		ListDetectors: (input, context) => {
			permitted(context);
			const {detector} = context.state;
			const {page, token} = context.paginate(detector === undefined ? [] : [detector.id], input, paging);
			return {DetectorIds: [...page], NextToken: token ?? ''};
		},

		GetDetector: (input, context) => {
			const detector = detectorOf(input.DetectorId, context);
			return {
				CreatedAt: detector.createdAt.toISOString(),
				FindingPublishingFrequency: 'SIX_HOURS' as const,
				ServiceRole: `arn:${context.partition}:iam::${context.accountId}:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty`,
				Status: detector.status,
				UpdatedAt: detector.createdAt.toISOString(),
				Features: [...detector.features],
				Tags: detector.tags,
			};
		},

		GetAdministratorAccount: (input, context) => {
			detectorOf(input.DetectorId, context);
			// "It will return success (HTTP 200) but no content" without an administrator; the model requires the member all the same.
			return {Administrator: context.state.administrator ?? {}};
		},

		DescribeOrganizationConfiguration: (input, context) => {
			detectorOf(input.DetectorId, context);
			const {organization} = context.state;
			if (organization === undefined) throw notAdministrator(context);
			return {
				AutoEnable: organization.autoEnable !== 'NONE',
				MemberAccountLimitReached: false,
				AutoEnableOrganizationMembers: organization.autoEnable,
				Features: [{Name: 'S3_DATA_EVENTS' as const, AutoEnable: organization.autoEnable}],
			};
		},

		ListMembers: (input, context) => {
			const detector = detectorOf(input.DetectorId, context);
			const onlyAssociated = input.OnlyAssociated !== 'false';
			// "Specifies whether to only return associated members or to return all members (including members who haven't been invited yet or have been disassociated)."
			const wanted = (context.state.organization?.members ?? context.state.invited ?? []).filter(
				({relationship}) => !onlyAssociated || !['Removed', 'Resigned', 'Created'].includes(relationship),
			);
			const {page, token} = context.paginate(wanted, input, paging);
			return {
				Members: page.map(({accountId, relationship}) => ({
					AccountId: accountId,
					DetectorId: detector.id,
					MasterId: context.accountId,
					AdministratorId: context.accountId,
					Email: `${accountId}@acme.example`,
					RelationshipStatus: relationship,
					InvitedAt: detector.createdAt.toISOString(),
					UpdatedAt: detector.createdAt.toISOString(),
				})),
				NextToken: token ?? '',
			};
		},

		GetMemberDetectors: (input, context) => {
			detectorOf(input.DetectorId, context);
			const ids = input.AccountIds ?? [];
			if (ids.length < 1 || ids.length > 50) {
				throw context.invalid('The request is rejected because an invalid or out-of-range value is specified as an input parameter.');
			}
			const members = new Map(context.state.organization?.members.map(one => [one.accountId, one]));
			const known = ids.flatMap(id => members.get(id) ?? []);
			return {
				MemberDataSourceConfigurations: known.map(({accountId, features}) => ({
					AccountId: accountId,
					DataSources: {
						CloudTrail: {Status: 'ENABLED' as const},
						DNSLogs: {Status: 'ENABLED' as const},
						FlowLogs: {Status: 'ENABLED' as const},
						S3Logs: {Status: 'ENABLED' as const},
					},
					Features: [...features],
				})),
				UnprocessedAccounts: ids
					.filter(id => !members.has(id))
					.map(id => ({
						AccountId: id,
						Result: 'The request is rejected because the given account ID is not an associated member of account.',
					})),
			};
		},

		GetOrganizationStatistics: (_, context) => {
			permitted(context);
			const {organization} = context.state;
			if (organization === undefined) throw notAdministrator(context);
			const enabled = organization.members.filter(({relationship}) => relationship === 'Enabled').length + 1;
			return {
				OrganizationDetails: {
					UpdatedAt: new Date(Math.floor(context.now.getTime() / 86_400_000) * 86_400_000),
					OrganizationStatistics: {
						TotalAccountsCount: organization.members.length + organization.strangers + 1,
						MemberAccountsCount: organization.members.length + 1,
						ActiveAccountsCount: enabled,
						EnabledAccountsCount: enabled,
						CountByFeature: [],
					},
				},
			};
		},

		ListPublishingDestinations: (input, context) => {
			detectorOf(input.DetectorId, context);
			const {page, token} = context.paginate(context.state.destinations, input, paging);
			return {Destinations: [...page], NextToken: token ?? ''};
		},

		GetCoverageStatistics: (input, context) => {
			detectorOf(input.DetectorId, context);
			const {coverage} = context.state;
			const count = (test: (of: (typeof coverage)[number]) => boolean): number => coverage.filter(test).length;
			const types = ['EC2', 'ECS', 'EKS'] as const;
			return {
				CoverageStatistics: {
					...(input.StatisticsType?.includes('COUNT_BY_COVERAGE_STATUS') && {
						CountByCoverageStatus: {
							HEALTHY: count(({CoverageStatus: status}) => status === 'HEALTHY'),
							UNHEALTHY: count(({CoverageStatus: status}) => status === 'UNHEALTHY'),
						},
					}),
					...(input.StatisticsType?.includes('COUNT_BY_RESOURCE_TYPE') && {
						CountByResourceType: Object.fromEntries(
							types.map(type => [type, count(({ResourceDetails}) => ResourceDetails?.ResourceType === type)]),
						),
					}),
				},
			};
		},

		ListCoverage: (input, context) => {
			const detector = detectorOf(input.DetectorId, context);
			const wanted = context.state.coverage.filter(({CoverageStatus: status}) =>
				(input.FilterCriteria?.FilterCriterion ?? []).every(({CriterionKey, FilterCondition}) => {
					if (CriterionKey !== 'COVERAGE_STATUS')
						throw context.invalid(`The request is rejected because the mock cannot filter by ${CriterionKey}.`);
					return FilterCondition?.Equals === undefined || FilterCondition.Equals.includes(status ?? '');
				}),
			);
			const {page, token} = context.paginate(wanted, input, paging);
			return {
				Resources: page.map(one => ({...one, DetectorId: detector.id, AccountId: context.accountId})),
				NextToken: token ?? '',
			};
		},

		GetFindingsStatistics: (input, context) => {
			detectorOf(input.DetectorId, context);
			if ((input.GroupBy === undefined) === (input.FindingStatisticTypes === undefined)) {
				throw context.invalid('The request is rejected because it must have either findingStatisticTypes or groupBy, and not both.');
			}
			const most = input.MaxResults ?? 25;
			if (most < 1 || most > 100) throw context.invalid('The request is rejected because maxResults is out of its range from 1 to 100.');
			const records = listing({FindingCriteria: input.FindingCriteria, SortCriteria: undefined}, context);
			if (input.GroupBy === undefined) {
				return {
					FindingStatistics: {
						CountBySeverity: Object.fromEntries(grouped(records, ({severity}) => String(severity)).map(({key, total}) => [key, total])),
					},
				};
			}
			if (input.GroupBy !== 'SEVERITY' && input.GroupBy !== 'FINDING_TYPE') {
				throw context.invalid(`The request is rejected because the mock cannot group by ${input.GroupBy}.`);
			}
			const groups = grouped(records, record => (input.GroupBy === 'SEVERITY' ? String(record.severity) : record.type))
				.toSorted((one, other) => (input.OrderBy === 'ASC' ? one.total - other.total : other.total - one.total))
				.slice(0, most);
			return {
				FindingStatistics:
					input.GroupBy === 'SEVERITY'
						? {
								GroupedBySeverity: groups.map(({key, total, lastMs}) => ({
									Severity: Number(key),
									TotalFindings: total,
									LastGeneratedAt: new Date(lastMs),
								})),
							}
						: {
								GroupedByFindingType: groups.map(({key, total, lastMs}) => ({
									FindingType: key,
									TotalFindings: total,
									LastGeneratedAt: new Date(lastMs),
								})),
							},
			};
		},

		ListFindings: (input, context) => {
			detectorOf(input.DetectorId, context);
			const {page, token} = context.paginate(listing(input, context), input, paging);
			return {FindingIds: page.map(({id}) => id), NextToken: token ?? ''};
		},

		GetFindings: (input, context) => {
			const detector = detectorOf(input.DetectorId, context);
			const ids = input.FindingIds ?? [];
			if (ids.length > 50) {
				throw context.invalid('The request is rejected because the number of finding IDs exceeds the limit of 50.');
			}
			const known = recordsById(context.state.findings);
			return {
				Findings: ids.flatMap(id => {
					const record = known.get(id);
					return record === undefined ? [] : [reportOf(record, detector.id, context)];
				}),
			};
		},
	},
});
