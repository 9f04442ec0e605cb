import type {Facts, Resource} from '../../../model/index.js';
import type {Hub, Standard} from '../rules/hub.js';
import {type Age, type Commands, type Freshness, isNotOurs, isNotSubscribed, type SecurityHub} from './commands.js';
import {hubResource} from './resources.js';

const readStandards = async (facts: Facts<Commands>, rest: Age): Promise<readonly Standard[] | undefined> => {
	const pages = await facts.attemptPages('GetEnabledStandards', {MaxResults: 100}, {...rest, absent: isNotSubscribed});
	const subscriptions = pages?.flatMap(({StandardsSubscriptions = []}) => StandardsSubscriptions);
	const lacking = subscriptions?.some(({StandardsArn, StandardsStatus}) => StandardsArn === undefined || StandardsStatus === undefined);
	if (lacking === true) {
		facts.missing('GetEnabledStandards', 'StandardsStatus');
		return undefined;
	}

	return subscriptions?.map(({StandardsArn: arn = '', StandardsStatus: status = '', StandardsStatusReason}) => ({
		arn,
		// `…::standards/NAME/v/1.0.0`, of the oldest one `…:::ruleset/NAME/v/1.2.0`.
		name: arn.replace(/^.*:(?:standards|ruleset)\//u, ''),
		status,
		...(StandardsStatusReason?.StatusReasonCode !== undefined && {reason: StandardsStatusReason.StatusReasonCode}),
	}));
};

/** Who is in charge: a member has an administrator, the delegated administrator has settings, a lone account has neither. */
const readOrganisation = async (facts: Facts<Commands>, rest: Age): Promise<Pick<Hub, 'administrator' | 'organization'>> => {
	const answer = await facts.attempt('GetAdministratorAccount', {}, {...rest, absent: isNotOurs});
	if (answer === undefined) return {};
	const {AccountId, MemberStatus} = answer?.Administrator ?? {};
	// Members may not ask for the organisation's settings: the question is not theirs.
	if (AccountId !== undefined) return {administrator: {accountId: AccountId, status: MemberStatus ?? 'unknown'}, organization: null};
	const settings = await facts.attempt('DescribeOrganizationConfiguration', {}, {...rest, absent: isNotOurs});
	if (!settings) return {administrator: null, ...(settings === null && {organization: null})};
	const {AutoEnable, AutoEnableStandards, MemberAccountLimitReached, OrganizationConfiguration} = settings;
	if (AutoEnable === undefined) {
		facts.missing('DescribeOrganizationConfiguration', 'AutoEnable');
		return {administrator: null};
	}

	return {
		administrator: null,
		organization: {
			// Older partitions know no central configuration, and do not speak of it.
			configuration: OrganizationConfiguration?.ConfigurationType ?? 'LOCAL',
			...(OrganizationConfiguration?.Status !== undefined && {configurationStatus: OrganizationConfiguration.Status}),
			autoEnable: AutoEnable,
			autoEnableStandards: AutoEnableStandards ?? 'DEFAULT',
			memberLimitReached: MemberAccountLimitReached === true,
		},
	};
};

/** The hub with all that could be read of it; off only where Security Hub says so. */
export const readHub = async (aws: SecurityHub, fresh: Freshness): Promise<{readonly isOff: boolean; readonly resource: Resource<Hub>}> => {
	const facts = aws.facts();
	const answer = await facts.attempt('DescribeHub', {}, {...fresh.hub, absent: isNotSubscribed});
	if (answer === null) return {isOff: true, resource: hubResource(aws, {enabled: false}, facts)};
	const standards = await readStandards(facts, fresh.rest);
	const configuration: Hub = {
		...(answer && {enabled: true}),
		...(answer?.SubscribedAt !== undefined && {since: answer.SubscribedAt}),
		...(answer?.AutoEnableControls !== undefined && {newControlsEnabled: answer.AutoEnableControls}),
		...(answer?.ControlFindingGenerator !== undefined && {findingGenerator: answer.ControlFindingGenerator}),
		...(standards && {standards}),
		...(await readOrganisation(facts, fresh.rest)),
	};
	return {isOff: false, resource: hubResource(aws, configuration, facts)};
};
