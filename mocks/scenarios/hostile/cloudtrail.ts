import {type CloudTrailState, trail} from '../../services/cloudtrail-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** Names, prefixes, errors and selectors that do something to who shows them; all but one trail are stopped. */
export const populate: Populate<CloudTrailState> = place => ({
	trails: hostileStrings.map((text, index) =>
		trail(place, `${index}/${text}`, {
			multiRegion: index % 2 === 0,
			bucket: hostileAt(index + 1),
			prefix: text,
			logGroupArn: text,
			logging: index === 0,
			deliveryError: hostileAt(index + 2),
			logGroupError: text,
			advancedSelectors: [
				{
					Name: text,
					FieldSelectors: [
						{Field: 'eventCategory', Equals: ['Management']},
						{Field: text, Equals: [text]},
					],
				},
				{
					FieldSelectors: [
						{Field: 'eventCategory', Equals: ['Data']},
						{Field: 'resources.type', Equals: [text]},
					],
				},
			],
		}),
	),
	refused: {},
});
