import {type CloudTrailState, trail, withObjects} from '../../services/cloudtrail-state.js';
import type {Populate} from '../scenario.js';

/** "Trails per Region: 5": https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const teams = ['network', 'payments', 'research', 'partners'] as const;

export const populate: Populate<CloudTrailState> = place => ({
	trails: [
		...(place.awsRegion === 'us-east-1'
			? [trail(place, 'acme-global', {multiRegion: true, organization: true, selectors: [withObjects('kms.amazonaws.com')]})]
			: []),
		...teams.map((team, index) => trail(place, `${team}-${place.awsRegion}`, {validated: index % 2 === 0, bucket: `acme-${team}-trail`})),
	],
	refused: {},
});
