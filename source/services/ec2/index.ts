import {defineService, hourMs} from '../../model/index.js';
import {acls, addresses, groups} from './rules/kinds/network.js';
import {images, settings, snapshots, volumes} from './rules/kinds/storage.js';

/**
 * Describing and getting take 20 requests a second and 100 at once, each operation by itself. Where neither filtered nor
 * paged, some take half: all listings here are paged.
 */
const source = 'https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html';
const reading = {requestsPerSecond: 20, burst: 100, source} as const;
const paging = {input: 'NextToken', output: 'NextToken'} as const;

// Who a snapshot or an AMI is shared with takes a call for each: they are read one after the other, and kept.
const perItem = {...reading, slow: true, freshForMs: 12 * hourMs} as const;

export const ec2 = defineService({
	id: 'ec2',
	title: 'EC2 and EBS',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 10 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 'ec2',
	// EC2 answers with an empty list where there is nothing, never without the list.
	operations: {
		GetEbsEncryptionByDefault: {...reading, answers: ['EbsEncryptionByDefault']},
		GetEbsDefaultKmsKeyId: {...reading, answers: ['KmsKeyId']},
		GetSnapshotBlockPublicAccessState: {...reading, answers: ['State']},
		GetImageBlockPublicAccessState: {...reading, answers: ['ImageBlockPublicAccessState']},
		GetAllowedImagesSettings: {...reading, answers: ['State']},
		DescribeSnapshots: {...reading, paging, answers: ['Snapshots']},
		DescribeSnapshotAttribute: {...perItem, answers: ['SnapshotId', 'CreateVolumePermissions']},
		DescribeImages: {...reading, paging, answers: ['Images']},
		DescribeImageAttribute: {...perItem, answers: ['ImageId', 'LaunchPermissions']},
		DescribeVolumes: {...reading, paging, answers: ['Volumes']},
		DescribeSecurityGroups: {...reading, paging, answers: ['SecurityGroups']},
		// Only where a security group names a prefix list.
		DescribeManagedPrefixLists: {...reading, paging, answers: ['PrefixLists']},
		GetManagedPrefixListEntries: {...reading, paging, answers: ['Entries'], freshForMs: hourMs / 2},
		DescribeNetworkInterfaces: {...reading, paging, answers: ['NetworkInterfaces']},
		DescribeNetworkAcls: {...reading, paging, answers: ['NetworkAcls']},
		DescribeAddresses: {...reading, answers: ['Addresses']},
	},
	kinds: [settings, snapshots, images, groups, volumes, acls, addresses],
	load: async () => import('./collect/index.js'),
});
