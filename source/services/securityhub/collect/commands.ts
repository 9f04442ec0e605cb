import {
	DescribeHubCommand,
	DescribeOrganizationConfigurationCommand,
	GetAdministratorAccountCommand,
	GetEnabledStandardsCommand,
	GetFindingsCommand,
} from '@aws-sdk/client-securityhub';
import type {Aws} from '../../../model/index.js';

export const commands = {
	DescribeHub: DescribeHubCommand,
	GetEnabledStandards: GetEnabledStandardsCommand,
	GetAdministratorAccount: GetAdministratorAccountCommand,
	DescribeOrganizationConfiguration: DescribeOrganizationConfigurationCommand,
	GetFindings: GetFindingsCommand,
};
export type Commands = typeof commands;
export type SecurityHub = Aws<Commands>;

export type Age = {readonly freshForMs: number};
export type Freshness = {readonly hub: Age; readonly rest: Age};

const minuteMs = 60_000;
/** A full collection asks for everything, and leaves the answers for the deltas between it and the next. */
export const asked: Freshness = {hub: {freshForMs: 1}, rest: {freshForMs: 1}};
/** That somebody switched Security Hub off or on is seen at the next delta; all else waits for the next full collection. */
export const recentEnough: Freshness = {hub: {freshForMs: 4 * minuteMs}, rest: {freshForMs: 75 * minuteMs}};

type Said = {readonly name: string; readonly message: string};

/** "Account 123456789012 is not subscribed to AWS Security Hub": the code alone would also say that we may not ask. */
export const isNotSubscribed = ({message}: Said): boolean => /not subscribed to AWS Security Hub/iu.test(message);

/** What only the delegated administrator may ask, refused in Security Hub's own words: IAM's always say "not authorized to perform". */
export const isNotOurs = ({name, message}: Said): boolean =>
	name === 'ResourceNotFoundException' || /not an administrator/iu.test(message) || isNotSubscribed({name, message});
