import {GetPublicAccessBlockCommand, type PublicAccessBlockConfiguration} from '@aws-sdk/client-s3-control';
import {AwsError, type DenialReason} from '../endpoint/aws-error.js';
import {defineMockService} from '../endpoint/service.js';

/** What S3 knows of the account. One for all Regions, kept under us-east-1. */
export type S3ControlState = {
	/** Absent where the account has none. */
	publicAccessBlock?: PublicAccessBlockConfiguration | undefined;
	/** Why it may not be read, where it may not. */
	refused?: DenialReason | undefined;
};

const home = {id: 's3control', empty: (): S3ControlState => ({})};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html */
export const s3control = defineMockService({
	...home,
	signingName: 's3',
	iamActions: {GetPublicAccessBlock: 's3:GetAccountPublicAccessBlock'},
	protocol: {name: 'restXml', xmlNamespace: 'http://awss3control.amazonaws.com/doc/2018-08-20/'},
	errors: {
		validation: 'InvalidRequest',
		throttled: {name: 'SlowDown', httpStatus: 503, message: 'Please reduce your request rate.'},
		denied: {name: 'AccessDenied', httpStatus: 403},
	},
	commands: {GetPublicAccessBlock: GetPublicAccessBlockCommand},
	handlers: {
		GetPublicAccessBlock: ({AccountId}, context) => {
			const {publicAccessBlock, refused} = context.world.state(home, 'us-east-1', context.accountId);
			if (AccountId === undefined) throw context.invalid('AccountId is required');
			if (AccountId !== context.accountId) throw context.denied();
			if (refused !== undefined) throw context.denied(undefined, refused);
			if (publicAccessBlock === undefined) {
				throw new AwsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', 404);
			}
			return {PublicAccessBlockConfiguration: {...publicAccessBlock}};
		},
	},
});
