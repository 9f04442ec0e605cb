import {ListRegionsCommand, RegionOptStatus} from '@aws-sdk/client-account';
import {AwsError} from '../endpoint/aws-error.js';
import {defineMockService} from '../endpoint/service.js';

/** What the account is stands in the scenario itself. */
export type AccountState = Readonly<Record<string, never>>;

export const account = defineMockService({
	id: 'account',
	signingName: 'account',
	protocol: {name: 'restJson1'},
	errors: {throttled: {name: 'TooManyRequestsException', httpStatus: 429, message: 'Too Many Requests'}},
	enums: [RegionOptStatus],
	empty: (): AccountState => ({}),
	commands: {ListRegions: ListRegionsCommand},
	handlers: {
		// https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html
		ListRegions: (input, context) => {
			if (input.AccountId !== undefined && !/^\d{12}$/u.test(input.AccountId)) {
				throw context.invalid(`Invalid account id: ${input.AccountId}`);
			}
			// Only the management account or a delegated administrator may ask for another one.
			if (input.AccountId !== undefined) {
				throw new AwsError('AccessDeniedException', `User: ${context.callerArn} is not authorized to perform: account:ListRegions`, 403);
			}
			const wanted = input.RegionOptStatusContains;
			const regions = context.account.regions
				.filter(region => wanted === undefined || wanted.length === 0 || wanted.includes(region.status))
				.map(region => ({RegionName: region.awsRegion, RegionOptStatus: region.status}));
			const {page, token} = context.paginate(regions, input, {token: 'NextToken', limit: 'MaxResults', defaultLimit: 50, maximumLimit: 50});
			return {Regions: [...page], ...(token !== undefined && {NextToken: token})};
		},
	},
});
