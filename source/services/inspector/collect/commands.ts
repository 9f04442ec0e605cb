import {
	BatchGetAccountStatusCommand,
	GetConfigurationCommand,
	GetDelegatedAdminAccountCommand,
	GetEc2DeepInspectionConfigurationCommand,
	ListCoverageCommand,
	ListCoverageStatisticsCommand,
	ListFindingAggregationsCommand,
	ListFindingsCommand,
	ListMembersCommand,
} from '@aws-sdk/client-inspector2';
import type {Aws} from '../../../model/index.js';

export const commands = {
	BatchGetAccountStatus: BatchGetAccountStatusCommand,
	GetConfiguration: GetConfigurationCommand,
	GetEc2DeepInspectionConfiguration: GetEc2DeepInspectionConfigurationCommand,
	GetDelegatedAdminAccount: GetDelegatedAdminAccountCommand,
	ListMembers: ListMembersCommand,
	ListCoverageStatistics: ListCoverageStatisticsCommand,
	ListCoverage: ListCoverageCommand,
	ListFindingAggregations: ListFindingAggregationsCommand,
	ListFindings: ListFindingsCommand,
};
export type Commands = typeof commands;
export type Inspector = Aws<Commands>;

export type Age = {readonly freshForMs: number};
export type Freshness = {readonly status: Age; readonly rest: Age};

export const minuteMs = 60_000;
/** A full collection asks for everything, and leaves the answers for the deltas between it and the next. */
export const asked: Freshness = {status: {freshForMs: 1}, rest: {freshForMs: 1}};
/** That somebody switched Inspector off or on is seen within twelve minutes, at 0.08 calls a poll. */
export const recentEnough: Freshness = {status: {freshForMs: 12 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

/** A filter's values: any of them. */
export const equals = (...values: readonly string[]) => values.map(value => ({comparison: 'EQUALS' as const, value}));
