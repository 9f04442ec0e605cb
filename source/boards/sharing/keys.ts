import {type Inputs, type Joined, type Refusal, readPrincipal, refusalInWords} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import {closed, type Found, type KeyAnswer, keyFinder, unknown, unlessInOrder} from './find-key.js';
import {answerOf, type KeyPolicy, type PolicyAnswer, readKeyPolicy} from './key-policy.js';
import type {Recipient} from './share.js';
import {recipientId} from './words.js';

export type Keys = {
	/** Whether a key opens what lies in a Region to somebody. */
	opens(kmsKeyId: string, awsRegion: string, recipient: Recipient): KeyAnswer;
	/** Whether a key works for the account itself in a Region: it is of that Region, and in order. */
	works(kmsKeyId: string, awsRegion: string): KeyAnswer;
};

/**
 * What it takes to launch from a shared AMI, or to copy a shared snapshot or make a volume of it. ReEncrypt* is ReEncryptFrom
 * for the key that something is under. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
 */
const needed = [
	{name: 'kms:DescribeKey', operation: 'DescribeKey'},
	{name: 'kms:ReEncrypt*', operation: 'ReEncryptFrom'},
	{name: 'kms:CreateGrant', operation: 'CreateGrant'},
	{name: 'kms:Decrypt', operation: 'Decrypt'},
] as const;

type Permit = {readonly is: 'yes' | 'no' | 'perhaps'; readonly why?: string; readonly unread?: Refusal};

const grantsTo = ({grantees = []}: Key, operation: string, recipient: Recipient, ownAccountId: string): Permit['is'] => {
	let is: Permit['is'] = 'no';
	for (const {principal, isService, operations, constrainedOperations = []} of grantees) {
		const reading = readPrincipal(principal);
		if (isService || reading.is !== 'account' || !operations.includes(operation)) {
			continue;
		}

		if (recipient.is === 'account' && reading.accountId === recipient.accountId) {
			if (!constrainedOperations.includes(operation)) {
				return 'yes';
			}

			is = 'perhaps';
		} else if (recipient.is === 'organization' && reading.accountId !== ownAccountId) {
			is = 'perhaps';
		}
	}

	return is;
};

const isYes = ({allows, denies}: PolicyAnswer): boolean => allows === 'yes' && denies === 'no';

/** Policy and grants together: a grant helps where the policy is silent, and never against a Deny. */
const permitOf = (policy: PolicyAnswer, granted: Permit['is'], grantsUnread: Refusal | undefined): Permit => {
	if (policy.denies === 'yes') {
		return {is: 'no', ...(policy.because !== undefined && {why: policy.because})};
	}

	if (isYes(policy) || (granted === 'yes' && policy.denies === 'no')) {
		return {is: 'yes'};
	}

	if (policy.allows !== 'no' || (granted !== 'no' && policy.denies !== 'no')) {
		return {is: 'perhaps', why: policy.because ?? 'a Deny may stand against it'};
	}

	if (granted === 'perhaps') {
		return {is: 'perhaps', why: 'a grant allows it within bounds that cannot be judged from here'};
	}

	return grantsUnread === undefined
		? {is: 'no'}
		: {is: 'perhaps', why: `its policy does not allow it, and ${refusalInWords(grantsUnread)}`, unread: grantsUnread};
};

export const keysOf = (inputs: Inputs): Keys => {
	const find = keyFinder(inputs);
	const policies = new Map<string, KeyPolicy>();
	const answers = new Map<string, KeyAnswer>();

	const policyOf = (text: string, arn: string): KeyPolicy => {
		const known = policies.get(arn) ?? readKeyPolicy(text, inputs.accountId);
		policies.set(arn, known);
		return known;
	};

	const permitsOf = (keyName: string, {resource}: Joined<Key>, awsRegion: string, recipient: Recipient): KeyAnswer => {
		const key = resource.configuration;
		if (key.policy === undefined) {
			const refusal = resource.unread['GetKeyPolicy'];
			return refusal === undefined
				? unknown(keyName, `kms:GetKeyPolicy did not say what the policy of key ${keyName} is`)
				: unknown(keyName, `the policy of key ${keyName} is not known: ${refusalInWords(refusal)}`, {[refusal.iamAction]: refusal});
		}

		const policy = policyOf(key.policy, resource.arn);
		if ('problem' in policy) {
			return unknown(keyName, `the policy of key ${keyName} cannot be judged: ${policy.problem}`);
		}

		const asking = {recipient, awsRegion, ownAccountId: inputs.accountId};
		const grantsUnread = key.grantees === undefined ? resource.unread['ListGrants'] : undefined;
		const permits = needed.map(({name, operation}) => ({
			name,
			...permitOf(
				answerOf(policy.statements, `kms:${operation}`, asking),
				grantsTo(key, operation, recipient, inputs.accountId),
				grantsUnread,
			),
		}));
		const decrypt = permits.at(-1)?.is ?? 'perhaps';
		const decrypts = decrypt === 'perhaps' ? 'unknown' : decrypt;
		const refused = permits.filter(({is}) => is === 'no');
		if (refused.length > 0) {
			const missing = refused.map(({name}) => name);
			const why = refused.flatMap(permit => permit.why ?? [])[0];
			const denial = why === undefined ? '' : ` (${why})`;
			return closed(
				keyName,
				`key ${keyName} allows ${missing.length === needed.length ? 'none of' : 'no'} ${missing.join(', ')}${denial}`,
				missing,
				decrypts,
			);
		}

		const doubtful = permits.find(({is}) => is === 'perhaps');
		return doubtful === undefined
			? {keyName, opens: {is: 'yes', why: `key ${keyName} allows all that it takes`}, missing: [], decrypts, unread: {}}
			: unknown(
					keyName,
					`whether key ${keyName} allows ${doubtful.name} is not known: ${doubtful.why ?? 'its policy does not say'}`,
					doubtful.unread === undefined ? {} : {[doubtful.unread.iamAction]: doubtful.unread},
					decrypts,
				);
	};

	const ask = (found: Found, admit: (keyName: string, entry: Joined<Key>) => KeyAnswer): KeyAnswer => {
		switch (found.is) {
			case 'closed':
				return closed(found.keyName, found.why, [found.missing]);
			case 'unknown':
				return unknown(found.keyName, found.why, found.unread);
			case 'found':
				return unlessInOrder(found.keyName, found.entry) ?? admit(found.keyName, found.entry);
		}
	};

	const remember = (question: string, answer: () => KeyAnswer): KeyAnswer => {
		const known = answers.get(question) ?? answer();
		answers.set(question, known);
		return known;
	};

	return {
		opens: (kmsKeyId, awsRegion, recipient) =>
			remember(`${kmsKeyId} ${awsRegion} ${recipientId(recipient)}`, () =>
				ask(find(kmsKeyId, awsRegion), (keyName, entry) =>
					entry.resource.configuration.keyManager === 'AWS'
						? closed(keyName, `AWS’s own key ${keyName} lets in no other account`, ['a customer managed key'])
						: permitsOf(keyName, entry, awsRegion, recipient),
				),
			),
		works: (kmsKeyId, awsRegion) =>
			remember(`${kmsKeyId} ${awsRegion}`, () =>
				kmsKeyId.endsWith('alias/aws/ebs')
					? {keyName: 'aws/ebs', opens: {is: 'yes', why: 'AWS’s own key aws/ebs'}, missing: [], decrypts: 'yes', unread: {}}
					: ask(find(kmsKeyId, awsRegion), keyName => ({
							keyName,
							opens: {is: 'yes', why: `key ${keyName}`},
							missing: [],
							decrypts: 'yes',
							unread: {},
						})),
			),
	};
};
