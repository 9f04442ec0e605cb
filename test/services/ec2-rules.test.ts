import {describe, expect, test} from 'vitest';
import type {Answer, Refusal, Resource, Rule, RuleContext} from '../../source/model/index.js';
import {openingFor} from '../../source/services/ec2/rules/acl.js';
import type {Group, Permission} from '../../source/services/ec2/rules/group.js';
import type {Image} from '../../source/services/ec2/rules/image.js';
import {aclRules, groupRules, imageRules, settingsRules, snapshotRules} from '../../source/services/ec2/rules/index.js';
import {covers, isInternet, portsInWords} from '../../source/services/ec2/rules/internet.js';
import type {RegionSettings} from '../../source/services/ec2/rules/settings.js';
import {organizationOf} from '../../source/services/ec2/rules/share.js';
import type {Snapshot} from '../../source/services/ec2/rules/snapshot.js';

const partner = '444455556666';
const auditor = '999988887777';
const key = 'arn:aws:kms:us-east-1:123456789012:key/0aaa';
const otherKey = 'arn:aws:kms:us-east-1:123456789012:key/0bbb';

const refused = (operation: string): Resource['unread'] => ({
	[operation]: {
		status: 'denied',
		operation,
		iamAction: `ec2:${operation}`,
		error: 'UnauthorizedOperation',
		message: 'no',
	} satisfies Refusal,
});

const ask = <C>(rules: ReadonlyArray<Rule<C>>, ruleId: string, configuration: C, unread: Resource['unread'] = {}): Answer => {
	const rule = rules.find(({id}) => id === `ec2-${ruleId}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${ruleId}`);
	}

	const resource: Resource<C> = {
		arn: 'arn:aws:ec2:us-east-1:123456789012:thing/x',
		resourceType: 'AWS::EC2::Thing',
		resourceId: 'x',
		resourceName: 'x',
		accountId: '123456789012',
		awsRegion: 'us-east-1',
		tags: {},
		configuration,
		unread,
		readAt: {},
	};
	const context: RuleContext = {
		now: '2026-11-23T12:00:00.000Z',
		settings: rule.settings ?? {},
		trustedAccounts: [auditor, 'o-a1b2c3d4e5'],
		related: () => undefined,
		watches: () => true,
	};
	const exemption = rule.exempts?.(resource, context);
	const answer = exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE' as const, reason: exemption};
	expect(answer.reason).not.toMatch(/undefined|NaN|\.$/u);
	return {...answer, severity: answer.severity ?? rule.severity};
};

describe('what counts as the internet', () => {
	test.each([
		['0.0.0.0/0', true],
		['0.0.0.0/1', true],
		['128.0.0.0/1', true],
		['::/0', true],
		['2000::/3', true],
		['10.0.0.0/8', false],
		['100.0.0.0/8', false],
		['fc00::/7', false],
		['2a05:d018::/32', false],
		['203.0.113.7/32', false],
		['', false],
		['sg-1', false],
	])('%s: %s', (cidr, is) => {
		expect(isInternet(cidr)).toBe(is);
	});

	test('protocols go by name and number, and without ends a rule is for all ports', () => {
		const ssh = {protocol: 'tcp', port: 22} as const;
		expect(covers({protocol: '-1'}, ssh)).toBe(true);
		expect(covers({protocol: '6', fromPort: 0, toPort: 1024}, ssh)).toBe(true);
		expect(covers({protocol: 'tcp'}, ssh)).toBe(true);
		expect(covers({protocol: 'udp', fromPort: 22, toPort: 22}, ssh)).toBe(false);
		expect(covers({protocol: '47'}, ssh)).toBe(false);
		expect(
			[
				{protocol: '-1'},
				{protocol: '6'},
				{protocol: 'udp', fromPort: 53, toPort: 53},
				{protocol: 'tcp', fromPort: 1, toPort: 9},
				{protocol: '47'},
				{protocol: '1', fromPort: 8, toPort: -1},
			].map(portsInWords),
		).toEqual(['all traffic', 'all tcp ports', 'port 53 (udp)', 'ports 1–9', 'protocol 47 (GRE)', 'icmp']);
	});
});

const permission = (ports: Partial<Permission>, ...cidrs: readonly string[]): Permission => ({
	protocol: 'tcp',
	cidrs,
	prefixListIds: [],
	groups: [],
	...ports,
});
const on = (port: number, ...cidrs: readonly string[]) => permission({fromPort: port, toPort: port}, ...cidrs);
const group = (ingress: readonly Permission[], facts: Partial<Group> = {}): Group => ({
	isDefault: false,
	ingress,
	egress: [],
	prefixLists: [],
	referencedBy: [],
	interfaces: {total: 1, public: 1, instanceIds: ['i-1'], loadBalancers: [], others: {}},
	...facts,
});
const listed = (port: number) => [permission({fromPort: port, toPort: port, prefixListIds: ['pl-1']})];
const nothing = {total: 0, public: 0, instanceIds: [], loadBalancers: [], others: {}};
const hidden = {total: 1, public: 0, instanceIds: ['i-1'], loadBalancers: [], others: {}};
const {interfaces: _, ...blind} = group([on(22, '0.0.0.0/0')]);

const groupCases: ReadonlyArray<readonly [rule: string, what: string, Group, verdict: string, severity: string, reason: string]> = [
	['admin-ports-closed', 'closed', group([on(443, '0.0.0.0/0')]), 'PASS', '', ''],
	['admin-ports-closed', 'open', group([on(22, '0.0.0.0/0')]), 'FAIL', 'HIGH', '22 (SSH) open to 0.0.0.0/0, on 1 instance'],
	[
		'admin-ports-closed',
		'within a range',
		group([permission({fromPort: 3000, toPort: 4000}, '::/0')]),
		'FAIL',
		'HIGH',
		'3389 (RDP) open to ::/0',
	],
	['admin-ports-closed', 'by halves', group([on(22, '0.0.0.0/1', '128.0.0.0/1')]), 'FAIL', 'HIGH', '0.0.0.0/1'],
	['admin-ports-closed', 'on nothing', group([on(22, '0.0.0.0/0')], {interfaces: nothing}), 'FAIL', 'LOW', 'on nothing yet'],
	[
		'admin-ports-closed',
		'without a public address',
		group([on(22, '0.0.0.0/0')], {interfaces: hidden}),
		'FAIL',
		'MEDIUM',
		'without a public address',
	],
	['admin-ports-closed', 'on who knows what', blind, 'FAIL', 'HIGH', '22 (SSH) open to 0.0.0.0/0'],
	[
		'admin-ports-closed',
		'all traffic',
		group([permission({protocol: '-1'}, '0.0.0.0/0')]),
		'FAIL',
		'CRITICAL',
		'all traffic, 22 (SSH) among them',
	],
	[
		'admin-ports-closed',
		'to a narrow list',
		group(listed(22), {prefixLists: [{id: 'pl-1', ownerId: '1', cidrs: ['192.0.2.0/24']}]}),
		'PASS',
		'',
		'',
	],
	[
		'admin-ports-closed',
		'to a wide list',
		group(listed(22), {prefixLists: [{id: 'pl-1', name: 'all', cidrs: ['0.0.0.0/0']}]}),
		'FAIL',
		'HIGH',
		'0.0.0.0/0 in pl-1 (all)',
	],
	['admin-ports-closed', 'to a list of AWS’s', group(listed(22), {prefixLists: [{id: 'pl-1', ownerId: 'AWS'}]}), 'PASS', '', ''],
	[
		'admin-ports-closed',
		'to a list that cannot be read',
		group(listed(22), {prefixLists: [{id: 'pl-1', ownerId: '1'}]}),
		'UNKNOWN',
		'',
		'pl-1',
	],
	['risky-ports-closed', 'a database', group([on(5432, '0.0.0.0/0')]), 'FAIL', 'HIGH', '5432 (PostgreSQL)'],
	['risky-ports-closed', 'from inside', group([on(5432, '10.0.0.0/8')]), 'PASS', '', ''],
	[
		'ports-closed',
		'the web',
		group([on(80, '0.0.0.0/0'), on(443, '::/0'), permission({protocol: 'udp', fromPort: 443, toPort: 443}, '::/0')]),
		'PASS',
		'',
		'for the web alone',
	],
	['ports-closed', 'ping', group([permission({protocol: 'icmp'}, '0.0.0.0/0')]), 'PASS', '', ''],
	['ports-closed', 'an odd port', group([on(9000, '0.0.0.0/0')]), 'FAIL', 'MEDIUM', 'port 9000 open to 0.0.0.0/0'],
	[
		'ports-closed',
		'a range with the web in it',
		group([permission({fromPort: 80, toPort: 443}, '0.0.0.0/0')]),
		'FAIL',
		'MEDIUM',
		'ports 80–443',
	],
	['ports-closed', 'all ports', group([permission({fromPort: 0, toPort: 65_535}, '0.0.0.0/0')]), 'FAIL', 'HIGH', 'all tcp ports'],
	['ports-closed', 'all sctp', group([permission({protocol: '132'}, '0.0.0.0/0')]), 'FAIL', 'HIGH', 'all sctp ports'],
	[
		'ports-closed',
		'a protocol without ports',
		group([permission({protocol: '50'}, '0.0.0.0/0')]),
		'FAIL',
		'MEDIUM',
		'protocol 50 (ESP) open to 0.0.0.0/0',
	],
	['ports-closed', 'one that nobody named', group([permission({protocol: '253'}, '::/0')]), 'FAIL', 'MEDIUM', 'protocol 253 open to ::/0'],
	[
		'ports-closed',
		'a port on more than are named',
		group([on(9000, '0.0.0.0/0')], {
			interfaces: {
				total: 420,
				public: 1,
				instanceIds: ['i-1'],
				instanceCount: 400,
				loadBalancers: ['net/a/1'],
				loadBalancerCount: 20,
				others: {},
			},
		}),
		'FAIL',
		'MEDIUM',
		'on 400 instances, 20 load balancers',
	],
	['ports-closed', 'what another rule tells', group([on(22, '0.0.0.0/0')]), 'NOT_APPLICABLE', '', ''],
	['ports-closed', 'to a list that cannot be read', group(listed(9000), {prefixLists: [{id: 'pl-1'}]}), 'UNKNOWN', '', 'port 9000'],
	['default-empty', 'another group', group([]), 'NOT_APPLICABLE', '', ''],
	['default-empty', 'empty', group([], {isDefault: true}), 'PASS', '', ''],
	[
		'default-empty',
		'out only',
		group([], {isDefault: true, egress: [permission({protocol: '-1'}, '0.0.0.0/0')]}),
		'FAIL',
		'HIGH',
		'lets traffic out',
	],
	['default-empty', 'unused', group([on(22)], {isDefault: true, interfaces: nothing}), 'FAIL', 'MEDIUM', 'nothing uses it'],
	['used', 'by another group’s rule', group([], {interfaces: nothing, referencedBy: ['sg-2']}), 'PASS', '', 'sg-2'],
	['used', 'not', group([], {interfaces: nothing}), 'FAIL', 'LOW', ''],
];

describe('rules on security groups', () => {
	test.each(groupCases)('%s: %s', (rule, what, configuration, verdict, severity, reason) => {
		const answer = ask(groupRules, `group-${rule}`, configuration);
		expect(answer, what).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
	});

	test('what a list holds is unknown by the operation that was refused', () => {
		const configuration = group(listed(22), {prefixLists: [{id: 'pl-1'}]});
		const reason = (operation: string) => ask(groupRules, 'group-admin-ports-closed', configuration, refused(operation)).reason;
		expect(reason('DescribeManagedPrefixLists')).toContain('ec2:DescribeManagedPrefixLists');
		expect(reason('GetManagedPrefixListEntries')).toContain('ec2:GetManagedPrefixListEntries');
	});

	test('rules that were not told are not taken for none', () => {
		const {ingress: __, ...untold} = group([]);
		for (const rule of ['admin-ports-closed', 'risky-ports-closed', 'ports-closed']) {
			expect(ask(groupRules, `group-${rule}`, untold).verdict).toBe('UNKNOWN');
		}
	});
});

describe('the rules of a network ACL', () => {
	const entry = (number: number, action: string, cidr: string, port?: number) => ({
		number,
		action,
		cidr,
		isEgress: false,
		...(port === undefined ? {protocol: '-1'} : {protocol: 'tcp', fromPort: port, toPort: port}),
	});
	const ssh = {protocol: 'tcp', port: 22, name: 'SSH'} as const;
	test.each([
		['an allowance', [entry(100, 'allow', '0.0.0.0/0')], 100],
		['a denial before it', [entry(10, 'deny', '0.0.0.0/0', 22), entry(100, 'allow', '0.0.0.0/0')], undefined],
		['a denial after it', [entry(100, 'allow', '0.0.0.0/0'), entry(200, 'deny', '0.0.0.0/0', 22)], 100],
		['a denial of another port', [entry(10, 'deny', '0.0.0.0/0', 3389), entry(100, 'allow', '0.0.0.0/0')], 100],
		['a denial of a half', [entry(10, 'deny', '0.0.0.0/1', 22), entry(100, 'allow', '0.0.0.0/0')], 100],
		['a denial for IPv4 alone', [entry(10, 'deny', '0.0.0.0/0', 22), entry(100, 'allow', '0.0.0.0/0'), entry(110, 'allow', '::/0')], 110],
		['one on the way out', [{...entry(100, 'allow', '0.0.0.0/0'), isEgress: true}], undefined],
		['one from inside', [entry(100, 'allow', '10.0.0.0/8')], undefined],
	] as const)('%s', (_what, entries, number) => {
		expect(openingFor(entries, ssh)?.number).toBe(number);
	});

	test('one that guards nothing is not asked, and is left over unless it is the default', () => {
		expect(ask(aclRules, 'acl-admin-ports-closed', {subnetIds: [], entries: [entry(100, 'allow', '0.0.0.0/0')]}).verdict).toBe(
			'NOT_APPLICABLE',
		);
		expect(ask(aclRules, 'acl-used', {subnetIds: [], isDefault: false}).verdict).toBe('FAIL');
		expect(ask(aclRules, 'acl-used', {subnetIds: [], isDefault: true}).verdict).toBe('NOT_APPLICABLE');
	});
});

describe('rules on snapshots', () => {
	const snapshot = (facts: Partial<Snapshot> = {}): Snapshot => ({
		encrypted: true,
		kmsKeyId: key,
		public: false,
		sharedWith: [],
		sizeGiB: 8,
		...facts,
	});
	test.each([
		['not-public', 'private', snapshot(), 'PASS', '', ''],
		['not-public', 'public', snapshot({public: true, blockPublicAccess: 'unblocked'}), 'FAIL', 'CRITICAL', '8 GiB'],
		[
			'not-public',
			'public before that was blocked',
			snapshot({public: true, blockPublicAccess: 'block-new-sharing'}),
			'FAIL',
			'CRITICAL',
			'',
		],
		['not-public', 'hidden', snapshot({public: true, blockPublicAccess: 'block-all-sharing'}), 'PASS', '', 'hides it'],
		['not-public', 'hidden or not', snapshot({public: true}), 'UNKNOWN', '', 'ec2:GetSnapshotBlockPublicAccessState'],
		['shares-trusted', 'with nobody', snapshot(), 'PASS', '', ''],
		['shares-trusted', 'with the auditor', snapshot({sharedWith: [auditor]}), 'PASS', '', `trusted account ${auditor} only`],
		[
			'shares-trusted',
			'with a stranger too',
			snapshot({sharedWith: [partner, auditor]}),
			'FAIL',
			'MEDIUM',
			`shared with account ${partner}`,
		],
		['shares-trusted', 'unencrypted', snapshot({sharedWith: [partner], encrypted: false}), 'FAIL', 'HIGH', 'not encrypted'],
		['share-key', 'with nobody', snapshot(), 'NOT_APPLICABLE', '', ''],
		['share-key', 'unencrypted', snapshot({encrypted: false, sharedWith: [partner]}), 'NOT_APPLICABLE', '', 'needs no key'],
		['share-key', 'under a key of its own', snapshot({sharedWith: [partner], defaultKmsKeyId: otherKey}), 'PASS', '', '0aaa'],
		[
			'share-key',
			'the default being AWS’s by its alias',
			snapshot({sharedWith: [partner], defaultKmsKeyId: 'alias/aws/ebs'}),
			'PASS',
			'',
			'0aaa',
		],
		['share-key', 'under the default key', snapshot({sharedWith: [partner], defaultKmsKeyId: key}), 'FAIL', 'MEDIUM', 'default key 0aaa'],
		[
			'share-key',
			'under aws/ebs',
			snapshot({sharedWith: [partner], kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:alias/aws/ebs'}),
			'FAIL',
			'MEDIUM',
			'alias/aws/ebs',
		],
	])('%s: %s', (rule, what, configuration, verdict, severity, reason) => {
		const answer = ask(snapshotRules, `snapshot-${rule}`, configuration);
		expect(answer, what).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
	});

	test('what was not told is never a pass', () => {
		for (const {id} of snapshotRules) {
			expect(ask(snapshotRules, id.replace('ec2-', ''), {}).verdict, id).toBe('UNKNOWN');
		}
	});
});

describe('rules on AMIs', () => {
	const shares = {accounts: [], organizations: [], organizationalUnits: []};
	const image = (facts: Partial<Image> = {}): Image => ({
		public: false,
		disks: [{snapshotId: 'snap-1', encrypted: true, kmsKeyId: key}],
		sharedWith: shares,
		...facts,
	});
	const organization = (id: string) => `arn:aws:organizations::111122223333:organization/${id}`;
	const unit = (id: string) => `arn:aws:organizations::111122223333:ou/${id}/ou-a1b2-workload`;
	const mixed = [
		{snapshotId: 'snap-1', encrypted: true, kmsKeyId: key},
		{snapshotId: 'snap-2', encrypted: false},
	];
	test.each([
		['not-public', 'public', image({public: true}), 'FAIL', 'CRITICAL', ''],
		['shares-trusted', 'with nobody', image(), 'PASS', '', 'nobody'],
		['shares-trusted', 'with a stranger', image({sharedWith: {...shares, accounts: [partner]}}), 'FAIL', 'MEDIUM', partner],
		[
			'shares-trusted',
			'not all of it encrypted',
			image({disks: mixed, sharedWith: {...shares, accounts: [partner]}}),
			'FAIL',
			'HIGH',
			'not all of it encrypted',
		],
		[
			'shares-trusted',
			'with the trusted organization',
			image({sharedWith: {...shares, organizations: [organization('o-a1b2c3d4e5')]}}),
			'PASS',
			'',
			'o-a1b2c3d4e5',
		],
		['shares-trusted', 'with a unit of it', image({sharedWith: {...shares, organizationalUnits: [unit('o-a1b2c3d4e5')]}}), 'PASS', '', ''],
		[
			'shares-trusted',
			'with another',
			image({sharedWith: {...shares, organizations: [organization('o-zzzzzzzzzz')]}}),
			'UNKNOWN',
			'',
			'every account of organization o-zzzzzzzzzz',
		],
		[
			'share-key',
			'one disk under the default key',
			image({disks: mixed, defaultKmsKeyId: key, sharedWith: {...shares, accounts: [partner]}}),
			'FAIL',
			'MEDIUM',
			'0aaa',
		],
		[
			'share-key',
			'on its own key',
			image({defaultKmsKeyId: otherKey, sharedWith: {...shares, organizations: [organization('o-a1b2c3d4e5')]}}),
			'PASS',
			'',
			'',
		],
		[
			'share-key',
			'another account’s snapshot',
			image({disks: [{snapshotId: 'snap-9', encrypted: true}], sharedWith: {...shares, accounts: [partner]}}),
			'UNKNOWN',
			'',
			'ec2:DescribeSnapshots',
		],
		['share-key', 'on no encrypted disk', image({disks: [{snapshotId: 'snap-1', encrypted: false}]}), 'NOT_APPLICABLE', '', ''],
	])('%s: %s', (rule, what, configuration, verdict, severity, reason) => {
		const answer = ask(imageRules, `image-${rule}`, configuration);
		expect(answer, what).toMatchObject({verdict, ...(severity !== '' && {severity})});
		expect(answer.reason).toContain(reason);
	});

	test('an organization is known by any of its ARNs', () => {
		expect([organization('o-a1b2c3d4e5'), unit('o-a1b2c3d4e5'), 'nonsense'].map(organizationOf)).toEqual([
			'o-a1b2c3d4e5',
			'o-a1b2c3d4e5',
			'nonsense',
		]);
	});
});

describe('rules on a Region’s settings', () => {
	const judge = (rule: string, configuration: RegionSettings) => ask(settingsRules, `region-${rule}`, configuration);
	test.each([
		['snapshots-blocked', {snapshotBlockPublicAccess: 'unblocked', inUse: true}, 'FAIL', 'HIGH'],
		['snapshots-blocked', {snapshotBlockPublicAccess: 'unblocked', inUse: false}, 'FAIL', 'LOW'],
		['snapshots-blocked', {snapshotBlockPublicAccess: 'unblocked'}, 'FAIL', 'HIGH'],
		['snapshots-blocked', {snapshotBlockPublicAccess: 'block-new-sharing'}, 'FAIL', 'MEDIUM'],
		['snapshots-blocked', {snapshotBlockPublicAccess: 'block-all-sharing'}, 'PASS', 'HIGH'],
		['snapshots-blocked', {snapshotBlockPublicAccess: 'block-some-sharing'}, 'UNKNOWN', 'HIGH'],
		['images-blocked', {imageBlockPublicAccess: 'block-new-sharing'}, 'PASS', 'MEDIUM'],
		['images-blocked', {imageBlockPublicAccess: 'blocked-by-2031'}, 'UNKNOWN', 'MEDIUM'],
		['encryption-default', {encryptionByDefault: false, inUse: false}, 'FAIL', 'LOW'],
		['encryption-default', {encryptionByDefault: true}, 'PASS', 'MEDIUM'],
		['encryption-default', {}, 'UNKNOWN', 'MEDIUM'],
	] as const)('%s of %j', (rule, configuration, verdict, severity) => {
		expect(judge(rule, configuration)).toMatchObject({verdict, severity});
	});
});
