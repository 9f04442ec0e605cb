import {type Inputs, type Joined, listed} from '../../../model/index.js';
import type {Acl} from '../../../services/ec2/rules/acl.js';
import type {Group, Permission} from '../../../services/ec2/rules/group.js';
import type {LoadBalancer} from '../../../services/elbv2/rules/load-balancer.js';
import {type Doubt, doubtsOf, missing, no, type Standing, unknown, yes} from '../standing.js';
import {allPorts, covers, isForAllPorts, isWide, letsIn, type Port, portsOf} from './ports.js';

// BP5: security groups, and network ACLs, that let in the edge alone.

export type Openness = {
	/** Whether the internet reaches a load balancer by itself. */
	ofLoadBalancer(loadBalancer: Joined<LoadBalancer>): Standing;
	ofInstance(instanceId: string, awsRegion: string): Standing;
};

type KnownGroup = Joined<Group>;

/** By what a permission lets in the internet, and what of it is not known. */
const openingsOf = (
	{resource}: KnownGroup,
	permission: Permission,
): {readonly open: readonly string[]; readonly doubts: readonly Doubt[]} => {
	const lists = new Map(resource.configuration.prefixLists.map(list => [list.id, list]));
	const open = permission.cidrs.filter(isWide);
	const doubts: Doubt[] = [];
	for (const id of permission.prefixListIds) {
		const list = lists.get(id);
		// AWS's own lists are the addresses of a service: CloudFront's among them.
		if (list?.ownerId === 'AWS') {
			continue;
		}

		const wide = list?.cidrs?.find(isWide);
		if (wide !== undefined) {
			open.push(`${wide} in ${list?.name ?? id}`);
		} else if (list?.cidrs === undefined) {
			doubts.push(
				missing(resource, `who is in the prefix list ${list?.name ?? id}`, 'GetManagedPrefixListEntries', 'DescribeManagedPrefixLists'),
			);
		}
	}

	return {open, doubts};
};

/** Whom a group lets in on these ports, in the fewest words. */
const letInBy = ({resource}: KnownGroup, ports: readonly Port[]): readonly string[] => {
	const lists = new Map(resource.configuration.prefixLists.map(list => [list.id, list.name]));
	return (resource.configuration.ingress ?? [])
		.filter(permission => ports.some(port => covers(permission, port)))
		.flatMap(({cidrs, prefixListIds, groups}) => [
			...prefixListIds.map(id => lists.get(id) ?? id),
			...cidrs,
			...groups.map(({groupId}) => groupId),
		]);
};

type Judged = {
	readonly openings: ReadonlyArray<{readonly port: Port; readonly because: string; readonly isForAllPorts: boolean}>;
	readonly doubts: readonly Doubt[];
};

const judge = (groups: readonly KnownGroup[], ports: readonly Port[]): Judged => {
	const openings: Array<Judged['openings'][number]> = [];
	const doubts: Doubt[] = [];
	for (const group of groups) {
		const {ingress} = group.resource.configuration;
		if (ingress === undefined) {
			doubts.push(missing(group.resource, `whom ${group.resource.resourceName} lets in`, 'DescribeSecurityGroups'));
		}

		for (const permission of ingress ?? []) {
			const reached = ports.find(port => covers(permission, port));
			if (reached !== undefined) {
				const {open, doubts: unread} = openingsOf(group, permission);
				doubts.push(...unread);
				openings.push(
					...open.map(source => ({
						port: reached,
						because: `${group.resource.resourceName} lets in ${source}`,
						isForAllPorts: isForAllPorts(permission),
					})),
				);
			}
		}
	}

	return {openings, doubts};
};

const closedTo = (groups: readonly KnownGroup[], ports: readonly Port[]): Standing => {
	const named = [...new Set(groups.flatMap(group => letInBy(group, ports)))];
	const who = groups.map(({resource}) => resource.resourceName).join(', ');
	return yes(named.length === 0 ? `${who} lets in nobody` : `${who} lets in ${listed(named)} alone`);
};

export const readOpenness = (inputs: Inputs): Openness => {
	const groups = new Map<string, KnownGroup>();
	const byInstance = new Map<string, KnownGroup[]>();
	/** Why the groups of an instance may not all be known, by Region. */
	const blind = new Map<string, Doubt>();
	for (const group of inputs.of<Group>('AWS::EC2::SecurityGroup')) {
		const {awsRegion, resourceId, configuration, resourceName} = group.resource;
		groups.set(`${awsRegion}/${resourceId}`, group);
		if (configuration.interfaces === undefined) {
			blind.set(awsRegion, missing(group.resource, `who is in ${resourceName}`, 'DescribeNetworkInterfaces'));
		}

		const instanceIds = configuration.interfaces?.instanceIds ?? [];
		if ((configuration.interfaces?.instanceCount ?? instanceIds.length) > instanceIds.length) {
			blind.set(awsRegion, {because: `${resourceName} has more instances than are kept by name`});
		}

		for (const instanceId of instanceIds) {
			const known = byInstance.get(instanceId);
			if (known === undefined) {
				byInstance.set(instanceId, [group]);
			} else {
				known.push(group);
			}
		}
	}

	const aclOf = new Map<string, Joined<Acl>>();
	for (const acl of inputs.of<Acl>('AWS::EC2::NetworkAcl')) {
		for (const subnetId of acl.resource.configuration.subnetIds ?? []) {
			aclOf.set(`${acl.resource.awsRegion}/${subnetId}`, acl);
		}
	}

	const groupGap = (awsRegion: string): readonly Doubt[] => doubtsOf(inputs.gap('ec2', ['DescribeSecurityGroups'], awsRegion));

	/** Whether network ACLs keep out of all its subnets what its groups let in. */
	const keptOut = (subnetIds: readonly string[], ports: readonly Port[], awsRegion: string): Standing => {
		const doubts = [...doubtsOf(inputs.gap('ec2', ['DescribeNetworkAcls'], awsRegion))];
		let seen = 0;
		for (const subnetId of subnetIds) {
			const acl = aclOf.get(`${awsRegion}/${subnetId}`);
			const {entries} = acl?.resource.configuration ?? {};
			if (acl !== undefined && entries === undefined) {
				doubts.push(missing(acl.resource, `the rules of the network ACL ${acl.resource.resourceName}`, 'DescribeNetworkAcls'));
			}

			if (entries !== undefined) {
				seen++;
				const rule = ports.map(port => letsIn(entries, port)).find(one => one !== undefined);
				if (rule !== undefined) {
					return no(`its network ACL lets in ${rule.cidr}`);
				}
			}
		}

		return doubts.length > 0
			? unknown(...doubts)
			: seen > 0 && seen === subnetIds.length
				? yes('its network ACLs keep the internet out')
				: no('no network ACL is known that keeps the internet out');
	};

	return {
		ofLoadBalancer({resource}) {
			const {awsRegion, configuration} = resource;
			const {securityGroupIds, listeners, zones = [], type} = configuration;
			const ports = listeners === undefined ? allPorts : portsOf(listeners);
			const known = securityGroupIds.flatMap(id => groups.get(`${awsRegion}/${id}`) ?? []);
			const lost = securityGroupIds.filter(id => !groups.has(`${awsRegion}/${id}`));
			const {openings, doubts} = judge(known, ports);
			const bare = securityGroupIds.length === 0;
			if (bare && type !== 'network') {
				return unknown({because: 'AWS did not tell its security groups'});
			}

			if (listeners === undefined && openings.length > 0 && !openings.some(opening => opening.isForAllPorts)) {
				return unknown(missing(resource, 'its listeners', 'DescribeListeners'));
			}

			if (openings.length > 0 || bare) {
				const kept = keptOut(
					zones.flatMap(({subnetId}) => subnetId ?? []),
					bare ? ports : openings.map(({port}) => port),
					awsRegion,
				);
				const reason = bare ? 'it has no security group' : (openings[0]?.because ?? '');
				return kept.met === 'no' ? no(reason) : kept.met === 'yes' ? yes(`${reason}, but ${kept.because}`) : kept;
			}

			const gap = lost.length === 0 ? [] : groupGap(awsRegion);
			const unseen =
				lost.length === 0 || gap.length > 0 ? gap : [{because: `${listed(lost)} is not among the security groups that this account lists`}];
			return doubts.length + unseen.length > 0 ? unknown(...unseen, ...doubts) : closedTo(known, ports);
		},
		ofInstance(instanceId, awsRegion) {
			const known = byInstance.get(instanceId) ?? [];
			const {openings, doubts} = judge(known, allPorts);
			const [first] = openings;
			if (first !== undefined) {
				return no(first.because);
			}

			const blindness = blind.get(awsRegion);
			const unread = [...groupGap(awsRegion), ...(blindness === undefined ? [] : [blindness]), ...doubts];
			return unread.length > 0
				? unknown(...unread)
				: known.length === 0
					? unknown({because: `no security group is known to hold ${instanceId}`})
					: closedTo(known, allPorts);
		},
	};
};
