import {cluster, globalCluster, member, type RdsCluster, type RdsGlobalCluster, type RdsState} from '../../services/rds-state.js';
import {keyArn} from '../estate.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const globals = (): RdsGlobalCluster[] => [
	globalCluster('shop-global', [member('shop-prod', 'us-east-1'), member('shop-eu', 'eu-west-1')], {tags: {team: 'shop'}}),
	// Made in 2018, never encrypted, and so neither is what was added to it.
	globalCluster(
		'legacy-global',
		[member('legacy', 'us-east-1'), member('legacy-milano', 'eu-south-1', {synchronizationStatus: 'pending-resync'})],
		{encryption: 'none', deletionProtection: false, engine: 'aurora-mysql'},
	),
	// Made this year, with what AWS encrypts by itself.
	globalCluster('uk-orders', [member('uk-orders', 'eu-west-2'), member('uk-orders-dr', 'eu-west-1')], {encryption: 'sse-rds'}),
	globalCluster('demo-global', [member('demo', 'ap-southeast-2')], {deletionProtection: false}),
];

const clusters = (place: Place): RdsCluster[] => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return [
				cluster(place, 'shop-prod', {kmsKeyId: keyArn(place, 'prod/customer-data'), instances: 'abc', tags: {team: 'shop'}}),
				cluster(place, 'legacy', {encryption: 'none', instances: 'a', deletionProtection: false, iamAuthentication: false}),
				// Of no global cluster, and none of our business here.
				cluster(place, 'reporting'),
			];
		case 'eu-west-1':
			return [
				cluster(place, 'shop-eu', {kmsKeyId: keyArn(place, 'prod/payments-eu'), instances: 'a', tags: {team: 'shop'}}),
				cluster(place, 'uk-orders-dr', {encryption: 'sse-rds', instances: ''}),
			];
		case 'eu-south-1':
			return [cluster(place, 'legacy-milano', {encryption: 'none', instances: 'a'})];
		case 'eu-west-2':
			return [cluster(place, 'uk-orders', {encryption: 'sse-rds'})];
		case 'ap-southeast-2':
			return [cluster(place, 'demo', {instances: 'a', deletionProtection: false})];
		default:
			return [];
	}
};

/** Four global databases over five Regions. In Milan a permissions boundary hides what clusters are made of. */
export const populate: Populate<RdsState> = place => ({
	globalClusters: globals(),
	clusters: clusters(place),
	refused: place.awsRegion === 'eu-south-1' ? {DescribeDBClusters: 'explicit-deny-in-permissions-boundary'} : {},
});

const change = (state: RdsState, id: string, facts: (one: RdsGlobalCluster) => Partial<RdsGlobalCluster>): void => {
	state.globalClusters = state.globalClusters.map(one => (one.id === id ? {...one, ...facts(one)} : one));
};

const synchronised = (state: RdsState, id: string, synchronizationStatus: 'connected' | 'pending-resync'): void =>
	change(state, id, ({members}) => ({members: members.map(one => (one.isWriter ? one : {...one, synchronizationStatus}))}));

/** Ireland loses touch and comes back; somebody takes off the protection, and puts it on again before the round is over. */
export const timeline: Timeline<RdsState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 70,
			what: 'shop-global: the secondary in Ireland has lost its connection',
			awsRegion: 'us-east-1',
			apply: state => synchronised(state, 'shop-global', 'pending-resync'),
		},
		{
			atSeconds: 150,
			what: 'shop-global is in step again, and somebody has turned its deletion protection off',
			awsRegion: 'us-east-1',
			apply(state) {
				synchronised(state, 'shop-global', 'connected');
				change(state, 'shop-global', () => ({deletionProtection: false}));
			},
		},
		{
			atSeconds: 285,
			what: 'shop-global is protected from deletion',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'shop-global', () => ({deletionProtection: true})),
		},
	],
};
