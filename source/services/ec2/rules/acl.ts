import {answer, listed, type Rule} from '../../../model/index.js';
import {notSaid, vpcGuide} from './common.js';
import {adminPorts, covers, isInternet, type Port, type Ports} from './internet.js';

/** AWS Config's name. */
export const aclType = 'AWS::EC2::NetworkAcl';

/** One numbered rule. */
export type AclEntry = Ports & {
	/** Those with lower numbers come first; 32767 is the last, which denies. */
	readonly number: number;
	readonly isEgress: boolean;
	readonly action: string;
	/** IPv4 or IPv6, as written. */
	readonly cidr: string;
};

/** A network ACL. Facts that could not be read are absent. */
export type Acl = {
	readonly vpcId?: string;
	/** Whether new subnets of its VPC get it. */
	readonly isDefault?: boolean;
	/** The subnets that it guards, sorted. */
	readonly subnetIds?: readonly string[];
	/** In the order in which they are tried, ingress first. */
	readonly entries?: readonly AclEntry[];
};

/** The rule by which the internet gets to a port, if one lets it: the first that is for both decides. IPv4 and IPv6 are apart. */
export const openingFor = (entries: readonly AclEntry[], port: Port): AclEntry | undefined => {
	const tried = entries.filter(entry => !entry.isEgress && isInternet(entry.cidr) && covers(entry, port));
	for (const isIpv6 of [false, true]) {
		// A refusal of a part of the internet closes nothing; one of all of it closes what comes after.
		const first = tried.find(({cidr, action}) => cidr.includes(':') === isIpv6 && (action === 'allow' || cidr.endsWith('/0')));
		if (first?.action === 'allow') {
			return first;
		}
	}

	return undefined;
};

const listing = 'DescribeNetworkAcls';
// RDP over udp begins with tcp.
const byTcp = adminPorts.filter(({protocol}) => protocol === 'tcp');

export const aclAdminPortsClosed: Rule<Acl> = {
	id: 'ec2-acl-admin-ports-closed',
	title: 'A network ACL lets neither SSH nor RDP in from the internet',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['EC2.21'],
		cis: ['v3.0 5.1', 'v5.0 5.2'],
		prowler: [
			'ec2_networkacl_allow_ingress_any_port',
			'ec2_networkacl_allow_ingress_tcp_port_22',
			'ec2_networkacl_allow_ingress_tcp_port_3389',
		],
	},
	rationale: 'A network ACL is the second lock: it holds for the whole subnet when somebody opens a security group by mistake.',
	remediation: {
		text: 'Put rules that deny 22 and 3389 from 0.0.0.0/0 and ::/0 before those that allow. Network ACLs keep no state: leave the ports of answers (1024–65535) open.',
		cli: 'aws ec2 create-network-acl-entry --network-acl-id {id} --ingress --rule-number 1 --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny --region {region}',
		terraform:
			'resource "aws_network_acl_rule" "ssh" {\n  network_acl_id = "{id}"\n  rule_number    = 1\n  protocol       = "tcp"\n  from_port      = 22\n  to_port        = 22\n  cidr_block     = "0.0.0.0/0"\n  rule_action    = "deny"\n}',
		url: `${vpcGuide}/vpc-network-acls.html`,
	},
	note: 'The first rule that is for the port and the whole internet decides, so that a denial before an allowance passes. The ACL that AWS makes with each VPC allows everything and fails, as it does with Security Hub and CIS.',
	reads: [],
	exempts: ({configuration: {subnetIds}}) => (subnetIds?.length === 0 ? 'it guards no subnet' : undefined),
	evaluate({configuration: {entries, subnetIds, isDefault}}) {
		if (entries === undefined) {
			return notSaid('its rules', listing);
		}

		const openings = byTcp.flatMap(port => {
			const entry = openingFor(entries, port);
			return entry === undefined ? [] : [{port, entry}];
		});
		const [first] = openings;
		const expected = 'a denial of 22 and 3389 from the internet, or no allowance';
		if (first === undefined) {
			return answer('PASS', 'neither 22 nor 3389 gets in from the internet', listing, expected, 'no opening');
		}

		const names = [...new Set(openings.map(({port}) => `${port.port} (${port.name})`))];
		const rule = first.entry.number;
		const guards = subnetIds === undefined ? '' : ` to ${subnetIds.length} ${subnetIds.length === 1 ? 'subnet' : 'subnets'}`;
		return answer(
			'FAIL',
			`rule ${rule} lets ${listed(names)} in from ${first.entry.cidr}${guards}${isDefault === true && first.entry.protocol === '-1' ? ', as AWS made it' : ''}`,
			listing,
			expected,
			openings.map(({port, entry}) => `rule ${entry.number} ${entry.cidr} ${port.protocol} ${port.port}`).join(', '),
		);
	},
};

export const aclUsed: Rule<Acl> = {
	id: 'ec2-acl-used',
	title: 'A network ACL guards a subnet',
	severity: 'LOW',
	published: {securityControlIds: ['EC2.16'], cis: [], prowler: ['ec2_networkacl_unused']},
	rationale: 'One that guards nothing was made for a subnet that has another now, or was forgotten: somebody may believe in its rules.',
	remediation: {
		text: 'Associate it with the subnets that it was made for, or delete it.',
		cli: 'aws ec2 delete-network-acl --network-acl-id {id} --region {region}',
		url: `${vpcGuide}/vpc-network-acls.html`,
	},
	reads: [],
	exempts: ({configuration: {isDefault}}) => (isDefault === true ? 'the default of its VPC cannot be deleted' : undefined),
	evaluate({configuration: {subnetIds}}) {
		if (subnetIds === undefined) {
			return notSaid('which subnets it guards', listing);
		}

		const observed = subnetIds.join(', ') || 'none';
		return subnetIds.length === 0
			? answer('FAIL', 'it guards no subnet', listing, 'a subnet', observed)
			: answer('PASS', `it guards ${subnetIds.length} ${subnetIds.length === 1 ? 'subnet' : 'subnets'}`, listing, 'a subnet', observed);
	},
};
