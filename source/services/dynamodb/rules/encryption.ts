import {type Answer, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {guide, keyName} from './common.js';
import {consequenceInWords, consequences} from './deadlines.js';
import type {Table} from './table.js';

const sound = new Set(['ACTIVE', 'CREATING', 'UPDATING', 'DELETING', 'REPLICATION_NOT_AUTHORIZED']);
const lost = new Set(['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'ARCHIVING', 'ARCHIVED']);

export const keyAccessible: Rule<Table> = {
	id: 'dynamodb-table-key-accessible',
	title: 'DynamoDB can use the key of a table',
	severity: 'CRITICAL',
	published: unpublished,
	rationale:
		'A table whose key is disabled, scheduled for deletion or out of reach answers nobody. After 20 hours an eventually consistent replica leaves its global table for good, after 7 days a table is archived; if the key is gone, so are the items.',
	remediation: {
		text: 'Enable the key, cancel its deletion, or give DynamoDB back what the key’s policy and grants allowed it. The table comes back by itself within a day at most.',
		cli: 'aws dynamodb describe-table --table-name {name} --query Table.SSEDescription --region {region}',
		url: `${guide}/encryption.usagenotes.html`,
	},
	note: 'No published rule asks this. Which key it is and what is wrong with it stands with the key itself.',
	reads: ['DescribeTable'],
	evaluate(resource, {now}): Answer {
		const {status, encryption, archival} = resource.configuration;
		const key = encryption?.keyArn === undefined ? 'its key' : keyName(encryption.keyArn);
		const since = encryption?.inaccessibleSince;
		const evidence = {
			expected: 'TableStatus ACTIVE, no InaccessibleEncryptionDateTime',
			observed: `TableStatus ${status ?? 'absent'}, InaccessibleEncryptionDateTime ${since ?? 'absent'}`,
			operation: 'DescribeTable',
		};
		if (status === 'ARCHIVED' || status === 'ARCHIVING') {
			const when = archival?.at === undefined ? '' : ` ${spanInWords(msBetween(archival.at, now))} ago`;
			const backup = archival?.backupArn === undefined ? '' : `; a backup was kept: ${archival.backupArn}`;
			return {verdict: 'FAIL', reason: `archived${when}, because ${key} could not be used for 7 days${backup}`, evidence};
		}

		if (since !== undefined || (status !== undefined && lost.has(status))) {
			const next = consequences(resource)
				.filter(({at}) => msBetween(now, at) > 0)
				.map(({what, at}) => `${consequenceInWords(what, resource)} in ${spanInWords(msBetween(now, at))}`);
			return {
				verdict: 'FAIL',
				reason: [`${key} cannot be used${since === undefined ? '' : `, for ${spanInWords(msBetween(since, now))} now`}`, ...next].join(
					'; ',
				),
				evidence,
			};
		}

		if (status === undefined || !sound.has(status)) {
			return {
				verdict: 'UNKNOWN',
				reason: status === undefined ? 'DescribeTable did not tell its status' : `the status ${status} is not known to this version`,
				evidence,
			};
		}

		return {verdict: 'PASS', reason: encryption ? `${key} can be used` : 'its key is AWS’s, and always there', evidence};
	},
};

export const kmsKey: Rule<Table> = {
	id: 'dynamodb-table-kms-key',
	title: 'A table is encrypted with a KMS key of this account',
	severity: 'INFORMATIONAL',
	published: {securityControlIds: [], cis: [], prowler: ['dynamodb_tables_kms_cmk_encryption_enabled']},
	rationale:
		'Every table is encrypted. By default the key is one that AWS owns: free, but it can neither be seen nor audited, and access to it cannot be cut. With a KMS key each use is in CloudTrail, and a key of your own can be disabled.',
	remediation: {
		text: 'Choose a customer managed key; the table stays available meanwhile. Whoever reads the table needs no permission on the key, DynamoDB does. A global table refuses this command: there one call names the key of every Region, its own among them, by --replica-updates instead of --sse-specification.',
		cli: 'aws dynamodb update-table --table-name {name} --sse-specification Enabled=true,SSEType=KMS,KMSMasterKeyId=KEY_ID --region {region}',
		terraform:
			'resource "aws_dynamodb_table" "this" {\n  name = "{name}"\n\n  server_side_encryption {\n    enabled     = true\n    kms_key_arn = aws_kms_key.tables.arn\n  }\n}',
		url: `${guide}/EncryptionAtRest.html`,
	},
	note: 'Information: the default is sound encryption. aws/dynamodb passes too, as it does in Prowler: DynamoDB does not tell it from a key of your own, KMS does. What an application encrypts itself, with the AWS Database Encryption SDK (formerly the DynamoDB Encryption Client), is seen by no API and not judged here.',
	reads: ['DescribeTable'],
	evaluate({configuration: {encryption}}): Answer {
		if (encryption === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its encryption has not been read'};
		}

		const evidence = {
			expected: 'SSEDescription with a KMSMasterKeyArn',
			observed:
				encryption === null
					? 'no SSEDescription'
					: `SSEType ${encryption.type ?? 'absent'}, KMSMasterKeyArn ${encryption.keyArn ?? 'absent'}`,
			operation: 'DescribeTable',
		};
		return encryption === null
			? {verdict: 'FAIL', reason: 'encrypted with a key that AWS owns, free and out of sight', evidence}
			: {verdict: 'PASS', reason: `encrypted with ${encryption.keyArn === undefined ? 'a KMS key' : keyName(encryption.keyArn)}`, evidence};
	},
};
