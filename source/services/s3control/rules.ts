import type {Rule} from '../../model/index.js';

/** AWS Config's name. */
export const accountType = 'AWS::S3::AccountPublicAccessBlock';

/** The account as S3 knows it: one in each account, for all of its buckets in all Regions. */
export type Account = {
	/**
	 * The block that is in effect, whether the account set it or a policy of its organization; null where there is none.
	 * It adds to each bucket's own: of two switches the one that is on counts.
	 */
	readonly publicAccessBlock?: PublicAccessBlock | null;
};

export type PublicAccessBlock = {
	readonly blockPublicAcls: boolean;
	readonly ignorePublicAcls: boolean;
	readonly blockPublicPolicy: boolean;
	/** The one by which public policies that stand let in no stranger. */
	readonly restrictPublicBuckets: boolean;
};

/** AWS's names of the switches that are off. */
export const switchesOff = (block: PublicAccessBlock): readonly string[] =>
	Object.entries(block).flatMap(([name, isOn]) => (isOn ? [] : name.charAt(0).toUpperCase() + name.slice(1)));

const consequences = {
	BlockPublicAcls: 'new public ACLs are accepted',
	IgnorePublicAcls: 'public ACLs count',
	BlockPublicPolicy: 'new public policies are accepted',
	RestrictPublicBuckets: 'public policies let strangers in',
} as const;

export const publicAccessBlocked: Rule<Account> = {
	id: 's3control-account-block-public-access',
	title: 'The account blocks public access to all of its buckets',
	severity: 'HIGH',
	published: {
		securityControlIds: ['S3.1'],
		cis: ['v3.0 2.1.4', 'v5.0 2.1.4', 'v6.0 3.1.4', 'v7.0 3.1.4'],
		prowler: ['s3_account_level_public_access_blocks'],
	},
	rationale:
		'The account’s block holds for every bucket in every Region, those that are made tomorrow included, and outranks whatever a bucket says of itself.',
	remediation: {
		text: 'Turn all four on, once no bucket is public on purpose: serve those through CloudFront first. In an organization an S3 policy can set it for every account.',
		cli: 'aws s3control put-public-access-block --account-id {account} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --region us-east-1',
		terraform:
			'resource "aws_s3_account_public_access_block" "this" {\n  block_public_acls       = true\n  ignore_public_acls      = true\n  block_public_policy     = true\n  restrict_public_buckets = true\n}',
		url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-1',
	},
	note: 'All four switches, as S3.1 and CIS ask. Security Hub says Medium, Prowler High: this is the one setting by which no bucket of the account can be public by mistake. What each bucket says of itself stands under “S3 buckets”.',
	reads: ['GetPublicAccessBlock'],
	evaluate({configuration: {publicAccessBlock}}) {
		if (publicAccessBlock === undefined) return {verdict: 'UNKNOWN', reason: 'the account’s block has not been read'};
		const evidence = (observed: string) => ({expected: 'all four switches on', observed, operation: 'GetPublicAccessBlock'});
		if (publicAccessBlock === null) {
			return {verdict: 'FAIL', reason: 'the account has no block: each bucket is left to its own', evidence: evidence('no configuration')};
		}

		const off = switchesOff(publicAccessBlock);
		const follows = Object.entries(consequences).flatMap(([name, consequence]) => (off.includes(name) ? consequence : []));
		return off.length === 0
			? {verdict: 'PASS', reason: 'all four switches of the account’s block are on', evidence: evidence('all four on')}
			: {
					verdict: 'FAIL',
					reason: `${off.join(', ')} ${off.length === 1 ? 'is' : 'are'} off: where a bucket does not say otherwise, ${follows.join(' and ')}`,
					evidence: evidence(`off: ${off.join(', ')}`),
				};
	},
};

/** What should be true of the account. */
export const accountRules: ReadonlyArray<Rule<Account>> = [publicAccessBlocked];
