import {
	DescribeComplianceByConfigRuleCommand,
	DescribeConfigRulesCommand,
	DescribeConfigurationRecorderStatusCommand,
	DescribeConfigurationRecordersCommand,
	DescribeDeliveryChannelStatusCommand,
	DescribeDeliveryChannelsCommand,
	GetComplianceDetailsByConfigRuleCommand,
} from '@aws-sdk/client-config-service';
import type {Aws} from '../../../model/index.js';

export const commands = {
	DescribeConfigurationRecorders: DescribeConfigurationRecordersCommand,
	DescribeConfigurationRecorderStatus: DescribeConfigurationRecorderStatusCommand,
	DescribeDeliveryChannels: DescribeDeliveryChannelsCommand,
	DescribeDeliveryChannelStatus: DescribeDeliveryChannelStatusCommand,
	DescribeConfigRules: DescribeConfigRulesCommand,
	DescribeComplianceByConfigRule: DescribeComplianceByConfigRuleCommand,
	GetComplianceDetailsByConfigRule: GetComplianceDetailsByConfigRuleCommand,
};
export type Commands = typeof commands;
export type Config = Aws<Commands>;

/** A copy without the members that are undefined, for optional members that are either there or not. */
export const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};
