import {answer, plural, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';

/** Which ports of hosts the internet reaches, by Inspector's active findings. Kept up to date by each delta. */
export type Exposure = {
	/** Absent: the findings could not be read. At most fifty; `count` says how many there are. */
	readonly open?: ReadonlyArray<{readonly id: string; readonly on: string; readonly ports: string}>;
	readonly count?: number;
};

export const portsClosed: Rule<Exposure> = {
	id: 'inspector-network-unreachable',
	title: 'No port of a host can be reached from the internet',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Inspector has followed gateway, routes, ACLs and security groups and found an open way in. It does not tell whether something listens there today.',
	remediation: {
		text: 'Close the security group or the route, and reach hosts by Session Manager or through a load balancer. What is meant to be public may be suppressed in Inspector.',
		cli: `aws inspector2 list-findings --filter-criteria '{"findingType":[{"comparison":"EQUALS","value":"NETWORK_REACHABILITY"}],"findingStatus":[{"comparison":"EQUALS","value":"ACTIVE"}]}' --region {region}`,
		url: `${guide}findings-types.html`,
	},
	note: 'The findings are listed as well, with the severity that Inspector gives them. Only EC2 instances have such findings, and no CVE stands behind them.',
	reads: ['ListFindings'],
	evaluate({configuration: {open, count = 0}}) {
		const is = (verdict: 'PASS' | 'FAIL' | 'UNKNOWN', reason: string, observed: string) =>
			answer(verdict, reason, 'ListFindings', 'no active finding of NETWORK_REACHABILITY from an internet gateway', observed);
		const first = open?.[0];
		if (open === undefined) return is('UNKNOWN', 'the findings could not be read as a whole', 'no list');
		if (first === undefined) return is('PASS', 'Inspector found no way in from the internet', 'none');
		const port = first.ports === '' ? 'a port' : `port ${first.ports}`;
		return is(
			'FAIL',
			`the internet reaches ${port} of ${first.on}${count > 1 ? `, and ${plural(count - 1, 'more way')} in` : ''}`,
			open.map(({on, ports}) => `${on} ${ports}`.trim()).join(', '),
		);
	},
};

export const exposureRules: ReadonlyArray<Rule<Exposure>> = [portsClosed];
