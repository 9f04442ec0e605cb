import {afterEach, describe, expect, test} from 'vitest';
import {autoscaling as mock} from '../../mocks/services/autoscaling.js';
import type {AsgState} from '../../mocks/services/autoscaling-state.js';
import type {Answer, Resource, RuleContext} from '../../source/model/index.js';
import {autoscaling} from '../../source/services/autoscaling/index.js';
import {type Group, groupType} from '../../source/services/autoscaling/rules/group.js';
import {groupRules} from '../../source/services/autoscaling/rules/index.js';
import {elbv2} from '../../source/services/elbv2/index.js';
import type {LoadBalancer} from '../../source/services/elbv2/rules/load-balancer.js';
import {type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const targets = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1111';

/** A group in good order behind a load balancer; `facts` say what differs. */
const group = (facts: Partial<Group> = {}): Resource<Group> => ({
	arn: 'arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1111:autoScalingGroupName/web',
	resourceType: groupType,
	resourceId: 'web',
	resourceName: 'web',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration: {
		zones: ['eu-west-1a', 'eu-west-1b'],
		subnetIds: [],
		healthCheckTypes: ['ELB'],
		targetGroupArns: [targets],
		loadBalancerNames: [],
		latticeTargetGroupArns: [],
		minSize: 2,
		maxSize: 8,
		desiredCapacity: 3,
		launchTemplate: {name: 'web', version: '7'},
		suspended: [],
		...facts,
	},
	unread: {},
	readAt: {},
});
const idle = {targetGroupArns: []} as const;
/** Without a member, as an endpoint may answer. */
const lacking = (resource: Resource<Group>, ...members: readonly string[]): Resource<Group> => ({
	...resource,
	// The members taken are optional ones, so that what is left is a group.
	configuration: Object.fromEntries(Object.entries(resource.configuration).filter(([name]) => !members.includes(name))) as Group,
});

const ask = (id: string, resource: Resource<Group>): Answer => {
	const rule = groupRules.find(one => one.id === `autoscaling-group-${id}`);
	if (rule === undefined) {
		throw new TypeError(`No rule ${id}`);
	}

	const context: RuleContext = {now: '', settings: rule.settings ?? {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const exemption = rule.exempts?.(resource, context);
	return exemption === undefined ? rule.evaluate(resource, context) : {verdict: 'NOT_APPLICABLE', reason: exemption};
};

test.each<readonly [rule: string, what: string, Resource<Group>, verdict: string, reason: string]>([
	['checks-load-balancer-health', 'several sorts', group({healthCheckTypes: ['EC2', 'ELB', 'EBS']}), 'PASS', 'the load balancer finds'],
	['checks-load-balancer-health', 'EC2 alone', group({healthCheckTypes: ['EC2']}), 'FAIL', 'behind a load balancer, but checks EC2 alone'],
	[
		'checks-load-balancer-health',
		'a classic one',
		group({...idle, loadBalancerNames: ['web'], healthCheckTypes: ['EC2', 'EBS']}),
		'FAIL',
		'EC2 and EBS',
	],
	[
		'checks-load-balancer-health',
		'VPC Lattice by its own checks',
		group({...idle, latticeTargetGroupArns: ['arn'], healthCheckTypes: ['VPC_LATTICE']}),
		'PASS',
		'VPC Lattice',
	],
	['checks-load-balancer-health', 'VPC Lattice by others', group({...idle, latticeTargetGroupArns: ['arn']}), 'FAIL', 'VPC Lattice'],
	['checks-load-balancer-health', 'nothing before it', group(idle), 'NOT_APPLICABLE', 'behind no load balancer'],
	['checks-load-balancer-health', 'not told', lacking(group(), 'healthCheckTypes'), 'UNKNOWN', 'did not tell'],
	['spans-zones', 'one', group({zones: ['eu-west-1a']}), 'FAIL', 'stands in eu-west-1a alone'],
	['spans-zones', 'not told', lacking(group(), 'zones'), 'UNKNOWN', 'did not tell its zones'],
	['has-room', 'full', group({desiredCapacity: 8}), 'FAIL', 'no room to grow: 8 of at most 8 instances'],
	['has-room', 'fixed', group({minSize: 1, desiredCapacity: 1, maxSize: 1}), 'FAIL', 'cannot grow: fixed at 1 instance'],
	['has-room', 'in vCPUs', group({desiredCapacityType: 'vcpu'}), 'PASS', '3 of at most 8 vCPUs'],
	['has-room', 'scaled to nothing', group({minSize: 0, desiredCapacity: 0, maxSize: 0}), 'NOT_APPLICABLE', 'its maximum is 0'],
	['has-room', 'full, and meant to be', group({...idle, desiredCapacity: 8}), 'NOT_APPLICABLE', 'behind no load balancer'],
	['has-room', 'not told', lacking(group(), 'maxSize'), 'UNKNOWN', 'did not tell its sizes'],
	[
		'at-work',
		'by hand',
		group({suspended: [{process: 'Launch', reason: 'User suspended at 2026-09-02T14:11:08Z.'}, {process: 'HealthCheck'}]}),
		'FAIL',
		'Launch, HealthCheck are suspended: User suspended at 2026-09-02T14:11:08Z',
	],
	['at-work', 'what does not matter', group({suspended: [{process: 'AZRebalance'}]}), 'PASS', 'though AZRebalance is suspended'],
	['at-work', 'not told', lacking(group(), 'suspended'), 'UNKNOWN', 'did not tell'],
	['at-work', 'on its way out', group({status: 'Delete in progress', suspended: [{process: 'Launch'}]}), 'NOT_APPLICABLE', 'deleted'],
	['uses-launch-template', 'a configuration', lacking(group({launchConfigurationName: 'web-2019'}), 'launchTemplate'), 'FAIL', 'web-2019'],
	['uses-launch-template', 'neither', lacking(group(), 'launchTemplate'), 'UNKNOWN', 'did not tell'],
])('%s, %s', (rule, _, resource, verdict, reason) => {
	expect(ask(rule, resource)).toMatchObject({verdict, reason: expect.stringContaining(reason)});
});

test('what mends a group takes nothing back that somebody set', () => {
	const remediationOf = (id: string) => {
		const {cli = '', terraform = ''} = groupRules.find(one => one.id === `autoscaling-group-${id}`)?.remediation ?? {};
		return {cli, terraform};
	};
	const resumed = remediationOf('at-work');
	expect(resumed.cli).toContain('--scaling-processes Launch AddToLoadBalancer AlarmNotification HealthCheck ReplaceUnhealthy ');
	expect(resumed.terraform).not.toContain('[]');
	// A longer grace stays, and so do the other types of health checks, of VPC Lattice above all.
	const checked = remediationOf('checks-load-balancer-health');
	expect(checked.cli).toContain('--health-check-type TYPES ');
	expect(`${checked.cli} ${checked.terraform}`).not.toMatch(/grace|300|type ELB|= "ELB"/u);
});

test('one zone weighs more behind a load balancer', () => {
	expect([ask('spans-zones', group({zones: ['a']})).severity, ask('spans-zones', group({zones: ['a'], ...idle})).severity]).toEqual([
		'MEDIUM',
		'LOW',
	]);
});

describe('a collection', () => {
	let watch: Watch | undefined;
	afterEach(async () => {
		await watch?.close();
		watch = undefined;
	});
	const watching = async (): Promise<Watch> => {
		watch = await watchScenario('typical');
		return watch;
	};

	test('asks for groups without their instances, a hundred at a time', async () => {
		const one = await watching();
		const state: AsgState = one.endpoint.world.state(mock, 'eu-west-1');
		const [first] = state.groups;
		if (first === undefined) throw new Error('Ireland has one');
		state.groups = Array.from({length: 201}, (_, index) => ({...first, id: `${index}`, name: `eu-${index}`}));
		const {resources, complete} = await one.collect(autoscaling, 'eu-west-1');
		expect([resources.length, complete, one.endpoint.calls.all.length]).toEqual([201, [groupType], 3]);
	});

	test('names target groups as load balancers name theirs', async () => {
		const one = await watching();
		const {resources} = await one.collect(autoscaling, 'us-east-1');
		const shop = resources.find(({resourceName}) => resourceName === 'shop');
		const {targetGroupArns = []} = (shop?.configuration ?? {}) as Partial<Group>;
		const balancers = (await one.collect(elbv2, 'us-east-1')).resources;
		const behind = balancers.filter(({configuration}) =>
			(configuration as Partial<LoadBalancer>).targetGroupArns?.some(arn => targetGroupArns.includes(arn)),
		);
		expect(behind.map(({resourceName}) => resourceName)).toContain('shop');
	});

	test('finds the template of a mixed instances policy, and what only traffic sources tell', async () => {
		const {resources} = await (await watching()).collect(autoscaling, 'us-east-1');
		const of = (name: string): unknown => resources.find(({resourceName}) => resourceName === name)?.configuration;
		expect(of('shop')).toMatchObject({launchTemplate: {name: 'shop-template'}, healthCheckTypes: ['ELB']});
		expect(of('mesh')).toMatchObject({targetGroupArns: [], latticeTargetGroupArns: [expect.stringContaining('vpc-lattice')]});
		expect(of('old')).toMatchObject({launchConfigurationName: 'old-2019-03', healthCheckTypes: ['EC2', 'EBS']});
	});

	test('never takes a broken answer for the truth', {timeout: 60_000}, async () => {
		expect(await mistakesUnderWrongAnswers(autoscaling, 'us-east-1')).toEqual([]);
	});
});

test('the command keeps the health checks that a group has', () => {
	const typesOf = (facts: Partial<Group>) => ask('checks-load-balancer-health', group(facts)).command?.values?.['types'];
	expect(typesOf({healthCheckTypes: ['EC2', 'EBS']})).toBe('EC2,EBS,ELB');
	expect(typesOf({...idle, latticeTargetGroupArns: ['arn'], healthCheckTypes: ['EC2']})).toBe('EC2,VPC_LATTICE');
	expect(typesOf({})).toBeUndefined();
});
