import {OrganizationsClient} from '@aws-sdk/client-organizations';
import {type CommandOutput, defineCollector, type Facts, type Yielded} from '../../../model/index.js';
import type {MemberAccount, Organization} from '../rules/organization.js';
import {type Commands, commands, isNotInUse, isNotOurs, type Organizations} from './commands.js';
import {accountResource, organizationResource} from './resources.js';
import {readServices} from './services.js';

type Listed = NonNullable<CommandOutput<Commands['ListAccounts']>['Accounts']>[number];
type Known = {readonly Id: string; readonly Arn: string; readonly one: Listed};

const toMember = ({one, Id}: Known, managementAccountId: string | undefined, administers: readonly string[]): MemberAccount => ({
	// `Status` beside it is retired, and knows only half of the states.
	...(one.State !== undefined && {state: one.State}),
	...(one.JoinedMethod !== undefined && {joinedMethod: one.JoinedMethod}),
	...(one.JoinedTimestamp !== undefined && {joinedAt: one.JoinedTimestamp}),
	isManagement: Id === managementAccountId,
	administers,
});

/** All accounts; null where only others may ask, undefined where they could not be read as a whole. */
const readAccounts = async (facts: Facts<Commands>, isManagement: boolean): Promise<readonly Known[] | null | undefined> => {
	const pages = await facts.attemptPages('ListAccounts', {MaxResults: 20}, isManagement ? {} : {absent: isNotOurs});
	if (!pages) return pages;
	const accounts = pages.flatMap(({Accounts = []}) => Accounts);
	const known = accounts.flatMap(one => (one.Id === undefined || one.Arn === undefined ? [] : [{Id: one.Id, Arn: one.Arn, one}]));
	if (known.length < accounts.length) {
		facts.missing('ListAccounts', 'Id');
		return undefined;
	}

	return known;
};

const countStates = (accounts: readonly Known[]): Readonly<Record<string, number>> => {
	const counts = new Map<string, number>();
	for (const {one} of accounts) counts.set(one.State ?? 'unknown', (counts.get(one.State ?? 'unknown') ?? 0) + 1);
	return Object.fromEntries(counts);
};

async function* noOrganization(aws: Organizations, facts: Facts<Commands>): AsyncGenerator<Yielded, void, undefined> {
	yield {yields: 'resource', resource: organizationResource(aws, undefined, {inUse: false}, facts)};
	yield {yields: 'complete', of: 'AWS::Organizations::Organization'};
	yield {yields: 'complete', of: 'AWS::Organizations::Account'};
	yield {yields: 'complete', of: 'AWS::Organizations::DelegatedService'};
}

async function* full(aws: Organizations): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	const answer = await facts.attempt('DescribeOrganization', {}, {absent: isNotInUse});
	if (answer === null) {
		yield* noOrganization(aws, facts);
		return;
	}

	const {Id, Arn, FeatureSet, MasterAccountId} = answer?.Organization ?? {};
	if (answer && (Id === undefined || MasterAccountId === undefined)) facts.missing('DescribeOrganization', 'Id');
	// Where that is not known, a refusal is taken for one: it must not pass for "not ours to ask".
	const isManagement = MasterAccountId === undefined || MasterAccountId === aws.accountId;
	const options = isManagement ? {} : {absent: isNotOurs};
	const access = await facts.attemptPages('ListAWSServiceAccessForOrganization', {MaxResults: 20}, options);
	const trustedServices =
		access === null
			? null
			: access?.flatMap(({EnabledServicePrincipals = []}) =>
					EnabledServicePrincipals.flatMap(({ServicePrincipal}) => ServicePrincipal ?? []),
				);
	const accounts = await readAccounts(facts, isManagement);
	const services = await readServices(aws, {trustedServices, featureSet: FeatureSet, isManagement});

	const configuration: Organization = {
		...(answer && {inUse: true}),
		...(Id !== undefined && {id: Id}),
		...(MasterAccountId !== undefined && {managementAccountId: MasterAccountId, isManagement: MasterAccountId === aws.accountId}),
		...(FeatureSet !== undefined && {featureSet: FeatureSet}),
		...(accounts !== undefined && {accounts: accounts && countStates(accounts)}),
		...(trustedServices !== undefined && {trustedServices}),
	};
	yield {yields: 'resource', resource: organizationResource(aws, Arn, configuration, facts)};
	yield {yields: 'complete', of: 'AWS::Organizations::Organization'};

	for (const account of accounts ?? []) {
		const administers = services.flatMap(({configuration: {servicePrincipal, administrators = []}}) =>
			administrators.some(({accountId}) => accountId === account.Id) ? [servicePrincipal] : [],
		);
		yield {
			yields: 'resource',
			resource: accountResource(
				aws,
				{arn: account.Arn, resourceId: account.Id, resourceName: account.one.Name || account.Id},
				toMember(account, MasterAccountId, administers),
				{unread: {}, readAt: facts.readAt},
			),
		};
	}

	if (accounts !== undefined) yield {yields: 'complete', of: 'AWS::Organizations::Account'};
	for (const resource of services) yield {yields: 'resource', resource};
	yield {yields: 'complete', of: 'AWS::Organizations::DelegatedService'};
}

export const collector = defineCollector({client: OrganizationsClient, commands, full});
