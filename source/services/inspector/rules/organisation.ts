import {type Answer, answer, plural, type Rule, unpublished} from '../../../model/index.js';
import type {Activation} from './activation.js';
import {exemptWhenOff, guide} from './common.js';

export const centrallyManaged: Rule<Activation> = {
	id: 'inspector-account-centrally-managed',
	title: 'Inspector is managed from one account of the organisation',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'What only the account itself manages, whoever takes the account can turn off.',
	remediation: {
		text: 'Name a delegated administrator from the organisation’s management account. In an account that stands alone, mute this.',
		cli: 'aws inspector2 enable-delegated-admin-account --delegated-admin-account-id ADMIN --region {region}',
		terraform: 'resource "aws_inspector2_delegated_admin_account" "this" {\n  account_id = var.admin_account_id\n}',
		url: `${guide}designating-admin.html`,
	},
	reads: ['GetDelegatedAdminAccount'],
	exempts: exemptWhenOff,
	evaluate({configuration: {administrator}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'GetDelegatedAdminAccount', 'a delegated administrator', observed);
		if (administrator === undefined) return is('UNKNOWN', 'who manages Inspector here could not be read', 'no answer');
		if (administrator === null)
			return is('FAIL', 'nobody else manages Inspector here: whoever takes this account can turn it off', 'nobody');
		const {accountId, relationshipStatus, isThisAccount} = administrator;
		const observed = `${accountId} ${relationshipStatus}`;
		if (isThisAccount) return is('PASS', 'this account is the delegated administrator of Inspector', observed);
		return relationshipStatus === 'ENABLED'
			? is('PASS', `account ${accountId} manages Inspector here`, observed)
			: is('FAIL', `the relationship to administrator ${accountId} is ${relationshipStatus}: nobody else manages Inspector here`, observed);
	},
};

export const membersEnabled: Rule<Activation> = {
	id: 'inspector-members-enabled',
	title: 'Inspector scans every member account',
	severity: 'HIGH',
	published: unpublished,
	rationale: 'The administrator sees what its members report. One that was removed reports nothing, and looks just like one that is clean.',
	remediation: {
		text: 'Associate the member again and enable its scans. Accounts that are being closed may be muted.',
		cli: 'aws inspector2 list-members --no-only-associated --region {region}',
		url: `${guide}managing-multiple-accounts.html`,
	},
	reads: ['GetDelegatedAdminAccount', 'ListMembers'],
	exempts(resource) {
		const {administrator} = resource.configuration;
		return (
			exemptWhenOff(resource) ??
			(administrator === null || administrator?.isThisAccount === false
				? 'this account is not the delegated administrator of Inspector'
				: undefined)
		);
	},
	evaluate({configuration: {members}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'ListMembers', 'every member ENABLED', observed);
		if (members === undefined) return is('UNKNOWN', 'the members could not be listed', 'no list');
		const {total, scanned, unscanned} = members;
		const first = unscanned[0];
		if (total === 0) return is('NOT_APPLICABLE', 'there are no members', 'none');
		const observed = `${scanned} of ${total} ENABLED`;
		return first === undefined
			? is('PASS', `all ${plural(total, 'member')} are scanned`, observed)
			: is(
					'FAIL',
					`${total - scanned} of ${plural(total, 'member')} ${total - scanned === 1 ? 'is' : 'are'} not scanned: ${first.accountId} is ${first.status.toLowerCase().replaceAll('_', ' ')}${unscanned.length > 1 ? ', and others' : ''}`,
					observed,
				);
	},
};
