import {type Answer, type Evidence, listed, type Rule, unpublished} from '../../../model/index.js';
import {type Accelerator, disabled, endpointName, endpointsOf, isApplicationLoadBalancer, type Placed} from './accelerator.js';

const reads = ['ListListeners', 'ListEndpointGroups'];

const notRead: Answer = {verdict: 'UNKNOWN', reason: 'its listeners and endpoints have not been read'};

/** Counts each endpoint once, though several listeners lead to it. */
const names = (endpoints: readonly Placed[]): readonly string[] => [...new Set(endpoints.map(endpointName))];

const getsTraffic = ({weight, trafficDialPercentage}: Placed): boolean => weight !== 0 && trafficDialPercentage !== 0;

export const endpointsHealthy: Rule<Accelerator> = {
	id: 'globalaccelerator-accelerator-endpoints-healthy',
	title: 'An accelerator leads to healthy endpoints',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'An accelerator takes traffic at the edge and spreads it over Regions (BP1 of AWS’s best practices against DDoS). One without a healthy endpoint takes it to nowhere, and each that is unhealthy leaves fewer to bear a flood.',
	remediation: {
		text: 'Look at why the load balancer’s targets fail their health checks, or whether its security groups let Global Accelerator’s health checks in. Remove endpoints that are gone.',
		cli: 'aws globalaccelerator describe-accelerator --accelerator-arn {arn} --region us-west-2',
		url: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/about-endpoint-groups-health-check-options.html',
	},
	note: 'HIGH where none that gets traffic is healthy or there is none at all: Global Accelerator then leads visitors to unhealthy ones, or nowhere. Endpoints of weight 0, and of groups whose traffic dial stands at 0, are left out.',
	reads,
	exempts: disabled,
	evaluate({configuration}) {
		if (configuration.listeners === undefined) {
			return notRead;
		}

		const asked = endpointsOf(configuration).filter(getsTraffic);
		const evidence: Evidence = {
			expected: 'HealthState HEALTHY for each',
			observed: asked.map(endpoint => `${endpointName(endpoint)} ${endpoint.health ?? 'not told'}`).join(', ') || 'no endpoints',
			operation: 'ListEndpointGroups',
		};
		if (asked.length === 0) {
			return {
				verdict: 'FAIL',
				severity: 'HIGH',
				reason: configuration.listeners.length === 0 ? 'no listener: it leads nowhere' : 'no endpoint gets traffic: it leads nowhere',
				evidence,
			};
		}

		const unhealthy = asked.filter(({health}) => health === 'UNHEALTHY');
		if (unhealthy.length > 0) {
			const all = asked.every(({health}) => health === 'UNHEALTHY');
			return {
				verdict: 'FAIL',
				severity: all ? 'HIGH' : 'MEDIUM',
				reason: `${all ? 'every endpoint is unhealthy' : 'unhealthy'}: ${listed(names(unhealthy))}`,
				evidence,
			};
		}

		const untold = asked.filter(({health}) => health !== 'HEALTHY');
		return untold.length === 0
			? {verdict: 'PASS', reason: `leads to ${listed(names(asked))}, all healthy`, evidence}
			: {
					verdict: 'UNKNOWN',
					reason: `not known to be healthy yet: ${listed(untold.map(endpoint => `${endpointName(endpoint)} (${endpoint.health?.toLowerCase() ?? 'not told'})`))}`,
					evidence,
				};
	},
};

export const clientIpPreserved: Rule<Accelerator> = {
	id: 'globalaccelerator-accelerator-client-ip-preserved',
	title: 'Load balancers behind an accelerator see visitors’ own addresses',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'A web ACL on the load balancer counts requests by address, and blocks by address and country. Without preservation every visitor has an address of Global Accelerator: rate-based rules block all or nobody.',
	remediation: {
		text: 'Add the load balancer as an endpoint with client IP address preservation, let visitors’ addresses into its security groups, then move the weight there. The command adds to the group’s endpoints; update-endpoint-group would replace them.',
		cli: 'aws globalaccelerator add-endpoints --endpoint-group-arn ENDPOINT_GROUP_ARN --endpoint-configurations EndpointId=LOAD_BALANCER_ARN,ClientIPPreservationEnabled=true --region us-west-2',
		terraform:
			'resource "aws_globalaccelerator_endpoint_group" "this" {\n  listener_arn = aws_globalaccelerator_listener.this.arn\n\n  endpoint_configuration {\n    endpoint_id                    = aws_lb.this.arn\n    client_ip_preservation_enabled = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/global-accelerator/latest/dg/preserve-client-ip-address.html',
	},
	note: 'This is how an application behind AWS WAF gets fixed addresses: WAF takes no Network Load Balancer, so an accelerator stands before an Application Load Balancer. Network Load Balancers and Elastic IP addresses are left out. With preservation, traffic passes by network ACLs and Network Firewall: security groups must say who comes in.',
	reads,
	exempts(resource) {
		const {listeners} = resource.configuration;
		const hasNone = listeners !== undefined && !endpointsOf(resource.configuration).some(isApplicationLoadBalancer);
		return disabled(resource) ?? (hasNone ? 'leads to no Application Load Balancer' : undefined);
	},
	evaluate({configuration}) {
		if (configuration.listeners === undefined) {
			return notRead;
		}

		const balancers = endpointsOf(configuration).filter(isApplicationLoadBalancer);
		const evidence: Evidence = {
			expected: 'ClientIPPreservationEnabled true for each Application Load Balancer',
			observed: balancers.map(endpoint => `${endpointName(endpoint)} ${endpoint.preservesClientIp ?? 'not told'}`).join(', '),
			operation: 'ListEndpointGroups',
		};
		const hidden = balancers.filter(({preservesClientIp}) => preservesClientIp === false);
		if (hidden.length > 0) {
			return {
				verdict: 'FAIL',
				reason: `Global Accelerator’s addresses instead of visitors’ own reach ${listed(names(hidden))}`,
				evidence,
			};
		}

		const untold = balancers.filter(({preservesClientIp}) => preservesClientIp === undefined);
		return untold.length === 0
			? {verdict: 'PASS', reason: `visitors’ own addresses reach ${listed(names(balancers))}`, evidence}
			: {verdict: 'UNKNOWN', reason: `ListEndpointGroups did not tell what addresses ${listed(names(untold))} sees`, evidence};
	},
};
