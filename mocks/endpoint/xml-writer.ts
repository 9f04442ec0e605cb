import {memberIndex, membersOf, timestampText} from './json-writer.js';
import {described, Mismatch, rise} from './mismatch.js';
import type {Member, Shape} from './shape.js';

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'};

// XML 1.0 can not carry most control characters at all; AWS sends a replacement for them.
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;

export const escapeXml = (text: string): string =>
	text
		.replaceAll(/[&<>"]/gu, character => escapes[character] ?? character)
		.replaceAll('\r', '&#xD;')
		.replaceAll(unspeakable, '\ufffd');

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

const scalarText = (shape: Shape, value: unknown): string => {
	switch (shape.kind) {
		case 'timestamp':
			return timestampText(value, shape.format ?? 'date-time');
		case 'blob':
			if (!(value instanceof Uint8Array)) throw new Mismatch(`is ${described(value)}, not bytes`);
			return Buffer.from(value).toString('base64');
		case 'string':
		case 'boolean':
		case 'number':
			if (typeof value !== shape.kind) throw new Mismatch(`is ${described(value)}, not a ${shape.kind}`);
			return escapeXml(String(value));
		default:
			throw new Mismatch(`can not be written as text`);
	}
};

const memberText = (member: Member, value: unknown): string => {
	const name = member.traits.xmlName ?? member.name;
	const {shape} = member;
	const flattened = member.traits.xmlFlattened === 1;
	if (shape.kind === 'list') {
		if (!Array.isArray(value)) throw new Mismatch(`is ${described(value)}, not a list`);
		const itemName = flattened ? name : (shape.value.traits.xmlName ?? shape.value.name);
		const items = value.map((one: unknown) => element(itemName, contentOf(shape.value.shape, one))).join('');
		return flattened ? items : element(name, items);
	}
	if (shape.kind === 'map') {
		const entries = Object.entries(value ?? {}).map(([key, one]) => {
			const keyName = shape.key.traits.xmlName ?? 'key';
			const valueName = shape.value.traits.xmlName ?? 'value';
			return element(flattened ? name : 'entry', element(keyName, escapeXml(key)) + element(valueName, contentOf(shape.value.shape, one)));
		});
		return flattened ? entries.join('') : element(name, entries.join(''));
	}
	return element(name, contentOf(shape, value));
};

/** The inside of an element, checked against the schema as JSON is. */
export const contentOf = (shape: Shape, value: unknown): string => {
	if (shape.kind === 'unit') return '';
	if (shape.kind !== 'struct') return scalarText(shape, value);
	let text = '';
	for (const [member, one] of membersOf(shape, memberIndex(shape), value)) {
		try {
			text += memberText(member, one);
		} catch (error) {
			rise(error, member.name);
		}
	}
	return text;
};
