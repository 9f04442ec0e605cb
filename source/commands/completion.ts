import type {Command} from 'commander';
import {exitCode} from './exit-code.js';
import type {Io} from './io.js';
import {judged} from './registry.js';

type Entry = {readonly name: string; readonly summary: string; readonly options: readonly string[]; readonly choices: readonly string[]};

/** Completions from the program's own description, so that they hold what the help holds. */
export const completion = async (shell: 'bash' | 'zsh' | 'fish', program: Command, io: Io): Promise<number> => {
	const longs = (command: Command): readonly string[] => command.options.flatMap(({long, hidden}) => (hidden ? [] : (long ?? [])));
	const entries = program.commands.map(
		(command): Entry => ({
			name: command.name(),
			summary: command.description(),
			options: [...longs(command), ...longs(program)],
			choices:
				command.name() === 'panel'
					? judged.map(({id}) => id)
					: command.name() === 'demo'
						? [...program.commands.map(other => other.name()).filter(name => name !== 'demo'), 'endpoint']
						: command.registeredArguments.flatMap(({argChoices}) => argChoices ?? []),
		}),
	);
	const write = {bash, zsh, fish}[shell];
	await io.out(write(entries, longs(program)));
	return exitCode.clean;
};

const words = (list: readonly string[]): string => list.join(' ');

const bash = (
	entries: readonly Entry[],
	globals: readonly string[],
): string => `# bash completion for vedette: source <(vedette completion bash)
_vedette() {
	local word=\${COMP_WORDS[COMP_CWORD]} name='' i
	for ((i = 1; i < COMP_CWORD; i++)); do
		case \${COMP_WORDS[i]} in
			${entries.map(({name}) => name).join('|')}) name=\${COMP_WORDS[i]}; break ;;
		esac
	done
	case $name in
${entries.map(({name, options, choices}) => `\t\t${name}) COMPREPLY=($(compgen -W '${words([...choices, ...options])}' -- "$word")) ;;`).join('\n')}
		*) COMPREPLY=($(compgen -W '${words([...entries.map(({name}) => name), ...globals])}' -- "$word")) ;;
	esac
}
complete -o default -F _vedette vedette
`;

const zsh = (entries: readonly Entry[], globals: readonly string[]): string => `#compdef vedette
# zsh completion for vedette: source <(vedette completion zsh)
_vedette() {
	local name='' word
	for word in \${words[2,CURRENT-1]}; do
		case $word in
			${entries.map(({name}) => name).join('|')}) name=$word; break ;;
		esac
	done
	case $name in
${entries.map(({name, options, choices}) => `\t\t${name}) compadd -- ${words([...choices, ...options])}; _files ;;`).join('\n')}
		*) compadd -- ${words([...entries.map(({name}) => name), ...globals])} ;;
	esac
}
compdef _vedette vedette
`;

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", String.raw`\'`)}'`;

const fish = (entries: readonly Entry[], globals: readonly string[]): string =>
	[
		'# fish completion for vedette: vedette completion fish > ~/.config/fish/completions/vedette.fish',
		`set -l commands ${words(entries.map(({name}) => name))}`,
		...entries.map(
			({name, summary}) => `complete -c vedette -f -n "not __fish_seen_subcommand_from $commands" -a ${name} -d ${quoted(summary)}`,
		),
		...globals.map(option => `complete -c vedette -l ${option.slice(2)}`),
		...entries.flatMap(({name, options, choices}) => [
			...options
				.filter(option => !globals.includes(option))
				.map(option => `complete -c vedette -n "__fish_seen_subcommand_from ${name}" -l ${option.slice(2)}`),
			...(choices.length > 0 ? [`complete -c vedette -f -n "__fish_seen_subcommand_from ${name}" -a ${quoted(words(choices))}`] : []),
		]),
		'',
	].join('\n');
