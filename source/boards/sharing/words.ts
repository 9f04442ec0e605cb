import {listed} from '../../model/index.js';
import type {Disk, Recipient, Thing} from './share.js';

export const recipientInWords = (recipient: Recipient): string => {
	switch (recipient.is) {
		case 'anyone':
			return 'everyone';
		case 'account':
			return `account ${recipient.accountId}`;
		case 'organization':
			return recipient.unit === undefined
				? `organization ${recipient.organization}`
				: `unit ${recipient.unit} of organization ${recipient.organization}`;
	}
};

/** What tells recipients apart in an id: `444455556666`, `o-a1b2c3d4e5`, `ou-a1b2-34567890`, `all`. */
export const recipientId = (recipient: Recipient): string => {
	switch (recipient.is) {
		case 'anyone':
			return 'all';
		case 'account':
			return recipient.accountId;
		case 'organization':
			return recipient.unit ?? recipient.organization;
	}
};

/** What disks are under, each once: `prod/ami-share`, `no key`. */
export const keysInWords = (disks: readonly Disk[]): string =>
	listed([...new Set(disks.map(({encrypted, keyName}) => (encrypted === false ? 'no key' : (keyName ?? 'a key that is not known'))))]);

/** `key a`, `keys a, b`: of those that are encrypted. */
export const keysOfDisks = (disks: readonly Disk[]): string => {
	const names = [...new Set(disks.flatMap(({encrypted, keyName}) => (encrypted === false ? [] : (keyName ?? []))))];
	return `${names.length === 1 ? 'key' : 'keys'} ${listed(names)}`;
};

export const purposeOf = (of: Thing): string => (of === 'snapshot' ? 'make a volume of it' : 'launch it');
