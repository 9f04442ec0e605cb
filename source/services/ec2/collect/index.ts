import {EC2Client} from '@aws-sdk/client-ec2';
import {defineCollector, type Resource, type ResourceType, type Yielded} from '../../../model/index.js';
import {aclType} from '../rules/acl.js';
import {addressType} from '../rules/address.js';
import {groupType} from '../rules/group.js';
import {imageType} from '../rules/image.js';
import {settingsType} from '../rules/settings.js';
import {snapshotType} from '../rules/snapshot.js';
import {volumeType} from '../rules/volume.js';
import {aclResource, listAcls} from './acls.js';
import {addressResource, listAddresses} from './addresses.js';
import {commands, type Ec2} from './commands.js';
import {groupResource, listGroups, readPrefixLists, referencesTo} from './groups.js';
import {imageResource, imagesBySnapshot, listImages} from './images.js';
import {listInterfaces, usesOf} from './interfaces.js';
import type {Listed} from './listing.js';
import {readSettings, settingsResource} from './settings.js';
import {listPublicSnapshots, listSnapshots, snapshotResource} from './snapshots.js';
import {listVolumes, volumeResource} from './volumes.js';

type Item<T> = NonNullable<Listed<T>['items']>[number];

/** Every resource of a listing; complete where the listing was. What `read` finds gone is left out. */
async function* resourcesOf<T>(
	aws: Ec2,
	type: ResourceType,
	{items = [], isWhole}: Listed<T>,
	read: (item: Item<T>) => Resource | undefined | Promise<Resource | undefined>,
): AsyncGenerator<Yielded, void, undefined> {
	for await (const resource of aws.each(items, async item => read(item))) {
		if (resource !== undefined) {
			yield {yields: 'resource', resource};
		}
	}

	if (isWhole) {
		yield {yields: 'complete', of: type};
	}
}

async function* full(aws: Ec2): AsyncGenerator<Yielded, void, undefined> {
	const [settings, snapshots, publicOnes, images, volumes, interfaces, groups, acls, addresses] = await Promise.all([
		readSettings(aws),
		listSnapshots(aws),
		listPublicSnapshots(aws),
		listImages(aws),
		listVolumes(aws),
		listInterfaces(aws),
		listGroups(aws),
		listAcls(aws),
		listAddresses(aws),
	]);

	yield {yields: 'resource', resource: settingsResource(aws, settings, [snapshots, images, volumes])};
	yield {yields: 'complete', of: settingsType};

	const attached = (interfaces.items ?? []).map(({item}) => item);
	const interfacesById = new Map((interfaces.items ?? []).map(({id, item}) => [id, item]));
	const groupContext = {
		interfaces,
		uses: usesOf(attached),
		references: referencesTo(groups),
		prefixLists: await readPrefixLists(aws, groups),
	};
	yield* resourcesOf(aws, groupType, groups, item => groupResource(aws, item, groupContext));
	yield* resourcesOf(aws, aclType, acls, item => aclResource(aws, item));
	yield* resourcesOf(aws, addressType, addresses, item => addressResource(aws, item, interfacesById));
	yield* resourcesOf(aws, volumeType, volumes, item => volumeResource(aws, item));

	// Those that take a call each come last: what they wait for holds up nothing else.
	const keys = new Map((snapshots.items ?? []).map(({id, item}) => [id, item.KmsKeyId]));
	yield* resourcesOf(aws, imageType, images, async item => imageResource(aws, item, {settings, snapshots, keys}));
	const publicIds = new Set((publicOnes.items ?? []).map(({id}) => id));
	const snapshotContext = {settings, publicOnes, publicIds, imagesBySnapshot: imagesBySnapshot(images)};
	yield* resourcesOf(aws, snapshotType, snapshots, async item => snapshotResource(aws, item, snapshotContext));
}

export const collector = defineCollector({client: EC2Client, commands, full});
