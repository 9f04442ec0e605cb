import type {Account, RegionOptStatus} from '../endpoint/account.js';

// Which Regions are on by default: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
const byDefault = [
	'us-east-1',
	'us-east-2',
	'us-west-1',
	'us-west-2',
	'ap-south-1',
	'ap-northeast-1',
	'ap-northeast-2',
	'ap-northeast-3',
	'ap-southeast-1',
	'ap-southeast-2',
	'ca-central-1',
	'eu-central-1',
	'eu-west-1',
	'eu-west-2',
	'eu-west-3',
	'eu-north-1',
	'sa-east-1',
] as const;

const optIn = [
	'af-south-1',
	'ap-east-1',
	'ap-south-2',
	'ap-southeast-3',
	'ap-southeast-4',
	'ap-southeast-5',
	'ca-west-1',
	'eu-central-2',
	'eu-south-1',
	'eu-south-2',
	'il-central-1',
	'me-central-1',
	'me-south-1',
] as const;

/** An account of the commercial partition in which `statuses` name the opted-in Regions; the others that need it are off. */
export const commercialAccount = (of: {
	readonly accountId: string;
	readonly alias: string;
	readonly statuses?: Readonly<Partial<Record<(typeof optIn)[number], RegionOptStatus>>>;
}): Account => ({
	accountId: of.accountId,
	partition: 'aws',
	alias: of.alias,
	regions: [
		...byDefault.map(awsRegion => ({awsRegion, status: 'ENABLED_BY_DEFAULT' as const})),
		...optIn.map(awsRegion => ({awsRegion, status: of.statuses?.[awsRegion] ?? ('DISABLED' as const)})),
	].sort((a, b) => (a.awsRegion < b.awsRegion ? -1 : 1)),
	callerArn: `arn:aws:sts::${of.accountId}:assumed-role/VedetteReadOnly/sentry`,
	callerUserId: 'AROAEXAMPLEVEDETTE2Q7:sentry',
});
