import {type Answer, type Resource, type Rule, refusalInWords, unpublished} from '../../../model/index.js';
import type {Admission, KeyUse, Replication} from '../rows.js';
import {notApplicable, s3Guide, unclear, unknown} from './common.js';
import {ofDestination, ofKms, ofVersioning} from './replication-links.js';

const reads = ['s3:GetReplicationConfiguration'];

/** Of a bucket that nobody could be asked about. Where the question itself was refused, `reads` has said so. */
const unreadRow = ({unread}: Resource<Replication>): Answer => {
	const [refusal] = Object.values(unread);
	return unknown(`its replication is not known: ${refusal === undefined ? 'it has not been read yet' : refusalInWords(refusal)}`);
};

const whileDisabled = ({configuration: {rule}}: Resource<Replication>): string | undefined =>
	rule?.isEnabled === false ? 'the rule is disabled' : undefined;

const withoutKms = (resource: Resource<Replication>): string | undefined =>
	whileDisabled(resource) ??
	(resource.configuration.rule?.takesKmsObjects === false ? 'it takes no objects along that KMS encrypts' : undefined);

const cli = 'aws s3api get-bucket-replication --bucket {name} --region {region}';

const arrives: Rule<Replication> = {
	id: 'multiregion-replication-arrives',
	title: 'What a replication rule is for can reach its destination',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'S3 accepts a replication with a key that does not exist, and tells nobody that it fails, but by the replication status of each object. The copy is found to be missing on the day that it is needed.',
	remediation: {
		text: 'Mend the link that the reason names: versioning at both ends, SseKmsEncryptedObjects, an enabled symmetric key in the destination’s Region. Then bring over what was missed by S3 Batch Replication.',
		cli,
		terraform:
			'rule {\n  source_selection_criteria {\n    sse_kms_encrypted_objects {\n      status = "Enabled"\n    }\n  }\n  destination {\n    bucket = aws_s3_bucket.replica.arn\n    encryption_configuration {\n      replica_kms_key_id = aws_kms_key.replica.arn\n    }\n  }\n}',
		url: `${s3Guide}/replication-config-for-kms-objects.html`,
	},
	note: 'The bucket’s own rules look at its settings; this one follows each rule to its end, and asks KMS for both keys. Older notes say that unencrypted objects replicate by default: S3 has encrypted every new object since January 2023, and those under its own keys replicate as they are; those under a customer’s key (SSE-C) do too, where SSE-C is not blocked, as it is by default since April 2026. Of a bucket or key of another account nothing is read.',
	reads,
	exempts: whileDisabled,
	evaluate(resource): Answer {
		const {configuration, accountId} = resource;
		const {rule, destination, source} = configuration;
		if (rule === undefined || destination === undefined) {
			return unreadRow(resource);
		}

		const flaws = [...ofVersioning(configuration), ...ofDestination(configuration, accountId), ...ofKms(configuration)];
		const evidence = {
			expected: 'versioning, SseKmsEncryptedObjects and a key of the destination’s Region',
			observed: `SSEAlgorithm ${source.algorithm ?? 'not told'}, SseKmsEncryptedObjects ${rule.takesKmsObjects ? 'Enabled' : 'not Enabled'}, key ${destination.key?.name ?? 'none'}${destination.key?.state === undefined ? '' : ` ${destination.key.state}`}`,
			operation: 'GetBucketReplication',
		};
		const failures = flaws.filter(({verdict}) => verdict === 'FAIL');
		const [first] = failures;
		if (first !== undefined) {
			// Unless each of them is of a few objects alone.
			const severity = failures.every(flaw => flaw.severity !== undefined) ? first.severity : undefined;
			return {verdict: 'FAIL', reason: failures.map(({reason}) => reason).join('; '), ...(severity && {severity}), evidence};
		}

		if (flaws.length > 0) {
			return unknown(flaws.map(({reason}) => reason).join('; '));
		}

		return {
			verdict: 'PASS',
			reason: rule.takesKmsObjects
				? `${rule.filter ?? 'everything'} can reach ${destination.bucketName}, encrypted with ${destination.key?.name ?? 'a key there'}`
				: `${rule.filter ?? 'everything'} can reach ${destination.bucketName}: new objects are encrypted with S3’s own keys`,
			evidence,
		};
	},
};

const said = ({name}: KeyUse, {how}: Admission): string => `the policy of ${name} ${how}`;

const roleAdmitted: Rule<Replication> = {
	id: 'multiregion-replication-role-admitted',
	title: 'Both keys let the replication role in, or leave it to IAM',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'S3 decrypts with the one key and encrypts with the other in the name of the replication role. A key policy that neither names the role nor hands the decision to IAM shuts it out, whatever the role’s own policies say.',
	remediation: {
		text: 'Let the role kms:Decrypt with the source’s key and kms:Encrypt with the destination’s, there kms:Decrypt too where objects have a Bucket Key; by the key policies, or by IAM where they leave it to the account.',
		cli: 'aws kms get-key-policy --key-id KEY_ID --region {region} --output text',
		terraform:
			'statement {\n  sid       = "Replication"\n  actions   = ["kms:Encrypt", "kms:Decrypt"]\n  resources = ["*"]\n  principals {\n    type        = "AWS"\n    identifiers = [aws_iam_role.replication.arn]\n  }\n}',
		url: `${s3Guide}/replication-config-for-kms-objects.html`,
	},
	note: 'The IAM policies of the role are not read: where a key policy leaves it to them this passes, and cannot tell further. Conditions are told and not weighed, and of denials only those without conditions count. The destination bucket’s own policy, which a destination of another account needs too, is not judged here.',
	reads,
	exempts: withoutKms,
	evaluate(resource): Answer {
		const {rule, source, destination, mayDecrypt, mayEncrypt, because, roleArn = 'the role'} = resource.configuration;
		if (rule === undefined || destination === undefined) {
			return unreadRow(resource);
		}

		const asked = [
			...(source.key && mayDecrypt ? [{key: source.key, told: mayDecrypt}] : []),
			...(destination.key && mayEncrypt ? [{key: destination.key, told: mayEncrypt}] : []),
		];
		const role = roleArn.split('/').at(-1) ?? roleArn;
		const evidence = {
			expected: `kms:Decrypt and kms:Encrypt for ${roleArn}, or left to IAM`,
			observed: asked.map(({key, told}) => `${key.name} ${told.is}`).join(', ') || 'no key',
			operation: 'GetKeyPolicy',
		};
		const shut = asked.filter(({told}) => told.is === 'kept out');
		if (shut.length > 0) {
			return {verdict: 'FAIL', reason: `${role} is kept out: ${shut.map(({key, told}) => said(key, told)).join('; ')}`, evidence};
		}

		const hazy = asked.find(({told}) => told.is === 'unknown');
		if (hazy !== undefined) {
			return unknown(`whether ${hazy.key.name} lets ${role} in is not known: ${hazy.told.how}`);
		}

		if (source.key === undefined) {
			return unknown(`which key ${role} must decrypt with is not known: ${because.encryption ?? 'it has not been read yet'}`);
		}

		if (destination.key === null || mayEncrypt === undefined) {
			return notApplicable('there is no key for replicas that could let anybody in');
		}

		const open = asked.some(({told}) => told.is === 'left to IAM') ? ', whose policies are not read here' : '';
		return {verdict: 'PASS', reason: `${asked.map(({key, told}) => said(key, told)).join('; ')}${open}`, evidence};
	},
};

const bucketKey: Rule<Replication> = {
	id: 'multiregion-replication-bucket-key',
	title: 'Replication of objects that KMS encrypts asks KMS through a Bucket Key',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Without a Bucket Key each object that is replicated is a request to KMS in both Regions, and counts against quotas that all services there share. A bulk upload then throttles them all, and replication falls behind.',
	remediation: {
		text: 'Turn the Bucket Key of the source on: replicas keep what their source has. Policies that look at the object’s ARN as encryption context must name the bucket’s, and the role needs kms:Decrypt on the destination’s key too. Only then ask for a higher quota.',
		cli: 'aws service-quotas list-service-quotas --service-code kms --region {region}',
		terraform:
			'resource "aws_s3_bucket_server_side_encryption_configuration" "this" {\n  rule {\n    bucket_key_enabled = true\n    apply_server_side_encryption_by_default {\n      sse_algorithm     = "aws:kms"\n      kms_master_key_id = aws_kms_key.this.arn\n    }\n  }\n}',
		url: `${s3Guide}/bucket-key.html`,
	},
	note: 'Older notes advise a higher quota when KMS throttles. A Bucket Key comes first: it spares nearly all of the requests, at both ends.',
	reads,
	exempts: withoutKms,
	evaluate(resource): Answer {
		const {rule, source, destination, because} = resource.configuration;
		if (rule === undefined) {
			return unreadRow(resource);
		}

		if (source.algorithm === undefined) {
			return unknown(`its default encryption is not known: ${because.encryption ?? 'it has not been read yet'}`);
		}

		if (source.algorithm !== 'aws:kms') {
			return notApplicable(
				source.algorithm === 'aws:kms:dsse'
					? 'S3 has no Bucket Keys for objects that KMS encrypts twice'
					: 'by default KMS encrypts no object here',
			);
		}

		const evidence = {
			expected: 'BucketKeyEnabled true',
			observed: `BucketKeyEnabled ${source.hasBucketKey}`,
			operation: 'GetBucketEncryption',
		};
		return source.hasBucketKey === true
			? {verdict: 'PASS', reason: 'its Bucket Key is on, which replicas keep', evidence}
			: {
					verdict: 'FAIL',
					reason: `its Bucket Key is off: for every object KMS is asked in ${source.awsRegion} to decrypt and in ${destination?.awsRegion ?? 'the destination’s Region'} to encrypt`,
					evidence,
				};
	},
};

const oneKey: Rule<Replication> = {
	id: 'multiregion-replication-one-key',
	title: 'Buckets on both sides of one multi-Region key are replicated as such',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'To S3 the keys of a set are strangers: it decrypts with the one and encrypts with the other, which costs requests in both Regions and saves nothing. A rule can say instead that replicas take the relative of whichever key their source has.',
	remediation: {
		text: 'Set UseSourceMultiRegionKey in the rule’s EncryptionConfiguration where objects have several keys of that sort. Where they all have one, naming its relative does as well.',
		cli,
		url: `${s3Guide}/replication-config-for-kms-objects.html`,
	},
	note: 'Older notes say that S3 treats multi-Region keys as independent ones. It still does, unless a rule sets UseSourceMultiRegionKey.',
	reads,
	exempts: withoutKms,
	evaluate(resource): Answer {
		const {rule, source, destination, isOneKey} = resource.configuration;
		if (rule === undefined || destination === undefined) {
			return unreadRow(resource);
		}

		if (rule.usesSourceMultiRegionKey) {
			return {verdict: 'PASS', reason: 'replicas take the relative of their source’s key'};
		}

		if (source.key?.use === 'unknown' && source.key.arn === undefined) {
			return unknown(unclear(source.key));
		}

		return isOneKey
			? {verdict: 'FAIL', reason: `${destination.key?.name ?? 'the key'} is one multi-Region key at both ends, which S3 treats as two`}
			: notApplicable('its keys are not of one multi-Region key');
	},
};

/** What should be true of a replication rule, most pressing first. */
export const replicationRules: ReadonlyArray<Rule<Replication>> = [arrives, roleAdmitted, bucketKey, oneKey];
