import {timestampText} from '../json-writer.js';
import type {Exchange, Incoming, Protocol} from '../protocol.js';
import type {Member, OperationShape, Shape} from '../shape.js';
import {contentOf, escapeXml} from '../xml-writer.js';
import {boundOut, readBindings} from './bindings.js';
import {type Route, routeOf, routes} from './path-router.js';

export type RestXmlSettings = {
	readonly xmlNamespace: string;
	/** S3 puts the bucket in the host, or here in the path, and answers errors without the wrapper around them. */
	readonly style?: 's3';
};

const type = {'content-type': 'application/xml'};

const rootOf = (name: string, namespace: string, content: string): string => `<${name} xmlns="${namespace}">${content}</${name}>`;

const nameOf = (shape: Shape, member: Member): string =>
	member.traits.xmlName ?? (shape.kind === 'struct' ? (shape.xmlName ?? shape.name) : member.name);

/** The output without what travels in headers, and those headers. */
const split = (operation: OperationShape, output: unknown): {inBody: Record<string, unknown>; headers: Record<string, string>} => {
	const headers: Record<string, string> = {};
	const inBody: Record<string, unknown> = {...(output as object)};
	for (const {name, traits} of operation.output.members) {
		const value = inBody[name];
		if (traits.httpHeader === undefined || value === undefined) continue;
		headers[traits.httpHeader] = value instanceof Date ? timestampText(value, 'http-date') : String(value);
		delete inBody[name];
	}
	return {inBody, headers};
};

const exchangeOf = (operation: OperationShape, route: Route, {xmlNamespace}: RestXmlSettings): Exchange => {
	const status = operation.http?.[2] ?? 200;
	const payload = operation.output.members.find(member => member.traits.httpPayload === 1);
	const body = {...operation.output, members: operation.output.members.filter(member => !boundOut(member))};
	return {
		operation,
		// What Vedette asks in XML's REST protocol stands in path, query and headers: these operations read.
		read: (incoming: Incoming) => readBindings(operation.input, incoming, route.labels(incoming.path)),
		write: output => {
			const {inBody, headers} = split(operation, output);
			if (payload === undefined) {
				const root = operation.output.xmlName ?? operation.output.name;
				return {status, headers: {...type, ...headers}, body: rootOf(root, xmlNamespace, contentOf(body, inBody))};
			}
			const value = inBody[payload.name];
			if (payload.shape.kind !== 'struct') return {status, headers: {'content-type': 'text/plain', ...headers}, body: String(value ?? '')};
			return {
				status,
				headers: {...type, ...headers},
				body: value === undefined ? '' : rootOf(nameOf(payload.shape, payload), xmlNamespace, contentOf(payload.shape, value)),
			};
		},
	};
};

/** The bucket is no part of S3's own path templates: endpoint rules put it there. */
const withBucket = (operation: OperationShape): OperationShape => {
	const [method, path, status] = operation.http ?? ['GET', '/', 200];
	return operation.input.members.some(({name}) => name === 'Bucket')
		? {...operation, http: [method, `/{Bucket}${path}`, status]}
		: operation;
};

/** https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html */
export const restXml = (settings: RestXmlSettings, operations: readonly OperationShape[]): Protocol => {
	const find = routes(
		operations.map(operation => {
			const route = routeOf(settings.style === 's3' ? withBucket(operation) : operation);
			return {route, to: exchangeOf(operation, route, settings)};
		}),
	);
	return {
		refusalStatus: 403,
		route: incoming => find(incoming),
		fail: (error, requestId) => {
			const told = `<Code>${escapeXml(error.name)}</Code><Message>${escapeXml(error.message)}</Message>`;
			const body =
				settings.style === 's3'
					? `<Error>${told}<RequestId>${requestId}</RequestId></Error>`
					: `<ErrorResponse xmlns="${settings.xmlNamespace}"><Error><Type>Sender</Type>${told}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
			return {status: error.httpStatus, headers: type, body};
		},
	};
};
