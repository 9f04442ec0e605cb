import {answering, type Rule, unpublished} from '../../../model/index.js';
import {type Group, inUnits, isBehindLoadBalancer, type Suspension, whileDeleted} from './group.js';

const guide = 'https://docs.aws.amazon.com/autoscaling/ec2/userguide' as const;
const operation = 'DescribeAutoScalingGroups';

/** Without these it neither grows nor mends itself: https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-suspend-resume-processes.html */
const vital: ReadonlySet<string> = new Set(['Launch', 'AddToLoadBalancer', 'AlarmNotification', 'HealthCheck', 'ReplaceUnhealthy']);

const suspensions = (suspended: readonly Suspension[]): string =>
	`${suspended.map(({process}) => process).join(', ')} ${suspended.length === 1 ? 'is' : 'are'} suspended`;

const atWork: Rule<Group> = {
	id: 'autoscaling-group-at-work',
	title: 'Nothing that lets a group grow and mend itself is suspended',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Whoever looks for a fault suspends launches or health checks, and forgets it. The group looks well until the first flood, or the first instance that dies.',
	remediation: {
		text: 'Resume what was suspended; what else is suspended, such as AZRebalance, stays so. AWS itself suspends launches that failed for a day: mend their cause first, which the activity history tells.',
		cli: `aws autoscaling resume-processes --auto-scaling-group-name {name} --scaling-processes ${[...vital].join(' ')} --region {region}`,
		terraform: `resource "aws_autoscaling_group" "this" {\n  name = "{name}"\n\n  # Without ${[...vital].join(', ')}.\n  suspended_processes = var.suspended_processes\n}`,
		url: `${guide}/as-suspend-resume-processes.html`,
	},
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration: {suspended}}) {
		const is = answering(operation, 'nothing suspended', suspended?.map(({process}) => process).join(', ') || 'nothing told');
		if (suspended === undefined) {
			return is('UNKNOWN', `${operation} did not tell which process is suspended`);
		}

		const stopped = suspended.filter(({process}) => vital.has(process));
		const why = stopped.find(({reason}) => reason !== undefined)?.reason;
		if (stopped.length > 0) {
			const told = why === undefined ? '' : `: ${why.replace(/[.\s]+$/u, '')}`;
			return is('FAIL', `${suspensions(stopped)}${told}`);
		}

		return is('PASS', suspended.length === 0 ? 'nothing is suspended' : `it grows and mends itself, though ${suspensions(suspended)}`);
	},
};

const spansZones: Rule<Group> = {
	id: 'autoscaling-group-spans-zones',
	title: 'A group spans several Availability Zones',
	severity: 'LOW',
	published: {securityControlIds: ['AutoScaling.2'], cis: [], prowler: ['autoscaling_group_multiple_az']},
	rationale:
		'A zone that fails takes with it what stands in it alone, and one zone has one zone’s spare capacity to grow into when a flood of requests comes.',
	remediation: {
		text: 'Give the group a subnet in each of two zones at least; it spreads its instances evenly by itself.',
		cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --vpc-zone-identifier SUBNET_ID_1,SUBNET_ID_2 --region {region}',
		terraform:
			'resource "aws_autoscaling_group" "this" {\n  name                = "{name}"\n  vpc_zone_identifier = [for subnet in aws_subnet.private : subnet.id]\n}',
		url: `${guide}/ec2-auto-scaling-availability-zone-balanced.html`,
	},
	note: 'MEDIUM, as Security Hub has it, where the group stands behind a load balancer; LOW where it serves nobody directly.',
	settings: {minimumZones: 2},
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration: group}, {settings}) {
		const {minimumZones = 2} = settings;
		const {zones = []} = group;
		const is = answering(operation, `at least ${minimumZones} zones`, zones.join(', ') || 'no zones told');
		if (zones.length === 0) {
			return is('UNKNOWN', `${operation} did not tell its zones`);
		}

		return zones.length >= minimumZones
			? is('PASS', `spans ${zones.length} zones: ${zones.join(', ')}`)
			: is(
					'FAIL',
					zones.length === 1 ? `stands in ${zones[0]} alone` : `spans ${zones.length} zones: ${zones.join(', ')}`,
					isBehindLoadBalancer(group) ? 'MEDIUM' : 'LOW',
				);
	},
};

const checksHealth: Rule<Group> = {
	id: 'autoscaling-group-checks-load-balancer-health',
	title: 'A group behind a load balancer replaces what the load balancer finds unhealthy',
	severity: 'LOW',
	published: {securityControlIds: ['AutoScaling.1'], cis: [], prowler: ['autoscaling_group_elb_health_check_enabled']},
	rationale:
		'EC2 finds an instance healthy as long as it runs. One whose application hangs then stays for ever, gets no requests, and is missing when they are many.',
	remediation: {
		text: 'Make TYPES those that it has and ELB besides, such as EC2,EBS,ELB; where VPC Lattice alone sends it requests, VPC_LATTICE instead of ELB. See first that its grace period is longer than an instance takes to start: new ones are replaced otherwise before they serve.',
		cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --health-check-type TYPES --region {region}',
		terraform:
			'resource "aws_autoscaling_group" "this" {\n  name = "{name}"\n\n  # Those that it has and ELB besides, such as "EC2,EBS,ELB"; VPC_LATTICE where VPC Lattice alone sends it requests.\n  health_check_type = var.health_check_types\n}',
		url: `${guide}/health-checks-overview.html`,
	},
	note: 'HealthCheckType may name several, such as EC2,ELB,EBS: whoever compares it with ELB alone is wrong about those. VPC Lattice has a type of its own.',
	reads: [],
	exempts: resource => whileDeleted(resource) ?? (isBehindLoadBalancer(resource.configuration) ? undefined : 'behind no load balancer'),
	evaluate({configuration: group}) {
		const {healthCheckTypes = []} = group;
		const isLattice = group.targetGroupArns.length + group.loadBalancerNames.length === 0;
		const wanted = isLattice ? 'VPC_LATTICE' : 'ELB';
		const is = answering(operation, `HealthCheckType ${wanted}`, healthCheckTypes.join(',') || 'HealthCheckType not told');
		if (healthCheckTypes.length === 0) {
			return is('UNKNOWN', `${operation} did not tell its health checks`);
		}

		const types = [...healthCheckTypes, wanted].join(',');
		return healthCheckTypes.includes(wanted)
			? is('PASS', `replaces what ${isLattice ? 'VPC Lattice' : 'the load balancer'} finds unhealthy`)
			: {
					...is('FAIL', `behind ${isLattice ? 'VPC Lattice' : 'a load balancer'}, but checks ${healthCheckTypes.join(' and ')} alone`),
					command: {
						cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --health-check-type {types} --region {region}',
						values: {types},
					},
				};
	},
};

const hasRoom: Rule<Group> = {
	id: 'autoscaling-group-has-room',
	title: 'A group behind a load balancer has room to grow',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A group absorbs a flood of requests, wanted or not, by growing. At its maximum it cannot.',
	remediation: {
		text: 'Raise the maximum, in step with the quota of vCPUs, and let a policy scale by requests or load. A budget alarm bounds what a flood may cost.',
		cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --max-size MAX_SIZE --region {region}',
		terraform: 'resource "aws_autoscaling_group" "this" {\n  name     = "{name}"\n  max_size = var.max_size\n}',
		url: `${guide}/asg-capacity-limits.html`,
	},
	note: 'Whether a scaling policy makes use of the room is not judged. Groups behind no load balancer are often meant to be full.',
	settings: {minimumRoomUnits: 1},
	reads: [],
	exempts: resource =>
		whileDeleted(resource) ??
		(isBehindLoadBalancer(resource.configuration)
			? resource.configuration.maxSize === 0
				? 'scaled to nothing: its maximum is 0'
				: undefined
			: 'behind no load balancer'),
	evaluate({configuration: group}, {settings}) {
		const {minimumRoomUnits = 1} = settings;
		const {maxSize, desiredCapacity, minSize} = group;
		const is = answering(
			operation,
			`MaxSize at least ${minimumRoomUnits} above DesiredCapacity`,
			`MinSize ${minSize ?? 'not told'}, DesiredCapacity ${desiredCapacity ?? 'not told'}, MaxSize ${maxSize ?? 'not told'}`,
		);
		if (maxSize === undefined || desiredCapacity === undefined) {
			return is('UNKNOWN', `${operation} did not tell its sizes`);
		}

		const sizes = `${desiredCapacity} of at most ${inUnits(group, maxSize)}`;
		return maxSize - desiredCapacity >= minimumRoomUnits
			? is('PASS', `room to grow: ${sizes}`)
			: is('FAIL', maxSize === minSize ? `cannot grow: fixed at ${inUnits(group, maxSize)}` : `no room to grow: ${sizes}`);
	},
};

const usesTemplate: Rule<Group> = {
	id: 'autoscaling-group-uses-launch-template',
	title: 'A group launches from a template',
	severity: 'LOW',
	published: {securityControlIds: ['AutoScaling.9'], cis: [], prowler: ['autoscaling_group_using_ec2_launch_template']},
	rationale:
		'Launch configurations get no new features, cannot be changed, and let instances answer to IMDSv1 unless told otherwise. Templates have versions, and can demand IMDSv2.',
	remediation: {
		text: 'Copy the launch configuration to a launch template, demand IMDSv2 there, and give the group the template.',
		cli: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name {name} --launch-template LaunchTemplateName=TEMPLATE,Version=1 --region {region}',
		terraform:
			'resource "aws_autoscaling_group" "this" {\n  name = "{name}"\n\n  launch_template {\n    id      = aws_launch_template.this.id\n    version = aws_launch_template.this.latest_version\n  }\n}',
		url: `${guide}/migrate-to-launch-templates.html`,
	},
	note: 'What the template says of IMDS is not told by DescribeAutoScalingGroups, and not judged here.',
	reads: [],
	exempts: whileDeleted,
	evaluate({configuration: {launchTemplate, launchConfigurationName}}) {
		const is = answering(
			operation,
			'LaunchTemplate or MixedInstancesPolicy',
			launchTemplate?.name ?? launchTemplate?.id ?? launchConfigurationName ?? 'neither told',
		);
		if (launchTemplate !== undefined) {
			const version = launchTemplate.version === undefined ? '' : ` version ${launchTemplate.version}`;
			return is('PASS', `launches from the template ${launchTemplate.name ?? launchTemplate.id ?? 'without a name'}${version}`);
		}

		return launchConfigurationName === undefined
			? is('UNKNOWN', `${operation} did not tell what it launches from`)
			: is('FAIL', `launches from the launch configuration ${launchConfigurationName}`);
	},
};

/** What should be true of a group, most pressing first. */
export const groupRules: ReadonlyArray<Rule<Group>> = [atWork, spansZones, checksHealth, hasRoom, usesTemplate];
