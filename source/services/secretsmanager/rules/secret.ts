import {dayMs, type Refusal, type Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const secretType = 'AWS::SecretsManager::Secret';

/** Names and values are AWS's; times are ISO 8601. Never the secret's value: no operation that reads one is declared. */
export type Secret = {
	readonly description?: string;
	/** The partner that holds the credential, where it is a managed external secret. */
	readonly partnerType?: string;
	/** The AWS service that made it and looks after it, such as `rds`. */
	readonly owningService?: string;
	/** Absent where it is `aws/secretsmanager`. */
	readonly kmsKeyId?: string;
	/** Absent where rotation was never set up; false where it was turned off. */
	readonly rotationEnabled?: boolean;
	readonly rotationLambdaArn?: string;
	readonly externalRotationRoleArn?: string;
	readonly rotatesAfterDays?: number;
	/** `rate(30 days)` or `cron(…)`, in UTC. */
	readonly schedule?: string;
	/** The length of the rotation window, such as `3h`. */
	readonly window?: string;
	readonly createdAt?: string;
	readonly lastRotatedAt?: string;
	/** When anything about it was changed, its tags and rotation included. */
	readonly lastChangedAt?: string;
	/** The day on which it was last read in this Region, by UTC: always its midnight. */
	readonly lastAccessedAt?: string;
	readonly nextRotationAt?: string;
	/** Present where it is marked for deletion. */
	readonly deletedAt?: string;
	/** Present where it is replicated, in the primary's Region and in its replicas'. */
	readonly primaryRegion?: string;
	/** A version that a rotation began and has not finished. */
	readonly pendingVersionId?: string;
	/** By ListSecretVersionIds, where it matters: when that version was made. */
	readonly pendingVersionAt?: string;
	/** By ListSecretVersionIds, where it matters: when the version in force was made, by rotation or by hand. */
	readonly currentVersionAt?: string;
	/** By DescribeSecret, of a primary. */
	readonly replicas?: readonly Replica[];
	/** By GetResourcePolicy: the policy's text, or null where there is none. */
	readonly policy?: string | null;
};

export type Replica = {
	readonly awsRegion: string;
	readonly status?: string;
	readonly statusMessage?: string;
	readonly kmsKeyId?: string;
	readonly lastAccessedAt?: string;
};

export type SecretResource = Resource<Secret>;

/** A copy that Secrets Manager keeps in step with the secret in another Region. */
export const isReplica = ({configuration: {primaryRegion}, awsRegion}: SecretResource): boolean =>
	primaryRegion !== undefined && primaryRegion !== awsRegion;

/** Encrypted with the account's key that AWS manages. Reported by absence, or by its alias where somebody named it. */
export const hasDefaultKey = ({kmsKeyId}: Pick<Secret, 'kmsKeyId'>): boolean =>
	kmsKeyId === undefined || kmsKeyId.endsWith('alias/aws/secretsmanager');

/** Why a fact is not known, as the end of a sentence. */
export const unreadInWords = (refusal: Refusal | undefined): string =>
	refusal === undefined
		? 'was not told'
		: refusal.status === 'pending'
			? `has not been read yet: ${refusal.iamAction}`
			: `could not be read: ${refusal.iamAction}`;

/** The schedule in the fewest words: `every 30 days`, `every 4 hours`, `by cron(0 8 ? * MON *)`. */
export const scheduleInWords = ({rotatesAfterDays, schedule}: Secret): string => {
	const [, count = '', unit = ''] = /^rate\(\s*(\d+)\s+(hour|day)s?\s*\)$/u.exec(schedule ?? '') ?? [];
	if (count !== '') {
		return `every ${count === '1' ? unit : `${count} ${unit}s`}`;
	}

	if (rotatesAfterDays !== undefined) {
		return rotatesAfterDays === 1 ? 'every day' : `every ${rotatesAfterDays} days`;
	}

	return schedule === undefined ? 'on a schedule that was not told' : `by ${schedule}`;
};

/** How many days ago, by UTC's calendar: what is known to the day must not be told to the hour. */
export const daysSince = (day: string, now: string): number =>
	Math.max(0, Math.floor(Date.parse(now) / dayMs) - Math.floor(Date.parse(day) / dayMs));

/** `today`, `yesterday`, `12 days ago`. */
export const dayInWords = (day: string, now: string): string => {
	const days = daysSince(day, now);
	return days === 0 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`;
};
