import type {Inputs, Refusal, Resource} from '../../model/index.js';
import type {Image, LaunchPermissions} from '../../services/ec2/rules/image.js';
import type {Snapshot} from '../../services/ec2/rules/snapshot.js';
import type {Recipient, Thing} from './share.js';

/** A snapshot or an AMI, as far as sharing goes. */
export type Shareable = {
	readonly of: Thing;
	readonly resource: Resource;
	/** Whether its permissions let in everyone; undefined where that is not known. */
	readonly isPublic: boolean | undefined;
	/** All others it is shared with; undefined where that could not be read. */
	readonly recipients: readonly Recipient[] | undefined;
	/** Undefined where EC2 did not say what disks there are. */
	readonly disks: ReadonlyArray<{readonly deviceName?: string; readonly encrypted?: boolean; readonly kmsKeyId?: string}> | undefined;
	/** Why nobody can use it as it is, whatever the key: `it is archived`. */
	readonly notReady: string | undefined;
	/** Whether it may be used once it is ready, without being shared anew. */
	readonly becomesReady: boolean;
	/** What it was copied from, where that lies in another Region. */
	readonly copiedFrom: {readonly id: string; readonly awsRegion: string} | undefined;
	/** The operation that says with whom it is shared. */
	readonly attribute: 'DescribeSnapshotAttribute' | 'DescribeImageAttribute';
};

/** The operation that lists them. */
export const listingOf = (of: Thing): 'DescribeSnapshots' | 'DescribeImages' =>
	of === 'snapshot' ? 'DescribeSnapshots' : 'DescribeImages';

const account = (accountId: string): Recipient => ({is: 'account', accountId});

/** Of `arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-…`, or `…:organization/o-…`. */
const organization = (arn: string): Recipient => {
	const [, id = arn] = /[:/](o-[a-z0-9]{10,32})(?:\/|$)/u.exec(arn) ?? [];
	const [, unit] = /\/(ou-[a-z0-9-]+)$/u.exec(arn) ?? [];
	return {is: 'organization', organization: id, ...(unit !== undefined && {unit})};
};

const recipientsOf = ({accounts, organizations, organizationalUnits}: LaunchPermissions): readonly Recipient[] => [
	...accounts.map(account),
	...[...organizations, ...organizationalUnits].map(organization),
];

const snapshotNotReady = ({state, storageTier, restoreExpiresAt}: Snapshot): string | undefined =>
	state !== undefined && state !== 'completed'
		? `its state is ${state}`
		: storageTier === 'archive' && restoreExpiresAt === undefined
			? 'it is archived'
			: undefined;

// Whoever lost access to an AMI that was disabled does not get it back with the AMI:
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
const ended: ReadonlySet<string | undefined> = new Set(['error', 'failed', 'invalid', 'deregistered', 'disabled']);

const elsewhere = (id: string | undefined, awsRegion: string | undefined, here: string): Shareable['copiedFrom'] =>
	id === undefined || awsRegion === undefined || awsRegion === here ? undefined : {id, awsRegion};

const ofSnapshot = (resource: Resource<Snapshot>): Shareable => {
	const {configuration: snapshot, awsRegion} = resource;
	const {encrypted, kmsKeyId, copiedFrom} = snapshot;
	return {
		of: 'snapshot',
		resource,
		isPublic: snapshot.public,
		recipients: snapshot.sharedWith?.map(account),
		disks: [{...(encrypted !== undefined && {encrypted}), ...(kmsKeyId !== undefined && {kmsKeyId})}],
		notReady: snapshotNotReady(snapshot),
		becomesReady: !ended.has(snapshot.state),
		copiedFrom: elsewhere(copiedFrom?.snapshotId, copiedFrom?.awsRegion, awsRegion),
		attribute: 'DescribeSnapshotAttribute',
	};
};

const ofImage = (resource: Resource<Image>): Shareable => {
	const {configuration: image, awsRegion} = resource;
	return {
		of: 'AMI',
		resource,
		isPublic: image.public,
		recipients: image.sharedWith && recipientsOf(image.sharedWith),
		disks: image.rootDeviceType === 'instance-store' ? [] : image.disks,
		notReady: image.state !== undefined && image.state !== 'available' ? `its state is ${image.state}` : undefined,
		becomesReady: !ended.has(image.state),
		copiedFrom: elsewhere(image.sourceImageId, image.sourceImageRegion, awsRegion),
		attribute: 'DescribeImageAttribute',
	};
};

/** All snapshots and AMIs of the account. */
export const shareables = (inputs: Inputs): readonly Shareable[] => [
	...inputs.of<Snapshot>('AWS::EC2::Snapshot').map(({resource}) => ofSnapshot(resource)),
	...inputs.of<Image>('AWS::EC2::Image').map(({resource}) => ofImage(resource)),
];

/** Why it is not known with whom it is shared: a refusal where there was one. Undefined where it is known. */
export const blindness = ({
	of,
	attribute,
	resource,
	isPublic,
	recipients,
}: Shareable): {readonly operation: string; readonly refusal?: Refusal} | undefined => {
	// That it is public is a row of its own; the listing of all that is public is the same operation as the listing.
	const operation = recipients === undefined ? attribute : isPublic === undefined ? listingOf(of) : undefined;
	if (operation === undefined) {
		return undefined;
	}

	const refusal = resource.unread[operation];
	return {operation, ...(refusal !== undefined && {refusal})};
};
