import {managedOrganization, type OrganizationsState, organizationAccount} from '../../services/organizations-state.js';
import {securityAccountId} from '../estate.js';
import type {Populate} from '../scenario.js';

/**
 * The production account manages the organisation, and GuardDuty, Inspector and Security Hub itself, which is handy and what
 * AWS advises against. Firewall Manager went to the security account. Who runs Macie the reader may not know.
 */
export const populate: Populate<OrganizationsState> = place =>
	place.awsRegion === 'us-east-1'
		? {
				...managedOrganization(
					place,
					[
						organizationAccount(place, securityAccountId, 'acme-security'),
						organizationAccount(place, '345678901234', 'acme-data'),
						organizationAccount(place, '456789012345', 'acme-dev', {joinedAt: place.daysAgo(120)}),
						organizationAccount(place, '567890123456', 'acme-legacy', {
							state: 'SUSPENDED',
							joinedMethod: 'INVITED',
							joinedAt: place.daysAgo(2100),
						}),
						organizationAccount(place, '678901234567', 'acme-agency', {state: 'PENDING_CLOSURE', joinedMethod: 'INVITED'}),
					],
					securityAccountId,
					{delegated: {'fms.amazonaws.com': [securityAccountId], 'macie.amazonaws.com': [securityAccountId]}},
				),
				refusedServices: {'macie.amazonaws.com': 'explicit-deny-in-identity-based-policy'},
			}
		: undefined;
