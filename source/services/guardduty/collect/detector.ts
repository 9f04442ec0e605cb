import type {CommandOutput, Facts, Yielded} from '../../../model/index.js';
import type {Detector, DetectorFeature} from '../rules/detector.js';
import {type Age, type Commands, type Freshness, type GuardDuty, isGone, isNotOurs} from './commands.js';
import {readInvited, readMembers} from './members.js';
import {detectorResource} from './resources.js';

const featuresOf = (answer: CommandOutput<Commands['GetDetector']>): Detector['features'] =>
	answer.Features === undefined
		? undefined
		: Object.fromEntries(
				answer.Features.flatMap(
					({Name, Status, ManagedBy, AdditionalConfiguration}): ReadonlyArray<readonly [string, DetectorFeature]> =>
						Name === undefined
							? []
							: [
									[
										Name,
										{
											status: Status ?? 'UNKNOWN',
											...(ManagedBy !== undefined && {managedBy: ManagedBy}),
											additional: Object.fromEntries(
												(AdditionalConfiguration ?? []).flatMap(extra => (extra.Name ? [[extra.Name, extra.Status ?? 'UNKNOWN']] : [])),
											),
										},
									],
								],
				),
			);

const runtimeIsOn = (features: Detector['features']): boolean =>
	features?.['RUNTIME_MONITORING']?.status === 'ENABLED' || features?.['EKS_RUNTIME_MONITORING']?.status === 'ENABLED';

/**
 * Facts about who is in charge: a member has an administrator, a delegated administrator has settings, an administrator by
 * invitation has members only, a lone account has none of these.
 */
const chainOfCommand = async (
	facts: Facts<Commands>,
	DetectorId: string,
	features: Detector['features'],
	rest: Age,
): Promise<Partial<Detector>> => {
	const answer = await facts.attempt('GetAdministratorAccount', {DetectorId}, {...rest, absent: isNotOurs});
	if (answer === undefined) return {};
	const administrator = answer?.Administrator;
	if (administrator?.AccountId !== undefined) {
		// Members may not ask for the organisation's settings: the question is not theirs.
		return {
			administrator: {accountId: administrator.AccountId, relationshipStatus: administrator.RelationshipStatus ?? 'unknown'},
			organization: null,
		};
	}

	const organization = await facts.attempt('DescribeOrganizationConfiguration', {DetectorId}, {...rest, absent: isNotOurs});
	if (organization === undefined) return {administrator: null};
	if (organization === null) return {administrator: null, organization, ...(await readInvited(facts, DetectorId, rest))};
	return {
		administrator: null,
		organization: {
			autoEnable: organization.AutoEnableOrganizationMembers ?? (organization.AutoEnable === true ? 'NEW' : 'NONE'),
			memberLimitReached: organization.MemberAccountLimitReached === true,
			features: Object.fromEntries(
				(organization.Features ?? []).flatMap(({Name, AutoEnable}) => (Name ? [[Name, AutoEnable ?? 'NONE']] : [])),
			),
		},
		...(await readMembers(facts, DetectorId, features, rest)),
	};
};

const readCoverage = async (facts: Facts<Commands>, DetectorId: string, rest: Age): Promise<Partial<Detector>> => {
	const answer = await facts.attempt(
		'GetCoverageStatistics',
		{DetectorId, StatisticsType: ['COUNT_BY_COVERAGE_STATUS', 'COUNT_BY_RESOURCE_TYPE']},
		rest,
	);
	const counts = answer?.CoverageStatistics?.CountByCoverageStatus;
	if (!counts) return {};
	const {HEALTHY: healthy = 0, UNHEALTHY: unhealthy = 0} = counts;
	const byResourceType = answer?.CoverageStatistics?.CountByResourceType ?? {};
	// Zeroes may be left out, but whoever adds up differently left out something else.
	if (healthy + unhealthy !== Object.values(byResourceType).reduce((sum, count) => sum + count, 0)) {
		facts.missing('GetCoverageStatistics', 'some of its counts');
		return {};
	}

	// One page of the unhealthy names the first fifty; the count says how many there are.
	const named =
		unhealthy === 0
			? undefined
			: await facts.attempt(
					'ListCoverage',
					{
						DetectorId,
						MaxResults: 50,
						FilterCriteria: {FilterCriterion: [{CriterionKey: 'COVERAGE_STATUS', FilterCondition: {Equals: ['UNHEALTHY']}}]},
					},
					rest,
				);
	return {
		coverage: {
			healthy,
			unhealthy,
			byResourceType,
			issues: (named?.Resources ?? []).map(({ResourceId, Issue, ResourceDetails}) => ({
				resourceId:
					ResourceDetails?.Ec2InstanceDetails?.InstanceId ??
					ResourceDetails?.EksClusterDetails?.ClusterName ??
					ResourceDetails?.EcsClusterDetails?.ClusterName ??
					ResourceId ??
					'unnamed',
				issue: Issue ?? '',
			})),
		},
	};
};

/** The detector with all that could be read of it; `null` if it is no more. */
export const readDetector = async (aws: GuardDuty, detectorId: string, fresh: Freshness): Promise<Yielded | null> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetDetector', {DetectorId: detectorId}, {...fresh.detector, absent: isGone});
	if (answer === null) return null;
	const features = answer && featuresOf(answer);
	if (answer !== undefined && features === undefined) facts.missing('GetDetector', 'Features');
	const destinations = await facts.attemptPages('ListPublishingDestinations', {DetectorId: detectorId}, fresh.rest);
	const configuration: Detector = {
		detectorId,
		...(answer?.Status !== undefined && {status: answer.Status}),
		...(answer?.CreatedAt !== undefined && {createdAt: answer.CreatedAt}),
		...(answer?.FindingPublishingFrequency !== undefined && {publishingFrequency: answer.FindingPublishingFrequency}),
		...(features !== undefined && {features}),
		...(await chainOfCommand(facts, detectorId, features, fresh.rest)),
		...(destinations && {
			destinations: destinations.flatMap(page =>
				(page.Destinations ?? []).map(({DestinationId = '', DestinationType = '', Status = ''}) => ({
					id: DestinationId,
					type: DestinationType,
					status: Status,
				})),
			),
		}),
		...(answer?.Status === 'ENABLED' && runtimeIsOn(features) && (await readCoverage(facts, detectorId, fresh.rest))),
	};
	return {yields: 'resource', resource: detectorResource(aws, detectorId, configuration, answer?.Tags ?? {}, facts)};
};
