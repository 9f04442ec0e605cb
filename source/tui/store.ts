/** A value outside React that one writer changes and any number of readers follow. */
export type Store<T> = {
	get(): T;
	/** Puts the next value in place and tells everybody, unless it is the same. */
	set(next: T): void;
	subscribe(listener: () => void): () => void;
};

export const createStore = <T>(initial: T): Store<T> => {
	let value = initial;
	const listeners = new Set<() => void>();
	return {
		get: () => value,
		set(next) {
			if (!Object.is(value, next)) {
				value = next;
				for (const listener of listeners) {
					listener();
				}
			}
		},
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
	};
};
