import {BlockList, isIP} from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

// Where clouds keep instance credentials: 169.254.169.254, 169.254.170.2, fd00:ec2::254, and link-local as a whole
// (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html).
const forbidden = new BlockList();
forbidden.addSubnet('169.254.0.0', 16);
forbidden.addSubnet('0.0.0.0', 8);
forbidden.addSubnet('fe80::', 10, 'ipv6');
forbidden.addSubnet('fd00:ec2::', 32, 'ipv6');
forbidden.addAddress('::', 'ipv6');

/**
 * Why signed requests must not go to this address, as a sentence, or undefined where they may: loopback, or any other
 * host when `allowRemote`, but never a link-local one. Names are not resolved: only `localhost` is known to be loopback.
 */
export const endpointProblem = (text: string, allowRemote: boolean): string | undefined => {
	const url = URL.parse(text);
	if (url === null || !['http:', 'https:'].includes(url.protocol)) {
		return 'Expected an http or https URL such as http://127.0.0.1:4566';
	}

	if (url.username !== '' || url.password !== '') {
		return 'Expected a URL without user name and password';
	}

	const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
	const version = isIP(host);
	const family = version === 6 ? 'ipv6' : 'ipv4';
	if (version !== 0 && forbidden.check(host, family)) {
		return `${host} is a link-local or unspecified address; credentials are kept behind such ones, so Vedette never sends requests there`;
	}

	if (allowRemote || host === 'localhost' || host.endsWith('.localhost') || (version !== 0 && loopback.check(host, family))) {
		return undefined;
	}

	return `${host} is not this machine: signed requests would leave it. Add --allow-remote-endpoint if that is what you want`;
};
