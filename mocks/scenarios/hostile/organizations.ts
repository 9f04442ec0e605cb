import {managedOrganization, type OrganizationsState, organizationAccount} from '../../services/organizations-state.js';
import type {Populate} from '../scenario.js';
import {hostileAt, hostileStrings} from './strings.js';

/** An account for every hostile string, and one of them runs all security services. */
export const populate: Populate<OrganizationsState> = place =>
	managedOrganization(
		place,
		hostileStrings.map((text, index) => organizationAccount(place, String(100_000_000_000 + index), text)),
		'100000000000',
		{id: hostileAt(3), trusted: hostileStrings},
	);
