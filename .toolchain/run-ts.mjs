// Runs a TypeScript program of this repository that is not part of the product: bundled to dist/, then started.
//   node .toolchain/run-ts.mjs test/bench/bench.ts ARG...
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import {build} from 'esbuild';

const root = path.dirname(import.meta.dirname);
const [entry, ...args] = process.argv.slice(2);
const outfile = path.join(root, 'dist', `${path.basename(entry, '.ts')}.mjs`);
await build({
	absWorkingDir: root,
	entryPoints: [entry],
	outfile,
	bundle: true,
	format: 'esm',
	platform: 'node',
	target: 'node22.19',
	packages: 'external',
	logLevel: 'warning',
});
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
