import {busTarget, type EbState, eventRule, schedule} from '../../services/eventbridge-state.js';
import type {Populate} from '../scenario.js';

/** One rule that sends all that AWS tells to the security account, and a job of the night. */
export const populate: Populate<EbState> = place => ({
	rules: [
		eventRule(place, 'forward-to-security', {source: [{prefix: 'aws.'}]}, {targets: [busTarget(place, '111122223333', 'undelivered')]}),
		schedule(place, 'nightly-backup', 'cron(0 2 * * ? *)'),
	],
	refused: {},
});
