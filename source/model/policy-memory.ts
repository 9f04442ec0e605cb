// Few and short enough to weigh nothing.
const mostTexts = 64;
const longestRemembered = 16 * 1024;

/**
 * Remembers what was last read of which text, and for which account (putting both into one key would copy the text for each
 * look): several rules ask about one policy in a row, and most policies of an account are one of a few texts.
 */
export const remembering = <T>(read: (text: string, accountId: string) => T): ((text: string, accountId: string) => T) => {
	const readings = new Map<string, Map<string, T>>();
	return (text, accountId) => {
		const known = readings.get(text);
		const reading = known?.get(accountId);
		if (reading !== undefined) {
			return reading;
		}

		const fresh = read(text, accountId);
		if (known !== undefined) {
			known.set(accountId, fresh);
		} else if (text.length <= longestRemembered) {
			if (readings.size >= mostTexts) {
				readings.clear();
			}

			readings.set(text, new Map([[accountId, fresh]]));
		}

		return fresh;
	};
};
