import {dayMs, msBetween, type Rule} from '../../../model/index.js';
import {dateOf, days, guide, isScheduledForDeletion, none, unfamiliar, unlessCustomer, unlessStaying, whenInWords} from './common.js';
import type {Key, LastUsage} from './key.js';

/** What is known of a key's use, as the end of a sentence. Never "never used" of what KMS did not record. */
const recordInWords = (usage: LastUsage | undefined, now: string): string => {
	if (usage === undefined) {
		return 'whether it is in use is not known';
	}

	if (usage.usedAt !== undefined) {
		return `used ${whenInWords(usage.usedAt, now)}`;
	}

	return usage.trackedSince === undefined ? 'no use recorded' : `no use recorded since ${dateOf(usage.trackedSince)}`;
};

export const notPendingDeletion: Rule<Key> = {
	id: 'kms-key-not-pending-deletion',
	title: 'A key should not be scheduled for deletion by mistake',
	severity: 'HIGH',
	published: {securityControlIds: ['KMS.3'], cis: [], prowler: ['kms_cmk_not_deleted_unintentionally']},
	rationale: 'Everything encrypted under it becomes unreadable for good, and nobody, AWS included, can bring a deleted key back.',
	remediation: {
		text: 'If anything still needs the key, cancel the deletion and enable it again. To find out, disable it instead of deleting it.',
		cli: 'aws kms cancel-key-deletion --key-id {id} --region {region} && aws kms enable-key --key-id {id} --region {region}',
		url: `${guide}/deleting-keys.html`,
	},
	note: 'CRITICAL when KMS recorded a use within the last 30 days, HIGH otherwise. A key pending deletion refuses use, so the last use is from before. Prowler leaves out disabled keys; this rule asks of all.',
	settings: {recentDays: 30},
	reads: ['DescribeKey'],
	exempts: unlessCustomer,
	evaluate: (resource, {now, settings}) => {
		const {keyState, deletionDate, pendingDeletionWindowInDays: window, lastUsage} = resource.configuration;
		if (!isScheduledForDeletion(resource)) {
			const familiar = ['Enabled', 'Disabled', 'PendingImport', 'Unavailable', 'Creating', 'Updating'].includes(keyState ?? '');
			return familiar
				? {
						verdict: 'PASS',
						reason: 'it is not scheduled for deletion',
						evidence: {expected: 'no deletion', observed: `KeyState ${keyState}`, operation: 'DescribeKey'},
					}
				: unfamiliar('its state', keyState);
		}

		const when =
			keyState === 'PendingReplicaDeletion'
				? `scheduled for deletion ${window === undefined ? 'once' : `${days(window)} after`} its last replica is deleted`
				: deletionDate === undefined
					? 'scheduled for deletion'
					: `scheduled for deletion ${whenInWords(deletionDate, now)}`;
		const usedAt = lastUsage?.usedAt;
		const isInUse = usedAt !== undefined && msBetween(usedAt, now) < (settings['recentDays'] ?? 30) * dayMs;
		return {
			verdict: 'FAIL',
			reason: `${when}, ${recordInWords(lastUsage, now)}`,
			...(isInUse && {severity: 'CRITICAL'}),
			evidence: {
				expected: 'no deletion of a key in use',
				observed: [`KeyState ${keyState}`, deletionDate && `DeletionDate ${deletionDate}`, usedAt && `last used ${usedAt}`]
					.filter(Boolean)
					.join(', '),
				operation: 'DescribeKey',
			},
		};
	},
};

export const usable: Rule<Key> = {
	id: 'kms-key-usable',
	title: 'A key should be fit for use',
	severity: 'HIGH',
	published: none,
	rationale:
		'Whatever is encrypted under a key without material, or in a key store that is cut off, cannot be read, and what should be encrypted under it fails.',
	remediation: {
		text: 'Import the key material (the very same, if it had one before), or connect the custom key store again.',
		cli: 'aws kms describe-key --key-id {id} --region {region}',
		url: `${guide}/key-state.html`,
	},
	reads: ['DescribeKey'],
	exempts: resource => unlessStaying(resource) ?? (resource.configuration.keyState === 'Disabled' ? 'it is disabled' : undefined),
	evaluate: ({configuration: {keyState, customKeyStoreId, materials}}) => {
		const evidence = {expected: 'KeyState Enabled', observed: `KeyState ${keyState}`, operation: 'DescribeKey'};
		switch (keyState ?? '') {
			case 'Enabled': {
				return {verdict: 'PASS', reason: 'it is enabled', evidence};
			}

			case 'Creating':
			case 'Updating': {
				return {verdict: 'PASS', reason: `it is being ${keyState === 'Creating' ? 'created' : 'updated'}, which passes`, evidence};
			}

			case 'PendingImport': {
				const lost = materials?.some(({importState}) => importState === 'PENDING_IMPORT') === true;
				return {
					verdict: 'FAIL',
					reason: lost ? 'some of its key material is gone and must be imported again' : 'it waits for key material to be imported',
					evidence,
				};
			}

			case 'Unavailable': {
				return {
					verdict: 'FAIL',
					reason:
						customKeyStoreId === undefined ? 'it is unavailable' : `it is unavailable: its key store ${customKeyStoreId} is not connected`,
					evidence,
				};
			}

			default: {
				return unfamiliar('its state', keyState);
			}
		}
	},
};
