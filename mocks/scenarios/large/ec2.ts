import type {Random} from '../../endpoint/random.js';
import {
	acl,
	address,
	defaultGroup,
	emptyDefaultGroup,
	everything,
	group,
	networkInterface,
	openEntries,
	publicIp,
	tcp,
} from '../../services/ec2-network-state.js';
import {type Ec2State, image, quietEc2, snapshot, volume} from '../../services/ec2-state.js';
import {keyArn} from '../estate.js';
import type {Place, Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const totals = {snapshots: 1500, images: 150, volumes: 800, groups: 300, addresses: 60} as const;

const many = <T>(place: Place, total: number, make: (index: number) => T): T[] =>
	Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => make(index));

// Nine of ten are in order; the rest needs somebody.
const snapshotOf = (place: Place, chance: Random, index: number) => {
	const key = keyArn(place, 'backups');
	return snapshot(place, bigName(chance, index), {
		ageDays: chance.between(0, 700),
		sizeGiB: chance.between(1, 200) * 8,
		...chance.weighted<Parameters<typeof snapshot>[2] & object>([
			[90, {key}],
			[6, {}],
			[2, {key, sharedWith: ['444455556666']}],
			[1, {sharedWith: ['444455556666']}],
			[0.3, {isPublic: true}],
		]),
	});
};

const groupOf = (place: Place, chance: Random, index: number) => {
	const world = {cidrs: ['0.0.0.0/0']};
	return group(
		place,
		bigName(chance, index),
		chance.weighted([
			[60, [tcp(place, 443, {cidrs: ['10.0.0.0/8']})]],
			[25, [tcp(place, 443, world), tcp(place, 80, world)]],
			[5, [tcp(place, 22, world)]],
			[4, [tcp(place, 5432, world)]],
			[4, [tcp(place, [8000, 8999], world)]],
			[2, [everything(place, world)]],
		]),
	);
};

/** 2,800 things in three Regions. */
export const populate: Populate<Ec2State> = place => {
	const chance = place.random('ec2');
	const key = keyArn(place, 'volumes');
	const snapshots = many(place, totals.snapshots, index => snapshotOf(place, chance, index));
	const groups = many(place, totals.groups, index => groupOf(place, chance, index));
	const instance = () => `i-0${chance.hex(16)}`;
	return {
		...quietEc2(),
		defaultKmsKeyId: key,
		snapshotAccess: place.awsRegion === 'us-east-1' ? 'block-new-sharing' : 'block-all-sharing',
		snapshots,
		images: many(place, totals.images, index =>
			image(place, bigName(chance, index), {
				of: snapshots.slice(index, index + 1),
				ageDays: chance.between(1, 900),
				...(chance.chance(0.1) && {sharedWith: [{UserId: '444455556666'}]}),
			}),
		),
		volumes: many(place, totals.volumes, index =>
			volume(place, bigName(chance, index), {
				...(chance.chance(0.93) && {key}),
				...(chance.chance(0.9) && {instanceId: instance()}),
				ageDays: chance.between(1, 1500),
			}),
		),
		groups: [defaultGroup(place, 'main'), emptyDefaultGroup(place, 'data'), ...groups],
		interfaces: groups.flatMap(({GroupId: id = ''}, index) =>
			chance.chance(0.9)
				? [
						networkInterface(place, `host-${index}`, {
							groups: [id],
							instanceId: instance(),
							...(chance.chance(0.2) && {publicIp: publicIp(place, `host-${index}`)}),
						}),
					]
				: [],
		),
		acls: [acl(place, 'main', {isDefault: true, subnets: ['a', 'b', 'c'], entries: openEntries()})],
		addresses: many(place, totals.addresses, index =>
			address(place, `eipalloc-0${chance.hex(16)}`, `egress-${index}`, ...(chance.chance(0.95) ? [`host-${index}`] : [])),
		),
	};
};
