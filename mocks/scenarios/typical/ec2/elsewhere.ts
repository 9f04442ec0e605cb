import {
	acl,
	aclEntries,
	address,
	defaultGroup,
	emptyDefaultGroup,
	group,
	networkInterface,
	openEntries,
	publicIp,
	tcp,
} from '../../../services/ec2-network-state.js';
import {copyOf, type Ec2State, image, quietEc2, snapshot, snapshotId, volume} from '../../../services/ec2-state.js';
import {allocationId, keyArn, loadBalancerArn} from '../../estate.js';
import type {Place} from '../../scenario.js';
import {partner, workloadsUnit} from './common.js';

const world = {cidrs: ['0.0.0.0/0'], cidrs6: ['::/0']} as const;

const alb = (place: Place, name: string, isPublic: boolean) =>
	networkInterface(place, name, {
		groups: [`${name}-alb`],
		loadBalancer: loadBalancerArn(place, name).split('loadbalancer/')[1] ?? '',
		...(isPublic && {publicIp: publicIp(place, name)}),
	});

/** Public snapshots are blocked and AMIs are not; what nobody chose a key for is under AWS's own. */
export const ireland = (place: Place): Ec2State => {
	const own = keyArn(place, 'aws/ebs');
	const payments = keyArn(place, 'prod/payments-eu');
	// AWS refuses to share what is under its own key. These stand for what came about in ways that nobody remembers.
	const orders = snapshot(place, 'eu orders', {key: own, sharedWith: [partner], ageDays: 500});
	const root = snapshot(place, 'acme-eu-base root', {key: own, sizeGiB: 8});
	const data = snapshot(place, 'acme-eu-data root', {key: payments, sizeGiB: 8});
	return {
		...quietEc2(),
		defaultKmsKeyId: own,
		imageAccess: 'unblocked',
		snapshots: [
			orders,
			root,
			data,
			// So it was told once: a key of another Region opens nothing here.
			snapshot(place, 'orders disaster recovery', {
				key: keyArn(place, 'prod/orders', 'us-east-1'),
				sharedWith: [partner],
				shown: copyOf(snapshotId({...place, awsRegion: 'us-east-1'}, 'orders handover'), 'us-east-1'),
			}),
			snapshot(place, 'payments eu', {key: payments, sharedWith: ['777766665555']}),
			// Nobody sees it while the Region blocks what is public.
			snapshot(place, 'gdpr demo', {isPublic: true, ageDays: 600}),
			...['eu-1', 'eu-2'].map(name => snapshot(place, name, {key: own, ageDays: 1, sizeGiB: 30})),
		],
		images: [
			image(place, 'acme-eu-base', {of: [root], sharedWith: [{UserId: partner}]}),
			image(place, 'acme-eu-data', {of: [data], sharedWith: [{OrganizationalUnitArn: workloadsUnit}]}),
		],
		volumes: [
			volume(place, 'eu-1', {key: own, sizeGiB: 30}),
			volume(place, 'eu-2', {key: own, sizeGiB: 30}),
			volume(place, 'payments eu', {key: payments}),
		],
		groups: [
			emptyDefaultGroup(place, 'main'),
			group(place, 'eu-alb', [tcp(place, 80, world), tcp(place, 443, world)]),
			group(place, 'ledger-alb', [tcp(place, 443, {cidrs: ['10.1.0.0/16']})]),
			group(place, 'vault-alb', [tcp(place, 8200, {cidrs: ['10.1.0.0/16']})]),
		],
		interfaces: [alb(place, 'eu', true), alb(place, 'ledger', false), alb(place, 'vault', false)],
		acls: [
			acl(place, 'main default', {isDefault: true, subnets: [], entries: openEntries()}),
			acl(place, 'eu', {
				subnets: ['a', 'b'],
				entries: aclEntries(
					{number: 100, action: 'allow', cidr: '0.0.0.0/0', port: 443},
					{number: 110, action: 'allow', cidr: '0.0.0.0/0', port: 80},
					{number: 100, action: 'allow', cidr: '0.0.0.0/0', egress: true},
				),
			}),
		],
		addresses: [address(place, allocationId(place, 'vpn'), 'vpn')],
	};
};

const boundary = 'explicit-deny-in-permissions-boundary';

/** A permissions boundary keeps readers from its settings, its interfaces and its AMIs' permissions. */
export const milan = (place: Place): Ec2State => {
	const key = keyArn(place, 'prod/fiscal-archive');
	const root = snapshot(place, 'acme-it root', {key, sizeGiB: 8});
	return {
		...quietEc2(),
		snapshots: [
			root,
			snapshot(place, 'fiscale 2019', {isPublic: true, ageDays: 1500}),
			snapshot(place, 'fiscale 2026', {key, sharedWith: [partner]}),
		],
		images: [image(place, 'acme-it-base', {of: [root]})],
		volumes: [volume(place, 'pos', {key})],
		groups: [
			defaultGroup(place, 'main'),
			group(place, 'it-alb', [tcp(place, 443, world)]),
			group(place, 'negozio-alb', [tcp(place, 443, world), tcp(place, 3306, {cidrs: ['0.0.0.0/0']})]),
		],
		interfaces: [alb(place, 'it', true), alb(place, 'negozio', true)],
		acls: [acl(place, 'main default', {isDefault: true, subnets: ['a'], entries: openEntries()})],
		refused: {
			GetEbsEncryptionByDefault: boundary,
			GetEbsDefaultKmsKeyId: boundary,
			GetSnapshotBlockPublicAccessState: boundary,
			GetImageBlockPublicAccessState: boundary,
			GetAllowedImagesSettings: boundary,
			DescribeNetworkInterfaces: boundary,
			DescribeImageAttribute: boundary,
		},
	};
};

/** The Region that everybody forgot: as AWS made it, with a public AMI of an intern's. */
export const sydney = (place: Place): Ec2State => {
	const root = snapshot(place, 'wordpress root', {ageDays: 2600, sizeGiB: 8});
	return {
		...quietEc2(),
		encryptionByDefault: false,
		snapshotAccess: 'block-new-sharing',
		imageAccess: 'unblocked',
		snapshots: [root],
		images: [image(place, 'wordpress-test-2019', {of: [root], isPublic: true, ageDays: 2600, launchedDays: 2590})],
		volumes: [volume(place, 'wordpress', {ageDays: 2600, sizeGiB: 8})],
		groups: [defaultGroup(place, 'main')],
		acls: [acl(place, 'main default', {isDefault: true, subnets: ['a', 'b', 'c'], entries: openEntries()})],
	};
};

/** New and in order: the organization decides what may be public, and nothing is. */
export const london = (place: Place): Ec2State => {
	const key = `arn:${place.partition}:kms:${place.awsRegion}:${place.accountId}:key/6d0c2b9e-3f41-4b7a-8e25-9a1c7f50d3b8`;
	return {
		...quietEc2(),
		managedBy: 'declarative-policy',
		defaultKmsKeyId: key,
		snapshots: [snapshot(place, 'uk archive', {key})],
		volumes: [volume(place, 'uk archive', {key})],
		groups: [emptyDefaultGroup(place, 'main'), group(place, 'uk-archive', [tcp(place, 443, {cidrs: ['10.2.0.0/16']})])],
		interfaces: [networkInterface(place, 'uk-archive', {groups: ['uk-archive']})],
		acls: [
			acl(place, 'main default', {
				isDefault: true,
				subnets: ['a', 'b'],
				entries: aclEntries(
					{number: 100, action: 'allow', cidr: '10.0.0.0/8'},
					{number: 100, action: 'allow', cidr: '0.0.0.0/0', egress: true},
				),
			}),
		],
	};
};
