import {
	allFour,
	allow,
	bucket,
	closed,
	denyPlainHttp,
	kms,
	noneOfFour,
	ownKeys,
	policyOf,
	replication,
	replicationRule,
	type S3Bucket,
	type S3State,
} from '../../services/s3-state.js';
import {distributionArn, keyArn, multiRegionKeyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const readable = (place: Place, name: string): string => policyOf(allow(place, name, '*', 's3:GetObject'));

const partners = (place: Place, name: string): string =>
	policyOf(
		denyPlainHttp(place, name),
		allow(place, name, {AWS: 'arn:aws:iam::444455556666:root'}, ['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
	);

const virginia = (place: Place): S3Bucket[] => [
	// Card numbers, open to the world: Macie and GuardDuty have found it too.
	bucket(place, 'acme-exports', {
		publicAccessBlock: undefined,
		policy: readable(place, 'acme-exports'),
		policyIsPublic: true,
		creationDate: place.hoursAgo(29),
		encryption: ownKeys({EncryptionType: ['NONE']}),
		versioning: undefined,
	}),
	bucket(place, 'acme-partner-drop', {
		policy: partners(place, 'acme-partner-drop'),
		publicAccessBlock: {...allFour, IgnorePublicAcls: false},
	}),
	bucket(place, 'acme-crm-backup', {encryption: kms(keyArn(place, 'prod/customer-data')), mfaDelete: 'Enabled'}),
	bucket(place, 'acme-web-assets', {
		policy: policyOf(
			denyPlainHttp(place, 'acme-web-assets'),
			allow(place, 'acme-web-assets', {Service: 'cloudfront.amazonaws.com'}, 's3:GetObject', {
				StringEquals: {'AWS:SourceArn': distributionArn(place, 'E1A2B3C4D5E6F7')},
			}),
		),
	}),
	bucket(place, 'acme-ci-logs', {policy: undefined, versioning: 'Suspended', encryption: ownKeys(null)}),
	// Its policy keeps out everybody but one role, readers of its settings too.
	bucket(place, 'acme-vault', {refused: closed('explicit-deny-in-resource-based-policy')}),
	bucket(place, 'acme-data-lake', {
		encryption: kms(keyArn(place, 'prod/data-lake')),
		replication: replication(
			place,
			replicationRule(place, 'to-ireland', 'acme-data-lake-eu', {replicaKey: keyArn(place, 'prod/gdpr-exports', 'eu-west-1')}),
		),
	}),
	// Made in haste beside the other: KMS asked for every object, a part replicated, and of that nothing that KMS encrypts.
	bucket(place, 'acme-new-lake', {
		creationDate: place.daysAgo(31),
		encryption: kms(keyArn(place, 'prod/data-lake'), {BucketKeyEnabled: false}),
		policy: policyOf(denyPlainHttp(place, 'acme-new-lake', {Resource: 'arn:aws:s3:::acme-new-lake/*'})),
		replication: replication(
			place,
			replicationRule(place, 'curated', 'acme-data-lake-eu', {Filter: {Prefix: 'curated/'}}),
			// Taken along with the notary's key, which lets in the notary and nobody else.
			replicationRule(place, 'raw', 'acme-crm-backup', {Priority: 2, Filter: {Prefix: 'raw/'}, replicaKey: keyArn(place, 'prod/notary')}),
		),
	}),
	// Its replicas are to have a key that lies on the wrong side of the ocean.
	bucket(place, 'acme-reports', {
		encryption: kms(keyArn(place, 'prod/reports')),
		replication: replication(place, replicationRule(place, 'reports', 'acme-eu-reports', {replicaKey: keyArn(place, 'prod/reports')})),
	}),
	// One multi-Region key on both sides, which S3 is told to use as one.
	bucket(place, 'acme-session-archive', {
		encryption: kms(multiRegionKeyArn(place, 'prod/sessions')),
		replication: replication(place, {
			...replicationRule(place, 'sessions', 'acme-eu-session-archive'),
			SourceSelectionCriteria: {SseKmsEncryptedObjects: {Status: 'Enabled'}},
			Destination: {
				Bucket: 'arn:aws:s3:::acme-eu-session-archive',
				EncryptionConfiguration: {UseSourceMultiRegionKey: {Status: 'Enabled'}},
			},
			DeleteMarkerReplication: {Status: 'Enabled'},
		}),
	}),
	// A copy next door, whose versioning somebody suspended to save money.
	bucket(place, 'acme-media-masters', {
		encryption: ownKeys(),
		replication: replication(place, replicationRule(place, 'masters', 'acme-media-masters-copy')),
	}),
	bucket(place, 'acme-media-masters-copy', {versioning: 'Suspended'}),
	// To the auditor, by a rule that names the account.
	bucket(place, 'acme-audit-trail', {
		policy: policyOf(
			denyPlainHttp(place, 'acme-audit-trail'),
			allow(place, 'acme-audit-trail', {Service: 'cloudtrail.amazonaws.com'}, ['s3:GetBucketAcl', 's3:PutObject']),
			allow(place, 'acme-audit-trail', {AWS: 'arn:aws:iam::999988887777:role/auditor'}, 's3:*'),
		),
		replication: replication(place, replicationRule(place, 'to-auditor', 'northwind-acme-trail', {account: '999988887777'})),
	}),
	// Made anew in Frankfurt a moment ago: the listing still says Virginia, and Virginia sends away.
	bucket(place, 'acme-moved-reports', {awsRegion: 'eu-central-1', listedIn: 'us-east-1', creationDate: place.minutesAgo(4)}),
];

const ireland = (place: Place): S3Bucket[] => {
	const here = {awsRegion: 'eu-west-1'} as const;
	return [
		// To a bucket of nobody knows whom.
		bucket(place, 'acme-eu-ledger', {
			...here,
			encryption: kms(keyArn(place, 'prod/payments-eu', 'eu-west-1')),
			replication: replication(
				place,
				replicationRule(place, 'mirror', 'jdoe-ledger-mirror', {
					replicaKey: 'arn:aws:kms:eu-west-1:888877776666:key/0f2d6f38-2f4c-4a0e-9a67-2c6b1d7e4f11',
				}),
			),
		}),
		bucket(place, 'acme-eu-media', {...here, publicAccessBlock: noneOfFour, policy: undefined, versioning: undefined}),
		bucket(place, 'acme-data-lake-eu', {...here, encryption: kms(keyArn(place, 'prod/gdpr-exports', 'eu-west-1'))}),
		bucket(place, 'acme-eu-reports', {...here, encryption: kms()}),
		bucket(place, 'acme-eu-session-archive', {
			...here,
			encryption: kms(multiRegionKeyArn(place, 'prod/sessions', 'eu-west-1')),
			policy: policyOf(
				denyPlainHttp(place, 'acme-eu-session-archive'),
				allow(place, 'acme-eu-session-archive', '*', 's3:GetObject', {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}}),
			),
		}),
	];
};

const elsewhere = (place: Place): S3Bucket[] => [
	bucket(place, 'acme-it-fatture', {awsRegion: 'eu-south-1', refused: closed('explicit-deny-in-permissions-boundary')}),
	// Made in 2019, and forgotten with its Region.
	bucket(place, 'acme-au-pilot', {
		awsRegion: 'ap-southeast-2',
		creationDate: place.daysAgo(2400),
		encryption: ownKeys(null),
		publicAccessBlock: undefined,
		policy: undefined,
		versioning: undefined,
	}),
	bucket(place, 'acme-uk-archive', {awsRegion: 'eu-west-2', encryption: kms(), mfaDelete: 'Disabled'}),
	// In a Region that nobody watches: S3 lists it all the same.
	bucket(place, 'acme-tokyo-drafts', {
		awsRegion: 'ap-northeast-1',
		policy: policyOf(
			denyPlainHttp(place, 'acme-tokyo-drafts', {Principal: {AWS: 'arn:aws:iam::123456789012:role/drafts'}}),
			allow(place, 'acme-tokyo-drafts', {AWS: 'arn:aws:iam::123456789012:role/drafts'}, 's3:*'),
		),
	}),
];

/** Twenty-three buckets in seven Regions, one of them public, three of them unreadable. */
export const populate: Populate<S3State> = place =>
	place.awsRegion === 'us-east-1' ? {buckets: [...virginia(place), ...ireland(place), ...elsewhere(place)]} : undefined;

const change = (state: S3State, name: string, facts: Partial<S3Bucket>): void => {
	state.buckets = state.buckets.map(one => (one.name === name ? {...one, ...facts} : one));
};

/** A bucket is opened by mistake, and another one closed at last. The next round begins where this one did. */
export const timeline: Timeline<S3State> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 55,
			what: 'acme-exports blocks public access',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'acme-exports', {publicAccessBlock: allFour}),
		},
		{
			// Before the account blocks public access to all: after that S3 would refuse it.
			atSeconds: 80,
			what: 'acme-eu-media is opened for a web site',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'acme-eu-media', {policy: readable(moment, 'acme-eu-media'), policyIsPublic: true, creationDate: moment.now}),
		},
		{
			atSeconds: 210,
			what: 'acme-eu-media is closed again',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, 'acme-eu-media', {policy: undefined, policyIsPublic: false, creationDate: moment.now}),
		},
		{
			atSeconds: 285,
			what: 'somebody lifts the block of acme-exports',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'acme-exports', {publicAccessBlock: undefined}),
		},
	],
};
