import {healthCheck, protection, responds, type ShieldState, standard, subscription} from '../../services/shield-state.js';
import {allocationId, loadBalancerArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** 800 protections of which a few in a hundred lack something, 60 attacks, and a subscription that ends. */
export const populate: Populate<ShieldState> = place => {
	if (place.awsRegion !== 'us-east-1') return undefined;
	const chance = place.random('shield');
	const protections = Array.from({length: 800}, (_, index) => {
		const name = `protection-${index}`;
		const isAddress = index % 4 === 0;
		const arn = isAddress ? place.arn('ec2', `eip-allocation/${allocationId(place, name)}`) : loadBalancerArn(place, `lb-${index}`);
		return protection(place, name, arn, {
			HealthCheckIds: chance.next() < 0.9 ? [healthCheck(place, name)] : [],
			...(!isAddress && chance.next() < 0.9 && responds('Block')),
		});
	});
	return {
		...standard(),
		subscription: subscription(place, 338, {AutoRenew: 'DISABLED'}),
		contacts: [{EmailAddress: 'soc@acme.example', PhoneNumber: '+15550100'}, {EmailAddress: 'cto@acme.example'}],
		protections,
		attacks: Array.from({length: 60}, (_, index) => {
			const daysAgo = chance.between(2, 29);
			return {
				AttackId: chance.uuid(),
				ResourceArn: protections[index * 7]?.ResourceArn,
				StartTime: place.daysAgo(daysAgo),
				EndTime: place.daysAgo(daysAgo - 0.1),
				AttackVectors: [{VectorType: chance.pick(['SYN_FLOOD', 'UDP_TRAFFIC', 'REQUEST_FLOOD'])}],
			};
		}),
	};
};
