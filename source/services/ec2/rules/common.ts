import type {Answer, Refusal} from '../../../model/index.js';

export const ebsGuide = 'https://docs.aws.amazon.com/ebs/latest/userguide' as const;
export const ec2Guide = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide' as const;
export const vpcGuide = 'https://docs.aws.amazon.com/vpc/latest/userguide' as const;

/** The answer where AWS left out a member that it always sends. */
export const notSaid = (what: string, operation: string): Answer => ({
	verdict: 'UNKNOWN',
	reason: `ec2:${operation} did not say ${what}`,
	evidence: {expected: what, observed: 'absent', operation},
});

/** `could not be read: ec2:DescribeX`, with what is known of why. */
export const unreadInWords = (refusal: Refusal | undefined, operation: string): string =>
	refusal === undefined
		? `could not be read: ec2:${operation}`
		: `${refusal.status === 'pending' ? 'has not been read yet' : 'could not be read'}: ${refusal.iamAction}${refusal.explicitDeny === true ? ', which is explicitly denied' : ''}`;

/** The key's id of its ARN, or its alias: what tells keys apart in a sentence. */
export const keyInWords = (kmsKeyId: string): string =>
	(kmsKeyId.startsWith('arn:') ? kmsKeyId.split(':').slice(5).join(':') : kmsKeyId).replace(/^key\//u, '');

/** AWS's own key for EBS, where it is told by its alias. By its ARN it cannot be told from a customer's: only KMS knows. */
export const isAwsManagedAlias = (kmsKeyId: string): boolean => kmsKeyId.endsWith('alias/aws/ebs');
