import {
	acl,
	address,
	everything,
	group,
	networkInterface,
	openEntries,
	prefixList,
	prefixListId,
} from '../../services/ec2-network-state.js';
import {type Ec2State, image, quietEc2, snapshot, volume} from '../../services/ec2-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** Names, descriptions, tags and what only AWS writes, each of every hostile string. */
export const populate: Populate<Ec2State> = place => {
	const each = hostileStrings.map((text, index) => ({
		text,
		index,
		tags: [
			{Key: 'Name', Value: text},
			{Key: text, Value: hostileAt(index + 1)},
		],
	}));
	const snapshots = each.map(({text, index, tags}) =>
		snapshot(place, `hostile-${index}`, {
			sharedWith: [text],
			shown: {Description: index === 0 ? hostileMegabyte : hostileAt(index + 2), KmsKeyId: text, Encrypted: index % 2 === 0, Tags: tags},
			...(index % 5 === 0 && {isPublic: true as const}),
		}),
	);
	return {
		...quietEc2(),
		snapshotAccess: 'unblocked',
		defaultKmsKeyId: hostileAt(0),
		allowedImages: {State: 'enabled', ImageCriteria: [{ImageProviders: [hostileAt(3)]}], ManagedBy: 'account'},
		snapshots,
		images: snapshots.map((one, index) =>
			image(place, `hostile-${index}`, {
				of: [one],
				sharedWith: [{UserId: hostileAt(index)}, {OrganizationArn: hostileAt(index + 1)}],
				shown: {Name: hostileAt(index), Description: hostileAt(index + 1), Tags: [{Key: hostileAt(index), Value: hostileAt(index + 2)}]},
			}),
		),
		volumes: each.map(({index, tags}) => ({...volume(place, `hostile-${index}`), Tags: tags})),
		groups: each.map(({text, index}) =>
			group(
				place,
				`hostile-${index}`,
				[everything(place, {cidrs: [text, '0.0.0.0/0'], lists: [prefixListId(place, `hostile-${index}`)], groups: [text]})],
				{GroupName: text, Description: hostileAt(index + 1), Tags: [{Key: text, Value: text}]},
			),
		),
		prefixLists: each.map(({text, index}) => {
			const one = prefixList(place, `hostile-${index}`, [text]);
			return {...one, shown: {...one.shown, PrefixListName: text}};
		}),
		interfaces: each.map(({text, index}) =>
			networkInterface(place, `hostile-${index}`, {groups: [`hostile-${index}`], loadBalancer: text, shown: {Description: `ELB ${text}`}}),
		),
		acls: [{...acl(place, 'hostile', {subnets: ['a'], entries: openEntries()}), Tags: [{Key: 'Name', Value: hostileAt(0)}]}],
		addresses: each.map(({text, index}) => ({
			...address(place, `eipalloc-${index}`, `hostile-${index}`),
			Tags: [{Key: 'Name', Value: text}],
		})),
	};
};
