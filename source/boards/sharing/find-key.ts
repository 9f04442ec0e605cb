import {type Inputs, type Joined, type Refusal, refusalInWords} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {Disk} from './share.js';

/** What a key means for those who need it. `unread` by IAM action: what would have to be read to know. */
export type KeyAnswer = Pick<Disk, 'opens' | 'missing' | 'decrypts'> & {
	readonly keyName: string;
	readonly unread: Readonly<Record<string, Refusal>>;
};

const stateWords: Readonly<Record<string, readonly [state: string, missing: string]>> = {
	Disabled: ['is disabled', 'an enabled key'],
	PendingDeletion: ['is scheduled for deletion', 'a key that is not about to be deleted'],
	PendingReplicaDeletion: ['is scheduled for deletion', 'a key that is not about to be deleted'],
	PendingImport: ['has no key material', 'key material'],
	Unavailable: ['is unavailable', 'a key store that can be reached'],
	Creating: ['is being created', 'a finished key'],
};

/** A key by the name that EC2 has for it, or why it opens nothing to anybody, or why that is not known. */
export type Found = {readonly keyName: string} & (
	| {readonly is: 'found'; readonly entry: Joined<Key>}
	| {readonly is: 'closed'; readonly why: string; readonly missing: string}
	| {readonly is: 'unknown'; readonly why: string; readonly unread: Readonly<Record<string, Refusal>>}
);

const nameOf = ({resource}: Joined<Key>): string => resource.configuration.aliases?.[0]?.replace(/^alias\//u, '') ?? resource.resourceId;

export const closed = (keyName: string, why: string, missing: readonly string[], decrypts: Disk['decrypts'] = 'no'): KeyAnswer => ({
	keyName,
	opens: {is: 'no', why},
	missing,
	decrypts,
	unread: {},
});

export const unknown = (
	keyName: string,
	why: string,
	unread: KeyAnswer['unread'] = {},
	decrypts: Disk['decrypts'] = 'unknown',
): KeyAnswer => ({
	keyName,
	opens: {is: 'unknown', why},
	missing: [],
	decrypts,
	unread,
});

/** Finds keys by what EC2 says of snapshots, in the Region where these are. */
export const keyFinder = (inputs: Inputs) => {
	const byArn = new Map<string, Joined<Key>>(inputs.of<Key>('AWS::KMS::Key').map(entry => [entry.resource.arn, entry]));
	const watched = new Set(inputs.regions);

	const foreignRegion = (keyName: string, keyId: string, keyRegion: string, awsRegion: string, accountId: string): Found => {
		if (!watched.has(keyRegion)) {
			return {is: 'unknown', keyName, why: `key ${keyName} is of ${keyRegion}, which is not watched`, unread: {}};
		}

		const sibling = keyId.startsWith('mrk-') && byArn.has(`arn:${inputs.partition}:kms:${awsRegion}:${accountId}:key/${keyId}`);
		return {
			is: 'closed',
			keyName,
			why: `key ${keyName} is of ${keyRegion} and opens nothing in ${awsRegion}${sibling ? ', where a key of the same id is another key' : ''}`,
			missing: `a key of ${awsRegion}`,
		};
	};

	const find = (kmsKeyId: string, awsRegion: string): Found => {
		if (kmsKeyId.endsWith('alias/aws/ebs')) {
			return {is: 'closed', keyName: 'aws/ebs', why: 'AWS’s own key aws/ebs lets in no other account', missing: 'a customer managed key'};
		}

		const [, , , keyRegion = '', accountId = '', ...rest] = kmsKeyId.split(':');
		const keyId = rest.join(':').replace(/^key\//u, '');
		if (keyId === '') {
			return {is: 'unknown', keyName: kmsKeyId, why: `key ${kmsKeyId} is not named by its ARN`, unread: {}};
		}

		const entry = byArn.get(kmsKeyId);
		const keyName = entry === undefined ? keyId : nameOf(entry);
		if (accountId !== inputs.accountId) {
			return {is: 'unknown', keyName, why: `key ${keyName} is of account ${accountId}, whose keys are not read`, unread: {}};
		}

		if (keyRegion !== awsRegion) {
			return foreignRegion(keyName, keyId, keyRegion, awsRegion, accountId);
		}

		if (entry !== undefined) {
			return {is: 'found', keyName, entry};
		}

		const gap = inputs.gap('kms', ['ListKeys'], awsRegion);
		return gap === undefined
			? {is: 'closed', keyName, why: `key ${keyName} does not exist any more`, missing: 'a key that exists'}
			: {is: 'unknown', keyName, why: `key ${keyName} is not known: ${refusalInWords(gap)}`, unread: {[gap.iamAction]: gap}};
	};

	return find;
};

/** Why a key opens nothing to anybody, or whether it does is not known; undefined where it is in order. */
export const unlessInOrder = (keyName: string, {resource}: Joined<Key>): KeyAnswer | undefined => {
	const {keyState, keyManager} = resource.configuration;
	if (keyState === undefined || keyManager === undefined) {
		const refusal = resource.unread['DescribeKey'];
		return refusal === undefined
			? unknown(keyName, `kms:DescribeKey did not say in what state key ${keyName} is`)
			: unknown(keyName, `the state of key ${keyName} is not known: ${refusalInWords(refusal)}`, {[refusal.iamAction]: refusal});
	}

	const words = stateWords[keyState];
	if (words !== undefined) {
		return closed(keyName, `key ${keyName} ${words[0]}`, [words[1]]);
	}

	return keyState === 'Enabled' || keyState === 'Updating'
		? undefined
		: unknown(keyName, `the state of key ${keyName} is ${keyState}, which this version of Vedette does not know`);
};
