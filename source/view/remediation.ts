import type {CatalogueRule, Judgement, ResourceReference} from '../model/index.js';

/** A word as a POSIX shell reads it back: bare where it needs no quotes, else in single quotes. */
export const shellQuote = (word: string): string => (isPlain(word) ? word : `'${word.replaceAll("'", closeAndReopen)}'`);

const closeAndReopen = String.raw`'\''`;

// A word that begins with an equals sign is the path of a command to zsh.
const isPlain = (word: string): boolean => /^(?!=)[\w@%+=:,./-]+$/u.test(word);

/** What placeholders stand for in every command and configuration about a resource. */
const ofResource = new Map<string, (resource: ResourceReference) => string>([
	['arn', ({arn}) => arn],
	['id', ({resourceId}) => resourceId],
	['name', ({resourceName}) => resourceName],
	['region', ({awsRegion}) => awsRegion],
	['account', ({accountId}) => accountId],
]);
const textFor = (name: string, resource: ResourceReference): string => ofResource.get(name)?.(resource) ?? '';

// `${name}` is Terraform's own.
const placeholderOf = (names: Iterable<string>): RegExp => new RegExp(`(?<![$%])\\{(${[...names].join('|')})\\}`, 'u');
const placeholder = placeholderOf(ofResource.keys());

/** The placeholders of a command or a configuration, once each: `{name}`, `{region}`. */
export const placeholdersIn = (template: string): readonly string[] => [
	...new Set(template.split(placeholder).flatMap((piece, index) => (index % 2 === 0 ? [] : [`{${piece}}`]))),
];

type Values = Readonly<Record<string, string>>;
const noValues: Values = {};
const noNames: readonly string[] = [];

/** How the shell reads what stands at a place of a command: between no quotes, or between one sort of them. */
type Quoting = 'bare' | 'single' | 'double';

/** A text of the template, and the placeholder behind it: where that stands, and whether within a string of JSON. */
type Part = {readonly text: string; readonly name?: string; readonly quoting: Quoting; readonly inString: boolean};

/** The quotes that are open at a place of a command, outermost first, and what the shell makes of the word there so far. */
class ShellPlace {
	#open: Array<{quoting: Quoting; word: string}> = [{quoting: 'bare', word: ''}];

	get #top(): {quoting: Quoting; word: string} {
		return this.#open.at(-1) ?? {quoting: 'bare', word: ''};
	}

	get quoting(): Quoting {
		return this.#top.quoting;
	}

	/** Whether the word has a double quote of its own that is still open: JSON, or a literal of a query. */
	get inString(): boolean {
		return (this.#top.word.replaceAll(/\\./gsu, '').match(/"/gu)?.length ?? 0) % 2 === 1;
	}

	/** Moves on by what stands at `at`, and says how many characters that is. */
	step(command: string, at: number): number {
		const top = this.#top;
		const [character = '', next = ''] = command.slice(at, at + 2);
		if (top.quoting === 'single') {
			if (character === "'") top.quoting = 'bare';
			else top.word += character;
			return 1;
		}

		if (character === '\\' && (top.quoting === 'bare' || '$`"\\'.includes(next))) {
			top.word += next;
			return 2;
		}

		// What a command in between prints becomes a part of the word: it is read on its own.
		if (character === '$' && next === '(') {
			this.#open.push({quoting: 'bare', word: ''});
			return 2;
		}

		if (character === '"') {
			top.quoting = top.quoting === 'double' ? 'bare' : 'double';
		} else if (top.quoting === 'double') {
			top.word += character;
		} else if (character === "'") {
			top.quoting = 'single';
		} else if (character === ')' && this.#open.length > 1) {
			this.#open.pop();
		} else {
			top.word = /\s/u.test(character) ? '' : top.word + character;
		}

		return 1;
	}
}

const partsOf = (command: string, names: readonly string[]): readonly Part[] => {
	const place = new ShellPlace();
	const parts: Part[] = [];
	const pieces = command.split(placeholderOf([...ofResource.keys(), ...names]));
	for (let piece = 0; piece < pieces.length; piece += 2) {
		const [text = '', name] = pieces.slice(piece, piece + 2);
		for (let at = 0; at < text.length; ) at += place.step(text, at);
		parts.push({text, ...(name !== undefined && {name}), quoting: place.quoting, inString: place.inString});
	}

	return parts;
};

// An export fills in hundreds of thousands of commands, of which there are as many sorts as rules.
const known = new Map<string, readonly Part[]>();

const quoted = (value: string, {quoting, inString}: Part): string => {
	const text = inString ? JSON.stringify(value).slice(1, -1) : value;
	switch (quoting) {
		case 'bare': {
			return shellQuote(text);
		}

		case 'single': {
			return text.replaceAll("'", closeAndReopen);
		}

		// No escape within double quotes is the same to all shells: it stands between quotes of its own.
		case 'double': {
			return isPlain(text) ? text : `"${shellQuote(text)}"`;
		}
	}
};

/**
 * A remediation's command with its placeholders filled in, each quoted for where it stands: between no quotes, between
 * either sort of them, and within a string of JSON. The result is a string from outside: names stand in it. Control
 * characters in a name are dropped, for a pasted line break would run what stands before it. `values` are placeholders besides
 * those of the resource.
 */
export const fillCommand = (command: string, resource: ResourceReference, values: Values = noValues): string => {
	const names = values === noValues ? noNames : Object.keys(values);
	const template = names.length === 0 ? command : `${command}\n${names.join(' ')}`;
	let parts = known.get(template);
	if (parts === undefined) {
		parts = partsOf(command, names);
		known.set(template, parts);
	}

	return parts
		.map(part =>
			part.name === undefined
				? part.text
				: part.text + quoted((values[part.name] ?? textFor(part.name, resource)).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ''), part),
		)
		.join('');
};

/** The command about what was found, or else that of the rule; undefined where there is none. */
export const commandFor = (judgement: Judgement, rule: CatalogueRule | undefined, resource: ResourceReference): string | undefined => {
	const {cli, values} = judgement.command ?? {cli: rule?.remediation.cli, values: undefined};
	return cli === undefined ? undefined : fillCommand(cli, resource, values);
};

const shortEscapes: Readonly<Record<string, string>> = {'\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t`};

/** A text as a quoted template of HCL reads it back: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md#template-expressions */
const hclEscape = (text: string): string =>
	text
		.replaceAll(/["\\]/gu, String.raw`\$&`)
		.replaceAll(/[$%](?=\{)/gu, '$&$&')
		.replaceAll(
			/[\p{Cc}\p{Zl}\p{Zp}]/gu,
			character => shortEscapes[character] ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
		);

/** A remediation's Terraform with its placeholders filled in. They stand within double quotes there: a contract test sees to it. */
export const fillTerraform = (terraform: string, resource: ResourceReference): string =>
	terraform
		.split(placeholder)
		.map((piece, index) => (index % 2 === 0 ? piece : hclEscape(textFor(piece, resource))))
		.join('');
