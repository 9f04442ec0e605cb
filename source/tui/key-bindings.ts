import type {HelpSection} from '../view/help.js';
import type {KeyHint, PlaceName} from '../view/ui-state.js';

/** What a key can do. `actions.ts` has one function for each. */
export type ActionName =
	| 'up'
	| 'down'
	| 'left'
	| 'right'
	| 'page-up'
	| 'page-down'
	| 'first'
	| 'last'
	| 'open'
	| 'back'
	| 'filter'
	| 'sort'
	| 'reverse'
	| 'go-to'
	| 'findings'
	| 'changes'
	| 'timeline'
	| 'collectors'
	| 'help'
	| 'refresh'
	| 'refresh-all'
	| 'all-changes'
	| 'copy'
	| 'copy-arn'
	| 'terraform'
	| 'console'
	| 'json'
	| 'previous'
	| 'next'
	| 'repaint'
	| 'suspend'
	| 'quit';

/** One line of the key table: the handler, the footer, the help screen and the documentation all read it. */
export type KeyBinding = {
	/** Names as `keyNames` makes them. */
	readonly keys: readonly string[];
	/** How the footer and the help write them. */
	readonly shown: string;
	readonly label: string;
	/** The label where columns are dear: in the footer. Defaults to `label`. */
	readonly short?: string;
	readonly section: 'Move' | 'Lists' | 'Detail' | 'Go to' | 'Everywhere';
	/** Where it works; undefined for everywhere. */
	readonly when?: readonly PlaceName[];
	/** Where it stands in the footer, and how early: lower is earlier. */
	readonly footer?: number;
	readonly action: ActionName;
};

const lists = ['table', 'findings', 'changes', 'timeline'] as const;
const tables = ['table', 'findings'] as const;
const details = ['detail', 'json'] as const;

export const keyBindings: readonly KeyBinding[] = [
	{keys: ['up', 'k'], shown: '↑', label: 'up', section: 'Move', action: 'up'},
	{keys: ['down', 'j'], shown: '↓', label: 'down', section: 'Move', action: 'down'},
	{keys: ['left', 'h'], shown: '←', label: 'panel to the left', section: 'Move', when: ['overview'], action: 'left'},
	{keys: ['right', 'l'], shown: '→', label: 'panel to the right', section: 'Move', when: ['overview'], action: 'right'},
	{keys: ['pageup', 'ctrl+b'], shown: 'PgUp', label: 'a screen up', section: 'Move', action: 'page-up'},
	{keys: ['pagedown', ' ', 'ctrl+f'], shown: 'PgDn', label: 'a screen down', section: 'Move', action: 'page-down'},
	{keys: ['home', 'g'], shown: 'Home', label: 'to the first', section: 'Move', action: 'first'},
	{keys: ['end', 'G'], shown: 'End', label: 'to the last', section: 'Move', action: 'last'},
	{keys: ['enter'], shown: '⏎', label: 'open', section: 'Move', when: ['overview', ...lists], footer: 1, action: 'open'},
	{keys: ['enter', 'j'], shown: '⏎', label: 'raw JSON', section: 'Detail', when: ['detail'], footer: 1, action: 'json'},
	{keys: ['/'], shown: '/', label: 'filter', section: 'Lists', when: lists, footer: 2, action: 'filter'},
	{keys: ['s'], shown: 's', label: 'sort by the next column', short: 'sort', section: 'Lists', when: tables, footer: 3, action: 'sort'},
	{keys: ['S'], shown: 'S', label: 'turn the order round', section: 'Lists', when: tables, action: 'reverse'},
	{
		keys: ['a'],
		shown: 'a',
		label: 'all or since I last looked',
		short: 'all',
		section: 'Lists',
		when: ['changes'],
		footer: 3,
		action: 'all-changes',
	},
	{
		keys: ['y'],
		shown: 'y',
		label: 'copy the ARN',
		short: 'copy ARN',
		section: 'Lists',
		when: [...lists, 'json'],
		footer: 6,
		action: 'copy-arn',
	},
	{
		keys: ['y'],
		shown: 'y',
		label: 'copy the command',
		short: 'copy command',
		section: 'Detail',
		when: ['detail'],
		footer: 2,
		action: 'copy',
	},
	{keys: ['Y'], shown: 'Y', label: 'copy the ARN', short: 'copy ARN', section: 'Detail', when: ['detail'], footer: 3, action: 'copy-arn'},
	{
		keys: ['T'],
		shown: 'T',
		label: 'Terraform or command line',
		short: 'Terraform',
		section: 'Detail',
		when: ['detail'],
		footer: 4,
		action: 'terraform',
	},
	{
		keys: ['o'],
		shown: 'o',
		label: 'console link',
		short: 'console',
		section: 'Detail',
		when: [...details, ...lists],
		footer: 5,
		action: 'console',
	},
	{keys: ['['], shown: '[', label: 'previous of the list', section: 'Detail', when: details, action: 'previous'},
	{keys: [']'], shown: ']', label: 'next of the list', short: 'next', section: 'Detail', when: details, footer: 6, action: 'next'},
	{keys: [':'], shown: ':', label: 'go to a panel', short: 'go to', section: 'Go to', footer: 7, action: 'go-to'},
	{keys: ['f'], shown: 'f', label: 'findings', section: 'Go to', footer: 8, action: 'findings'},
	{keys: ['c'], shown: 'c', label: 'changes', section: 'Go to', footer: 9, action: 'changes'},
	{keys: ['t'], shown: 't', label: 'timeline', section: 'Go to', footer: 10, action: 'timeline'},
	{keys: ['p'], shown: 'p', label: 'collectors', section: 'Go to', footer: 11, action: 'collectors'},
	{keys: ['r'], shown: 'r', label: 'refresh', section: 'Everywhere', footer: 12, action: 'refresh'},
	{keys: ['R'], shown: 'R', label: 'refresh everything', section: 'Everywhere', action: 'refresh-all'},
	{
		keys: ['esc', 'left', 'backspace'],
		shown: 'Esc',
		label: 'back',
		section: 'Everywhere',
		footer: 13,
		when: [...lists, ...details, 'collectors', 'help'],
		action: 'back',
	},
	{keys: ['ctrl+l'], shown: 'Ctrl-L', label: 'draw the screen anew', section: 'Everywhere', action: 'repaint'},
	{keys: ['ctrl+z'], shown: 'Ctrl-Z', label: 'to the shell, fg comes back', section: 'Everywhere', action: 'suspend'},
	{keys: ['?'], shown: '?', label: 'keys', section: 'Everywhere', footer: 20, action: 'help'},
	{keys: ['q', 'ctrl+c'], shown: 'q', label: 'quit', section: 'Everywhere', footer: 21, action: 'quit'},
];

const worksAt = (binding: KeyBinding, at: PlaceName): boolean => binding.when === undefined || binding.when.includes(at);

/** The binding of a key at a place. What is bound there by name goes before what is bound everywhere. */
export const bindingFor = (key: string, at: PlaceName): KeyBinding | undefined => {
	const here = keyBindings.filter(binding => binding.keys.includes(key) && worksAt(binding, at));
	return here.find(({when}) => when !== undefined) ?? here[0];
};

/** The footer of a place: the keys that work there, the most wanted first, help and quit last. */
export const hintsAt = (at: PlaceName): readonly KeyHint[] => {
	const scrolls = at === 'detail' || at === 'json' || at === 'collectors' || at === 'help';
	const move: KeyHint = {keys: at === 'overview' ? '↑↓←→' : '↑↓', label: scrolls ? 'scroll' : 'move'};
	return [
		move,
		...keyBindings
			.filter(binding => binding.footer !== undefined && worksAt(binding, at))
			.toSorted((a, b) => (a.footer ?? 0) - (b.footer ?? 0))
			.map(({shown, label, short}) => ({keys: shown, label: short ?? label})),
	];
};

const sections = ['Move', 'Lists', 'Detail', 'Go to', 'Everywhere'] as const;

/** All keys by section, for the help screen and the documentation. */
export const keyHelp: readonly HelpSection[] = sections.map(title => ({
	title,
	keys: keyBindings.filter(({section}) => section === title).map(({shown, label}) => ({keys: shown, label})),
}));
