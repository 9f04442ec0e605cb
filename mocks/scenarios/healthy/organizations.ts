import {managedOrganization, type OrganizationsState, organizationAccount} from '../../services/organizations-state.js';
import type {Populate} from '../scenario.js';

export const populate: Populate<OrganizationsState> = place =>
	managedOrganization(
		place,
		[organizationAccount(place, '555566667777', 'acme-security'), organizationAccount(place, '666677778888', 'acme-playground')],
		'555566667777',
	);
