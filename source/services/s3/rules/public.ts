import {type Rule, refusalInWords} from '../../../model/index.js';
import {type Bucket, guide} from './bucket.js';

/** The switches of a block that are off, in AWS's names. */
const off = (block: NonNullable<Bucket['publicAccessBlock']>): readonly string[] =>
	Object.entries(block).flatMap(([name, isOn]) => (isOn ? [] : [name.charAt(0).toUpperCase() + name.slice(1)]));

const accountsBlock = 'The account’s own block, which outranks the bucket’s, is another fact: it stands under “S3 account”.';

export const notPublic: Rule<Bucket> = {
	id: 's3-bucket-not-public',
	title: 'A bucket’s policy lets no stranger in',
	severity: 'CRITICAL',
	published: {
		securityControlIds: ['S3.2', 'S3.3'],
		cis: ['v7.0 2.21'],
		prowler: ['s3_bucket_public_access', 's3_bucket_policy_public_write_access'],
	},
	rationale: 'What a public policy gives away is found within hours: names of buckets are guessed, and lists of them are traded.',
	remediation: {
		text: 'Restrict public buckets at once, then mend the policy. A web site belongs behind CloudFront, with origin access control and the bucket closed.',
		cli: 'aws s3api put-public-access-block --bucket {name} --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true --region {region}',
		terraform:
			'resource "aws_s3_bucket_public_access_block" "this" {\n  bucket                  = "{name}"\n  block_public_acls       = true\n  ignore_public_acls      = true\n  block_public_policy     = true\n  restrict_public_buckets = true\n}',
		url: `${guide}access-control-block-public-access.html`,
	},
	note: `AWS’s own judgement of the policy, beside the bucket’s own block; it is not asked for where each statement that allows anything names whom, which AWS calls not public. The account’s own block, which outranks the bucket’s, is asked for where a bucket is open but for that: where it restricts public buckets the bucket is closed, until somebody turns it off; where it cannot be read this is UNKNOWN. ACLs are not read here: the rule on the block asks for the switch by which S3 ignores them.`,
	reads: ['GetBucketPolicyStatus', 'GetPublicAccessBlock'],
	evaluate({configuration: {isPolicyPublic, isPolicyNamed, publicAccessBlock, doesAccountRestrict}, unread}) {
		if (isPolicyPublic === undefined || publicAccessBlock === undefined) {
			return {verdict: 'UNKNOWN', reason: 'whether its policy is public has not been read'};
		}

		const restricts = publicAccessBlock?.restrictPublicBuckets === true;
		if (isPolicyNamed === true) {
			return {
				verdict: 'PASS',
				reason: 'its policy names everyone it lets in',
				evidence: {expected: 'no Principal with a wildcard', observed: 'none in a statement that allows', operation: 'GetBucketPolicy'},
			};
		}

		const evidence = {
			expected: 'IsPublic false, or RestrictPublicBuckets true',
			observed: `IsPublic ${isPolicyPublic ?? 'absent: no policy'}, RestrictPublicBuckets ${publicAccessBlock === null ? 'absent' : restricts}`,
			operation: isPolicyPublic === null ? 'GetBucketPolicy' : 'GetBucketPolicyStatus',
		};
		if (isPolicyPublic !== true) {
			return {verdict: 'PASS', reason: isPolicyPublic === null ? 'it has no policy' : 'its policy is not public', evidence};
		}

		if (restricts) {
			return {verdict: 'PASS', reason: 'its policy is public, but its block lets in this account and AWS’s services only', evidence};
		}

		const account = {...evidence, operation: 'GetAccountPublicAccessBlock'};
		if (doesAccountRestrict === undefined) {
			const refusal = unread['GetAccountPublicAccessBlock'];
			const why = refusal === undefined ? 'has not been read' : `could not be read: ${refusalInWords(refusal)}`;
			return {
				verdict: 'UNKNOWN',
				reason: `its policy is public and its own block does not restrict it; whether the account’s block does ${why}`,
				evidence,
			};
		}

		return doesAccountRestrict
			? {
					verdict: 'PASS',
					reason:
						'its policy is public and its own block does not restrict it, but the account’s lets in this account and AWS’s services only',
					evidence: account,
				}
			: {
					verdict: 'FAIL',
					reason: 'its policy is public, and neither its own block nor the account’s restricts it: anyone is let in',
					evidence: account,
				};
	},
};

export const publicAccessBlocked: Rule<Bucket> = {
	id: 's3-bucket-block-public-access',
	title: 'A bucket blocks public access by itself',
	severity: 'HIGH',
	published: {
		securityControlIds: ['S3.8'],
		cis: ['v3.0 2.1.4', 'v5.0 2.1.4', 'v6.0 3.1.4', 'v7.0 3.1.4'],
		prowler: ['s3_bucket_level_public_access_block'],
	},
	rationale:
		'A block is what holds when somebody writes a policy or an ACL in haste. The bucket’s own holds too when the account’s is lifted for another bucket.',
	remediation: notPublic.remediation,
	note: `All four switches of the bucket alone, as S3.8 asks. ${accountsBlock} Where that is on, this is a second belt. New buckets have all four since April 2023, so that one without is old or was opened.`,
	reads: ['GetPublicAccessBlock'],
	evaluate({configuration: {publicAccessBlock}}) {
		if (publicAccessBlock === undefined) return {verdict: 'UNKNOWN', reason: 'its block has not been read'};
		const evidence = (observed: string) => ({expected: 'all four switches on', observed, operation: 'GetPublicAccessBlock'});
		if (publicAccessBlock === null) {
			return {
				verdict: 'FAIL',
				reason: 'it has no block of its own: only the account’s could hold a public policy or ACL',
				evidence: evidence('none'),
			};
		}

		const open = off(publicAccessBlock);
		return open.length === 0
			? {verdict: 'PASS', reason: 'all four switches of its block are on', evidence: evidence('all four on')}
			: {
					verdict: 'FAIL',
					reason:
						open.length === 4
							? 'all four switches of its own block are off'
							: `its own block is not whole: ${open.join(', ')} ${open.length === 1 ? 'is' : 'are'} off`,
					evidence: evidence(`off: ${open.join(', ')}`),
				};
	},
};
