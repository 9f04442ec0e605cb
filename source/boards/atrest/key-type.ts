import type {Key} from '../../services/kms/rules/key.js';

/** By what something is encrypted. In the order of the columns: what is least in the account's hand comes first. */
export const keyTypes = ['plain', 'owned', 'managed', 'customer', 'imported', 'keyStore', 'foreign', 'unknown'] as const;
export type KeyType = (typeof keyTypes)[number];

/** Title of the column, and what the things under such keys are. */
export const keyTypeWords: Readonly<Record<KeyType, {readonly title: string; readonly under: string}>> = {
	plain: {title: 'Not encrypted', under: 'not encrypted'},
	owned: {title: 'AWS owned', under: 'with a key that AWS owns'},
	managed: {title: 'AWS managed', under: 'with a key that AWS manages'},
	customer: {title: 'Customer', under: 'with a customer managed key'},
	imported: {title: 'Imported', under: 'with imported key material'},
	keyStore: {title: 'Key store', under: 'with a key in a key store outside KMS'},
	foreign: {title: 'Other account’s', under: 'with a key of another account'},
	unknown: {title: 'Unknown', under: 'with a key of unknown type'},
};

/** Keys that this account makes, pays for, and can lose. */
export const isOwn = (type: KeyType): boolean => type === 'customer' || type === 'imported' || type === 'keyStore';

const byOrigin: Readonly<Record<string, KeyType>> = {
	AWS_KMS: 'customer',
	EXTERNAL: 'imported',
	AWS_CLOUDHSM: 'keyStore',
	EXTERNAL_KEY_STORE: 'keyStore',
};

/** What KMS says of a key. Its alias tells one that AWS manages even where it may not be described. */
export const typeOf = ({keyManager, origin = '', aliases = []}: Key): KeyType => {
	if (keyManager === 'AWS' || aliases.some(alias => alias.startsWith('alias/aws/'))) {
		return 'managed';
	}

	return keyManager === 'CUSTOMER' ? (byOrigin[origin] ?? 'unknown') : 'unknown';
};

/** Of a thing with several parts: it is kept no better than the worst of them, and of unknown type where that may be one unknown. */
export const leastOf = (types: readonly KeyType[]): KeyType =>
	types.includes('plain') ? 'plain' : types.includes('unknown') ? 'unknown' : (keyTypes.find(type => types.includes(type)) ?? 'unknown');

/** What a key could serve: AWS's services encrypt with symmetric keys alone, and of what signs Vedette sees zones. */
export type Purpose = 'encrypts' | 'signs' | 'neither';

/** What is not told of it is taken for the usual. */
export const purposeOf = ({keyUsage = 'ENCRYPT_DECRYPT', keySpec = 'SYMMETRIC_DEFAULT'}: Key): Purpose =>
	keyUsage === 'SIGN_VERIFY' ? 'signs' : keyUsage === 'ENCRYPT_DECRYPT' && keySpec === 'SYMMETRIC_DEFAULT' ? 'encrypts' : 'neither';
