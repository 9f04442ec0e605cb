import {scalarOf} from '../json-reader.js';
import {rise} from '../mismatch.js';
import type {Incoming} from '../protocol.js';
import type {Member, StructShape} from '../shape.js';

const fromQuery = (member: Member, name: string, incoming: Incoming): unknown => {
	const texts = incoming.query.getAll(name);
	if (texts.length === 0) return undefined;
	const {shape} = member;
	return shape.kind === 'list' ? texts.map(text => scalarOf(shape.value.shape, text)) : scalarOf(shape, texts[0] ?? '');
};

const fromHeader = (member: Member, name: string, incoming: Incoming): unknown => {
	const text = incoming.headers[name.toLowerCase()];
	return typeof text === 'string' ? scalarOf(member.shape, text) : undefined;
};

/** Whether a member of an output travels outside the body. API Gateway's page tokens bear a query's trait, which means nothing there. */
export const boundOut = ({traits}: Member): boolean =>
	traits.httpHeader !== undefined || traits.httpPrefixHeaders !== undefined || traits.httpResponseCode === 1;

/** Whether a member of an input travels outside the body. */
export const boundIn = (member: Member): boolean => {
	const {traits} = member;
	return traits.httpLabel === 1 || traits.httpQuery !== undefined || traits.httpQueryParams === 1 || boundOut(member);
};

const boundValue = (member: Member, incoming: Incoming, labels: Readonly<Record<string, string>>, named: ReadonlySet<string>): unknown => {
	const {traits} = member;
	if (traits.httpLabel === 1) return scalarOf(member.shape, labels[member.name] ?? '');
	if (traits.httpQuery !== undefined) return fromQuery(member, traits.httpQuery, incoming);
	if (traits.httpHeader !== undefined) return fromHeader(member, traits.httpHeader, incoming);
	if (traits.httpQueryParams === 1) return Object.fromEntries([...incoming.query].filter(([name]) => !named.has(name)));
	return undefined;
};

/** What an input takes from the path, the query and the headers. https://smithy.io/2.0/spec/http-bindings.html */
export const readBindings = (shape: StructShape, incoming: Incoming, labels: Readonly<Record<string, string>>): Record<string, unknown> => {
	const named = new Set(shape.members.flatMap(member => member.traits.httpQuery ?? []));
	const read: Record<string, unknown> = {};
	for (const member of shape.members) {
		try {
			const value = boundValue(member, incoming, labels, named);
			if (value !== undefined) read[member.name] = value;
		} catch (error) {
			rise(error, member.name);
		}
	}
	return read;
};
