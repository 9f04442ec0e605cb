import type {CommandLine} from '../../model/index.js';
import type {Copy, Recipient, Share, Thing} from './share.js';

// Snapshots and AMIs go by different commands, and whoever something is shared with by different members.

type Permission = {readonly text: string; readonly values?: CommandLine['values']};

/** How EC2 names somebody in a permission. An organization's ARN has its management account in it, which a share does not tell. */
const permissionOf = (recipient: Recipient): Permission => {
	switch (recipient.is) {
		case 'anyone': {
			return {text: 'Group=all'};
		}

		case 'account': {
			return {text: 'UserId={recipient}', values: {recipient: recipient.accountId}};
		}

		case 'organization': {
			return {text: recipient.unit === undefined ? 'OrganizationArn=ORGANIZATION_ARN' : 'OrganizationalUnitArn=UNIT_ARN'};
		}
	}
};

/** Takes the share back. Undefined where it is not known what is shared, or with whom. */
export const takingBack = ({of, thingId, sharedWith}: Share): CommandLine | undefined => {
	if (thingId === undefined || sharedWith === undefined) {
		return undefined;
	}

	const {text, values} = permissionOf(sharedWith);
	return {
		cli:
			of === 'snapshot'
				? `aws ec2 modify-snapshot-attribute --snapshot-id {thing} --create-volume-permission 'Remove=[{${text}}]' --region {region}`
				: `aws ec2 modify-image-attribute --image-id {thing} --launch-permission 'Remove=[{${text}}]' --region {region}`,
		values: {thing: thingId, ...values},
	};
};

const copying = (of: Thing, thing: string, sourceRegion: string): CommandLine => ({
	cli:
		of === 'snapshot'
			? 'aws ec2 copy-snapshot --source-region {source} --source-snapshot-id {thing} --encrypted --kms-key-id KMS_KEY_ARN --region {region}'
			: 'aws ec2 copy-image --source-region {source} --source-image-id {thing} --name NEW_NAME --encrypted --kms-key-id KMS_KEY_ARN --region {region}',
	values: {thing, source: sourceRegion},
});

/** Copies it where it is, under a key. */
export const encrypting = ({of, thingId}: Share, awsRegion: string): CommandLine | undefined =>
	thingId === undefined ? undefined : copying(of, thingId, awsRegion);

/** Makes the copy once more, under a key of its own Region. */
export const copyingAgain = ({of, from}: Copy): CommandLine => copying(of, from.id, from.awsRegion);
