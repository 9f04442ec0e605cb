import {byUpdate, type GuardDutyRecord, type GuardDutyState, guardDutyFinding, quietGuardDuty} from '../../services/guardduty-state.js';
import type {Place, Populate} from '../scenario.js';
import {shareOf} from './names.js';

const total = 20_000;

const types: ReadonlyArray<readonly [weight: number, [type: string, severity: number]]> = [
	[30, ['Recon:EC2/PortProbeUnprotectedPort', 2]],
	[25, ['UnauthorizedAccess:EC2/SSHBruteForce', 5]],
	[12, ['Discovery:S3/AnomalousBehavior', 2]],
	[10, ['UnauthorizedAccess:EC2/RDPBruteForce', 2]],
	[8, ['Persistence:IAMUser/AnomalousBehavior', 5]],
	[6, ['Recon:EC2/Portscan', 5]],
	[4, ['Backdoor:EC2/C&CActivity.B!DNS', 8]],
	[3, ['CryptoCurrency:EC2/BitcoinTool.B!DNS', 8]],
	[1.9, ['Impact:EC2/PortSweep', 8]],
	[0.1, ['AttackSequence:S3/CompromisedData', 9.5]],
];

const finding = (place: Place, chance: ReturnType<Place['random']>, index: number): GuardDutyRecord => {
	const [type, severity] = chance.weighted(types);
	const instanceId = `i-0${chance.hex(16)}`;
	// GuardDuty keeps findings for 90 days; none is of the last minutes, so that a steady refresh finds nothing new.
	const updatedHoursAgo = 0.5 + chance.next() * 2100;
	return guardDutyFinding(place, `large/${index}`, {
		type,
		severity,
		title: `The EC2 instance ${instanceId} shows ${type}.`,
		resource: {ResourceType: 'Instance', InstanceDetails: {InstanceId: instanceId}},
		createdHoursAgo: updatedHoursAgo + chance.next() * 40,
		updatedHoursAgo,
		count: chance.between(1, 5000),
		...(chance.chance(0.3) && {archived: true as const}),
	});
};

/** Twenty thousand findings over three Regions, a third of them archived. */
export const populate: Populate<GuardDutyState> = place => {
	const chance = place.random('guardduty');
	return {
		...quietGuardDuty(),
		findings: byUpdate(Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => finding(place, chance, index))),
	};
};
