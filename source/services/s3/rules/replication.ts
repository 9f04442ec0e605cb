import {type Evidence, listed, type Rule, unpublished} from '../../../model/index.js';
import {type Bucket, type BucketResource, enabledRules, guide, type ReplicationRule} from './bucket.js';
import {ofReplicating, operation, remediation, replicatesNothing, replicationUnread, to} from './replicating.js';

const what = ({filter}: ReplicationRule): string => (filter === null ? 'everything' : filter);

export const destinationTrusted: Rule<Bucket> = {
	id: 's3-bucket-replication-trusted-accounts',
	title: 'A bucket replicates to trusted accounts only',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Replication to a stranger is the quietest way to carry data out: no download, no alarm, and it goes on for every object to come.',
	remediation: remediation(
		'Find out who set the rule up, and remove it; or add the account to trustedAccounts in the configuration if it is meant to have the copy.',
		'replication-what-is-isnot-replicated.html',
	),
	note: 'Disabled rules count too, since one call enables them. A rule need not name the account: a destination that is not among this account’s buckets belongs to another one, or is gone.',
	reads: [operation],
	evaluate({configuration: {replication}, accountId: own}, {trustedAccounts}) {
		if (replication === undefined) return replicationUnread;
		if (replication === null) return replicatesNothing;
		const destinations = replication.rules.map(({destination}) => destination);
		const evidence: Evidence = {
			expected: 'destinations of this account and of trusted ones',
			observed: listed([...new Set(destinations.map(to))]),
			operation,
		};
		const named = destinations.find(
			({accountId, isOwn}) => isOwn !== true && accountId !== undefined && accountId !== own && !trustedAccounts.includes(accountId),
		);
		if (named !== undefined) return {verdict: 'FAIL', reason: `replicates to ${to(named)}`, evidence};
		const unnamed = destinations.find(({accountId, isOwn}) => isOwn !== true && (accountId === undefined || accountId === own));
		if (unnamed === undefined) {
			const trusted = destinations.find(({isOwn}) => isOwn !== true);
			return {
				verdict: 'PASS',
				reason: trusted === undefined ? 'replicates within this account' : `replicates to ${to(trusted)}, which is trusted`,
				evidence,
			};
		}

		if (unnamed.isOwn === undefined) {
			return {
				verdict: 'UNKNOWN',
				reason: `whether ${unnamed.bucketName} is this account’s cannot be told: the listing of buckets was cut short`,
				evidence,
			};
		}

		return trustedAccounts.length > 0
			? {
					verdict: 'UNKNOWN',
					reason: `replicates to ${unnamed.bucketName}, which is not this account’s; whether it is a trusted one’s the rule does not say`,
					evidence,
				}
			: {
					verdict: 'FAIL',
					reason: `replicates to ${unnamed.bucketName}, which is not this account’s, and no other account is trusted`,
					evidence,
				};
	},
};

export const replicationVersioned: Rule<Bucket> = {
	id: 's3-bucket-replication-versioned',
	title: 'Versioning is on where a bucket replicates, and where to',
	severity: 'HIGH',
	published: unpublished,
	rationale: 'Replication copies versions. Where versioning is suspended at either end it stops, and the copy stays behind without a word.',
	remediation: {
		text: 'Turn versioning on at both ends, then bring over what was missed by S3 Batch Replication.',
		cli: 'aws s3api put-bucket-versioning --bucket {name} --versioning-configuration Status=Enabled --region {region}',
		terraform:
			'resource "aws_s3_bucket_versioning" "this" {\n  bucket = "{name}"\n  versioning_configuration {\n    status = "Enabled"\n  }\n}',
		url: `${guide}replication-requirements.html`,
	},
	note: 'S3 refuses to replicate from or to a bucket without versioning, but lets it be suspended at the destination afterwards. The other end is judged where it is a bucket of this account.',
	reads: [operation, 'GetBucketVersioning'],
	evaluate: (resource, {related}) =>
		ofReplicating(resource, rules => {
			const {versioning} = resource.configuration;
			const expected = 'Status Enabled at both ends';
			const evidence = (observed: string): Evidence => ({expected, observed, operation: 'GetBucketVersioning'});
			if (versioning !== 'Enabled') {
				return typeof versioning === 'string'
					? {
							verdict: 'FAIL',
							reason: `its own versioning is ${versioning.toLowerCase()}, so nothing new is replicated`,
							evidence: evidence(versioning),
						}
					: {verdict: 'UNKNOWN', reason: 'no versioning is told of it, which a bucket that replicates must have'};
			}

			const ends = new Map(rules.flatMap(({destination}) => (destination.isOwn === false ? [] : [[destination.bucketArn, destination]])));
			const told = [...ends.values()].map(({bucketArn, bucketName}) => {
				const other = related(bucketArn);
				// Whatever is in the cache under a bucket's ARN is a bucket of this service.
				return {bucketName, other, versioning: (other as BucketResource | undefined)?.configuration.versioning};
			});
			const bad = told.find(end => end.versioning !== undefined && end.versioning !== 'Enabled');
			if (bad !== undefined) {
				const how = bad.versioning === null ? 'off' : `${bad.versioning}`.toLowerCase();
				return {
					verdict: 'FAIL',
					reason: `versioning is ${how} in ${bad.bucketName}, so nothing new is replicated there`,
					evidence: evidence(`Enabled here, ${bad.versioning ?? 'absent'} in ${bad.bucketName}`),
				};
			}

			const unseen = told.find(end => end.versioning === undefined);
			if (unseen !== undefined) {
				const refusal = unseen.other?.unread['GetBucketVersioning'];
				return {
					verdict: 'UNKNOWN',
					reason: `the versioning of ${unseen.bucketName} is not known: ${refusal === undefined ? 'it has not been read yet' : `s3:GetBucketVersioning was ${refusal.status} for it`}`,
				};
			}

			const foreign = rules.find(({destination}) => destination.isOwn === false);
			return {
				verdict: 'PASS',
				reason:
					foreign === undefined
						? 'versioning is on at both ends'
						: `versioning is on here; ${to(foreign.destination)} is not this account’s, and not judged`,
				evidence: evidence(told.length === 0 ? 'Enabled here' : 'Enabled at both ends'),
			};
		}),
};

export const replicatedElsewhere: Rule<Bucket> = {
	id: 's3-bucket-replication-elsewhere',
	title: 'What a bucket replicates is safe from its Region',
	severity: 'LOW',
	published: {securityControlIds: ['S3.7'], cis: [], prowler: ['s3_bucket_cross_region_replication']},
	rationale:
		'A copy in the same Region goes down with it, and a rule that is disabled or that takes a part along is easily taken for a backup.',
	remediation: remediation(
		'Replicate to a bucket in another Region, or to one of another account; and enable the rule.',
		'replication.html',
	),
	note: 'S3.7 fails every bucket that does not replicate; which need it this version cannot know, and asks only of those that are meant to. Prowler fails a destination in another account or in a Region it does not scan, and takes a rule for one prefix for the whole bucket: here the first passes, and the second is information.',
	reads: [operation],
	evaluate({configuration: {replication}, awsRegion}) {
		if (replication === undefined) return replicationUnread;
		if (replication === null) return replicatesNothing;
		const rules = enabledRules(replication);
		const observed = replication.rules
			.map(
				rule =>
					`${rule.isEnabled ? '' : 'disabled: '}${what(rule)} to ${to(rule.destination)} in ${rule.destination.awsRegion ?? 'an unknown Region'}`,
			)
			.slice(0, 5)
			.join('; ');
		const evidence: Evidence = {expected: 'an enabled rule for every object, to another Region or account', observed, operation};
		if (rules.length === 0) {
			return {
				verdict: 'FAIL',
				reason: `it replicates nothing: ${replication.rules.length === 1 ? 'its rule is' : 'all of its rules are'} disabled`,
				evidence,
			};
		}

		const away = rules.filter(
			({destination: {awsRegion: there, isOwn}}) => isOwn === false || (there !== undefined && there !== awsRegion),
		);
		const unclear = rules.find(({destination: {awsRegion: there, isOwn}}) => isOwn === undefined || (isOwn && there === undefined));
		const whole = away.find(({filter}) => filter === null);
		if (whole !== undefined) {
			const {destination} = whole;
			const where = destination.awsRegion === undefined ? 'another account, its Region is not told' : destination.awsRegion;
			return {verdict: 'PASS', reason: `replicates everything to ${to(destination)} (${where})`, evidence};
		}

		if (unclear !== undefined) {
			return {verdict: 'UNKNOWN', reason: `where ${unclear.destination.bucketName} is cannot be told`, evidence};
		}

		const [part] = away;
		return part === undefined
			? {verdict: 'FAIL', reason: `its copies stay in ${awsRegion}, which would take them down with it`, evidence}
			: {
					verdict: 'FAIL',
					reason: `replicates a part only: ${listed(away.map(what))}`,
					severity: 'INFORMATIONAL',
					evidence,
				};
	},
};
