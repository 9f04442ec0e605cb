// Bundles the program into dist/, in chunks that load when they are needed.
// `--if-stale` does nothing when dist/ is newer than every source file.
import {readdirSync, rmSync, statSync} from 'node:fs';
import path from 'node:path';
import {build} from 'esbuild';

const root = path.dirname(import.meta.dirname);
const newest = folder =>
	Math.max(
		0,
		...readdirSync(path.join(root, folder), {recursive: true, withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(entry => statSync(path.join(entry.parentPath, entry.name)).mtimeMs),
	);

const isFresh = () => {
	try {
		const builtMs = statSync(path.join(root, 'dist/cli.js')).mtimeMs;
		return builtMs > Math.max(newest('source'), newest('mocks'), newest('.toolchain'), statSync(path.join(root, 'package.json')).mtimeMs);
	} catch {
		return false;
	}
};

const common = {
	absWorkingDir: root,
	outdir: 'dist',
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	legalComments: 'none',
	define: {'process.env.NODE_ENV': '"production"'},
	// The SDK gains nothing from bundling (measured: 136 against 135 ms for six clients), only from being loaded late.
	external: ['@aws-sdk/*', '@smithy/*'],
	logLevel: 'warning',
};

/** What `cli.ts` and the quick path of `status` import late, each by its file's name. */
const late = ['crash', 'open-watcher', 'program', 'redacted-watcher'];

/** `import('./commands/program.js')` stays an import of `./program.js`, which the other pass has made. */
const leaveLateImports = {
	name: 'leave late imports',
	setup({onResolve}) {
		onResolve({filter: /./}, ({kind, path: imported}) => {
			if (kind !== 'dynamic-import') {
				return undefined;
			}

			const name = path.basename(imported, '.js');
			return late.includes(name)
				? {path: `./${name}.js`, external: true}
				: {errors: [{text: `${imported} is imported late by the quick path, but is no entry of the build`}]};
		});
	},
};

/**
 * Node's own modules by the members that are used. An import of one reads every member, and so loads worker threads, file
 * watchers and what not, which takes a sixth as long as starting Node.js.
 */
const nodeByMember = {
	name: 'node by member',
	setup({onResolve, onLoad}) {
		onResolve({filter: /^node:/}, ({path: name}) => ({path: name, namespace: 'node'}));
		onLoad({filter: /./, namespace: 'node'}, ({path: name}) => {
			const members = Object.getOwnPropertyNames(process.getBuiltinModule(name)).filter(
				one => /^[a-z]\w*$/i.test(one) && one !== 'default',
			);
			const lines = members.map(member => `export const ${member} = /* @__PURE__ */ (() => all.${member})();`);
			return {contents: [`const all = process.getBuiltinModule('${name}');`, 'export default all;', ...lines].join('\n')};
		});
	},
};

if (!(process.argv.includes('--if-stale') && isFresh())) {
	rmSync(path.join(root, 'dist'), {recursive: true, force: true});
	await build({
		...common,
		entryPoints: {
			...Object.fromEntries(late.map(name => [name, `source/commands/${name}.ts`])),
			// A thread's: beside the chunk that starts it.
			'chunks/line-writer': 'source/commands/line-writer.ts',
		},
		splitting: true,
		chunkNames: 'chunks/[name]-[hash]',
		// Ink asks for its developer tools only in development, by a static import that the bundler has to resolve.
		alias: {'react-devtools-core': path.join(root, '.toolchain/no-devtools.mjs')},
		// CommonJS packages in the bundle call `require` for Node's own modules.
		banner: {js: "import {createRequire as vedetteRequire} from 'node:module'; const require = vedetteRequire(import.meta.url);"},
	});
	// `vedette status` runs every few seconds in status bars. A pass of its own makes one file of what it needs; shared chunks
	// would make it read a dozen, at half a millisecond each.
	await build({...common, entryPoints: {cli: 'source/cli.ts'}, plugins: [leaveLateImports, nodeByMember]});
}
