import {AccountClient, GetAlternateContactCommand, ListRegionsCommand} from '@aws-sdk/client-account';
import {type Aws, defineCollector, type Resource, type Yielded} from '../../model/index.js';
import type {Account, Region} from './rules.js';

const commands = {ListRegions: ListRegionsCommand, GetAlternateContact: GetAlternateContactCommand};
type AccountManagement = Aws<typeof commands>;

const readAccount = async (aws: AccountManagement): Promise<Resource<Account>> => {
	const facts = aws.facts();
	// The answer has a name, an address and a number: it is looked at, and forgotten here. It must never be cached.
	const answer = await facts.attempt('GetAlternateContact', {AlternateContactType: 'SECURITY'}, {absent: ['ResourceNotFoundException']});
	return {
		arn: `arn:${aws.partition}:account::${aws.accountId}:account`,
		resourceType: 'AWS::Account::Account',
		resourceId: aws.accountId,
		resourceName: aws.accountId,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: answer === undefined ? {} : {securityContact: answer !== null},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

async function* readRegions(aws: AccountManagement): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListRegions', {MaxResults: 50});
	let whole = pages !== undefined;
	for (const {RegionName, RegionOptStatus} of pages?.flatMap(({Regions = []}) => Regions) ?? []) {
		if (RegionName === undefined || RegionOptStatus === undefined) {
			facts.missing('ListRegions', 'RegionOptStatus');
			whole = false;
			continue;
		}

		const resource: Resource<Region> = {
			arn: `arn:${aws.partition}:account::${aws.accountId}:region/${RegionName}`,
			resourceType: 'AWS::Account::Region',
			resourceId: RegionName,
			resourceName: RegionName,
			accountId: aws.accountId,
			awsRegion: RegionName,
			tags: {},
			configuration: {status: RegionOptStatus},
			unread: {},
			readAt: facts.readAt,
		};
		yield {yields: 'resource', resource};
	}

	if (whole) yield {yields: 'complete', of: 'AWS::Account::Region'};
}

export const collector = defineCollector({
	client: AccountClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		yield {yields: 'resource', resource: await readAccount(aws)};
		yield {yields: 'complete', of: 'AWS::Account::Account'};
		yield* readRegions(aws);
	},
});
