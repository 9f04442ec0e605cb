import {getSchemaSerdePlugin} from '@smithy/core/schema';
import type {Collector, Service} from '../model/index.js';
import type {Credentials} from './credentials.js';
import type {createHttpHandler} from './http-handler.js';
import {onlyDeclared} from './read-only.js';
import {Sha256} from './sha256.js';

/** What a client was made with. */
type Configuration = {
	readonly systemClockOffset?: number;
	signer(scheme?: {readonly signingRegion?: string; readonly signingName?: string}): Promise<unknown>;
} & Partial<Readonly<Record<Told, unknown>>>;

/** An SDK client, as far as the gate uses it. */
export type Client = {
	send(command: unknown, options: {readonly abortSignal: AbortSignal}): Promise<unknown>;
	destroy(): void;
	config: Configuration;
	readonly middlewareStack: {
		use(plugin: unknown): void;
		add(
			middleware: unknown,
			options: {
				readonly step: 'initialize' | 'finalizeRequest';
				readonly priority: 'high';
				readonly name: string;
				readonly override?: true;
			},
		): void;
	};
};

/**
 * What AWS's environment variables and configuration files tell every client alike. Each client asks for each of these, in vain
 * mostly, and is answered by an error: a millisecond for a client, of which a first look makes fifty.
 */
const toldAlike = [
	'useFipsEndpoint',
	'useDualstackEndpoint',
	'retryMode',
	'defaultsMode',
	'userAgentAppId',
	'authSchemePreference',
] as const;
type Told = (typeof toldAlike)[number];

/**
 * In the place of the SDK's retries, by whose name others find theirs. Those would only count to one, and take the stack down
 * before each call in case that fails.
 */
const once =
	(next: (args: unknown) => Promise<unknown>) =>
	async (args: unknown): Promise<unknown> =>
		next(args);

/** A client, and its first configuration, in which it goes on to note by how much the clock is off. */
type Lightened = {readonly client: Client; readonly configuration: Configuration};

/**
 * Spares a tenth of what a call costs. Commands copy the client's configuration at each call, and V8 copies an object that grew
 * member by member ten times slower than one that was copied whole; and the SDK makes a signer for each call, where one will do
 * for all that is signed for the same Region and service.
 */
const lighten = (client: Client): Lightened => {
	const {config} = client;
	const makeSigner = config.signer;
	const signers = new Map<string, unknown>();
	config.signer = async scheme => {
		const signsFor = `${scheme?.signingRegion} ${scheme?.signingName}`;
		const signer = signers.get(signsFor) ?? (await makeSigner(scheme));
		signers.set(signsFor, signer);
		return signer;
	};
	client.config = {...config};
	// The plugin is typed by a whole configuration, which this is.
	client.middlewareStack.use(getSchemaSerdePlugin(client.config as never));
	return {client, configuration: config};
};

/** What the gate calls by: a service's declaration, whether it stands in the registry or is the gate's own. */
export type Callable = Pick<Service, 'id' | 'iamPrefix' | 'operations' | 'load'>;

type Loaded = {
	/** The service's own, mostly: another for an operation of another AWS service, made when it is first needed. */
	clientOf(operation: string): Client;
	/** Of the service's own client. Others are asked seldom, and know the clock as it was. */
	readonly configuration: Configuration;
	readonly commands: Collector['commands'];
};

// AWS's `Date` has whole seconds and travels; and nothing that Vedette shows is finer than this.
const notableOffsetMs = 60_000;

/**
 * SDK clients, made when first needed, one per declaration and Region (and one for each question of it that belongs to another
 * AWS service), all with the same credentials and sockets. Per declaration and not per id: beside a service there may be
 * questions of the gate's own to the same AWS service, and each client calls what its own declaration names and nothing else.
 */
export class Clients {
	readonly #credentials: Credentials;
	readonly #handler: ReturnType<typeof createHttpHandler>;
	readonly #endpointUrl: string | undefined;
	/** As the first client was told, each a function that remembers its answer. */
	#told: Partial<Record<Told, unknown>> | undefined;
	readonly #clients = new Map<Callable, Map<string, Promise<Loaded>>>();

	constructor(parts: {credentials: Credentials; handler: ReturnType<typeof createHttpHandler>; endpointUrl: string | undefined}) {
		this.#credentials = parts.credentials;
		this.#handler = parts.handler;
		this.#endpointUrl = parts.endpointUrl;
	}

	async get(service: Callable, awsRegion: string): Promise<Loaded> {
		let regional = this.#clients.get(service);
		if (regional === undefined) {
			regional = new Map();
			this.#clients.set(service, regional);
		}

		let loaded = regional.get(awsRegion);
		if (loaded === undefined) {
			loaded = this.#make(service, awsRegion);
			regional.set(awsRegion, loaded);
		}

		return loaded;
	}

	/** Drops all clients with the identity that each has memorised. Sockets stay. */
	forget(): void {
		this.#told = undefined;
		this.#clients.clear();
	}

	/** By how much our clock is behind AWS's, in milliseconds; 0 where the difference is not worth a word. */
	async clockOffsetMs(): Promise<number> {
		const loaded = await Promise.all([...this.#clients.values()].flatMap(regional => [...regional.values()]));
		return (
			loaded.map(({configuration: {systemClockOffset = 0}}) => systemClockOffset).find(offsetMs => Math.abs(offsetMs) >= notableOffsetMs) ??
			0
		);
	}

	async #make(service: Callable, awsRegion: string): Promise<Loaded> {
		const {collector} = await service.load();
		const own = this.#construct(collector.client, service, awsRegion);
		const others = new Map<string, Client>();
		return {
			configuration: own.configuration,
			clientOf: operation => {
				const clientClass = collector.clientOf?.[operation];
				if (clientClass === undefined) {
					return own.client;
				}

				const other = others.get(operation) ?? this.#construct(clientClass, service, awsRegion).client;
				others.set(operation, other);
				return other;
			},
			commands: collector.commands,
		};
	}

	#construct(clientClass: Collector['client'], service: Callable, awsRegion: string): Lightened {
		// The collector types its client by what it sends; here it is one of many, constructed alike.
		const Constructor = clientClass as unknown as new (configuration: object) => Client;
		const client = new Constructor({
			region: awsRegion,
			credentials: this.#credentials.provider,
			requestHandler: this.#handler,
			sha256: Sha256,
			...this.#told,
			// Every call is metered, so every retry is ours.
			maxAttempts: 1,
			// An emulator has one address: no account id or bucket can stand in front of it.
			...(this.#endpointUrl !== undefined && {endpoint: this.#endpointUrl, disableHostPrefix: true, forcePathStyle: true}),
		});
		this.#told ??= Object.fromEntries(toldAlike.map(name => [name, client.config[name]]));
		client.middlewareStack.add(once, {step: 'finalizeRequest', priority: 'high', name: 'retryMiddleware', override: true});
		client.middlewareStack.add(onlyDeclared(service), {step: 'initialize', priority: 'high', name: 'onlyDeclared'});
		return lighten(client);
	}
}
