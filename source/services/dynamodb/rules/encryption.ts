import {type Answer, dayMs, hourMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {inRegions, isLegacy, judgedElsewhere, type Table, type TableResource} from './table.js';

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_SSEDescription.html
export const archivedAfterMs = 7 * dayMs;
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicaDescription.html
export const removedAfterMs = 20 * hourMs;

/** What AWS does to an inaccessible table, and when: `at` is ISO 8601. */
export const consequences = ({
	configuration: {encryption, replicas = [], status},
}: TableResource): ReadonlyArray<{readonly what: string; readonly at: string}> => {
	const since = encryption?.inaccessibleSince;
	if (since === undefined || status === 'ARCHIVED' || status === 'ARCHIVING') {
		return [];
	}

	const after = (ms: number): string => new Date(Date.parse(since) + ms).toISOString();
	return [
		...(replicas.length > 0 ? [{what: 'replica (removal)', at: after(removedAfterMs)}] : []),
		{what: 'table (archival)', at: after(archivedAfterMs)},
	];
};

/** `key/1111` or `alias/x` of an ARN; an id as it is. */
const keyName = (key: string): string => key.split(':').at(-1) ?? key;

const sound = new Set(['ACTIVE', 'CREATING', 'UPDATING', 'DELETING', 'REPLICATION_NOT_AUTHORIZED']);
const lost = new Set(['INACCESSIBLE_ENCRYPTION_CREDENTIALS', 'ARCHIVING', 'ARCHIVED']);

export const keyAccessible: Rule<Table> = {
	id: 'dynamodb-table-key-accessible',
	title: 'DynamoDB can use the key of a table',
	severity: 'CRITICAL',
	published: unpublished,
	rationale:
		'A table whose key is disabled, scheduled for deletion or out of reach answers nobody. After 20 hours a replica is taken out of its global table, after 7 days the table is archived; if the key is gone, so are the items.',
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
				.map(
					({what, at}) => `${what === 'table (archival)' ? 'archived' : 'out of its global table'} in ${spanInWords(msBetween(now, at))}`,
				);
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
		text: 'Choose a customer managed key; the table stays available meanwhile. Whoever reads the table needs no permission on the key, DynamoDB does.',
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

export const sameKeyType: Rule<Table> = {
	id: 'dynamodb-table-replicas-same-key-type',
	title: 'All replicas of a global table are encrypted with the same type of key',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'The same items lie in every replica. Where one has a KMS key and another one that AWS owns, whoever relies on the key, to audit or to cut access, relies on nothing.',
	remediation: {
		text: 'Give each replica a KMS key of its Region: a multi-Region key, or one key a Region. It is set by the replica’s update.',
		cli: 'aws dynamodb update-table --table-name {name} --replica-updates \'[{"Update":{"RegionName":"REPLICA_REGION","KMSMasterKeyId":"KEY_ARN"}}]\' --region {region}',
		terraform:
			'resource "aws_dynamodb_table" "this" {\n  name = "{name}"\n\n  replica {\n    region_name = var.replica_region\n    kms_key_arn = aws_kms_replica_key.this.arn\n  }\n}',
		url: `${guide}/globaltables-security.html`,
	},
	note: 'Encryption at rest uses one key a Region, multi-Region or not: replicas need not share key material. Multi-Region keys matter to applications that encrypt attributes themselves, with the AWS Database Encryption SDK (formerly the DynamoDB Encryption Client), and decrypt them in another Region by its replica key. Such encryption is seen by no API: that a multi-Region key is here says that it could be, not that it is.',
	reads: ['DescribeTable'],
	exempts: judgedElsewhere,
	evaluate({configuration, awsRegion}): Answer {
		const {encryption, replicas} = configuration;
		if (encryption === undefined || replicas === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its encryption and replicas have not been read'};
		}

		if (replicas.length === 0) {
			return isLegacy(configuration)
				? {verdict: 'UNKNOWN', reason: 'a global table of version 2017.11.29 does not tell the keys of its replicas'}
				: {verdict: 'NOT_APPLICABLE', reason: 'no global table'};
		}

		const keys = [
			{awsRegion, key: encryption === null ? null : (encryption.keyArn ?? '')},
			...replicas.map(replica => ({awsRegion: replica.awsRegion, key: replica.keyId})),
		];
		const ofAws = keys.filter(({key}) => key === null).map(replica => replica.awsRegion);
		const ofKms = keys.filter(({key}) => key !== null).map(replica => replica.awsRegion);
		const evidence = {
			expected: 'a KMS key in every Region, or in none',
			observed: keys.map(replica => `${replica.awsRegion} ${replica.key === null ? 'AWS owned' : keyName(replica.key)}`).join(', '),
			operation: 'DescribeTable',
		};
		if (ofAws.length > 0 && ofKms.length > 0) {
			return {
				verdict: 'FAIL',
				reason: `a KMS key ${inRegions(ofKms)}, but one that AWS owns ${inRegions(ofAws)}`,
				evidence,
			};
		}

		if (ofKms.length === 0) {
			return {verdict: 'PASS', reason: `keys that AWS owns ${inRegions(ofAws)}`, evidence};
		}

		const names = new Set(keys.map(({key}) => keyName(key ?? '').replace(/^key\//u, '')));
		const [only = ''] = names;
		return {
			verdict: 'PASS',
			reason:
				names.size === 1 && only.startsWith('mrk-')
					? `multi-Region key ${only} ${inRegions(ofKms)}`
					: `a KMS key of its own ${inRegions(ofKms)}`,
			evidence,
		};
	},
};
