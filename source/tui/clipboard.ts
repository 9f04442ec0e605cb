// Terminals drop longer ones, some without a word; xterm's limit is the lowest that is common.
const mostBytes = 74_994;

/** The OSC 52 sequence that puts text on the clipboard. Base64 keeps whatever is in the text from being a sequence of its own. Undefined where it is too long. */
export const clipboardSequence = (text: string): string | undefined => {
	const encoded = Buffer.from(text, 'utf8').toString('base64');
	return encoded.length > mostBytes ? undefined : `\u001B]52;c;${encoded}\u0007`;
};
