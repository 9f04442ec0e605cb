import {
	DescribeKeyCommand,
	GetKeyLastUsageCommand,
	GetKeyPolicyCommand,
	GetKeyRotationStatusCommand,
	KMSClient,
	ListAliasesCommand,
	ListGrantsCommand,
	ListKeyRotationsCommand,
	ListKeysCommand,
	ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import {type Aws, dayMs, defineCollector, type Facts, hourMs, msBetween, type Resource} from '../../model/index.js';
import {toGrantees, toKey, toLastUsage, toMaterials, toNames, toRotation, toTags} from './collect/read.js';
import type {Key} from './key.js';

const commands = {
	ListKeys: ListKeysCommand,
	ListAliases: ListAliasesCommand,
	DescribeKey: DescribeKeyCommand,
	GetKeyRotationStatus: GetKeyRotationStatusCommand,
	GetKeyPolicy: GetKeyPolicyCommand,
	ListGrants: ListGrantsCommand,
	ListKeyRotations: ListKeyRotationsCommand,
	GetKeyLastUsage: GetKeyLastUsageCommand,
	ListResourceTags: ListResourceTagsCommand,
};
type Commands = typeof commands;

type Listed = {readonly keyId: string; readonly arn: string};

// A key that is about to become unusable, or already is, is looked at with every refresh.
const watchedDays = 14;

const isUnsettled = ({keyState, validTo, deletionDate}: Key, now: string): boolean =>
	keyState !== 'Enabled' || deletionDate !== undefined || (validTo !== undefined && msBetween(now, validTo) < watchedDays * dayMs);

/**
 * How old a key's state may be. KMS bills requests, describing included, and has no way to ask what changed: small
 * accounts are read with every refresh, large ones at about a call a second and at the latest after 15 minutes.
 * https://aws.amazon.com/kms/pricing/
 */
const stateFreshForMs = (keys: number): number => Math.min(keys * 1000, hourMs / 4);

const listKeys = async (aws: Aws<Commands>): Promise<readonly Listed[]> => {
	const listed: Listed[] = [];
	for await (const {Keys: keys = []} of aws.pages('ListKeys', {Limit: 1000})) {
		for (const {KeyId: keyId, KeyArn: arn} of keys) {
			if (keyId !== undefined && arn !== undefined) {
				listed.push({keyId, arn});
			}
		}
	}

	return listed;
};

const describe = async (facts: Facts<Commands>, {keyId}: Listed, freshForMs: number, now: string): Promise<Key | null | undefined> => {
	// Only ever an id from ListKeys: describing `alias/aws/…` may create the AWS managed key behind it.
	// https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
	const ask = async (maximumAgeMs: number) =>
		facts.attempt('DescribeKey', {KeyId: keyId}, {freshForMs: maximumAgeMs, absent: ['NotFoundException']});
	const answer = await ask(freshForMs);
	if (!answer?.KeyMetadata) {
		return answer === null ? null : undefined;
	}

	const key = toKey(answer.KeyMetadata);
	// Asked again at once, this costs a call only where the answer came from the cache.
	const current = isUnsettled(key, now) ? await ask(Math.min(freshForMs, 60_000)) : answer;
	return current?.KeyMetadata ? toKey(current.KeyMetadata) : current === null ? null : undefined;
};

/** What only customer managed keys have, or what costs nothing to leave alone on AWS managed ones. */
const readCustomerKey = async (facts: Facts<Commands>, {keyId}: Listed, key: Key, now: string) => {
	const {keyState = '', keySpec, origin, multiRegion} = key;
	const unsettled = isUnsettled(key, now);
	const dying = keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';
	const symmetric = keySpec === 'SYMMETRIC_DEFAULT';
	const absent = ['UnsupportedOperationException'];
	const rotates = symmetric && origin === 'AWS_KMS' && keyState === 'Enabled' && multiRegion?.type !== 'REPLICA';
	const hasMaterials = symmetric && (origin === 'AWS_KMS' || origin === 'EXTERNAL') && keyState !== 'Creating' && !dying;

	const [rotation, materials, policy, grants, usage, tags] = await Promise.all([
		rotates ? facts.attempt('GetKeyRotationStatus', {KeyId: keyId}, {absent}) : undefined,
		hasMaterials
			? facts.attemptPages(
					'ListKeyRotations',
					{KeyId: keyId, Limit: 1000, ...(origin === 'EXTERNAL' && {IncludeKeyMaterial: 'ALL_KEY_MATERIAL'})},
					{absent, ...(unsettled && {freshForMs: hourMs})},
				)
			: undefined,
		facts.attempt('GetKeyPolicy', {KeyId: keyId}),
		facts.attemptPages('ListGrants', {KeyId: keyId, Limit: 100}),
		facts.attempt('GetKeyLastUsage', {KeyId: keyId}, unsettled ? {freshForMs: hourMs} : {}),
		facts.attemptPages('ListResourceTags', {KeyId: keyId, Limit: 50}),
	]);
	return {
		tags: toTags(tags ?? []),
		configuration: {
			...key,
			rotation: rotation && toRotation(rotation),
			materials: materials && toMaterials(materials),
			policy: policy?.Policy,
			grantees: grants ? toGrantees(grants) : undefined,
			lastUsage: usage ? toLastUsage(usage) : undefined,
		} satisfies Key,
	};
};

export const collector = defineCollector({
	client: KMSClient,
	commands,
	async *full(aws) {
		const listing = aws.facts();
		const [listed, aliases] = await Promise.all([listKeys(aws), listing.attemptPages('ListAliases', {Limit: 100})]);
		const names = aliases ? toNames(aliases) : undefined;
		const freshForMs = stateFreshForMs(listed.length);

		const read = async (one: Listed): Promise<Resource<Key> | undefined> => {
			const facts = aws.facts();
			const key = await describe(facts, one, freshForMs, aws.startedAt);
			if (key === null) {
				// Deleted since it was listed.
				return undefined;
			}

			if (key !== undefined && key.keyManager !== 'AWS' && key.keyManager !== 'CUSTOMER') {
				facts.missing('DescribeKey', 'a KeyManager that is AWS or CUSTOMER');
			}

			const {tags, configuration} =
				key?.keyManager === 'CUSTOMER' ? await readCustomerKey(facts, one, key, aws.startedAt) : {tags: {}, configuration: key ?? {}};
			const own = names?.get(one.keyId) ?? (names && []);
			return {
				arn: one.arn,
				resourceType: 'AWS::KMS::Key',
				resourceId: one.keyId,
				resourceName: own?.[0]?.replace(/^alias\//u, '') ?? one.keyId,
				accountId: aws.accountId,
				awsRegion: aws.awsRegion,
				tags,
				configuration: {aliases: own, ...configuration},
				unread: {...listing.unread, ...facts.unread},
				readAt: facts.readAt,
			};
		};

		for await (const resource of aws.each(listed, read)) {
			if (resource !== undefined) {
				yield {yields: 'resource', resource};
			}
		}

		yield {yields: 'complete', of: 'AWS::KMS::Key'};
	},
});
