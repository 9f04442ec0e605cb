import type {Facts} from '../../../model/index.js';
import {type Detector, listsFeatures, type Member} from '../rules/detector.js';
import {type Age, type Commands, isNotOurs} from './commands.js';

/** https://docs.aws.amazon.com/guardduty/latest/APIReference/API_GetMemberDetectors.html */
const accountsPerCall = 50;
const named = 50;

// Sources that every detector reads, and that cannot be turned off.
const foundations = new Set(['CLOUD_TRAIL', 'DNS_LOGS', 'FLOW_LOGS']);
const isKnown = (status: string | undefined): boolean => status === 'ENABLED' || status === 'DISABLED';

/** Which of the features that are on here are off in the members that are watched. */
const readLacking = async (
	facts: Facts<Commands>,
	DetectorId: string,
	accountIds: readonly string[],
	features: NonNullable<Detector['features']>,
	rest: Age,
): Promise<Detector['membersLacking']> => {
	const wanted = Object.entries(features).flatMap(([name, {status}]) => (status === 'ENABLED' && !foundations.has(name) ? [name] : []));
	if (!listsFeatures({features}) || Object.values(features).some(({status}) => !isKnown(status))) return undefined;
	const lacking = new Map<string, {count: number; accountIds: string[]}>();
	for (let start = 0; start < accountIds.length; start += accountsPerCall) {
		const asked = accountIds.slice(start, start + accountsPerCall);
		const answer = await facts.attempt('GetMemberDetectors', {DetectorId, AccountIds: asked}, rest);
		if (!answer) return undefined;
		const members = answer.MemberDataSourceConfigurations ?? [];
		if (members.length < asked.length) {
			facts.missing('GetMemberDetectors', `${asked.length - members.length} of the ${asked.length} accounts that it was asked for`);
			return undefined;
		}

		for (const {AccountId = 'unnamed', Features} of members) {
			// What is not listed for a member is not offered to it; where nothing is listed, nothing was said.
			const listed = new Map<string, string | undefined>(
				Features?.flatMap(({Name, Status}) => (Name && isKnown(Status) ? [[Name, Status]] : [])),
			);
			if (wanted.length > 0 && (listed.size !== Features?.length || !wanted.some(name => listed.has(name)))) {
				facts.missing('GetMemberDetectors', 'Features that are known here');
				return undefined;
			}

			for (const name of wanted) {
				if (listed.get(name) !== 'DISABLED') continue;
				const gap = lacking.get(name) ?? {count: 0, accountIds: []};
				gap.count++;
				if (gap.accountIds.length < named) gap.accountIds.push(AccountId);
				lacking.set(name, gap);
			}
		}
	}

	return Object.fromEntries(lacking);
};

/** Members, those too that left or were removed: they are what one forgets. Null where the question is not this account's. */
const listMembers = async (
	facts: Facts<Commands>,
	DetectorId: string,
	options: Age & {readonly absent?: typeof isNotOurs},
): Promise<readonly Member[] | null | undefined> => {
	const pages = await facts.attemptPages('ListMembers', {DetectorId, OnlyAssociated: 'false', MaxResults: 50}, options);
	if (!pages) return pages;
	if (pages.some(({Members = []}) => Members.some(({AccountId, RelationshipStatus}) => !AccountId || !RelationshipStatus))) {
		facts.missing('ListMembers', 'RelationshipStatus');
		return undefined;
	}

	return pages
		.flatMap(page => page.Members ?? [])
		.map(({AccountId = 'unnamed', RelationshipStatus = 'unknown'}) => ({accountId: AccountId, status: RelationshipStatus}));
};

const isWatched = ({status}: Member): boolean => status === 'Enabled';
const summed = (all: readonly Member[]): NonNullable<Detector['members']> => ({
	total: all.length,
	watched: all.filter(isWatched).length,
	unwatched: all.filter(one => !isWatched(one)).slice(0, named),
});

/** The members of an account outside AWS Organizations: it may have invited some, and is their administrator then. */
export const readInvited = async (facts: Facts<Commands>, DetectorId: string, rest: Age): Promise<Pick<Detector, 'members'>> => {
	const members = await listMembers(facts, DetectorId, {...rest, absent: isNotOurs});
	return members === undefined ? {} : {members: summed(members ?? [])};
};

/** What the delegated administrator knows of its members. To be asked by nobody else. */
export const readMembers = async (
	facts: Facts<Commands>,
	DetectorId: string,
	features: Detector['features'],
	rest: Age,
): Promise<Pick<Detector, 'members' | 'membersLacking' | 'organizationCounts'>> => {
	const statistics = await facts.attempt('GetOrganizationStatistics', {}, {...rest, absent: isNotOurs});
	const counts = statistics?.OrganizationDetails?.OrganizationStatistics;
	const updatedAt = statistics?.OrganizationDetails?.UpdatedAt;
	const organization: Pick<Detector, 'organizationCounts'> =
		statistics === undefined
			? {}
			: {
					organizationCounts: counts
						? {
								...(counts.TotalAccountsCount !== undefined && {accounts: counts.TotalAccountsCount}),
								...(counts.EnabledAccountsCount !== undefined && {watched: counts.EnabledAccountsCount}),
								...(updatedAt !== undefined && {at: updatedAt}),
							}
						: null,
				};
	const all = await listMembers(facts, DetectorId, rest);
	if (!all) return organization;
	const membersLacking =
		features &&
		(await readLacking(
			facts,
			DetectorId,
			all.filter(isWatched).map(({accountId}) => accountId),
			features,
			rest,
		));
	return {...organization, members: summed(all), ...(membersLacking && {membersLacking})};
};
