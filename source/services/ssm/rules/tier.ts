import {type Rule, unpublished} from '../../../model/index.js';
import {exemptWhenShared, type Parameter, untold, usdPerAdvancedMonth} from './parameter.js';

export const advancedNeeded: Rule<Parameter> = {
	id: 'ssm-parameter-advanced-needed',
	title: 'An advanced parameter has a use for its tier',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'An advanced parameter is charged for by the month, a standard one is not. What the tier is for: policies, values of more than 4 KB, and sharing with other accounts.',
	remediation: {
		text: 'If its value has no more than 4 KB and no other account reads it: delete it and make it again as a standard parameter; an advanced one cannot be turned back. A SecureString under a key of your own takes --key-id with that key as well. Else mute this, or give it the policies that it pays for.',
		cli: 'aws ssm put-parameter --name NEW_NAME --tier Standard --type TYPE --value VALUE --region {region}',
		url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html',
	},
	note: 'The size of a value and whether it is shared cannot be seen without reading it or asking each parameter. Intelligent-Tiering makes parameters advanced by itself, where they need it or the standard quota is full.',
	reads: [],
	exempts: resource =>
		exemptWhenShared(resource) ??
		(resource.configuration.tier === 'Standard' || resource.configuration.tier === 'Intelligent-Tiering'
			? `its tier is ${resource.configuration.tier}`
			: undefined),
	evaluate({configuration: {tier, policies}}) {
		if (tier === undefined || policies === undefined) {
			return untold(tier === undefined ? 'tier' : 'policies');
		}

		if (tier !== 'Advanced') {
			return {verdict: 'UNKNOWN', reason: `its tier ${tier} is not known to this version`};
		}

		const evidence = {
			expected: 'policies, or a use that cannot be seen from here',
			observed: `Tier ${tier}, ${policies.length === 0 ? 'no policies' : policies.map(({type}) => type).join(', ')}`,
			operation: 'DescribeParameters',
		};
		return policies.length === 0
			? {
					verdict: 'FAIL',
					reason: `advanced without a policy, for ${usdPerAdvancedMonth.toFixed(2)} USD a month: needed only if its value has more than 4 KB or it is shared`,
					evidence,
				}
			: {verdict: 'PASS', reason: `advanced for its ${policies.length === 1 ? 'policy' : `${policies.length} policies`}`, evidence};
	},
};
