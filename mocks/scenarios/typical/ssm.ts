import {
	expiration,
	expiryNotice,
	noChangeNotice,
	parameter,
	plain,
	type SsmParameter,
	type SsmState,
	sharingBlocked,
	tierSetting,
} from '../../services/ssm-state.js';
import {keyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

/** The settings of an application as its deployment writes them, by environment. */
const application = (place: Place, environment: string, name: string, facts: Partial<SsmParameter> = {}): SsmParameter[] => {
	const path = `/${environment}/${name}`;
	return [
		plain(place, `${path}/db/endpoint`, {Description: `Where the database of ${name} listens`, ...facts}),
		plain(place, `${path}/db/name`, facts),
		parameter(place, `${path}/db/password`, {KeyId: keyArn(place, 'prod/customer-data'), Version: 7, ...facts}),
		plain(place, `${path}/feature/checkout-v2`, facts),
		plain(place, `${path}/log-level`, facts),
		plain(place, `${path}/replicas`, facts),
	];
};

const northVirginia = (place: Place): SsmParameter[] => [
	...application(place, 'prod', 'shop'),
	...application(place, 'prod', 'search', {LastModifiedDate: place.daysAgo(120)}),
	...application(place, 'staging', 'shop', {LastModifiedDate: place.daysAgo(12)}),
	// Written by hand, once, in a hurry.
	plain(place, '/prod/shop/smtp_password', {
		Description: 'temporary!!',
		LastModifiedUser: `arn:aws:iam::${place.accountId}:user/j.doe`,
		changedDays: 611,
		Version: 1,
	}),
	plain(place, '/prod/payments/psp/apiKey', {changedDays: 88, Version: 2}),
	plain(place, 'legacyDbConnectionString', {changedDays: 930, Version: 1, Description: 'legacy import job'}),
	plain(place, '/staging/tokens/partner-a', {Type: 'StringList', changedDays: 60}),
	// What only speaks about secrets.
	plain(place, '/prod/shop/db/password-secret-arn', {Description: 'Where the rotated password is'}),
	plain(place, '/prod/auth/token-ttl', {changedDays: 240}),
	plain(place, '/prod/auth/passenger-count'),
	plain(place, '/golden/ami/al2023', {DataType: 'aws:ec2:image', changedDays: 6, Version: 41}),
	// Old credentials.
	parameter(place, '/prod/payments/psp/hmac', {KeyId: keyArn(place, 'prod/payments'), changedDays: 402, Version: 1}),
	parameter(place, '/prod/fraud/licence', {changedDays: 800, KeyId: 'alias/aws/ssm'}),
	parameter(place, '/prod/newsletter/sendgrid', {KeyId: 'alias/aws/ssm', changedDays: 90}),
	// Lives that were bounded on purpose.
	parameter(place, '/prod/partners/acme-eu/handover', {
		Policies: [expiration(place.inDays(3.2)), expiryNotice(14, 'Finished')],
		Description: 'For the migration, then gone',
	}),
	parameter(place, '/prod/partners/contoso/sftp', {
		Policies: [expiration(place.inDays(64)), expiryNotice(30), expiryNotice(7)],
	}),
	parameter(place, '/prod/audit/read-only', {Policies: [expiration(place.inDays(19))]}),
	parameter(place, '/prod/shop/gateway/merchant', {Policies: [noChangeNotice(90, 'Finished')], changedDays: 133}),
	parameter(place, '/prod/shop/gateway/webhook', {Policies: [noChangeNotice(180)], changedDays: 21}),
	parameter(place, '/prod/shop/gateway/legacy', {Policies: [noChangeNotice(365, 'Failed')], changedDays: 200}),
	plain(place, '/prod/shop/catalogue/mapping', {Tier: 'Advanced', changedDays: 31}),
	plain(place, '/prod/shop/catalogue/rules', {Tier: 'Advanced', changedDays: 31}),
];

const ireland = (place: Place): SsmParameter[] => [
	...application(place, 'prod', 'ledger'),
	parameter(place, '/prod/ledger/hsm-pin', {KeyId: keyArn(place, 'prod/payments-eu'), changedDays: 15}),
	parameter(place, '/prod/ledger/tax/elster', {Policies: [noChangeNotice(365)], changedDays: 300}),
];

const milan = (place: Place): SsmParameter[] => [
	plain(place, '/prod/it/agenzia/credentials', {changedDays: 210}),
	parameter(place, '/prod/it/pos/pin', {KeyId: 'alias/aws/ssm', changedDays: 30}),
];

/** In a Region that nobody watches: what a load test wrote, each run under a name of its own, and never took away. */
const saoPaulo = (place: Place): SsmParameter[] =>
	Array.from({length: 8200}, (_, run) =>
		plain(place, `/load-test/runs/${String(run).padStart(5, '0')}/config`, {changedDays: 390, Version: 1}),
	);

/** Shared by the platform's own account through Resource Access Manager. */
const fromPlatform = (place: Place): SsmParameter[] => {
	const names = ['/platform/network/vpc-id', '/platform/observability/ingest-token'];
	return names.map((name, index) => ({
		...parameter(place, name, {Tier: 'Advanced', Type: index === 0 ? 'String' : 'SecureString'}),
		ARN: `arn:aws:ssm:${place.awsRegion}:555566667777:parameter${name}`,
		LastModifiedUser: 'arn:aws:sts::555566667777:assumed-role/deploy/terraform',
	}));
};

export const elsewhere = ['sa-east-1'];

/** A hierarchy for each application; a permissions boundary keeps readers from Milan's settings. */
export const populate: Populate<SsmState> = place => {
	const base = {shared: [], settings: sharingBlocked, refused: {}};
	switch (place.awsRegion) {
		case 'us-east-1':
			return {...base, parameters: northVirginia(place), shared: fromPlatform(place), settings: {[tierSetting]: 'Intelligent-Tiering'}};
		case 'eu-west-1':
			return {...base, parameters: ireland(place)};
		case 'eu-south-1':
			return {...base, parameters: milan(place), refused: {GetServiceSetting: 'explicit-deny-in-permissions-boundary'}};
		case 'eu-west-2':
			return {...base, parameters: application(place, 'prod', 'uk-archive')};
		case 'ap-southeast-2':
			return {...base, parameters: [plain(place, '/test/hello', {changedDays: 1300, Version: 1})], settings: {}};
		case 'sa-east-1':
			return {...base, parameters: saoPaulo(place)};
		default:
			return undefined;
	}
};

const change = (state: SsmState, name: string, facts: Partial<SsmParameter>): void => {
	state.parameters = state.parameters.map(one => (one.Name === name ? {...one, ...facts} : one));
};

/** A plaintext password is replaced by a SecureString, and the sharing of documents blocked; the next round begins as this one did. */
export const timeline: Timeline<SsmState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 70,
			what: '/prod/shop/smtp_password is gone: its readers have a SecureString now',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				const moved = parameter(moment, '/prod/shop/smtp/password', {Version: 1, LastModifiedDate: moment.now});
				state.parameters = [...state.parameters.filter(({Name}) => Name !== '/prod/shop/smtp_password'), moved];
			},
		},
		{
			atSeconds: 140,
			what: 'the policy of /prod/audit/read-only fails',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, '/prod/audit/read-only', {Policies: [expiration(moment.inDays(19), 'Failed')]}),
		},
		{
			atSeconds: 285,
			what: 'somebody puts /prod/shop/smtp_password again, in plaintext',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				const kept = state.parameters.filter(({Name}) => Name !== '/prod/shop/smtp/password');
				const again = plain(moment, '/prod/shop/smtp_password', {Description: 'temporary!!', Version: 1, LastModifiedDate: moment.now});
				state.parameters = [...kept, again];
				change(state, '/prod/audit/read-only', {Policies: [expiration(moment.inDays(19))]});
			},
		},
	],
};
