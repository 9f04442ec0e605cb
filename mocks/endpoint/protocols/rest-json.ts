import {type JsonStyle, jsonCompiler, timestampText} from '../json-writer.js';
import type {Exchange, Incoming, Protocol} from '../protocol.js';
import type {Member, OperationShape, StructShape} from '../shape.js';
import {parsedBody, structFrom} from './aws-json.js';
import {boundIn, boundOut, readBindings} from './bindings.js';
import {type Route, routeOf, routes} from './path-router.js';

const style: JsonStyle = {jsonNames: true, timestamps: 'epoch-seconds'};
const writerOf = jsonCompiler(style);

/** The part of a structure that travels in the body. */
const bodyPart = (shape: StructShape, bound: (member: Member) => boolean): StructShape => ({
	...shape,
	members: shape.members.filter(member => !bound(member)),
});

const split = (shape: StructShape, output: unknown): {inBody: Record<string, unknown>; headers: Record<string, string>} => {
	const headers: Record<string, string> = {};
	const inBody: Record<string, unknown> = {...(output as object)};
	for (const member of shape.members) {
		const name = member.traits.httpHeader;
		const value = inBody[member.name];
		if (name === undefined || value === undefined) continue;
		headers[name] = value instanceof Date ? timestampText(value, 'http-date') : String(value);
		delete inBody[member.name];
	}
	return {inBody, headers};
};

const exchangeOf = (operation: OperationShape, path: Route): Exchange => {
	const input = bodyPart(operation.input, boundIn);
	const payload = operation.input.members.find(member => member.traits.httpPayload === 1);
	const outputPayload = operation.output.members.find(member => member.traits.httpPayload === 1);
	const write = writerOf(outputPayload?.shape ?? bodyPart(operation.output, boundOut));
	const inHeaders = operation.output.members.some(boundOut);
	const status = operation.http?.[2] ?? 200;
	const type = {'content-type': 'application/json'};
	return {
		operation,
		read: (incoming: Incoming) => {
			const fromBody =
				payload === undefined
					? structFrom(input, parsedBody(incoming.body), style)
					: {[payload.name]: payload.shape.kind === 'struct' ? structFrom(payload.shape, parsedBody(incoming.body), style) : incoming.body};
			return {...fromBody, ...readBindings(operation.input, incoming, path.labels(incoming.path))};
		},
		write: output => {
			if (outputPayload !== undefined) {
				// A payload member carries the whole body; the output is a structure, by the schema.
				return {status, headers: type, body: write((output as Record<string, unknown>)[outputPayload.name] ?? {})};
			}
			if (!inHeaders) return {status, headers: type, body: write(output)};
			const {inBody, headers} = split(operation.output, output);
			return {status, headers: {...type, ...headers}, body: write(inBody)};
		},
	};
};

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson = (operations: readonly OperationShape[]): Protocol => {
	const find = routes(
		operations.map(operation => {
			const route = routeOf(operation);
			return {route, to: exchangeOf(operation, route)};
		}),
	);
	return {
		refusalStatus: 403,
		route: incoming => find(incoming),
		fail: error => ({
			status: error.httpStatus,
			headers: {'content-type': 'application/json', 'x-amzn-errortype': error.name},
			body: JSON.stringify({message: error.message, ...error.members}),
		}),
	};
};
