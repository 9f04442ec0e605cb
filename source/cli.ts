#!/usr/bin/env node
import {processIo} from './commands/io.js';
import {statusQuickly} from './commands/status-quickly.js';

// Everything that is imported here, and by what is imported here, is in one file of the bundle; the rest is loaded when it is needed.

// A reader that has seen enough (`vedette rules | head -1`) is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	process.exit(error.code === 'EPIPE' ? 0 : 74);
});

// SQLite is part of Node.js from 22.5 on, and sound from 22.19 on: better told here than by a stack from somewhere inside.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
	process.stderr.write(`vedette: Node.js ${process.versions.node} is too old; it takes 22.19 or newer\n`);
	process.exit(2);
}

const words = process.argv.slice(2);
const io = processIo();

/**
 * `status` stands in prompts and status bars, many times a minute: parsing with commander costs 13 ms, half of what starting
 * Node.js does, and Node's own `parseArgs` 2 ms. What that does not understand, help and mistakes, commander answers.
 */
const quickly = async (): Promise<number | undefined> => (words[0] === 'status' ? statusQuickly(words.slice(1), io) : undefined);

const fully = async (): Promise<number> => {
	const {run} = await import('./commands/program.js');
	return run(words, io);
};

try {
	process.exitCode = (await quickly()) ?? (await fully());
} catch (error) {
	const {explainCrash} = await import('./commands/crash.js');
	process.exitCode = explainCrash(error, io);
}
