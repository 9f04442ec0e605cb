import {alias, healthCheck, type R53State, zone} from '../../services/route53-state.js';
import type {Populate} from '../scenario.js';
import {hostileStrings} from './strings.js';

/** Comments, record sets and what a health check asks for are free text. Zone names are what something that only says it is AWS would send. */
export const populate: Populate<R53State> = place =>
	place.awsRegion === 'us-east-1'
		? {
				zones: hostileStrings.map((text, index) => ({
					...zone(place, text, [
						alias(text, `${text}.cloudfront.net`, {SetIdentifier: text, Weight: 1}),
						alias(text, `${text}.us-east-1.elb.amazonaws.com`, {SetIdentifier: `${text}2`, Weight: 1}),
					]),
					id: `Z${String(index).padStart(12, '0')}`,
					comment: text,
					queryLogGroupArn: text,
					signing: {
						status: 'INTERNAL_FAILURE' as const,
						message: text,
						keys: [{name: text, kmsArn: text, status: 'ACTION_NEEDED' as const, statusMessage: text}],
					},
				})),
				healthChecks: hostileStrings.map((text, index) =>
					healthCheck(place, String(index), {
						Type: 'HTTPS_STR_MATCH',
						FullyQualifiedDomainName: text,
						ResourcePath: text,
						SearchString: text,
					}),
				),
			}
		: undefined;
