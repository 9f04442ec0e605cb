/**
 * When a range of addresses is as good as the whole internet: a wider one than a continent's registry has in one piece.
 * Two halves of the internet (`0.0.0.0/1` and `128.0.0.0/1`) are the internet too, and so is `2000::/3`, all of IPv6 that is
 * in use (https://www.iana.org/assignments/ipv6-address-space). No private range is as wide: the widest, `10.0.0.0/8`
 * and `fc00::/7`, are not public.
 */
export const widest = {ipv4PrefixLength: 8, ipv6PrefixLength: 8} as const;

/** Whether a CIDR block is as good as the whole internet. What is no CIDR block is not. */
export const isInternet = (cidr: string): boolean => {
	const [, address = '', length = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/iu.exec(cidr) ?? [];
	if (address === '') {
		return false;
	}

	return address.includes(':')
		? Number(length) < widest.ipv6PrefixLength && !/^f[cd]/iu.test(address)
		: Number(length) < widest.ipv4PrefixLength;
};

/** The numbers that IANA gives, for protocols that EC2 may name by either. https://www.iana.org/assignments/protocol-numbers */
const numbers: Readonly<Record<string, string>> = {'1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', '132': 'sctp'};

/** What people call the others that have no name in EC2. */
const names: Readonly<Record<string, string>> = {
	'2': 'IGMP',
	'4': 'IPv4 in IPv4',
	'41': 'IPv6 in IPv4',
	'47': 'GRE',
	'50': 'ESP',
	'51': 'AH',
	'89': 'OSPF',
	'103': 'PIM',
	'112': 'VRRP',
};

/** `tcp`, `udp`, `icmp`, `icmpv6`, `sctp`, `-1` for all, or another number. */
export const protocolOf = (protocol: string): string => numbers[protocol] ?? protocol.toLowerCase();

/** A port that a listener is likely to be found at. */
export type Port = {readonly protocol: 'tcp' | 'udp'; readonly port: number; readonly name: string};

/** A rule's protocol and ports: both ends belong to it; without ends it is for all ports. */
export type Ports = {readonly protocol: string; readonly fromPort?: number; readonly toPort?: number};

export const covers = ({protocol, fromPort = 0, toPort = 65_535}: Ports, wanted: Pick<Port, 'protocol' | 'port'>): boolean => {
	const own = protocolOf(protocol);
	if (own === '-1') {
		return true;
	}

	return own === wanted.protocol && fromPort <= wanted.port && wanted.port <= toPort;
};

const withPorts: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);

/** Whether it has ports at all: of ICMP there are types and codes, of ESP or GRE nothing. */
export const hasPorts = (protocol: string): boolean => withPorts.has(protocolOf(protocol));

/** All traffic, or all ports of a protocol that has some. */
export const isAllPorts = ({protocol, fromPort = 0, toPort = 65_535}: Ports): boolean =>
	protocolOf(protocol) === '-1' || (hasPorts(protocol) && fromPort <= 1 && toPort >= 65_535);

/** `port 22`, `ports 8000–8999`, `all tcp ports`, `protocol 50 (ESP)`, `all traffic`. */
export const portsInWords = (ports: Ports): string => {
	const protocol = protocolOf(ports.protocol);
	if (protocol === '-1') {
		return 'all traffic';
	}

	if (!hasPorts(protocol)) {
		const name = names[protocol];
		return /^\d+$/u.test(protocol) ? `protocol ${protocol}${name === undefined ? '' : ` (${name})`}` : protocol;
	}

	const {fromPort = 0, toPort = 65_535} = ports;
	const suffix = protocol === 'tcp' ? '' : ` (${protocol})`;
	return isAllPorts(ports)
		? `all ${protocol} ports`
		: fromPort === toPort
			? `port ${fromPort}${suffix}`
			: `ports ${fromPort}–${toPort}${suffix}`;
};

/** Where machines are administered. */
export const adminPorts: readonly Port[] = [
	{protocol: 'tcp', port: 22, name: 'SSH'},
	{protocol: 'tcp', port: 3389, name: 'RDP'},
	{protocol: 'udp', port: 3389, name: 'RDP'},
];

/**
 * Where people look for something to break into: the list of Security Hub's EC2.19
 * (https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-19) without 22 and 3389, and what is
 * as often found open: databases, caches and the doors of container hosts.
 */
export const riskyPorts: readonly Port[] = [
	{protocol: 'tcp', port: 20, name: 'FTP data'},
	{protocol: 'tcp', port: 21, name: 'FTP'},
	{protocol: 'tcp', port: 23, name: 'Telnet'},
	{protocol: 'tcp', port: 25, name: 'SMTP'},
	{protocol: 'tcp', port: 110, name: 'POP3'},
	{protocol: 'tcp', port: 135, name: 'RPC'},
	{protocol: 'tcp', port: 143, name: 'IMAP'},
	{protocol: 'tcp', port: 445, name: 'CIFS'},
	{protocol: 'tcp', port: 1433, name: 'SQL Server'},
	{protocol: 'tcp', port: 1434, name: 'SQL Server'},
	{protocol: 'tcp', port: 1521, name: 'Oracle'},
	{protocol: 'tcp', port: 2375, name: 'Docker without TLS'},
	{protocol: 'tcp', port: 2379, name: 'etcd'},
	{protocol: 'tcp', port: 2483, name: 'Oracle'},
	{protocol: 'tcp', port: 3000, name: 'a development server'},
	{protocol: 'tcp', port: 3306, name: 'MySQL'},
	{protocol: 'tcp', port: 4333, name: 'mSQL'},
	{protocol: 'tcp', port: 5000, name: 'a development server'},
	{protocol: 'tcp', port: 5432, name: 'PostgreSQL'},
	{protocol: 'tcp', port: 5500, name: 'a development server'},
	{protocol: 'tcp', port: 5601, name: 'OpenSearch Dashboards'},
	{protocol: 'tcp', port: 5900, name: 'VNC'},
	{protocol: 'tcp', port: 6379, name: 'Redis'},
	{protocol: 'tcp', port: 8080, name: 'a proxy'},
	{protocol: 'tcp', port: 8088, name: 'HTTP of old'},
	{protocol: 'tcp', port: 7199, name: 'Cassandra'},
	{protocol: 'tcp', port: 8888, name: 'a notebook or a second HTTP'},
	{protocol: 'tcp', port: 9092, name: 'Kafka'},
	{protocol: 'tcp', port: 9160, name: 'Cassandra'},
	{protocol: 'tcp', port: 9200, name: 'OpenSearch'},
	{protocol: 'tcp', port: 9300, name: 'OpenSearch'},
	{protocol: 'tcp', port: 10250, name: 'a kubelet'},
	{protocol: 'tcp', port: 11211, name: 'Memcached'},
	{protocol: 'udp', port: 11211, name: 'Memcached'},
	{protocol: 'tcp', port: 27017, name: 'MongoDB'},
];

/** What may well be open to everyone: HTTP, HTTPS and HTTP/3. */
export const webPorts: readonly Port[] = [
	{protocol: 'tcp', port: 80, name: 'HTTP'},
	{protocol: 'tcp', port: 443, name: 'HTTPS'},
	{protocol: 'udp', port: 443, name: 'HTTP/3'},
];
