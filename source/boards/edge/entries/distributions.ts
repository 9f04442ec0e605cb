import {type Joined, listed} from '../../../model/index.js';
import type {Distribution} from '../../../services/cloudfront/rules/distribution.js';
import {type Draft, inPath} from '../entry.js';
import type {Landscape} from '../landscape/index.js';
import {answeredByRoute53} from '../practices/in-front.js';
import {all, notAsked, type Standing, unknown, yes} from '../standing.js';
import {isLoadBalancer, type LoadBalancers} from './inside.js';

type Behind = Pick<Draft['practices'], 'bp5' | 'bp6' | 'bp7'>;

const apart = notAsked('its origins are no load balancers inside a VPC: those that face the internet have rows of their own');

/** Of a VPC origin the name is sent along, and may be any: where it is a load balancer's, that is what stands behind. */
const scalingOf = ({names, scaling}: Landscape, balancers: LoadBalancers, domainName: string): Standing => {
	const hosts = names.resolve(domainName);
	const entry = hosts.flatMap(host => balancers.byHost(host) ?? [])[0];
	const named = hosts.find(isLoadBalancer);
	return entry === undefined
		? unknown(
				...(named === undefined
					? [{because: `what the VPC origin ${domainName} is, CloudFront’s listing does not tell`}]
					: balancers.doubts(named)),
			)
		: scaling(entry);
};

/** What is told by origins inside a VPC, which nothing but CloudFront reaches. */
const behind = (landscape: Landscape, balancers: LoadBalancers, {resource}: Joined<Distribution>): Behind => {
	const {origins} = resource.configuration;
	if (origins === undefined) {
		const standing = unknown({because: 'AWS did not tell its origins'});
		return {bp5: standing, bp6: standing, bp7: standing};
	}

	const inside = origins.filter(({type}) => type === 'vpc').map(({domainName}) => domainName);
	if (inside.length === 0) {
		return {bp5: apart, bp6: apart, bp7: apart};
	}

	const nameless = inside.filter(domainName => !landscape.names.resolve(domainName).some(isLoadBalancer));
	return {
		bp5: yes(`${listed(inside)} ${inside.length === 1 ? 'is a VPC origin' : 'are VPC origins'}, which CloudFront alone reaches`),
		bp6:
			nameless.length > 0
				? unknown({because: `what the VPC origin ${listed(nameless)} is, CloudFront’s listing does not tell`})
				: yes(`${listed(inside)} ${inside.length === 1 ? 'is a load balancer' : 'are load balancers'}`),
		bp7: all(...inside.map(domainName => scalingOf(landscape, balancers, domainName))),
	};
};

/** Distributions that answer. */
export const distributionEntries = (landscape: Landscape, balancers: LoadBalancers): readonly Draft[] =>
	landscape.fronts.distributions.map(({entry, hosts}) => {
		const {resource} = entry;
		const {aliases, staging} = resource.configuration;
		return {
			thing: resource,
			sort: 'CloudFront',
			hosts: [...new Set([...hosts, ...(aliases ?? [])])],
			behind: [],
			practices: {
				...behind(landscape, balancers, entry),
				bp1: yes('a CloudFront distribution itself'),
				bp2: landscape.webAcls.ofDistribution(entry),
				bp3:
					staging === true
						? notAsked('staging: it answers by the names of the distribution whose changes it tries out')
						: aliases === undefined
							? unknown({because: 'AWS did not tell its aliases'})
							: answeredByRoute53(landscape.names, aliases, hosts, []),
				bp4: notAsked('no API'),
				shield: landscape.shield.ofResource(resource.arn),
			},
			consolePath: `cloudfront/v4/home?region=us-east-1#/distributions/${inPath(resource.resourceId)}`,
		};
	});
