import type {AclEntry} from '../../../services/ec2/rules/acl.js';
import type {Permission} from '../../../services/ec2/rules/group.js';
import type {ListenerSummary} from '../../../services/elbv2/rules/load-balancer.js';

/** A port that something listens on; without a number it stands for any. */
export type Port = {readonly protocol: 'tcp' | 'udp'; readonly port?: number};

/** Where it is not known which ports are listened on. */
export const allPorts: readonly Port[] = [{protocol: 'tcp'}, {protocol: 'udp'}];

const protocolsOf = (protocol: string | undefined): ReadonlyArray<Port['protocol']> => {
	switch (protocol) {
		case 'HTTP':
		case 'HTTPS':
		case 'TCP':
		case 'TLS':
			return ['tcp'];
		case 'UDP':
		case 'QUIC':
			return ['udp'];
		// TCP_UDP and TCP_QUIC, and what this version does not know.
		default:
			return ['tcp', 'udp'];
	}
};

export const portsOf = (listeners: readonly ListenerSummary[]): readonly Port[] =>
	listeners.flatMap(({protocol, port}) => protocolsOf(protocol).map(one => ({protocol: one, ...(port !== undefined && {port})})));

type Ranged = Pick<Permission, 'protocol' | 'fromPort' | 'toPort'>;

/** EC2 names protocols as words or by IANA's numbers; -1 is all of them. */
export const covers = ({protocol, fromPort = 0, toPort = 65_535}: Ranged, wanted: Port): boolean => {
	const own = protocol === '6' ? 'tcp' : protocol === '17' ? 'udp' : protocol;
	return own === '-1' || (own === wanted.protocol && (wanted.port === undefined || (fromPort <= wanted.port && wanted.port <= toPort)));
};

/** As good as the whole internet, as the rules on security groups have it: wider than /8, and not private. */
export const isWide = (cidr: string): boolean => {
	const [, address = '', length = ''] = /^([0-9a-f.:]+)\/(\d{1,3})$/iu.exec(cidr) ?? [];
	return address !== '' && Number(length) < 8 && !/^f[cd]/iu.test(address);
};

/** Whether it is for whatever is listened on. */
export const isForAllPorts = ({protocol, fromPort = 0, toPort = 65_535}: Ranged): boolean =>
	protocol === '-1' || (fromPort <= 1 && toPort >= 65_535);

/** The rule of a network ACL by which the internet gets to a port, if one lets it: the first that is for both decides. */
export const letsIn = (entries: readonly AclEntry[], port: Port): AclEntry | undefined => {
	const tried = entries.filter(entry => !entry.isEgress && isWide(entry.cidr) && covers(entry, port));
	return [false, true]
		.map(isIpv6 =>
			// A refusal of a part of the internet, or of some ports where any may be meant, closes nothing.
			tried.find(
				entry =>
					entry.cidr.includes(':') === isIpv6 &&
					(entry.action === 'allow' || (entry.cidr.endsWith('/0') && (port.port !== undefined || isForAllPorts(entry)))),
			),
		)
		.find(entry => entry?.action === 'allow');
};

/** The ports of web servers, where WAF would have something to look at. */
const webPorts: readonly number[] = [80, 443, 8000, 8080, 8443];

/** Whether a web server's port is among `443` and `8000-8010`. */
export const hasWebPort = (ports: ReadonlyArray<string | number>): boolean =>
	ports.some(range => {
		const [from = Number.NaN, to = from] = String(range).split('-').map(Number);
		return webPorts.some(port => from <= port && port <= to);
	});
