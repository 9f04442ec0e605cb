import type {Account} from './account.js';
import type {AwsError, DenialReason} from './aws-error.js';
import type {Page, Paging} from './paginate.js';
import type {World} from './world.js';

/** An SDK command class, as far as a mock needs to know it: its types, and the operation schema that its instances carry. */
export type CommandClass = new (
	input: never,
) => {
	readonly input: unknown;
	readonly schema?: unknown;
	resolveMiddleware(...rest: never): (...rest: never) => Promise<{output: unknown}>;
};
export type InputOf<C extends CommandClass> = InstanceType<C>['input'];
export type OutputOf<C extends CommandClass> = Omit<
	Awaited<ReturnType<ReturnType<InstanceType<C>['resolveMiddleware']>>>['output'],
	'$metadata'
>;

/** How a service is spoken to. Names and settings are those of the client's `runtimeConfig.shared.js`. */
export type ProtocolSettings =
	| {readonly name: 'awsJson1.0' | 'awsJson1.1' /** `X-Amz-Target` without the operation. */; readonly target: string}
	| {readonly name: 'restJson1'}
	| {readonly name: 'awsQuery' | 'ec2Query'; readonly version: string; readonly xmlNamespace: string}
	| {
			readonly name: 'restXml';
			readonly xmlNamespace: string /** S3's own: the bucket in the path, errors without a wrapper. */;
			readonly style?: 's3';
	  };

/** What a service calls the errors that any operation may answer with. Unset ones have AWS's common names and status 400. */
export type CommonErrors = {
	/** Malformed input. Default `ValidationException`. */
	readonly validation?: string;
	/** A paging token that this listing never gave. Defaults to `validation`. */
	readonly invalidToken?: string;
	/** Default `ThrottlingException`, `Rate exceeded`, 400. */
	readonly throttled?: {readonly name: string; readonly httpStatus: number; readonly message?: string};
	/** Default `AccessDeniedException`, 400 in awsJson and 403 elsewhere. */
	readonly denied?: {readonly name: string; readonly httpStatus: number};
	/** From a Region that is not opted in. Default `UnrecognizedClientException`, 403. */
	readonly regionOff?: {readonly name: string; readonly httpStatus: number; readonly message: string};
};

/** What a handler knows besides its input. */
export type Context<State> = {
	readonly operation: string;
	/** `kms:ListKeys`. */
	readonly iamAction: string;
	readonly account: Account;
	readonly accountId: string;
	readonly partition: string;
	readonly awsRegion: string;
	/** The endpoint's clock at the moment of the call. */
	readonly now: Date;
	readonly callerArn: string;
	readonly callerUserId: string;
	readonly accessKeyId: string;
	/** The service's own state in this account and Region. Handlers and timelines may change it. */
	readonly state: State;
	/** Everything else: other services, Regions and accounts. */
	readonly world: World;
	/** One page of `items`, with AWS's limits; throws the service's own errors for a bad size or token. */
	paginate<T, I extends object>(items: readonly T[], input: I, paging: Paging<I>): Page<T>;
	/** `arn:aws:kms:eu-west-1:123456789012:key/…` of this service, Region and account. */
	arn(resource: string): string;
	/** The refusal that IAM words for this call, to be thrown. `because` defaults to `no-identity-based-policy`. */
	denied(resource?: string, because?: DenialReason): AwsError;
	/** The service's validation error, to be thrown. */
	invalid(message: string): AwsError;
};

export type Handler<C extends CommandClass, State> = (input: InputOf<C>, context: Context<State>) => OutputOf<C> | Promise<OutputOf<C>>;

/** The mock of one AWS service. */
export type MockService<State = unknown, Id extends string = string> = {
	/** The folder's name in `source/services`: `secretsmanager`. */
	readonly id: Id;
	/** The service in the signed scope: `secretsmanager`. */
	readonly signingName: string;
	/** IAM's prefix. Defaults to the signing name. */
	readonly iamPrefix?: string;
	/** Of a global service: the Region that it is signed for, where all of its state is, whether a scenario populates it or not. */
	readonly homeRegion?: string;
	/** Where the action is not `prefix:Operation`. */
	readonly iamActions?: Readonly<Record<string, `${string}:${string}`>>;
	readonly protocol: ProtocolSettings;
	readonly errors?: CommonErrors;
	/** The SDK's enum objects, such as `KeyState`: the fault `unknown-enum` replaces their values. */
	readonly enums?: ReadonlyArray<Readonly<Record<string, string>>>;
	/** The state of an account and Region of which a scenario says nothing. */
	empty(): State;
	/** One command for each operation that Vedette declares, by the operation's name, and no other. */
	readonly commands: Readonly<Record<string, CommandClass>>;
	// Methods compare bivariantly: a registry holds handlers of many states and inputs.
	readonly handlers: Readonly<Record<string, {bivarianceHack(input: never, context: Context<State>): unknown}['bivarianceHack']>>;
};

/**
 * Keeps inference: each handler is typed by its command's input and output.
 * A handler answers with its output or throws an `AwsError`; anything else thrown is a bug in the mock and fails loudly.
 * @example see mocks/services/kms.ts
 */
export const defineMockService = <State, const C extends Readonly<Record<string, CommandClass>>, const Id extends string>(
	service: Omit<MockService<State, Id>, 'commands' | 'handlers'> & {
		readonly commands: C;
		readonly handlers: {readonly [K in keyof C]: Handler<C[K], State>};
	},
): MockService<State, Id> => service;
