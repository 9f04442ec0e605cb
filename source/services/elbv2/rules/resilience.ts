import {answering, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {LoadBalancer} from './load-balancer.js';

export const spansZones: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-spans-zones',
	title: 'A load balancer spans several Availability Zones',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.13'], cis: [], prowler: ['elbv2_is_in_multiple_az']},
	rationale: 'What stands in one zone falls with it, and has one zone’s room to absorb a flood.',
	remediation: {
		text: 'Add a subnet in another zone. For a Network Load Balancer with fixed addresses that needs another Elastic IP address, which can be given for new zones only.',
		cli: 'aws elbv2 set-subnets --load-balancer-arn {arn} --subnets SUBNET_ID_1 SUBNET_ID_2 --region {region}',
		terraform: 'resource "aws_lb" "this" {\n  name    = "{name}"\n  subnets = [for subnet in aws_subnet.public : subnet.id]\n}',
		url: `${guide}/network/availability-zones.html`,
	},
	settings: {minimumZones: 2},
	reads: [],
	exempts: ({configuration: {zones}}) =>
		zones?.some(({outpostId}) => outpostId !== undefined) === true ? 'on an Outpost, which is a single place' : undefined,
	evaluate({configuration: {zones}}, {settings}) {
		const {minimumZones = 2} = settings;
		const names = zones?.map(({name}) => name ?? 'a zone without a name') ?? [];
		const is = answering('DescribeLoadBalancers', `at least ${minimumZones} zones`, names.join(', ') || 'no zones told');
		if (names.length === 0) {
			return is('UNKNOWN', 'DescribeLoadBalancers did not tell its zones');
		}

		return names.length >= minimumZones
			? is('PASS', `spans ${names.length} zones: ${names.join(', ')}`)
			: is('FAIL', names.length === 1 ? `stands in ${names[0]} alone` : `spans ${names.length} zones: ${names.join(', ')}`);
	},
};

export const ableToScale: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-able-to-scale',
	title: 'A load balancer works and has room to scale',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'A load balancer absorbs a flood by growing. One that is impaired routes, but lacks what it needs to grow, most often free addresses in its subnets.',
	remediation: {
		text: 'Read the reason AWS gives. Free addresses in its subnets (an Application Load Balancer wants 8 a subnet, and up to 100 in all), or choose larger ones.',
		cli: 'aws elbv2 describe-load-balancers --load-balancer-arns {arn} --region {region} --query "LoadBalancers[0].State"',
		url: `${guide}/application/application-load-balancers.html`,
	},
	reads: [],
	evaluate({configuration: {state, stateReason}}) {
		const is = answering('DescribeLoadBalancers', 'state active', state ?? 'not told');
		const why = stateReason === undefined || stateReason === '' ? '' : `: ${stateReason.replace(/[.\s]+$/u, '')}`;
		switch (state) {
			case 'active': {
				return is('PASS', 'active');
			}

			case 'active_impaired': {
				return is('FAIL', `routes, but lacks the resources to scale${why}`);
			}

			case 'failed': {
				return is('FAIL', `could not be set up${why}`);
			}

			case 'provisioning': {
				return is('NOT_APPLICABLE', 'being set up');
			}

			default: {
				return is('UNKNOWN', state === undefined ? 'DescribeLoadBalancers did not tell its state' : `the state ${state} is not known`);
			}
		}
	},
};
