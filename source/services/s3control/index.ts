import {defineService, type Kind, type Resource} from '../../model/index.js';
import {type Account, accountRules, accountType, type PublicAccessBlock, switchesOff} from './rules.js';

const inWords = ({configuration: {publicAccessBlock}}: Resource<Account>): string | undefined => {
	if (publicAccessBlock === undefined || publicAccessBlock === null) {
		return publicAccessBlock === null ? 'none' : undefined;
	}

	const off = switchesOff(publicAccessBlock);
	return off.length === 0 ? 'whole' : off.length === 4 ? 'off' : `without ${off.join(', ')}`;
};

const onOrOff =
	(name: keyof PublicAccessBlock) =>
	({configuration: {publicAccessBlock}}: Resource<Account>): string | undefined =>
		publicAccessBlock ? (publicAccessBlock[name] ? 'on' : 'off') : undefined;

const accounts: Kind<Account> = {
	resourceType: accountType,
	title: 'Account',
	columns: [{title: 'Block', value: inWords}],
	facts: [
		{title: 'Block', value: inWords},
		{title: 'Block public ACLs', value: onOrOff('blockPublicAcls')},
		{title: 'Ignore public ACLs', value: onOrOff('ignorePublicAcls')},
		{title: 'Block public policies', value: onOrOff('blockPublicPolicy')},
		{title: 'Restrict public buckets', value: onOrOff('restrictPublicBuckets')},
	],
	rules: accountRules,
	consolePath: () => 's3/settings?region=us-east-1',
};

export const s3control = defineService({
	id: 's3control',
	title: 'S3 account',
	group: 'data',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	refresh: {full: {everyMs: 10 * 60_000, deadlineMs: 60_000}},
	iamPrefix: 's3',
	operations: {
		GetPublicAccessBlock: {
			requestsPerSecond: 5,
			iamAction: 's3:GetAccountPublicAccessBlock',
			answers: ['PublicAccessBlockConfiguration'],
			source: 'a guess: AWS publishes no rate for S3 Control, and this is asked once a refresh',
		},
	},
	kinds: [accounts],
	load: async () => import('./collect.js'),
});
