import {
	DescribeBucketsCommand,
	GetAdministratorAccountCommand,
	GetAutomatedDiscoveryConfigurationCommand,
	GetBucketStatisticsCommand,
	GetClassificationExportConfigurationCommand,
	GetFindingStatisticsCommand,
	GetFindingsCommand,
	GetFindingsPublicationConfigurationCommand,
	GetMacieSessionCommand,
	ListClassificationJobsCommand,
	ListFindingsCommand,
	ListMembersCommand,
} from '@aws-sdk/client-macie2';
import type {Aws} from '../../../model/index.js';

export const commands = {
	GetMacieSession: GetMacieSessionCommand,
	GetAutomatedDiscoveryConfiguration: GetAutomatedDiscoveryConfigurationCommand,
	GetClassificationExportConfiguration: GetClassificationExportConfigurationCommand,
	GetFindingsPublicationConfiguration: GetFindingsPublicationConfigurationCommand,
	GetAdministratorAccount: GetAdministratorAccountCommand,
	ListMembers: ListMembersCommand,
	GetBucketStatistics: GetBucketStatisticsCommand,
	DescribeBuckets: DescribeBucketsCommand,
	ListClassificationJobs: ListClassificationJobsCommand,
	GetFindingStatistics: GetFindingStatisticsCommand,
	ListFindings: ListFindingsCommand,
	GetFindings: GetFindingsCommand,
};
export type Commands = typeof commands;
export type Macie = Aws<Commands>;

export type Age = {readonly freshForMs: number};
export type Freshness = {readonly session: Age; readonly rest: Age};

const minuteMs = 60_000;
/** A full collection asks for everything, and leaves the answers for the deltas between it and the next. */
export const asked: Freshness = {session: {freshForMs: 1}, rest: {freshForMs: 1}};
/** That somebody switched Macie off or on is seen within twelve minutes, at 0.08 calls a poll. */
export const recentEnough: Freshness = {session: {freshForMs: 12 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

type Said = {readonly name: string; readonly message: string};
/** Macie says that it is off with the name of a denial: only the message tells it from IAM's. */
export const isNotEnabled = ({message}: Said): boolean => /Macie is not enabled/iu.test(message);
/** A refusal in the service's own words, which no policy of ours could lift: IAM's always says "not authorized to perform". */
export const isNotOurs = ({name, message}: Said): boolean =>
	name.startsWith('AccessDenied') && !/not authorized to perform/iu.test(message);
