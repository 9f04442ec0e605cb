import type {Keyv} from 'keyv';
import type {Config, Problem, Refusal} from '../model/index.js';
import {AnswerCache} from './answer-cache.js';
import {type Callable, Clients} from './clients.js';
import {createCollect} from './collect-service.js';
import {createCredentials, defaultRegion, loginHint} from './credentials.js';
import {identityCallable, regionsCallable} from './groundwork.js';
import {createHttpHandler} from './http-handler.js';
import {Limiter} from './limiter.js';
import type {Collect} from './port.js';
import {Refused} from './refusal.js';
import {RefusalMemory} from './refusal-memory.js';
import {createSend, type Scope} from './send.js';
import {SlowReader} from './slow-reader.js';
import type {BucketState} from './token-bucket.js';

export type Identity = {readonly accountId: string; readonly arn: string; readonly partition: string};

/** The answer to a question, or why there is none. */
export type Answered<T> = {readonly ok: true; readonly value: T} | {readonly ok: false; readonly refusal: Refusal};

export type GateOptions = {
	readonly config: Pick<Config, 'profile' | 'roleArn' | 'externalId' | 'endpointUrl' | 'limits' | 'regions'>;
	/** Where answers with a life of their own are kept: the store's `answerCache`. */
	readonly cache: Keyv;
	/** Milliseconds since the epoch. */
	readonly now?: () => number;
	/** False where a collection is to wait for slow operations: a single run that has no next refresh. */
	readonly slowInBackground?: boolean;
	readonly callTimeoutMs?: number;
};

/** The only door to AWS. Owns clients, sockets, limits and credentials; `close` ends them all. */
export type Gate = {
	readonly collect: Collect;
	/** Who we are, by STS. Asks each time: cheap, and the way to find out that a login has happened. */
	identity(signal?: AbortSignal): Promise<Answered<Identity>>;
	/** The Regions that are enabled in the account, sorted; the configuration's where it names some. */
	regions(accountId: string, signal?: AbortSignal): Promise<Answered<readonly string[]>>;
	/** Calls one declared operation, for `doctor`. */
	probe(
		service: Callable,
		awsRegion: string,
		accountId: string,
		operation: string,
		input: unknown,
		signal?: AbortSignal,
	): Promise<Answered<unknown>>;
	traffic(): {readonly callsPerMinute: number; readonly throttledPerMinute: number};
	buckets(): ReadonlyArray<BucketState & {readonly key: string}>;
	/** What is wrong with clock, credentials or endpoint, as far as calls have shown. */
	problems(): Promise<readonly Problem[]>;
	/** Facts that wait for a slow operation. */
	waiting(): number;
	/** Asks again what was denied, at the next refresh: somebody pressed `r`. */
	forgetRefusals(): void;
	/** Drops credentials and clients, so that the next call resolves them anew. */
	forgetCredentials(): void;
	/** The command that would bring credentials back. */
	loginHint(): Promise<string>;
	close(): Promise<void>;
};

const defaultCallTimeoutMs = 20_000;

export const createGate = ({
	config,
	cache,
	now = Date.now,
	slowInBackground = true,
	callTimeoutMs = defaultCallTimeoutMs,
}: GateOptions): Gate => {
	// Endpoints in environment and profiles would send signed requests anywhere; ours come from our own flag alone.
	process.env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] = 'true';

	let homeRegion: Promise<string> | undefined;
	const findHomeRegion = async (): Promise<string> => {
		homeRegion ??= defaultRegion(config.profile);
		return config.regions?.[0] ?? homeRegion;
	};

	const handler = createHttpHandler();
	const credentials = createCredentials(config, findHomeRegion);
	const clients = new Clients({credentials, handler, endpointUrl: config.endpointUrl});
	const limiter = new Limiter({share: config.limits.share});
	const memory = new RefusalMemory(now);
	const slow = new SlowReader();
	const closing = new AbortController();
	const answers = new AnswerCache(cache, now);

	let badCredentials: {readonly refusal: Refusal; readonly since: string} | undefined;
	let clockSince: string | undefined;
	let forgotAtMs = Number.NEGATIVE_INFINITY;
	let partition = 'aws';

	const forgetCredentials = (): void => {
		credentials.forget();
		clients.forget();
		homeRegion = undefined;
	};

	const send = createSend({
		clients,
		limiter,
		callTimeoutMs,
		async onBadCredentials() {
			// Many calls under way fail together when a token expires: one of them renews it for all.
			if (now() - forgotAtMs > 5000) {
				forgotAtMs = now();
				forgetCredentials();
			}

			return true;
		},
	});

	const ask = async <T>(
		service: Callable,
		scope: Omit<Scope, 'service'>,
		operation: string,
		input: unknown,
		signal: AbortSignal | undefined,
		read: (answer: Readonly<Record<string, unknown>>) => T,
	): Promise<Answered<T>> => {
		try {
			const answer = await send(service, {...scope, service: service.id}, operation, input, {
				signal: signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]),
			});
			return {ok: true, value: read(answer)};
		} catch (error) {
			if (error instanceof Refused) {
				return {ok: false, refusal: error.refusal};
			}

			throw error;
		}
	};

	const collect = createCollect({
		// Read at each collection: an account's partition is known once its identity is.
		get partition() {
			return partition;
		},
		send,
		cache: answers,
		memory,
		slow: slowInBackground ? slow : undefined,
		now,
	});

	const identity: Gate['identity'] = async signal => {
		const asked = await ask(
			identityCallable,
			{accountId: '', awsRegion: await findHomeRegion()},
			'GetCallerIdentity',
			{},
			signal,
			answer => {
				const arn = String(answer['Arn']);
				return {accountId: String(answer['Account']), arn, partition: arn.split(':')[1] ?? 'aws'};
			},
		);
		if (asked.ok) {
			badCredentials = undefined;
			({partition} = asked.value);
		} else if (asked.refusal.status === 'unauthenticated') {
			badCredentials ??= {refusal: asked.refusal, since: new Date(now()).toISOString()};
			forgetCredentials();
		}

		return asked;
	};

	/** A Region that is not enabled refuses tokens that are good elsewhere: that says something of the Region, not of the token. */
	const collectHere: Collect = async (service, target, options) => {
		const ending = await collect(service, target, options);
		if (ending.outcome.status !== 'unauthenticated' || target.awsRegion === (await findHomeRegion())) {
			return ending;
		}

		const who = await identity(options.signal);
		return who.ok
			? {
					...ending,
					outcome: {
						...ending.outcome,
						status: 'not-available',
						reason: `${target.awsRegion} does not know this account: the Region is not enabled`,
					},
				}
			: ending;
	};

	return {
		collect: collectHere,
		identity,
		async regions(accountId, signal) {
			if (config.regions !== undefined) {
				return {ok: true, value: [...config.regions].sort()};
			}

			const scope = {accountId, awsRegion: await findHomeRegion()};
			const found: string[] = [];
			const seen = new Set<string>();
			for (let token: string | undefined, more = true; more; ) {
				const input = {
					RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
					MaxResults: 50,
					...(token !== undefined && {NextToken: token}),
				};
				const asked = await ask(regionsCallable, scope, 'ListRegions', input, signal, answer => answer);
				if (!asked.ok) {
					return asked;
				}

				// The schema has checked that it is a list of structures with string members.
				const regions = asked.value['Regions'] as ReadonlyArray<{readonly RegionName?: string}>;
				found.push(...regions.flatMap(({RegionName}) => RegionName ?? []));
				const next = asked.value['NextToken'];
				more = typeof next === 'string' && next !== '' && !seen.has(next);
				token = more ? String(next) : undefined;
				seen.add(String(next));
			}

			return {ok: true, value: found.sort()};
		},
		async probe(service, awsRegion, accountId, operation, input, signal) {
			return ask(service, {accountId, awsRegion}, operation, input, signal, answer => answer);
		},
		traffic: () => limiter.traffic(),
		buckets: () => limiter.buckets(),
		waiting: () => slow.waiting,
		async problems() {
			const problems: Problem[] = [];
			if (badCredentials !== undefined) {
				problems.push({
					id: 'credentials',
					severity: 'error',
					text: `AWS does not accept these credentials: ${badCredentials.refusal.message}`,
					fix: await loginHint(config.profile),
					since: badCredentials.since,
				});
			}

			const offsetMs = await clients.clockOffsetMs();
			clockSince = offsetMs === 0 ? undefined : (clockSince ?? new Date(now()).toISOString());
			if (clockSince !== undefined) {
				problems.push({
					id: 'clock',
					severity: 'warning',
					text: `This machine's clock is ${Math.round(Math.abs(offsetMs) / 60_000)} min ${offsetMs > 0 ? 'behind' : 'ahead of'} AWS's: ages shown are off by as much`,
					fix: 'set the clock, for instance with: timedatectl set-ntp true',
					since: clockSince,
				});
			}

			return problems;
		},
		forgetRefusals: () => memory.forget(),
		forgetCredentials,
		loginHint: async () => loginHint(config.profile),
		async close() {
			closing.abort();
			await slow.close();
			handler.destroy();
		},
	};
};
