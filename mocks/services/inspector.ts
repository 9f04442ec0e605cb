import {
	BatchGetAccountStatusCommand,
	type CoverageFilterCriteria,
	type FilterCriteria,
	type Finding,
	FindingStatus,
	FindingType,
	GetConfigurationCommand,
	GetDelegatedAdminAccountCommand,
	GetEc2DeepInspectionConfigurationCommand,
	type GroupKey,
	ListCoverageCommand,
	ListCoverageStatisticsCommand,
	ListFindingAggregationsCommand,
	ListFindingsCommand,
	ListMembersCommand,
	RelationshipStatus,
	ScanStatusCode,
	ScanStatusReason,
	Severity,
	Status,
} from '@aws-sdk/client-inspector2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type InspectorRecord, type InspectorState, quietInspector} from './inspector-state.js';

// Behaviour is that of https://docs.aws.amazon.com/inspector/v2/APIReference/API_Operations.html.

type Inspector = Context<InspectorState>;

const permitted = (context: Inspector): void => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
};

type TextFilter = {readonly comparison?: string | undefined; readonly value?: string | undefined};
type NumberRange = {readonly lowerInclusive?: number | undefined; readonly upperInclusive?: number | undefined};
type DateRange = {readonly startInclusive?: Date | undefined; readonly endInclusive?: Date | undefined};

/** Any of the filters that ask for a value, all of those that exclude one. */
const holds = (value: string, filters: readonly TextFilter[]): boolean => {
	const wanted = filters.filter(({comparison}) => comparison !== 'NOT_EQUALS');
	const matchesOne = ({comparison, value: other = ''}: TextFilter): boolean =>
		comparison === 'PREFIX' ? value.startsWith(other) : value === other;
	return (
		(wanted.length === 0 || wanted.some(matchesOne)) &&
		filters.every(({comparison, value: other}) => comparison !== 'NOT_EQUALS' || value !== other)
	);
};

/** Dates lie between 1970 and 2033: https://github.com/elastic/integrations/pull/19918 quotes the service's own error. */
const lastMs = Date.UTC(2033, 0, 1);

const inRange = (ms: number, {startInclusive, endInclusive}: DateRange): boolean =>
	(startInclusive === undefined || ms >= startInclusive.getTime()) && (endInclusive === undefined || ms <= endInclusive.getTime());

const numbers: Readonly<Record<string, (record: InspectorRecord) => number | undefined>> = {
	epssScore: record => record.epssScore,
	inspectorScore: record => record.inspectorScore,
};

const texts: Readonly<Record<string, (record: InspectorRecord) => string>> = {
	findingStatus: record => record.status,
	severity: record => record.severity,
	findingType: record => record.type,
	exploitAvailable: record => record.exploitAvailable,
	fixAvailable: record => record.fixAvailable,
	resourceType: record => record.resourceType,
};

const matches = (criteria: FilterCriteria | undefined, context: Inspector): ((record: InspectorRecord) => boolean) => {
	const tests = Object.entries(criteria ?? {}).map(([name, filters]) => {
		if (name === 'updatedAt') {
			// The criterion of this name is a list of date filters.
			const ranges = filters as readonly DateRange[];
			for (const date of ranges.flatMap(({startInclusive, endInclusive}) => [startInclusive, endInclusive])) {
				if (date !== undefined && (date.getTime() < 0 || date.getTime() >= lastMs)) {
					throw context.invalid('Date filter values must be between 1970-01-01 and 2033-01-01.');
				}
			}
			return (record: InspectorRecord): boolean => ranges.some(range => inRange(record.updatedAtMs, range));
		}
		const number = numbers[name];
		if (number !== undefined) {
			// The criteria of these names are lists of number filters. What has no score is in no range.
			const ranges = filters as readonly NumberRange[];
			return (record: InspectorRecord): boolean => {
				const value = number(record);
				return (
					value !== undefined &&
					ranges.some(({lowerInclusive = -Infinity, upperInclusive = Infinity}) => value >= lowerInclusive && value <= upperInclusive)
				);
			};
		}
		const text = texts[name];
		if (text === undefined) throw context.invalid(`The mock cannot filter by ${name}.`);
		// All other criteria that it knows are lists of string filters.
		return (record: InspectorRecord): boolean => holds(text(record), filters as readonly TextFilter[]);
	});
	return record => tests.every(test => test(record));
};

// A listing of 75,000 is asked for page by page: each answer is computed once for as long as its list is the current one.
const listings = new WeakMap<readonly InspectorRecord[], Map<string, readonly InspectorRecord[]>>();

const listing = (criteria: FilterCriteria | undefined, context: Inspector): readonly InspectorRecord[] => {
	const {findings} = context.state;
	const known = listings.get(findings) ?? new Map<string, readonly InspectorRecord[]>();
	listings.set(findings, known);
	const key = JSON.stringify(criteria ?? {});
	const before = known.get(key);
	if (before !== undefined) return before;
	const wanted = findings.filter(matches(criteria, context));
	if (known.size > 50) known.clear();
	known.set(key, wanted);
	return wanted;
};

const reportOf = (record: InspectorRecord, context: Inspector): Finding => ({
	...record.report(),
	findingArn: context.arn(`finding/${record.id}`),
	awsAccountId: context.accountId,
	status: record.status,
	severity: record.severity,
	type: record.type,
	updatedAt: new Date(record.updatedAtMs),
	...(record.type === 'PACKAGE_VULNERABILITY' && {exploitAvailable: record.exploitAvailable, fixAvailable: record.fixAvailable}),
});

const coverageTexts: Readonly<Record<string, (one: InspectorState['coverage'][number]) => string>> = {
	scanStatusCode: one => one.scanStatus?.statusCode ?? '',
	scanStatusReason: one => one.scanStatus?.reason ?? '',
	resourceId: one => one.resourceId ?? '',
	resourceType: one => one.resourceType ?? '',
	scanType: one => one.scanType ?? '',
};

const coverageOf = (criteria: CoverageFilterCriteria | undefined, context: Inspector): InspectorState['coverage'] => {
	const tests = Object.entries(criteria ?? {}).map(([name, filters]) => {
		const text = coverageTexts[name];
		if (text === undefined) throw context.invalid(`The mock cannot filter coverage by ${name}.`);
		// All criteria that it knows are lists of string filters.
		return (one: InspectorState['coverage'][number]): boolean => holds(text(one), filters as readonly TextFilter[]);
	});
	return tests.length === 0 ? context.state.coverage : context.state.coverage.filter(one => tests.every(test => test(one)));
};

const state = (status: Status) => ({status, errorCode: 'ALREADY_ENABLED' as const, errorMessage: ''});

export const inspector = defineMockService({
	id: 'inspector',
	signingName: 'inspector2',
	protocol: {name: 'restJson1'},
	errors: {throttled: {name: 'ThrottlingException', httpStatus: 429}},
	enums: [Status, Severity, FindingStatus, FindingType, ScanStatusCode, ScanStatusReason, RelationshipStatus],
	empty: quietInspector,
	commands: {
		BatchGetAccountStatus: BatchGetAccountStatusCommand,
		GetConfiguration: GetConfigurationCommand,
		GetEc2DeepInspectionConfiguration: GetEc2DeepInspectionConfigurationCommand,
		GetDelegatedAdminAccount: GetDelegatedAdminAccountCommand,
		ListMembers: ListMembersCommand,
		ListCoverageStatistics: ListCoverageStatisticsCommand,
		ListCoverage: ListCoverageCommand,
		ListFindingAggregations: ListFindingAggregationsCommand,
		ListFindings: ListFindingsCommand,
	},
	handlers: {
		BatchGetAccountStatus: (input, context) => {
			permitted(context);
			const ids = input.accountIds?.length ? input.accountIds : [context.accountId];
			if (ids.length > 100) throw context.invalid('accountIds must have at most 100 items.');
			const {scanning, status} = context.state;
			const own = ids.filter(id => id === context.accountId);
			return {
				accounts: own.map(accountId => ({
					accountId,
					state: state(status),
					resourceState: {
						ec2: state(scanning.ec2),
						ecr: state(scanning.ecr),
						...(scanning.lambda && {lambda: state(scanning.lambda)}),
						...(scanning.lambdaCode && {lambdaCode: state(scanning.lambdaCode)}),
						...(scanning.codeRepository && {codeRepository: state(scanning.codeRepository)}),
					},
				})),
				failedAccounts: ids
					.filter(id => id !== context.accountId)
					.map(accountId => ({accountId, errorCode: 'ACCESS_DENIED' as const, errorMessage: 'Access denied.'})),
			};
		},

		GetConfiguration: (_, context) => {
			permitted(context);
			return {
				ec2Configuration: {scanModeState: {scanMode: context.state.ec2Mode, scanModeStatus: 'SUCCESS' as const}},
				ecrConfiguration: {rescanDurationState: {rescanDuration: 'DAYS_30' as const, status: 'SUCCESS' as const}},
			};
		},

		GetEc2DeepInspectionConfiguration: (_, context) => {
			permitted(context);
			return {status: context.state.deepInspection, packagePaths: [], orgPackagePaths: []};
		},

		GetDelegatedAdminAccount: (_, context) => {
			permitted(context);
			const {administrator} = context.state;
			if (administrator === undefined) {
				throw new AwsError('ResourceNotFoundException', 'No delegated admin account was found.', 404);
			}
			return {
				delegatedAdmin:
					administrator === 'this account' ? {accountId: context.accountId, relationshipStatus: 'ENABLED' as const} : {...administrator},
			};
		},

		ListMembers: (input, context) => {
			permitted(context);
			const wanted = context.state.members.filter(
				({relationshipStatus}) => input.onlyAssociated === false || !['REMOVED', 'RESIGNED', 'DELETED'].includes(relationshipStatus),
			);
			const {page, token} = context.paginate(wanted, input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 50,
				maximumLimit: 50,
			});
			return {
				members: page.map(one => ({...one, delegatedAdminAccountId: context.accountId, updatedAt: new Date('2026-01-12T08:00:00Z')})),
				...(token !== undefined && {nextToken: token}),
			};
		},

		ListCoverageStatistics: (input, context) => {
			permitted(context);
			const rows = coverageOf(input.filterCriteria, context);
			const keys: Readonly<Partial<Record<GroupKey, (one: InspectorState['coverage'][number]) => string | undefined>>> = {
				SCAN_STATUS_CODE: one => one.scanStatus?.statusCode,
				SCAN_STATUS_REASON: one => one.scanStatus?.reason,
				RESOURCE_TYPE: one => one.resourceType,
			};
			const keyOf = input.groupBy === undefined ? undefined : keys[input.groupBy];
			if (input.groupBy !== undefined && keyOf === undefined) throw context.invalid(`The mock cannot group by ${input.groupBy}.`);
			const counts = new Map<string, number>();
			for (const one of rows) {
				const key = keyOf?.(one);
				if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
			}
			return {
				totalCounts: rows.length,
				...(input.groupBy !== undefined && {
					// The model calls the key's type GroupKey; the service answers with the group's value, as in the example of
					// https://docs.aws.amazon.com/cli/latest/reference/inspector2/list-coverage-statistics.html
					countsByGroup: [...counts].map(([key, count]) => ({groupKey: key as GroupKey, count})),
				}),
			};
		},

		ListCoverage: (input, context) => {
			permitted(context);
			const {page, token} = context.paginate(coverageOf(input.filterCriteria, context), input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 50,
				maximumLimit: 200,
			});
			return {
				coveredResources: page.map(one => ({...one, accountId: context.accountId})),
				...(token !== undefined && {nextToken: token}),
			};
		},

		ListFindingAggregations: (input, context) => {
			permitted(context);
			if (input.aggregationType !== 'ACCOUNT') throw context.invalid(`The mock cannot aggregate by ${input.aggregationType}.`);
			const active = listing({findingStatus: [{comparison: 'EQUALS', value: 'ACTIVE'}]}, context);
			const count = (test: (record: InspectorRecord) => boolean): number => active.filter(test).length;
			return {
				aggregationType: 'ACCOUNT' as const,
				responses: [
					{
						accountAggregation: {
							accountId: context.accountId,
							severityCounts: {
								all: active.length,
								critical: count(({severity}) => severity === 'CRITICAL'),
								high: count(({severity}) => severity === 'HIGH'),
								medium: count(({severity}) => severity === 'MEDIUM'),
							},
							exploitAvailableCount: count(({exploitAvailable}) => exploitAvailable === 'YES'),
							fixAvailableCount: count(({fixAvailable}) => fixAvailable === 'YES'),
						},
					},
				],
			};
		},

		ListFindings: (input, context) => {
			permitted(context);
			const {page, token} = context.paginate(listing(input.filterCriteria, context), input, {
				token: 'nextToken',
				limit: 'maxResults',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {findings: page.map(record => reportOf(record, context)), ...(token !== undefined && {nextToken: token})};
		},
	},
});
