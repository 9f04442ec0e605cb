import {type Joined, listed} from '../../../model/index.js';
import type {LoadBalancer} from '../../../services/elbv2/rules/load-balancer.js';
import {type Draft, inPath, type Sort} from '../entry.js';
import {bothFronts, type Front, inWords} from '../landscape/fronts.js';
import type {Landscape} from '../landscape/index.js';
import {frontDoubts, namedInRoute53, standsBehind} from '../practices/in-front.js';
import {hasWebPort} from '../practices/ports.js';
import {protectedInFront} from '../practices/web-acl.js';
import {any, type Doubt, missing, no, notAsked, type Standing, unknown, yes} from '../standing.js';

export const isInternetFacing = ({resource}: Joined<LoadBalancer>): boolean =>
	resource.configuration.scheme === 'internet-facing' && resource.configuration.type !== 'gateway';

/** Accelerators may name a Network Load Balancer by its Elastic IP addresses. */
export const addressIdsOf = ({resource}: Joined<LoadBalancer>): readonly string[] =>
	(resource.configuration.zones ?? []).flatMap(({addresses}) => addresses.flatMap(({allocationId}) => allocationId ?? []));

const sorts: Readonly<Record<string, Sort>> = {application: 'ALB', network: 'NLB'};

/** What a web ACL could do on the load balancer itself. */
export const ownWebAcl = ({webAcls}: Landscape, {resource}: Joined<LoadBalancer>): Standing => {
	const {type, listeners, targetTypes} = resource.configuration;
	if (type === 'application') {
		return webAcls.before(resource.arn, resource.awsRegion);
	}

	if (listeners === undefined) {
		return unknown(missing(resource, 'its listeners', 'DescribeListeners'));
	}

	if (!hasWebPort(listeners.flatMap(({port}) => port ?? []))) {
		const ports = listeners.map(({protocol, port}) => `${protocol ?? '?'} ${port ?? '?'}`);
		return notAsked(`takes no web traffic, which is all that WAF reads: ${listed(ports) || 'no listeners'}`);
	}

	if (targetTypes === undefined) {
		return unknown(missing(resource, 'what its targets are', 'DescribeTargetGroups'));
	}

	return targetTypes.length > 0 && targetTypes.every(target => target === 'alb')
		? notAsked('forwards to an Application Load Balancer, whose own web ACL counts')
		: no(
				'WAF cannot protect a Network Load Balancer: an Application Load Balancer with Global Accelerator for fixed addresses can have a web ACL',
				'INFORMATIONAL',
			);
};

/** Says whether the way around what stands in front matters: much where that is a distribution, which could be the only way. */
const withFronts = (reached: Standing, fronts: readonly Front[], doubts: readonly Doubt[]): Standing => {
	if (reached.met !== 'no') {
		return reached;
	}

	const distributions = fronts.filter(({sort}) => sort === 'distribution');
	return distributions.length > 0
		? no(`reached around ${inWords(distributions)}: ${reached.because}`, 'MEDIUM')
		: fronts.length > 0
			? no(`reached around ${inWords(fronts)}, behind which it could be internal: ${reached.because}`, 'LOW')
			: no(`${reached.because}${doubts.length > 0 ? '' : ', and nothing stands in front to which it could be closed'}`, 'LOW');
};

const shieldOf = ({shield}: Landscape, {resource}: Joined<LoadBalancer>): Standing => {
	const {type, zones} = resource.configuration;
	if (type !== 'network') {
		return shield.ofResource(resource.arn);
	}

	const [, partition = 'aws'] = resource.arn.split(':');
	return zones === undefined
		? unknown({because: 'AWS did not tell its addresses'})
		: shield.ofAddresses(
				zones.flatMap(({addresses}) =>
					addresses.flatMap(({allocationId}) =>
						allocationId === undefined
							? []
							: `arn:${partition}:ec2:${resource.awsRegion}:${resource.accountId}:eip-allocation/${allocationId}`,
					),
				),
			);
};

/** Internet-facing Application and Network Load Balancers. Internal ones are what accelerators and VPC origins lead to. */
export const loadBalancerEntries = (landscape: Landscape): readonly Draft[] => {
	const {fronts, names, openness, scaling, webAcls} = landscape;
	return landscape.loadBalancers.filter(isInternetFacing).map(entry => {
		const {resource} = entry;
		const {dnsName, type = ''} = resource.configuration;
		const hosts = dnsName === undefined ? [] : [dnsName];
		const found = bothFronts(fronts.ofHosts(hosts), fronts.ofEndpoints([resource.arn, ...addressIdsOf(entry)]));
		const doubts = [...(dnsName === undefined ? [{because: 'AWS did not tell its DNS name'}] : []), ...frontDoubts(fronts)];
		const reached = openness.ofLoadBalancer(entry);
		const own = ownWebAcl(landscape, entry);
		const inFront = protectedInFront(webAcls, found, reached, fronts.doubts.distributions);
		return {
			thing: resource,
			sort: sorts[type] ?? 'load balancer',
			hosts,
			behind: found.map(({words}) => words),
			practices: {
				bp1: standsBehind(found, doubts),
				bp2: own.met === 'n/a' ? own : any(own, inFront),
				bp3: namedInRoute53(names, hosts, found, [...names.doubts, ...doubts]),
				bp4: notAsked('no API'),
				bp5: withFronts(reached, found, doubts),
				bp6: yes('a load balancer itself'),
				bp7: scaling(entry),
				shield: shieldOf(landscape, entry),
			},
			consolePath: `ec2/home?region=${resource.awsRegion}#LoadBalancer:loadBalancerArn=${inPath(resource.arn)}`,
		};
	});
};
