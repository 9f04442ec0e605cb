import type {Random} from '../../endpoint/random.js';
import {type EbRule, type EbState, eventRule, functionTarget, schedule, topicTarget} from '../../services/eventbridge-state.js';
import type {Place, Populate} from '../scenario.js';
import {bigName, shareOf} from './names.js';

const total = 1200;
const sources = ['aws.guardduty', 'aws.inspector2', 'aws.macie', 'aws.securityhub', 'aws.acm', 'aws.kms', 'aws.ssm', 'aws.health'] as const;
const others = ['aws.ec2', 'aws.s3', 'aws.ecs', 'aws.codepipeline', 'com.acme.orders', 'com.acme.stock'] as const;

const made = (place: Place, chance: Random, index: number): EbRule => {
	const name = bigName(chance, index).replace('/', '-');
	// Most rules of a large account are its applications'.
	const sort = chance.next();
	if (sort < 0.35) return schedule(place, name, `rate(${chance.between(2, 60)} minutes)`);
	if (sort < 0.88) return eventRule(place, name, {source: [chance.pick(others)]}, {targets: [functionTarget(place, name)]});
	const flaw = chance.next();
	return eventRule(
		place,
		name,
		{source: [chance.pick(sources)]},
		{
			State: flaw < 0.1 ? 'DISABLED' : 'ENABLED',
			targets: flaw > 0.95 ? [] : [topicTarget(place, 'alerts', flaw < 0.5 ? 'alerts-dead-letters' : undefined)],
		},
	);
};

/** 1,200 rules over three Regions, one in eight of them on findings and expiries. */
export const populate: Populate<EbState> = place => {
	const chance = place.random('eventbridge');
	return {rules: Array.from({length: shareOf(place.awsRegion, total)}, (_, index) => made(place, chance, index)), refused: {}};
};
