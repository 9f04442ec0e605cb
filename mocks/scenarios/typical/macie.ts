import {
	byUpdate,
	classificationFinding,
	type MacieRecord,
	type MacieState,
	macieBucket,
	macieJob,
	policyFinding,
	quietMacie,
} from '../../services/macie-state.js';
import type {Place, Populate} from '../scenario.js';

export {timeline} from './macie-timeline.js';

const virginiaFindings = (place: Place): readonly MacieRecord[] => [
	policyFinding(place, 'public', {
		type: 'Policy:IAMUser/S3BucketPublic',
		severity: 'High',
		bucket: 'acme-exports',
		createdHoursAgo: 29,
		updatedHoursAgo: 2,
		count: 3,
		api: 'PutBucketPolicy',
		user: 'ci-deploy',
		isPublic: true,
	}),
	policyFinding(place, 'shared', {
		type: 'Policy:IAMUser/S3BucketSharedExternally',
		severity: 'High',
		bucket: 'acme-partner-drop',
		createdHoursAgo: 400,
		api: 'PutBucketAcl',
		user: 'j.doe',
	}),
	policyFinding(place, 'unblocked', {
		type: 'Policy:IAMUser/S3BlockPublicAccessDisabled',
		severity: 'High',
		bucket: 'acme-exports',
		createdHoursAgo: 30,
		api: 'DeletePublicAccessBlock',
		user: 'ci-deploy',
	}),
	policyFinding(place, 'cloudfront', {
		type: 'Policy:IAMUser/S3BucketSharedWithCloudFront',
		severity: 'Medium',
		bucket: 'acme-web-assets',
		createdHoursAgo: 900,
		archived: true,
		api: 'PutBucketPolicy',
		user: 'platform',
	}),
	classificationFinding(place, 'cards', {
		type: 'SensitiveData:S3Object/Financial',
		severity: 'High',
		bucket: 'acme-exports',
		key: 'orders/2026/q3.csv',
		category: 'FINANCIAL_INFORMATION',
		found: [['CREDIT_CARD_NUMBER', 1204]],
		createdHoursAgo: 26,
		isPublic: true,
	}),
	classificationFinding(place, 'people', {
		type: 'SensitiveData:S3Object/Personal',
		severity: 'Medium',
		bucket: 'acme-crm-backup',
		key: 'dump/contacts.csv',
		category: 'PERSONAL_INFORMATION',
		found: [
			['NAME', 8211],
			['ADDRESS', 7903],
			['PHONE_NUMBER', 7710],
			['DATE_OF_BIRTH', 120],
		],
		createdHoursAgo: 80,
	}),
	classificationFinding(place, 'keys', {
		type: 'SensitiveData:S3Object/Credentials',
		severity: 'High',
		bucket: 'acme-ci-logs',
		key: 'builds/4711/env.txt',
		category: 'CREDENTIALS',
		found: [['AWS_SECRET_ACCESS_KEY', 2]],
		createdHoursAgo: 7,
	}),
	classificationFinding(place, 'members', {
		type: 'SensitiveData:S3Object/CustomIdentifier',
		severity: 'Low',
		bucket: 'acme-crm-backup',
		key: 'dump/members.json',
		category: 'CUSTOM_IDENTIFIER',
		found: [],
		custom: [['Member number', 311]],
		createdHoursAgo: 300,
	}),
	classificationFinding(place, 'sample', {
		type: 'SensitiveData:S3Object/Multiple',
		severity: 'High',
		bucket: 'amzn-s3-demo-bucket',
		key: 'object1.csv',
		category: 'PERSONAL_INFORMATION',
		found: [['USA_PASSPORT_NUMBER', 10]],
		createdHoursAgo: 200,
		sample: true,
	}),
];

/** Virginia: on, with a public bucket full of card numbers. Ireland: on, but discovery off and results nowhere. Milan: refused. Sydney: off. London: in order. */
export const populate: Populate<MacieState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {
				...quietMacie(),
				members: [
					{accountId: '234567890123', relationshipStatus: 'Enabled'},
					{accountId: '345678901234', relationshipStatus: 'Paused'},
				],
				jobs: [
					macieJob(place, 'crm-monthly', 'acme-crm-backup'),
					macieJob(place, 'exports-2025', 'acme-exports', {jobType: 'ONE_TIME', jobStatus: 'COMPLETE', createdAt: place.daysAgo(300)}),
					macieJob(place, 'partner-drop-weekly', 'acme-partner-drop', {
						jobStatus: 'USER_PAUSED',
						userPausedDetails: {jobPausedAt: place.daysAgo(18), jobExpiresAt: place.inDays(12)},
					}),
					macieJob(place, 'trial', 'acme-ci-logs', {jobType: 'ONE_TIME', jobStatus: 'CANCELLED', createdAt: place.daysAgo(400)}),
				],
				findings: byUpdate(virginiaFindings(place)),
				buckets: [
					macieBucket(place, 'acme-exports', {sensitivityScore: 88, publicAccess: {effectivePermission: 'PUBLIC'}}),
					macieBucket(place, 'acme-partner-drop', {sensitivityScore: 63, sharedAccess: 'EXTERNAL'}),
					macieBucket(place, 'acme-crm-backup', {sensitivityScore: 97}),
					macieBucket(place, 'acme-web-assets', {sharedAccess: 'EXTERNAL'}),
					macieBucket(place, 'acme-ci-logs', {automatedDiscoveryMonitoringStatus: 'NOT_MONITORED'}),
					macieBucket(place, 'acme-new-lake', {sensitivityScore: 50}),
					macieBucket(place, 'acme-vault', {
						errorCode: 'ACCESS_DENIED',
						errorMessage: 'Access denied. To enable Macie to access the bucket, update the bucket policy.',
						publicAccess: {effectivePermission: 'UNKNOWN'},
						sharedAccess: 'UNKNOWN',
						sensitivityScore: -1,
					}),
				],
			};
		case 'eu-west-1':
			return {
				...quietMacie(),
				discovery: 'DISABLED',
				resultsBucket: undefined,
				publishes: {policy: true, classification: false},
				members: [],
				jobs: [macieJob(place, 'media-weekly', 'acme-eu-media', {lastRunErrorStatus: {code: 'ERROR'}})],
				buckets: [
					macieBucket(place, 'acme-eu-ledger', {automatedDiscoveryMonitoringStatus: 'NOT_MONITORED', sensitivityScore: 50}),
					macieBucket(place, 'acme-eu-media', {
						automatedDiscoveryMonitoringStatus: 'NOT_MONITORED',
						jobDetails: {isDefinedInJob: 'TRUE', isMonitoredByJob: 'TRUE'},
					}),
				],
				findings: byUpdate([
					policyFinding(place, 'encryption', {
						type: 'Policy:IAMUser/S3BucketEncryptionDisabled',
						severity: 'Low',
						bucket: 'acme-eu-media',
						createdHoursAgo: 50,
						api: 'DeleteBucketEncryption',
						user: 'platform',
					}),
					policyFinding(place, 'replicated', {
						type: 'Policy:IAMUser/S3BucketReplicatedExternally',
						severity: 'High',
						bucket: 'acme-eu-ledger',
						createdHoursAgo: 90,
						api: 'PutBucketReplication',
						user: 'j.doe',
					}),
				]),
			};
		case 'ap-southeast-2':
			return {...quietMacie(), session: undefined};
		case 'eu-west-2':
			return {...quietMacie(), buckets: [macieBucket(place, 'acme-uk-archive', {sensitivityScore: 71})]};
		default: {
			const boundary = 'explicit-deny-in-permissions-boundary' as const;
			return {
				...quietMacie(),
				refused: {
					GetMacieSession: boundary,
					GetAutomatedDiscoveryConfiguration: boundary,
					GetClassificationExportConfiguration: boundary,
					GetFindingsPublicationConfiguration: boundary,
					GetAdministratorAccount: boundary,
					ListMembers: boundary,
					ListClassificationJobs: boundary,
					GetBucketStatistics: boundary,
					DescribeBuckets: boundary,
					GetFindingStatistics: boundary,
					ListFindings: boundary,
				},
			};
		}
	}
};
