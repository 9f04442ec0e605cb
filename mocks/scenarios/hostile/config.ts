import {type ConfigState, certificateRule, channel, configRule, evaluation, recorder} from '../../services/config-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileMegabyte, hostileStrings} from './strings.js';

/** Names, messages and annotations that do something. */
export const populate: Populate<ConfigState> = place => ({
	recorder: recorder(place, {status: 'FAILURE', error: [hostileAt(0), hostileAt(1)]}),
	channel: channel(place, [hostileAt(2), hostileMegabyte]),
	rules: [
		...hostileStrings.map((trick, index) =>
			configRule(place, `${index} ${trick}`, `S3_${trick}`, {description: trick, createdBy: trick, parameters: {[trick]: trick}}),
		),
		certificateRule(place, 14, {
			parameters: {daysToExpiration: hostileAt(0)},
			nonCompliant: hostileStrings.map(trick => evaluation(place, 'AWS::ACM::Certificate', trick, trick)),
		}),
	],
	refused: {},
});
