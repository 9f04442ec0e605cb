import {managedOrganization, type OrganizationsState, organizationAccount} from '../../services/organizations-state.js';
import {securityAccountId} from '../estate.js';
import {type Place, type Populate, startOf, type Timeline} from '../scenario.js';
import {memberAccounts} from './member-accounts.js';

/**
 * The production account manages the organisation, and GuardDuty, Inspector and Security Hub itself, which is handy and what
 * AWS advises against. Firewall Manager went to the security account. Who runs Macie the reader may not know.
 */
const governed = (place: Place): OrganizationsState => ({
	...managedOrganization(
		place,
		[
			organizationAccount(place, securityAccountId, 'acme-security'),
			...memberAccounts.map(({id, name}) =>
				organizationAccount(place, id, name, name === 'acme-dev' ? {joinedAt: place.daysAgo(120)} : {}),
			),
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
});

export const populate: Populate<OrganizationsState> = place => (place.awsRegion === 'us-east-1' ? governed(place) : undefined);

/**
 * An account is in one organisation or in none: that it stands alone, and that there is one bill and nothing else, can only come
 * one after the other. It happens while no other service's story speaks of the organisation, and those that live by it stay as they
 * are so long: an administrator of Firewall Manager that leaves the organisation keeps its policies, and is sent an e-mail
 * (https://docs.aws.amazon.com/waf/latest/developerguide/disqualified-admin-account.html).
 */
export const timeline: Timeline<OrganizationsState> = {
	roundSeconds: 300,
	steps: [
		{
			// An organisation with a closed account cannot be deleted until that is gone.
			atSeconds: 110,
			what: 'time passes: acme-legacy and acme-agency are gone for good, and somebody deletes the organisation',
			awsRegion: 'us-east-1',
			apply(state) {
				state.organization = undefined;
			},
		},
		{
			atSeconds: 130,
			what: 'an organisation is made anew, with consolidated billing alone',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				const {organization} = governed(startOf(moment));
				state.organization = organization && {
					...organization,
					featureSet: 'CONSOLIDATED_BILLING',
					accounts: organization.accounts.filter(one => one.state === 'ACTIVE'),
					trusted: [],
					delegated: {},
				};
			},
		},
		{
			atSeconds: 150,
			what: 'all features of the organisation are enabled, and everybody is back',
			awsRegion: 'us-east-1',
			// Its id too, which AWS would not give twice: a round ends where it began.
			apply(state, moment) {
				state.organization = governed(startOf(moment)).organization;
			},
		},
	],
};
