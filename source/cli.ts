import {processIo} from './commands/io.js';

// A reader that has seen enough (`vedette rules | head -1`) is no mistake.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	process.exit(error.code === 'EPIPE' ? 0 : 74);
});

const words = process.argv.slice(2);
const io = processIo();

/**
 * `status` stands in prompts and status bars, many times a minute: parsing with commander costs 13 ms, half of what starting
 * Node.js does, and Node's own `parseArgs` 2 ms. What that does not understand, help and mistakes, commander answers.
 */
const quickly = async (): Promise<number | undefined> =>
	words[0] === 'status' ? (await import('./commands/status-quickly.js')).statusQuickly(words.slice(1), io) : undefined;

const fully = async (): Promise<number> => {
	const [{run}, {version}] = await Promise.all([import('./commands/program.js'), import('./commands/version.js')]);
	return run(words, io, version);
};

try {
	process.exitCode = (await quickly()) ?? (await fully());
} catch (error) {
	const {explainCrash} = await import('./commands/crash.js');
	process.exitCode = explainCrash(error, io);
}
