import {
	DescribeSecretCommand,
	type DescribeSecretResponse,
	type Filter,
	GetResourcePolicyCommand,
	ListSecretsCommand,
	ListSecretVersionIdsCommand,
	type SecretListEntry,
	StatusType,
} from '@aws-sdk/client-secrets-manager';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {SmSecret, SmState} from './secretsmanager-state.js';

// Behaviour is that of https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html. That a listing
// "might not reflect changes from the last five minutes" is left out: here it always does.

type Sm = Context<SmState>;

const arnOf = (one: SmSecret, context: Sm): string => context.arn(`secret:${one.name}-${one.suffix}`);

/** By name, by ARN, or by an ARN without its six last characters. */
const secretOf = (named: string | undefined, context: Sm): SmSecret => {
	const id = named ?? '';
	if (id === '')
		throw new AwsError(
			'InvalidParameterException',
			'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
		);
	const own = context.arn('secret:');
	const one = context.state.secrets.find(other => other.name === id || arnOf(other, context) === id || `${own}${other.name}` === id);
	if (one === undefined) throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
	const reason = one.refused[context.operation];
	if (reason !== undefined) throw context.denied(arnOf(one, context), reason);
	return one;
};

const without = <T extends object>(entry: T, members: readonly string[]): T =>
	// Every member of an entry is optional, so that what is left is still one.
	Object.fromEntries(Object.entries(entry).filter(([name, value]) => value !== undefined && !members.includes(name))) as T;

/** The members that a listing and a description share. */
const commonOf = (one: SmSecret, context: Sm) => ({
	ARN: arnOf(one, context),
	Name: one.name,
	Type: one.partnerType,
	Description: one.description,
	KmsKeyId: one.kmsKeyId,
	RotationEnabled: one.rotationEnabled,
	RotationLambdaARN: one.rotationLambdaArn,
	RotationRules: one.rotationRules,
	ExternalSecretRotationRoleArn: one.externalRotationRoleArn,
	LastRotatedDate: one.lastRotatedDate,
	LastChangedDate: one.lastChangedDate,
	LastAccessedDate: one.lastAccessedDate,
	DeletedDate: one.deletedDate,
	NextRotationDate: one.rotationEnabled === true ? one.nextRotationDate : undefined,
	Tags: one.tags.length > 0 ? [...one.tags] : undefined,
	OwningService: one.owningService,
	CreatedDate: one.createdDate,
	PrimaryRegion: one.primaryRegion,
});

const stagesOf = ({versions}: SmSecret): Record<string, string[]> =>
	Object.fromEntries(Object.entries(versions).map(([id, labels]) => [id, [...labels]]));

const entryOf = (one: SmSecret, context: Sm): SecretListEntry =>
	without({...commonOf(one, context), SecretVersionsToStages: stagesOf(one)}, one.withheld);

const detailOf = (one: SmSecret, context: Sm): DescribeSecretResponse =>
	without(
		{
			...commonOf(one, context),
			VersionIdsToStages: stagesOf(one),
			ReplicationStatus: one.replicas.length > 0 ? one.replicas.map(replica => ({...replica})) : undefined,
		},
		[],
	);

const words = (text: string): readonly string[] =>
	text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html: prefixes, `!` negates. */
const passes = (one: SmSecret, {Key, Values = []}: Filter): boolean => {
	const fits = (value: string): boolean => {
		const prefix = value.toLowerCase();
		const inWords = (text = ''): boolean => words(value).every(wanted => words(text).some(word => word.startsWith(wanted)));
		switch (Key) {
			case 'name':
				return one.name.startsWith(value);
			case 'description':
				return inWords(one.description);
			case 'tag-key':
				return one.tags.some(tag => tag.Key?.startsWith(value));
			case 'tag-value':
				return one.tags.some(tag => tag.Value?.startsWith(value));
			case 'primary-region':
				return one.primaryRegion?.startsWith(value) === true;
			case 'owning-service':
				return one.owningService?.toLowerCase().startsWith(prefix) === true;
			default:
				return inWords([one.name, one.description, ...one.tags.flatMap(tag => [tag.Key, tag.Value])].join(' '));
		}
	};
	const excluded = Values.filter(value => value.startsWith('!')).map(value => value.slice(1));
	const wanted = Values.filter(value => !value.startsWith('!'));
	return !excluded.some(fits) && (wanted.length === 0 || wanted.some(fits));
};

/** A version is as old as what labelled it: the last rotation, the one that has begun, or the secret. */
const versionDate = (one: SmSecret, labels: readonly string[]): Date =>
	labels.includes('AWSCURRENT')
		? (one.lastRotatedDate ?? one.createdDate)
		: labels.includes('AWSPENDING')
			? one.lastChangedDate
			: one.createdDate;

const sortKey: Readonly<Record<string, (one: SmSecret) => number | string>> = {
	'created-date': one => one.createdDate.getTime(),
	'last-accessed-date': one => one.lastAccessedDate?.getTime() ?? 0,
	'last-changed-date': one => one.lastChangedDate.getTime(),
	name: one => one.name,
};

export const secretsmanager = defineMockService({
	id: 'secretsmanager',
	signingName: 'secretsmanager',
	protocol: {name: 'awsJson1.1', target: 'secretsmanager'},
	errors: {invalidToken: 'InvalidNextTokenException'},
	enums: [StatusType],
	empty: (): SmState => ({secrets: []}),
	commands: {
		ListSecrets: ListSecretsCommand,
		DescribeSecret: DescribeSecretCommand,
		GetResourcePolicy: GetResourcePolicyCommand,
		ListSecretVersionIds: ListSecretVersionIdsCommand,
	},
	handlers: {
		ListSecrets: (input, context) => {
			// "By default, secrets scheduled for deletion aren't included."
			const wanted = context.state.secrets.filter(
				one =>
					(input.IncludePlannedDeletion === true || one.deletedDate === undefined) &&
					(input.Filters ?? []).every(filter => passes(one, filter)),
			);
			const key = sortKey[input.SortBy ?? 'created-date'] ?? (() => 0);
			const sign = input.SortOrder === 'desc' ? -1 : 1;
			const sorted = wanted.toSorted((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
			const {page, token} = context.paginate(sorted, input, {
				token: 'NextToken',
				limit: 'MaxResults',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {SecretList: page.map(one => entryOf(one, context)), ...(token !== undefined && {NextToken: token})};
		},

		// Of a secret that is marked for deletion too: only its value is out of reach.
		DescribeSecret: (input, context) => detailOf(secretOf(input.SecretId, context), context),

		GetResourcePolicy: (input, context) => {
			const one = secretOf(input.SecretId, context);
			if (one.deletedDate !== undefined) {
				throw new AwsError('InvalidRequestException', "You can't perform this operation on the secret because it was marked for deletion.");
			}
			return {ARN: arnOf(one, context), Name: one.name, ...(one.policy !== undefined && {ResourcePolicy: one.policy})};
		},

		// "By default, versions without staging labels aren't included": the mock has none.
		ListSecretVersionIds: (input, context) => {
			const one = secretOf(input.SecretId, context);
			const versions = Object.entries(one.versions).map(([id, labels]) => ({
				VersionId: id,
				VersionStages: [...labels],
				CreatedDate: one.versionDates?.[id] ?? versionDate(one, labels),
				...(labels.includes('AWSCURRENT') && one.lastAccessedDate !== undefined && {LastAccessedDate: one.lastAccessedDate}),
				...(one.kmsKeyId !== undefined && {KmsKeyIds: [one.kmsKeyId]}),
			}));
			const {page, token} = context.paginate(versions, input, {
				token: 'NextToken',
				limit: 'MaxResults',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {ARN: arnOf(one, context), Name: one.name, Versions: [...page], ...(token !== undefined && {NextToken: token})};
		},
	},
});
