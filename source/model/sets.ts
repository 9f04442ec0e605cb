/** Puts a value into the set that a map has under a key, which is made where there is none. */
export const addTo = <K, V>(sets: Map<K, Set<V>>, key: K, value: V): void => {
	const known = sets.get(key);
	if (known === undefined) {
		sets.set(key, new Set([value]));
	} else {
		known.add(value);
	}
};
