import {answering, type Rule, unpublished} from '../../../model/index.js';
import {answerOfProtection, clientSide, guide, reEncrypt, reEncryptedCluster} from './common.js';
import {encryptionInWords, encryptionOf, unclearBecause} from './encryption.js';
import {type GlobalCluster, secondaries, whileDeleted} from './global-cluster.js';

const operation = 'DescribeGlobalClusters';

export const globalEncrypted: Rule<GlobalCluster> = {
	id: 'rds-global-cluster-encrypted',
	title: 'A global database is encrypted at rest',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Storage, backups and snapshots in every Region hold the same data: what is not encrypted at the writer is encrypted nowhere, and a snapshot that is shared by mistake is open to whoever has it.',
	remediation: {
		text: reEncrypt,
		cli: 'aws rds describe-global-clusters --global-cluster-identifier {id} --region {region} --query "GlobalClusters[0].StorageEncryptionType"',
		terraform: `${reEncryptedCluster}\n\nresource "aws_rds_global_cluster" "encrypted" {\n  global_cluster_identifier    = "NEW_GLOBAL_IDENTIFIER"\n  source_db_cluster_identifier = aws_rds_cluster.encrypted.arn\n  force_destroy                = true\n}`,
		url: `${guide}/Overview.Encryption.html`,
	},
	note: `Since 18 February 2026 new clusters are encrypted with a key that AWS owns unless another is chosen, and StorageEncrypted is false of them: whoever looks at that alone fails what is encrypted. AWS Config asks the same as aurora-global-database-encryption-at-rest. ${clientSide}`,
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration}) {
		const is = answering(operation, 'StorageEncryptionType sse-kms or sse-rds', encryptionInWords(configuration));
		switch (encryptionOf(configuration)) {
			case 'none': {
				return is('FAIL', `not encrypted at rest, in ${configuration.members.map(({awsRegion}) => awsRegion).join(', ')}`);
			}

			case 'owned': {
				return is('PASS', 'encrypted at rest with a key that AWS owns');
			}

			case 'kms': {
				return is('PASS', 'encrypted at rest with keys of KMS');
			}

			default: {
				return is('UNKNOWN', unclearBecause(operation, configuration));
			}
		}
	},
};

export const globalOwnKey: Rule<GlobalCluster> = {
	id: 'rds-global-cluster-kms-key',
	title: 'A global database is encrypted with keys that can be audited and disabled',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A key that AWS owns cannot be seen, audited or taken away, and a snapshot made with it is as far from your control. A key of KMS in each Region of the database can.',
	remediation: {text: reEncrypt, url: `${guide}/Overview.Encryption.Keys.html`},
	note: clientSide,
	reads: [],
	exempts: resource =>
		whileDeleted(resource) ?? (encryptionOf(resource.configuration) === 'none' ? 'not encrypted at rest at all' : undefined),
	evaluate({configuration}) {
		const is = answering(operation, 'StorageEncryptionType sse-kms', encryptionInWords(configuration));
		switch (encryptionOf(configuration)) {
			case 'owned': {
				return is('FAIL', 'encrypted with a key that AWS owns, which nobody here can audit or disable');
			}

			case 'kms': {
				return is('PASS', 'encrypted with keys of KMS, one in each Region');
			}

			default: {
				return is('UNKNOWN', unclearBecause(operation, configuration));
			}
		}
	},
};

export const globalProtected: Rule<GlobalCluster> = {
	id: 'rds-global-cluster-deletion-protected',
	title: 'A global database is protected from deletion by mistake',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A global database is what a company keeps for the day on which a Region fails. One call should not end it.',
	remediation: {
		text: 'Turn deletion protection on.',
		cli: 'aws rds modify-global-cluster --global-cluster-identifier {id} --deletion-protection --region {region}',
		terraform: 'resource "aws_rds_global_cluster" "this" {\n  global_cluster_identifier = "{id}"\n  deletion_protection       = true\n}',
		url: `${guide}/aurora-global-database-managing.html`,
	},
	reads: [],
	exempts: whileDeleted,
	evaluate: ({configuration: {deletionProtection}}) => answerOfProtection(deletionProtection, operation),
};

export const globalHasSecondary: Rule<GlobalCluster> = {
	id: 'rds-global-cluster-has-secondary',
	title: 'A global database lives in more than one Region',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A global database without a secondary has nowhere to fail over to, though its name promises it.',
	remediation: {
		text: 'Add a secondary cluster in another Region, with a KMS key of that Region; one without instances keeps the data at the price of storage.',
		cli: 'aws rds create-db-cluster --db-cluster-identifier NAME --global-cluster-identifier {id} --engine ENGINE --kms-key-id KEY_ARN --region OTHER_REGION',
		terraform:
			'resource "aws_rds_cluster" "secondary" {\n  provider                  = aws.secondary\n  global_cluster_identifier = "{id}"\n  engine                    = "ENGINE"\n  storage_encrypted         = true\n  kms_key_id                = aws_kms_key.secondary.arn\n}',
		url: `${guide}/aurora-global-database-attaching.html`,
	},
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration: {members}}) {
		const regions = [...new Set(members.map(({awsRegion}) => awsRegion))];
		const is = answering(operation, 'members in two Regions', regions.join(', '));
		return regions.length > 1 ? is('PASS', `lives in ${regions.join(', ')}`) : is('FAIL', `lives in ${regions.join('')} alone`);
	},
};

export const globalInStep: Rule<GlobalCluster> = {
	id: 'rds-global-cluster-in-step',
	title: 'The secondaries of a global database are in step with its writer',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A secondary that lost its connection holds old data, and cannot be failed over to without losing the rest.',
	remediation: {
		text: 'Look at the secondary’s events and at AuroraGlobalDBReplicationLag. A secondary that does not catch up must be removed and added anew.',
		cli: 'aws rds describe-events --source-type db-cluster --duration 1440 --region {region}',
		url: `${guide}/aurora-global-database-monitoring.html`,
	},
	reads: [],
	exempts: resource => whileDeleted(resource) ?? (secondaries(resource.configuration).length === 0 ? 'has no secondary' : undefined),
	evaluate({configuration}) {
		const others = secondaries(configuration);
		const is = answering(
			operation,
			'each secondary connected',
			others.map(({awsRegion, synchronizationStatus}) => `${awsRegion} ${synchronizationStatus ?? 'not told'}`).join(', '),
		);
		const late = others.find(({synchronizationStatus}) => synchronizationStatus === 'pending-resync');
		if (late !== undefined) {
			return is('FAIL', `the secondary in ${late.awsRegion} waits to be synchronised anew`);
		}

		const odd = others.find(({synchronizationStatus}) => synchronizationStatus !== 'connected');
		return odd === undefined
			? is('PASS', `connected in ${others.map(({awsRegion}) => awsRegion).join(', ')}`)
			: is(
					'UNKNOWN',
					odd.synchronizationStatus === undefined
						? `${operation} did not tell whether the secondary in ${odd.awsRegion} is in step`
						: `the secondary in ${odd.awsRegion} is ${odd.synchronizationStatus}, which this version does not know`,
				);
	},
};
