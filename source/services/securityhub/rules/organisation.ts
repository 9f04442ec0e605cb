import {type Answer, answer, type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenOff, guide} from './common.js';
import type {Hub} from './hub.js';

export const centrallyManaged: Rule<Hub> = {
	id: 'securityhub-hub-centrally-managed',
	title: 'Security Hub is managed from one account',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'What only the account itself manages, whoever takes the account can turn off, and nobody sees its findings beside the others.',
	remediation: {
		text: 'Name a delegated administrator from the organisation’s management account. In an account that stands alone, mute this.',
		cli: 'aws securityhub enable-organization-admin-account --admin-account-id ADMIN --region {region}',
		terraform: 'resource "aws_securityhub_organization_admin_account" "this" {\n  admin_account_id = var.admin_account_id\n}',
		url: `${guide}designate-orgs-admin-account.html`,
	},
	reads: ['DescribeHub', 'GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts: exemptWhenOff,
	evaluate({configuration: {administrator, organization}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string): Answer =>
			answer(verdict, reason, 'GetAdministratorAccount', 'an administrator, or this account as delegated administrator', observed);
		if (administrator) {
			const {accountId, status} = administrator;
			return status.toUpperCase() === 'ENABLED'
				? is('PASS', `account ${accountId} manages Security Hub here`, `${accountId} ${status}`)
				: is(
						'FAIL',
						`the relationship to administrator ${accountId} is ${status}: nobody else manages Security Hub here`,
						`${accountId} ${status}`,
					);
		}

		if (organization) return is('PASS', 'this account is the delegated administrator of Security Hub', 'delegated administrator');
		return administrator === null && organization === null
			? is('FAIL', 'nobody else manages Security Hub here: whoever takes this account can turn it off', 'neither')
			: is('UNKNOWN', 'who manages Security Hub here could not be read', 'no answer');
	},
};

export const membersEnabled: Rule<Hub> = {
	id: 'securityhub-organization-auto-enabled',
	title: 'Security Hub comes on by itself in member accounts',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'Accounts are made faster than anyone remembers to enable Security Hub in them.',
	remediation: {
		text: 'Use central configuration: one policy for all accounts and Regions. Where that does not fit, let Security Hub and its default standards come on in new members.',
		cli: 'aws securityhub update-organization-configuration --auto-enable --auto-enable-standards DEFAULT --region {region}',
		terraform:
			'resource "aws_securityhub_organization_configuration" "this" {\n  auto_enable           = false\n  auto_enable_standards = "NONE"\n\n  organization_configuration {\n    configuration_type = "CENTRAL"\n  }\n}',
		url: `${guide}central-configuration-intro.html`,
	},
	note: 'Central configuration answers AutoEnable false by design: its policies decide, and here it passes.',
	reads: ['DescribeHub', 'GetAdministratorAccount', 'DescribeOrganizationConfiguration'],
	exempts: resource =>
		exemptWhenOff(resource) ??
		(resource.configuration.organization === null ? 'this account is not the delegated administrator of Security Hub' : undefined),
	evaluate({configuration: {organization}}) {
		const is = (verdict: Answer['verdict'], reason: string, observed: string, severity?: 'LOW'): Answer =>
			answer(verdict, reason, 'DescribeOrganizationConfiguration', 'central configuration, or AutoEnable true', observed, severity);
		if (!organization) return is('UNKNOWN', 'how members are configured could not be read', 'no answer');
		const {configuration, configurationStatus, autoEnable, autoEnableStandards, memberLimitReached} = organization;
		const observed = [configuration, configurationStatus, `AutoEnable ${autoEnable}`, `AutoEnableStandards ${autoEnableStandards}`]
			.filter(Boolean)
			.join(', ');
		if (memberLimitReached) return is('FAIL', 'the limit of member accounts is reached: new accounts stay unwatched', observed);
		if (configuration === 'CENTRAL') {
			return configurationStatus === 'ENABLED'
				? is('PASS', 'policies of the organisation configure Security Hub in its accounts', observed)
				: is('FAIL', `central configuration is not in force: its status is ${configurationStatus ?? 'not told'}`, observed);
		}

		if (configuration !== 'LOCAL')
			return is('UNKNOWN', `the configuration is given as ${configuration}, which is not known here`, observed);
		if (!autoEnable) return is('FAIL', 'Security Hub does not come on by itself in members: new accounts start unwatched', observed);
		return autoEnableStandards === 'NONE'
			? is('FAIL', 'Security Hub comes on in new members, but without a standard', observed, 'LOW')
			: is('PASS', 'Security Hub comes on by itself in new members, with the default standards', observed);
	},
};
