import {readableBy, replicaOf, type SmSecret, type SmState, secret} from '../../services/secretsmanager-state.js';
import {keyArn, multiRegionKeyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const off = {everyDays: 0} as const;

/** A rotation that began and did not finish: a version that waits, while the old one stays current. */
const halfRotated = (place: Place, name: string): SmSecret['versions'] => {
	const chance = place.random(`secretsmanager/versions/${name}`);
	return {[chance.uuid()]: ['AWSCURRENT'], [chance.uuid()]: ['AWSPENDING'], [chance.uuid()]: ['AWSPREVIOUS']};
};

const ordinary = (place: Place, names: readonly string[]): SmSecret[] =>
	names.map((name, index) =>
		secret(place, name, {
			ageDays: 120 + index * 17,
			rotatedDays: 1 + ((index * 5) % 27),
			description: `Credential of ${name.split('/').slice(1).join(' ')}`,
			tags: [{Key: 'team', Value: name.split('/')[1] ?? 'platform'}],
		}),
	);

const late = (place: Place): Partial<SmSecret> => ({
	lastRotatedDate: place.daysAgo(42),
	lastChangedDate: place.daysAgo(12.4),
	nextRotationDate: place.daysAgo(12.2),
	versions: halfRotated(place, 'prod/db/main'),
});

/** Never rotated, but somebody put a new value twelve days ago. */
const replacedByHand = (place: Place, name: string): SmSecret => {
	const id = place.random(`secretsmanager/versions/${name}`).uuid();
	return secret(place, name, {
		...off,
		ageDays: 380,
		description: 'Twilio API key',
		lastChangedDate: place.daysAgo(12),
		versions: {[id]: ['AWSCURRENT']},
		versionDates: {[id]: place.daysAgo(12)},
	});
};

const northVirginia = (place: Place): SmSecret[] => [
	secret(place, 'prod/db/main', {
		...late(place),
		description: 'The shop’s main database',
		primaryRegion: 'us-east-1',
		replicas: [
			{
				Region: 'eu-west-1',
				KmsKeyId: keyArn(place, 'prod/payments-eu', 'eu-west-1'),
				Status: 'InSync',
				StatusMessage: 'Replication succeeded',
				LastAccessedDate: place.daysAgo(1),
			},
		],
		tags: [{Key: 'team', Value: 'shop'}],
	}),
	replacedByHand(place, 'prod/twilio'),
	secret(place, 'prod/orders/bridge', {
		versions: halfRotated(place, 'prod/orders/bridge'),
		lastChangedDate: place.hoursAgo(7),
		rotatedDays: 20,
		refused: {ListSecretVersionIds: 'no-identity-based-policy'},
	}),
	secret(place, 'prod/stripe', {...off, ageDays: 511, description: 'Stripe API key'}),
	secret(place, 'staging/redis', {everyDays: 180, rotatedDays: 94}),
	secret(place, 'prod/search/admin', {
		versions: halfRotated(place, 'prod/search/admin'),
		lastChangedDate: place.daysAgo(3),
		rotatedDays: 20,
	}),
	secret(place, 'prod/partners/webhook', {policy: readableBy('*')}),
	secret(place, 'prod/partners/reports', {policy: readableBy({AWS: '*'}, {IpAddress: {'aws:SourceIp': '203.0.113.0/24'}})}),
	secret(place, 'prod/analytics/export', {policy: readableBy({AWS: 'arn:aws:iam::998877665544:root'})}),
	secret(place, 'prod/shared/licences', {policy: readableBy('*', {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}})}),
	secret(place, 'prod/jobs/queue', {policy: readableBy({AWS: 'arn:aws:iam::123456789012:role/jobs'})}),
	secret(place, 'prod/ci/deploy', {refused: {GetResourcePolicy: 'no-identity-based-policy'}}),
	secret(place, 'dev/feature-x', {...off, ageDays: 402, readDays: 204, defaultKey: true}),
	secret(place, 'dev/spike', {...off, ageDays: 3, readDays: null, defaultKey: true}),
	secret(place, 'rds!cluster-4c1f0a52-71e3-4d0c-a1ce-9ab1e0b6f7d2', {
		owningService: 'rds',
		everyDays: 7,
		rotatedDays: 4,
		readDays: null,
		rotationLambdaArn: undefined,
		description: 'Secret associated with primary RDS DB cluster: shop-prod',
	}),
	secret(place, 'appflow!acme-salesforce-1690000000000', {...off, owningService: 'appflow', readDays: 1, defaultKey: true}),
	secret(place, 'prod/snowflake/loader', {
		partnerType: 'SnowflakeKeyPairAuthentication',
		rotationLambdaArn: undefined,
		externalRotationRoleArn: `arn:aws:iam::${place.accountId}:role/snowflake-rotation`,
	}),
	secret(place, 'prod/salesforce/sync', {...off, partnerType: 'SalesforceClientSecret', ageDays: 60}),
	secret(place, 'prod/payments/old-gateway', {deletedDate: place.inDays(4.3), readDays: 2, lastChangedDate: place.daysAgo(2.7)}),
	secret(place, 'staging/decommissioned', {deletedDate: place.inDays(21), readDays: 140, lastChangedDate: place.daysAgo(9)}),
	secret(place, 'prod/session/signing', {
		kmsKeyId: multiRegionKeyArn(place, 'prod/sessions'),
		primaryRegion: 'us-east-1',
		replicas: [
			{
				Region: 'eu-west-1',
				Status: 'Failed',
				StatusMessage: 'Replication failed: Secret name simple name already exists in region eu-west-1',
			},
		],
	}),
	secret(place, 'prod/catalog/feed', {
		kmsKeyId: multiRegionKeyArn(place, 'prod/global-table'),
		primaryRegion: 'us-east-1',
		lastChangedDate: place.hoursAgo(3),
		replicas: [{Region: 'eu-west-1', KmsKeyId: multiRegionKeyArn(place, 'prod/global-table', 'eu-west-1'), Status: 'InProgress'}],
	}),
	secret(place, 'prod/audit/forwarder', {
		...off,
		ageDays: 80,
		readDays: null,
		primaryRegion: 'us-east-1',
		refused: {DescribeSecret: 'no-identity-based-policy'},
		replicas: [{Region: 'eu-west-1', Status: 'InSync', StatusMessage: 'Replication succeeded'}],
	}),
	secret(place, 'prod/warehouse/etl', {
		ageDays: 300,
		readDays: 130,
		primaryRegion: 'us-east-1',
		refused: {DescribeSecret: 'no-identity-based-policy'},
		replicas: [{Region: 'eu-west-1', Status: 'InSync', StatusMessage: 'Replication succeeded'}],
	}),
	secret(place, 'prod/mail/smtp', {
		...off,
		ageDays: 200,
		rotationEnabled: false,
		rotationRules: {AutomaticallyAfterDays: 60},
		rotationLambdaArn: place.arn('lambda', 'function:rotate-smtp'),
	}),
	secret(place, 'prod/ledger/signer', {ageDays: 240, rotatedDays: 999, nextRotationDate: place.inDays(9), readDays: 0}),
	// Every member of an entry is optional. These lack what would decide.
	secret(place, 'prod/legacy/ftp', {...off, readDays: null, withheld: ['CreatedDate']}),
	secret(place, 'prod/tokens/hourly', {
		rotatedDays: 0.2,
		rotationRules: {ScheduleExpression: 'rate(8 hours)', Duration: '1h'},
		withheld: ['NextRotationDate'],
	}),
	...ordinary(place, [
		'prod/db/catalog',
		'prod/db/orders',
		'prod/db/inventory',
		'prod/api/session-key',
		'prod/api/internal',
		'prod/oauth/google',
		'prod/oauth/github',
		'prod/kafka/producer',
		'prod/kafka/consumer',
		'prod/grafana/admin',
		'staging/db/main',
		'staging/stripe',
		'staging/kafka/producer',
		'staging/oauth/google',
		'staging/grafana/admin',
	]),
];

const ireland = (place: Place): SmSecret[] => [
	replicaOf(place, 'us-east-1', 'prod/db/main', {readDays: 1}),
	// Encrypted here with the replica of a multi-Region key that somebody has switched off.
	replicaOf(place, 'us-east-1', 'prod/catalog/feed', {kmsKeyId: multiRegionKeyArn(place, 'prod/global-table')}),
	replicaOf(place, 'us-east-1', 'prod/audit/forwarder', {defaultKey: true}),
	replicaOf(place, 'us-east-1', 'prod/warehouse/etl', {readDays: 6}),
	secret(place, 'prod/session/signing', {...off, ageDays: 700, readDays: 420}),
	secret(place, 'prod/eu/gdpr-export', {everyDays: 365, rotatedDays: 210}),
	...ordinary(place, ['prod/eu/db', 'prod/eu/api', 'prod/eu/vat', 'prod/eu/invoices', 'prod/eu/crm', 'prod/eu/mail', 'staging/eu/db']),
];

const milan = (place: Place): SmSecret[] => [
	// Its Region is being disabled: the primary is out of sight, and perhaps out of reach.
	replicaOf(place, 'me-south-1', 'prod/me/gateway', {readDays: 1}),
	secret(place, 'prod/it/pos', {...off, ageDays: 95, readDays: 0}),
	secret(place, 'prod/it/agenzia-entrate', {...off, ageDays: 30, defaultKey: true}),
	...ordinary(place, ['prod/it/db', 'prod/it/api', 'prod/it/spedizioni', 'prod/it/pagamenti']),
];

const keys: Readonly<Record<string, string>> = {
	'us-east-1': 'prod/orders',
	'eu-west-1': 'prod/payments-eu',
	'eu-south-1': 'prod/fiscal-archive',
};

/** Those that are encrypted with a key of the account, with one that KMS has, unless they name a multi-Region key. */
const underKeys = (place: Place, secrets: readonly SmSecret[]): SmSecret[] =>
	secrets.map(one =>
		one.kmsKeyId === undefined || one.kmsKeyId.includes(':key/mrk-') ? one : {...one, kmsKeyId: keyArn(place, keys[place.awsRegion] ?? '')},
	);

/** Sixty-three secrets in three Regions, five of them replicas. */
export const populate: Populate<SmState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {secrets: underKeys(place, northVirginia(place))};
		case 'eu-west-1':
			return {secrets: underKeys(place, ireland(place))};
		case 'eu-south-1':
			return {secrets: underKeys(place, milan(place))};
		default:
			return undefined;
	}
};

const change = (state: SmState, name: string, facts: Partial<SmSecret>): void => {
	state.secrets = state.secrets.map(one => (one.name === name ? {...one, ...facts} : one));
};

/** Somebody tidies up: a rotation is mended, a policy is closed, a deletion is taken back. The next round begins where this one did. */
export const timeline: Timeline<SmState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 45,
			what: 'somebody mends the rotation of prod/db/main',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'prod/db/main', {
					lastRotatedDate: moment.now,
					lastChangedDate: moment.now,
					nextRotationDate: moment.inDays(30),
					versions: {[moment.random(`secretsmanager/round/${moment.round}`).uuid()]: ['AWSCURRENT', 'AWSPENDING']},
				}),
		},
		{
			atSeconds: 100,
			what: 'the policy of prod/partners/webhook names one role now',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'prod/partners/webhook', {
					policy: readableBy({AWS: `arn:aws:iam::${moment.accountId}:role/webhook`}),
					lastChangedDate: moment.now,
				}),
		},
		{
			atSeconds: 160,
			what: 'prod/payments/old-gateway is still needed, and restored',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, 'prod/payments/old-gateway', {deletedDate: undefined, lastChangedDate: moment.now}),
		},
		{
			atSeconds: 285,
			what: 'the rotation of prod/db/main fails again, prod/partners/webhook is open, prod/payments/old-gateway marked for deletion',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				change(state, 'prod/db/main', {...late(moment), lastChangedDate: moment.now});
				change(state, 'prod/partners/webhook', {policy: readableBy('*'), lastChangedDate: moment.now});
				change(state, 'prod/payments/old-gateway', {deletedDate: moment.inDays(7), lastChangedDate: moment.now});
			},
		},
	],
};
