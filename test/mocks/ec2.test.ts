import {
	DescribeImageAttributeCommand,
	DescribeImagesCommand,
	DescribeNetworkInterfacesCommand,
	DescribeSecurityGroupsCommand,
	DescribeSnapshotAttributeCommand,
	DescribeSnapshotsCommand,
	DescribeVolumesCommand,
	EC2Client,
	GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type Endpoint, startEndpoint} from '../../mocks/index.js';

describe('EC2, as AWS documents it', () => {
	let endpoint: Endpoint;
	const clients = new Map<string, EC2Client>();
	const client = (region = 'us-east-1'): EC2Client => {
		const known = clients.get(region);
		const made =
			known ?? new EC2Client({endpoint: endpoint.url, region, credentials: {accessKeyId: 'AKIA', secretAccessKey: 'x'}, maxAttempts: 1});
		clients.set(region, made);
		return made;
	};
	beforeAll(async () => {
		endpoint = await startEndpoint({scenario: 'typical'});
	});
	afterAll(async () => {
		for (const one of clients.values()) one.destroy();
		await endpoint.close();
	});

	test('snapshots are paged from five at a time, and public ones are a filter', async () => {
		const ec2 = client();
		await expect(ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['self'], MaxResults: 4}))).rejects.toMatchObject({
			name: 'InvalidParameterValue',
		});
		const first = await ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['self'], MaxResults: 5}));
		expect(first.Snapshots).toHaveLength(5);
		await expect(ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['amazon'], NextToken: first.NextToken}))).rejects.toMatchObject({
			name: 'InvalidNextToken',
		});
		const open = await ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['self'], RestorableByUserIds: ['all']}));
		expect(open.Snapshots?.map(({Description}) => Description)).toEqual(['Published with the paper']);
		const shared = await ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['self'], RestorableByUserIds: ['999988887777']}));
		expect(shared.Snapshots).toHaveLength(2);
	});

	test('where there is nothing there is an empty list, and no token', async () => {
		const answer = await client('sa-east-1').send(new DescribeSnapshotsCommand({OwnerIds: ['self'], MaxResults: 1000}));
		expect(answer.Snapshots).toEqual([]);
		expect(answer.NextToken).toBeUndefined();
		expect((await client('sa-east-1').send(new DescribeSecurityGroupsCommand({}))).SecurityGroups).toEqual([]);
	});

	test('permissions are of one snapshot or AMI, and errors have EC2’s names', async () => {
		const ec2 = client();
		const {Snapshots = []} = await ec2.send(new DescribeSnapshotsCommand({OwnerIds: ['self'], RestorableByUserIds: ['all']}));
		const SnapshotId = Snapshots[0]?.SnapshotId;
		expect(await ec2.send(new DescribeSnapshotAttributeCommand({SnapshotId, Attribute: 'createVolumePermission'}))).toMatchObject({
			SnapshotId,
			CreateVolumePermissions: [{Group: 'all'}],
		});
		await expect(
			ec2.send(new DescribeSnapshotAttributeCommand({SnapshotId: 'snap-0', Attribute: 'createVolumePermission'})),
		).rejects.toMatchObject({name: 'InvalidSnapshot.NotFound'});
		await expect(ec2.send(new DescribeImageAttributeCommand({ImageId: 'ami-0', Attribute: 'launchPermission'}))).rejects.toMatchObject({
			name: 'InvalidAMIID.NotFound',
		});
		await expect(client('eu-south-1').send(new GetSnapshotBlockPublicAccessStateCommand({}))).rejects.toMatchObject({
			name: 'UnauthorizedOperation',
			$metadata: {httpStatusCode: 403},
			message: expect.stringContaining('explicit deny in a permissions boundary'),
		});
		await expect(client('me-central-1').send(new DescribeNetworkInterfacesCommand({}))).rejects.toMatchObject({
			name: 'AuthFailure',
			$metadata: {httpStatusCode: 401},
		});
	});

	test('disabled AMIs are shown to who asks for them', async () => {
		const ask = async (IncludeDisabled?: boolean) =>
			(await client().send(new DescribeImagesCommand({Owners: ['self'], IncludeDisabled}))).Images;
		expect((await ask(true))?.length).toBe(((await ask())?.length ?? 0) + 1);
	});

	test('throttling is a 503', async () => {
		const fault = endpoint.faults.add({service: 'ec2', operation: 'DescribeVolumes', effect: {kind: 'throttle'}});
		await expect(client().send(new DescribeVolumesCommand({}))).rejects.toMatchObject({
			name: 'RequestLimitExceeded',
			$metadata: {httpStatusCode: 503},
		});
		fault.remove();
	});
});
