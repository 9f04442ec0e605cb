import {accelerator, endpoint, type GaAccelerator, type GaState, https} from '../../services/globalaccelerator-state.js';
import {allocationId, loadBalancerArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const api = (place: Place, health: 'HEALTHY' | 'UNHEALTHY' = 'HEALTHY') => [
	https('us-east-1', endpoint(loadBalancerArn(place, 'api', 'app', 'us-east-1'), {health})),
];

const all = (place: Place): GaAccelerator[] => [
	// The fixed addresses that partners have in their firewalls, before a load balancer with a web ACL.
	accelerator(place, 'api-fixed', api(place)),
	// The same for Europe, but whoever set it up left visitors' addresses behind.
	accelerator(
		place,
		'eu-fixed',
		[https('eu-west-1', endpoint(loadBalancerArn(place, 'eu', 'app', 'eu-west-1'), {preservesClientIp: false}))],
		{
			flowLogsBucket: '',
		},
	),
	accelerator(
		place,
		'ingest-fixed',
		[
			{
				protocol: 'TCP',
				ports: [8883],
				groups: [
					{
						awsRegion: 'us-east-1',
						trafficDial: 100,
						endpoints: [
							endpoint(loadBalancerArn(place, 'ingest', 'net', 'us-east-1')),
							endpoint(allocationId(place, 'ingest-b', 'us-east-1'), {health: 'UNHEALTHY', weight: 64}),
						],
					},
				],
			},
		],
		{refused: {DescribeAcceleratorAttributes: 'no-identity-based-policy'}},
	),
	accelerator(place, 'partners-fixed', [https('us-east-1', endpoint(loadBalancerArn(place, 'mail', 'app', 'us-east-1')))], {
		refused: {ListEndpointGroups: 'no-identity-based-policy'},
	}),
	accelerator(place, 'trial', [], {flowLogsBucket: '', createdAt: place.daysAgo(3), lastModified: place.daysAgo(3)}),
	accelerator(place, 'old-fixed', [https('us-east-1', endpoint(loadBalancerArn(place, 'old', 'app', 'us-east-1')))], {
		enabled: false,
		lastModified: place.daysAgo(260),
	}),
];

/** Six accelerators, one of them disabled. */
export const populate: Populate<GaState> = place => (place.awsRegion === 'us-west-2' ? {accelerators: all(place)} : undefined);

const change = (state: GaState, name: string, facts: Partial<GaAccelerator>): void => {
	state.accelerators = state.accelerators.map(one => (one.name === name ? {...one, ...facts} : one));
};

/** The load balancer behind the fixed addresses falls ill and recovers; flow logs come and go. The next round begins where this one did. */
export const timeline: Timeline<GaState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 95,
			what: 'the load balancer behind api-fixed is unhealthy',
			awsRegion: 'us-west-2',
			apply: (state, moment) => change(state, 'api-fixed', {listeners: api(moment, 'UNHEALTHY')}),
		},
		{
			atSeconds: 145,
			what: 'the load balancer behind api-fixed is healthy again',
			awsRegion: 'us-west-2',
			apply: (state, moment) => change(state, 'api-fixed', {listeners: api(moment)}),
		},
		{
			atSeconds: 205,
			what: 'eu-fixed keeps flow logs',
			awsRegion: 'us-west-2',
			apply: (state, moment) => change(state, 'eu-fixed', {flowLogsBucket: 'acme-ci-logs', lastModified: moment.now}),
		},
		{
			atSeconds: 289,
			what: 'eu-fixed keeps no flow logs any more',
			awsRegion: 'us-west-2',
			apply: (state, moment) => change(state, 'eu-fixed', {flowLogsBucket: '', lastModified: moment.now}),
		},
	],
};
