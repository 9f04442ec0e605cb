import {type Answer, answer, plural, type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide} from './common.js';
import type {Session} from './session.js';

export const centrallyManaged: Rule<Session> = {
	id: 'macie-session-centrally-managed',
	title: 'Macie is managed from one account',
	severity: 'LOW',
	published: unpublished,
	rationale: 'What only the account itself manages, whoever takes the account can turn off.',
	remediation: {
		text: 'Name a delegated administrator from the organisation’s management account. In an account that stands alone, mute this.',
		cli: 'aws macie2 enable-organization-admin-account --admin-account-id ADMIN --region {region}',
		terraform: 'resource "aws_macie2_organization_admin_account" "this" {\n  admin_account_id = var.admin_account_id\n}',
		url: `${guide}accounts-mgmt-ao-integrate.html`,
	},
	reads: ['GetMacieSession', 'GetAdministratorAccount', 'ListMembers'],
	exempts: exemptWhenOff,
	evaluate({configuration: {administrator, members}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'GetAdministratorAccount', 'an administrator with relationship Enabled, or members', observed);
		if (administrator) {
			const {accountId, relationshipStatus} = administrator;
			const observed = `${accountId} ${relationshipStatus}`;
			return relationshipStatus === 'Enabled'
				? is('PASS', `account ${accountId} manages Macie here`, observed)
				: is('FAIL', `the relationship to administrator ${accountId} is ${relationshipStatus}: nobody else manages Macie here`, observed);
		}

		if (administrator === undefined || members === undefined) {
			return is('UNKNOWN', 'who manages Macie here could not be read', 'no answer');
		}

		return members.total > 0
			? is('PASS', `this account manages Macie for ${plural(members.total, 'member')}`, `${members.total} members`)
			: is('FAIL', 'nobody else manages Macie here: whoever takes this account can turn it off', 'neither');
	},
};

export const membersEnabled: Rule<Session> = {
	id: 'macie-members-enabled',
	title: 'Macie watches every member account',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'The administrator sees what its members send. A member that is paused or was removed sends nothing, and looks just like one without sensitive data.',
	remediation: {
		text: 'Resume members that are paused; add those again that were removed. Accounts that are being closed may be muted.',
		cli: 'aws macie2 list-members --only-associated false --region {region}',
		url: `${guide}accounts-mgmt-ao-administer.html`,
	},
	reads: ['GetMacieSession', 'GetAdministratorAccount', 'ListMembers'],
	exempts(resource) {
		return exemptWhenOff(resource) ?? (resource.configuration.administrator ? 'another account manages Macie here' : undefined);
	},
	evaluate({configuration: {members}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'ListMembers', 'every member Enabled', observed);
		if (members === undefined) return is('UNKNOWN', 'the members could not be listed', 'no list');
		const {total, watched, unwatched} = members;
		const first = unwatched[0];
		if (total === 0) return is('NOT_APPLICABLE', 'this account has no members', 'none');
		const observed = `${watched} of ${total} Enabled`;
		return first === undefined
			? is('PASS', `all ${plural(total, 'member')} are watched`, observed)
			: is(
					'FAIL',
					`${total - watched} of ${plural(total, 'member')} ${total - watched === 1 ? 'is' : 'are'} not watched: ${first.accountId} is ${first.status.toLowerCase()}${unwatched.length > 1 ? ', and others' : ''}`,
					observed,
				);
	},
};
