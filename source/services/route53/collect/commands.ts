import {
	GetDNSSECCommand,
	ListHealthChecksCommand,
	ListHostedZonesCommand,
	ListQueryLoggingConfigsCommand,
	ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import type {Aws, CommandOutput} from '../../../model/index.js';

export const commands = {
	ListHostedZones: ListHostedZonesCommand,
	ListQueryLoggingConfigs: ListQueryLoggingConfigsCommand,
	GetDNSSEC: GetDNSSECCommand,
	ListResourceRecordSets: ListResourceRecordSetsCommand,
	ListHealthChecks: ListHealthChecksCommand,
};
export type Route53 = Aws<typeof commands>;

export type ListedZone = NonNullable<CommandOutput<typeof ListHostedZonesCommand>['HostedZones']>[number];
export type ListedCheck = NonNullable<CommandOutput<typeof ListHealthChecksCommand>['HealthChecks']>[number];
export type RecordSet = NonNullable<CommandOutput<typeof ListResourceRecordSetsCommand>['ResourceRecordSets']>[number];
export type Signing = CommandOutput<typeof GetDNSSECCommand>;

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};
