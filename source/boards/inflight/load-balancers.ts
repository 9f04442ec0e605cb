import type {Inputs, Joined, Judgement, Resource} from '../../model/index.js';
import type {Listener} from '../../services/elbv2/rules/listener.js';
import type {LoadBalancer} from '../../services/elbv2/rules/load-balancer.js';
import type {FindCertificate} from './certificates.js';
import type {EntryPoint, Leg, ServedCertificate, Way} from './entry-point.js';
import type {Names} from './names.js';
import {toRow} from './row.js';
import {oldestTls} from './tls.js';
import {Unread} from './unread.js';

/** What both kinds of load balancers ask of their listeners, judged in their own panel. */
const redirects = 'elbv2-listener-redirects-to-https';
const encrypted = 'elbv2-listener-encrypted';

const endsTls = ({resource}: Joined<Listener>): boolean =>
	resource.configuration.protocol === 'HTTPS' || resource.configuration.protocol === 'TLS';

/** By what a listener’s own rule says of it; `passes` is what its PASS means here. */
const byJudgement = (name: string, ruleId: string, judgement: Judgement | undefined, passes: Way['state']): Way => {
	switch (judgement?.verdict) {
		case 'PASS':
			return {name, state: passes, why: judgement.reason};
		case 'FAIL':
			return {name, state: 'in the clear', why: judgement.reason, severity: judgement.severity};
		case 'NOT_APPLICABLE':
			return {name, state: 'passed on', why: judgement.reason};
		default:
			return {name, state: 'unknown', why: judgement?.reason ?? `the rule ${ruleId} is turned off`};
	}
};

const wayOf = (entry: Joined<Listener>, unread: Unread): Way => {
	const {protocol, port} = entry.resource.configuration;
	const name = `${protocol ?? 'a protocol that was not told'} ${port ?? ''}`.trim();
	const [ruleId, passes] = protocol === 'HTTP' ? ([redirects, 'redirected'] as const) : ([encrypted, 'encrypted'] as const);
	const way = byJudgement(
		name,
		ruleId,
		entry.judgements.find(judgement => judgement.ruleId === ruleId),
		passes,
	);
	if (way.state === 'unknown') {
		unread.of(entry, ['DescribeRules', 'DescribeTargetGroups']);
	}

	return way;
};

/** `shop` of `arn:…:targetgroup/shop/73e2d6bc24d8a067`. */
const nameOf = (arn: string): string => arn.split(':').at(-1)?.split('/')[1] ?? arn;

const states: Readonly<Record<string, Leg['state']>> = {
	HTTPS: 'encrypted',
	TLS: 'encrypted',
	// AWS calls functions by its own API, which is HTTPS.
	lambda: 'encrypted',
	HTTP: 'in the clear',
	TCP: 'in the clear',
	TCP_UDP: 'in the clear',
	UDP: 'in the clear',
};

const legOf = (arn: string, by: string | undefined): Leg => {
	const to = nameOf(arn);
	if (by === undefined) {
		return {to, through: 'VPC', state: 'unknown', why: `how ${to} is spoken to was not told`};
	}

	const state = states[by] ?? 'unknown';
	return {to, by, through: 'VPC', state, ...(state === 'unknown' && {why: `the protocol ${by} of ${to} is not known to this version`})};
};

type Path = Pick<EntryPoint, 'legs' | 'noPath'>;

/**
 * Where what it has decrypted goes. An Application Load Balancer decrypts for all of its target groups; a Network Load
 * Balancer for those of its TLS listeners, and passes on the rest as it is.
 */
const pathOf = (entry: Joined<LoadBalancer>, listeners: ReadonlyArray<Joined<Listener>>, isWhole: boolean, unread: Unread): Path => {
	const {type, targetGroupArns, targetProtocols = {}} = entry.resource.configuration;
	const ends = listeners.filter(endsTls);
	if (ends.length === 0) {
		return isWhole
			? {legs: [], noPath: 'ends no TLS, so that nothing is decrypted here'}
			: {legs: [{to: 'its targets', through: 'VPC', state: 'unknown', why: listenersUnread(entry, unread)}]};
	}

	if (targetGroupArns === undefined) {
		const why = unread.of(entry, ['DescribeTargetGroups']) ?? 'DescribeTargetGroups did not tell its targets';
		return {legs: [{to: 'its targets', through: 'VPC', state: 'unknown', why}]};
	}

	const arns =
		type === 'network' ? [...new Set(ends.flatMap(({resource}) => resource.configuration.targetGroupArns))].sort() : targetGroupArns;
	return arns.length === 0 ? {legs: [], noPath: 'forwards to no targets'} : {legs: arns.map(arn => legOf(arn, targetProtocols[arn]))};
};

const listenersUnread = (entry: Joined<LoadBalancer>, unread: Unread): string =>
	unread.of(entry, ['DescribeListeners']) ?? 'not all of its listeners were told';

type Certificates = Pick<EntryPoint, 'certificates' | 'noCertificate' | 'certificatesUnread'>;

const certificatesOf = (
	entry: Joined<LoadBalancer>,
	listeners: ReadonlyArray<Joined<Listener>>,
	isWhole: boolean,
	find: FindCertificate,
	unread: Unread,
): Certificates => {
	const {awsRegion} = entry.resource;
	const found = new Map<string, ServedCertificate>();
	let missing = isWhole ? undefined : listenersUnread(entry, unread);
	for (const listener of listeners.filter(endsTls)) {
		const {certificateArn, furtherCertificateArns} = listener.resource.configuration;
		for (const arn of [...(certificateArn === undefined ? [] : [certificateArn]), ...(furtherCertificateArns ?? [])]) {
			found.set(arn, found.get(arn) ?? find(arn, awsRegion, unread));
		}

		if (certificateArn === undefined) {
			missing ??= `DescribeListeners did not tell the certificate of ${listener.resource.resourceName}`;
		}

		if (furtherCertificateArns === undefined) {
			missing ??= unread.of(listener, ['DescribeListenerCertificates']) ?? 'DescribeListenerCertificates did not tell all of them';
		}
	}

	return {
		certificates: [...found.values()],
		...(found.size === 0 && missing === undefined && {noCertificate: 'ends no TLS, so that it shows no certificate'}),
		...(missing !== undefined && {certificatesUnread: missing}),
	};
};

const tlsOf = (listeners: ReadonlyArray<Joined<Listener>>, isWhole: boolean, unread: Unread) => {
	const ends = listeners.filter(endsTls);
	for (const listener of ends.filter(({resource}) => resource.configuration.tls === undefined)) {
		unread.of(listener, ['DescribeSSLPolicies']);
	}

	const oldest =
		ends.length === 0
			? null
			: oldestTls(ends.flatMap<string | undefined>(({resource}) => resource.configuration.tls?.protocols ?? [undefined]));
	return {
		tlsPolicies: [...new Set(ends.flatMap(({resource}) => resource.configuration.sslPolicy ?? []))],
		...(isWhole && oldest !== undefined && {oldestTls: oldest}),
	};
};

const ownNames = (entry: Joined<LoadBalancer>, names: Names): readonly string[] => {
	const {arn, configuration} = entry.resource;
	return [...new Set([...names.to(configuration.dnsName), ...names.throughAccelerator(arn)])].sort();
};

/** A row for each load balancer that takes clients' connections: gateways, which hand packets to appliances, are no way in. */
export const loadBalancerRows = (inputs: Inputs, find: FindCertificate, names: Names): ReadonlyArray<Resource<EntryPoint>> => {
	const byBalancer = Map.groupBy(
		inputs.of<Listener>('AWS::ElasticLoadBalancingV2::Listener'),
		({resource}) => resource.configuration.loadBalancer.arn,
	);
	return inputs
		.of<LoadBalancer>('AWS::ElasticLoadBalancingV2::LoadBalancer')
		.filter(({resource}) => resource.configuration.type !== 'gateway')
		.map(entry => {
			const {arn, configuration} = entry.resource;
			const {type, scheme, dnsName, listeners: told} = configuration;
			const unread = new Unread();
			const listeners = byBalancer.get(arn) ?? [];
			const isWhole = told !== undefined && told.length <= listeners.length;
			const ways = listeners.map(listener => wayOf(listener, unread));
			const certificates = certificatesOf(entry, listeners, isWhole, find, unread);
			const asksNames = certificates.noCertificate === undefined;
			const namesUnread = asksNames ? names.missing(unread, true) : undefined;
			return toRow(
				entry,
				{
					type: type === 'network' ? 'NLB' : 'ALB',
					...(scheme !== undefined && {reach: scheme === 'internal' ? 'VPC' : 'internet'}),
					...(dnsName !== undefined && {host: dnsName}),
					...(isWhole && {protocols: [...new Set(listeners.flatMap(({resource}) => resource.configuration.protocol ?? []))].sort()}),
					ways: isWhole ? ways : [...ways, {name: 'every listener', state: 'unknown', why: listenersUnread(entry, unread)}],
					...tlsOf(listeners, isWhole, unread),
					...certificates,
					names: ownNames(entry, names),
					...(namesUnread !== undefined && {namesUnread}),
					...pathOf(entry, listeners, isWhole, unread),
				},
				unread,
			);
		});
};
