import {
	DescribeAddressesCommand,
	DescribeImageAttributeCommand,
	DescribeImagesCommand,
	DescribeManagedPrefixListsCommand,
	DescribeNetworkAclsCommand,
	DescribeNetworkInterfacesCommand,
	DescribeSecurityGroupsCommand,
	DescribeSnapshotAttributeCommand,
	DescribeSnapshotsCommand,
	DescribeVolumesCommand,
	type Filter,
	GetAllowedImagesSettingsCommand,
	GetEbsDefaultKmsKeyIdCommand,
	GetEbsEncryptionByDefaultCommand,
	GetImageBlockPublicAccessStateCommand,
	GetManagedPrefixListEntriesCommand,
	GetSnapshotBlockPublicAccessStateCommand,
	ImageState,
	SnapshotState,
	StorageTier,
} from '@aws-sdk/client-ec2';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import {type Ec2State, quietEc2} from './ec2-state.js';

// Behaviour is that of https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Operations.html.

type Ec2 = Context<Ec2State>;

/** The state, unless the operation is refused here as a whole. */
const stateOf = (context: Ec2): Ec2State => {
	const because = context.state.refused[context.operation];
	if (because !== undefined) throw context.denied(undefined, because);
	return context.state;
};

const paging = {token: 'NextToken', limit: 'MaxResults', defaultLimit: 1000, maximumLimit: 1000, minimumLimit: 5} as const;

/** The mock knows no filters: one that is asked for would be left out in silence. */
const withoutFilters = (context: Ec2, filters: readonly Filter[] | undefined): void => {
	if (filters !== undefined && filters.length > 0) throw context.invalid(`The mock knows no filter ${filters[0]?.Name ?? ''}.`);
};

const next = (token: string | undefined) => (token === undefined ? {} : {NextToken: token});

/** `self` is who asks. Others' snapshots and AMIs, of which there are very many, the mock does not have. */
const isOwn = (context: Ec2, owners: readonly string[] | undefined): boolean => {
	if (owners === undefined) throw context.invalid('The mock has only what the account owns.');
	return owners.includes('self') || owners.includes(context.accountId);
};

export const ec2 = defineMockService({
	id: 'ec2',
	signingName: 'ec2',
	protocol: {name: 'ec2Query', version: '2016-11-15', xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/'},
	// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
	errors: {
		validation: 'InvalidParameterValue',
		invalidToken: 'InvalidNextToken',
		throttled: {name: 'RequestLimitExceeded', httpStatus: 503, message: 'Request limit exceeded.'},
		denied: {name: 'UnauthorizedOperation', httpStatus: 403},
		regionOff: {name: 'AuthFailure', httpStatus: 401, message: 'AWS was not able to validate the provided access credentials'},
	},
	enums: [SnapshotState, ImageState, StorageTier],
	empty: quietEc2,
	commands: {
		DescribeAddresses: DescribeAddressesCommand,
		DescribeImageAttribute: DescribeImageAttributeCommand,
		DescribeImages: DescribeImagesCommand,
		DescribeManagedPrefixLists: DescribeManagedPrefixListsCommand,
		DescribeNetworkAcls: DescribeNetworkAclsCommand,
		DescribeNetworkInterfaces: DescribeNetworkInterfacesCommand,
		DescribeSecurityGroups: DescribeSecurityGroupsCommand,
		DescribeSnapshotAttribute: DescribeSnapshotAttributeCommand,
		DescribeSnapshots: DescribeSnapshotsCommand,
		DescribeVolumes: DescribeVolumesCommand,
		GetAllowedImagesSettings: GetAllowedImagesSettingsCommand,
		GetEbsDefaultKmsKeyId: GetEbsDefaultKmsKeyIdCommand,
		GetEbsEncryptionByDefault: GetEbsEncryptionByDefaultCommand,
		GetImageBlockPublicAccessState: GetImageBlockPublicAccessStateCommand,
		GetManagedPrefixListEntries: GetManagedPrefixListEntriesCommand,
		GetSnapshotBlockPublicAccessState: GetSnapshotBlockPublicAccessStateCommand,
	},
	handlers: {
		GetEbsEncryptionByDefault: (_, context) => ({EbsEncryptionByDefault: stateOf(context).encryptionByDefault}),

		GetEbsDefaultKmsKeyId: (_, context) => ({KmsKeyId: stateOf(context).defaultKmsKeyId}),

		GetSnapshotBlockPublicAccessState: (_, context) => {
			const {snapshotAccess, managedBy} = stateOf(context);
			return {State: snapshotAccess, ManagedBy: managedBy};
		},

		GetImageBlockPublicAccessState: (_, context) => {
			const {imageAccess, managedBy} = stateOf(context);
			return {ImageBlockPublicAccessState: imageAccess, ManagedBy: managedBy};
		},

		GetAllowedImagesSettings: (_, context) => stateOf(context).allowedImages,

		// "If you specify … all, only public snapshots are returned": by their permissions, which blocking does not change.
		DescribeSnapshots: (input, context) => {
			withoutFilters(context, input.Filters);
			const {snapshots} = stateOf(context);
			const restorableBy = input.RestorableByUserIds ?? [];
			const wanted = isOwn(context, input.OwnerIds)
				? snapshots.filter(
						one =>
							restorableBy.length === 0 ||
							(restorableBy.includes('all') && one.isPublic) ||
							restorableBy.some(account => one.sharedWith.includes(account)),
					)
				: [];
			const {page, token} = context.paginate(wanted, input, paging);
			return {Snapshots: page.map(({shown}) => shown), ...next(token)};
		},

		DescribeSnapshotAttribute: (input, context) => {
			const one = stateOf(context).snapshots.find(({shown}) => shown.SnapshotId === input.SnapshotId);
			if (one === undefined) throw new AwsError('InvalidSnapshot.NotFound', `The snapshot '${input.SnapshotId}' does not exist.`);
			if (one.refused !== undefined) {
				throw context.denied(`arn:${context.partition}:ec2:${context.awsRegion}::snapshot/${input.SnapshotId}`, one.refused);
			}
			if (input.Attribute !== 'createVolumePermission') throw context.invalid(`The mock knows no attribute ${input.Attribute}.`);
			return {
				SnapshotId: one.shown.SnapshotId,
				CreateVolumePermissions: [...(one.isPublic ? [{Group: 'all' as const}] : []), ...one.sharedWith.map(UserId => ({UserId}))],
			};
		},

		DescribeImages: (input, context) => {
			withoutFilters(context, input.Filters);
			const {images} = stateOf(context);
			const wanted = isOwn(context, input.Owners)
				? images.filter(({shown}) => shown.State !== 'disabled' || input.IncludeDisabled === true)
				: [];
			const {page, token} = context.paginate(wanted, input, {...paging, minimumLimit: 1});
			return {Images: page.map(({shown, isPublic}) => ({...shown, Public: isPublic})), ...next(token)};
		},

		DescribeImageAttribute: (input, context) => {
			const one = stateOf(context).images.find(({shown}) => shown.ImageId === input.ImageId);
			if (one === undefined) throw new AwsError('InvalidAMIID.NotFound', `The image id '[${input.ImageId}]' does not exist`);
			if (one.refused !== undefined) {
				throw context.denied(`arn:${context.partition}:ec2:${context.awsRegion}::image/${input.ImageId}`, one.refused);
			}
			if (input.Attribute !== 'launchPermission') throw context.invalid(`The mock knows no attribute ${input.Attribute}.`);
			return {
				ImageId: one.shown.ImageId,
				LaunchPermissions: [...(one.isPublic ? [{Group: 'all' as const}] : []), ...one.sharedWith],
				ProductCodes: [],
			};
		},

		DescribeVolumes: (input, context) => {
			withoutFilters(context, input.Filters);
			const {page, token} = context.paginate(stateOf(context).volumes, input, {...paging, minimumLimit: 1});
			return {Volumes: [...page], ...next(token)};
		},

		DescribeSecurityGroups: (input, context) => {
			withoutFilters(context, input.Filters);
			const {page, token} = context.paginate(stateOf(context).groups, input, paging);
			return {SecurityGroups: [...page], ...next(token)};
		},

		DescribeNetworkAcls: (input, context) => {
			withoutFilters(context, input.Filters);
			const {page, token} = context.paginate(stateOf(context).acls, input, paging);
			return {NetworkAcls: [...page], ...next(token)};
		},

		DescribeNetworkInterfaces: (input, context) => {
			withoutFilters(context, input.Filters);
			const {page, token} = context.paginate(stateOf(context).interfaces, input, paging);
			return {NetworkInterfaces: [...page], ...next(token)};
		},

		DescribeAddresses: (input, context) => {
			withoutFilters(context, input.Filters);
			return {Addresses: [...stateOf(context).addresses]};
		},

		DescribeManagedPrefixLists: (input, context) => {
			withoutFilters(context, input.Filters);
			const {page, token} = context.paginate(stateOf(context).prefixLists, input, {
				...paging,
				defaultLimit: 100,
				maximumLimit: 100,
				minimumLimit: 1,
			});
			return {PrefixLists: page.map(({shown}) => shown), ...next(token)};
		},

		GetManagedPrefixListEntries: (input, context) => {
			const one = stateOf(context).prefixLists.find(({shown}) => shown.PrefixListId === input.PrefixListId);
			if (one === undefined) {
				throw new AwsError('InvalidPrefixListID.NotFound', `The prefix list ID '${input.PrefixListId}' does not exist`);
			}
			if (one.refused !== undefined) throw context.denied(one.shown.PrefixListArn, one.refused);
			const {page, token} = context.paginate(one.cidrs, input, {
				...paging,
				defaultLimit: 100,
				maximumLimit: 100,
				minimumLimit: 1,
			});
			return {Entries: page.map(Cidr => ({Cidr})), ...next(token)};
		},
	},
});
