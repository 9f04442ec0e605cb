import {expect} from 'vitest';
import {sharing} from '../../source/boards/sharing/index.js';
import type {Copy, Share} from '../../source/boards/sharing/share.js';
import type {Inputs, Joined, Refusal, Resource, ResourceType} from '../../source/model/index.js';
import type {Image} from '../../source/services/ec2/rules/image.js';
import type {RegionSettings} from '../../source/services/ec2/rules/settings.js';
import type {Snapshot} from '../../source/services/ec2/rules/snapshot.js';
import type {Grantee, Key} from '../../source/services/kms/rules/key.js';
import {judgeAll} from '../services/watch.js';

// Two accounts that something is shared with, and our own.
export const own = '123456789012';
export const friend = '999988887777';
export const stranger = '444455556666';
export const ourOrganization = 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5';
export const theirOrganization = 'arn:aws:organizations::111122223333:organization/o-z9y8x7w6v5';
export const unit = 'arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-a1b2-34567890';
const now = '2026-11-23T12:00:00.000Z';
export const here = 'us-east-1';

export const arnOf = (id: string, awsRegion = here, accountId = own) => `arn:aws:kms:${awsRegion}:${accountId}:key/${id}`;
export const theKey = arnOf('0aaa');
export const otherKey = arnOf('0bbb');

export const refusal = (iamAction: string, facts: Partial<Refusal> = {}): Refusal => ({
	status: 'denied',
	operation: iamAction.split(':')[1] ?? iamAction,
	iamAction,
	error: 'AccessDenied',
	message: '',
	...facts,
});
export const refused = (...iamActions: readonly string[]): Resource['unread'] =>
	Object.fromEntries(iamActions.map(iamAction => [iamAction.split(':')[1] ?? '', refusal(iamAction)]));

const resource = <C>(resourceType: ResourceType, resourceId: string, configuration: C, facts: Partial<Resource<C>> = {}): Resource<C> => ({
	arn: `arn:aws:made:${here}:${own}:${resourceId}`,
	resourceType,
	resourceId,
	resourceName: resourceId,
	accountId: own,
	awsRegion: here,
	tags: {},
	configuration,
	unread: {},
	readAt: {},
	...facts,
});

export const snapshot = (facts: Partial<Snapshot> = {}, of: Partial<Resource<Snapshot>> = {}) =>
	resource<Snapshot>(
		'AWS::EC2::Snapshot',
		'snap-1',
		{state: 'completed', storageTier: 'standard', encrypted: true, kmsKeyId: theKey, public: false, sharedWith: [], ...facts},
		of,
	);
const open = {encrypted: false} as const;
export const unencrypted = (facts: Partial<Snapshot> = {}): Resource<Snapshot> => {
	const {kmsKeyId: _, ...configuration} = snapshot({...open, ...facts}).configuration;
	return snapshot({}, {configuration});
};

const nobody = {accounts: [], organizations: [], organizationalUnits: []};
export const root = {deviceName: '/dev/xvda', snapshotId: 'snap-r', encrypted: true, kmsKeyId: theKey};
export const data = {deviceName: '/dev/sdb', snapshotId: 'snap-d', encrypted: true, kmsKeyId: otherKey};
export const image = (
	sharedWith: Partial<NonNullable<Image['sharedWith']>>,
	facts: Partial<Image> = {},
	of: Partial<Resource<Image>> = {},
) =>
	resource<Image>(
		'AWS::EC2::Image',
		'ami-1',
		{state: 'available', rootDeviceType: 'ebs', public: false, disks: [root], sharedWith: {...nobody, ...sharedWith}, ...facts},
		of,
	);

export const settings = (facts: RegionSettings, unread: Resource['unread'] = {}) =>
	resource<RegionSettings>('AWS::EC2::RegionSettings', here, facts, {unread});

export type Statement = Readonly<Record<string, unknown>>;
const everything = {Effect: 'Allow', Principal: {AWS: `arn:aws:iam::${own}:root`}, Action: 'kms:*', Resource: '*'};
export const four = ['kms:DescribeKey', 'kms:ReEncrypt*', 'kms:CreateGrant', 'kms:Decrypt'];
export const allow = (accountId: string, actions: readonly string[] = four, more: Statement = {}): Statement => ({
	Sid: 'Use',
	Effect: 'Allow',
	Principal: {AWS: `arn:aws:iam::${accountId}:root`},
	Action: actions,
	Resource: '*',
	...more,
});
export const key = (statements: readonly Statement[], facts: Partial<Key> = {}, of: Partial<Resource<Key>> = {}): Resource<Key> =>
	resource<Key>(
		'AWS::KMS::Key',
		'0aaa',
		{
			aliases: ['alias/share'],
			keyManager: 'CUSTOMER',
			keyState: 'Enabled',
			policy: JSON.stringify({Version: '2012-10-17', Statement: [everything, ...statements]}),
			grantees: [],
			...facts,
		},
		{arn: theKey, ...of},
	);
export const unreadKey = (lost: 'policy' | 'grantees', iamAction: string, statements: readonly Statement[] = []): Resource<Key> => {
	const {[lost]: _, ...configuration} = key(statements).configuration;
	return key([], {}, {configuration, unread: refused(iamAction)});
};
export const grant = (accountId: string, operations: readonly string[], constrainedOperations: readonly string[] = []): Grantee => ({
	principal: `arn:aws:iam::${accountId}:role/Restore`,
	isService: false,
	grants: 1,
	operations,
	...(constrainedOperations.length > 0 && {constrainedOperations}),
});
export const fourOperations = ['DescribeKey', 'ReEncryptFrom', 'CreateGrant', 'Decrypt'];

/** Inputs of what is there; `gaps` by IAM action and Region, such as `ec2:DescribeImages us-east-1`. */
export const inputsOf = (
	resources: readonly Resource[],
	{
		gaps = {},
		regions = [here, 'eu-west-1'],
	}: {readonly gaps?: Readonly<Record<string, Refusal>>; readonly regions?: readonly string[]} = {},
): Inputs => ({
	accountId: own,
	partition: 'aws',
	now,
	regions,
	trustedAccounts: [friend, 'o-a1b2c3d4e5'],
	mutes: [],
	of: <C>(resourceType: ResourceType) =>
		resources
			.filter(one => one.resourceType === resourceType)
			// The caller's promise, as the inputs' type says.
			.map(one => ({resource: one}) as unknown as Joined<C>),
	gap: (service, operations, awsRegion) =>
		gaps[service] ?? operations.map(operation => gaps[`${service}:${operation} ${awsRegion}`]).find(one => one !== undefined),
});

export const judged = (resources: readonly Resource[], options: Parameters<typeof inputsOf>[1] = {}) =>
	judgeAll(sharing, [...sharing.join(inputsOf(resources, options))], now, {trustedAccounts: [friend, 'o-a1b2c3d4e5']});

export type Entry = ReturnType<typeof judged>[number];
export const shareOf = ({resource: {configuration}}: Entry) => configuration as Share;
export const copyOf = ({resource: {configuration}}: Entry) => configuration as Copy;
export const verdict = ({judgements}: Entry, rule: string): string => {
	const found = judgements.find(({ruleId}) => ruleId === `sharing-${rule}`);
	expect(found?.reason).not.toMatch(/undefined|NaN|\.$/u);
	return `${found?.verdict}${found?.verdict === 'FAIL' ? ` ${found.severity}` : ''}`;
};
export const reasons = ({judgements}: Entry): string => judgements.map(({reason}) => reason).join('\n');
