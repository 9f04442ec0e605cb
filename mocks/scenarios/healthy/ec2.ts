import {acl, aclEntries, emptyDefaultGroup, group, networkInterface, tcp} from '../../services/ec2-network-state.js';
import {type Ec2State, image, quietEc2, snapshot, volume} from '../../services/ec2-state.js';
import {keyArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** Little, all of it encrypted and private. */
export const populate: Populate<Ec2State> = place => {
	const key = keyArn(place, 'prod/app');
	const root = snapshot(place, 'app', {key, ageDays: 1});
	return {
		...quietEc2(),
		defaultKmsKeyId: key,
		snapshots: [root],
		images: place.awsRegion === 'us-east-1' ? [image(place, 'app-2026.11', {of: [root]})] : [],
		volumes: [volume(place, 'app', {key})],
		groups: [emptyDefaultGroup(place, 'main'), group(place, 'app', [tcp(place, 443, {cidrs: ['0.0.0.0/0']})])],
		interfaces: [networkInterface(place, 'app', {groups: ['app']})],
		acls: [
			acl(place, 'main', {
				isDefault: true,
				subnets: ['a', 'b'],
				entries: aclEntries({number: 100, action: 'allow', cidr: '0.0.0.0/0', port: 443}),
			}),
		],
	};
};
