import {type CfState, customOrigin, distribution} from '../../services/cloudfront-state.js';
import type {Populate} from '../scenario.js';
import {hostileStrings} from './strings.js';

/** Comments, ids of origins and path patterns are free text. Aliases are what something that only says it is AWS would send. */
export const populate: Populate<CfState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				distributions: hostileStrings.map((text, index) =>
					distribution(place, `E${String(index).padStart(13, '0')}`, `a${index}.example.com`, {
						comment: text,
						aliases: [text],
						origins: [customOrigin(text, `${text}.example.com`, {policy: 'match-viewer'})],
						behaviors: [
							{pathPattern: `/${text}`, targetOriginId: text, viewerProtocolPolicy: 'allow-all'},
							{pathPattern: '*', targetOriginId: text, viewerProtocolPolicy: 'allow-all'},
						],
						webAclId: text,
						defaultRootObject: text,
						logBucket: text,
						geoRestriction: {type: 'blacklist', countries: [text]},
					}),
				),
			}
		: undefined;
