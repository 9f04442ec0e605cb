import {keyPolicy, kmsGrant, kmsKey, type NamedKeys} from '../../../services/kms-state.js';
import type {Place} from '../../scenario.js';
import {refuse, tags} from './common.js';

/** Another company's account, which runs its analytics on our data. */
const partnerAccount = '444455556666';
const auditAccount = '999988887777';

const allow = (principal: unknown, action: readonly string[], condition?: object): object => ({
	Sid: 'AllowUse',
	Effect: 'Allow',
	Principal: principal,
	Action: action,
	Resource: '*',
	...(condition !== undefined && {Condition: condition}),
});

const use = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'];

/**
 * What another account needs to launch from a shared AMI or to copy a shared snapshot, but for CreateGrant.
 * https://docs.aws.amazon.com/ebs/latest/userguide/share-kms-key.html
 */
const restore = ['kms:DescribeKey', 'kms:ReEncrypt*', 'kms:Decrypt'];

/** Who else may use them. */
export const shared = (place: Place): NamedKeys => [
	[
		'prod/public-cdn',
		kmsKey(place, 'prod/public-cdn', {
			description: 'Static site',
			policy: keyPolicy(place, allow('*', ['kms:Decrypt'])),
			tags: tags('web', 'prod'),
		}),
	],
	[
		'prod/queue',
		kmsKey(place, 'prod/queue', {
			policy: keyPolicy(
				place,
				allow({AWS: '*'}, use, {
					StringEquals: {'kms:CallerAccount': place.accountId, 'kms:ViaService': `sqs.${place.awsRegion}.amazonaws.com`},
				}),
			),
			tags: tags('shop', 'prod'),
		}),
	],
	[
		'prod/partner-feed',
		kmsKey(place, 'prod/partner-feed', {
			policy: keyPolicy(place, allow({AWS: `arn:aws:iam::${partnerAccount}:root`}, use)),
			tags: tags('analytics', 'prod'),
		}),
	],
	// Its account can restore what is shared under this key…
	[
		'prod/ami-share',
		kmsKey(place, 'prod/ami-share', {
			description: 'AMIs and snapshots for partners',
			policy: keyPolicy(
				place,
				allow({AWS: `arn:aws:iam::${partnerAccount}:root`}, restore),
				allow({AWS: `arn:aws:iam::${partnerAccount}:root`}, ['kms:CreateGrant'], {Bool: {'kms:GrantIsForAWSResource': 'true'}}),
			),
			tags: tags('platform', 'prod'),
		}),
	],
	// …and nothing that is shared under this one: a volume needs a grant on its key.
	[
		'prod/golden-images',
		kmsKey(place, 'prod/golden-images', {
			description: 'Golden images',
			policy: keyPolicy(place, allow({AWS: `arn:aws:iam::${partnerAccount}:root`}, restore)),
			tags: tags('platform', 'prod'),
		}),
	],
	[
		'prod/warehouse',
		kmsKey(place, 'prod/warehouse', {
			grants: [
				kmsGrant(place, 'audit', {GranteePrincipal: `arn:aws:iam::${auditAccount}:role/Auditor`, Name: 'yearly-audit'}),
				kmsGrant(place, 'redshift', {
					GranteeServicePrincipal: 'redshift.amazonaws.com',
					Constraints: {EncryptionContextSubset: {'aws:redshift:arn': place.arn('redshift', 'cluster:warehouse')}},
				}),
			],
			tags: tags('analytics', 'prod'),
		}),
	],
	[
		'prod/volumes',
		kmsKey(place, 'prod/volumes', {
			// More than one page of grants, as a key of busy EBS volumes has.
			grants: Array.from({length: 130}, (_, index) =>
				kmsGrant(place, `volume-${index}`, {
					GranteePrincipal: `arn:aws:sts::${place.accountId}:assumed-role/aws:ec2-infrastructure/i-${place.random(`instance-${index}`).hex(17)}`,
					Operations: ['Decrypt'],
					Constraints: {EncryptionContextSubset: {'aws:ebs:id': `vol-${place.random(`volume-${index}`).hex(17)}`}},
				}),
			),
			tags: tags('platform', 'prod'),
		}),
	],
	// Who is in the organization, and what its enclave attests, cannot be read from the policy.
	[
		'prod/group-exports',
		kmsKey(place, 'prod/group-exports', {
			policy: keyPolicy(place, allow({AWS: '*'}, use, {StringEquals: {'aws:PrincipalOrgID': 'o-a1b2c3d4e5'}})),
			tags: tags('analytics', 'prod'),
		}),
	],
	[
		'prod/enclave',
		kmsKey(place, 'prod/enclave', {
			description: 'For one role’s Nitro enclaves',
			policy: keyPolicy(
				place,
				allow('*', ['kms:Decrypt'], {
					StringEqualsIgnoreCase: {'kms:RecipientAttestation:PCR3': place.random('enclave').hex(96)},
				}),
			),
			tags: tags('payments', 'prod'),
		}),
	],
	[
		'prod/notary',
		kmsKey(place, 'prod/notary', {
			description: 'The account’s root was left out on purpose',
			policy: JSON.stringify({
				Version: '2012-10-17',
				Statement: allow({AWS: `arn:aws:iam::${place.accountId}:role/notary-admin`}, ['kms:*']),
			}),
			tags: tags('legal', 'prod'),
		}),
	],
	[
		'prod/vault-transit',
		kmsKey(place, 'prod/vault-transit', {
			tags: tags('security', 'prod'),
			refused: refuse('explicit-deny-in-resource-based-policy', 'GetKeyPolicy'),
		}),
	],
];
