import {type Ec2State, quietEc2, volume} from '../../../services/ec2-state.js';
import {instanceId, keyArn} from '../../estate.js';
import type {Place} from '../../scenario.js';
import {virginiaNetwork} from './virginia-network.js';
import {virginiaShares} from './virginia-shares.js';

/** At work: encrypted by default with a key of its own, and nothing keeps anybody from making a snapshot public. */
export const virginia = (place: Place): Ec2State => {
	const key = keyArn(place, 'prod/volumes');
	const on = (name: string) => ({instanceId: instanceId(place, name)});
	return {
		...quietEc2(),
		defaultKmsKeyId: key,
		snapshotAccess: 'unblocked',
		allowedImages: {State: 'audit-mode', ImageCriteria: [{ImageProviders: ['amazon', place.accountId]}], ManagedBy: 'account'},
		...virginiaShares(place),
		...virginiaNetwork(place),
		volumes: [
			volume(place, 'web-1', {key, ...on('web-1'), sizeGiB: 30}),
			volume(place, 'web-2', {key, ...on('web-2'), sizeGiB: 30}),
			volume(place, 'batch-1', {...on('batch-1'), sizeGiB: 500, ageDays: 900}),
			volume(place, 'bastion', {...on('bastion'), sizeGiB: 8, ageDays: 1400}),
			volume(place, 'ci-runner', {key, ...on('ci-runner'), sizeGiB: 30}),
			volume(place, 'ci-cache', {key: keyArn(place, 'staging/app'), ...on('ci-runner'), sizeGiB: 300}),
			volume(place, 'orders handover', {key: keyArn(place, 'prod/ami-share')}),
			volume(place, 'erp 2019', {sizeGiB: 1000, ageDays: 2200}),
		],
	};
};
