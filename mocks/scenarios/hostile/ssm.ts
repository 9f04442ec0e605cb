import {expiration, parameter, plain, type SsmParameter, type SsmState} from '../../services/ssm-state.js';
import type {Place, Populate} from '../scenario.js';
import {hostileMegabyte, hostileStrings} from './strings.js';

const tricked = (place: Place, trick: string, index: number): SsmParameter =>
	parameter(place, `/prod/${index}/${trick}`, {
		Description: trick,
		KeyId: trick,
		LastModifiedUser: trick,
		AllowedPattern: trick,
		DataType: trick,
		Policies: [{PolicyText: trick, PolicyType: trick, PolicyStatus: trick}],
	});

/** Names allow few characters, descriptions any: the rest is what something that only says it is AWS would send. */
export const populate: Populate<SsmState> = place => ({
	parameters: [
		...hostileStrings.map((trick, index) => tricked(place, trick, index)),
		plain(place, '/prod/password\u001b[31m', {Description: hostileMegabyte}),
		parameter(place, '/prod/ends', {
			Policies: [{...expiration(place.inDays(2)), PolicyText: '{"Attributes":{"Timestamp":"\u202enever"}}'}],
		}),
	],
	shared: [],
	settings: {'/ssm/documents/console/public-sharing-permission': '\u001b[2JDisable'},
	refused: {},
});
