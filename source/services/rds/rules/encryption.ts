/** How data at rest is encrypted, in AWS's two ways to say so. */
export type Encrypted = {
	/** `none`, `sse-rds` (a key that AWS owns) or `sse-kms` (a key of KMS). */
	readonly storageEncryptionType?: string;
	/** False of a key that AWS owns too: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBCluster.html */
	readonly storageEncrypted?: boolean;
};

/** By which sort of key; `unclear` where AWS did not say enough. */
export const encryptionOf = ({storageEncryptionType, storageEncrypted}: Encrypted): 'none' | 'owned' | 'kms' | 'unclear' => {
	switch (storageEncryptionType) {
		case 'none': {
			return 'none';
		}

		case 'sse-rds': {
			return 'owned';
		}

		case 'sse-kms': {
			return 'kms';
		}

		default: {
			return storageEncryptionType === undefined && storageEncrypted === true ? 'kms' : 'unclear';
		}
	}
};

/** Both ways, for the evidence. */
export const encryptionInWords = ({storageEncryptionType, storageEncrypted}: Encrypted): string =>
	`StorageEncryptionType ${storageEncryptionType ?? 'not told'}, StorageEncrypted ${storageEncrypted ?? 'not told'}`;

/** Why it cannot be told. */
export const unclearBecause = (operation: string, {storageEncryptionType}: Encrypted): string =>
	storageEncryptionType === undefined
		? `${operation} did not tell its StorageEncryptionType, without which StorageEncrypted says nothing of a key that AWS owns`
		: `the StorageEncryptionType ${storageEncryptionType} is not known to this version`;
