import type {Collector, Service} from '../model/index.js';
import {type Client, type Configuration, lighten} from './client.js';
import type {Credentials} from './credentials.js';
import type {createHttpHandler} from './http-handler.js';
import {onlyDeclared} from './read-only.js';
import {Sha256} from './sha256.js';

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

/** A client, and the configuration that it was made with, in which it goes on to note by how much the clock is off. */
type Made = {readonly client: Client; readonly configuration: Configuration};

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

	#construct(clientClass: Collector['client'], service: Callable, awsRegion: string): Made {
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
		const told: Partial<Readonly<Record<Told, unknown>>> = client.config;
		this.#told ??= Object.fromEntries(toldAlike.map(name => [name, told[name]]));
		client.middlewareStack.add(onlyDeclared(service), {step: 'initialize', priority: 'high', name: 'onlyDeclared'});
		const configuration = client.config;
		lighten(client);
		return {client, configuration};
	}
}
