import {type EbState, eventRule} from '../../services/eventbridge-state.js';
import type {Populate} from '../scenario.js';
import {hostileMegabyte, hostileStrings} from './strings.js';

const deep = `${'{"detail":'.repeat(5000)}{}${'}'.repeat(5000)}`;

/** Names and descriptions that do something, and patterns that are none. */
export const populate: Populate<EbState> = place => ({
	rules: [
		...hostileStrings.map((trick, index) =>
			eventRule(
				place,
				`${index} ${trick}`,
				{source: ['aws.guardduty', trick], detail: {[trick]: [trick, {wildcard: `*${trick.slice(0, 100)}*`}]}},
				{Description: trick, ManagedBy: trick, targets: [{Id: trick, Arn: `arn:aws:sns:us-east-1:666666666666:${trick}`}]},
			),
		),
		eventRule(place, 'long', {}, {Description: hostileMegabyte, EventPattern: hostileMegabyte}),
		eventRule(place, 'deep', {}, {EventPattern: deep}),
		eventRule(place, 'odd', {}, {EventPattern: '{"source":"aws.guardduty","detail":null,"$or":[1]}'}),
		eventRule(place, 'slow', {source: [{wildcard: '*a'.repeat(1000)}]}),
	],
	refused: {},
});
