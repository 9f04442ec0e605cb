import {type Answer, answering} from '../../../model/index.js';

export const guide = 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide' as const;

/** Encryption cannot be turned on afterwards. */
export const reEncrypt =
	'A cluster cannot be encrypted afterwards, nor take another key: restore a snapshot of it with a key of your own, make a global cluster of the restored one, add its secondaries, and move the applications.';

/**
 * The same in Terraform, as a cluster of another name: `storage_encrypted` and `kms_key_id` of one that exists make Terraform
 * replace it, and so delete it with its data.
 */
export const reEncryptedCluster =
	'# A new cluster beside the old one: to change these of a cluster that exists would replace it.\nresource "aws_rds_cluster" "encrypted" {\n  cluster_identifier  = "NEW_IDENTIFIER"\n  engine              = "ENGINE"\n  snapshot_identifier = "SNAPSHOT_ARN"\n  storage_encrypted   = true\n  kms_key_id          = aws_kms_key.database.arn\n}';

/** Where older notes go further than any API. */
export const clientSide =
	'Columns that the application encrypts itself, with the AWS Encryption SDK and a multi-Region key, look to AWS like any other data: no API tells of them. Whether a multi-Region key has a replica in each Region of the database is shown with the KMS keys.';

/** Whether it is protected from deletion, by the operation that tells. */
export const answerOfProtection = (isProtected: boolean | undefined, operation: string): Answer => {
	const is = answering(operation, 'DeletionProtection true', `DeletionProtection ${isProtected ?? 'not told'}`);
	if (isProtected === undefined) {
		return is('UNKNOWN', `${operation} did not tell whether it is protected from deletion`);
	}

	return isProtected ? is('PASS', 'protected from deletion') : is('FAIL', 'not protected from deletion');
};
