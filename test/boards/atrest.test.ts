import {describe, expect, test} from 'vitest';
import {atrest} from '../../source/boards/atrest/index.js';
import type {Inputs, Joined, Json, Refusal, ResourceEntry, ResourceType} from '../../source/model/index.js';
import {judgeAll} from '../services/watch.js';

const account = '111122223333';
const here = 'eu-west-1';
const now = '2026-06-01T00:00:00.000Z';
const daysAgo = (days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString();

const id = (digit: number, region = here): string => `arn:aws:kms:${region}:${account}:key/${keyId(digit)}`;
const keyId = (digit: number): string => '00000000-0000-0000-0000-000000000000'.replaceAll('0', `${digit}`);

const refusal = (iamAction: string, status: Refusal['status'] = 'denied'): Refusal => ({
	status,
	operation: iamAction.split(':')[1] ?? '',
	iamAction,
	error: 'AccessDeniedException',
	message: 'no',
});

type Given = {
	readonly name: string;
	readonly arn?: string;
	readonly awsRegion?: string;
	readonly usdPerMonth?: number;
	readonly unread?: Readonly<Record<string, Refusal>>;
	readonly failed?: string;
	readonly of?: Readonly<Record<string, Json>>;
};

const entry = (
	resourceType: ResourceType,
	{name, arn, awsRegion = here, usdPerMonth = 0, unread = {}, failed, of = {}}: Given,
): Joined => ({
	entry: 'resource',
	key: name,
	service: '',
	resource: {
		arn: arn ?? `arn:aws:made:${awsRegion}:${account}:${name}`,
		resourceType,
		resourceId: name,
		resourceName: name,
		accountId: account,
		awsRegion,
		tags: {},
		configuration: of,
		unread,
		readAt: {},
	},
	judgements: failed === undefined ? [] : [{ruleId: failed, verdict: 'FAIL', severity: 'HIGH', reason: 'so it is', firstObservedAt: now}],
	cells: [],
	facts: [],
	expirations: [],
	usdPerMonth,
	consolePath: '',
	firstObservedAt: now,
});

const types = {
	keys: 'AWS::KMS::Key',
	volumes: 'AWS::EC2::Volume',
	snapshots: 'AWS::EC2::Snapshot',
	images: 'AWS::EC2::Image',
	settings: 'AWS::EC2::RegionSettings',
	buckets: 'AWS::S3::Bucket',
	tables: 'AWS::DynamoDB::Table',
	clusters: 'AWS::RDS::DBCluster',
	secrets: 'AWS::SecretsManager::Secret',
	parameters: 'AWS::SSM::Parameter',
	trails: 'AWS::CloudTrail::Trail',
	recorders: 'AWS::Config::ConfigurationRecorder',
	zones: 'AWS::Route53::HostedZone',
	subscriptions: 'AWS::Shield::Subscription',
	organizations: 'AWS::Organizations::Organization',
} as const satisfies Readonly<Record<string, ResourceType>>;
type Account = Partial<Record<keyof typeof types, readonly Given[]>>;

/** `gaps` by `service:Operation`, in every Region. */
const inputsOf = (given: Account, gaps: Readonly<Record<string, Refusal>> = {}, callsPerMonth?: number): Inputs => {
	const entries = new Map<string, readonly Joined[]>(
		Object.entries(types).map(([kind, resourceType]) => [
			resourceType,
			(given[kind as keyof typeof types] ?? []).map(one => entry(resourceType, one)),
		]),
	);
	return {
		accountId: account,
		partition: 'aws',
		now,
		regions: [here, 'us-east-1'],
		trustedAccounts: [],
		mutes: [],
		// Entries of whatever type the caller promises, as the inputs' type says.
		of: resourceType => (entries.get(resourceType) ?? []) as readonly Joined<never>[],
		gap: (service, operations) => operations.map(operation => gaps[`${service}:${operation}`]).find(gap => gap !== undefined),
		callsPerMonth: () => callsPerMonth,
	};
};

const rowsOf = (inputs: Inputs): readonly ResourceEntry[] => judgeAll(atrest, [...atrest.join(inputs)], now);
const rowsOfKind = (rows: readonly ResourceEntry[], kind: string) =>
	rows.filter(({resource}) => resource.resourceType === `Vedette::AtRest::${kind}`);

/** `FAIL CRITICAL disabled, and …` of a rule about the row of that name. */
const answerOf = (rows: readonly ResourceEntry[], ruleId: string, name: string): string => {
	const found = rows
		.find(({resource, judgements}) => resource.resourceName === name && judgements.some(judgement => judgement.ruleId === ruleId))
		?.judgements.find(judgement => judgement.ruleId === ruleId);
	return found === undefined ? 'no row' : `${found.verdict}${found.verdict === 'FAIL' ? ` ${found.severity}` : ''} ${found.reason}`;
};

const told = (facts: Readonly<Record<string, Json>>) => Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== null));

/** A sound key of which KMS tells the differences in `more`; what is null there was not told. */
const key = (more: Readonly<Record<string, Json>> = {}, given: Partial<Given> = {}): Given => ({
	name: 'mine',
	arn: id(1),
	usdPerMonth: 1,
	...given,
	of: told({
		aliases: ['alias/mine'],
		keyManager: 'CUSTOMER',
		keyState: 'Enabled',
		keyUsage: 'ENCRYPT_DECRYPT',
		origin: 'AWS_KMS',
		lastUsage: {trackedSince: daysAgo(400), createdAt: daysAgo(300)},
		...more,
	}),
});
const volume = (name: string, kmsKeyId: string | null, more: Partial<Given> = {}): Given => ({
	name,
	...more,
	of: {encrypted: kmsKeyId !== null, ...(kmsKeyId !== null && {kmsKeyId}), instanceIds: []},
});
const table = (name: string, encryption: Json, more: Partial<Given> = {}): Given => ({name, ...more, of: {encryption, replicas: []}});

describe('a key that something is encrypted with is fit for use', () => {
	const used = {volumes: [volume('data', id(1))], tables: [table('orders', {type: 'KMS', keyArn: id(1)})]};
	const usable = (given: Account, gaps?: Readonly<Record<string, Refusal>>): string =>
		answerOf(rowsOf(inputsOf(given, gaps)), 'atrest-key-usable', 'mine');
	const blindVolumes = {'ec2:DescribeVolumes': refusal('ec2:DescribeVolumes')};
	const store = (connectionState: string): Readonly<Record<string, Json>> => ({
		origin: 'EXTERNAL_KEY_STORE',
		customKeyStoreId: 'cks-1',
		keyStore: {name: 'xks', connectionState},
	});
	const material = (days: number): Readonly<Record<string, Json>> => ({origin: 'EXTERNAL', validTo: daysAgo(-days)});
	const waiting = {origin: 'EXTERNAL', materials: [{keyMaterialState: 'PENDING_ROTATION', validTo: daysAgo(-2)}]};

	test.each<[string, Readonly<Record<string, Json>>, RegExp]>([
		['deletion', {keyState: 'PendingDeletion'}, /^aws kms cancel-key-deletion .* && aws kms enable-key /u],
		['missing material', {keyState: 'PendingImport', origin: 'EXTERNAL'}, /^aws kms get-parameters-for-import /u],
		['a key store', {keyState: 'Unavailable', ...store('DISCONNECTED')}, /^aws kms connect-custom-key-store /u],
	])('the command brings it back from %s', (_, more, expected) => {
		const rows = rowsOf(inputsOf({...used, keys: [key(more)]}));
		const judgement = rows
			.flatMap(({judgements}) => judgements)
			.find(({ruleId, verdict}) => ruleId === 'atrest-key-usable' && verdict === 'FAIL');
		expect(judgement?.command?.cli).toMatch(expected);
	});

	const users = 'and used by volume data and table orders';
	test.each<[string, Readonly<Record<string, Json>>, string, string, string]>([
		['enabled', {}, 'PASS enabled, used by 1 volume and 1 table', 'PASS enabled', 'PASS enabled'],
		['being made', {keyState: 'Creating'}, 'PASS creating, used by 1 volume and 1 table', 'PASS creating', 'PASS creating'],
		[
			'disabled',
			{keyState: 'Disabled'},
			`FAIL CRITICAL disabled, ${users}`,
			'PASS disabled, and nothing',
			'UNKNOWN disabled; nothing that was read',
		],
		[
			'pending deletion',
			{keyState: 'PendingDeletion', deletionDate: daysAgo(-9)},
			`FAIL CRITICAL to be deleted in 9 days, ${users}`,
			'PASS to be deleted in 9 days, and nothing that Vedette watches uses it',
			'UNKNOWN to be deleted in 9 days; nothing that was read uses it, but ec2:DescribeVolumes was denied',
		],
		[
			'pending the deletion of replicas',
			{keyState: 'PendingReplicaDeletion'},
			`FAIL CRITICAL scheduled for deletion after its last replica, ${users}`,
			'PASS scheduled',
			'UNKNOWN scheduled',
		],
		['without material', {keyState: 'PendingImport'}, `FAIL CRITICAL without key material, ${users}`, 'PASS without', 'UNKNOWN without'],
		['unavailable', {keyState: 'Unavailable'}, `FAIL CRITICAL unavailable, ${users}`, 'PASS unavailable', 'UNKNOWN unavailable'],
		[
			'unavailable in its store',
			{...store('DISCONNECTED'), keyState: 'Unavailable'},
			`FAIL CRITICAL unavailable, in key store xks, ${users}`,
			'PASS unavailable',
			'UNKNOWN unavailable',
		],
		['in a store that failed', store('FAILED'), `FAIL CRITICAL out of reach: key store xks is failed, ${users}`, 'PASS out', 'UNKNOWN out'],
		['in a store that works', store('CONNECTED'), 'PASS enabled, used by', 'PASS enabled', 'PASS enabled'],
		[
			'losing its material soon',
			material(5),
			`FAIL CRITICAL about to lose its key material in 5 days, ${users}`,
			'PASS about',
			'UNKNOWN about',
		],
		[
			'losing its material later',
			material(20),
			`FAIL HIGH about to lose its key material in 20 days, ${users}`,
			'PASS about',
			'UNKNOWN about',
		],
		['whose material ended', material(-1), `FAIL CRITICAL at the end of its key material, ${users}`, 'PASS at', 'UNKNOWN at'],
		['losing its material in a year', material(300), 'PASS enabled, used by', 'PASS enabled', 'PASS enabled'],
		['losing material that it does not use yet', waiting, 'PASS enabled, used by', 'PASS enabled', 'PASS enabled'],
		['in a state of tomorrow', {keyState: 'Frozen'}, 'UNKNOWN its state is Frozen', 'UNKNOWN its state', 'UNKNOWN its state'],
		['of untold state', {keyState: null}, 'UNKNOWN', 'UNKNOWN', 'UNKNOWN'],
	])('%s: in use, in no use, in no use that could be read', (_what, of, inUse, idle, blind) => {
		expect(usable({keys: [key(of)], ...used})).toContain(inUse);
		expect(usable({keys: [key(of)]})).toContain(idle);
		expect(usable({keys: [key(of)]}, blindVolumes)).toContain(blind);
	});

	test('what is known to use it is enough, whatever else was refused', () => {
		expect(usable({keys: [key({keyState: 'Disabled'})], ...used}, {'s3:ListBuckets': refusal('s3:ListAllMyBuckets')})).toBe(
			`FAIL CRITICAL disabled, ${users}`,
		);
	});

	test('KMS has the last word on a key in trouble that nothing here uses', () => {
		const disabled = {keyState: 'Disabled'};
		expect(usable({keys: [key({...disabled, lastUsage: {usedAt: daysAgo(2), trackedSince: daysAgo(400)}})]})).toBe(
			'UNKNOWN disabled; nothing that Vedette watches uses it, but KMS saw it used 2 days ago',
		);
		expect(usable({keys: [key({...disabled, lastUsage: {usedAt: daysAgo(200), trackedSince: daysAgo(400)}})]})).toContain('PASS disabled');
		const unread = {GetKeyLastUsage: refusal('kms:GetKeyLastUsage')};
		expect(usable({keys: [key({...disabled, lastUsage: null}, {unread})]})).toBe(
			'UNKNOWN disabled; nothing that Vedette watches uses it, but kms:GetKeyLastUsage was denied',
		);
	});

	const trail = (name: string, kmsKeyArn: string | null, more: Readonly<Record<string, Json>> = {}): Given => ({
		name,
		awsRegion: 'us-east-1',
		of: {ownerAccountId: account, kmsKeyArn, ...more},
	});
	const recorder = (channel: Json): Given => ({name: 'AWS Config', awsRegion: 'us-east-1', of: {name: 'default', channel}});
	const zone = (status: string, ...keys: readonly Json[]): Given => ({
		name: 'acme.com',
		awsRegion: 'us-east-1',
		of: {dnssec: {status, keys}},
	});
	const signer = {keyUsage: 'SIGN_VERIFY', keySpec: 'ECC_NIST_P256', keyState: 'Disabled'};

	test.each<[string, Readonly<Record<string, Json>>, Account, string]>([
		[
			'the log files of a trail, wherever its home is',
			{keyState: 'PendingDeletion', deletionDate: daysAgo(-6), lastUsage: {usedAt: daysAgo(1), trackedSince: daysAgo(400)}},
			{trails: [trail('audit', id(1)), trail('plain', null)]},
			'FAIL CRITICAL to be deleted in 6 days, and used by trail audit',
		],
		[
			'what AWS Config delivers',
			{keyState: 'Disabled'},
			{recorders: [recorder({name: 'default', keyArn: id(1)}), recorder({name: 'plain'}), recorder(null)]},
			'FAIL CRITICAL disabled, and used by delivery channel default of AWS Config in us-east-1',
		],
		['the signatures of a zone', signer, {zones: [zone('SIGNING', {kmsKeyArn: id(1), status: 'ACTIVE'})]}, 'used by zone acme.com'],
		[
			'no signatures of a zone that is not signed',
			signer,
			{zones: [zone('NOT_SIGNING', {kmsKeyArn: id(1)})]},
			'PASS disabled, and nothing',
		],
		[
			'no signatures yet, or no more',
			signer,
			{zones: [zone('SIGNING', {kmsKeyArn: id(1), status: 'INACTIVE'})]},
			'PASS disabled, and nothing',
		],
	])('a key in trouble that keeps %s', (_what, of, given, answer) => {
		expect(usable({keys: [key(of)], ...given})).toContain(answer);
	});

	test.each<[string, string, Readonly<Record<string, Json>>, string, string]>([
		['trails', 'cloudtrail:DescribeTrails', {}, here, 'UNKNOWN'],
		['channels', 'config:DescribeDeliveryChannels', {}, here, 'UNKNOWN'],
		['zones, and the key encrypts', 'route53:ListHostedZones', {}, 'us-east-1', 'PASS'],
		['zones, and the key signs', 'route53:ListHostedZones', {keyUsage: 'SIGN_VERIFY'}, 'us-east-1', 'UNKNOWN'],
		['zones, and the key signs elsewhere', 'route53:ListHostedZones', {keyUsage: 'SIGN_VERIFY'}, here, 'PASS'],
		['volumes, and the key signs', 'ec2:DescribeVolumes', {keyUsage: 'SIGN_VERIFY'}, here, 'PASS'],
		['volumes, and the key is asymmetric', 'ec2:DescribeVolumes', {keySpec: 'RSA_4096'}, here, 'PASS'],
	])('refused: %s', (_what, action, of, awsRegion, verdict) => {
		const keys = [key({keyState: 'Disabled', ...of}, {arn: id(1, awsRegion), awsRegion})];
		const answer = usable({keys}, {[action]: refusal(action)});
		expect(answer).toMatch(verdict === 'PASS' ? /^PASS disabled, and nothing/u : /^UNKNOWN disabled; nothing that was read uses it, but /u);
		expect(answer.includes(`${action} was denied`)).toBe(verdict === 'UNKNOWN');
	});

	test('an organisation’s trail that another account keeps under a key of its own has no row here', () => {
		const foreign = `arn:aws:kms:${here}:999988887777:key/${keyId(7)}`;
		const theirs = {ownerAccountId: '999988887777'};
		const rows = rowsOf(inputsOf({keys: [key()], trails: [trail('org', foreign, theirs)]}));
		expect(rowsOfKind(rows, 'Key').map(({resource}) => resource.resourceName)).toEqual(['mine']);
		expect(usable({keys: [key({keyState: 'Disabled'})], trails: [trail('org', id(1), theirs)]})).toContain('used by trail org');
	});

	test('a key that may not be described, that KMS does not list, or that is another account’s is UNKNOWN, and says why', () => {
		const undescribed: Given = {name: 'mine', arn: id(1), unread: {DescribeKey: refusal('kms:DescribeKey')}};
		expect(usable({keys: [undescribed], ...used})).toBe('UNKNOWN kms:DescribeKey was denied');
		const unlisted = rowsOf(inputsOf(used));
		expect(answerOf(unlisted, 'atrest-key-usable', keyId(1))).toMatch(/^UNKNOWN kms:ListKeys does not name it in eu-west-1/u);
		const denied = rowsOf(inputsOf(used, {'kms:ListKeys': refusal('kms:ListKeys')}));
		expect(answerOf(denied, 'atrest-key-usable', keyId(1))).toBe('UNKNOWN kms:ListKeys was denied');
		const foreign = `arn:aws:kms:${here}:999988887777:key/${keyId(7)}`;
		expect(answerOf(rowsOf(inputsOf({snapshots: [volume('theirs', foreign)]})), 'atrest-key-usable', keyId(7))).toBe(
			'UNKNOWN a key of account 999988887777, which alone is told its state',
		);
	});
});

describe('keys are found by whatever they are called', () => {
	const usedBy = (given: Account): readonly string[] =>
		rowsOfKind(rowsOf(inputsOf(given)), 'Key').map(({resource, facts}) => `${resource.resourceName}: ${new Map(facts).get('Users')}`);
	const multiRegion = `arn:aws:kms:us-east-1:${account}:key/mrk-${'a'.repeat(32)}`;
	const relative = multiRegion.replace('us-east-1', here);

	test.each([
		['its ARN', id(1)],
		['its id', keyId(1)],
		['its alias', 'alias/mine'],
		['its alias’s ARN', `arn:aws:kms:${here}:${account}:alias/mine`],
	])('%s', (_what, reference) => {
		const of = {type: 'SecureString', path: '/', keyId: reference};
		expect(usedBy({keys: [key()], parameters: [{name: 'pin', of}]})).toEqual(['mine: parameter pin']);
	});

	test.each([
		['another Region’s alias of the name', 'us-east-1', 'alias/mine'],
		['an alias that is none', here, 'alias/gone'],
		['no name of a key at all', here, 'mine'],
	])('not by %s: then any key of the Region may be meant', (_what, awsRegion, keyName) => {
		const idle = key({lastUsage: {usedAt: daysAgo(200), trackedSince: daysAgo(400)}});
		const keys =
			awsRegion === here ? [idle] : [idle, {...key(), name: 'there', arn: id(2, awsRegion), awsRegion, of: {...key().of, aliases: []}}];
		const rows = rowsOf(inputsOf({keys, parameters: [{name: 'pin', awsRegion, of: {type: 'SecureString', path: '/', keyId: keyName}}]}));
		expect(rowsOfKind(rows, 'Key').every(({facts}) => (new Map(facts).get('Users') ?? null) === null)).toBe(true);
		expect(answerOf(rows, 'atrest-key-needed', awsRegion === here ? 'mine' : 'there')).toMatch(/^UNKNOWN .*parameter pin/u);
		expect(rowsOfKind(rows, 'Store')[0]?.resource.configuration).toMatchObject({counts: {unknown: 1}});
	});

	test('aliases of AWS are managed by AWS even where their key was never made', () => {
		const managed = key({keyManager: 'AWS', aliases: ['alias/aws/secretsmanager']}, {name: 'aws/secretsmanager', usdPerMonth: 0});
		const secret = {name: 'token', of: {}};
		expect(usedBy({keys: [managed], secrets: [secret]})).toEqual(['aws/secretsmanager: secret token']);
		expect(usedBy({keys: [managed]})).toEqual([]);
		const rows = rowsOf(inputsOf({secrets: [secret]}));
		expect(rowsOfKind(rows, 'Key')).toEqual([]);
		expect(rowsOfKind(rows, 'Store')[0]?.resource.configuration).toMatchObject({counts: {managed: 1}, untyped: []});
	});

	test('by replication, by the relative of a multi-Region key, and by the default of EBS', () => {
		const replicating = (rule: Readonly<Record<string, Json>>, enabled = true): Given => ({
			name: 'lake',
			awsRegion: 'us-east-1',
			of: {
				encryption: {algorithm: 'aws:kms', kmsKeyId: multiRegion, bucketKeyEnabled: true, blockedTypes: []},
				replication: {
					roleArn: '',
					rules: [
						{
							isEnabled: enabled,
							replicatesKmsObjects: true,
							replicaKmsKeyId: null,
							usesSourceMultiRegionKey: false,
							destination: {bucketName: 'copy', awsRegion: here},
							...rule,
						},
					],
				},
			},
		});
		const keys = [key(), key({aliases: []}, {name: 'copied', arn: relative})];
		const users = (bucket: Given) => usedBy({keys, buckets: [bucket]}).filter(line => !line.includes('bucket'));
		expect(users(replicating({replicaKmsKeyId: id(1)}))[0]).toBe('mine: replication lake to copy');
		expect(users(replicating({usesSourceMultiRegionKey: true}))[1]).toBe('copied: replication lake to copy');
		expect(users(replicating({replicaKmsKeyId: id(1)}, false))[0]).toBe('mine: undefined');
		expect(usedBy({keys: [key()], settings: [{name: here, of: {encryptionByDefault: true, defaultKmsKeyId: id(1)}}]})).toEqual([
			'mine: the default of EBS',
		]);
	});

	describe('what hides by which key replicas are encrypted', () => {
		const lake = (of: Readonly<Record<string, Json>>, unread: Given['unread'] = {}): Given => ({
			name: 'lake',
			awsRegion: 'us-east-1',
			of,
			unread: unread ?? {},
		});
		const to = (awsRegion: string, rule: Readonly<Record<string, Json>>) => ({
			roleArn: '',
			rules: [{isEnabled: true, replicatesKmsObjects: true, replicaKmsKeyId: null, destination: {bucketName: 'copy', awsRegion}, ...rule}],
		});
		const refusedReplication = {GetBucketReplication: refusal('s3:GetReplicationConfiguration')};
		const refusedEncryption = {GetBucketEncryption: refusal('s3:GetEncryptionConfiguration')};
		const sse = (kmsKeyId: string) => ({algorithm: 'aws:kms', kmsKeyId, bucketKeyEnabled: true, blockedTypes: []});
		const noAliases = {'kms:ListAliases': refusal('kms:ListAliases')};
		const related = {usesSourceMultiRegionKey: true};
		const closed = 's3:GetReplicationConfiguration was denied (bucket lake)';
		test.each<[string, Given, Readonly<Record<string, Refusal>>, string | undefined]>([
			['the replication of a bucket elsewhere', lake({encryption: null}, refusedReplication), {}, closed],
			[
				'the source’s key, of which the relative here is used',
				lake({replication: to(here, related)}, refusedEncryption),
				{},
				's3:GetEncryptionConfiguration was denied (bucket lake)',
			],
			['the source’s key, of which one elsewhere is used', lake({replication: to('us-east-1', related)}, refusedEncryption), {}, undefined],
			[
				'the alias of the source’s key',
				lake({encryption: sse('alias/lake'), replication: to(here, related)}),
				noAliases,
				'kms:ListAliases was denied (bucket lake)',
			],
			[
				'the alias of the replicas’ key',
				lake({encryption: null, replication: to(here, {replicaKmsKeyId: `arn:aws:kms:${here}:${account}:alias/copies`})}),
				noAliases,
				'kms:ListAliases was denied (bucket lake)',
			],
			['nothing', lake({encryption: null, replication: null}), noAliases, undefined],
		])('%s', (_what, bucket, gaps, why) => {
			const of = {lastUsage: {usedAt: daysAgo(200), trackedSince: daysAgo(400)}};
			const answers = (keyState: string) => {
				const rows = rowsOf(inputsOf({keys: [key({...of, keyState})], buckets: [bucket]}, gaps));
				return ['atrest-key-usable', 'atrest-key-needed'].map(rule => answerOf(rows, rule, 'mine'));
			};
			expect(answers('Disabled')[0]).toMatch(
				why === undefined ? /^PASS disabled, and nothing/u : /^UNKNOWN disabled; nothing that was read/u,
			);
			expect(answers('Enabled')[1]).toMatch(why === undefined ? /^FAIL LOW/u : /^UNKNOWN nothing that was read uses it/u);
			expect(
				[...answers('Disabled').slice(0, 1), ...answers('Enabled').slice(1)].filter(answer => answer.includes(why ?? 'denied')),
			).toHaveLength(why === undefined ? 0 : 2);
		});

		test('and the default of EBS by an alias that may not be listed', () => {
			const rows = rowsOf(
				inputsOf(
					{keys: [key({keyState: 'Disabled', aliases: []})], settings: [{name: here, of: {defaultKmsKeyId: 'alias/disks'}}]},
					noAliases,
				),
			);
			expect(answerOf(rows, 'atrest-key-usable', 'mine')).toMatch(/^UNKNOWN .*kms:ListAliases was denied$/u);
		});
	});

	test('a replica of a table that may not be described tells its key by its siblings', () => {
		const arn = (region: string) => `arn:aws:dynamodb:${region}:${account}:table/orders`;
		const sibling: Given = {
			name: 'orders',
			arn: arn('us-east-1'),
			awsRegion: 'us-east-1',
			of: {encryption: null, replicas: [{awsRegion: here, arn: arn(here), keyId: id(1)}]},
		};
		const refused: Given = {name: 'orders', arn: arn(here), unread: {DescribeTable: refusal('dynamodb:DescribeTable')}};
		expect(usedBy({keys: [key()], tables: [sibling, refused]})).toEqual(['mine: table orders']);
		expect(usedBy({keys: [key()], tables: [sibling]})).toEqual(['mine: table orders']);
		// That it tells none is no word that AWS owns it.
		const silent = {...sibling, of: {encryption: null, replicas: [{awsRegion: here, arn: arn(here), keyId: null}]}};
		for (const tables of [[silent, refused], [silent]]) {
			const answer = answerOf(rowsOf(inputsOf({keys: [key({keyState: 'Disabled'})], tables})), 'atrest-key-usable', 'mine');
			expect(answer).toMatch(/^UNKNOWN disabled; nothing that was read uses it, but dynamodb:DescribeTable .*\(table orders\)$/u);
		}
	});
});

describe('a key that is paid for keeps something', () => {
	const needed = (of: Readonly<Record<string, Json>>, given: Account = {}, gaps?: Readonly<Record<string, Refusal>>): string =>
		answerOf(rowsOf(inputsOf({keys: [key(of)], ...given}, gaps)), 'atrest-key-needed', 'mine');
	const never = {lastUsage: {trackedSince: daysAgo(400), createdAt: daysAgo(300)}};
	const old = {lastUsage: {usedAt: daysAgo(200), trackedSince: daysAgo(400), createdAt: daysAgo(500)}};
	const denied = refusal('dynamodb:DescribeTable');

	test.each<[string, Readonly<Record<string, Json>>, string]>([
		[
			'never used',
			never,
			'FAIL LOW nothing that Vedette watches uses it, and KMS never saw it used since it was made 300 days ago, for 1.00 USD a month',
		],
		['used long ago', old, 'FAIL LOW nothing that Vedette watches uses it, and KMS saw it used 200 days ago, for'],
		[
			'not used since KMS records',
			{lastUsage: {trackedSince: daysAgo(100), createdAt: daysAgo(900)}},
			'FAIL LOW nothing that Vedette watches uses it, and KMS saw no use since 2026-02-21',
		],
		[
			'used of late',
			{lastUsage: {usedAt: daysAgo(3), trackedSince: daysAgo(400)}},
			'PASS nothing that Vedette watches uses it, but KMS saw it used 3 days ago',
		],
		[
			'young',
			{lastUsage: {trackedSince: daysAgo(400), createdAt: daysAgo(5)}},
			'PASS nothing that Vedette watches uses it, but it was made 5 days ago',
		],
		[
			'not recorded for long',
			{lastUsage: {trackedSince: daysAgo(10), createdAt: daysAgo(900)}},
			'UNKNOWN nothing that Vedette watches uses it, and KMS has recorded its use for 10 days only',
		],
		['of untold use', {lastUsage: {}}, 'UNKNOWN nothing that Vedette watches uses it, and KMS did not tell its last use'],
		['disabled', {...never, keyState: 'Disabled'}, 'FAIL LOW'],
		['to be deleted', {...never, keyState: 'PendingDeletion'}, 'NOT_APPLICABLE scheduled for deletion, and free until then'],
		['for signing', {...never, keyUsage: 'SIGN_VERIFY'}, 'NOT_APPLICABLE a key for SIGN_VERIFY'],
	])('in no use here, and %s', (_what, of, answer) => {
		expect(needed(of)).toContain(answer);
	});

	test.each<[string, Account, Readonly<Record<string, Refusal>>, string]>([
		['a listing was refused', {}, {'ec2:DescribeSnapshots': refusal('ec2:DescribeSnapshots')}, 'ec2:DescribeSnapshots was denied'],
		[
			'a listing has not been read yet',
			{},
			{'ssm:DescribeParameters': refusal('ssm:DescribeParameters', 'pending')},
			'ssm:DescribeParameters has not been read yet',
		],
		[
			'a service is not watched',
			{},
			{'rds:DescribeGlobalClusters': {...refusal('rds', 'not-available'), message: 'rds is not watched'}},
			'rds is not watched',
		],
		[
			'a table did not tell its key',
			{tables: [{name: 'dark', unread: {DescribeTable: denied}}]},
			{},
			'dynamodb:DescribeTable was denied (table dark)',
		],
		[
			'the trails of the Region may not be listed',
			{},
			{'cloudtrail:DescribeTrails': refusal('cloudtrail:DescribeTrails')},
			'cloudtrail:DescribeTrails was denied',
		],
		['a bucket did not tell its Region', {buckets: [{name: 'lost', awsRegion: 'global'}]}, {}, '(bucket lost)'],
		[
			'the default of EBS is not known',
			{settings: [{name: here, unread: {GetEbsDefaultKmsKeyId: refusal('ec2:GetEbsDefaultKmsKeyId')}}]},
			{},
			'ec2:GetEbsDefaultKmsKeyId was denied',
		],
	])('it is not called unneeded where %s', (_what, given, gaps, why) => {
		const answer = needed(never, given, gaps);
		expect(answer).toMatch(/^UNKNOWN nothing that was read uses it/u);
		expect(answer).toContain(why);
	});

	test('what stands in the way is said in three sentences at most, none of them long: every key of a Region carries them', () => {
		const parameters = Array.from({length: 40}, (_, index) => ({
			name: `/${index}`,
			of: {type: 'SecureString', path: '/', keyId: `alias/${'x'.repeat(500)}${index}`},
		}));
		const answer = needed(never, {parameters});
		expect(answer).toMatch(/^UNKNOWN .*… \(parameter \/0\), .* and 38 more like that$/u);
		expect(answer.length).toBeLessThan(700);
	});

	test('another Region’s secrets are no secrets of this one, and one user is enough', () => {
		expect(needed(never, {tables: [{name: 'dark', awsRegion: 'us-east-1', unread: {DescribeTable: denied}}]})).toMatch(/^FAIL/u);
		expect(needed(never, {volumes: [volume('data', id(1))]}, {'s3:ListBuckets': refusal('s3:ListAllMyBuckets')})).toBe(
			'PASS keeps 1 volume',
		);
	});

	test('a last use that was refused is UNKNOWN where nothing uses the key, and no matter where something does', () => {
		const unread = {GetKeyLastUsage: refusal('kms:GetKeyLastUsage')};
		const keys = [key({lastUsage: null}, {unread})];
		expect(answerOf(rowsOf(inputsOf({keys})), 'atrest-key-needed', 'mine')).toBe('UNKNOWN kms:GetKeyLastUsage was denied');
		const used = rowsOf(inputsOf({keys, volumes: [volume('data', id(1))]}));
		expect(answerOf(used, 'atrest-key-needed', 'mine')).toBe('PASS keeps 1 volume');
		expect(rowsOfKind(used, 'Key')[0]?.resource.unread).toEqual({});
	});

	test('a multi-Region key is needed where any of its relatives is', () => {
		const arn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-${'b'.repeat(32)}`;
		const family = (type: string) => ({
			type,
			primary: {arn: arn(here), awsRegion: here},
			replicas: [{arn: arn('us-east-1'), awsRegion: 'us-east-1'}],
		});
		const primary = key({...never, multiRegion: family('PRIMARY')}, {arn: arn(here)});
		const replica = (lastUsage: Json) =>
			key({lastUsage, aliases: [], multiRegion: family('REPLICA')}, {name: 'replica', arn: arn('us-east-1'), awsRegion: 'us-east-1'});
		const answer = (other: Given, more: Account = {}) =>
			answerOf(rowsOf(inputsOf({keys: [primary, other], ...more})), 'atrest-key-needed', 'mine');
		expect(answer(replica(never.lastUsage))).toMatch(/^FAIL LOW/u);
		expect(answer(replica({usedAt: daysAgo(1), trackedSince: daysAgo(400)}))).toBe(
			'PASS nothing that Vedette watches uses it here, but the same key is in use in us-east-1',
		);
		const there = {volumes: [volume('data', arn('us-east-1'), {awsRegion: 'us-east-1'})]};
		expect(answer(replica(never.lastUsage), there)).toMatch(/^PASS/u);
		expect(answer(replica(null))).toMatch(/^UNKNOWN .*us-east-1 is not known$/u);
	});
});

describe('one key does not keep everything', () => {
	const limited = (given: Account, gaps?: Readonly<Record<string, Refusal>>): string =>
		answerOf(
			rowsOf(inputsOf({keys: [key(), key({aliases: []}, {name: 'other', arn: id(2)})], ...given}, gaps)),
			'atrest-key-not-for-everything',
			'mine',
		);
	const volumes = [volume('a', id(1)), volume('b', id(2))];
	const secrets = [{name: 'token', of: {kmsKeyId: id(1)}}];
	const tables = [table('orders', {type: 'KMS', keyArn: id(1)})];

	test('services count, not things, and what was not seen counts for one each', () => {
		expect(limited({volumes, snapshots: volumes, images: [], secrets})).toBe('PASS keeps 1 volume, 1 snapshot and 1 secret');
		expect(limited({volumes, secrets, tables})).toBe(
			'FAIL INFORMATIONAL keeps 1 volume, 1 table and 1 secret, 3 of the 4 uses of own keys in eu-west-1',
		);
		expect(limited({})).toMatch(/^NOT_APPLICABLE/u);
		const blind = {'s3:ListBuckets': refusal('s3:ListAllMyBuckets')};
		expect(limited({volumes}, blind)).toBe('PASS keeps 1 volume');
		expect(limited({volumes, secrets}, blind)).toBe('UNKNOWN keeps 1 volume and 1 secret, but s3:ListAllMyBuckets was denied');
		expect(limited({volumes, secrets, tables}, blind)).toMatch(/^FAIL/u);
	});
});

describe('everything in a store is encrypted', () => {
	const encrypted = (title: string, given: Account, gaps?: Readonly<Record<string, Refusal>>): string =>
		answerOf(rowsOf(inputsOf({keys: [key()], ...given}, gaps)), 'atrest-store-encrypted', title);
	const bucket = (encryption: Json): Given => ({name: 'lake', of: {encryption}});
	const sse = (algorithm: string, kmsKeyId: string | null = null) => ({algorithm, kmsKeyId, bucketKeyEnabled: false, blockedTypes: []});
	const image = (...disks: ReadonlyArray<Readonly<Record<string, Json>>>): Given => ({
		name: 'base',
		of: {disks: disks.map((disk, index) => ({snapshotId: `snap-${index}`, ...disk}))},
	});
	const suspect = {failed: 'ssm-parameter-secret-encrypted'};

	test.each<[string, string, Account, string]>([
		[
			'volumes under a key',
			'EBS volumes',
			{volumes: [volume('a', id(1)), volume('b', id(1))]},
			'PASS all 2 volumes are encrypted with a customer managed key',
		],
		[
			'one of them not',
			'EBS volumes',
			{volumes: [volume('a', id(1)), volume('b', null)]},
			'FAIL MEDIUM 1 of 2 volumes is not encrypted: b',
		],
		[
			'many of them not',
			'EBS volumes',
			{volumes: ['a', 'b', 'c', 'd', 'e'].map(name => volume(name, null))},
			'FAIL MEDIUM 5 of 5 volumes are not encrypted: a, b, c and 2 more',
		],
		['the only one not', 'EBS volumes', {volumes: [volume('a', null)]}, 'FAIL MEDIUM the only volume is not encrypted: a'],
		[
			'one that does not say',
			'EBS volumes',
			{volumes: [volume('a', id(1)), {name: 'b', of: {instanceIds: []}}]},
			'UNKNOWN 1 volume is encrypted, but ec2:DescribeVolumes did not say whether it is encrypted (volume b)',
		],
		[
			'an AMI with one plain disk',
			'AMIs',
			{images: [image({encrypted: true, kmsKeyId: id(1)}, {encrypted: false})]},
			'FAIL MEDIUM the only AMI is not encrypted: base',
		],
		[
			'an AMI whose key is its snapshot owner’s',
			'AMIs',
			{images: [image({encrypted: true})]},
			'PASS the only AMI is encrypted with a key of unknown type',
		],
		['an AMI that lies in S3', 'AMIs', {images: [{name: 'old', of: {rootDeviceType: 'instance-store', disks: []}}]}, 'no row'],
		['a bucket without a setting', 'S3 buckets', {buckets: [bucket(null)]}, 'PASS the only bucket is encrypted with a key that AWS owns'],
		[
			'a bucket under S3’s keys',
			'S3 buckets',
			{buckets: [bucket(sse('AES256'))]},
			'PASS the only bucket is encrypted with a key that AWS owns',
		],
		[
			'a bucket under aws/s3',
			'S3 buckets',
			{buckets: [bucket(sse('aws:kms'))]},
			'PASS the only bucket is encrypted with a key that AWS manages',
		],
		[
			'a bucket under KMS twice',
			'S3 buckets',
			{buckets: [bucket(sse('aws:kms:dsse', 'alias/mine'))]},
			'PASS the only bucket is encrypted with a customer managed key',
		],
		[
			'a bucket of tomorrow',
			'S3 buckets',
			{buckets: [bucket(sse('aws:new'))]},
			'PASS the only bucket is encrypted with a key of unknown type',
		],
		[
			'a refused bucket',
			'S3 buckets',
			{buckets: [{name: 'lake', unread: {GetBucketEncryption: refusal('s3:GetEncryptionConfiguration')}}]},
			'UNKNOWN s3:GetEncryptionConfiguration was denied (bucket lake)',
		],
		[
			'a table under a key of AWS',
			'DynamoDB tables',
			{tables: [table('orders', null)]},
			'PASS the only table is encrypted with a key that AWS owns',
		],
		[
			'a plain cluster',
			'Aurora global clusters',
			{clusters: [{name: 'shop', of: {storageEncryptionType: 'none'}}]},
			'FAIL MEDIUM the only Aurora cluster is not encrypted: shop',
		],
		[
			'a cluster under a key of AWS',
			'Aurora global clusters',
			{clusters: [{name: 'shop', of: {storageEncryptionType: 'sse-rds', storageEncrypted: false}}]},
			'PASS the only Aurora cluster is encrypted with a key that AWS owns',
		],
		[
			'a cluster of the old answer',
			'Aurora global clusters',
			{clusters: [{name: 'shop', of: {storageEncrypted: true, kmsKeyId: id(1)}}]},
			'PASS the only Aurora cluster is encrypted with a customer managed key',
		],
		[
			'a cluster that says false alone',
			'Aurora global clusters',
			{clusters: [{name: 'shop', of: {storageEncrypted: false}}]},
			'UNKNOWN rds:DescribeDBClusters did not say how it is encrypted',
		],
		[
			'secrets',
			'Secrets',
			{
				secrets: [
					{name: 'a', of: {}},
					{name: 'b', of: {kmsKeyId: id(1)}},
				],
			},
			'PASS all 2 secrets are encrypted: 1 with a key that AWS manages and 1 with a customer managed key',
		],
		[
			'a suspected secret',
			'Secret parameters',
			{parameters: [{name: '/pw', of: {type: 'String'}, ...suspect}]},
			'FAIL MEDIUM 1 secret is suspected in plaintext: /pw',
		],
		['plain parameters', 'Secret parameters', {parameters: [{name: '/host', of: {type: 'String'}}]}, 'no row'],
		[
			'another account’s parameter',
			'Secret parameters',
			{parameters: [{name: '/pw', of: {type: 'String', sharedBy: '999988887777'}, ...suspect}]},
			'no row',
		],
	])('%s', (_what, title, given, answer) => {
		expect(encrypted(title, given)).toContain(answer);
	});

	test('a refused listing is no empty one, and does not hide what is known', () => {
		const gaps = {'ec2:DescribeVolumes': refusal('ec2:DescribeVolumes')};
		expect(encrypted('EBS volumes', {}, gaps)).toBe('UNKNOWN ec2:DescribeVolumes was denied');
		expect(encrypted('EBS volumes', {volumes: [volume('a', id(1))]}, gaps)).toBe(
			'UNKNOWN 1 volume is encrypted, but ec2:DescribeVolumes was denied',
		);
		expect(encrypted('EBS volumes', {volumes: [volume('a', null)]}, gaps)).toBe(
			'FAIL MEDIUM the only volume is not encrypted: a; ec2:DescribeVolumes was denied',
		);
		expect(rowsOfKind(rowsOf(inputsOf({volumes: [volume('a', id(1))]}, gaps)), 'Store')[0]?.cells.slice(0, 2)).toEqual(['1+', '?']);
		expect(encrypted('EBS volumes', {}, {'ec2:DescribeVolumes': refusal('ec2', 'not-available')})).toBe('no row');
		expect(
			rowsOfKind(rowsOf(inputsOf({}, {'s3:ListBuckets': refusal('s3:ListAllMyBuckets')})), 'Store').map(({key: one}) => one),
		).toHaveLength(1);
	});

	test('things are counted by type of key', () => {
		const keys = [
			key(),
			key({origin: 'EXTERNAL', aliases: []}, {name: 'imported', arn: id(2)}),
			key({origin: 'AWS_CLOUDHSM', aliases: []}, {name: 'hsm', arn: id(3)}),
			key({keyManager: 'AWS', aliases: ['alias/aws/ebs']}, {name: 'aws/ebs', arn: id(4)}),
			{name: 'dark', arn: id(5), unread: {DescribeKey: refusal('kms:DescribeKey')}},
		];
		const foreign = `arn:aws:kms:${here}:999988887777:key/${keyId(7)}`;
		const volumes = [null, id(1), id(1), id(2), id(3), id(4), id(5), id(6), foreign].map((one, index) => volume(`v${index}`, one));
		const [row] = rowsOfKind(rowsOf(inputsOf({keys, volumes})), 'Store');
		expect(row?.resource.configuration).toMatchObject({
			total: 9,
			counts: {plain: 1, owned: 0, managed: 1, customer: 2, imported: 1, keyStore: 1, foreign: 1, unknown: 2},
			untyped: ['kms:DescribeKey was denied (volume v6)', expect.stringMatching(/^kms:ListKeys does not name it .*\(volume v7\)$/u)],
		});
		expect(row?.cells).toEqual([9, 1, 0, 1, 2, 1, 1, 1, 2]);
	});
});

test.each<[string, Partial<Given>, string]>([
	['an own key', {of: {encryptionByDefault: true, defaultKmsKeyId: id(1)}}, 'PASS new volumes are encrypted with mine, a key of your own'],
	[
		'aws/ebs',
		{of: {encryptionByDefault: true, defaultKmsKeyId: 'alias/aws/ebs'}},
		'FAIL INFORMATIONAL new volumes are encrypted with aws/ebs, which AWS manages',
	],
	[
		'a key that KMS does not list',
		{of: {encryptionByDefault: true, defaultKmsKeyId: id(9)}},
		`UNKNOWN new volumes are encrypted with ${keyId(9)}; kms:ListKeys does not name it`,
	],
	[
		'none',
		{of: {encryptionByDefault: false, defaultKmsKeyId: id(1)}},
		'FAIL INFORMATIONAL new volumes are not encrypted unless somebody asks for it',
	],
	[
		'one that was refused',
		{unread: {GetEbsEncryptionByDefault: refusal('ec2:GetEbsEncryptionByDefault')}},
		'UNKNOWN ec2:GetEbsEncryptionByDefault was denied',
	],
])('the Region’s default key for EBS is %s', (_what, given, answer) => {
	const rows = rowsOf(inputsOf({keys: [key()], volumes: [volume('a', id(1))], settings: [{name: here, ...given}]}));
	expect(answerOf(rows, 'atrest-store-default-own-key', 'EBS volumes')).toContain(answer);
	expect(answerOf(rowsOf(inputsOf({secrets: [{name: 'a'}]})), 'atrest-store-default-own-key', 'Secrets')).toMatch(/^NOT_APPLICABLE/u);
});

describe('what it costs', () => {
	const given: Account = {
		keys: [
			key({}, {usdPerMonth: 3}),
			key({}, {name: 'two', arn: id(2), awsRegion: 'us-east-1'}),
			key({}, {name: 'dying', arn: id(3), usdPerMonth: 0}),
		],
		secrets: [{name: 'a', usdPerMonth: 0.4}, {name: 'b', usdPerMonth: 0.4}, {name: 'deleted'}],
		parameters: [{name: '/a', usdPerMonth: 0.05}, {name: '/b'}],
		subscriptions: [{name: 'Shield', awsRegion: 'global', usdPerMonth: 3000}],
	};
	const bill = (inputs: Inputs) => rowsOfKind(rowsOf(inputs), 'Bill');
	const organization = (of: Readonly<Record<string, Json>>): Given => ({name: 'o-a1b2c3d4e5', awsRegion: 'global', of});
	const alone = [organization({inUse: false})];

	test('is summed by what is paid for, and by Region', () => {
		const [row, ...others] = bill(inputsOf({...given, organizations: alone}));
		expect(others).toEqual([]);
		expect(row?.resource.configuration).toEqual({
			keys: {count: 2, usd: 2},
			rotations: {count: 2, usd: 2},
			secrets: {count: 2, usd: 0.8},
			parameters: {count: 1, usd: 0.05},
			shield: {count: 1, usd: 3000},
			usd: 3004.85,
			byRegion: [
				{awsRegion: 'global', usd: 3000},
				{awsRegion: here, usd: 3.85},
				{awsRegion: 'us-east-1', usd: 1},
			],
			uncounted: [],
		});
		expect(row?.cells[0]).toBe('3004.85');
		// Its parts have their own price where they are: the row must not add to the account's total.
		expect(row?.usdPerMonth).toBe(0);
	});

	test('says what is not counted', () => {
		const unread = {ListKeyRotations: refusal('kms:ListKeyRotations')};
		const told = {...given, organizations: alone, keys: [key({}, {unread})]};
		const [row] = bill(inputsOf(told, {'ssm:DescribeParameters': refusal('ssm:DescribeParameters')}));
		expect(row?.resource.configuration).toMatchObject({
			uncounted: ['ssm:DescribeParameters was denied', 'kms:ListKeyRotations was denied (key mine)'],
		});
		expect(row?.cells[0]).toMatch(/\+$/u);
		expect(Object.keys(row?.resource.unread ?? {})).toEqual(['ssm:DescribeParameters', 'kms:ListKeyRotations']);
	});

	test.each<
		[string, readonly Given[], Readonly<Record<string, Refusal>>, {shield: string; total: string; notIn: RegExp; notCounted: string | null}]
	>([
		[
			'this account’s own, where it is in no organisation',
			alone,
			{},
			{shield: '3000.00 for 1', total: '3004.85', notIn: /traffic$/u, notCounted: null},
		],
		[
			'the payer’s, for all accounts',
			[organization({inUse: true, isManagement: true, managementAccountId: account})],
			{},
			{shield: '3000.00 for 1, once for the whole organisation', total: '3004.85', notIn: /traffic$/u, notCounted: null},
		],
		[
			'no member’s',
			[organization({inUse: true, isManagement: false, managementAccountId: '999988887777'})],
			{},
			{
				shield: '0.00, charged once for the whole organisation to account 999988887777',
				total: '4.85',
				notIn: /traffic, the 3000\.00 of Shield Advanced, which account 999988887777 pays for the whole organisation$/u,
				notCounted: null,
			},
		],
		[
			'nobody knows whose',
			[],
			{'organizations:DescribeOrganization': refusal('organizations:DescribeOrganization')},
			{
				shield: '?',
				total: '4.85+',
				notIn: /traffic$/u,
				notCounted:
					'organizations:DescribeOrganization was denied (fee of Shield Advanced, 3000.00 if this account pays for the organisation)',
			},
		],
	])('the fee of Shield Advanced is %s', (_what, organizations, gaps, {shield, total, notIn, notCounted}) => {
		const [row] = bill(inputsOf({...given, organizations}, gaps));
		const facts = new Map(row?.facts);
		expect([row?.cells[0], facts.get('Shield Advanced'), facts.get('Not counted') ?? null]).toEqual([total, shield, notCounted]);
		expect(facts.get('Not in it')).toMatch(notIn);
		expect(String(facts.get('By Region')).includes('global')).toBe(total === '3004.85');
	});

	test('no organisation is asked for where nobody is subscribed', () => {
		const [row] = bill(inputsOf({}, {'organizations:DescribeOrganization': refusal('organizations:DescribeOrganization')}));
		expect([row?.cells[0], new Map(row?.facts).get('Shield Advanced'), row?.resource.unread]).toEqual(['0.00', '0.00 for 0', {}]);
	});

	test.each<[number | undefined, string]>([
		[undefined, 'UNKNOWN Vedette has not counted its own requests to KMS for a day yet'],
		[0, 'PASS Vedette sends about 0 requests to KMS a month, 0.00 USD at most'],
		[19_960, 'PASS Vedette sends about 20,000 requests to KMS a month, 0.06 USD at most'],
		[518_400.7, 'FAIL INFORMATIONAL Vedette sends about 520,000 requests to KMS a month, 1.56 USD at most'],
	])('Vedette’s own requests to KMS, %s a month', (calls, answer) => {
		expect(answerOf(bill(inputsOf({}, {}, calls)), 'atrest-bill-own-requests', 'Keys and secrets, a month')).toBe(answer);
	});
});
