import {dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {
	dateOf,
	days,
	guide,
	isScheduledForDeletion,
	type KeyResource,
	unfamiliar,
	unlessCustomer,
	unlessStaying,
	whenInWords,
} from './common.js';
import type {Key} from './key.js';

/** What is known of a key's use, as the end of a sentence. Never "never used" of what KMS did not record. */
const recordInWords = ({configuration: {lastUsage}, unread}: KeyResource, now: string): string => {
	if (lastUsage === undefined) {
		const refusal = unread['GetKeyLastUsage'];
		return refusal === undefined
			? 'whether it is in use is not known'
			: refusal.status === 'pending'
				? 'its last use has not been read yet'
				: `its last use could not be read: ${refusal.iamAction}`;
	}

	if (lastUsage.usedAt !== undefined) {
		return `used ${whenInWords(lastUsage.usedAt, now)}`;
	}

	return lastUsage.trackedSince === undefined ? 'no use recorded' : `no use recorded since ${dateOf(lastUsage.trackedSince)}`;
};

const deletionInWords = ({keyState, deletionDate, pendingDeletionWindowInDays: window}: Key, now: string): string => {
	if (keyState === 'PendingReplicaDeletion') {
		return `deletion ${window === undefined ? '' : `${days(window)} `}after that of its last replica`;
	}

	if (deletionDate === undefined) {
		return 'scheduled for deletion';
	}

	const leftMs = msBetween(now, deletionDate);
	return leftMs > 0 ? `deletion in ${spanInWords(leftMs)}` : 'deletion is due now';
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
		const {keyState, deletionDate, lastUsage} = resource.configuration;
		if (!isScheduledForDeletion(resource)) {
			const familiar = ['Enabled', 'Disabled', 'PendingImport', 'Unavailable', 'Creating', 'Updating'].includes(keyState ?? '');
			return familiar
				? {
						verdict: 'PASS',
						reason: 'not scheduled for deletion',
						evidence: {expected: 'no deletion', observed: `KeyState ${keyState}`, operation: 'DescribeKey'},
					}
				: unfamiliar('its state', keyState);
		}

		const usedAt = lastUsage?.usedAt;
		const isInUse = usedAt !== undefined && msBetween(usedAt, now) < (settings['recentDays'] ?? 30) * dayMs;
		return {
			verdict: 'FAIL',
			reason: `${deletionInWords(resource.configuration, now)}, ${recordInWords(resource, now)}`,
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

/** The key store and what is wrong with it: `key store hsm-prod failed to connect (CLUSTER_NOT_FOUND)`. Undefined where nothing is. */
const storeTrouble = ({customKeyStoreId, keyStore}: Key): string | undefined => {
	const name = `key store ${keyStore?.name ?? customKeyStoreId ?? ''}`.trim();
	switch (keyStore?.connectionState ?? '') {
		case 'FAILED': {
			return `${name} failed to connect${keyStore?.connectionErrorCode === undefined ? '' : ` (${keyStore.connectionErrorCode})`}`;
		}

		case 'DISCONNECTED':
		case 'DISCONNECTING':
		case 'CONNECTING': {
			return `${name} is ${keyStore?.connectionState?.toLowerCase()}`;
		}

		default: {
			return undefined;
		}
	}
};

export const usable: Rule<Key> = {
	id: 'kms-key-usable',
	title: 'A key should be fit for use',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'Whatever is encrypted under a key without material, or in a key store that is cut off, cannot be read, and what should be encrypted under it fails.',
	remediation: {
		text: 'Without key material: import it, the very same if it had one before (aws kms get-parameters-for-import, then import-key-material). Unavailable: mend what keeps its key store away and connect it (aws kms connect-custom-key-store). The command says which store it is in.',
		cli: 'aws kms describe-key --key-id {id} --region {region}',
		url: `${guide}/key-state.html`,
	},
	reads: ['DescribeKey'],
	exempts: resource => unlessStaying(resource) ?? (resource.configuration.keyState === 'Disabled' ? 'disabled' : undefined),
	evaluate: ({configuration}) => {
		const {keyState, customKeyStoreId, keyStore, materials} = configuration;
		const evidence = {
			expected: keyStore === undefined ? 'KeyState Enabled' : 'KeyState Enabled, its key store CONNECTED',
			observed: [`KeyState ${keyState}`, keyStore && `ConnectionState ${keyStore.connectionState}`].filter(Boolean).join(', '),
			operation: 'DescribeKey',
		};
		const trouble = storeTrouble(configuration);
		switch (keyState ?? '') {
			case 'Enabled': {
				return trouble === undefined
					? {verdict: 'PASS', reason: 'enabled', evidence}
					: {verdict: 'FAIL', reason: `out of reach: its ${trouble}`, evidence: {...evidence, operation: 'DescribeCustomKeyStores'}};
			}

			case 'Creating':
			case 'Updating': {
				return {verdict: 'PASS', reason: `being ${keyState === 'Creating' ? 'created' : 'updated'}, which passes`, evidence};
			}

			case 'PendingImport': {
				const lost = materials?.some(({importState}) => importState === 'PENDING_IMPORT') === true;
				return {
					verdict: 'FAIL',
					reason: lost ? 'key material is gone, and must be imported again' : 'no key material: it waits to be imported',
					evidence,
				};
			}

			case 'Unavailable': {
				const why = trouble ?? (customKeyStoreId === undefined ? undefined : `key store ${customKeyStoreId} is not connected`);
				return {verdict: 'FAIL', reason: why === undefined ? 'unavailable' : `unavailable: its ${why}`, evidence};
			}

			default: {
				return unfamiliar('its state', keyState);
			}
		}
	},
};
