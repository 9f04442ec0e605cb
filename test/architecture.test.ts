import {cruise} from 'dependency-cruiser';
import {expect, test} from 'vitest';

const itself = '^source/$1/';
const model = '^source/model/';
const packages = (...names: string[]) => names.map(name => `(^|node_modules/)${name}(/|$)`);

// The cruiser names Node's own modules without `node:`.
const node = (...names: string[]) => names.map(name => `^${name}$`);
const files = node('fs', 'fs/promises', 'path', 'os');

/** What each folder may import besides itself. Everything else is a violation. */
const layers: Readonly<Record<string, readonly string[]>> = {
	model: [],
	topics: [model],
	evaluate: [model],
	view: [model, ...packages('string-width')],
	export: [model, ...packages('zod')],
	// By its name and version AWS is told who calls.
	collect: [
		model,
		'^package.json$',
		...packages('keyv', 'p-queue', '@aws-sdk', '@smithy'),
		...node('crypto', 'events', 'http', 'https', 'perf_hooks', 'stream', 'timers/promises'),
	],
	engine: [model, ...packages('p-queue'), ...node('perf_hooks', 'timers', 'timers/promises', 'events')],
	store: [model, ...packages('keyv', '@keyv'), ...files, ...node('sqlite', 'node:sqlite', 'crypto', 'events')],
	client: [model, '^source/store/', ...files, ...node('net', 'child_process', 'crypto', 'timers/promises')],
	tui: [model, '^source/view/', '^source/client/', ...packages('ink', 'react'), ...node('process', 'child_process', 'events', 'stream')],
	daemon: [
		model,
		'^source/(services|boards)/index',
		'^source/(collect|engine|evaluate|store|view)/',
		...packages('zod', 'pino'),
		...files,
		...node('net', 'crypto', 'perf_hooks', 'process', 'sqlite', 'node:sqlite', 'stream', 'timers/promises', 'v8'),
	],
	config: [model, ...packages('yaml', 'zod'), ...files, ...node('net')],
};

const forbidden = [
	{name: 'no cycles', severity: 'error' as const, from: {}, to: {circular: true}},
	...Object.entries(layers).map(([folder, allowed]) => ({
		name: `${folder} imports only what is before it`,
		severity: 'error' as const,
		from: {path: `^source/(${folder})/`},
		to: {pathNot: [itself, ...allowed]},
	})),
	{
		name: 'a service knows the model and itself',
		severity: 'error' as const,
		from: {path: '^source/services/([^/]+)/'},
		to: {pathNot: ['^source/services/$1/', model, ...packages('@aws-sdk')]},
	},
	{
		name: 'a board knows the model, itself, and what services bring only as types',
		severity: 'error' as const,
		from: {path: '^source/boards/([^/]+)/'},
		to: {pathNot: ['^source/boards/$1/', model, '^source/services/[^/]+/rules']},
	},
	{
		name: 'no code of a service runs in a board',
		severity: 'error' as const,
		from: {path: '^source/boards/'},
		to: {path: '^source/services/', dependencyTypesNot: ['type-only' as const]},
	},
	{
		name: 'only collect knows AWS',
		severity: 'error' as const,
		from: {path: '^source/services/', pathNot: '^source/services/[^/]+/collect(\\.ts$|/)'},
		to: {path: packages('@aws-sdk')},
	},
	{
		name: 'only the demo knows the mocks',
		severity: 'error' as const,
		from: {path: '^source/', pathNot: '^source/commands/demo'},
		to: {path: '^mocks/'},
	},
	{
		name: 'mocks know the model only',
		severity: 'error' as const,
		from: {path: '^mocks/'},
		to: {path: '^source/', pathNot: model},
	},
];

test('folders import in one direction', async () => {
	const {output} = await cruise(['source', 'mocks'], {
		validate: true,
		// The parser that tells imports of types from those of values.
		parser: 'swc',
		tsPreCompilationDeps: true,
		doNotFollow: {path: 'node_modules'},
		ruleSet: {forbidden},
	});
	if (typeof output === 'string') {
		throw new TypeError('Expected a cruise result.');
	}

	// Without a parser for TypeScript the cruiser is silently content with nothing.
	expect(output.summary.totalCruised).toBeGreaterThan(60);
	expect(output.summary.violations.map(({from, to, rule}) => `${from} → ${to}: ${rule.name}`)).toEqual([]);
});

test('a seeded violation is found', async () => {
	const {output} = await cruise(['source/collect'], {
		validate: true,
		parser: 'swc',
		tsPreCompilationDeps: true,
		doNotFollow: {path: 'node_modules'},
		ruleSet: {forbidden: [{name: 'seeded', severity: 'error', from: {path: '^source/(collect)/'}, to: {path: model}}]},
	});
	expect(typeof output === 'string' ? 0 : output.summary.violations.length).toBeGreaterThan(3);
});
