import {
	DescribeOrganizationConfigurationCommand,
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
	ListMembersCommand,
	ListPublishingDestinationsCommand,
} from '@aws-sdk/client-guardduty';
import type {Aws} from '../../../model/index.js';

export const commands = {
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
};
export type Commands = typeof commands;
export type GuardDuty = Aws<Commands>;

export type Age = {readonly freshForMs: number};
export type Freshness = {readonly detector: Age; readonly rest: Age};

const minuteMs = 60_000;
/** A full collection asks for everything, and leaves the answers for the deltas between it and the next. */
export const asked: Freshness = {detector: {freshForMs: 1}, rest: {freshForMs: 1}};
/**
 * A detector that is suspended, deleted or made is what an intruder or a rescuer does first: seen within minutes, at 0.08
 * calls a poll. All else waits for the next full collection, which comes each hour.
 */
export const recentEnough: Freshness = {detector: {freshForMs: 12 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

type Said = {readonly name: string; readonly message: string};

/**
 * "The request is rejected because the input detectorId is not owned by the current account" is GuardDuty's way to say
 * that a detector is no more. `BadRequestException` alone says nothing: it is GuardDuty's answer to our mistakes too.
 */
export const isGone = ({name, message}: Said): boolean =>
	name === 'ResourceNotFoundException' || (name === 'BadRequestException' && /not owned by the current account/iu.test(message));

/** Questions that only the delegated administrator may ask are bad requests of everybody else, unless they are bad indeed. */
export const isNotOurs = ({name, message}: Said): boolean =>
	name === 'ResourceNotFoundException' ||
	(name === 'BadRequestException' && !/input parameter|token|out-of-range|malformed/iu.test(message));
