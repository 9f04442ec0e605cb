/** `make`, asked once for each key. */
export const remembering = <T>(make: (key: string) => T): ((key: string) => T) => {
	const made = new Map<string, {readonly value: T}>();
	return key => {
		const known = made.get(key) ?? {value: make(key)};
		made.set(key, known);
		return known.value;
	};
};
