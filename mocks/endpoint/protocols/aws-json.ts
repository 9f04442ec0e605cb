import {readJson} from '../json-reader.js';
import {type JsonStyle, jsonCompiler} from '../json-writer.js';
import {Mismatch} from '../mismatch.js';
import type {Exchange, Protocol} from '../protocol.js';
import type {OperationShape, StructShape} from '../shape.js';

const style: JsonStyle = {jsonNames: false, timestamps: 'epoch-seconds'};
const writerOf = jsonCompiler(style);

export const parsedBody = (body: Buffer): unknown => {
	if (body.length === 0) return {};
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		throw new Mismatch('is not JSON');
	}
};

/** A structure's JSON is a structure: the reader of one gives a record. */
export const structFrom = (shape: StructShape, value: unknown, as: JsonStyle): Record<string, unknown> =>
	readJson(shape, value, as) as Record<string, unknown>;

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export const awsJson = (version: '1.0' | '1.1', target: string, operations: readonly OperationShape[]): Protocol => {
	const headers = {'content-type': `application/x-amz-json-${version}`};
	const exchanges = new Map<string, Exchange>();
	for (const operation of operations) {
		const write = writerOf(operation.output);
		exchanges.set(`${target}.${operation.name}`, {
			operation,
			read: incoming => structFrom(operation.input, parsedBody(incoming.body), style),
			write: output => ({status: 200, headers, body: write(output)}),
		});
	}
	return {
		refusalStatus: 400,
		route: incoming => {
			const asked = incoming.headers['x-amz-target'];
			return typeof asked === 'string' && incoming.method === 'POST' && incoming.path === '/' ? exchanges.get(asked) : undefined;
		},
		fail: error => ({
			status: error.httpStatus,
			headers,
			body: JSON.stringify({__type: error.name, message: error.message, ...error.members}),
		}),
	};
};
