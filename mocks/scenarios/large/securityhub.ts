import {controlFinding, quietSecurityHub, type SecurityHubRecord, type SecurityHubState} from '../../services/securityhub-state.js';
import type {Place, Populate} from '../scenario.js';
import {shareOf} from './names.js';

const total = 10_000;

const kinds: ReadonlyArray<readonly [weight: number, control: string]> = [
	[30, 'S3.5'],
	[22, 'SecretsManager.1'],
	[15, 'KMS.4'],
	[12, 'ELB.1'],
	[10, 'CloudTrail.4'],
	[6, 'RDS.27'],
	[3, 'EC2.19'],
	[2, 'S3.2'],
];

const finding = (place: Place, chance: ReturnType<Place['random']>, index: number): SecurityHubRecord => {
	const control = chance.weighted(kinds);
	const passed = chance.chance(0.5);
	return controlFinding(place, control, `large/${index}`, {
		resource: place.arn('s3', `thing-${chance.hex(8)}`),
		accountId: String(100_000_000_000 + chance.between(0, 200)),
		compliance: passed ? 'PASSED' : 'FAILED',
		createdDaysAgo: chance.between(1, 700),
		// Checks run every twelve hours; none was in the last minutes, so that a steady refresh finds nothing new.
		updatedHoursAgo: 0.5 + chance.next() * 12,
	});
};

/** Ten thousand findings over three Regions, half of them passed. */
export const populate: Populate<SecurityHubState> = place => {
	const chance = place.random('securityhub');
	return {
		...quietSecurityHub(),
		findings: Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => finding(place, chance, index)),
	};
};
