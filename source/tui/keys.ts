import type {Key} from 'ink';

/** A key by name (`up`, `enter`, `ctrl+c`), or the character that it types. */
export type KeyName = string;

const named = [
	['upArrow', 'up'],
	['downArrow', 'down'],
	['leftArrow', 'left'],
	['rightArrow', 'right'],
	['pageUp', 'pageup'],
	['pageDown', 'pagedown'],
	['home', 'home'],
	['end', 'end'],
	['return', 'enter'],
	['escape', 'esc'],
	['tab', 'tab'],
	['backspace', 'backspace'],
	['delete', 'backspace'],
] as const satisfies ReadonlyArray<readonly [keyof Key, string]>;

/** The keys of one report of Ink's: several where the terminal sent several characters at once. */
export const keyNames = (input: string, key: Key): readonly KeyName[] => {
	if (key.eventType === 'release') {
		return [];
	}

	const found = named.find(([property]) => key[property] === true);
	if (found !== undefined) {
		return [found[1] === 'tab' && key.shift ? 'shift+tab' : found[1]];
	}

	if (key.ctrl) {
		return [`ctrl+${input}`];
	}

	if (key.meta) {
		return [];
	}

	return [...input].flatMap(character =>
		character === '\r' || character === '\n' ? ['enter'] : /\p{Cc}/u.test(character) ? [] : [character],
	);
};
