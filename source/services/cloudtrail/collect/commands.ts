import {DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand} from '@aws-sdk/client-cloudtrail';
import type {Aws} from '../../../model/index.js';

export const commands = {
	DescribeTrails: DescribeTrailsCommand,
	GetTrailStatus: GetTrailStatusCommand,
	GetEventSelectors: GetEventSelectorsCommand,
};
export type Commands = typeof commands;
export type CloudTrail = Aws<Commands>;
