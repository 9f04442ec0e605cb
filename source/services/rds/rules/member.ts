import {answering, type Rule, unpublished} from '../../../model/index.js';
import type {Cluster} from './cluster.js';
import {answerOfProtection, clientSide, guide, reEncrypt, reEncryptedCluster} from './common.js';
import {encryptionInWords, encryptionOf, unclearBecause} from './encryption.js';
import {whileDeleted} from './global-cluster.js';

const operation = 'DescribeDBClusters';

export const encrypted: Rule<Cluster> = {
	id: 'rds-cluster-encrypted',
	title: 'A cluster of a global database is encrypted at rest',
	severity: 'HIGH',
	published: {securityControlIds: ['RDS.27'], cis: [], prowler: ['rds_cluster_storage_encrypted']},
	rationale: 'Storage, logs, backups and snapshots of a cluster that is not encrypted lie in the clear, and so do those made of them.',
	remediation: {
		text: reEncrypt,
		cli: 'aws rds create-db-cluster-snapshot --db-cluster-identifier {id} --db-cluster-snapshot-identifier {id}-to-encrypt --region {region}',
		terraform: reEncryptedCluster,
		url: `${guide}/Overview.Encryption.html`,
	},
	note: `StorageEncrypted is false of a cluster that is encrypted with a key that AWS owns, as new ones are by default since 18 February 2026: StorageEncryptionType decides. ${clientSide}`,
	reads: [operation],
	exempts: whileDeleted,
	evaluate({configuration}) {
		const is = answering(operation, 'StorageEncryptionType sse-kms or sse-rds', encryptionInWords(configuration));
		switch (encryptionOf(configuration)) {
			case 'none': {
				return is('FAIL', 'not encrypted at rest');
			}

			case 'owned': {
				return is('PASS', 'encrypted at rest with a key that AWS owns');
			}

			case 'kms': {
				return is('PASS', 'encrypted at rest with a key of KMS');
			}

			default: {
				return is('UNKNOWN', unclearBecause(operation, configuration));
			}
		}
	},
};

/** The account and the last part of a key's ARN. */
const partsOf = (arn: string): {readonly accountId: string; readonly name: string} => {
	const parts = arn.split(':');
	return {accountId: parts[4] ?? '', name: parts.slice(5).join(':') || arn};
};

export const ownKey: Rule<Cluster> = {
	id: 'rds-cluster-kms-key',
	title: 'A cluster of a global database is encrypted with a KMS key of its Region',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Each Region of a global database has a key of its own. One that you manage can be audited, shared with whoever restores a snapshot, and disabled; aws/rds cannot be shared, a key that AWS owns not even be seen.',
	remediation: {text: reEncrypt, url: `${guide}/Overview.Encryption.Keys.html`},
	note: `An ARN does not tell whether a key is yours or aws/rds: the key’s own page does. ${clientSide}`,
	reads: [operation],
	exempts: resource =>
		whileDeleted(resource) ?? (encryptionOf(resource.configuration) === 'none' ? 'not encrypted at rest at all' : undefined),
	evaluate({configuration, accountId}) {
		const {kmsKeyId} = configuration;
		const is = answering(
			operation,
			'KmsKeyId of a customer managed key',
			kmsKeyId === undefined ? 'KmsKeyId not told' : (kmsKeyId ?? 'no KmsKeyId'),
		);
		if (encryptionOf(configuration) === 'owned') {
			return is('FAIL', 'encrypted with a key that AWS owns, which nobody here can audit or disable');
		}

		if (encryptionOf(configuration) === 'unclear' || typeof kmsKeyId !== 'string') {
			return is('UNKNOWN', kmsKeyId === null ? `${operation} did not tell its key` : unclearBecause(operation, configuration));
		}

		if (kmsKeyId.endsWith('alias/aws/rds')) {
			return is('FAIL', 'encrypted with aws/rds, the key that all databases share');
		}

		const key = partsOf(kmsKeyId);
		return is(
			'PASS',
			`encrypted with ${key.name}${key.accountId === '' || key.accountId === accountId ? '' : ` of the account ${key.accountId}`}`,
		);
	},
};

export const protectedFromDeletion: Rule<Cluster> = {
	id: 'rds-cluster-deletion-protected',
	title: 'A cluster of a global database is protected from deletion by mistake',
	severity: 'LOW',
	published: {securityControlIds: ['RDS.7'], cis: [], prowler: ['rds_cluster_deletion_protection']},
	rationale: 'The protection of the global database does not cover its members: each can be detached and deleted by itself.',
	remediation: {
		text: 'Turn deletion protection on.',
		cli: 'aws rds modify-db-cluster --db-cluster-identifier {id} --deletion-protection --region {region}',
		terraform: 'resource "aws_rds_cluster" "this" {\n  cluster_identifier  = "{id}"\n  deletion_protection = true\n}',
		url: `${guide}/USER_DeleteCluster.html`,
	},
	reads: [operation],
	exempts: whileDeleted,
	evaluate: ({configuration: {deletionProtection}}) => answerOfProtection(deletionProtection, operation),
};

export const spansZones: Rule<Cluster> = {
	id: 'rds-cluster-spans-zones',
	title: 'A cluster of a global database has instances in several Availability Zones',
	severity: 'MEDIUM',
	published: {securityControlIds: ['RDS.15'], cis: [], prowler: ['rds_cluster_multi_az']},
	rationale:
		'Storage spans zones by itself; instances do not. With one instance a zone that fails takes the database with it until another is made.',
	remediation: {
		text: 'Add a reader in another zone: it takes over within a minute. A secondary without instances needs them before it can be failed over to.',
		cli: 'aws rds create-db-instance --db-instance-identifier NAME --db-cluster-identifier {id} --engine ENGINE --db-instance-class CLASS --region {region}',
		terraform:
			'resource "aws_rds_cluster_instance" "this" {\n  count              = 2\n  cluster_identifier = "{id}"\n  engine             = aws_rds_cluster.this.engine\n  instance_class     = var.instance_class\n}',
		url: `${guide}/Concepts.AuroraHighAvailability.html`,
	},
	note: 'A secondary fails as LOW: it is the writer’s Region that serves.',
	reads: [operation],
	exempts: whileDeleted,
	evaluate({configuration: {multiAz, instances, isWriter}}) {
		const is = answering(operation, 'MultiAZ true', `MultiAZ ${multiAz ?? 'not told'}, ${instances ?? 'an untold number of'} instances`);
		if (multiAz === undefined) {
			return is('UNKNOWN', `${operation} did not tell whether it spans zones`);
		}

		const severity = isWriter ? 'MEDIUM' : 'LOW';
		if (multiAz) {
			return is('PASS', 'has instances in several zones');
		}

		return instances === 0 ? is('FAIL', 'has no instances, only data', severity) : is('FAIL', 'has instances in one zone alone', severity);
	},
};
