import type {Joined} from '../../../model/index.js';
import type {Address} from '../../../services/ec2/rules/address.js';
import {type Draft, inPath} from '../entry.js';
import {type Front, inWords} from '../landscape/fronts.js';
import type {Landscape} from '../landscape/index.js';
import {frontDoubts, standsBehind} from '../practices/in-front.js';
import {protectedInFront} from '../practices/web-acl.js';
import {type Doubt, doubtsOf, no, notAsked, type Standing, unknown, yes} from '../standing.js';
import type {LoadBalancers} from './inside.js';

const isOfNetworkLoadBalancer = ({loadBalancer = '', serviceManaged}: Address): boolean =>
	loadBalancer.startsWith('net/') || serviceManaged === 'nlb';

/** What is known of an address by what has it. */
type Behind = Pick<Draft['practices'], 'bp2' | 'bp5' | 'bp6' | 'bp7'>;

const behindInstance = (
	landscape: Landscape,
	instanceId: string,
	awsRegion: string,
	fronts: readonly Front[],
	doubts: readonly Doubt[],
): Behind => {
	const reached = landscape.openness.ofInstance(instanceId, awsRegion);
	const inFront = protectedInFront(landscape.webAcls, fronts, reached, doubts);
	const distributions = fronts.filter(({sort}) => sort === 'distribution');
	const around = distributions.length > 0 ? `reached around ${inWords(distributions)}: ` : '';
	return {
		// WAF has nothing to offer an instance: without anything in front the missing load balancer is what matters (BP6).
		bp2: inFront.met === 'n/a' ? notAsked('WAF cannot protect an instance: a load balancer in front can have a web ACL') : inFront,
		bp5: reached.met === 'no' ? no(`${around}${reached.because}`, distributions.length > 0 ? 'MEDIUM' : 'LOW') : reached,
		bp6: no(`leads to the instance ${instanceId}, without a load balancer`),
		bp7: no(`leads to one instance, ${instanceId}, which does not grow`),
	};
};

/** A Network Load Balancer of which nothing is known but its address. */
const behindUnknown = (landscape: Landscape, awsRegion: string): Behind => {
	const doubts = doubtsOf(landscape.inputs.gap('elbv2', ['DescribeLoadBalancers'], awsRegion));
	const standing: Standing = unknown(
		...(doubts.length > 0 ? doubts : [{because: 'its load balancer is not among those that this account lists'}]),
	);
	return {bp2: standing, bp5: standing, bp6: yes('an address of a Network Load Balancer'), bp7: standing};
};

const toDraft = (landscape: Landscape, {resource}: Joined<Address>): Draft => {
	const {fronts} = landscape;
	const {instanceId, publicIp} = resource.configuration;
	const found = [
		...(publicIp === undefined ? [] : fronts.ofAddress(publicIp)),
		...fronts.ofEndpoints([resource.resourceId, ...(instanceId === undefined ? [] : [instanceId])]),
	];
	const unnamed = fronts.unnamedOrigins;
	const distributionDoubts = [...fronts.doubts.distributions, ...unnamed];
	return {
		thing: resource,
		sort: 'Elastic IP',
		hosts: publicIp === undefined ? [] : [publicIp],
		behind: found.map(({words}) => words),
		practices: {
			...(instanceId === undefined
				? behindUnknown(landscape, resource.awsRegion)
				: behindInstance(landscape, instanceId, resource.awsRegion, found, distributionDoubts)),
			bp1: standsBehind(found, [...frontDoubts(fronts), ...unnamed]),
			bp3: notAsked('an address: records by address alone are not kept'),
			bp4: notAsked('no API'),
			shield: landscape.shield.ofResource(resource.arn),
		},
		consolePath: `ec2/home?region=${resource.awsRegion}#ElasticIpDetails:AllocationId=${inPath(resource.resourceId)}`,
	};
};

/** Elastic IP addresses on instances, and those of Network Load Balancers that could not be listed. */
export const addressEntries = (landscape: Landscape, balancers: LoadBalancers): readonly Draft[] =>
	landscape.inputs
		.of<Address>('AWS::EC2::EIP')
		.filter(
			({resource: {resourceId, configuration}}) =>
				configuration.instanceId !== undefined || (isOfNetworkLoadBalancer(configuration) && !balancers.hasAddress(resourceId)),
		)
		.map(address => toDraft(landscape, address));
