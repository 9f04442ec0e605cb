import {type Answer, hourMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import type {ReplicatedSecret, SecretMember} from '../rows.js';
import {together} from '../words.js';
import {keyEvidence, notApplicable, secretsGuide, unclear, unknown} from './common.js';

const whileDeleted = ({configuration: {deletedAt}}: {readonly configuration: ReplicatedSecret}): string | undefined =>
	deletedAt === undefined ? undefined : 'marked for deletion';

const regionsOf = (members: readonly SecretMember[]): string => together(members.map(({awsRegion}) => awsRegion));

const elsewhere = (untold: string): string => `where else it is replicated to is not known: ${untold}`;

const keysUsable: Rule<ReplicatedSecret> = {
	id: 'multiregion-secret-keys-usable',
	title: 'The key of a replicated secret works in each of its Regions',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Every replica is encrypted with a key of its own Region. Where that one does not work nobody can read the secret there, and no new value reaches it: the failover finds it shut.',
	remediation: {
		text: 'Enable the key or cancel its deletion; or remove the replica and add it again with another key of that Region.',
		cli: 'aws secretsmanager replicate-secret-to-regions --secret-id {arn} --add-replica-regions Region=REPLICA_REGION,KmsKeyId=KEY_ID --force-overwrite-replica-secret --region {region}',
		terraform:
			'resource "aws_secretsmanager_secret" "this" {\n  name = "{name}"\n\n  replica {\n    region     = var.replica_region\n    kms_key_id = aws_kms_key.replica.arn\n  }\n}',
		url: `${secretsGuide}/replicate-secrets.html`,
	},
	note: 'Multi-Region keys may encrypt a secret and its replicas, and need not: Secrets Manager encrypts anew in each Region. aws/secretsmanager always works.',
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration: {members, untold}}) {
		const withKey = members.flatMap(({awsRegion, key}) => (key === undefined ? [] : {awsRegion, key}));
		const broken = withKey.filter(({key}) => key.use === 'unusable');
		const [first] = broken;
		if (first !== undefined) {
			return {
				verdict: 'FAIL',
				reason: broken.map(({awsRegion, key}) => `in ${awsRegion} its key ${key.name} ${key.because}`).join('; '),
				evidence: keyEvidence(first.key),
			};
		}

		const hazy = withKey.find(({key}) => key.use === 'unknown');
		if (hazy !== undefined) {
			return unknown(`in ${hazy.awsRegion} ${unclear(hazy.key)}`);
		}

		return untold === undefined
			? {verdict: 'PASS', reason: `its keys work in ${together(withKey.map(({awsRegion}) => awsRegion))}`}
			: unknown(elsewhere(untold));
	},
};

/** What does not fit between what the primary tells and what the Regions have. */
const mismatches = ({members, primaryRegion, untold}: ReplicatedSecret): readonly string[] =>
	members.flatMap(({awsRegion, isPrimary, found, isToldOf, status}) => {
		if (isPrimary) {
			return found === 'it' || found === 'unknown'
				? []
				: [`its primary in ${awsRegion} is gone, and nothing keeps its replicas up to date`];
		}

		if (found === 'another') {
			return [`in ${awsRegion} a secret of that name is no replica of it`];
		}

		if (found === 'none' && status !== 'InProgress') {
			return [`${primaryRegion} tells of a replica in ${awsRegion}${status === undefined ? '' : ` (${status})`}, where there is none`];
		}

		return found === 'it' && !isToldOf && untold === undefined
			? [`the replica in ${awsRegion} is unknown to its primary in ${primaryRegion}`]
			: [];
	});

const replicasPresent: Rule<ReplicatedSecret> = {
	id: 'multiregion-secret-replicas-present',
	title: 'A replicated secret is found in each Region that its primary tells of',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Applications ask for a secret by its name, in their own Region. Where another secret has that name they get another credential, and where none has it they stop; the primary’s word for it helps neither.',
	remediation: {
		text: 'Where another secret stands in the way, rename what reads it, then replicate again with an overwrite. Where the primary’s Region is lost, promote the replica to a secret of its own.',
		cli: 'aws secretsmanager stop-replication-to-replica --secret-id {name} --region REPLICA_REGION',
		url: `${secretsGuide}/standalone-secret.html`,
	},
	note: 'Whether Secrets Manager calls a replica in step is the secret’s own rule; here both Regions’ listings are compared. Listings follow changes late: of a secret that was changed within settlingHours what does not fit is UNKNOWN. A replica that was promoted is a secret of its own, and unknown to its primary by right.',
	settings: {settlingHours: 1},
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration}, {now, settings}): Answer {
		const {members, primaryRegion, untold, lastChangedAt} = configuration;
		const wrong = mismatches(configuration);
		const evidence = {
			expected: 'the secret in each Region of ReplicationStatus',
			observed: members.map(({awsRegion, found, status}) => `${awsRegion} ${[status, found].filter(Boolean).join(', ')}`).join('; '),
			operation: 'ListSecrets',
		};
		if (wrong.length > 0) {
			const settledMs = lastChangedAt === undefined ? Number.POSITIVE_INFINITY : msBetween(lastChangedAt, now);
			return settledMs < (settings['settlingHours'] ?? 1) * hourMs
				? unknown(`${wrong.join('; ')}; but it was changed ${spanInWords(settledMs)} ago, and listings follow late`)
				: {verdict: 'FAIL', reason: wrong.join('; '), evidence};
		}

		if (untold !== undefined) {
			return unknown(elsewhere(untold));
		}

		const hazy = members.find(({found}) => found === 'unknown');
		if (hazy !== undefined) {
			return unknown(`whether it is in ${hazy.awsRegion} is not known: ${hazy.because}`);
		}

		const replicas = members.filter(({isPrimary}) => !isPrimary);
		return replicas.length === 0
			? notApplicable('has no replicas')
			: {verdict: 'PASS', reason: `found in ${regionsOf(replicas)}, as ${primaryRegion} tells`, evidence};
	},
};

/** What should be true of a replicated secret, most pressing first. */
export const secretRules: ReadonlyArray<Rule<ReplicatedSecret>> = [keysUsable, replicasPresent];
