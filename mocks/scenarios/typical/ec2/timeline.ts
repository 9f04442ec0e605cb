import {tcp} from '../../../services/ec2-network-state.js';
import type {Ec2State} from '../../../services/ec2-state.js';
import type {Place, Timeline} from '../../scenario.js';

const awsRegion = 'us-east-1';

const setPublic = (state: Ec2State, name: string, isPublic: boolean): void => {
	state.snapshots = state.snapshots.map(one => (one.shown.Tags?.some(({Value}) => Value === name) === true ? {...one, isPublic} : one));
};

const setSsh = (state: Ec2State, place: Place, cidr: string): void => {
	state.groups = state.groups.map(one => (one.GroupName === 'bastion' ? {...one, IpPermissions: [tcp(place, 22, {cidrs: [cidr]})]} : one));
};

/** A slip of the hand, and somebody who sees to it. The next round begins where this one did. */
export const timeline: Timeline<Ec2State> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 55,
			what: 'somebody makes the snapshot of demo data public',
			awsRegion,
			apply: state => setPublic(state, 'demo data', true),
		},
		{
			atSeconds: 130,
			what: 'SSH to the bastion is open to the office alone',
			awsRegion,
			apply: (state, moment) => setSsh(state, moment, '192.0.2.0/26'),
		},
		{
			atSeconds: 190,
			what: 'public snapshots are blocked in Virginia',
			awsRegion,
			apply(state) {
				state.snapshotAccess = 'block-all-sharing';
			},
		},
		{
			atSeconds: 280,
			what: 'public snapshots may be shared again, demo data is private, and SSH to the bastion is open to everyone',
			awsRegion,
			apply(state, moment) {
				state.snapshotAccess = 'unblocked';
				setPublic(state, 'demo data', false);
				setSsh(state, moment, '0.0.0.0/0');
			},
		},
	],
};
