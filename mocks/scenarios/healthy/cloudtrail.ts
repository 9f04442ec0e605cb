import {type CloudTrailState, trail, withObjects} from '../../services/cloudtrail-state.js';
import type {Populate} from '../scenario.js';

/** One trail for everything. */
export const populate: Populate<CloudTrailState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				trails: [
					trail(place, 'everything', {
						multiRegion: true,
						organization: true,
						kmsKeyArn: place.arn('kms', `key/${place.random('cloudtrail/key').uuid()}`),
						logGroupArn: place.arn('logs', 'log-group:/aws/cloudtrail/everything:*'),
						selectors: [withObjects()],
					}),
				],
				refused: {},
			}
		: undefined;
