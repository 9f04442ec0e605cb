import {type Answer, answer, plural, type Resource, type Rule, refusalInWords, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide} from './common.js';
import type {Detector} from './detector.js';
import {nameOfFeature} from './features.js';

export const centrallyManaged: Rule<Detector> = {
	id: 'guardduty-detector-centrally-managed',
	title: 'GuardDuty is managed from one account',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_centrally_managed']},
	rationale: 'A detector that only its own account manages can be switched off by whoever takes that account.',
	remediation: {
		text: 'Name a delegated administrator in AWS Organizations and let it manage GuardDuty here. In an account that stands alone, mute this.',
		cli: 'aws guardduty enable-organization-admin-account --admin-account-id ADMIN --region {region}',
		terraform: 'resource "aws_guardduty_organization_admin_account" "this" {\n  admin_account_id = var.admin_account_id\n}',
		url: `${guide}guardduty_organizations.html`,
	},
	reads: ['GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {administrator, organization, members}, unread}) {
		const is = (verdict: Answer['verdict'], reason: string, operation: string, observed: string): Answer =>
			answer(verdict, reason, operation, 'an administrator with relationship Enabled, or this account as administrator', observed);
		if (administrator) {
			const {accountId, relationshipStatus} = administrator;
			const observed = `${accountId} ${relationshipStatus}`;
			return relationshipStatus === 'Enabled'
				? is('PASS', `account ${accountId} manages GuardDuty here`, 'GetAdministratorAccount', observed)
				: is(
						'FAIL',
						`the relationship to administrator ${accountId} is ${relationshipStatus}: nobody else manages GuardDuty here`,
						'GetAdministratorAccount',
						observed,
					);
		}

		if (organization) {
			return is(
				'PASS',
				'this account is the delegated administrator of GuardDuty',
				'DescribeOrganizationConfiguration',
				'delegated administrator',
			);
		}

		if (administrator === undefined || organization === undefined) {
			return is('UNKNOWN', 'who manages GuardDuty here could not be read', 'GetAdministratorAccount', 'no answer');
		}

		// Outside AWS Organizations an account manages those that it invited.
		if (members === undefined) {
			const refused = unread['ListMembers'];
			const why = refused === undefined ? '' : `: ${refusalInWords(refused)}`;
			return is('UNKNOWN', `whether this account manages GuardDuty for others could not be read${why}`, 'ListMembers', 'no list');
		}

		return members.total > 0
			? is('PASS', `this account manages GuardDuty for ${plural(members.total, 'member')}`, 'ListMembers', `${members.total} members`)
			: is('FAIL', 'nobody else manages GuardDuty here: whoever takes this account can turn it off', 'GetAdministratorAccount', 'neither');
	},
};

const notDelegated = (resource: Resource<Detector>): string | undefined =>
	exemptWhenOff(resource) ??
	(resource.configuration.organization === null ? 'this account is not the delegated administrator of GuardDuty' : undefined);

/** An account outside AWS Organizations is an administrator too, where it invited others. */
const notAdministrator = (resource: Resource<Detector>): string | undefined => {
	const {administrator, organization, members} = resource.configuration;
	const mayHaveMembers = !administrator && organization === null && members?.total !== 0;
	return mayHaveMembers ? exemptWhenOff(resource) : notDelegated(resource);
};

export const autoEnabled: Rule<Detector> = {
	id: 'guardduty-organization-auto-enabled',
	title: 'GuardDuty comes on by itself in member accounts',
	severity: 'MEDIUM',
	published: {securityControlIds: [], cis: [], prowler: ['guardduty_delegated_admin_enabled_all_regions']},
	rationale: 'Accounts are made faster than anyone remembers to enable GuardDuty in them.',
	remediation: {
		text: 'Let the organisation enable GuardDuty in all members, or at least in new ones. Where the limit of members is reached, delete those that were closed or have left.',
		cli: 'aws guardduty update-organization-configuration --detector-id {id} --auto-enable-organization-members ALL --region {region}',
		terraform:
			'resource "aws_guardduty_organization_configuration" "this" {\n  detector_id                      = aws_guardduty_detector.this.id\n  auto_enable_organization_members = "ALL"\n}',
		url: `${guide}set-guardduty-auto-enable-preferences.html`,
	},
	reads: ['GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts: notDelegated,
	evaluate({configuration: {organization}}) {
		const mode = organization?.autoEnable;
		const is = (verdict: Answer['verdict'], reason: string): Answer =>
			answer(verdict, reason, 'DescribeOrganizationConfiguration', 'autoEnableOrganizationMembers ALL or NEW', mode ?? 'no answer');
		switch (mode) {
			case 'ALL':
			case 'NEW': {
				if (organization?.memberLimitReached === true) {
					return is('FAIL', 'the limit of member accounts is reached: new accounts stay unwatched');
				}

				return mode === 'ALL'
					? is('PASS', 'GuardDuty comes on by itself in all member accounts')
					: is('PASS', 'GuardDuty comes on by itself in new member accounts; older ones stay as they are');
			}

			case 'NONE': {
				return is('FAIL', 'GuardDuty does not come on by itself in members: new accounts start unwatched');
			}

			default: {
				return is('UNKNOWN', `whether GuardDuty comes on by itself is given as ${mode ?? 'nothing'}, which is not known here`);
			}
		}
	},
};

export const membersEnabled: Rule<Detector> = {
	id: 'guardduty-members-enabled',
	title: 'GuardDuty watches every member account',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'The administrator sees what its members send. A member that is suspended or was removed sends nothing, and looks just like one where nothing happens.',
	remediation: {
		text: 'Resume members that are suspended; add those again that were removed. Accounts that are being closed may be muted.',
		cli: 'aws guardduty list-members --detector-id {id} --only-associated false --region {region}',
		url: `${guide}maintaining-guardduty-organization-delegated-admin.html`,
	},
	note: 'Security Hub fails GuardDuty.5 to GuardDuty.13 for suspended members; here they have a rule of their own.',
	reads: ['GetAdministratorAccount', 'DescribeOrganizationConfiguration', 'ListMembers'],
	exempts: notAdministrator,
	evaluate({configuration: {members, organizationCounts}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'ListMembers', 'every member Enabled', observed);
		if (members === undefined) return is('UNKNOWN', 'the members could not be listed', 'no list');
		const {total, watched, unwatched} = members;
		const of =
			organizationCounts?.accounts === undefined ? '' : `, of ${plural(organizationCounts.accounts, 'account')} in the organisation`;
		const first = unwatched[0];
		if (total === 0) return is('NOT_APPLICABLE', `there are no members${of}`, 'none');
		const observed = `${watched} of ${total} Enabled`;
		return first === undefined
			? is('PASS', `all ${plural(total, 'member')} are watched${of}`, observed)
			: is(
					'FAIL',
					`${total - watched} of ${plural(total, 'member')} ${total - watched === 1 ? 'is' : 'are'} not watched: ${first.accountId} is ${first.status.toLowerCase()}${unwatched.length > 1 ? ', and others' : ''}`,
					observed,
				);
	},
};

export const membersEquipped: Rule<Detector> = {
	id: 'guardduty-members-equipped',
	title: 'Members have the protection plans that this account has',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'Whoever has turned a plan on for the security account believes that it is on. The workloads are in the members.',
	remediation: {
		text: 'Turn the plan on for all members, and let it come on in new ones. FEATURE is its name as the evidence has it, such as S3_DATA_EVENTS.',
		cli: `aws guardduty update-organization-configuration --detector-id {id} --auto-enable-organization-members ALL --features '[{"Name":"FEATURE","AutoEnable":"ALL"}]' --region {region}`,
		url: `${guide}set-guardduty-auto-enable-preferences.html`,
	},
	reads: ['GetDetector', 'GetAdministratorAccount', 'DescribeOrganizationConfiguration', 'ListMembers', 'GetMemberDetectors'],
	exempts: notDelegated,
	evaluate({configuration: {members, membersLacking}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'GetMemberDetectors', 'no member lacks a plan that is on here', observed);
		if (members?.watched === 0) return is('NOT_APPLICABLE', 'there are no members that are watched', 'none');
		if (membersLacking === undefined || members === undefined) {
			return is('UNKNOWN', 'GuardDuty did not say what its members have on', 'no answer');
		}

		const gaps = Object.entries(membersLacking).sort(([, one], [, other]) => other.count - one.count);
		const [worst] = gaps;
		if (worst === undefined) {
			return is('PASS', `all ${plural(members.watched, 'watched member')} have what is on here`, 'no gap');
		}

		const [feature, {count, accountIds}] = worst;
		return is(
			'FAIL',
			`${nameOfFeature(feature)} is off in ${count} of ${plural(members.watched, 'member')}, such as ${accountIds[0]}${gaps.length > 1 ? `; ${plural(gaps.length - 1, 'more plan has', 'more plans have')} gaps` : ''}`,
			gaps.map(([name, gap]) => `${name} off in ${gap.count}`).join(', '),
		);
	},
};
