import {GetPublicAccessBlockCommand, S3ControlClient, type S3ControlClientConfig} from '@aws-sdk/client-s3-control';
import {atOneAddress, type CommandOutput, defineCollector, type Yielded} from '../../model/index.js';
import {accountType, type PublicAccessBlock} from './rules.js';

const commands = {GetPublicAccessBlock: GetPublicAccessBlockCommand};

/** Undefined where a switch is missing: false would be an answer that nobody gave. */
const toBlock = (told: CommandOutput<typeof GetPublicAccessBlockCommand>): PublicAccessBlock | undefined => {
	const {BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets} = told.PublicAccessBlockConfiguration ?? {};
	return BlockPublicAcls === undefined ||
		IgnorePublicAcls === undefined ||
		BlockPublicPolicy === undefined ||
		RestrictPublicBuckets === undefined
		? undefined
		: {
				blockPublicAcls: BlockPublicAcls,
				ignorePublicAcls: IgnorePublicAcls,
				blockPublicPolicy: BlockPublicPolicy,
				restrictPublicBuckets: RestrictPublicBuckets,
			};
};

/** S3 Control puts the account's id in front of its host. */
class AtOneAddress extends S3ControlClient {
	constructor(configuration: S3ControlClientConfig) {
		super(atOneAddress(configuration));
	}
}

export const collector = defineCollector({
	client: AtOneAddress,
	commands,
	// The account is there whatever may be read of it: refused, it is one resource of which nothing is known.
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const facts = aws.facts();
		const told = await facts.attempt(
			'GetPublicAccessBlock',
			{AccountId: aws.accountId},
			{absent: ['NoSuchPublicAccessBlockConfiguration']},
		);
		const publicAccessBlock = told && toBlock(told);
		if (told && publicAccessBlock === undefined) {
			// Something answered, but not S3: what was known of the account stays as it was, with its age.
			throw new Error('GetPublicAccessBlock answered without one of its four switches');
		}

		yield {
			yields: 'resource',
			resource: {
				// The account's block has no ARN of AWS's own: this one names it and nothing else.
				arn: `arn:${aws.partition}:s3::${aws.accountId}:account/public-access-block`,
				resourceType: accountType,
				resourceId: aws.accountId,
				resourceName: `account ${aws.accountId}`,
				accountId: aws.accountId,
				awsRegion: 'global',
				tags: {},
				configuration: publicAccessBlock === undefined ? {} : {publicAccessBlock},
				unread: facts.unread,
				readAt: facts.readAt,
			},
		};
		yield {yields: 'complete', of: accountType};
	},
});
