import {type Joined, listed} from '../../../model/index.js';
import type {Accelerator} from '../../../services/globalaccelerator/rules/accelerator.js';
import {type Draft, inPath} from '../entry.js';
import {endpointsOf, unreadEndpoints} from '../landscape/fronts.js';
import type {Landscape} from '../landscape/index.js';
import {namedInRoute53} from '../practices/in-front.js';
import {hasWebPort} from '../practices/ports.js';
import {all, no, notAsked, type Standing, unknown, yes} from '../standing.js';
import {isLoadBalancer, type LoadBalancers, nameInArn} from './inside.js';
import {ownWebAcl} from './load-balancers.js';

type Endpoints = NonNullable<ReturnType<typeof endpointsOf>>;
type Behind = Pick<Draft['practices'], 'bp2' | 'bp5' | 'bp6' | 'bp7'>;

const wafCannot = (what: string): string =>
	`WAF cannot protect ${what}: an Application Load Balancer behind the accelerator can have a web ACL, and clients keep their fixed addresses`;

const webAclOf = (landscape: Landscape, balancers: LoadBalancers, {endpointId, ports}: Endpoints[number]): Standing => {
	if (!isLoadBalancer(endpointId)) {
		return hasWebPort(ports)
			? no(wafCannot(endpointId), 'INFORMATIONAL')
			: notAsked(`takes no web traffic, which is all that WAF reads: ${ports.join(', ')}`);
	}

	const entry = balancers.byArn(endpointId);
	const standing = entry === undefined ? unknown(...balancers.doubts(endpointId)) : ownWebAcl(landscape, entry);
	return {...standing, because: entry === undefined ? standing.because : `${nameInArn(endpointId)}: ${standing.because}`};
};

const scalingOf = ({scaling}: Landscape, balancers: LoadBalancers, {endpointId}: Endpoints[number]): Standing => {
	if (!isLoadBalancer(endpointId)) {
		return no(`${endpointId} is one address or instance, which does not grow`);
	}

	const entry = balancers.byArn(endpointId);
	return entry === undefined ? unknown(...balancers.doubts(endpointId)) : scaling(entry);
};

/** Whether load balancers without a row of their own, all of them known, are reached by the accelerator alone. */
const internal = (balancers: LoadBalancers, endpoints: Endpoints): Standing => {
	const behind = [...new Set(endpoints.flatMap(({endpointId}) => balancers.byArn(endpointId) ?? []))].map(({resource}) => resource);
	const odd = behind.find(({configuration}) => configuration.scheme !== 'internal');
	const names = behind.map(({resourceName}) => resourceName);
	return odd === undefined
		? yes(`${listed(names)} ${names.length === 1 ? 'is' : 'are'} internal: the internet comes by the accelerator alone`)
		: unknown({because: `AWS did not tell whether ${odd.resourceName} is internal`});
};

/** What is told by where an accelerator leads. */
const behind = (landscape: Landscape, balancers: LoadBalancers, endpoints: Endpoints): Behind => {
	const bare = [...new Set(endpoints.flatMap(({endpointId}) => (isLoadBalancer(endpointId) ? [] : endpointId)))];
	const unlisted = endpoints.filter(({endpointId}) => isLoadBalancer(endpointId) && balancers.byArn(endpointId) === undefined);
	return {
		bp2: all(...endpoints.map(endpoint => webAclOf(landscape, balancers, endpoint))),
		bp5:
			bare.length > 0
				? notAsked('whether its endpoints are reached around it is asked of their own addresses')
				: unlisted.length > 0
					? unknown(...unlisted.flatMap(({endpointId}) => balancers.doubts(endpointId)))
					: internal(balancers, endpoints),
		bp6: bare.length > 0 ? no(`${bare.join(', ')} stands behind it without a load balancer`) : yes('load balancers stand behind it'),
		bp7: all(...endpoints.map(endpoint => scalingOf(landscape, balancers, endpoint))),
	};
};

const unread = (entry: Joined<Accelerator>): Behind => {
	const standing = unknown(unreadEndpoints(entry));
	return {bp2: standing, bp5: standing, bp6: standing, bp7: standing};
};

/**
 * Accelerators by what they lead to that has no row of its own: load balancers that face the internet are asked everything in
 * theirs, also where the accelerator names them by their addresses. One that leads nowhere takes nothing in.
 */
export const acceleratorEntries = (landscape: Landscape, balancers: LoadBalancers): readonly Draft[] =>
	landscape.fronts.accelerators.flatMap(({entry, hosts}): Draft | readonly Draft[] => {
		const {resource} = entry;
		const endpoints = endpointsOf(resource.configuration)?.filter(({endpointId}) => !balancers.isRow(endpointId));
		if (endpoints?.length === 0) {
			return [];
		}

		return {
			thing: resource,
			sort: 'accelerator',
			hosts,
			behind: [],
			practices: {
				...(endpoints === undefined ? unread(entry) : behind(landscape, balancers, endpoints)),
				bp1: yes('an accelerator itself'),
				bp3: namedInRoute53(landscape.names, hosts, []),
				bp4: notAsked('no API'),
				shield: landscape.shield.ofResource(resource.arn),
			},
			consolePath: `globalaccelerator/home?region=us-west-2#AcceleratorDetails:AcceleratorId=${inPath(resource.resourceId)}`,
		};
	});
