import {KMSClient} from '@aws-sdk/client-kms';
import {ResourceGroupsTaggingAPIClient} from '@aws-sdk/client-resource-groups-tagging-api';
import {
	type Aws,
	dayMs,
	defineCollector,
	everyTagged,
	type Facts,
	hourMs,
	msBetween,
	type Resource,
	readPolicy,
	tagsByArn,
} from '../../../model/index.js';
import type {Key} from '../rules/key.js';
import {type Commands, commands} from './commands.js';
import {keyStoresOf} from './key-stores.js';
import {isNamelessGrant, isTornMultiRegion, toGrantees, toKey, toLastUsage, toMaterials, toNames, toRotation} from './read.js';

type Listed = {readonly keyId: string; readonly arn: string};

// A key that is about to become unusable, or already is, is looked at with every refresh.
const watchedDays = 14;

const isUnsettled = ({keyState, validTo, deletionDate}: Key, now: string): boolean =>
	keyState !== 'Enabled' || deletionDate !== undefined || (validTo !== undefined && msBetween(now, validTo) < watchedDays * dayMs);

const stateFreshForMaximumMs = 15 * 60_000;

/**
 * How old a key's state may be. KMS bills requests, describing included, and has no way to ask what changed: small
 * accounts are read with every refresh, large ones at about a call a second and at the latest after 15 minutes.
 * https://aws.amazon.com/kms/pricing/
 */
const stateFreshForMs = (keys: number): number => Math.min(keys * 1000, stateFreshForMaximumMs);

const listKeys = async (aws: Aws<Commands>): Promise<readonly Listed[]> => {
	const listed: Listed[] = [];
	for await (const {Keys: keys = []} of aws.pages('ListKeys', {Limit: 1000})) {
		for (const {KeyId: keyId, KeyArn: arn} of keys) {
			if (keyId === undefined) {
				// Passed over, it would count as gone.
				throw new TypeError('ListKeys named a key without a KeyId');
			}

			listed.push({keyId, arn: arn ?? `arn:${aws.partition}:kms:${aws.awsRegion}:${aws.accountId}:key/${keyId}`});
		}
	}

	return listed;
};

// Where something is amiss, or about to be, somebody may be mending it right now.
const amissFreshForMs = 60_000;

/** Asks, and asks again where the answer tells of trouble and is older than `freshForMs`: a call only if it came from the cache. */
const askAgain = async <T>(
	ask: (freshForMs?: number) => Promise<T>,
	isAmiss: (answer: T) => boolean,
	freshForMs = amissFreshForMs,
): Promise<T> => {
	const answer = await ask();
	return isAmiss(answer) ? ask(freshForMs) : answer;
};

const describe = async (facts: Facts<Commands>, {keyId}: Listed, freshForMs: number, now: string): Promise<Key | null | undefined> => {
	// Only ever an id from ListKeys: describing `alias/aws/…` may create the AWS managed key behind it.
	// https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
	const ask = async (maximumAgeMs = freshForMs) =>
		facts.attempt('DescribeKey', {KeyId: keyId}, {freshForMs: Math.min(maximumAgeMs, freshForMs), absent: ['NotFoundException']});
	const answer = await askAgain(ask, found => found?.KeyMetadata !== undefined && isUnsettled(toKey(found.KeyMetadata), now));
	if (!answer?.KeyMetadata) {
		return answer === null ? null : undefined;
	}

	const key = toKey(answer.KeyMetadata);
	if (key.keyManager !== 'AWS' && key.keyManager !== 'CUSTOMER') {
		facts.missing('DescribeKey', 'a KeyManager that is AWS or CUSTOMER');
	}

	if (isTornMultiRegion(answer.KeyMetadata)) {
		facts.missing('DescribeKey', 'a part of MultiRegionConfiguration');
	}

	return key;
};

const isOpenToAnyone = (policy: string, accountId: string): boolean => {
	const reading = readPolicy(policy, accountId);
	return reading.readable && reading.summary.anyone.length > 0;
};

/** What only customer managed keys have, or what costs nothing to leave alone on AWS managed ones. */
const readCustomerKey = async (aws: Aws<Commands>, facts: Facts<Commands>, {keyId}: Listed, key: Key) => {
	const {keyState = '', keySpec, origin, multiRegion} = key;
	const unsettled = isUnsettled(key, aws.startedAt);
	const dying = keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';
	const symmetric = keySpec === 'SYMMETRIC_DEFAULT';
	const absent = ['UnsupportedOperationException'];
	const rotates = symmetric && origin === 'AWS_KMS' && keyState === 'Enabled' && multiRegion?.type !== 'REPLICA';
	const hasMaterials = symmetric && (origin === 'AWS_KMS' || origin === 'EXTERNAL') && keyState !== 'Creating' && !dying;

	const askRotation = async (freshForMs?: number) =>
		facts.attempt('GetKeyRotationStatus', {KeyId: keyId}, {absent, ...(freshForMs !== undefined && {freshForMs})});
	const askPolicy = async (freshForMs?: number) =>
		facts.attempt('GetKeyPolicy', {KeyId: keyId}, freshForMs === undefined ? {} : {freshForMs});

	const [rotation, materials, policy, grants, usage] = await Promise.all([
		rotates ? askAgain(askRotation, status => status?.KeyRotationEnabled === false, stateFreshForMaximumMs) : undefined,
		hasMaterials
			? facts.attemptPages(
					'ListKeyRotations',
					{KeyId: keyId, Limit: 1000, ...(origin === 'EXTERNAL' && {IncludeKeyMaterial: 'ALL_KEY_MATERIAL'})},
					{absent, ...(unsettled && {freshForMs: hourMs})},
				)
			: undefined,
		askAgain(askPolicy, answer => answer?.Policy !== undefined && isOpenToAnyone(answer.Policy, aws.accountId)),
		facts.attemptPages('ListGrants', {KeyId: keyId, Limit: 100}),
		facts.attempt('GetKeyLastUsage', {KeyId: keyId}, unsettled ? {freshForMs: hourMs} : {}),
	]);
	if (grants?.some(page => page.Grants?.some(isNamelessGrant))) {
		facts.missing('ListGrants', 'the GranteePrincipal of a grant');
	}

	if (usage?.KeyLastUsage && usage.KeyLastUsage.Timestamp === undefined && Object.keys(usage.KeyLastUsage).length > 0) {
		facts.missing('GetKeyLastUsage', 'the Timestamp of a use');
	}

	return {
		...key,
		rotation: rotation && toRotation(rotation),
		materials: materials && toMaterials(materials),
		policy: policy?.Policy,
		grantees: grants ? toGrantees(grants) : undefined,
		lastUsage: usage ? toLastUsage(usage) : undefined,
	} satisfies Key;
};

export const collector = defineCollector({
	client: KMSClient,
	clientOf: {GetResources: ResourceGroupsTaggingAPIClient},
	commands,
	async *full(aws) {
		const listing = aws.facts();
		const tagging = aws.facts();
		const [listed, aliases, tagged] = await Promise.all([
			listKeys(aws),
			listing.attemptPages('ListAliases', {Limit: 100}),
			// KMS itself would have to be asked for each key, and bills that.
			tagging.attemptPages('GetResources', everyTagged('kms:key')),
		]);
		const tagsOf = tagsByArn(tagged);
		const names = aliases ? toNames(aliases) : undefined;
		const keyStores = keyStoresOf(aws);
		const freshForMs = stateFreshForMs(listed.length);

		const read = async (one: Listed): Promise<Resource<Key> | undefined> => {
			const facts = aws.facts();
			const key = await describe(facts, one, freshForMs, aws.startedAt);
			if (key === null) {
				// Deleted since it was listed.
				return undefined;
			}

			const configuration = key?.keyManager === 'CUSTOMER' ? await readCustomerKey(aws, facts, one, key) : (key ?? {});
			const keyStoreId = key?.keyManager === 'CUSTOMER' ? key.customKeyStoreId : undefined;
			const keyStore = keyStoreId === undefined ? undefined : await keyStores.find(keyStoreId);
			const stores = keyStoreId === undefined ? undefined : keyStores.facts;
			// AWS's own keys bear no tags.
			const tags = key?.keyManager === 'AWS' ? undefined : tagging;
			const own = names?.get(one.keyId) ?? (names && []);
			return {
				arn: one.arn,
				resourceType: 'AWS::KMS::Key',
				resourceId: one.keyId,
				resourceName: own?.[0]?.replace(/^alias\//u, '') ?? one.keyId,
				accountId: aws.accountId,
				awsRegion: aws.awsRegion,
				tags: tagsOf(one.arn),
				configuration: {aliases: own, ...configuration, keyStore},
				unread: {...listing.unread, ...tags?.unread, ...stores?.unread, ...facts.unread},
				readAt: {...tags?.readAt, ...stores?.readAt, ...facts.readAt},
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
