import type {ReportedFinding} from './finding.js';
import type {Jsonified} from './json.js';
import type {Refusal, Resource, ResourceType} from './resource.js';

/** An SDK command class, as far as the gate needs to know it. */
export type Command = new (input: never) => Handler<unknown>;
export type Commands = Readonly<Record<string, Command>>;
type Handler<Result> = {resolveMiddleware(...rest: never): (...rest: never) => Promise<{output: Result}>};
export type CommandInput<C extends Command> = ConstructorParameters<C>[0];
export type CommandOutput<C extends Command> = InstanceType<C> extends Handler<infer Result> ? Jsonified<Omit<Result, '$metadata'>> : never;

export type CallOptions = {
	/**
	 * Errors by which AWS says that there is no such thing, rather than that we may not see it: by error code, or by a
	 * test where the code alone does not tell. They become `null`.
	 */
	readonly absent?: readonly string[] | ((error: {readonly name: string; readonly message: string}) => boolean);
	/** Overrides the operation's `freshForMs` for this call. 0 always asks. */
	readonly freshForMs?: number;
};

/**
 * The facts of one resource: what is refused here is noted here, and nowhere else.
 * `null` means that AWS says there is none; `undefined` that it could not be read.
 */
export type Facts<C extends Commands> = {
	attempt<K extends keyof C & string>(
		operation: K,
		input: CommandInput<C[K]>,
		options?: CallOptions,
	): Promise<CommandOutput<C[K]> | null | undefined>;
	/** Every page of a listing, or `undefined` if any page was refused: never a part. */
	attemptPages<K extends keyof C & string>(
		operation: K,
		input: CommandInput<C[K]>,
		options?: CallOptions,
	): Promise<ReadonlyArray<CommandOutput<C[K]>> | null | undefined>;
	/** Notes that an answer lacked a member that AWS always sends, so that rules answer UNKNOWN. */
	missing<K extends keyof C & string>(operation: K, member: string): void;
	readonly unread: Readonly<Record<string, Refusal>>;
	readonly readAt: Readonly<Record<string, string>>;
};

/** The only way to AWS: a declared operation, limited, counted, cached and mocked by its name. */
export type Aws<C extends Commands = Commands> = {
	readonly accountId: string;
	/** `aws`, `aws-cn`, `aws-us-gov`, … */
	readonly partition: string;
	readonly awsRegion: string;
	/** The moment this collection began, ISO 8601. Collectors have no other clock. */
	readonly startedAt: string;
	/** Throws `Refused`, which ends the collection with its status; `null` as in `CallOptions.absent`. */
	call<K extends keyof C & string>(operation: K, input: CommandInput<C[K]>): Promise<CommandOutput<C[K]>>;
	/** Pages of a listing, each with a fresh input. Ends at a repeated token or the page cap with `partial`. Throws as `call`. */
	pages<K extends keyof C & string>(operation: K, input: CommandInput<C[K]>): AsyncIterable<CommandOutput<C[K]>>;
	/** A place for the facts of one resource. */
	facts(): Facts<C>;
	/**
	 * The same account in another Region, for global services whose resources live in one: metered there, and part of this
	 * collection's outcome. The Region need not be among those that are watched.
	 */
	in(awsRegion: string): Aws<C>;
	/** Runs `work` on each with bounded concurrency and yields the results in order of the input. */
	each<T, R>(items: Iterable<T> | AsyncIterable<T>, work: (item: T) => Promise<R>): AsyncIterable<R>;
};

/** What a collection brings. */
export type Yielded =
	| {readonly yields: 'resource'; readonly resource: Resource}
	| {readonly yields: 'finding'; readonly finding: ReportedFinding}
	/** Every resource of this type (or every finding) of this account and Region has been yielded: what was not is gone. */
	| {readonly yields: 'complete'; readonly of: ResourceType | 'findings'}
	/** These reported findings exist no more, though not everything was listed. */
	| {readonly yields: 'gone'; readonly findingIds: readonly string[]}
	/** From where the next `delta` goes on. Stored with the snapshot, only if the collection ended well. */
	| {readonly yields: 'watermark'; readonly watermark: string}
	/** The service is off in this Region: a posture fact, not a failure. */
	| {readonly yields: 'not-enabled'; readonly reason: string};

type ClientClass = new (configuration: never) => {send(command: never, options: never): Promise<unknown>; destroy(): void};

/** The impure part of a service: answers in, resources and findings out. */
export type Collector<C extends Commands = Commands> = {
	readonly client: ClientClass;
	/** Of operations that belong to another AWS service, which declare their `iamAction`: that one's client, by the operation's name. */
	readonly clientOf?: {readonly [K in keyof C]?: ClientClass};
	/** One command for each declared operation, under the operation's name. */
	readonly commands: C;
	/** Everything: what is not yielded before `complete` is gone. */
	full(aws: Aws<C>): AsyncIterable<Yielded>;
	/** Only what changed since the watermark. Never yields `complete`. */
	delta?(aws: Aws<C>, watermark: string): AsyncIterable<Yielded>;
};

/** Keeps inference: inside, `aws.attempt` knows the names, their inputs and their outputs. */
export const defineCollector = <const C extends Commands>(collector: Collector<C>): Collector<C> => collector;
