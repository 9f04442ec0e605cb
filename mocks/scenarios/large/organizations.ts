import {managedOrganization, type OrganizationsState, organizationAccount} from '../../services/organizations-state.js';
import type {Populate} from '../scenario.js';
import {bigName} from './names.js';

const total = 2000;

export const populate: Populate<OrganizationsState> = place => {
	const chance = place.random('organizations');
	const accounts = Array.from({length: total}, (_, index) =>
		organizationAccount(place, String(200_000_000_000 + index), bigName(chance, index).replaceAll('/', '-'), {
			joinedAt: place.daysAgo(chance.between(1, 2500)),
			state: chance.weighted([
				[97, 'ACTIVE'],
				[2, 'PENDING_CLOSURE'],
				[1, 'SUSPENDED'],
			]),
		}),
	);
	return place.awsRegion === 'us-east-1' ? managedOrganization(place, accounts, '200000000000') : undefined;
};
