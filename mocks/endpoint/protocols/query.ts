import type {AwsError} from '../aws-error.js';
import type {Exchange, Incoming, Protocol} from '../protocol.js';
import type {OperationShape} from '../shape.js';

type Dialect = {
	readonly contentType: string;
	read(input: OperationShape['input'], form: URLSearchParams): Record<string, unknown>;
	/** The body of an answer, and of an error. */
	answer(operation: OperationShape, output: unknown, requestId: string): string;
	error(error: AwsError, requestId: string): string;
};

const formOf = (incoming: Incoming): URLSearchParams => new URLSearchParams(incoming.body.toString('utf8'));

/** What the two protocols share that send a form and answer with XML: `Action` names the operation, `Version` the service's. */
export const query = (version: string, operations: readonly OperationShape[], dialect: Dialect): Protocol => {
	const headers = {'content-type': dialect.contentType};
	const exchanges = new Map<string, Exchange>(
		operations.map(operation => [
			operation.name,
			{
				operation,
				read: incoming => dialect.read(operation.input, formOf(incoming)),
				write: (output, requestId) => ({status: 200, headers, body: dialect.answer(operation, output, requestId)}),
			},
		]),
	);
	return {
		refusalStatus: 403,
		route: incoming => {
			const form = formOf(incoming);
			return form.get('Version') === version ? exchanges.get(form.get('Action') ?? '') : undefined;
		},
		fail: (error, requestId) => ({status: error.httpStatus, headers, body: dialect.error(error, requestId)}),
	};
};
