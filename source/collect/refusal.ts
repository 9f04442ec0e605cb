import type {CallOptions, Refusal} from '../model/index.js';

/** Ends a collection, or is noted for one resource: an operation that gave no answer. */
export class Refused extends Error {
	override readonly name = 'Refused';
	readonly refusal: Refusal;
	/** Whether it was told from memory, without asking AWS again. */
	readonly remembered: boolean;

	constructor(refusal: Refusal, {remembered = false}: {readonly remembered?: boolean} = {}) {
		super(`${refusal.iamAction}: ${refusal.error}: ${refusal.message}`);
		this.refusal = refusal;
		this.remembered = remembered;
	}
}

/** What an SDK error says of itself. Everything may be absent: proxies and other emulators answer as they like. */
type SdkError = {
	readonly name?: string;
	readonly code?: string;
	readonly message?: string;
	readonly $metadata?: {readonly httpStatusCode?: number};
	readonly $response?: {readonly statusCode?: number};
	readonly $retryable?: {readonly throttling?: boolean};
	readonly cause?: unknown;
};

// The SDK's own list (@smithy/core retry constants) with the codes that single services add.
const throttling = new Set([
	'BandwidthLimitExceeded',
	'EC2ThrottledException',
	'LimitExceededException',
	'PriorRequestNotComplete',
	'ProvisionedThroughputExceededException',
	'RequestLimitExceeded',
	'RequestThrottled',
	'RequestThrottledException',
	'SlowDown',
	'ThrottledException',
	'Throttling',
	'ThrottlingException',
	'TooManyRequestsException',
	'TransactionInProgressException',
]);
const denials = new Set([
	'AccessDenied',
	'AccessDeniedException',
	'AuthorizationError',
	'AuthorizationErrorException',
	'ForbiddenException',
	'NotAuthorized',
	'UnauthorizedException',
	'UnauthorizedOperation',
]);
const badCredentials = new Set([
	'AuthFailure',
	'CredentialsProviderError',
	'ExpiredToken',
	'ExpiredTokenException',
	'IncompleteSignature',
	'InvalidAccessKeyId',
	'InvalidClientTokenId',
	'InvalidSignatureException',
	'InvalidToken',
	'MissingAuthenticationToken',
	'MissingAuthenticationTokenException',
	'RequestExpired',
	'RequestTimeTooSkewed',
	'SignatureDoesNotMatch',
	'TokenProviderError',
	'UnrecognizedClientException',
]);
const networkCodes = new Set([
	'EAI_AGAIN',
	'ECONNABORTED',
	'ECONNREFUSED',
	'ECONNRESET',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EPIPE',
	'EPROTO',
	'ETIMEDOUT',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** True where asking once more, soon, may well bring an answer. */
export const isTransient = (error: unknown): boolean => {
	const {code, $metadata} = asSdkError(error);
	return (
		['ECONNRESET', 'EPIPE', 'EAI_AGAIN', 'ETIMEDOUT'].includes(code ?? '') || [500, 502, 503, 504].includes($metadata?.httpStatusCode ?? 0)
	);
};

/** True where AWS found our clock off. The SDK has by then learnt the true time from the answer's `Date`. */
export const isClockSkew = (error: unknown): boolean => {
	const {name, message} = asSdkError(error);
	return name === 'RequestTimeTooSkewed' || name === 'RequestExpired' || /signature (?:expired|not yet current)/iu.test(message ?? '');
};

/** What to keep of a message from outside: enough to act on, never a megabyte. */
const maxMessageCharacters = 600;

// Thrown values are unknown; every member is optional in the type and read as such.
const asSdkError = (error: unknown): SdkError =>
	typeof error === 'object' && error !== null ? (error as SdkError) : {message: String(error)};

/** The error code, for `absent`. */
export const errorName = (error: unknown): {readonly name: string; readonly message: string} => {
	const {name = 'Error', message = ''} = asSdkError(error);
	return {name, message};
};

const statusOf = (error: SdkError): Refusal['status'] => {
	const name = error.name ?? '';
	const httpStatus = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
	if (throttling.has(name) || httpStatus === 429 || error.$retryable?.throttling === true) {
		return 'throttled';
	}

	if (badCredentials.has(name)) {
		return 'unauthenticated';
	}

	if (denials.has(name)) {
		return 'denied';
	}

	if (name === 'OptInRequired' || name === 'RegionDisabledException') {
		return 'not-available';
	}

	if (name === 'SubscriptionRequiredException') {
		return 'not-enabled';
	}

	if (networkCodes.has(error.code ?? '') || name === 'TimeoutError' || name === 'AbortError') {
		return 'unreachable';
	}

	return 'failed';
};

/** Puts any error of a call into the words of an outcome. Secrets never stand in AWS's messages; long ones are cut. */
export const toRefusal = (thrown: unknown, operation: string, iamAction: string): Refusal => {
	const error = asSdkError(thrown);
	const httpStatus = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
	const status = statusOf(error);
	const said = (error.message ?? '').slice(0, maxMessageCharacters);
	const name = error.name === undefined || error.name === '' || error.name === 'Error' ? (error.code ?? 'Error') : error.name;
	const notAws = error.name === 'SyntaxError' || error.name === 'TypeError' || error.name === 'Unknown' || error.name === 'UnknownError';
	const message = notAws
		? `What answered is not AWS, or not this operation${httpStatus === undefined ? '' : ` (HTTP ${httpStatus})`}${said === '' ? '' : `: ${said}`}`
		: said || (httpStatus === undefined ? name : `HTTP ${httpStatus}`);
	return {
		status,
		operation,
		iamAction,
		error: name.slice(0, 100),
		message,
		...(status === 'denied' && /explicit deny/iu.test(message) && {explicitDeny: true}),
	};
};

/** True where no policy allows the action at all, so that asking about the next resource is a wasted call. */
export const deniesEverywhere = (refusal: Refusal): boolean =>
	refusal.status === 'denied' && /no identity-based policy allows|service control policy|permissions boundary/iu.test(refusal.message);

/** Whether an error is AWS's way to say that there is no such thing. */
export const isAbsence = (error: unknown, absent: CallOptions['absent']): boolean => {
	if (absent === undefined || error === undefined) {
		return false;
	}

	const said = errorName(error);
	return typeof absent === 'function' ? absent(said) : absent.includes(said.name);
};
