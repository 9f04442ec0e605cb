import {GetPublicAccessBlockCommand, S3ControlClient, type S3ControlClientConfig} from '@aws-sdk/client-s3-control';
import {atOneAddress} from '../../../model/index.js';

/** S3 Control puts the account's id in front of its host. */
export class AccountClient extends S3ControlClient {
	constructor(configuration: S3ControlClientConfig) {
		super(atOneAddress(configuration));
	}
}

/** S3 has an operation of the same name for buckets: this one goes by the name of its permission. */
export class GetAccountPublicAccessBlockCommand extends GetPublicAccessBlockCommand {}
