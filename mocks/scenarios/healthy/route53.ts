import {alias, healthCheck, type R53State, zone} from '../../services/route53-state.js';
import {distributionDomainName} from '../estate.js';
import type {Populate} from '../scenario.js';

/** One zone, signed and logged, and a health check. */
export const populate: Populate<R53State> = place =>
	place.awsRegion === 'us-east-1'
		? {
				zones: [zone(place, 'sandbox.acme.com', [alias('www.sandbox.acme.com', distributionDomainName(place, 'E1HEALTHYSANDB'))])],
				healthChecks: [healthCheck(place, 'sandbox', {Type: 'HTTPS', FullyQualifiedDomainName: 'www.sandbox.acme.com', Port: 443})],
			}
		: undefined;
