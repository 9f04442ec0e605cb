import {type Answer, type Rule, unpublished} from '../../model/index.js';

/** What Account Management knows of the account itself. */
export type Account = {
	/** Whether a security contact is registered. Who it is, is nobody's business here, and is not kept. */
	readonly securityContact?: boolean;
};

/** A Region, as the account has it. */
export type Region = {
	/** `ENABLED_BY_DEFAULT`; `ENABLED` opted in; `ENABLING`; `DISABLING`; `DISABLED`. */
	readonly status: string;
};

const reference = 'https://docs.aws.amazon.com/accounts/latest/reference/' as const;

const securityContactRegistered: Rule<Account> = {
	id: 'account-contact-registered',
	title: 'AWS knows whom to call about security',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['Account.1'],
		cis: ['v3.0 1.2', 'v5.0 1.2'],
		prowler: ['account_security_contact_information_is_registered'],
	},
	rationale:
		'When AWS sees an account misused it writes to the security contact; without one, to the mailbox of the root user, which nobody reads.',
	remediation: {
		text: 'Register a team’s address and number as the security contact, best for all accounts of the organisation at once.',
		cli: 'aws account put-alternate-contact --alternate-contact-type SECURITY --name NAME --title TITLE --email-address ADDRESS --phone-number NUMBER',
		terraform:
			'resource "aws_account_alternate_contact" "security" {\n  alternate_contact_type = "SECURITY"\n  name                   = var.security_name\n  title                  = var.security_title\n  email_address          = var.security_address\n  phone_number           = var.security_number\n}',
		url: `${reference}manage-acct-update-contact-alternate.html`,
	},
	note: 'Only that there is one is read and kept, never who it is. Whether the address is still read, no API tells.',
	reads: ['GetAlternateContact'],
	evaluate({configuration: {securityContact}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({
			verdict,
			reason,
			evidence: {
				expected: 'an alternate contact of type SECURITY',
				observed: securityContact === undefined ? 'no answer' : securityContact ? 'registered' : 'ResourceNotFoundException',
				operation: 'GetAlternateContact',
			},
		});
		if (securityContact === undefined) return is('UNKNOWN', 'whether there is a security contact could not be read');
		return securityContact
			? is('PASS', 'a security contact is registered')
			: is('FAIL', 'no security contact is registered: AWS writes to the mailbox of the root user');
	},
};

const known = new Set(['ENABLED_BY_DEFAULT', 'ENABLED', 'ENABLING', 'DISABLING', 'DISABLED']);

const regionSettled: Rule<Region> = {
	id: 'account-region-settled',
	title: 'A Region is either on or off',
	severity: 'LOW',
	published: unpublished,
	rationale: 'While a Region is being disabled nobody can sign in to it, yet what is in it runs on, acts and is charged for, out of sight.',
	remediation: {
		text: 'Wait: it takes minutes to hours, and cannot be stopped. What is left in a Region that goes off is reached again only by opting in anew.',
		cli: 'aws account get-region-opt-status --region-name {name}',
		url: `${reference}manage-acct-regions.html`,
	},
	reads: [],
	evaluate({configuration: {status}, resourceName}) {
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'INFORMATIONAL'): Answer => ({
			verdict,
			reason,
			...(severity !== undefined && {severity}),
			evidence: {expected: 'ENABLED, ENABLED_BY_DEFAULT or DISABLED', observed: status, operation: 'ListRegions'},
		});
		switch (status) {
			case 'DISABLING': {
				return is('FAIL', `${resourceName} is being disabled: what is left in it runs on, out of reach`);
			}

			case 'ENABLING': {
				return is('FAIL', `${resourceName} is being enabled, and is watched once it is on`, 'INFORMATIONAL');
			}

			default: {
				return known.has(status)
					? is('PASS', status === 'DISABLED' ? `${resourceName} is off` : `${resourceName} is on`)
					: is('UNKNOWN', `the status ${status} is not known here`);
			}
		}
	},
};

const regionOptedIn: Rule<Region> = {
	id: 'account-region-not-opted-in',
	title: 'Regions are opted in to where they are needed, and nowhere else',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'Each Region more is one more place to guard: detectors, trails and default encryption are set up Region by Region.',
	remediation: {
		text: 'Keep it if it is used; else empty it and disable it. Regions that are on by default cannot be disabled: close those by a policy of the organisation.',
		cli: 'aws account disable-region --region-name {name}',
		url: `${reference}manage-acct-regions.html`,
	},
	note: 'Whether anything is in the Region is not asked here: the other panels show that.',
	reads: [],
	exempts: ({configuration: {status}}) => (status === 'ENABLED_BY_DEFAULT' ? 'it is on by default, and cannot be disabled' : undefined),
	evaluate({configuration: {status}, resourceName}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({
			verdict,
			reason,
			evidence: {expected: 'DISABLED, or a use for it', observed: status, operation: 'ListRegions'},
		});
		switch (status) {
			case 'DISABLED':
			case 'DISABLING': {
				return is('PASS', `${resourceName} is ${status === 'DISABLED' ? 'off' : 'going off'}`);
			}

			case 'ENABLED':
			case 'ENABLING': {
				return is('FAIL', `somebody opted in to ${resourceName}: it is guarded as the others are, or not at all`);
			}

			default: {
				return is('UNKNOWN', `the status ${status} is not known here`);
			}
		}
	},
};

export const accountRules: ReadonlyArray<Rule<Account>> = [securityContactRegistered];
export const regionRules: ReadonlyArray<Rule<Region>> = [regionSettled, regionOptedIn];
