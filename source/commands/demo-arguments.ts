import {Command, CommanderError, InvalidArgumentError, Option} from 'commander';
import {exitCode} from './exit-code.js';
import {demoArguments, demoOptions, type GlobalFlags} from './global-options.js';
import type {Io} from './io.js';
import {toOption} from './options.js';

export type DemoOptions<Scenario extends string> = {readonly scenario: Scenario; readonly speed: number; readonly port: number};

export type DemoArguments<Scenario extends string> = {
	readonly options: DemoOptions<Scenario>;
	/** The command to run, with its flags. */
	readonly command: readonly string[];
	/** Flags of every command that stood before it, such as `--ascii`. */
	readonly display: readonly string[];
};

/** What follows `demo`, or the exit code once it has been said what is wrong with it. */
export const parseDemo = <Scenario extends string>(
	words: readonly string[],
	scenarios: readonly Scenario[],
	io: Io,
): DemoArguments<Scenario> | number => {
	// What follows the command is the command's own affair.
	const program = quiet(new Command('vedette demo'), io)
		.enablePositionalOptions()
		.passThroughOptions()
		.argument('[command...]')
		.addOption(new Option('--scenario <name>', 'the made-up account').choices(scenarios).default('typical'))
		.addOption(speed().default(1));
	for (const option of demoOptions) {
		program.addOption(toOption(option));
	}

	const endpoint = quiet(new Command('vedette demo endpoint'), io)
		.addOption(new Option('--scenario <name>', 'the made-up account').choices(scenarios))
		.addOption(speed())
		.addOption(new Option('--port <number>', 'where to listen; any free port by default').argParser(port).default(0))
		.allowExcessArguments(false);
	try {
		program.parse([...words], {from: 'user'});
		const {args: command} = program;
		const {scenario, speed, ...flags} = program.opts<Pick<DemoOptions<Scenario>, 'scenario' | 'speed'> & GlobalFlags>();
		const options = {scenario, speed, port: 0};
		if (command[0] !== 'endpoint') {
			return {options, command, display: demoArguments(flags)};
		}

		endpoint.parse(command.slice(1), {from: 'user'});
		return {options: {...options, ...endpoint.opts<Partial<DemoOptions<Scenario>>>()}, command, display: []};
	} catch (error) {
		if (error instanceof CommanderError) {
			return error.exitCode === 0 ? exitCode.clean : exitCode.usage;
		}

		throw error;
	}
};

const quiet = (command: Command, io: Io): Command =>
	command
		.exitOverride()
		.configureOutput({
			writeErr: text => io.note(text.trimEnd()),
			outputError: (text, write) => write(text.replace(/^error: /, 'vedette: ')),
		})
		.action(() => {});

const speed = (): Option =>
	new Option('--speed <factor>', 'how fast its story goes; 0 stands still').argParser(text => {
		const value = Number(text);
		if (!(value >= 0 && value <= 1000)) {
			throw new InvalidArgumentError('Expected a number from 0, which stands still, to 1000.');
		}

		return value;
	});

const port = (text: string): number => {
	const value = Number(text);
	if (!Number.isInteger(value) || value < 0 || value > 65_535) {
		throw new InvalidArgumentError('Expected a port from 0, which is any that is free, to 65535.');
	}

	return value;
};
