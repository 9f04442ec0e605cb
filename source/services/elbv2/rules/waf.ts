import {answering, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import type {LoadBalancer} from './load-balancer.js';

/** The ports of web servers, where WAF would have something to look at. */
const webPorts: ReadonlySet<number> = new Set([80, 443, 8000, 8080, 8443]);

export const wafPossible: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-waf-possible',
	title: 'Web traffic from the internet passes where WAF can inspect it',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'WAF reads HTTP, at layer 7. A Network Load Balancer works at layer 4 and can have no web ACL, so that a web application behind it goes without.',
	remediation: {
		text: 'Put an Application Load Balancer with a web ACL in front of the application, and Global Accelerator in front of that where clients need fixed addresses. Or make the Application Load Balancer the target of this one.',
		cli: 'aws globalaccelerator create-accelerator --name {name} --ip-address-type IPV4 --region us-west-2',
		terraform:
			'resource "aws_globalaccelerator_endpoint_group" "this" {\n  listener_arn = aws_globalaccelerator_listener.this.id\n\n  endpoint_configuration {\n    endpoint_id                    = aws_lb.application.arn\n    client_ip_preservation_enabled = true\n  }\n}',
		url: `${guide}/network/application-load-balancer-target.html`,
	},
	note: 'WAF cannot protect a Network Load Balancer: for fixed addresses with WAF, older notes say to put Global Accelerator in front of an Application Load Balancer. That still holds; since 2021 an Application Load Balancer can also be the target of a Network Load Balancer with Elastic IP addresses. Whether an Application Load Balancer has a web ACL is judged elsewhere.',
	reads: ['DescribeListeners', 'DescribeTargetGroups'],
	exempts({configuration: {type, scheme}}) {
		if (type === 'application' || type === 'gateway') {
			return type === 'application'
				? 'an Application Load Balancer, which WAF can protect'
				: 'a Gateway Load Balancer, which serves no clients';
		}

		return scheme === 'internal' ? 'internal: the internet does not reach it' : undefined;
	},
	evaluate({configuration: {type, scheme, listeners, targetTypes}}) {
		const ports = listeners?.map(({protocol, port}) => `${protocol ?? 'no protocol'} ${port ?? 'no port'}`) ?? [];
		const is = answering('DescribeListeners', 'no web ports, or targets of type alb', listed(ports) || 'no listeners');
		if (type !== 'network' || scheme !== 'internet-facing') {
			return is(
				'UNKNOWN',
				`${type ?? 'no type'} and ${scheme ?? 'no scheme'} is what DescribeLoadBalancers tells, which this version does not know`,
			);
		}

		if (listeners === undefined || listeners.some(({port}) => port === undefined)) {
			return is('UNKNOWN', 'DescribeListeners did not tell its ports');
		}

		if (!listeners.some(({port}) => webPorts.has(port ?? 0))) {
			return is('PASS', ports.length === 0 ? 'has no listeners' : `takes no web traffic: ${listed(ports)}`);
		}

		if (targetTypes === undefined) {
			return is('UNKNOWN', 'DescribeTargetGroups did not tell what its targets are');
		}

		return targetTypes.length > 0 && targetTypes.every(target => target === 'alb')
			? is('PASS', 'forwards to an Application Load Balancer, which WAF can protect')
			: is(
					'FAIL',
					'WAF cannot protect a Network Load Balancer: use an Application Load Balancer with Global Accelerator for fixed addresses',
				);
	},
};
