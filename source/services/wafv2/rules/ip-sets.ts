import {grouped, type Rule, unpublished} from '../../../model/index.js';
import type {IpSet} from './web-acl.js';

export const ipSetHasRoom: Rule<IpSet> = {
	id: 'wafv2-ipset-has-room',
	title: 'An IP set has room for more addresses',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'An IP set holds 10,000 addresses and ranges, a limit that cannot be raised. Whatever fills a block list by itself stops at it, silently.',
	remediation: {
		text: 'Join addresses to ranges, let old entries go, or spread them over several sets: one rule can ask for any of them with an OR statement.',
		cli: 'aws wafv2 list-ip-sets --scope REGIONAL --region {region}',
		url: 'https://docs.aws.amazon.com/waf/latest/developerguide/waf-ip-set-managing.html',
	},
	settings: {maximumAddresses: 10_000, warnPercent: 90},
	reads: ['GetIPSet'],
	evaluate({configuration: {size}}, {settings}) {
		const {maximumAddresses = 10_000, warnPercent = 90} = settings;
		if (size === undefined) return {verdict: 'UNKNOWN', reason: 'GetIPSet did not tell what it holds'};
		const held = `holds ${grouped(size)} of ${grouped(maximumAddresses)} addresses`;
		const evidence = {
			expected: `fewer than ${Math.round((maximumAddresses * warnPercent) / 100)} addresses`,
			observed: `${size}`,
			operation: 'GetIPSet',
		};
		return {verdict: size * 100 >= maximumAddresses * warnPercent ? 'FAIL' : 'PASS', reason: held, evidence};
	},
};
