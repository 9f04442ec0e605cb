import type {IncomingHttpHeaders} from 'node:http';
import type {AwsError} from './aws-error.js';
import type {OperationShape} from './shape.js';

export type Incoming = {
	readonly method: string;
	/** Still percent-encoded. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
};

export type Reply = {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
};

/** One operation, ready to be read and written. */
export type Exchange = {
	readonly operation: OperationShape;
	/** The input, or a `Mismatch`; what is required is not looked at. */
	read(incoming: Incoming): Record<string, unknown>;
	/** The answer, or a `Mismatch` where the output is not what the schema says. */
	write(output: unknown, requestId: string): Reply;
};

/** A service's operations in one protocol, compiled once. */
export type Protocol = {
	route(incoming: Incoming): Exchange | undefined;
	/** The error in the protocol's own shape. */
	fail(error: AwsError, requestId: string): Reply;
	/** What most refusals are answered with. */
	readonly refusalStatus: number;
};
