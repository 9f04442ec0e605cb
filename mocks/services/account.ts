import {GetAlternateContactCommand, ListRegionsCommand, RegionOptStatus} from '@aws-sdk/client-account';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {AccountState} from './account-state.js';

/** Only the management account or a delegated administrator may ask for another account than its own. */
const ownAccountOnly = (accountId: string | undefined, context: Context<AccountState>): void => {
	if (accountId === undefined) return;
	if (!/^\d{12}$/u.test(accountId)) throw context.invalid(`Invalid account id: ${accountId}`);
	throw new AwsError('AccessDeniedException', `User: ${context.callerArn} is not authorized to perform: ${context.iamAction}`, 403);
};

export const account = defineMockService({
	id: 'account',
	signingName: 'account',
	protocol: {name: 'restJson1'},
	errors: {throttled: {name: 'TooManyRequestsException', httpStatus: 429, message: 'Too Many Requests'}},
	enums: [RegionOptStatus],
	empty: (): AccountState => ({}),
	commands: {ListRegions: ListRegionsCommand, GetAlternateContact: GetAlternateContactCommand},
	handlers: {
		// https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
		ListRegions: (input, context) => {
			ownAccountOnly(input.AccountId, context);
			const wanted = input.RegionOptStatusContains;
			const regions = context.account.regions
				.filter(region => wanted === undefined || wanted.length === 0 || wanted.includes(region.status))
				.map(region => ({RegionName: region.awsRegion, RegionOptStatus: region.status}));
			const {page, token} = context.paginate(regions, input, {token: 'NextToken', limit: 'MaxResults', defaultLimit: 50, maximumLimit: 50});
			return {Regions: [...page], ...(token !== undefined && {NextToken: token})};
		},

		// https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html
		GetAlternateContact: (input, context) => {
			ownAccountOnly(input.AccountId, context);
			const {securityContact} = context.state;
			if (input.AlternateContactType !== 'SECURITY' || securityContact === undefined) {
				throw new AwsError('ResourceNotFoundException', `No contact of the inputted alternate contact type found.`, 404);
			}
			return {AlternateContact: securityContact};
		},
	},
});
