import type {CommandOutput, Facts, Yielded} from '../../../model/index.js';
import type {Activation} from '../rules/activation.js';
import {type Age, type Commands, equals, type Freshness, type Inspector} from './commands.js';
import {activationResource} from './resources.js';

const scanningOf = ({
	ec2,
	ecr,
	lambda,
	lambdaCode,
	codeRepository,
}: NonNullable<AccountState['resourceState']>): Activation['scanning'] => ({
	ec2: ec2?.status ?? 'UNKNOWN',
	ecr: ecr?.status ?? 'UNKNOWN',
	...(lambda?.status !== undefined && {lambda: lambda.status}),
	...(lambdaCode?.status !== undefined && {lambdaCode: lambdaCode.status}),
	...(codeRepository?.status !== undefined && {codeRepository: codeRepository.status}),
});
type AccountState = NonNullable<CommandOutput<Commands['BatchGetAccountStatus']>['accounts']>[number];

export const readActivation = async (
	aws: Inspector,
	fresh: Freshness,
): Promise<{readonly activation: Activation; readonly yielded: Yielded}> => {
	const facts = aws.facts();
	const answer = await facts.attempt('BatchGetAccountStatus', {}, fresh.status);
	const account = answer?.accounts?.find(({accountId}) => accountId === aws.accountId) ?? answer?.accounts?.[0];
	const failed = answer?.failedAccounts?.[0];
	if (account?.resourceState && (!account.resourceState.ec2 || !account.resourceState.ecr))
		facts.missing('BatchGetAccountStatus', 'resourceState');
	if (answer && account === undefined) facts.missing('BatchGetAccountStatus', `this account${failed ? ` (${failed.errorCode})` : ''}`);
	const status = account?.state?.status;
	const scanning = account?.resourceState && scanningOf(account.resourceState);
	const isOn = status !== 'DISABLED';
	const settings = isOn ? await facts.attempt('GetConfiguration', {}, fresh.rest) : undefined;
	const scanMode = settings?.ec2Configuration?.scanModeState?.scanMode;
	const rescan = settings?.ecrConfiguration?.rescanDurationState?.rescanDuration;
	const coverage = isOn ? await countCoverage(facts, fresh.rest) : undefined;
	const deep =
		isOn && (scanning?.ec2 ?? 'ENABLED') === 'ENABLED'
			? await facts.attempt('GetEc2DeepInspectionConfiguration', {}, fresh.rest)
			: undefined;
	if (deep && deep.status === undefined) facts.missing('GetEc2DeepInspectionConfiguration', 'status');
	const activation: Activation = {
		...(status !== undefined && {status}),
		...(scanning && {scanning}),
		...(scanMode !== undefined && {ec2ScanMode: scanMode}),
		...(rescan !== undefined && {ecrRescanDuration: rescan}),
		...(coverage && {coverage}),
		...(deep?.status !== undefined && {
			deepInspection: {status: deep.status, ...(deep.errorMessage !== undefined && {error: deep.errorMessage})},
		}),
		...(isOn && (await readOrganisation(facts, aws.accountId, fresh.rest))),
	};
	return {activation, yielded: {yields: 'resource', resource: activationResource(aws, activation, facts)}};
};

type Group = {readonly groupKey?: string | undefined; readonly count?: number | undefined};

/** The client's type says that a group's key names what was grouped by; AWS answers with the group's value. */
const sums = (groups: readonly Group[]): Readonly<Record<string, number>> =>
	Object.fromEntries(groups.map(({groupKey = '', count = 0}) => [groupKey, count]));
const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

const countCoverage = async (facts: Facts<Commands>, rest: Age): Promise<Activation['coverage']> => {
	const answer = await facts.attempt('ListCoverageStatistics', {groupBy: 'SCAN_STATUS_CODE'}, rest);
	if (!answer) return undefined;
	const {ACTIVE: active = 0, INACTIVE: inactive = 0} = sums(answer.countsByGroup ?? []);
	if (active + inactive !== answer.totalCounts) {
		facts.missing('ListCoverageStatistics', 'some of its counts');
		return undefined;
	}

	if (inactive === 0) return {active, inactive, reasons: {}};
	// Why they do not run: a stopped host is no gap.
	const why = await facts.attempt(
		'ListCoverageStatistics',
		{groupBy: 'SCAN_STATUS_REASON', filterCriteria: {scanStatusCode: equals('INACTIVE')}},
		rest,
	);
	if (!why) return undefined;
	const reasons = sums(why.countsByGroup ?? []);
	if (total(reasons) !== why.totalCounts || why.totalCounts !== inactive) {
		facts.missing('ListCoverageStatistics', 'some of its reasons');
		return undefined;
	}

	return {active, inactive, reasons};
};

type Said = {readonly name: string; readonly message: string};
/** "There is none", or the service's own refusal to whom it does not concern, which no policy of ours could lift: IAM's says "not authorized to perform". */
const isNobody = ({name, message}: Said): boolean =>
	name === 'ResourceNotFoundException' || (name === 'AccessDeniedException' && !/not authorized to perform/iu.test(message));

const named = 50;

const readOrganisation = async (
	facts: Facts<Commands>,
	accountId: string,
	rest: Age,
): Promise<Pick<Activation, 'administrator' | 'members'>> => {
	const answer = await facts.attempt('GetDelegatedAdminAccount', {}, {...rest, absent: isNobody});
	if (answer === undefined) return {};
	if (answer === null) return {administrator: null};
	const {accountId: adminId, relationshipStatus} = answer.delegatedAdmin ?? {};
	if (adminId === undefined || relationshipStatus === undefined) {
		facts.missing('GetDelegatedAdminAccount', 'delegatedAdmin');
		return {};
	}

	const administrator = {accountId: adminId, relationshipStatus, isThisAccount: adminId === accountId};
	if (!administrator.isThisAccount) return {administrator};
	// Members that left or were removed too: they are what one forgets.
	const pages = await facts.attemptPages('ListMembers', {onlyAssociated: false, maxResults: 50}, rest);
	if (!pages) return {administrator};
	const members = pages.flatMap(page => page.members ?? []);
	if (members.some(one => one.accountId === undefined || one.relationshipStatus === undefined)) {
		facts.missing('ListMembers', 'relationshipStatus');
		return {administrator};
	}

	const scanned = members.filter(one => one.relationshipStatus === 'ENABLED').length;
	return {
		administrator,
		members: {
			total: members.length,
			scanned,
			unscanned: members
				.filter(one => one.relationshipStatus !== 'ENABLED')
				.slice(0, named)
				.map(one => ({accountId: one.accountId ?? '', status: one.relationshipStatus ?? ''})),
		},
	};
};
