import {getSchemaSerdePlugin} from '@smithy/core/schema';
import about from '../../package.json' with {type: 'json'};

/** What a client was made with. */
export type Configuration = {
	readonly systemClockOffset?: number;
	readonly userAgentAppId?: () => Promise<string | undefined>;
	signer(scheme?: {readonly signingRegion?: string; readonly signingName?: string}): Promise<unknown>;
};

type Middleware = (next: (args: never) => Promise<unknown>, context: {readonly commandName?: string}) => (args: never) => Promise<unknown>;

/** An SDK client, as far as the gate uses it. */
export type Client = {
	send(command: unknown, options: {readonly abortSignal: AbortSignal}): Promise<unknown>;
	destroy(): void;
	config: Configuration;
	readonly middlewareStack: {
		use(plugin: unknown): void;
		add(
			middleware: Middleware,
			options: {
				readonly step: 'initialize' | 'build' | 'finalizeRequest';
				readonly priority: 'high' | 'low';
				readonly name: string;
				readonly override?: true;
			},
		): void;
		/** False where there is none of that name. */
		remove(name: string): boolean;
	};
};

/**
 * What the SDK puts around each call for purposes that nothing here has: a logger (none is given), tracing of a Lambda function
 * that calls itself, uploads to S3, and sessions for S3's directory buckets, which are not read. Each costs a call some ten
 * microseconds, of which half a millisecond are all that it may take.
 */
const needless = ['loggerMiddleware', 'recursionDetectionMiddleware', 'addExpectContinueMiddleware', 's3ExpressMiddleware'];

/**
 * In the place of the SDK's retries, by whose name others find theirs. Those would only count to one, and take the stack down
 * before each call in case that fails.
 */
const once: Middleware = next => async args => next(args);

/** What may stand in a header's product names: https://www.rfc-editor.org/rfc/rfc9110#name-tokens */
const notOfToken = /[^!#$%&'*+\-.^_`|~\w]/gu;

/** Vedette, as AWS is told who calls. */
export const product = `${about.name}/${about.version}`;

/**
 * By what the account's CloudTrail knows Vedette's calls from others'. The SDK's own would be put together anew for each call;
 * what AWS's configuration wants to be named by (`sdk_ua_app_id`) is kept.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
 */
const nameOf = async ({userAgentAppId}: Configuration): Promise<string> => {
	const appId = await userAgentAppId?.();
	const named = appId === undefined || appId === '' ? '' : ` app/${appId.replace(notOfToken, '-')}`;
	return `${product} aws-sdk-js/3 md/nodejs#${process.versions.node}${named}`;
};

type Built = {readonly request: {readonly headers: Record<string, string>}};

const asVedette = (config: Configuration): Middleware => {
	let named: Promise<string> | undefined;
	return next => async args => {
		named ??= nameOf(config);
		// The step `build` comes after `serialize`, which makes the request.
		(args as Built).request.headers['user-agent'] = await named;
		return next(args);
	};
};

/**
 * Spares a fifth of what a call costs, for as long as each middleware is known by the name that it has today: a test compares
 * with what the SDK has. Commands copy the client's configuration at each call, and V8 copies an object that grew member by
 * member ten times slower than one that was copied whole; and the SDK makes a signer for each call, where one will do for all
 * that is signed for the same Region and service.
 */
export const lighten = (client: Client): void => {
	const {config, middlewareStack} = client;
	for (const name of needless) {
		middlewareStack.remove(name);
	}

	middlewareStack.add(once, {step: 'finalizeRequest', priority: 'high', name: 'retryMiddleware', override: true});
	middlewareStack.add(asVedette(config), {step: 'build', priority: 'low', name: 'getUserAgentMiddleware', override: true});

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
	middlewareStack.use(getSchemaSerdePlugin(client.config as never));
};
