import type {CommandOutput, Resource} from '../../../model/index.js';
import {type IpSet, ipSetType, type Scope} from '../rules/web-acl.js';
import {type Commands, present, type Waf, whileUnchanged} from './commands.js';

export type ListedSet = NonNullable<CommandOutput<Commands['ListIPSets']>['IPSets']>[number] & {readonly ARN: string};

export const toIpSet = async (
	aws: Waf,
	scope: Scope,
	listed: ListedSet,
	usedBy: readonly string[] | undefined,
): Promise<Resource<IpSet>> => {
	const facts = aws.facts();
	const {ARN: arn, Id, Name, Description, LockToken} = listed;
	const set = (await whileUnchanged(LockToken, async options => facts.attempt('GetIPSet', {Id, Name, Scope: scope}, options)))?.IPSet;
	return {
		arn,
		resourceType: ipSetType,
		resourceId: Id || arn,
		resourceName: Name || arn,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {
			scope,
			...(Description !== undefined && Description !== '' && {description: Description}),
			...(set && present({version: set.IPAddressVersion, size: set.Addresses?.length})),
			...present({usedBy}),
		},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};
