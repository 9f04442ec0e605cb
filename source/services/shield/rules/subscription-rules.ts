import {type Answer, dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {notSubscribed, type Subscription} from './subscription.js';

const guide = 'https://docs.aws.amazon.com/waf/latest/developerguide/';

// 3,000 USD a month for all accounts of an organization together, for a year: https://aws.amazon.com/shield/pricing/.
// The figure is common knowledge and was not checked against that page; data transfer out is charged for besides.
export const usdPerMonth = 3000;

export const subscribed: Rule<Subscription> = {
	id: 'shield-subscription-active',
	title: 'The account is subscribed to Shield Advanced',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'Shield Standard turns away floods at the network and transport layers, free of charge and for everyone. Shield Advanced adds the application layer, AWS’s response team, and credits for what an attack made you pay. It is worth its price to some.',
	remediation: {
		text: 'Decide whether what an hour of outage costs is worth 3,000 USD a month, for a year at least, from which nobody can withdraw. Rate-based rules and AWS’s anti-DDoS rule group in WAF go far without it.',
		// Not create-subscription: nobody should commit the organisation for a year by a paste.
		cli: 'aws shield get-subscription-state --region us-east-1',
		terraform: '# Commits to a year, 36,000 USD.\nresource "aws_shield_subscription" "this" {\n  auto_renew = "ENABLED"\n}',
		url: `${guide}ddos-overview.html`,
	},
	note: 'Prowler says nothing at all of Shield where there is no subscription.',
	reads: ['GetSubscriptionState'],
	evaluate({configuration: {state}}) {
		const is = (verdict: Answer['verdict'], reason: string): Answer => ({
			verdict,
			reason,
			evidence: {expected: 'ACTIVE', observed: `${state}`, operation: 'GetSubscriptionState'},
		});
		if (state === 'ACTIVE') return is('PASS', 'subscribed to Shield Advanced');
		if (state === 'INACTIVE') return is('FAIL', 'Shield Standard only: floods of requests are left to WAF, and nobody at AWS is on call');
		return is('UNKNOWN', `AWS gives the subscription as ${state}, which is not known here`);
	},
};

export const renews: Rule<Subscription> = {
	id: 'shield-subscription-renews',
	title: 'The subscription to Shield Advanced renews by itself',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale: 'A subscription that ends takes every protection with it, on a day that nobody remembers.',
	remediation: {
		text: 'Turn automatic renewal on, or write down who decides before it ends. It may be changed in the last 30 days only.',
		cli: 'aws shield update-subscription --auto-renew ENABLED --region us-east-1',
		terraform: 'resource "aws_shield_subscription" "this" {\n  auto_renew = "ENABLED"\n}',
		url: 'https://docs.aws.amazon.com/waf/latest/DDOSAPIReference/API_UpdateSubscription.html',
	},
	note: 'MEDIUM where it ends within 60 days.',
	settings: {warnDays: 60},
	reads: ['DescribeSubscription'],
	exempts: notSubscribed,
	evaluate({configuration: {autoRenew, endsAt}}, {now, settings}) {
		const {warnDays = 60} = settings;
		const evidence = {
			expected: 'AutoRenew ENABLED',
			observed: `AutoRenew ${autoRenew ?? 'absent'}, EndTime ${endsAt ?? 'absent'}`,
			operation: 'DescribeSubscription',
		};
		const when = endsAt === undefined ? '' : msBetween(now, endsAt) > 0 ? ` in ${spanInWords(msBetween(now, endsAt))}` : ' now';
		if (autoRenew === 'ENABLED') return {verdict: 'PASS', reason: `renews by itself${when}`, evidence};
		if (autoRenew !== 'DISABLED')
			return {verdict: 'UNKNOWN', reason: `DescribeSubscription tells of its renewal ${autoRenew ?? 'nothing'}`, evidence};
		return {
			verdict: 'FAIL',
			severity: endsAt !== undefined && msBetween(now, endsAt) <= warnDays * dayMs ? 'MEDIUM' : 'INFORMATIONAL',
			reason: `ends${when}, and every protection with it`,
			evidence,
		};
	},
};

export const proactive: Rule<Subscription> = {
	id: 'shield-subscription-proactive-engagement',
	title: 'The Shield Response Team calls when an attack hurts',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'With proactive engagement AWS’s engineers call when a health check fails during an attack. Without, the first to notice is a customer, and the first call is yours.',
	remediation: {
		text: 'It needs health checks on the protections, and Business or Enterprise Support. See which emergency contacts there are. Where it was turned off: aws shield enable-proactive-engagement. Where a contact or a telephone number is missing: aws shield update-emergency-contact-settings. Where it was never set up: aws shield associate-proactive-engagement-details. The latter two replace all contacts: name those again that stay.',
		cli: 'aws shield describe-emergency-contact-settings --region us-east-1',
		terraform:
			'resource "aws_shield_proactive_engagement" "this" {\n  enabled = true\n\n  # A block for each contact: those without one are removed.\n  emergency_contact {\n    email_address = var.on_call_email\n    phone_number  = var.on_call_phone\n  }\n}',
		url: `${guide}ddos-srt-proactive-engagement.html`,
	},
	reads: ['DescribeSubscription', 'DescribeEmergencyContactSettings'],
	exempts: notSubscribed,
	evaluate({configuration: {proactiveEngagement: status, contacts}}) {
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'LOW'): Answer => ({
			verdict,
			reason,
			...(severity !== undefined && {severity}),
			evidence: {
				expected: 'ENABLED, with contacts',
				observed: `${status ?? 'absent'}, ${contacts?.total ?? 'unknown'} contacts, ${contacts?.withPhone ?? 'unknown'} with a telephone number`,
				operation: 'DescribeSubscription',
			},
		});
		if (contacts === undefined) return is('UNKNOWN', 'DescribeEmergencyContactSettings did not tell whom to call');
		switch (status) {
			case 'ENABLED': {
				if (contacts.total === 0) return is('FAIL', 'on, but there is no emergency contact to call');
				return contacts.withPhone === 0
					? is('FAIL', 'on, but no emergency contact has a telephone number')
					: is('PASS', `on, with ${contacts.total === 1 ? 'one emergency contact' : `${contacts.total} emergency contacts`}`);
			}

			case 'PENDING': {
				return is('FAIL', 'asked for, and not yet confirmed by AWS', 'LOW');
			}

			// Absent where it was never set up.
			case 'DISABLED':
			case undefined: {
				return is('FAIL', contacts.total === 0 ? 'off, and there is no emergency contact' : 'off: nobody at AWS calls during an attack');
			}

			default: {
				return is('UNKNOWN', `AWS gives proactive engagement as ${status}, which is not known here`);
			}
		}
	},
};

export const responseTeam: Rule<Subscription> = {
	id: 'shield-subscription-response-team-access',
	title: 'The Shield Response Team may act in the account',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'During an attack the team can write WAF rules and read logs only with a role that was given to it before. Nobody makes one in time.',
	remediation: {
		text: 'Give the team a role with AWSShieldDRTAccessPolicy, and the buckets in which WAF, CloudFront and load balancers log.',
		cli: 'aws shield associate-drt-role --role-arn ROLE_ARN --region us-east-1',
		terraform: 'resource "aws_shield_drt_access_role_arn_association" "this" {\n  role_arn = aws_iam_role.shield.arn\n}',
		url: `${guide}ddos-srt-access.html`,
	},
	note: 'Older notes and AWS’s own API speak of the DDoS Response Team, or DRP. It helps those with Business or Enterprise Support.',
	reads: ['DescribeDRTAccess'],
	exempts: notSubscribed,
	evaluate({configuration: {responseTeam: access}}) {
		const evidence = {
			expected: 'RoleArn',
			observed: `RoleArn ${access?.roleArn ?? 'absent'}, ${access?.logBuckets.length ?? 0} log buckets`,
			operation: 'DescribeDRTAccess',
		};
		if (access === undefined) return {verdict: 'UNKNOWN', reason: 'what the response team may do was not told', evidence};
		if (access.roleArn === null) return {verdict: 'FAIL', reason: 'the response team has no role in this account', evidence};
		const buckets = access.logBuckets.length === 0 ? ', and reads no logs' : `, and reads the logs in ${access.logBuckets.join(', ')}`;
		return {verdict: 'PASS', reason: `the response team has role ${access.roleArn.split('/').at(-1)}${buckets}`, evidence};
	},
};
