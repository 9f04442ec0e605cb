import {answering, listed, type Rule, severities, unpublished} from '../../../model/index.js';
import type {EntryPoint, Way} from '../entry-point.js';

const inWords = ({name, why}: Way): string => (why === undefined ? name : `${name} (${why})`);

const namesOf = (ways: readonly Way[], wanted: Way['state']): readonly string[] =>
	ways.filter(({state}) => state === wanted).map(({name}) => name);

const passes = (ways: readonly Way[]): string => {
	const encryptedWays = namesOf(ways, 'encrypted');
	const redirected = namesOf(ways, 'redirected');
	return ways.length === 1 && encryptedWays.length === 1
		? `takes ${listed(encryptedWays)} alone`
		: [
				...(encryptedWays.length === 0 ? [] : [`${listed(encryptedWays)} encrypted`]),
				...(redirected.length === 0 ? [] : [`${listed(redirected)} redirected to HTTPS`]),
			].join(', ');
};

/** What is said of the ways of which no answer is given. */
const besides = (ways: readonly Way[]): string => {
	const passed = namesOf(ways, 'passed on');
	return passed.length === 0 ? '' : `; ${listed(passed)} ${passed.length === 1 ? 'is' : 'are'} passed on as it comes`;
};

export const encrypted: Rule<EntryPoint> = {
	id: 'inflight-entry-encrypted',
	title: 'An entry point takes no connection in the clear',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'TLS keeps those on the way from reading and changing what a client and a server say to each other. One listener, path or port without it is enough for a man in the middle: he leads clients there.',
	remediation: {
		text: 'Load balancer: let the HTTP listener redirect everything to HTTPS, and let TLS listeners take the place of those in the clear. CloudFront: set the viewer protocol policy of each behaviour to redirect-to-https. Bucket: deny everybody everything where aws:SecureTransport is false. The panel of the service has the commands.',
		url: 'https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_protect_data_transit_encrypt.html',
	},
	note: 'All listeners, behaviours and ports of an entry point at once; a redirect of plain HTTP passes. As severe as the worst of them in its own panel. What a Network Load Balancer passes on as it comes may be encrypted by the two ends, which cannot be seen from outside: where it does nothing else the question does not arise. API Gateway answers by HTTPS alone.',
	reads: [],
	exempts({configuration: {ways}}) {
		if (ways.length === 0) {
			return 'has no listeners';
		}

		return ways.every(({state}) => state === 'passed on')
			? `${listed(ways.map(({name}) => name))}: passed on as it comes, so that the two ends encrypt it or nobody does`
			: undefined;
	},
	evaluate({configuration: {ways}}) {
		const open = ways.filter(({state}) => state === 'in the clear');
		const is = answering(
			'the join of listeners, behaviours and policies',
			'every way in encrypted or redirected',
			listed(ways.map(({name, state}) => `${name} ${state}`)),
		);
		if (open.length > 0) {
			const severity = open.flatMap(way => way.severity ?? []).sort((a, b) => severities.indexOf(b) - severities.indexOf(a))[0];
			return is('FAIL', `lets in ${listed(open.map(inWords))}`, severity);
		}

		const unknown = ways.find(({state}) => state === 'unknown');
		if (unknown !== undefined) {
			return is('UNKNOWN', `whether ${unknown.name} is in the clear could not be told: ${unknown.why ?? 'it was not read'}`);
		}

		return is('PASS', `${passes(ways)}${besides(ways)}`);
	},
};
