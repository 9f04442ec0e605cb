import type {Aws, Facts} from '../../../model/index.js';
import type {KeyStore} from '../rules/key.js';
import type {Commands} from './commands.js';
import {toKeyStores} from './read.js';

/** The custom key stores of a Region: listed once, and only if a key is in one. */
export type KeyStores = {
	find(keyStoreId: string): Promise<KeyStore | undefined>;
	/** What their listing was refused, once it was asked for. */
	readonly facts: Pick<Facts<Commands>, 'unread' | 'readAt'>;
};

export const keyStoresOf = (aws: Aws<Commands>): KeyStores => {
	const facts = aws.facts();
	const list = async () => {
		const pages = await facts.attemptPages('DescribeCustomKeyStores', {});
		return pages && toKeyStores(pages);
	};
	let listed: ReturnType<typeof list> | undefined;
	return {
		facts,
		find: async keyStoreId => {
			listed ??= list();
			return (await listed)?.get(keyStoreId);
		},
	};
};
