import type {ReplicationStatusType, RotationRulesType, Tag} from '@aws-sdk/client-secrets-manager';
import type {DenialReason} from '../endpoint/aws-error.js';
import {random} from '../endpoint/random.js';
import type {Place} from '../scenarios/scenario.js';

/** What Secrets Manager knows of a secret, besides its value, which the mock does not have. */
export type SmSecret = {
	readonly name: string;
	/** The six characters that AWS adds to the name in the ARN. */
	readonly suffix: string;
	description?: string | undefined;
	kmsKeyId?: string | undefined;
	/** Absent where rotation was never set up. */
	rotationEnabled?: boolean | undefined;
	rotationLambdaArn?: string | undefined;
	rotationRules?: RotationRulesType | undefined;
	externalRotationRoleArn?: string | undefined;
	/** The partner's type of a managed external secret. */
	partnerType?: string | undefined;
	owningService?: string | undefined;
	createdDate: Date;
	lastChangedDate: Date;
	lastRotatedDate?: Date | undefined;
	lastAccessedDate?: Date | undefined;
	nextRotationDate?: Date | undefined;
	deletedDate?: Date | undefined;
	tags: readonly Tag[];
	/** Version ids with their labels. */
	versions: Readonly<Record<string, readonly string[]>>;
	/** When versions were made, by id, where that does not follow from the secret's own dates. */
	versionDates?: Readonly<Record<string, Date>> | undefined;
	/** Absent for secrets that were never replicated. */
	primaryRegion?: string | undefined;
	replicas: readonly ReplicationStatusType[];
	policy?: string | undefined;
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
	/** Members that its entry in the listing lacks: AWS promises none of them. */
	withheld: ReadonlyArray<'CreatedDate' | 'NextRotationDate'>;
};

export type SmState = {secrets: SmSecret[]};

const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

type Facts = Partial<SmSecret> & {
	readonly ageDays?: number;
	/** Days since the last rotation; with `everyDays` it also gives the next. */
	readonly rotatedDays?: number;
	/** Rotation is on, with this period. */
	readonly everyDays?: number;
	/** Days since it was last read; null where it never was. */
	readonly readDays?: number | null;
	/** Encrypted with aws/secretsmanager. */
	readonly defaultKey?: true;
};

/**
 * A secret in good order: 300 days old, encrypted with a key of the account, rotated every 30 days and 11 days ago, read
 * yesterday; `facts` say what differs. `everyDays: 0` turns rotation off. `name` seeds its ids, so that adding one changes
 * no other.
 */
export const secret = (place: Place, name: string, facts: Facts = {}): SmSecret => {
	const {ageDays = 300, everyDays = 30, rotatedDays = 11, readDays = 1, defaultKey, ...rest} = facts;
	const chance = place.random(`secretsmanager/${name}`);
	const current = chance.uuid();
	const previous = chance.uuid();
	// Replicas have the suffix of their primary: it is seeded without the Region.
	const letters = random(`${place.accountId}/${name}`);
	const suffix = Array.from({length: 6}, () => alphabet.charAt(letters.between(0, alphabet.length - 1))).join('');
	const rotates = everyDays > 0;
	const rotated = rotates && rotatedDays < ageDays;
	return {
		name,
		suffix,
		...(defaultKey !== true && {kmsKeyId: place.arn('kms', `key/${place.random('secretsmanager/key').uuid()}`)}),
		...(rotates && {
			rotationEnabled: true,
			rotationLambdaArn: place.arn('lambda', `function:rotate-${name.split('/').at(-1)}`),
			rotationRules: {AutomaticallyAfterDays: everyDays},
			// The window ends with the day: https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
			nextRotationDate: endOfDay(place.inDays(everyDays - (rotated ? rotatedDays : ageDays))),
		}),
		...(rotated && {lastRotatedDate: place.daysAgo(rotatedDays)}),
		createdDate: place.daysAgo(ageDays),
		lastChangedDate: place.daysAgo(rotated ? rotatedDays : ageDays),
		// "The date that the secret was last accessed": days, without a time.
		...(readDays !== null && {lastAccessedDate: startOfDay(place.daysAgo(readDays))}),
		tags: [],
		versions: {[current]: ['AWSCURRENT'], ...(rotated && {[previous]: ['AWSPREVIOUS']})},
		replicas: [],
		refused: {},
		withheld: [],
		...rest,
	};
};

const startOfDay = (moment: Date): Date => new Date(Math.floor(moment.getTime() / 86_400_000) * 86_400_000);
const endOfDay = (moment: Date): Date => new Date(startOfDay(moment).getTime() + 86_399_000);

/** The replica of a primary in another Region: it has its name and suffix, but reads, a key and no rotation of its own. */
export const replicaOf = (place: Place, primaryRegion: string, name: string, facts: Facts = {}): SmSecret => ({
	...secret(place, name, {everyDays: 0, readDays: null, ...facts}),
	primaryRegion,
});

/** A statement that lets `principal` read the secret it is attached to. */
export const readableBy = (principal: string | Readonly<Record<string, unknown>>, condition?: object): string =>
	JSON.stringify({
		Version: '2012-10-17',
		Statement: [
			{
				Sid: 'Read',
				Effect: 'Allow',
				Principal: principal,
				Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
				Resource: '*',
				...(condition !== undefined && {Condition: condition}),
			},
		],
	});
