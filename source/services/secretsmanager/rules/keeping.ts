import {hourMs, listed, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {dayInWords, daysSince, hasDefaultKey, isReplica, type Secret, unreadInWords} from './secret.js';

// https://aws.amazon.com/secrets-manager/pricing/ : 0.40 USD a secret and month, and as much for each replica.
export const usdPerMonth = 0.4;

const latest = (moments: ReadonlyArray<string | undefined>): string | undefined =>
	moments.filter(moment => moment !== undefined).sort((a, b) => (msBetween(a, b) > 0 ? 1 : -1))[0];

export const used: Rule<Secret> = {
	id: 'secretsmanager-secret-used',
	title: 'A secret is read by somebody',
	severity: 'LOW',
	published: {securityControlIds: ['SecretsManager.3'], cis: [], prowler: ['secretsmanager_secret_unused']},
	rationale: 'A credential that nobody reads is one that nobody would miss, yet it works for whoever finds it, and is charged for.',
	remediation: {
		text: 'Find out whether the credential is still valid where it was made, revoke it there, then mark the secret for deletion: it can be restored for 7 to 30 days. Where it is replicated remove its replicas first (aws secretsmanager remove-regions-from-replication), or AWS refuses.',
		cli: 'aws secretsmanager delete-secret --secret-id {arn} --recovery-window-in-days 30 --region {region}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html',
	},
	note: 'Reads in the Regions of its replicas count too. A secret that was never read counts from the day it was made: Prowler fails it on its first day.',
	settings: {maximumDays: 90},
	reads: [],
	exempts(resource) {
		const {deletedAt, owningService, primaryRegion} = resource.configuration;
		if (deletedAt !== undefined) {
			return 'marked for deletion, so nobody can read it';
		}

		if (isReplica(resource)) {
			return `a replica: kept in case ${primaryRegion} fails`;
		}

		return owningService === undefined ? undefined : `${owningService} made it and deletes it with what it belongs to`;
	},
	evaluate({configuration: secret, unread}, {now, settings}) {
		const {createdAt, lastAccessedAt, replicas = []} = secret;
		const {maximumDays = 90} = settings;
		const lastRead = latest([lastAccessedAt, ...replicas.map(replica => replica.lastAccessedAt)]);
		const base = lastRead ?? createdAt;
		const evidence = {
			expected: `LastAccessedDate within ${maximumDays} days`,
			observed: lastRead === undefined ? `LastAccessedDate absent, CreatedDate ${createdAt ?? 'absent'}` : `LastAccessedDate ${lastRead}`,
			operation: 'ListSecrets',
		};
		if (base === undefined) {
			return {verdict: 'UNKNOWN', reason: 'ListSecrets did not tell when it was made or read', evidence};
		}

		const idleDays = daysSince(base, now);
		if (idleDays <= maximumDays) {
			return {
				verdict: 'PASS',
				reason: lastRead === undefined ? `not read yet, made ${dayInWords(base, now)}` : `read ${dayInWords(lastRead, now)}`,
				evidence,
			};
		}

		const refused = unread['DescribeSecret'];
		return refused === undefined
			? {
					verdict: 'FAIL',
					reason: `${lastRead === undefined ? `never read, made ${dayInWords(base, now)}` : `last read ${dayInWords(lastRead, now)}`}; it costs ${(usdPerMonth * (1 + replicas.length)).toFixed(2)} USD a month`,
					evidence,
				}
			: {
					verdict: 'UNKNOWN',
					reason: `not read here for ${idleDays} days; whether its replicas were could not be read: ${refused.iamAction}`,
					evidence,
				};
	},
};

export const customerKey: Rule<Secret> = {
	id: 'secretsmanager-secret-customer-key',
	title: 'A secret is encrypted with a key of your own',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'The policy of aws/secretsmanager is AWS’s: it cannot be narrowed, other accounts can never be given access, and all secrets share it. A key of your own can be audited, shared and disabled by itself.',
	remediation: {
		text: 'First grant kms:Decrypt on a customer managed key to those who read the secret, then choose that key: Secrets Manager re-encrypts the current version with it at once, and what is put later opens with it alone. The key of a replica is chosen when it is made: remove the replica (aws secretsmanager remove-regions-from-replication) and replicate again with KmsKeyId.',
		cli: 'aws secretsmanager update-secret --secret-id {arn} --kms-key-id KEY_ID --region {region}',
		terraform: 'resource "aws_secretsmanager_secret" "this" {\n  name       = "{name}"\n  kms_key_id = aws_kms_key.secrets.arn\n}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html',
	},
	note: 'Asked of a primary, for its replicas too: each has a key of its own, which cannot be changed in its own Region.',
	reads: [],
	exempts(resource) {
		const {owningService, deletedAt, primaryRegion} = resource.configuration;
		if (deletedAt !== undefined) {
			return 'marked for deletion';
		}

		if (isReplica(resource)) {
			return `a replica: its key is chosen in ${primaryRegion}, where its primary is`;
		}

		return owningService === undefined ? undefined : `${owningService} chose its key`;
	},
	evaluate({configuration: secret, unread}) {
		const {kmsKeyId, primaryRegion, replicas} = secret;
		const evidence = {
			expected: 'KmsKeyId of a customer managed key',
			observed: kmsKeyId ?? 'KmsKeyId absent',
			operation: 'ListSecrets',
		};
		if (hasDefaultKey(secret)) {
			return {verdict: 'FAIL', reason: 'encrypted with aws/secretsmanager, the key that all secrets share', evidence};
		}

		const own = `encrypted with ${kmsKeyId?.split('/').slice(1).join('/') || kmsKeyId}`;
		if (primaryRegion !== undefined && replicas === undefined) {
			return {
				verdict: 'UNKNOWN',
				reason: `${own}; whether its replicas have such a key ${unreadInWords(unread['DescribeSecret'])}`,
				evidence,
			};
		}

		// A replica that failed is none yet.
		const shared = (replicas ?? []).filter(replica => replica.status !== 'Failed' && hasDefaultKey(replica));
		return shared.length > 0
			? {
					verdict: 'FAIL',
					reason: `${own}, but its ${shared.length === 1 ? 'replica' : 'replicas'} in ${listed(shared.map(({awsRegion}) => awsRegion))} with aws/secretsmanager`,
					evidence: {
						...evidence,
						observed: shared.map(replica => `${replica.awsRegion} ${replica.kmsKeyId ?? 'KmsKeyId absent'}`).join(', '),
						operation: 'DescribeSecret',
					},
				}
			: {verdict: 'PASS', reason: own, evidence};
	},
};

export const replicasInSync: Rule<Secret> = {
	id: 'secretsmanager-secret-replicas-in-sync',
	title: 'The replicas of a secret are in step with it',
	severity: 'HIGH',
	published: unpublished,
	rationale: 'A replica that failed is missing or holds an old credential: the Region that should take over in a disaster cannot.',
	remediation: {
		text: 'Read the replica’s message: most often a secret of that name exists in the Region already, or its key cannot be used. Mend that, then replicate again. --force-overwrite-replica-secret replaces the secret that is there: only with what nobody reads.',
		cli: 'aws secretsmanager replicate-secret-to-regions --secret-id {arn} --add-replica-regions Region=REPLICA_REGION --region {region}',
		terraform: 'resource "aws_secretsmanager_secret" "this" {\n  name = "{name}"\n\n  replica {\n    region = var.replica_region\n  }\n}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html',
	},
	settings: {inProgressHours: 1},
	reads: ['DescribeSecret'],
	exempts(resource) {
		const {primaryRegion, deletedAt} = resource.configuration;
		if (deletedAt !== undefined) {
			return 'marked for deletion';
		}

		if (primaryRegion === undefined) {
			return 'has no replicas';
		}

		return isReplica(resource) ? `a replica: AWS tells of replication in ${primaryRegion}, where its primary is` : undefined;
	},
	evaluate({configuration: {replicas, lastChangedAt}}, {now, settings}) {
		const {inProgressHours = 1} = settings;
		if (replicas === undefined) {
			return {verdict: 'UNKNOWN', reason: 'DescribeSecret did not tell of its replicas'};
		}

		if (replicas.length === 0) {
			return {verdict: 'NOT_APPLICABLE', reason: 'has no replicas'};
		}

		const evidence = {
			expected: 'InSync in each Region',
			observed: replicas.map(({awsRegion, status}) => `${awsRegion} ${status ?? 'no status'}`).join(', '),
			operation: 'DescribeSecret',
		};
		const failed = replicas.find(({status}) => status === 'Failed');
		if (failed !== undefined) {
			// AWS's message begins with what the sentence has just said.
			const why = failed.statusMessage === undefined ? '' : `: ${failed.statusMessage.replace(/^Replication failed: /u, '')}`;
			return {verdict: 'FAIL', reason: `replica in ${failed.awsRegion} failed${why}`, evidence};
		}

		const odd = replicas.find(({status}) => status !== 'InSync' && status !== 'InProgress');
		if (odd !== undefined) {
			return {
				verdict: 'UNKNOWN',
				reason: `the status ${odd.status ?? 'of its replica'} in ${odd.awsRegion} is not known to this version`,
				evidence,
			};
		}

		const slow = replicas.find(({status}) => status === 'InProgress');
		const sinceMs = lastChangedAt === undefined ? 0 : msBetween(lastChangedAt, now);
		if (slow !== undefined && sinceMs > inProgressHours * hourMs) {
			return {
				verdict: 'FAIL',
				severity: 'MEDIUM',
				reason: `replica in ${slow.awsRegion} in progress for ${spanInWords(sinceMs)}`,
				evidence,
			};
		}

		return {
			verdict: 'PASS',
			reason:
				slow === undefined
					? `in step in ${replicas.map(({awsRegion}) => awsRegion).join(', ')}`
					: `replica in ${slow.awsRegion} is being made`,
			evidence,
		};
	},
};

export const kept: Rule<Secret> = {
	id: 'secretsmanager-secret-not-marked-for-deletion',
	title: 'A secret is not marked for deletion by mistake',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'From the moment it is marked nobody can read the secret; some days later it is gone for good. What read it until then fails now.',
	remediation: {
		text: 'Restore the secret if anything still needs it. If not, leave it: it costs nothing until it is gone.',
		cli: 'aws secretsmanager restore-secret --secret-id {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_restore-secret.html',
	},
	note: 'HIGH where it was read within 30 days, LOW otherwise. ListSecrets and DescribeSecret are documented to date the mark or the deletion; both are understood.',
	settings: {recentDays: 30},
	reads: [],
	exempts: ({configuration: {owningService, deletedAt}}) =>
		owningService !== undefined && deletedAt !== undefined ? `${owningService} made it and deletes it with what it belongs to` : undefined,
	evaluate({configuration: {deletedAt, lastAccessedAt}}, {now, settings}) {
		const {recentDays = 30} = settings;
		const evidence = {
			expected: 'no DeletedDate',
			observed: `DeletedDate ${deletedAt ?? 'absent'}, LastAccessedDate ${lastAccessedAt ?? 'absent'}`,
			operation: 'ListSecrets',
		};
		if (deletedAt === undefined) {
			return {verdict: 'PASS', reason: 'not marked for deletion', evidence};
		}

		// ListSecrets and DescribeSecret are documented differently: the day it was marked, or the day it goes.
		const aheadMs = msBetween(now, deletedAt);
		const when =
			aheadMs > 0
				? `deleted for good in ${spanInWords(aheadMs)}`
				: `marked for deletion ${spanInWords(aheadMs)} ago, to be restored within 30 days at most`;
		const read = lastAccessedAt === undefined ? undefined : dayInWords(lastAccessedAt, now);
		return lastAccessedAt !== undefined && daysSince(lastAccessedAt, now) < recentDays
			? {verdict: 'FAIL', severity: 'HIGH', reason: `${when}, though it was read ${read}`, evidence}
			: {verdict: 'FAIL', severity: 'LOW', reason: `${when}, ${read === undefined ? 'never read here' : `last read ${read}`}`, evidence};
	},
};
