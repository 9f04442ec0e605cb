import type {Effect} from './fault.js';
import type {Reply} from './protocol.js';

type Json = null | boolean | number | string | Json[] | {[name: string]: Json};

const wrongly = (value: Json): Json => {
	if (Array.isArray(value)) return 'not a list';
	if (value === null) return 0;
	switch (typeof value) {
		case 'object':
			return [true];
		case 'string':
			return {unexpected: value.slice(0, 20)};
		case 'number':
			return `about ${value}`;
		default:
			return 'yes';
	}
};

/** Every structure of the answer, the innermost first: what a visit adds is not visited. */
const each = (value: Json, visit: (structure: {[name: string]: Json}, depth: number) => void, depth = 0): void => {
	if (Array.isArray(value)) {
		for (const one of value) each(one, visit, depth);
	} else if (typeof value === 'object' && value !== null) {
		for (const one of Object.values(value)) each(one, visit, depth + 1);
		visit(value, depth);
	}
};

const enumLike = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/u;

const alter = (root: Json, effect: Effect, enums: ReadonlySet<string>): Json => {
	switch (effect.kind) {
		case 'empty-object':
			return {};
		case 'wrong-types':
		case 'null-members':
			each(root, (structure, depth) => {
				for (const [name, value] of Object.entries(structure)) {
					if (effect.members === undefined ? depth === 0 : effect.members.includes(name)) {
						structure[name] = effect.kind === 'null-members' ? null : wrongly(value);
					}
				}
			});
			return root;
		case 'missing-members':
			each(root, (structure, depth) => {
				for (const [index, name] of Object.keys(structure).entries()) {
					if (effect.members === undefined ? depth > 0 && index % 2 === 1 : effect.members.includes(name)) delete structure[name];
				}
			});
			return root;
		case 'extra-members':
			each(root, structure => {
				structure['addedIn2031'] = {kind: 'A_NEW_THING', at: 1_924_992_000};
			});
			return root;
		case 'unknown-enum':
			each(root, structure => {
				for (const [name, value] of Object.entries(structure)) {
					if (typeof value !== 'string') continue;
					const chosen = effect.members === undefined ? enums.has(value) || enumLike.test(value) : effect.members.includes(name);
					if (chosen) structure[name] = effect.value ?? 'SOMETHING_NEW';
				}
			});
			return root;
		default:
			return root;
	}
};

const spoiling: ReadonlySet<Effect['kind']> = new Set([
	'empty-object',
	'wrong-types',
	'null-members',
	'missing-members',
	'extra-members',
	'unknown-enum',
]);

const halved = (text: string): string => text.slice(0, Math.max(1, Math.floor(text.length / 2)));

const inXml = (body: string, effect: Effect): string => {
	// awsQuery wraps the answer in a result; ec2Query and restXml have it right under the root.
	const inside = /^(<[^>]+><[^>]+Result>)([\s\S]*)(<\/\w+Result>[\s\S]*)$/u.exec(body) ?? /^(<[^>]+>)([\s\S]*)(<\/\w+>)$/u.exec(body);
	if (inside === null) return body;
	const [, head = '', content = '', tail = ''] = inside;
	if (effect.kind === 'empty-object') return head + tail;
	if (effect.kind === 'extra-members') return `${head}${content}<AddedIn2031>A_NEW_THING</AddedIn2031>${tail}`;
	const members = content.replaceAll(/<(\w+)>([^<]*)<\/\1>/gu, (whole, name: string) => {
		if (effect.kind === 'missing-members') return effect.members === undefined || effect.members.includes(name) ? '' : whole;
		if (effect.kind === 'wrong-types') return `<${name}><unexpected>1</unexpected></${name}>`;
		return whole;
	});
	return head + members + tail;
};

/** The answer as a broken or a newer AWS would send it. Effects that are no matter of the body change nothing. */
export const spoil = (reply: Reply, effect: Effect, enums: ReadonlySet<string>): Reply => {
	if (effect.kind === 'malformed') return {...reply, body: halved(reply.body)};
	const json = reply.headers['content-type']?.includes('json') === true;
	if (!spoiling.has(effect.kind)) return reply;
	if (!json) return {...reply, body: inXml(reply.body, effect)};
	// What this server has just written as JSON is JSON.
	return {...reply, body: JSON.stringify(alter(JSON.parse(reply.body) as Json, effect, enums))};
};
