declare const safe: unique symbol;

/** Text that a terminal or a text format can take: made by `safeText` and by nothing else. */
export type SafeText = string & {readonly [safe]: true};

/** Marks a literal of our own source as safe. Never hand it a value from outside. */
export const ours = (literal: string): SafeText => literal as SafeText;

// Long enough for any ARN (2,048) and for every sentence of ours; what is longer is an attack or a mistake.
const defaultMaxCharacters = 4096;
const maxMarksPerBase = 4;

const hex = (character: string): string => `<${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`;

/**
 * Makes a string from outside inert and its tricks visible: escape sequences, control, format, bidirectional, zero-width,
 * tag and private-use characters become `<1B>`-like names (so that two different names never look alike), line
 * breaks too, lone surrogates U+FFFD, piles of combining marks are cut, and so is anything past `maxCharacters`.
 */
export const safeText = (value: string, maxCharacters = defaultMaxCharacters): SafeText => {
	// Cut before anything else, so that a 1 MB name costs what a short one costs.
	const cut = value.length > maxCharacters ? value.slice(0, maxCharacters) : value;
	// The common case by far: printable ASCII, and the signs that our own lines are made with, are already what they should be.
	// The expressions below take 3 ms to compile, a tenth of what `vedette status` may take.
	if (/^[\x20-\x7E·■▲◆✓–]*$/u.test(cut)) {
		return (cut.length === value.length ? cut : `${cut.slice(0, -1)}…`) as SafeText;
	}

	const text = cut
		.toWellFormed()
		.normalize('NFC')
		.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/gu, hex)
		.replaceAll(/\p{Zs}/gu, space => (space === ' ' ? space : hex(space)))
		.replaceAll(new RegExp(`(\\p{M}{${maxMarksPerBase}})\\p{M}+`, 'gu'), '$1');
	return (cut.length === value.length ? text : `${text}…`) as SafeText;
};
