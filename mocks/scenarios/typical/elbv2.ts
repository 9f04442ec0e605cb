import {groupId} from '../../services/ec2-network-state.js';
import {
	answer,
	type ElbListener,
	type ElbLoadBalancer,
	type ElbState,
	forwardTo,
	goodAttributes,
	host,
	https,
	listener,
	loadBalancer,
	path,
	redirecting,
	redirectTo,
	targetGroup,
} from '../../services/elbv2-state.js';
import {allocationId, certificateArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

// A policy of the organization that nobody lifted for us.
const boundary = 'explicit-deny-in-permissions-boundary' as const;
const unseen = 'no-identity-based-policy' as const;

/** Made years ago by somebody who left, with what AWS sets by itself. */
const asMade = {} as const;

/** The security group that EC2 tells of. */
const guarded = (place: Place, name: string) => ({securityGroups: [groupId(place, name)]});

const trustStore = (place: Place, name: string): string =>
	place.arn('elasticloadbalancing', `truststore/${name}/${place.random(`elbv2/trust/${name}`).hex(16)}`);

/** Of IAM, which ACM knows nothing of. */
const serverCertificate = (place: Place, name: string): string =>
	`arn:${place.partition}:iam::${place.accountId}:server-certificate/${name}`;

const facing = (place: Place): ElbLoadBalancer[] => [
	loadBalancer(place, 'api', {
		...guarded(place, 'api-alb'),
		zones: 'abc',
		tags: {team: 'platform'},
		listeners: [redirecting(place), https(place, certificateArn(place, 'api.acme.com'), 'api')],
	}),
	loadBalancer(place, 'shop', {
		...guarded(place, 'shop-alb'),
		zones: 'abc',
		tags: {team: 'shop'},
		listeners: [
			redirecting(place, {
				rules: [[host('checkout.shop.acme.com'), redirectTo('HTTPS')]],
			}),
			https(place, certificateArn(place, '*.shop.acme.com'), 'shop', {sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'}),
		],
	}),
	loadBalancer(place, 'old', {
		...guarded(place, 'old-alb'),
		attributes: {...asMade, 'routing.http.desync_mitigation_mode': 'monitor'},
		state: 'active_impaired',
		stateReason: 'Insufficient free addresses in the subnets of the load balancer.',
		listeners: [
			listener(place, 'HTTP', 80, forwardTo(place, 'old')),
			https(place, certificateArn(place, 'old.acme.com'), 'old', {
				certificates: [certificateArn(place, 'old.acme.com'), serverCertificate(place, 'legacy-shop')],
				sslPolicy: 'ELBSecurityPolicy-2016-08',
			}),
		],
	}),
	// The health check of a partner goes through in the clear: one redirecting rule is not enough.
	loadBalancer(place, 'mail', {
		...guarded(place, 'status-alb'),
		attributes: {...goodAttributes, 'deletion_protection.enabled': 'false'},
		tags: {team: 'mail'},
		listeners: [
			redirecting(place, {rules: [[path('/autodiscover/*'), forwardTo(place, 'mail')]]}),
			https(place, certificateArn(place, 'mail.acme.com'), 'mail', {sslPolicy: 'ELBSecurityPolicy-TLS-1-2-2017-01'}),
		],
	}),
	// The default rule forwards, but no request comes so far.
	loadBalancer(place, 'payments', {
		...guarded(place, 'status-alb'),
		attributes: {...goodAttributes, 'waf.fail_open.enabled': 'true', 'routing.http.desync_mitigation_mode': 'strictest'},
		tags: {team: 'payments'},
		listeners: [
			listener(place, 'HTTP', 80, forwardTo(place, 'payments'), {rules: [[path('/*'), redirectTo('HTTPS', 'HTTP_302')]]}),
			https(place, certificateArn(place, 'pay.acme.com'), 'payments', {
				sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06',
				mutualAuthentication: {Mode: 'verify', TrustStoreArn: trustStore(place, 'merchants'), IgnoreClientCertificateExpiry: false},
			}),
		],
	}),
	loadBalancer(place, 'status', {
		...guarded(place, 'status-alb'),
		attributes: {...goodAttributes, 'access_logs.s3.enabled': 'false'},
		listeners: [
			listener(place, 'HTTP', 80, answer('403')),
			https(place, certificateArn(place, 'status.acme.com'), 'status', {sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'}),
		],
	}),
];

const inside = (place: Place): ElbLoadBalancer[] => [
	loadBalancer(place, 'intranet', {
		...guarded(place, 'internal-alb'),
		scheme: 'internal',
		attributes: {...goodAttributes, 'routing.http.drop_invalid_header_fields.enabled': 'false'},
		listeners: [
			listener(place, 'HTTP', 80, forwardTo(place, 'intranet')),
			https(place, certificateArn(place, 'intranet.acme.com'), 'intranet', {sslPolicy: 'ELBSecurityPolicy-FS-1-2-Res-2020-10'}),
		],
	}),
	loadBalancer(place, 'hr', {
		...guarded(place, 'internal-alb'),
		scheme: 'internal',
		listeners: [
			https(place, certificateArn(place, 'hr.acme.com'), 'hr', {
				mutualAuthentication: {Mode: 'verify', TrustStoreArn: trustStore(place, 'laptops'), IgnoreClientCertificateExpiry: true},
			}),
		],
	}),
	loadBalancer(place, 'erp', {
		...guarded(place, 'internal-alb'),
		scheme: 'internal',
		listeners: [https(place, certificateArn(place, 'legacy-erp.acme.com'), 'erp', {sslPolicy: 'ELBSecurityPolicy-TLS-1-0-2015-04'})],
		refused: {DescribeLoadBalancerAttributes: unseen, DescribeListeners: unseen},
	}),
];

const northVirginia = (place: Place): ElbLoadBalancer[] => [
	...facing(place),
	...inside(place),
	loadBalancer(place, 'ingest', {
		...guarded(place, 'ingest-nlb'),
		type: 'network',
		addresses: [
			{IpAddress: '203.0.113.17', AllocationId: allocationId(place, 'ingest-a')},
			{IpAddress: '203.0.113.42', AllocationId: allocationId(place, 'ingest-b')},
		],
		attributes: {'deletion_protection.enabled': 'true'},
		tags: {team: 'data'},
		listeners: [
			listener(place, 'TCP', 443, forwardTo(place, 'ingest')),
			listener(place, 'TCP', 1883, forwardTo(place, 'ingest-mqtt')),
			listener(place, 'UDP', 514, forwardTo(place, 'ingest-syslog')),
		],
	}),
	// Fixed addresses in front of an Application Load Balancer, in one zone.
	loadBalancer(place, 'partners', {
		...guarded(place, 'status-alb'),
		type: 'network',
		zones: 'a',
		listeners: [
			listener(place, 'TCP', 80, forwardTo(place, 'partners-api')),
			listener(place, 'TCP', 443, forwardTo(place, 'partners-api')),
		],
	}),
	loadBalancer(place, 'inspection', {type: 'gateway', listeners: [listener(place, 'GENEVE', 6081, forwardTo(place, 'firewalls'))]}),
];

const ireland = (place: Place): ElbLoadBalancer[] => [
	loadBalancer(place, 'eu', {
		...guarded(place, 'eu-alb'),
		zones: 'abc',
		tags: {team: 'platform'},
		listeners: [redirecting(place), https(place, certificateArn(place, 'eu.acme.com'), 'eu')],
	}),
	loadBalancer(place, 'ledger', {
		...guarded(place, 'ledger-alb'),
		scheme: 'internal',
		listeners: [
			https(place, certificateArn(place, 'ledger.internal.acme.com'), 'ledger', {sslPolicy: 'ELBSecurityPolicy-TLS13-1-3-2021-06'}),
		],
	}),
	loadBalancer(place, 'vault', {
		...guarded(place, 'vault-alb'),
		scheme: 'internal',
		listeners: [https(place, certificateArn(place, 'vault.eu.acme.com'), 'vault')],
		refused: {DescribeLoadBalancerAttributes: unseen},
	}),
];

const milan = (place: Place): ElbLoadBalancer[] => [
	loadBalancer(place, 'it', {
		...guarded(place, 'it-alb'),
		listeners: [redirecting(place), https(place, certificateArn(place, 'it.acme.com'), 'it')],
	}),
	loadBalancer(place, 'negozio', {
		...guarded(place, 'negozio-alb'),
		listeners: [
			listener(place, 'HTTP', 80, forwardTo(place, 'negozio')),
			https(place, certificateArn(place, 'negozio.acme.com'), 'negozio', {sslPolicy: 'ELBSecurityPolicy-2016-08'}),
		],
	}),
	loadBalancer(place, 'pos', {type: 'network', listeners: [listener(place, 'TCP', 443, forwardTo(place, 'pos'))]}),
];

const byName: Readonly<Record<string, readonly string[]>> = {
	'us-east-1': ['api', 'shop', 'old', 'mail', 'payments', 'status', 'intranet', 'hr', 'erp'],
	'eu-west-1': ['eu', 'ledger', 'vault'],
	'eu-south-1': ['it', 'negozio'],
	'eu-west-2': ['uk'],
	'ap-southeast-2': ['demo'],
};

const targetGroups = (place: Place): ElbState['targetGroups'] => [
	...(byName[place.awsRegion] ?? []).map(name => targetGroup(place, name)),
	...(place.awsRegion === 'us-east-1'
		? [
				targetGroup(place, 'ingest', {protocol: 'TCP', port: 443}),
				targetGroup(place, 'ingest-mqtt', {protocol: 'TCP', port: 1883}),
				targetGroup(place, 'ingest-syslog', {protocol: 'UDP', port: 514, targetType: 'ip'}),
				targetGroup(place, 'partners-api', {protocol: 'TCP', port: 443, targetType: 'alb'}),
				targetGroup(place, 'firewalls', {protocol: 'GENEVE', port: 6081}),
			]
		: []),
	...(place.awsRegion === 'eu-south-1' ? [targetGroup(place, 'pos', {protocol: 'TCP', port: 443})] : []),
];

const balancers = (place: Place): ElbLoadBalancer[] | undefined => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return northVirginia(place);
		case 'eu-west-1':
			return ireland(place);
		case 'eu-south-1':
			return milan(place);
		case 'eu-west-2':
			return [
				loadBalancer(place, 'uk', {
					zones: 'abc',
					listeners: [redirecting(place), https(place, serverCertificate(place, 'uk-acme-com'), 'uk')],
				}),
			];
		case 'ap-southeast-2':
			// A fair in 2021. It answers still.
			return [
				loadBalancer(place, 'demo', {
					attributes: asMade,
					createdTime: place.daysAgo(1700),
					listeners: [listener(place, 'HTTP', 80, forwardTo(place, 'demo'))],
				}),
			];
		default:
			return undefined;
	}
};

/** Nineteen load balancers in five Regions. In Milan a permissions boundary shows the listeners and little else. */
export const populate: Populate<ElbState> = place => {
	const loadBalancers = balancers(place);
	return (
		loadBalancers && {
			loadBalancers,
			targetGroups: targetGroups(place),
			refused:
				place.awsRegion === 'eu-south-1'
					? {
							DescribeLoadBalancerAttributes: boundary,
							DescribeRules: boundary,
							DescribeSSLPolicies: boundary,
							DescribeTargetGroups: boundary,
						}
					: {},
		}
	);
};

const change = (state: ElbState, name: string, facts: (one: ElbLoadBalancer) => Partial<ElbLoadBalancer>): void => {
	state.loadBalancers = state.loadBalancers.map(one => (one.name === name ? {...one, ...facts(one)} : one));
};

const changeListener = (state: ElbState, name: string, port: number, facts: Partial<ElbListener>): void =>
	change(state, name, ({listeners}) => ({listeners: listeners.map(one => (one.port === port ? {...one, ...facts} : one))}));

/** Somebody opens plain HTTP on the shop for a test and closes it; old.acme.com is mended, and is back by the next round. */
export const timeline: Timeline<ElbState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 50,
			what: 'somebody lets the load balancer shop answer over plain HTTP, for a test',
			awsRegion: 'us-east-1',
			apply: (state, moment) => changeListener(state, 'shop', 80, {defaultActions: [forwardTo(moment, 'shop')]}),
		},
		{
			atSeconds: 110,
			what: 'the load balancer old redirects to HTTPS and speaks TLS 1.3',
			awsRegion: 'us-east-1',
			apply(state) {
				changeListener(state, 'old', 80, {defaultActions: [redirectTo('HTTPS')]});
				changeListener(state, 'old', 443, {sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06'});
				change(state, 'old', () => ({state: 'active', stateReason: undefined}));
			},
		},
		{
			atSeconds: 280,
			what: 'the load balancer shop redirects again; a pipeline sets old back to what its template says',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				changeListener(state, 'shop', 80, {defaultActions: [redirectTo('HTTPS')]});
				changeListener(state, 'old', 80, {defaultActions: [forwardTo(moment, 'old')]});
				changeListener(state, 'old', 443, {sslPolicy: 'ELBSecurityPolicy-2016-08'});
				change(state, 'old', () => ({
					state: 'active_impaired',
					stateReason: 'Insufficient free addresses in the subnets of the load balancer.',
				}));
			},
		},
	],
};
