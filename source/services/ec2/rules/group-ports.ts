import {type Answer, answer, listed, type PublishedIds, type Remediation, type Rule, type Severity} from '../../../model/index.js';
import {notSaid, unreadInWords, vpcGuide} from './common.js';
import {type Group, type GroupResource, type Opening, opennessOf, usersInWords} from './group.js';
import {adminPorts, covers, isAllPorts, type Port, portsInWords, protocolOf, riskyPorts, webPorts} from './internet.js';

const listing = 'DescribeSecurityGroups';

/**
 * What an opening is worth to the internet: nothing on a group that nothing uses, less where no interface has a public
 * address. Where interfaces could not be listed, the worst is assumed.
 */
const severityOf = ({interfaces}: Group, severity: 'HIGH' | 'MEDIUM', isEverything: boolean): Severity => {
	if (interfaces?.total === 0) {
		return 'LOW';
	}

	if (interfaces?.public === 0) {
		return severity === 'HIGH' ? 'MEDIUM' : 'LOW';
	}

	return isEverything && interfaces !== undefined ? 'CRITICAL' : severity;
};

const behind = ({interfaces}: Group): string =>
	interfaces === undefined
		? ''
		: interfaces.total === 0
			? ', on nothing yet'
			: interfaces.public === 0
				? `, on ${usersInWords(interfaces)} without a public address`
				: `, on ${usersInWords(interfaces)}`;

const found = (openings: readonly Opening[], ports: readonly Port[]): ReadonlyArray<{readonly opening: Opening; readonly port: Port}> =>
	openings.flatMap(opening => ports.filter(port => covers(opening.permission, port)).map(port => ({opening, port})));

const portInWords = ({port, name, protocol}: Port): string => `${port} (${name}${protocol === 'udp' ? ', udp' : ''})`;

/** Why it is not known what is in a prefix list: lists are found by one operation and read by another. */
const doubtInWords = ({unread}: GroupResource): string => {
	const operation = unread['DescribeManagedPrefixLists'] === undefined ? 'GetManagedPrefixListEntries' : 'DescribeManagedPrefixLists';
	return unreadInWords(unread[operation], operation);
};

const judgePorts = (resource: GroupResource, ports: readonly Port[], severity: 'HIGH' | 'MEDIUM', what: string): Answer => {
	const {configuration: group} = resource;
	if (group.ingress === undefined) {
		return notSaid('what it lets in', listing);
	}

	const {open, doubtful} = opennessOf(group.ingress, group.prefixLists);
	const expected = `no ${what} open to the internet`;
	const hits = found(open, ports);
	const [first] = hits;
	if (first !== undefined) {
		const names = [...new Set(hits.map(({port}) => portInWords(port)))];
		const {permission, source} = first.opening;
		const all = isAllPorts(permission);
		return answer(
			'FAIL',
			`${all ? `${portsInWords(permission)}, ${names.length === 1 ? names[0] : `${names[0]} among them,`}` : listed(names)} open to ${source}${behind(group)}`,
			listing,
			expected,
			hits
				.map(hit => `${hit.opening.source} to ${hit.port.protocol} ${hit.port.port}`)
				.slice(0, 20)
				.join(', '),
			severityOf(group, severity, protocolOf(permission.protocol) === '-1'),
		);
	}

	const [doubt] = found(doubtful, ports);
	return doubt === undefined
		? answer('PASS', `no ${what} open to the internet`, listing, expected, 'none')
		: answer(
				'UNKNOWN',
				`${portInWords(doubt.port)} open to ${doubt.opening.source}, of which the entries ${doubtInWords(resource)}`,
				listing,
				expected,
				doubt.opening.source,
			);
};

const ingressFrom = (prowler: readonly string[], securityControlIds: readonly string[], cis: readonly string[]): PublishedIds => ({
	securityControlIds,
	cis,
	prowler: prowler.map(name => `ec2_securitygroup_allow_ingress_from_internet_to_${name}`),
});

const closing = (text: string): Remediation => ({
	text,
	cli: 'aws ec2 revoke-security-group-ingress --group-id {id} --protocol tcp --port PORT --cidr 0.0.0.0/0 --region {region}',
	terraform:
		'resource "aws_vpc_security_group_ingress_rule" "this" {\n  security_group_id = "{id}"\n  cidr_ipv4         = "203.0.113.0/24"\n  ip_protocol       = "tcp"\n  from_port         = 22\n  to_port           = 22\n}',
	url: `${vpcGuide}/security-group-rules.html`,
});

const wide =
	'Any range wider than a /8 counts as the internet, 2000::/3 and two halves of 0.0.0.0/0 too, and so do such entries of a customer’s prefix list; others look for 0.0.0.0/0 and ::/0 alone. HIGH where an interface with a public address has the group, MEDIUM where none has, LOW where nothing uses it.';

export const adminPortsClosed: Rule<Group> = {
	id: 'ec2-group-admin-ports-closed',
	title: 'A security group opens neither SSH nor RDP to the internet',
	severity: 'HIGH',
	published: ingressFrom(['tcp_port_22', 'tcp_port_3389'], ['EC2.13', 'EC2.14'], ['v3.0 5.2', 'v3.0 5.3', 'v5.0 5.3', 'v5.0 5.4']),
	rationale: 'An open port of administration is found within minutes and tried for ever, with every password and every flaw there is.',
	remediation: closing(
		'Close the port, and reach the machines through Session Manager or EC2 Instance Connect Endpoint, which need no open port; or open it to the addresses of your own network alone.',
	),
	note: wide,
	reads: [],
	evaluate: resource => judgePorts(resource, adminPorts, 'HIGH', 'port of administration is'),
};

export const riskyPortsClosed: Rule<Group> = {
	id: 'ec2-group-risky-ports-closed',
	title: 'A security group opens no database, cache or development port to the internet',
	severity: 'HIGH',
	published: ingressFrom(
		[
			'high_risk_tcp_ports',
			'tcp_ftp_port_20_21',
			'tcp_port_telnet_23',
			'tcp_port_mysql_3306',
			'tcp_port_postgres_5432',
			'tcp_port_redis_6379',
			'tcp_port_memcached_11211',
			'port_mongodb_27017_27018',
			'tcp_port_cassandra_7199_9160_8888',
			'tcp_port_kafka_9092',
			'tcp_port_sql_server_1433_1434',
			'tcp_port_oracle_1521_2483',
			'tcp_port_elasticsearch_kibana_9200_9300_5601',
		],
		['EC2.19'],
		[],
	),
	rationale:
		'Databases, caches and development servers often ask for no password, or for one that was never changed. They are for the machines behind them.',
	remediation: closing('Open the port to the security group of those that use it, not to addresses.'),
	note: `${wide} Besides Security Hub’s list it has Docker, etcd, kubelet, VNC, Redis, Memcached, MongoDB, Kafka and Oracle.`,
	reads: [],
	evaluate: resource => judgePorts(resource, riskyPorts, 'HIGH', 'database, cache or development port is'),
};

/** Openings of something other than the web, and of more than what the rules on single ports tell of. */
const isOdd = ({permission}: Opening): boolean => {
	const protocol = protocolOf(permission.protocol);
	// ICMP has no ports; being able to ping a machine is no way in.
	if (protocol === 'icmp' || protocol === 'icmpv6') {
		return false;
	}

	const {fromPort, toPort} = permission;
	const single = fromPort !== undefined && fromPort === toPort;
	return !(single && [...webPorts, ...adminPorts, ...riskyPorts].some(port => covers(permission, port)));
};

export const portsClosed: Rule<Group> = {
	id: 'ec2-group-ports-closed',
	title: 'A security group opens nothing but 80 and 443 to the internet',
	severity: 'MEDIUM',
	published: ingressFrom(['all_ports', 'any_port'], ['EC2.18'], []),
	rationale:
		'Whatever listens on an open port, now or after the next change, is open to everyone. What serves the public is HTTP and HTTPS.',
	remediation: closing('Narrow the rule to the ports that serve the public, or to the addresses that need it.'),
	note: 'Ports that the rules on administration, databases and caches tell of are theirs, and not told twice; ranges of ports are. ICMP is no way in, and passes. HIGH where all ports are open, CRITICAL where all traffic is, to a public address. Protocols without ports, such as ESP and GRE, are MEDIUM: few machines answer them.',
	reads: [],
	evaluate(resource) {
		const {configuration: group} = resource;
		if (group.ingress === undefined) {
			return notSaid('what it lets in', listing);
		}

		const {open, doubtful} = opennessOf(group.ingress, group.prefixLists);
		const odd = open.filter(isOdd);
		const expected = 'tcp 80, tcp 443 and udp 443 at most';
		const observed =
			listed(open.map(({permission, source}) => `${portsInWords(permission)} from ${source}`)) || 'nothing open to the internet';
		const [first] = odd;
		if (first !== undefined) {
			const worst = odd.find(({permission}) => isAllPorts(permission)) ?? first;
			const all = isAllPorts(worst.permission);
			return answer(
				'FAIL',
				`${all ? portsInWords(worst.permission) : listed([...new Set(odd.map(({permission}) => portsInWords(permission)))])} open to ${worst.source}${behind(group)}`,
				listing,
				expected,
				observed,
				severityOf(group, all ? 'HIGH' : 'MEDIUM', protocolOf(worst.permission.protocol) === '-1'),
			);
		}

		const told = [...adminPorts, ...riskyPorts];
		const doubt = doubtful.find(opening => isOdd(opening) || found([opening], told).length > 0);
		if (doubt !== undefined) {
			return answer(
				'UNKNOWN',
				`${portsInWords(doubt.permission)} open to ${doubt.source}, of which the entries ${doubtInWords(resource)}`,
				listing,
				expected,
				observed,
			);
		}

		if (found(open, told).length > 0) {
			return {verdict: 'NOT_APPLICABLE', reason: 'open on single ports, which the rules on administration, databases and caches tell of'};
		}

		return answer(
			'PASS',
			open.length === 0 ? 'nothing is open to the internet' : 'open to the internet for the web alone',
			listing,
			expected,
			observed,
		);
	},
};
