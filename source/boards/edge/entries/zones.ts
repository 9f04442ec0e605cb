import type {HostedZone} from '../../../services/route53/rules/zone.js';
import {type Draft, inPath} from '../entry.js';
import type {Landscape} from '../landscape/index.js';
import {notAsked} from '../standing.js';

const serves = notAsked('a zone answers for names and serves no traffic itself');

/** Public hosted zones, where the account has what could protect them: nothing else is asked of one here. */
export const zoneEntries = ({inputs, shield}: Landscape): readonly Draft[] =>
	shield.isSubscribed
		? inputs
				.of<HostedZone>('AWS::Route53::HostedZone')
				.filter(({resource}) => resource.configuration.isPrivate === false)
				.map(({resource}) => ({
					thing: resource,
					sort: 'hosted zone',
					hosts: [resource.resourceName],
					behind: [],
					practices: {
						bp1: serves,
						bp2: serves,
						bp3: serves,
						bp4: serves,
						bp5: serves,
						bp6: serves,
						bp7: serves,
						shield: shield.ofResource(resource.arn),
					},
					consolePath: `route53/v2/hostedzones?region=us-east-1#ListRecordSets/${inPath(resource.resourceId)}`,
				}))
		: [];
