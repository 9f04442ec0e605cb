/**
 * Whether a text is what a pattern says, in which `*` stands for any run of characters. Upper and lower case are alike.
 * Takes time in proportion to the product of the lengths at worst, whatever the pattern.
 */
export const compileGlob = (pattern: string): ((text: string) => boolean) => {
	const parts = pattern.toLowerCase().split('*');
	const first = parts[0] ?? '';
	const last = parts.at(-1) ?? '';
	const middle = parts.slice(1, -1);
	if (parts.length === 1) {
		return text => text.toLowerCase() === first;
	}

	return text => {
		const lower = text.toLowerCase();
		if (lower.length < first.length + last.length || !lower.startsWith(first) || !lower.endsWith(last)) {
			return false;
		}

		// The leftmost place for each part leaves the most room for the rest, so that there is nothing to try again.
		let from = first.length;
		for (const part of middle) {
			const at = lower.indexOf(part, from);
			if (at === -1) {
				return false;
			}

			from = at + part.length;
		}

		return from <= lower.length - last.length;
	};
};
