import {type CloudTrailState, type CloudTrailTrail, trail, withObjects} from '../../services/cloudtrail-state.js';
import {keyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const logGroup = (place: Place, name: string): string => place.arn('logs', `log-group:/aws/cloudtrail/${name}:*`);

/** The organisation's trail was made to save money: writes only, and nothing of KMS. What it lacks, single Regions have by trails of their own. */
const virginia = (place: Place): readonly CloudTrailTrail[] => [
	trail(place, 'acme-org', {
		multiRegion: true,
		organization: true,
		bucket: 'acme-org-trail',
		prefix: 'o-a1b2c3d4e5',
		kmsKeyArn: keyArn(place, 'prod/data-lake'),
		logGroupArn: logGroup(place, 'acme-org'),
		selectors: [
			{
				ReadWriteType: 'WriteOnly',
				IncludeManagementEvents: true,
				DataResources: [],
				ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
			},
		],
	}),
	trail(place, 'security', {selectors: [withObjects()], startedAt: place.daysAgo(390)}),
	trail(place, 'old-ci', {
		bucket: 'acme-ci-logs',
		validated: false,
		logging: false,
		startedAt: place.daysAgo(1500),
		stoppedAt: place.daysAgo(412),
		deliveredAt: place.daysAgo(412),
	}),
	trail(place, 'payments-audit', {
		bucket: 'acme-vault',
		kmsKeyArn: keyArn(place, 'prod/payments'),
		refused: {GetTrailStatus: 'no-identity-based-policy', GetEventSelectors: 'no-identity-based-policy'},
	}),
];

const ireland = (place: Place): readonly CloudTrailTrail[] => [
	trail(place, 'eu-audit', {
		bucket: 'acme-eu-audit',
		kmsKeyArn: keyArn(place, 'prod/gdpr-exports'),
		logGroupArn: logGroup(place, 'eu-audit'),
		logGroupDeliveredAt: place.daysAgo(9),
		deliveredAt: place.daysAgo(9),
		deliveryError: 'AccessDenied',
		advancedSelectors: [
			{
				Name: 'Management events without KMS',
				FieldSelectors: [
					{Field: 'eventCategory', Equals: ['Management']},
					{Field: 'eventSource', NotEquals: ['kms.amazonaws.com']},
				],
			},
			{
				Name: 'The ledger',
				FieldSelectors: [
					{Field: 'eventCategory', Equals: ['Data']},
					{Field: 'resources.type', Equals: ['AWS::S3::Object']},
					{Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::acme-eu-ledger/']},
				],
			},
		],
	}),
];

const london = (place: Place): readonly CloudTrailTrail[] => [
	trail(place, 'uk-audit', {
		bucket: 'acme-uk-archive',
		startedAt: place.daysAgo(31),
		logGroupArn: logGroup(place, 'uk-audit'),
		selectors: [withObjects()],
	}),
];

/** In Milan a permissions boundary keeps readers out. In Sydney nobody made a trail: it has what the organisation's brings. */
export const populate: Populate<CloudTrailState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {trails: virginia(place), refused: {}};
		case 'eu-west-1':
			return {trails: ireland(place), refused: {}};
		case 'eu-west-2':
			return {trails: london(place), refused: {}};
		case 'eu-south-1':
			return {trails: [], refused: {DescribeTrails: 'explicit-deny-in-permissions-boundary'}};
		default:
			return undefined;
	}
};

const change = (state: CloudTrailState, name: string, facts: Partial<CloudTrailTrail>): void => {
	state.trails = state.trails.map(one => (one.name === name ? {...one, ...facts} : one));
};

/** Somebody covers their tracks, and somebody notices; a bucket's policy is mended, until it is overwritten again. */
export const timeline: Timeline<CloudTrailState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 60,
			what: 'somebody stops the trail security',
			awsRegion: 'us-east-1',
			apply: (state, {now}) => change(state, 'security', {logging: false, stoppedAt: now}),
		},
		{
			atSeconds: 120,
			what: 'the bucket of eu-audit lets CloudTrail write again',
			awsRegion: 'eu-west-1',
			apply: (state, {now}) => change(state, 'eu-audit', {deliveryError: undefined, deliveredAt: now, logGroupDeliveredAt: now}),
		},
		{
			atSeconds: 180,
			what: 'the trail security is started again',
			awsRegion: 'us-east-1',
			apply: (state, {now}) => change(state, 'security', {logging: true, startedAt: now}),
		},
		{
			atSeconds: 285,
			what: 'a deployment overwrites the policy of the bucket of eu-audit',
			awsRegion: 'eu-west-1',
			apply: state => change(state, 'eu-audit', {deliveryError: 'AccessDenied'}),
		},
	],
};
