import {type AsgGroup, type AsgState, group} from '../../services/autoscaling-state.js';
import {targetGroupArn} from '../../services/elbv2-state.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const behind = (place: Place, name: string): Pick<AsgGroup, 'targetGroupArns' | 'healthCheckType'> => ({
	targetGroupArns: [targetGroupArn(place, name)],
	healthCheckType: 'ELB',
});

const northVirginia = (place: Place): AsgGroup[] => [
	group(place, 'shop', {
		...behind(place, 'shop'),
		zones: 'abc',
		minSize: 3,
		desiredCapacity: 6,
		maxSize: 24,
		mixed: true,
		tags: {team: 'shop'},
	}),
	group(place, 'api', {
		...behind(place, 'api'),
		healthCheckType: 'EC2',
		zones: 'a',
		desiredCapacity: 4,
		maxSize: 4,
		tags: {team: 'platform'},
	}),
	group(place, 'old', {
		...behind(place, 'old'),
		healthCheckType: 'EC2,EBS',
		minSize: 2,
		desiredCapacity: 2,
		maxSize: 2,
		launchTemplate: undefined,
		launchConfiguration: 'old-2019-03',
	}),
	group(place, 'batch', {zones: 'b', minSize: 0, desiredCapacity: 4, maxSize: 4, tags: {team: 'data'}}),
	group(place, 'payments', {
		...behind(place, 'payments'),
		healthCheckType: 'EC2,ELB',
		zones: 'abc',
		tags: {team: 'payments'},
		suspended: [
			{ProcessName: 'ReplaceUnhealthy', SuspensionReason: 'User suspended at 2026-09-02T14:11:08Z'},
			{ProcessName: 'AZRebalance', SuspensionReason: 'User suspended at 2026-09-02T14:11:08Z'},
		],
	}),
	group(place, 'mesh', {
		healthCheckType: 'VPC_LATTICE',
		trafficSources: [{Identifier: place.arn('vpc-lattice', 'targetgroup/tg-0f00ba4deadbeef11'), Type: 'vpc-lattice'}],
	}),
	group(place, 'migration', {status: 'Delete in progress', zones: 'a', desiredCapacity: 0, minSize: 0, maxSize: 0}),
];

/** Eleven groups in five Regions. In Milan a permissions boundary shows none. */
export const populate: Populate<AsgState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {groups: northVirginia(place), refused: {}};
		case 'eu-west-1':
			return {
				groups: [
					group(place, 'eu', {...behind(place, 'eu'), zones: 'abc', tags: {team: 'platform'}}),
					group(place, 'ledger', {...behind(place, 'ledger'), suspended: [{ProcessName: 'ScheduledActions'}]}),
				],
				refused: {},
			};
		case 'eu-south-1':
			return {
				groups: [group(place, 'negozio', behind(place, 'negozio'))],
				refused: {DescribeAutoScalingGroups: 'explicit-deny-in-permissions-boundary'},
			};
		case 'eu-west-2':
			return {groups: [group(place, 'uk', {...behind(place, 'uk'), zones: 'abc'})], refused: {}};
		case 'ap-southeast-2':
			return {
				groups: [
					group(place, 'demo', {
						...behind(place, 'demo'),
						healthCheckType: 'EC2',
						zones: 'a',
						minSize: 1,
						desiredCapacity: 1,
						maxSize: 1,
						launchTemplate: undefined,
						launchConfiguration: 'demo-2021',
					}),
				],
				refused: {},
			};
		default:
			return undefined;
	}
};

const change = (state: AsgState, name: string, facts: Partial<AsgGroup>): void => {
	state.groups = state.groups.map(one => (one.name === name ? {...one, ...facts} : one));
};

/** A flood fills the shop to its brim; somebody gives it, and the API, more room. The next round begins where this one did. */
export const timeline: Timeline<AsgState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 60,
			what: 'the group shop has grown to its maximum of 24',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'shop', {desiredCapacity: 24}),
		},
		{
			atSeconds: 130,
			what: 'somebody raises the maximum of shop, and gives the group api another zone',
			awsRegion: 'us-east-1',
			apply(state) {
				change(state, 'shop', {maxSize: 48});
				change(state, 'api', {zones: ['us-east-1a', 'us-east-1b'], maxSize: 8});
			},
		},
		{
			atSeconds: 285,
			what: 'the flood is over, and a pipeline sets shop and api back to what their templates say',
			awsRegion: 'us-east-1',
			apply(state) {
				change(state, 'shop', {desiredCapacity: 6, maxSize: 24});
				change(state, 'api', {zones: ['us-east-1a'], maxSize: 4});
			},
		},
	],
};
