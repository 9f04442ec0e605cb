import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {evaluateResource} from '../../source/evaluate/index.js';
import type {Resource, RuleOverride, Severity, Verdict} from '../../source/model/index.js';
import {kms} from '../../source/services/kms/index.js';
import type {Key} from '../../source/services/kms/rules/key.js';

const now = '2026-11-23T12:00:00.000Z';
const inDays = (days: number): string => new Date(Date.parse(now) + days * 86_400_000).toISOString();
const own = '123456789012';
const stranger = '999988887777';
const rootStatement = {Sid: 'Root', Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${own}:root`}, Action: 'kms:*', Resource: '*'};
const policyOf = (...statements: readonly object[]): string =>
	JSON.stringify({Version: '2012-10-17', Statement: [rootStatement, ...statements]});

/** A symmetric customer managed key in good order; `facts` say what differs. */
const key = (facts: Partial<Key> = {}, over: Partial<Resource<Key>> = {}): Resource<Key> => ({
	arn: `arn:aws:kms:eu-west-1:${own}:key/1111`,
	resourceType: 'AWS::KMS::Key',
	resourceId: '1111',
	resourceName: 'prod/app',
	accountId: own,
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {
		aliases: ['alias/prod/app'],
		keyManager: 'CUSTOMER',
		keyState: 'Enabled',
		keySpec: 'SYMMETRIC_DEFAULT',
		keyUsage: 'ENCRYPT_DECRYPT',
		origin: 'AWS_KMS',
		creationDate: inDays(-400),
		rotation: {enabled: true, periodInDays: 365, nextRotationDate: inDays(201.5)},
		materials: [{keyMaterialState: 'CURRENT', rotationDate: inDays(-35), rotationType: 'AUTOMATIC'}],
		policy: policyOf(),
		grantees: [],
		lastUsage: {usedAt: inDays(-0.01), operation: 'Decrypt', trackedSince: inDays(-240), createdAt: inDays(-400)},
		...facts,
	},
	unread: {},
	readAt: {},
	...over,
});

const imported = (facts: Partial<Key> = {}): Resource<Key> =>
	key({
		origin: 'EXTERNAL',
		expirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
		rotation: undefined,
		materials: [{keyMaterialState: 'CURRENT', importState: 'IMPORTED', rotationDate: inDays(-30)}],
		...facts,
	});

const replicaArn = `arn:aws:kms:us-east-1:${own}:key/mrk-1`;
const primary = (facts: Partial<Key> = {}): Resource<Key> =>
	key({
		multiRegion: {
			type: 'PRIMARY',
			primary: {arn: `arn:aws:kms:eu-west-1:${own}:key/mrk-1`, awsRegion: 'eu-west-1'},
			replicas: [{arn: replicaArn, awsRegion: 'us-east-1'}],
		},
		...facts,
	});
const replica = (facts: Partial<Key> = {}): Resource<Key> =>
	key(
		{
			multiRegion: {type: 'REPLICA', primary: {arn: `arn:aws:kms:eu-west-1:${own}:key/mrk-1`, awsRegion: 'eu-west-1'}, replicas: []},
			rotation: undefined,
			...facts,
		},
		{arn: replicaArn, awsRegion: 'us-east-1'},
	);

const [kind] = kms.kinds;

const entryOf = (
	resource: Resource<Key>,
	over: {
		readonly related?: readonly Resource[];
		readonly watches?: readonly string[];
		readonly trustedAccounts?: readonly string[];
		readonly rules?: Readonly<Record<string, RuleOverride>>;
	} = {},
) => {
	if (kind === undefined) {
		throw new Error('KMS has no kind');
	}

	return evaluateResource({
		service: kms,
		kind,
		resource,
		previous: undefined,
		baseline: true,
		rules: over.rules ?? {},
		context: {
			now,
			trustedAccounts: over.trustedAccounts ?? [],
			related: arn => over.related?.find(one => one.arn === arn),
			watches: awsRegion => over.watches?.includes(awsRegion) ?? true,
		},
	}).entry;
};

const judged = (ruleId: string, ...given: Parameters<typeof entryOf>) => {
	const judgement = entryOf(...given).judgements.find(one => one.ruleId === ruleId);
	return judgement && {verdict: judgement.verdict, severity: judgement.severity, reason: judgement.reason};
};

type Row = readonly [what: string, given: Parameters<typeof entryOf>, verdict: Verdict, reason: string, severity?: Severity];

const table = (ruleId: string, rows: readonly Row[]): void => {
	describe(ruleId, () => {
		for (const [what, given, verdict, reason, severity] of rows) {
			test(what, () => {
				expect(judged(ruleId, ...given)).toEqual({verdict, reason, severity: severity ?? expect.any(String)});
			});
		}
	});
};

const awsManaged = key({
	keyManager: 'AWS',
	rotation: undefined,
	policy: undefined,
	grantees: undefined,
	lastUsage: undefined,
	materials: undefined,
});

table('kms-key-rotation-enabled', [
	['on', [key()], 'PASS', 'rotates every 365 days, next in 201 days'],
	['off', [key({rotation: {enabled: false}})], 'FAIL', 'does not rotate automatically', 'MEDIUM'],
	['on, but late', [key({rotation: {enabled: true, nextRotationDate: inDays(-11)}})], 'PASS', 'rotates every 365 days, and is due now'],
	['of AWS', [awsManaged], 'NOT_APPLICABLE', 'AWS manages this key, its rotation and its policy'],
	['imported', [imported()], 'NOT_APPLICABLE', 'imported: KMS rotates only key material of its own making'],
	[
		'in CloudHSM',
		[key({origin: 'AWS_CLOUDHSM', rotation: undefined})],
		'NOT_APPLICABLE',
		'in a CloudHSM key store, which KMS does not rotate',
	],
	[
		'in an external key store',
		[key({origin: 'EXTERNAL_KEY_STORE', rotation: undefined})],
		'NOT_APPLICABLE',
		'in an external key store, which KMS does not rotate',
	],
	[
		'asymmetric',
		[key({keySpec: 'ECC_NIST_P256', rotation: undefined})],
		'NOT_APPLICABLE',
		'keys of type ECC_NIST_P256 do not rotate automatically',
	],
	[
		'post-quantum',
		[key({keySpec: 'ML_DSA_65', rotation: undefined})],
		'NOT_APPLICABLE',
		'keys of type ML_DSA_65 do not rotate automatically',
	],
	['HMAC', [key({keySpec: 'HMAC_256', rotation: undefined})], 'NOT_APPLICABLE', 'keys of type HMAC_256 do not rotate automatically'],
	['disabled', [key({keyState: 'Disabled'})], 'NOT_APPLICABLE', 'disabled'],
	['dying', [key({keyState: 'PendingDeletion', rotation: {enabled: false}})], 'NOT_APPLICABLE', 'scheduled for deletion'],
	['a replica', [replica()], 'NOT_APPLICABLE', 'a replica: rotation is set on its primary in eu-west-1'],
	['unsupported', [key({rotation: null})], 'NOT_APPLICABLE', 'KMS says that this key cannot rotate'],
	[
		'in a state of the future',
		[key({keyState: 'Resting', rotation: undefined})],
		'UNKNOWN',
		'its state is Resting, which this version of Vedette does not know',
	],
	[
		'of a type of the future',
		[key({keySpec: 'QUANTUM_1', rotation: undefined})],
		'UNKNOWN',
		'its type is QUANTUM_1, which this version of Vedette does not know',
	],
]);

table('kms-key-rotation-on-time', [
	['due', [key()], 'PASS', 'next rotation in 201 days'],
	['a day late', [key({rotation: {enabled: true, nextRotationDate: inDays(-1)}})], 'PASS', 'rotation is due now'],
	['five days late', [key({rotation: {enabled: true, nextRotationDate: inDays(-5)}})], 'FAIL', 'rotation 5 days late, due on 2026-11-18'],
	['off', [key({rotation: {enabled: false}})], 'NOT_APPLICABLE', 'automatic rotation is off'],
	[
		'on demand',
		[key({rotation: {enabled: true, nextRotationDate: inDays(-5), onDemandRotationStartDate: inDays(-0.125)}})],
		'PASS',
		'rotation on demand under way, begun 3 hours ago',
	],
	['without a date', [key({rotation: {enabled: true}})], 'UNKNOWN', 'KMS did not say when it rotates next'],
	[
		'late by a grace of the configuration',
		[
			key({rotation: {enabled: true, nextRotationDate: inDays(-5)}}),
			{rules: {'kms-key-rotation-on-time': {enabled: true, settings: {graceDays: 10}}}},
		],
		'PASS',
		'rotation is due now',
	],
]);

table('kms-material-not-expiring', [
	['for good', [imported()], 'PASS', 'key material does not end'],
	['in a year', [imported({validTo: inDays(365.5)})], 'PASS', 'key material ends in 365 days'],
	['in 9 days', [imported({validTo: inDays(9.5)})], 'FAIL', 'key material ends in 9 days', 'HIGH'],
	['in 3 days', [imported({validTo: inDays(3.5)})], 'FAIL', 'key material ends in 3 days', 'CRITICAL'],
	['over', [imported({validTo: inDays(-2.5)})], 'FAIL', 'key material ended 2 days ago', 'CRITICAL'],
	[
		'an older one first',
		[imported({validTo: inDays(100), materials: [{keyMaterialState: 'NON_CURRENT', validTo: inDays(6.5)}]})],
		'FAIL',
		'key material ends in 6 days',
		'CRITICAL',
	],
	[
		'one that is not in use yet',
		[imported({materials: [{keyMaterialState: 'PENDING_ROTATION', validTo: inDays(2)}]})],
		'PASS',
		'key material does not end',
	],
	['unsaid', [imported({expirationModel: undefined})], 'UNKNOWN', 'KMS did not say when its imported material ends'],
	['made by KMS', [key()], 'NOT_APPLICABLE', 'key material made by KMS, not imported'],
	['not there', [imported({keyState: 'PendingImport'})], 'NOT_APPLICABLE', 'without key material'],
]);

table('kms-material-rotated', [
	['lately', [imported()], 'PASS', 'key material replaced 30 days ago'],
	[
		'never',
		[imported({materials: [{keyMaterialState: 'CURRENT'}]})],
		'FAIL',
		'key material never replaced, the key was created 400 days ago',
	],
	[
		'long ago, and new material waits',
		[imported({materials: [{rotationDate: inDays(-390)}, {keyMaterialState: 'PENDING_ROTATION'}]})],
		'FAIL',
		'key material replaced 390 days ago; new material waits for its rotation',
	],
	[
		'long ago, and not all replicas have the new one',
		[
			imported({
				materials: [{rotationDate: inDays(-390)}, {keyMaterialState: 'PENDING_MULTI_REGION_IMPORT_AND_ROTATION'}],
			}),
		],
		'FAIL',
		'key material replaced 390 days ago; new material waits for its import into every replica',
	],
	[
		'as often as can be',
		[imported({materials: Array.from({length: 25}, (_, index) => ({rotationDate: inDays(-390 - index), rotationType: 'ON_DEMAND'}))})],
		'FAIL',
		'key material replaced 390 days ago; all 25 rotations on demand are used up, so it takes a new key',
	],
	[
		'not yet',
		[imported({materials: [{}], creationDate: inDays(-20)})],
		'PASS',
		'key material not replaced yet, the key was created 20 days ago',
	],
	['RSA', [imported({keySpec: 'RSA_2048'})], 'NOT_APPLICABLE', 'keys of type RSA_2048 cannot be rotated on demand'],
	['unsupported', [imported({materials: null})], 'NOT_APPLICABLE', 'KMS says that this key cannot be rotated on demand'],
]);

table('kms-key-not-pending-deletion', [
	['stays', [key()], 'PASS', 'not scheduled for deletion'],
	['stays disabled', [key({keyState: 'Disabled'})], 'PASS', 'not scheduled for deletion'],
	[
		'goes, in use',
		[key({keyState: 'PendingDeletion', deletionDate: inDays(4.5), lastUsage: {usedAt: inDays(-9.5 / 1440)}})],
		'FAIL',
		'deletion in 4 days, used 9 minutes ago',
		'CRITICAL',
	],
	[
		'goes, long unused',
		[key({keyState: 'PendingDeletion', deletionDate: inDays(4.5), lastUsage: {usedAt: inDays(-60)}})],
		'FAIL',
		'deletion in 4 days, used 60 days ago',
		'HIGH',
	],
	[
		'goes, without a record',
		[key({keyState: 'PendingDeletion', deletionDate: inDays(4.5), lastUsage: {trackedSince: '2026-03-28T00:00:00.000Z'}})],
		'FAIL',
		'deletion in 4 days, no use recorded since 2026-03-28',
		'HIGH',
	],
	[
		'goes, use unread',
		[key({keyState: 'PendingDeletion', deletionDate: inDays(4.5), lastUsage: undefined})],
		'FAIL',
		'deletion in 4 days, whether it is in use is not known',
		'HIGH',
	],
	[
		'goes, use refused',
		[
			key(
				{keyState: 'PendingDeletion', deletionDate: inDays(4.5), lastUsage: undefined},
				{
					unread: {
						GetKeyLastUsage: {
							status: 'denied',
							operation: 'GetKeyLastUsage',
							iamAction: 'kms:GetKeyLastUsage',
							error: 'AccessDeniedException',
							message: '',
						},
					},
				},
			),
		],
		'FAIL',
		'deletion in 4 days, its last use could not be read: kms:GetKeyLastUsage',
		'HIGH',
	],
	[
		'goes any moment',
		[key({keyState: 'PendingDeletion', deletionDate: inDays(-0.1), lastUsage: {}})],
		'FAIL',
		'deletion is due now, no use recorded',
	],
	[
		'goes after its replicas',
		[key({keyState: 'PendingReplicaDeletion', pendingDeletionWindowInDays: 7, lastUsage: {trackedSince: inDays(-100)}})],
		'FAIL',
		`deletion 7 days after that of its last replica, no use recorded since ${inDays(-100).slice(0, 10)}`,
	],
	[
		'is in a state of the future',
		[key({keyState: 'Leaving'})],
		'UNKNOWN',
		'its state is Leaving, which this version of Vedette does not know',
	],
]);

table('kms-key-usable', [
	['enabled', [key()], 'PASS', 'enabled'],
	['being updated', [key({keyState: 'Updating'})], 'PASS', 'being updated, which passes'],
	['without material', [imported({keyState: 'PendingImport', materials: []})], 'FAIL', 'no key material: it waits to be imported', 'HIGH'],
	[
		'with lost material',
		[imported({keyState: 'PendingImport', materials: [{importState: 'PENDING_IMPORT'}]})],
		'FAIL',
		'key material is gone, and must be imported again',
	],
	[
		'cut off',
		[key({keyState: 'Unavailable', origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1'})],
		'FAIL',
		'unavailable: its key store cks-1 is not connected',
	],
	[
		'cut off by a store that failed',
		[
			key({
				keyState: 'Unavailable',
				origin: 'EXTERNAL_KEY_STORE',
				customKeyStoreId: 'cks-1',
				keyStore: {name: 'xks-legal', connectionState: 'FAILED', connectionErrorCode: 'XKS_PROXY_TIMED_OUT'},
			}),
		],
		'FAIL',
		'unavailable: its key store xks-legal failed to connect (XKS_PROXY_TIMED_OUT)',
		'HIGH',
	],
	[
		'cut off since its state was read',
		[key({origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1', keyStore: {connectionState: 'DISCONNECTED'}})],
		'FAIL',
		'out of reach: its key store cks-1 is disconnected',
	],
	[
		'in a store that is connected',
		[key({origin: 'AWS_CLOUDHSM', customKeyStoreId: 'cks-1', keyStore: {connectionState: 'CONNECTED'}})],
		'PASS',
		'enabled',
	],
	['disabled', [key({keyState: 'Disabled'})], 'NOT_APPLICABLE', 'disabled'],
]);

const openStatement = {Sid: 'Open', Effect: 'Allow', Principal: '*', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: '*'};
const partnerStatement = {
	Sid: 'Partner',
	Effect: 'Allow',
	Principal: {AWS: `arn:aws:iam::${stranger}:root`},
	Action: 'kms:Decrypt',
	Resource: '*',
};

table('kms-policy-not-public', [
	['closed', [key()], 'PASS', 'its policy lets in this account only'],
	['for a partner', [key({policy: policyOf(partnerStatement)})], 'PASS', `its policy lets in only those it names: ${stranger}`],
	[
		'open',
		[key({policy: policyOf(openStatement)})],
		'FAIL',
		'open to any AWS account: “Open” allows kms:Decrypt, kms:DescribeKey',
		'CRITICAL',
	],
	[
		'open through a service',
		[key({policy: policyOf({...openStatement, Condition: {StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com'}}})})],
		'FAIL',
		'open to any AWS account: “Open” allows kms:Decrypt, kms:DescribeKey (its condition on kms:ViaService does not say who)',
	],
	[
		'open to the own account through a service',
		[
			key({
				policy: policyOf({
					...openStatement,
					Condition: {StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com', 'kms:CallerAccount': own}},
				}),
			}),
		],
		'PASS',
		'its policy lets in this account only',
	],
	[
		'open to whoever meets a condition of tomorrow',
		[key({policy: policyOf({...openStatement, Condition: {StringEquals: {'aws:PrincipalPlanet': 'earth'}}})})],
		'UNKNOWN',
		'open to anyone who meets a condition on aws:PrincipalPlanet, which this version cannot judge: “Open” allows kms:Decrypt, kms:DescribeKey',
	],
	[
		'open to the own organization, whichever that is',
		[key({policy: policyOf({...openStatement, Condition: {StringEquals: {'aws:PrincipalOrgID': `\${aws:ResourceOrgID}`}}})})],
		'PASS',
		'its policy lets in this account only',
	],
	[
		'for a service',
		[key({policy: policyOf({...partnerStatement, Principal: {Service: 'logs.eu-west-1.amazonaws.com'}})})],
		'PASS',
		'its policy lets in only those it names: logs.eu-west-1.amazonaws.com',
	],
	[
		'for whom identity providers vouch for',
		[
			key({
				policy: policyOf({
					...partnerStatement,
					Principal: {Federated: ['accounts.google.com', `arn:aws:iam::${own}:saml-provider/office`]},
				}),
			}),
		],
		'PASS',
		`its policy lets in only those it names: accounts.google.com, arn:aws:iam::${own}:saml-provider/office`,
	],
	['no policy at all', [key({policy: 'not {'})], 'UNKNOWN', 'its policy cannot be judged: the policy is not JSON'],
]);

table('kms-policy-accounts-trusted', [
	['nobody', [key()], 'PASS', 'its policy names no other account'],
	[
		'a stranger',
		[key({policy: policyOf(partnerStatement)})],
		'FAIL',
		`lets in account ${stranger}: “Partner” allows kms:Decrypt`,
		'MEDIUM',
	],
	[
		'a friend',
		[key({policy: policyOf(partnerStatement)}), {trustedAccounts: [stranger]}],
		'PASS',
		`its policy lets in trusted account ${stranger} only`,
	],
	[
		'an organization',
		[key({policy: policyOf({...openStatement, Condition: {StringEquals: {'aws:PrincipalOrgID': 'o-abc123'}}})})],
		'UNKNOWN',
		'lets in every account of organization o-abc123, and which these are is not read',
	],
]);

const admin = `arn:aws:iam::${own}:role/admin`;
const auditor = `arn:aws:iam::${own}:role/auditor`;
const soleStatement = (principal: unknown, action: string, more: object = {}) =>
	JSON.stringify({
		Statement: {
			Effect: 'Allow',
			Principal: typeof principal === 'string' || Array.isArray(principal) ? {AWS: principal} : principal,
			Action: action,
			...more,
		},
	});
const everybody = {AWS: '*'};
const under = (operator: string, name: string, value: unknown) => ({Condition: {[operator]: {[name]: value}}});
const denyOf = (more: object) => policyOf({Sid: 'Keep', Effect: 'Deny', Principal: '*', Action: 'kms:Put*', Resource: '*', ...more});
const byRole = 'only role/admin may change its policy, and nobody once that is deleted';
const byName = 'only role/admin may change its policy, and nobody while there is none of that name';
const byNobody = 'nobody in this account may change its policy';
const byTheAccount = 'its policy lets the account change it';
const hangsOn = (name: string) => `whether the account may change its policy hangs on ${name}, which cannot be judged from here`;

table('kms-policy-manageable', [
	['by the account', [key()], 'PASS', byTheAccount],
	['by all of the account', [key({policy: soleStatement(own, 'kms:*')})], 'PASS', byTheAccount],
	['by one role', [key({policy: soleStatement(admin, 'kms:Put*')})], 'FAIL', byRole, 'LOW'],
	[
		'by two roles',
		[key({policy: soleStatement([admin, auditor], 'kms:Put*')})],
		'FAIL',
		'only role/admin, role/auditor may change its policy, and nobody once those are deleted',
		'LOW',
	],
	['by nobody', [key({policy: soleStatement(admin, 'kms:Decrypt')})], 'FAIL', byNobody, 'MEDIUM'],
	['unread', [key({policy: undefined})], 'UNKNOWN', 'KMS did not say what its policy is'],
	['by everybody', [key({policy: soleStatement({AWS: '*'}, 'kms:*')})], 'PASS', byTheAccount],
	[
		'by everybody, in short',
		[key({policy: JSON.stringify({Statement: {Effect: 'Allow', Principal: '*', Action: '*'}})})],
		'PASS',
		byTheAccount,
	],
	[
		'by all but another account',
		[key({policy: JSON.stringify({Statement: {Effect: 'Allow', NotPrincipal: {AWS: stranger}, Action: '*'}})})],
		'PASS',
		byTheAccount,
	],
	['by strangers', [key({policy: soleStatement(stranger, 'kms:*')})], 'FAIL', byNobody, 'MEDIUM'],
	[
		'by an organization',
		[key({policy: soleStatement(everybody, 'kms:*', under('StringEquals', 'aws:PrincipalOrgID', 'o-abc123'))})],
		'UNKNOWN',
		hangsOn('aws:PrincipalOrgID'),
	],
	[
		'by everybody of the account',
		[key({policy: soleStatement(everybody, 'kms:*', under('StringEquals', 'kms:CallerAccount', [stranger, own]))})],
		'PASS',
		byTheAccount,
	],
	[
		'by everybody of another account',
		[key({policy: soleStatement(everybody, 'kms:*', under('StringEquals', 'aws:PrincipalAccount', stranger))})],
		'FAIL',
		byNobody,
		'MEDIUM',
	],
	[
		'by everybody of one role’s name',
		[key({policy: soleStatement(everybody, 'kms:*', under('ArnEquals', 'aws:PrincipalArn', admin))})],
		'FAIL',
		byName,
		'LOW',
	],
	[
		'by one role’s name in whatever account',
		[key({policy: soleStatement(everybody, 'kms:*', under('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/admin'))})],
		'FAIL',
		byName,
		'LOW',
	],
	[
		'by everybody of two roles’ names',
		[key({policy: soleStatement(everybody, 'kms:*', under('ArnEquals', 'aws:PrincipalArn', [admin, auditor]))})],
		'FAIL',
		'only role/admin, role/auditor may change its policy, and nobody while there are none of those names',
		'LOW',
	],
	[
		'by every role',
		[key({policy: soleStatement(everybody, 'kms:*', under('ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${own}:role/*`))})],
		'PASS',
		byTheAccount,
	],
	[
		'by the root user',
		[key({policy: soleStatement(own, 'kms:*', under('ArnEquals', 'aws:PrincipalArn', `arn:aws:iam::${own}:root`))})],
		'PASS',
		byTheAccount,
	],
	[
		'by the account through a service, which changes no policy',
		[key({policy: soleStatement(own, 'kms:*', under('StringEquals', 'kms:ViaService', 'rds.eu-west-1.amazonaws.com'))})],
		'FAIL',
		byNobody,
		'MEDIUM',
	],
	[
		'by the account through a service that may',
		[key({policy: soleStatement(own, 'kms:*', under('StringLike', 'kms:ViaService', '*.eu-west-1.amazonaws.com'))})],
		'UNKNOWN',
		hangsOn('kms:ViaService'),
	],
	[
		'by the account through no service',
		[key({policy: soleStatement(own, 'kms:*', under('StringNotEquals', 'kms:ViaService', 'rds.eu-west-1.amazonaws.com'))})],
		'PASS',
		byTheAccount,
	],
	[
		'by whoever of the account bears a tag',
		[key({policy: soleStatement(own, 'kms:*', under('StringEquals', 'aws:PrincipalTag/keys', 'admin'))})],
		'PASS',
		byTheAccount,
	],
	[
		'by one role, from some network',
		[key({policy: soleStatement(admin, 'kms:*', under('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))})],
		'FAIL',
		'at most role/admin may change its policy, and only under a condition on aws:SourceIp',
		'LOW',
	],
	[
		'by two roles, from some network',
		[key({policy: soleStatement([admin, auditor], 'kms:*', under('IpAddress', 'aws:SourceIp', '192.0.2.0/24'))})],
		'FAIL',
		'at most role/admin, role/auditor may change its policy, and only under a condition on aws:SourceIp',
		'LOW',
	],
	['denied to everybody', [key({policy: denyOf({})})], 'FAIL', byNobody, 'MEDIUM'],
	['denied to the account', [key({policy: denyOf({Principal: {AWS: own}})})], 'FAIL', byNobody, 'MEDIUM'],
	['denied to one role', [key({policy: denyOf({Principal: {AWS: admin}})})], 'PASS', byTheAccount],
	['denied to all but one role', [key({policy: denyOf({Principal: undefined, NotPrincipal: {AWS: [admin, own]}})})], 'FAIL', byRole, 'LOW'],
	['denied to all but one role’s name', [key({policy: denyOf(under('ArnNotEquals', 'aws:PrincipalArn', admin))})], 'FAIL', byName, 'LOW'],
	[
		'denied without a second factor',
		[key({policy: denyOf(under('BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'))})],
		'PASS',
		byTheAccount,
	],
	['denied to all but services', [key({policy: denyOf(under('Bool', 'aws:PrincipalIsAWSService', 'false'))})], 'FAIL', byNobody, 'MEDIUM'],
	['denied to strangers', [key({policy: denyOf(under('StringNotEquals', 'aws:PrincipalAccount', own))})], 'PASS', byTheAccount],
	[
		'denied outside an organization',
		[key({policy: denyOf(under('StringNotEquals', 'aws:PrincipalOrgID', 'o-abc123'))})],
		'UNKNOWN',
		hangsOn('aws:PrincipalOrgID'),
	],
]);

const granteeOf = (principal: string, isService = false) => ({
	principal,
	isService,
	grants: 2,
	operations: ['Decrypt'],
});

table('kms-grants-accounts-trusted', [
	['none', [key()], 'PASS', 'it has no grants'],
	[
		'own',
		[key({grantees: [granteeOf(`arn:aws:iam::${own}:role/app`)]})],
		'PASS',
		'its 2 grants are with this account, trusted ones and AWS services',
	],
	[
		'service',
		[key({grantees: [granteeOf('rds.eu-west-1.amazonaws.com')]})],
		'PASS',
		'its 2 grants are with this account, trusted ones and AWS services',
	],
	[
		'stranger',
		[key({grantees: [granteeOf(`arn:aws:iam::${stranger}:role/reader`)]})],
		'FAIL',
		`a grant lets in account ${stranger}: arn:aws:iam::${stranger}:role/reader may Decrypt`,
	],
	[
		'friend',
		[key({grantees: [granteeOf(`arn:aws:iam::${stranger}:role/reader`)]}), {trustedAccounts: [stranger]}],
		'PASS',
		'its 2 grants are with this account, trusted ones and AWS services',
	],
	[
		'somebody by a bare id',
		[key({grantees: [granteeOf('AROAEXAMPLEEXAMPLE123'), granteeOf(`arn:aws:iam::${own}:role/app`)]})],
		'UNKNOWN',
		'a grant lets in AROAEXAMPLEEXAMPLE123, which does not say whose it is',
	],
	[
		'somebody by a bare id, and a stranger',
		[key({grantees: [granteeOf('AROAEXAMPLEEXAMPLE123'), granteeOf(`arn:aws:iam::${stranger}:role/reader`)]})],
		'FAIL',
		`a grant lets in account ${stranger}: arn:aws:iam::${stranger}:role/reader may Decrypt`,
	],
]);

table('kms-key-used', [
	['today', [key()], 'PASS', 'used within the last day'],
	['long ago', [key({lastUsage: {usedAt: inDays(-120.5)}})], 'FAIL', 'last used 120 days ago', 'LOW'],
	[
		'never, and recorded from the start',
		[key({lastUsage: {trackedSince: inDays(-200), createdAt: inDays(-200)}})],
		'FAIL',
		'never used since it was created 200 days ago',
	],
	[
		'never, and new',
		[key({lastUsage: {trackedSince: inDays(-12), createdAt: inDays(-12)}})],
		'PASS',
		'created 12 days ago and not used yet',
	],
	[
		'not since it was recorded',
		[key({lastUsage: {trackedSince: '2026-03-28T00:00:00.000Z', createdAt: inDays(-900)}})],
		'FAIL',
		'no use recorded since 2026-03-28, when KMS began to record it',
	],
	[
		'not since it was recorded lately',
		[key({lastUsage: {trackedSince: inDays(-40), createdAt: inDays(-900)}})],
		'UNKNOWN',
		'no use recorded in the 40 days since KMS began to record it, too short to tell',
	],
	[
		'in use where its replica is',
		[primary({lastUsage: {usedAt: inDays(-120)}}), {related: [replica()]}],
		'PASS',
		'not used here, but its replica in us-east-1 is',
	],
	[
		'idle on both sides',
		[primary({lastUsage: {usedAt: inDays(-120.5)}}), {related: [replica({lastUsage: {usedAt: inDays(-200)}})]}],
		'FAIL',
		'last used 120 days ago',
	],
	[
		'idle here, and nobody knows of its replica',
		[primary({lastUsage: {usedAt: inDays(-120)}})],
		'UNKNOWN',
		'not used here, and the last use of its replica in us-east-1 is not known',
	],
	['replica', [replica()], 'NOT_APPLICABLE', 'a replica: kept for the day its Region is needed'],
	['disabled', [key({keyState: 'Disabled'})], 'NOT_APPLICABLE', 'disabled'],
]);

table('kms-key-not-left-disabled', [
	['enabled', [key()], 'NOT_APPLICABLE', 'enabled'],
	['lately in use', [key({keyState: 'Disabled', lastUsage: {usedAt: inDays(-10.5)}})], 'PASS', 'disabled, last used 10 days ago'],
	[
		'long out of use',
		[key({keyState: 'Disabled', lastUsage: {usedAt: inDays(-200.5)}})],
		'FAIL',
		'disabled, last used 200 days ago',
		'LOW',
	],
	['dying', [key({keyState: 'PendingDeletion'})], 'NOT_APPLICABLE', 'scheduled for deletion'],
]);

const ofBothRegions = (...regions: readonly string[]): string =>
	policyOf({
		...partnerStatement,
		Condition: {
			StringEquals: {
				'kms:ViaService': (regions.length === 0 ? ['eu-west-1', 'us-east-1'] : regions).map(awsRegion => `s3.${awsRegion}.amazonaws.com`),
			},
		},
	});
const forRegionalRole = (...via: readonly string[]): string =>
	policyOf({
		...partnerStatement,
		Principal: {AWS: `arn:aws:iam::${own}:role/app-us-east-1`},
		Condition: {StringEquals: {'kms:ViaService': via.map(awsRegion => `s3.${awsRegion}.amazonaws.com`)}},
	});

table('kms-replicas-consistent', [
	['the same', [primary(), {related: [replica()]}], 'PASS', 'replica in us-east-1 is enabled and has the same policy'],
	['disabled', [primary(), {related: [replica({keyState: 'Disabled'})]}], 'FAIL', 'replica in us-east-1 is disabled', 'MEDIUM'],
	[
		'another policy',
		[primary(), {related: [replica({policy: policyOf(partnerStatement)})]}],
		'FAIL',
		'replica in us-east-1 has another policy',
	],
	[
		'a policy that differs in the Region only',
		[
			primary({policy: policyOf({...partnerStatement, Condition: {StringEquals: {'kms:ViaService': 's3.eu-west-1.amazonaws.com'}}})}),
			{
				related: [
					replica({policy: policyOf({...partnerStatement, Condition: {StringEquals: {'kms:ViaService': 's3.us-east-1.amazonaws.com'}}})}),
				],
			},
		],
		'PASS',
		'replica in us-east-1 is enabled and has the same policy',
	],
	[
		'the same policy to the letter, which speaks of both Regions',
		[primary({policy: ofBothRegions()}), {related: [replica({policy: ofBothRegions()})]}],
		'PASS',
		'replica in us-east-1 is enabled and has the same policy',
	],
	[
		'the same policy in another order, for a role with a Region in its name',
		[
			primary({policy: forRegionalRole('eu-west-1', 'us-east-1')}),
			{related: [replica({policy: forRegionalRole('us-east-1', 'eu-west-1')})]},
		],
		'PASS',
		'replica in us-east-1 is enabled and has the same policy',
	],
	[
		'policies that speak of each other’s Region alone',
		[primary({policy: ofBothRegions('us-east-1')}), {related: [replica({policy: ofBothRegions('eu-west-1')})]}],
		'FAIL',
		'replica in us-east-1 has another policy',
	],
	['not seen', [primary()], 'UNKNOWN', 'replica in us-east-1 has not been seen yet'],
	['not watched', [primary(), {watches: ['eu-west-1']}], 'UNKNOWN', 'replica in us-east-1, a Region that is not watched'],
	[
		'not readable',
		[primary(), {related: [replica({policy: undefined})]}],
		'UNKNOWN',
		'policy of the replica in us-east-1 could not be read',
	],
	[
		'missing',
		[primary({multiRegion: {type: 'PRIMARY', primary: undefined, replicas: []}})],
		'FAIL',
		'a multi-Region key without a replica',
		'LOW',
	],
	['a replica itself', [replica()], 'NOT_APPLICABLE', 'a replica: judged with its primary in eu-west-1'],
	['a single-Region key', [key()], 'NOT_APPLICABLE', 'a single-Region key'],
]);

test('a key that may not be described is UNKNOWN to every rule, by name of the permission', () => {
	const refusal = {
		status: 'denied',
		operation: 'DescribeKey',
		iamAction: 'kms:DescribeKey',
		error: 'AccessDeniedException',
		message: '',
	} as const;
	const {judgements} = entryOf(key({}, {configuration: {}, unread: {DescribeKey: refusal}}));
	expect(judgements.map(({verdict, reason}) => [verdict, reason])).toEqual(judgements.map(() => ['UNKNOWN', 'kms:DescribeKey was denied']));
});

test('a key costs a dollar, two rotations a dollar each, and nothing when it goes', () => {
	const rotations = (count: number) => Array.from({length: count}, () => ({rotationDate: inDays(-1)}));
	expect([0, 1, 2, 5].map(count => entryOf(key({materials: rotations(count)})).usdPerMonth)).toEqual([1, 2, 3, 3]);
	expect(entryOf(key({keyState: 'PendingDeletion'})).usdPerMonth).toBe(0);
	expect(entryOf(awsManaged).usdPerMonth).toBe(0);
});

test('what ends is told: deletion and material', () => {
	const whats = (resource: Resource<Key>) => entryOf(resource).expirations.map(({what}) => what);
	// KMS rotates by itself, and nothing ends with it.
	expect(whats(key())).toEqual([]);
	expect(whats(key({keyState: 'PendingDeletion', deletionDate: inDays(4), rotation: undefined}))).toEqual(['key (deletion)']);
	expect(whats(imported({validTo: inDays(9)}))).toEqual(['key material']);
});

test('facts refused turn an answer into UNKNOWN at most, whatever the key', () => {
	const facts: Readonly<Record<string, ReadonlyArray<keyof Key>>> = {
		DescribeKey: [],
		GetKeyRotationStatus: ['rotation'],
		GetKeyPolicy: ['policy'],
		ListGrants: ['grantees'],
		ListKeyRotations: ['materials'],
		GetKeyLastUsage: ['lastUsage'],
	};
	const keys = fc.constantFrom(
		key(),
		key({
			rotation: {enabled: false},
			policy: policyOf(openStatement, partnerStatement),
			grantees: [granteeOf(`arn:aws:iam::${stranger}:root`)],
		}),
		key({keyState: 'PendingDeletion', deletionDate: inDays(3)}),
		key({keyState: 'Disabled', lastUsage: {usedAt: inDays(-300)}}),
		imported({validTo: inDays(5)}),
		imported({materials: [{rotationDate: inDays(-500)}]}),
		primary(),
		replica(),
		awsManaged,
	);
	fc.assert(
		fc.property(keys, fc.subarray(Object.keys(facts)), (resource, refused) => {
			const gone = new Set<string>(refused.flatMap(operation => facts[operation] ?? []));
			const configuration = refused.includes('DescribeKey')
				? {}
				: Object.fromEntries(Object.entries(resource.configuration).filter(([name]) => !gone.has(name)));
			const unread = Object.fromEntries(
				refused.map(operation => [
					operation,
					{status: 'denied' as const, operation, iamAction: `kms:${operation}`, error: 'AccessDeniedException', message: ''},
				]),
			);
			const full = entryOf(resource, {related: [replica()]});
			const partial = entryOf({...resource, configuration, unread}, {related: [replica()]});
			for (const [index, {verdict}] of partial.judgements.entries()) {
				expect([full.judgements[index]?.verdict, 'UNKNOWN']).toContain(verdict);
			}
		}),
	);
});

test('any key is judged without a rule that fails', () => {
	const text = fc.option(fc.string(), {nil: undefined});
	const time = fc.option(
		fc.oneof(
			fc.constant('not a time'),
			fc.date({noInvalidDate: true}).map(date => date.toISOString()),
		),
		{nil: undefined},
	);
	const anyKey = fc.record({
		keyManager: fc.constantFrom('AWS', 'CUSTOMER', undefined),
		keyState: fc.constantFrom(
			'Enabled',
			'Disabled',
			'PendingDeletion',
			'PendingReplicaDeletion',
			'PendingImport',
			'Unavailable',
			'Creating',
			'Resting',
		),
		keySpec: fc.constantFrom('SYMMETRIC_DEFAULT', 'RSA_2048', 'ML_KEM_512', undefined),
		origin: fc.constantFrom('AWS_KMS', 'EXTERNAL', 'AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE', undefined),
		creationDate: time,
		deletionDate: time,
		validTo: time,
		policy: fc.option(fc.oneof(fc.string(), fc.json()), {nil: undefined}),
		rotation: fc.option(fc.record({enabled: fc.boolean(), nextRotationDate: time}), {nil: null}),
		materials: fc.option(fc.array(fc.record({keyMaterialState: text, rotationDate: time})), {nil: null}),
		lastUsage: fc.option(fc.record({usedAt: time, trackedSince: time, createdAt: time}), {nil: undefined}),
		grantees: fc.option(fc.array(fc.string().map(name => granteeOf(name))), {nil: undefined}),
	});
	fc.assert(
		fc.property(anyKey, configuration => {
			for (const {reason} of entryOf(key({}, {configuration})).judgements) {
				expect(reason).not.toMatch(/the rule failed|undefined|NaN|Infinity/u);
			}
		}),
	);
});
