import {
	type Answer,
	type CommandLine,
	dayMs,
	msBetween,
	type Resource,
	type Rule,
	type RuleContext,
	type Severity,
	spanInWords,
	unpublished,
} from '../../../model/index.js';
import type {KeyUse} from '../key-rows.js';
import {countsInWords, namesInWords, servicesOf} from '../uses.js';
import {agoInWords, joined, whyInWords} from '../words.js';

const guide = 'https://docs.aws.amazon.com/kms/latest/developerguide';

type KeyRow = Resource<KeyUse>;

const nothingUses = 'nothing that Vedette watches uses it';

/** What stands in the way of saying that nothing uses a key, as the end of a sentence. */
const blindly = ({unseen}: KeyUse): string => `nothing that was read uses it, but ${joined(unseen)}`;

const untold = ({configuration}: KeyRow): Answer => ({
	verdict: 'UNKNOWN',
	reason: configuration.untold ?? 'KMS did not tell its state',
});

type Trouble = {readonly words: string; readonly severity: Severity};

const scheduled = ({state, deletionAt}: KeyUse, now: string): string => {
	if (state === 'PendingReplicaDeletion') {
		return 'scheduled for deletion after its last replica';
	}

	const leftMs = deletionAt === undefined ? Number.NaN : msBetween(now, deletionAt);
	return leftMs > 0 ? `to be deleted in ${spanInWords(leftMs)}` : 'scheduled for deletion';
};

const disconnected: ReadonlySet<string> = new Set(['FAILED', 'DISCONNECTED', 'DISCONNECTING', 'CONNECTING']);

/** What is wrong with a key, null where nothing is, undefined where that cannot be told. */
const troubleOf = (key: KeyUse, {now, settings}: Pick<RuleContext, 'now' | 'settings'>): Trouble | null | undefined => {
	const {state = '', keyStore, materialEndsAt} = key;
	const critical = (words: string): Trouble => ({words, severity: 'CRITICAL'});
	switch (state) {
		case 'Disabled': {
			return critical('disabled');
		}

		case 'PendingDeletion':
		case 'PendingReplicaDeletion': {
			return critical(scheduled(key, now));
		}

		case 'PendingImport': {
			return critical('without key material');
		}

		case 'Unavailable': {
			return critical(keyStore === undefined ? 'unavailable' : `unavailable, in key store ${keyStore.name}`);
		}

		case 'Enabled':
		case 'Creating':
		case 'Updating': {
			if (keyStore !== undefined && disconnected.has(keyStore.connectionState)) {
				return critical(`out of reach: key store ${keyStore.name} is ${keyStore.connectionState.toLowerCase()}`);
			}

			const leftMs = materialEndsAt === undefined ? Number.POSITIVE_INFINITY : msBetween(now, materialEndsAt);
			const {warnDays = 30, criticalDays = 7} = settings;
			if (leftMs > warnDays * dayMs) {
				return null;
			}

			const words = leftMs > 0 ? `about to lose its key material in ${spanInWords(leftMs)}` : 'at the end of its key material';
			return {words, severity: leftMs > criticalDays * dayMs ? 'HIGH' : 'CRITICAL'};
		}

		default: {
			return undefined;
		}
	}
};

/** What brings a key back, by what is wrong with it; undefined where the rule's own command does. */
const bringingBack = ({state, keyStore}: KeyUse): CommandLine | undefined => {
	switch (state) {
		case 'Disabled': {
			return undefined;
		}

		case 'PendingDeletion':
		case 'PendingReplicaDeletion': {
			return {cli: 'aws kms cancel-key-deletion --key-id {arn} --region {region} && aws kms enable-key --key-id {arn} --region {region}'};
		}

		default: {
			return {
				cli:
					keyStore === undefined
						? 'aws kms get-parameters-for-import --key-id {arn} --region {region} --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096'
						: 'aws kms connect-custom-key-store --custom-key-store-id CUSTOM_KEY_STORE_ID --region {region}',
			};
		}
	}
};

/** A key in trouble that nothing is known to use. */
const judgeTroubledAlone = ({configuration: key, unread}: KeyRow, {words}: Trouble, {now, settings}: RuleContext): Answer => {
	const {usedAt, trackedSince, unseen} = key;
	if (usedAt !== undefined && msBetween(usedAt, now) < (settings['recentDays'] ?? 90) * dayMs) {
		return {verdict: 'UNKNOWN', reason: `${words}; ${nothingUses}, but KMS saw it used ${agoInWords(usedAt, now)}`};
	}

	if (unseen.length > 0) {
		return {verdict: 'UNKNOWN', reason: `${words}; ${blindly(key)}`};
	}

	const refusal = unread['kms:GetKeyLastUsage'];
	return usedAt === undefined && trackedSince === undefined
		? {
				verdict: 'UNKNOWN',
				reason: `${words}; ${nothingUses}, but ${refusal === undefined ? 'KMS did not tell its last use' : whyInWords(refusal)}`,
			}
		: {verdict: 'PASS', reason: `${words}, and ${nothingUses}`};
};

export const keyUsable: Rule<KeyUse> = {
	id: 'atrest-key-usable',
	title: 'A key that something is encrypted with is fit for use',
	severity: 'CRITICAL',
	published: unpublished,
	rationale:
		'Without its key a volume does not attach, a table answers nobody and a snapshot restores to nothing. A key that is deleted takes all of it along for good, and nothing about the volume or the table says so before.',
	remediation: {
		text: 'Bring the key back before its users need it: enable it, cancel its deletion, import the same key material again, or connect its key store. If it has to go, first re-encrypt what is named with another key.',
		cli: 'aws kms enable-key --key-id {arn} --region {region}',
		terraform: 'resource "aws_kms_key" "this" {\n  is_enabled = true\n}',
		url: `${guide}/key-state.html`,
	},
	note: 'KMS does not tell who uses a key, and the users do not tell its state: this is the join. HIGH while imported material still has more than a week. A key in trouble that nothing here uses passes only if KMS has not seen it used of late, since services that Vedette does not watch (RDS instances, Lambda, CloudWatch Logs and others) may use it.',
	settings: {warnDays: 30, criticalDays: 7, recentDays: 90},
	reads: ['kms:DescribeKey', 'kms:ListKeys'],
	evaluate(resource, context): Answer {
		const key = resource.configuration;
		const trouble = troubleOf(key, context);
		if (trouble === undefined) {
			return key.state === undefined
				? untold(resource)
				: {verdict: 'UNKNOWN', reason: `its state is ${key.state}, which this version of Vedette does not know`};
		}

		const evidence = {
			expected: 'KeyState Enabled for a key in use',
			observed: [
				`KeyState ${key.state}`,
				key.keyStore && `ConnectionState ${key.keyStore.connectionState || 'absent'}`,
				key.materialEndsAt && `ValidTo ${key.materialEndsAt}`,
				`${key.total} users`,
			]
				.filter(Boolean)
				.join(', '),
			operation: 'DescribeKey',
		};
		if (trouble === null) {
			const use = key.total === 0 ? '' : `, used by ${countsInWords(key.users)}`;
			return {verdict: 'PASS', reason: `${key.state?.toLowerCase()}${use}`, evidence};
		}

		if (key.total > 0) {
			const command = bringingBack(key);
			return {
				verdict: 'FAIL',
				severity: trouble.severity,
				reason: `${trouble.words}, and used by ${namesInWords(key.users)}`,
				evidence,
				...(command && {command}),
			};
		}

		return {...judgeTroubledAlone(resource, trouble, context), evidence};
	},
};

export const keyLimited: Rule<KeyUse> = {
	id: 'atrest-key-not-for-everything',
	title: 'One key does not keep everything',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'Whoever may decrypt with a key may read all that it keeps, and what happens to it happens to all of that at once. A key for each sort of data, or each application, keeps the harm small, and makes its policy short.',
	remediation: {
		text: 'Make a key for each sort of data or application, at $1 a month, and move what is new to it: name it in the bucket’s default, the table, the secret and the volumes.',
		cli: 'aws kms create-key --description "For one sort of data" --region {region}',
		url: `${guide}/overview.html`,
	},
	note: 'Information: an account with little to keep apart is well served by one key. Counted are services, not things: ten thousand objects of one application may well share a key.',
	settings: {manyServices: 3},
	reads: ['kms:DescribeKey'],
	exempts({configuration: {type, keyUsage}}) {
		if (type === 'managed' || type === 'foreign') {
			return type === 'managed' ? 'AWS manages one for each service' : 'a key of another account';
		}

		return keyUsage === undefined || keyUsage === 'ENCRYPT_DECRYPT' ? undefined : `a key for ${keyUsage}, with which no store encrypts`;
	},
	evaluate({configuration: key, awsRegion}, {settings}): Answer {
		const {users, total, regionTotal, unseen, unseenServices} = key;
		const services = servicesOf(users);
		const {manyServices = 3} = settings;
		const evidence = {
			expected: `fewer than ${manyServices} services`,
			observed: [...services].sort().join(', ') || 'none',
			operation: 'DescribeKey',
		};
		if (services.size >= manyServices) {
			const share = regionTotal > total ? `${total} of the ${regionTotal} uses` : `all ${total} uses`;
			return {verdict: 'FAIL', reason: `keeps ${countsInWords(users)}, ${share} of own keys in ${awsRegion}`, evidence};
		}

		const keeps = total === 0 ? 'keeps nothing that was read' : `keeps ${countsInWords(users)}`;
		// What was not seen counts for so many services at most.
		if (new Set([...services, ...unseenServices]).size >= manyServices) {
			return {verdict: 'UNKNOWN', reason: `${keeps}, but ${joined(unseen)}`, evidence};
		}

		return total === 0 && unseen.length === 0
			? {verdict: 'NOT_APPLICABLE', reason: nothingUses}
			: {verdict: 'PASS', reason: keeps, evidence};
	},
};
