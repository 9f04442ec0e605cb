import type {Resource} from '../../../model/index.js';
import {type Volume, volumeType} from '../rules/volume.js';
import type {Ec2, Output} from './commands.js';
import {type Listed, list, present, resourceOf, toTags} from './listing.js';

type Entry = NonNullable<Output<'DescribeVolumes'>['Volumes']>[number];

export const listVolumes = async (aws: Ec2): Promise<Listed<Entry>> =>
	list(
		aws,
		'DescribeVolumes',
		async facts => {
			const pages = await facts.attemptPages('DescribeVolumes', {MaxResults: 1000});
			return pages?.flatMap(({Volumes = []}) => Volumes);
		},
		({VolumeId}) => VolumeId,
		'VolumeId',
	);

export const volumeResource = (aws: Ec2, {id, item}: {readonly id: string; readonly item: Entry}): Resource<Volume> => {
	const attachments = item.Attachments ?? [];
	return resourceOf<Volume>(aws, {
		arn: `arn:${aws.partition}:ec2:${aws.awsRegion}:${aws.accountId}:volume/${id}`,
		resourceType: volumeType,
		resourceId: id,
		tags: toTags(item.Tags),
		configuration: {
			instanceIds: [...new Set(attachments.flatMap(({InstanceId}) => InstanceId ?? []))].sort(),
			...present({
				state: item.State,
				createdAt: item.CreateTime,
				sizeGiB: item.Size,
				type: item.VolumeType,
				availabilityZone: item.AvailabilityZone,
				encrypted: item.Encrypted,
				kmsKeyId: item.KmsKeyId,
				snapshotId: item.SnapshotId || undefined,
				deleteOnTermination: attachments[0]?.DeleteOnTermination,
			}),
		},
	});
};
