import {
	type ConfigRuleRecord,
	type ConfigState,
	certificateRule,
	channel,
	configRule,
	evaluation,
	recorder,
} from '../../services/config-state.js';
import type {Place, Populate} from '../scenario.js';

const identifiers = [
	'S3_BUCKET_SSL_REQUESTS_ONLY',
	'ENCRYPTED_VOLUMES',
	'SECRETSMANAGER_USING_CMK',
	'KMS_CMK_NOT_SCHEDULED_FOR_DELETION',
] as const;
const counts: Readonly<Record<string, number>> = {'us-east-1': 400, 'eu-west-1': 200, 'ap-southeast-2': 50};

const made = (place: Place, index: number): ConfigRuleRecord => {
	const chance = place.random(`config/${index}`);
	// Half of what Security Hub and conformance packs make is no concern of ours.
	const identifier = chance.chance(0.5) ? chance.pick(identifiers) : 'REQUIRED_TAGS';
	const bad = chance.chance(0.3) ? chance.between(1, 60) : 0;
	const nonCompliant = Array.from({length: bad}, () => evaluation(place, 'AWS::S3::Bucket', `bucket-${chance.hex(8)}`));
	return configRule(place, `conformance-${String(index).padStart(3, '0')}`, identifier, {nonCompliant});
};

/** 650 rules over three Regions, and a check that flags 300 certificates in each. */
export const populate: Populate<ConfigState> = place => {
	const flagged = Array.from({length: 300}, (_, index) =>
		evaluation(place, 'AWS::ACM::Certificate', place.arn('acm', `certificate/${place.random(`config/${index}`).uuid()}`)),
	);
	const rules = Array.from({length: counts[place.awsRegion] ?? 0}, (_, index) => made(place, index));
	return {
		recorder: recorder(place),
		channel: channel(place),
		rules: [certificateRule(place, 30, {nonCompliant: flagged}), ...rules],
		refused: {},
	};
};
