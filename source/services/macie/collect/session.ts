import type {CommandOutput, Facts, Yielded} from '../../../model/index.js';
import type {Session} from '../rules/session.js';
import {type Age, type Commands, type Freshness, isNotEnabled, isNotOurs, type Macie} from './commands.js';
import {sessionResource} from './resources.js';

const named = 50;

/** Who is in charge: a member has an administrator, an administrator has members, a lone account has neither. */
const readOrganisation = async (facts: Facts<Commands>, rest: Age): Promise<Pick<Session, 'administrator' | 'members'>> => {
	const answer = await facts.attempt('GetAdministratorAccount', {}, {...rest, absent: ['ResourceNotFoundException']});
	if (answer === undefined) return {};
	const {accountId, relationshipStatus} = answer?.administrator ?? {};
	// Members have no members.
	if (accountId !== undefined) return {administrator: {accountId, relationshipStatus: relationshipStatus ?? 'unknown'}};
	// Members that left or were removed too: they are what one forgets.
	const pages = await facts.attemptPages('ListMembers', {onlyAssociated: 'false', maxResults: 25}, {...rest, absent: isNotOurs});
	if (pages === undefined) return {administrator: null};
	const members = (pages ?? []).flatMap(page => page.members ?? []);
	if (members.some(one => one.accountId === undefined || one.relationshipStatus === undefined)) {
		facts.missing('ListMembers', 'relationshipStatus');
		return {administrator: null};
	}

	return {
		administrator: null,
		members: {
			total: members.length,
			watched: members.filter(one => one.relationshipStatus === 'Enabled').length,
			unwatched: members
				.filter(one => one.relationshipStatus !== 'Enabled')
				.slice(0, named)
				.map(one => ({accountId: one.accountId ?? '', status: one.relationshipStatus ?? ''})),
		},
	};
};

const bucketsOf = (answer: CommandOutput<Commands['GetBucketStatistics']>): NonNullable<Session['buckets']> => {
	const sensitivity = answer.bucketStatisticsBySensitivity;
	return {
		total: answer.bucketCount ?? 0,
		...(answer.bucketCountByEffectivePermission?.publiclyAccessible !== undefined && {
			publiclyAccessible: answer.bucketCountByEffectivePermission.publiclyAccessible,
		}),
		...(answer.bucketCountBySharedAccessType?.external !== undefined && {sharedExternally: answer.bucketCountBySharedAccessType.external}),
		...(sensitivity?.sensitive?.totalCount !== undefined && {sensitive: sensitivity.sensitive.totalCount}),
		...(sensitivity?.notClassified?.totalCount !== undefined && {unclassified: sensitivity.notClassified.totalCount}),
		...(answer.classifiableSizeInBytes !== undefined && {classifiableBytes: answer.classifiableSizeInBytes}),
		...(answer.lastUpdated !== undefined && {lastUpdated: answer.lastUpdated}),
	};
};

/** The session with all that could be read of it; `off` only where Macie says so. */
export const readSession = async (aws: Macie, fresh: Freshness): Promise<Extract<Yielded, {readonly yields: 'resource'}> | 'off'> => {
	const facts = aws.facts();
	const session = await facts.attempt('GetMacieSession', {}, {...fresh.session, absent: isNotEnabled});
	if (session === null) return 'off';

	const options = {...fresh.rest, absent: isNotOurs};
	const discovery = await facts.attempt('GetAutomatedDiscoveryConfiguration', {}, options);
	if (discovery && discovery.status === undefined) facts.missing('GetAutomatedDiscoveryConfiguration', 'status');
	const results = await facts.attempt('GetClassificationExportConfiguration', {}, options);
	const publication = await facts.attempt('GetFindingsPublicationConfiguration', {}, fresh.rest);
	const published = publication?.securityHubConfiguration;
	if (publication && (published?.publishPolicyFindings === undefined || published.publishClassificationFindings === undefined)) {
		facts.missing('GetFindingsPublicationConfiguration', 'securityHubConfiguration');
	}

	const buckets = await facts.attempt('GetBucketStatistics', {accountId: aws.accountId}, fresh.rest);
	const configuration: Session = {
		...(session?.status !== undefined && {status: session.status}),
		...(session?.createdAt !== undefined && {createdAt: session.createdAt}),
		...(session?.findingPublishingFrequency !== undefined && {publishingFrequency: session.findingPublishingFrequency}),
		...(discovery === null && {discovery}),
		...(discovery?.status !== undefined && {
			discovery: {
				status: discovery.status,
				...(discovery.autoEnableOrganizationMembers !== undefined && {autoEnable: discovery.autoEnableOrganizationMembers}),
				...(discovery.firstEnabledAt !== undefined && {firstEnabledAt: discovery.firstEnabledAt}),
			},
		}),
		...(results && {resultsBucket: results.configuration?.s3Destination?.bucketName ?? null}),
		...(published?.publishPolicyFindings !== undefined &&
			published.publishClassificationFindings !== undefined && {
				published: {policy: published.publishPolicyFindings, classification: published.publishClassificationFindings},
			}),
		...(buckets && {buckets: bucketsOf(buckets)}),
		...(await readOrganisation(facts, fresh.rest)),
	};
	return {yields: 'resource', resource: sessionResource(aws, configuration, facts)};
};
