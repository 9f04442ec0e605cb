import {parseArgs} from 'node:util';
import {Argument, Command, CommanderError, Option} from 'commander';
import {type CommandName, commandList} from './command-list.js';
import {exitCode} from './exit-code.js';
import {type GlobalFlags, globalOptions} from './global-options.js';
import type {Io} from './io.js';
import {count, duration, failOn, repeatable, toOption} from './options.js';
import {version} from './version.js';

/** Runs the command that the words name. Resolves with the exit code; rejects only with mistakes of ours. */
export const run = async (words: readonly string[], io: Io): Promise<number> => {
	const first = firstWord(words);
	// What follows `demo` is a command line of its own, flags and all.
	if (first !== undefined && words[first] === 'demo' && !isHelp(words[first + 1])) {
		const {demo} = await import('./demo.js');
		return demo(words.slice(0, first), words.slice(first + 1), io);
	}

	let code: number = exitCode.clean;
	const program = describe(io, async work => {
		code = await work();
	});
	const saysNothing = first === undefined && !words.some(word => isHelp(word) || word === '--version' || word === '-V');
	try {
		await program.parseAsync(saysNothing ? ['watch', ...words] : [...words], {from: 'user'});
		return code;
	} catch (error) {
		if (error instanceof CommanderError) {
			return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
		}

		throw error;
	}
};

/** Where the command stands: the first word that is neither a flag nor a flag's value. */
const firstWord = (words: readonly string[]): number | undefined => {
	const options = Object.fromEntries(
		globalOptions.map(option => [
			option.name,
			{type: 'value' in option ? ('string' as const) : ('boolean' as const), multiple: 'many' in option},
		]),
	);
	const {tokens} = parseArgs({args: [...words], options, strict: false, allowPositionals: true, tokens: true});
	return tokens.find(({kind}) => kind === 'positional')?.index;
};

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

/** The whole command line, each action loading its command when it is chosen. */
export const describe = (io: Io, perform: (work: () => Promise<number>) => Promise<void>): Command => {
	const program = new Command('vedette')
		.description('Keeps watch over the security posture of AWS accounts from a terminal. Reads; never writes.')
		.usage('[flags] [command]')
		.version(version, '-V, --version', 'print the version')
		.helpOption('-h, --help', 'print help')
		.helpCommand('help [command]', 'print help for a command')
		.showHelpAfterError('Run with --help for all flags and examples.')
		.exitOverride()
		.configureHelp({showGlobalOptions: false, sortSubcommands: false})
		.configureOutput({
			writeErr: text => io.note(text.trimEnd()),
			outputError(text, write) {
				write(text.replace(/^error: /, 'vedette: '));
			},
		})
		.addHelpText(
			'after',
			`\nExit codes: 0 clean, 1 findings at or above --fail-on, 2 usage or configuration, 3 no credentials, 4 incomplete, 69 no daemon, 75 another daemon runs, 78 the daemon's configuration.`,
		);
	for (const option of globalOptions) {
		program.addOption(toOption(option));
	}

	const command = (
		name: CommandName,
		configure: (command: Command) => Command,
		action: (flags: GlobalFlags & Record<string, unknown>, operands: readonly string[]) => Promise<number>,
	) => {
		const words = commandList.find(words => words.name === name);
		const made = configure(
			program
				.command(name)
				.description(words?.summary ?? '')
				.addHelpText(
					'after',
					`\nExamples:\n${(words?.examples ?? []).map(example => `  ${example}`).join('\n')}\n\nFlags of every command: vedette --help`,
				),
		)
			.allowExcessArguments(false)
			.action(async () => perform(async () => action(made.optsWithGlobals(), made.args)));
		return made;
	};

	command('watch', same, async flags => (await import('./watch.js')).watch(flags, io));
	command(
		'demo',
		made =>
			made
				.argument('[command...]', 'what to run; the screen by default')
				.option('--scenario <name>', 'the made-up account', 'typical')
				.option('--speed <factor>', 'how fast its story goes', '1'),
		async () => exitCode.usage,
	);
	command(
		'panel',
		made => made.argument('<name>', 'a service, such as kms'),
		async (flags, [name = '']) => (await import('./panel.js')).panel(name, flags, io),
	);
	command(
		'status',
		made =>
			made
				.option(
					'--format <template>',
					'text with {critical} {high} {medium} {low} {unknown} {muted} {score} {coverage} {due} {age} {account}',
				)
				.addOption(failOn()),
		async flags => (await import('./status.js')).status(flags, io),
	);
	command(
		'changes',
		made => made.addOption(duration('--since <duration>', 'how far back', '24h')).option('--service <id>', 'of one service'),
		async flags => (await import('./changes.js')).changes(flags, io),
	);
	command(
		'timeline',
		made => made.addOption(duration('--within <duration>', 'how far ahead', '90d')),
		async flags => (await import('./timeline.js')).timeline(flags, io),
	);
	command(
		'export',
		made =>
			made
				.addOption(new Option('--format <format>', 'how to write it').choices(['json']).default('json'))
				.option('--output <file>', 'write there instead of to standard output')
				.option('--once', 'collect here and now, without a daemon')
				.addOption(failOn())
				.addOption(new Option('--max-unknown <count>', 'end with 4 when more than this is UNKNOWN').argParser(count))
				.addOption(duration('--deadline <duration>', 'how long --once may take', '15m'))
				.option('--schema', 'print the JSON Schema of the export instead'),
		async flags => (await import('./export.js')).exportCommand(flags, io),
	);
	command(
		'rules',
		made => made.addOption(new Option('--format <format>', 'how to write them').choices(['text', 'json'])),
		async flags => (await import('./rules.js')).rules(flags, io),
	);
	command(
		'explain',
		made => made.argument('<id...>', 'a rule, a published id, a service, a topic or a word'),
		async (flags, words) => (await import('./explain.js')).explain(words, flags, io),
	);
	command(
		'policy',
		made => made.addOption(repeatable('--for <service>', 'only what one service needs')),
		async flags => (await import('./policy.js')).policy(flags, io),
	);
	command('doctor', same, async flags => (await import('./doctor.js')).doctor(flags, io));
	command(
		'daemon',
		made =>
			made
				.addArgument(new Argument('[action]', 'to the one that runs').choices(['stop', 'reload', 'status']))
				.option('--foreground', 'stay attached: for systemd and containers')
				.addOption(new Option('--for-viewers').hideHelp()),
		async (flags, [action]) => (await import('./daemon.js')).daemon(action, flags, io),
	);
	command(
		'config',
		made => made.addArgument(new Argument('[action]', 'what to do').choices(['show', 'check', 'example']).default('show')),
		async (flags, [action]) =>
			(await import('./config.js')).config(action === 'check' || action === 'example' ? action : 'show', flags, io),
	);
	command(
		'completion',
		made => made.addArgument(new Argument('<shell>', 'which').choices(['bash', 'zsh', 'fish'])),
		async (_flags, [shell]) =>
			(await import('./completion.js')).completion(shell === 'zsh' || shell === 'fish' ? shell : 'bash', program, io),
	);
	return program;
};

const same = (command: Command): Command => command;
