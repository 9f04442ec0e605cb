import {type Answer, grouped, msBetween, type Rule, spanInWords} from '../../../model/index.js';
import {guide} from './common.js';
import type {Table, TableResource} from './table.js';

/** Why there is nothing to keep any more, as far as its status is known. */
const unlessStaying = ({configuration: {status}}: TableResource): string | undefined => {
	switch (status) {
		case 'DELETING':
			return 'being deleted';
		case 'ARCHIVING':
		case 'ARCHIVED':
			return 'archived: nothing but its backup is left';
		default:
			return undefined;
	}
};

export const deletionProtected: Rule<Table> = {
	id: 'dynamodb-table-deletion-protected',
	title: 'A table is protected from deletion',
	severity: 'MEDIUM',
	published: {securityControlIds: ['DynamoDB.6'], cis: [], prowler: ['dynamodb_table_deletion_protection_enabled']},
	rationale:
		'A table is deleted by one call, with all its items, at once. Deletion protection makes it two, and keeps a mistaken stack update from it.',
	remediation: {
		text: 'Turn on deletion protection. Of a global table each replica has its own.',
		cli: 'aws dynamodb update-table --table-name {name} --deletion-protection-enabled --region {region}',
		terraform: 'resource "aws_dynamodb_table" "this" {\n  name                        = "{name}"\n  deletion_protection_enabled = true\n}',
		url: `${guide}/WorkingWithTables.Basics.html`,
	},
	reads: ['DescribeTable'],
	exempts: unlessStaying,
	evaluate({configuration: {deletionProtection, itemCount}}): Answer {
		const evidence = {
			expected: 'DeletionProtectionEnabled true',
			observed: `DeletionProtectionEnabled ${deletionProtection ?? 'absent'}`,
			operation: 'DescribeTable',
		};
		if (deletionProtection === undefined) {
			return {verdict: 'UNKNOWN', reason: 'DescribeTable did not tell whether it is protected', evidence};
		}

		const items = itemCount === undefined ? 'its items' : `${grouped(itemCount)} item${itemCount === 1 ? '' : 's'}`;
		return deletionProtection
			? {verdict: 'PASS', reason: 'protected from deletion', evidence}
			: {verdict: 'FAIL', reason: `one call deletes it, with ${items}`, evidence};
	},
};

export const recoverable: Rule<Table> = {
	id: 'dynamodb-table-point-in-time-recovery',
	title: 'A table can be restored to a point in time',
	severity: 'MEDIUM',
	published: {securityControlIds: ['DynamoDB.2'], cis: [], prowler: ['dynamodb_tables_pitr_enabled']},
	rationale:
		'What a faulty release or an intruder overwrites cannot be undone. With point-in-time recovery any second of up to 35 days can be restored, into a new table.',
	remediation: {
		text: 'Turn on point-in-time recovery. It is charged for by the size of the table.',
		cli: 'aws dynamodb update-continuous-backups --table-name {name} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true --region {region}',
		terraform: 'resource "aws_dynamodb_table" "this" {\n  name = "{name}"\n\n  point_in_time_recovery {\n    enabled = true\n  }\n}',
		url: `${guide}/Point-in-time-recovery.html`,
	},
	note: 'A replica in another Region is no backup: it repeats the mistake within a second. Backup plans of AWS Backup are not read here.',
	reads: ['DescribeContinuousBackups'],
	exempts: unlessStaying,
	evaluate({configuration: {recovery}}, {now}): Answer {
		if (recovery === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its backups have not been read'};
		}

		if (recovery === null) {
			return {verdict: 'NOT_APPLICABLE', reason: 'not there any more when its backups were asked for'};
		}

		const {enabled, periodDays, earliestAt} = recovery;
		const evidence = {
			expected: 'PointInTimeRecoveryStatus ENABLED',
			observed: `PointInTimeRecoveryStatus ${enabled ? 'ENABLED' : 'DISABLED'}, EarliestRestorableDateTime ${earliestAt ?? 'absent'}`,
			operation: 'DescribeContinuousBackups',
		};
		const reach =
			earliestAt === undefined
				? periodDays === undefined
					? ''
					: ` of the last ${periodDays} days`
				: ` of the last ${spanInWords(msBetween(earliestAt, now))}`;
		return enabled
			? {verdict: 'PASS', reason: `can be restored to any second${reach}`, evidence}
			: {verdict: 'FAIL', reason: 'point-in-time recovery is off', evidence};
	},
};
