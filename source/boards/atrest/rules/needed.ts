import {type Answer, dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import type {KeyUse, Relative} from '../key-rows.js';
import {countsInWords} from '../uses.js';
import {agoInWords, dateOf, dollars, joined} from '../words.js';

const nothingUses = 'nothing that Vedette watches uses it';

/** What KMS recorded of a key that nothing here uses: the end of a sentence, and whether that is enough to call it unneeded. */
type Record = {readonly words: string; readonly verdict: 'idle' | 'used' | 'young' | 'short' | 'untold'};

const recordOf = ({usedAt, trackedSince, createdAt}: KeyUse, unusedDays: number, now: string): Record => {
	const limitMs = unusedDays * dayMs;
	if (usedAt !== undefined) {
		return {words: `KMS saw it used ${agoInWords(usedAt, now)}`, verdict: msBetween(usedAt, now) > limitMs ? 'idle' : 'used'};
	}

	if (trackedSince === undefined || createdAt === undefined) {
		return {words: 'KMS did not tell its last use', verdict: 'untold'};
	}

	if (msBetween(trackedSince, createdAt) >= 0) {
		const ageMs = msBetween(createdAt, now);
		return ageMs > limitMs
			? {words: `KMS never saw it used since it was made ${spanInWords(ageMs)} ago`, verdict: 'idle'}
			: {words: `it was made ${agoInWords(createdAt, now)}`, verdict: 'young'};
	}

	const recordedMs = msBetween(trackedSince, now);
	return recordedMs > limitMs
		? {words: `KMS saw no use since ${dateOf(trackedSince)}, when it began to record`, verdict: 'idle'}
		: {words: `KMS has recorded its use for ${spanInWords(recordedMs)} only`, verdict: 'short'};
};

/** The answer by the same key in other Regions: what is encrypted there can be read by this one. */
const neededElsewhere = (relatives: readonly Relative[], unusedDays: number, now: string): Answer | undefined => {
	const busy = relatives.find(({uses, usedAt}) => uses > 0 || (usedAt !== undefined && msBetween(usedAt, now) <= unusedDays * dayMs));
	if (busy !== undefined) {
		return {verdict: 'PASS', reason: `${nothingUses} here, but the same key is in use in ${busy.awsRegion}`};
	}

	const dark = relatives.find(({isTold}) => !isTold);
	return dark && {verdict: 'UNKNOWN', reason: `${nothingUses} here, and the last use of the same key in ${dark.awsRegion} is not known`};
};

export const keyNeeded: Rule<KeyUse> = {
	id: 'atrest-key-needed',
	title: 'A key that is paid for keeps something',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'A key that nothing is encrypted with costs $1 a month, up to $3 with its rotations, and its policy lets somebody in all the same.',
	remediation: {
		text: 'Make sure that no backup and no service that Vedette does not watch still needs it (CloudTrail has older uses), disable it for a while, then schedule its deletion: from then on it is free.',
		cli: 'aws kms disable-key --key-id {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-determining-usage.html',
	},
	note: 'Both have to agree: no volume, snapshot, AMI, bucket, replica of a bucket, table, Aurora cluster, secret, parameter, trail or delivery of AWS Config is encrypted with it, and KMS saw no use of it. kms-key-used asks the second alone, and so calls idle what keeps an archive that nobody reads. A Region in which not all could be read is UNKNOWN, and so is one with things whose key cannot be told; where a bucket does not tell its replication that is every Region, since replicas may be anywhere.',
	settings: {unusedDays: 90},
	reads: ['kms:DescribeKey', 'kms:GetKeyLastUsage'],
	exempts({configuration: {type, state, keyUsage}}) {
		if (type === 'managed' || type === 'foreign') {
			return type === 'managed' ? 'AWS manages this key, and it is free' : 'a key of another account, which pays for it';
		}

		if (state === 'PendingDeletion' || state === 'PendingReplicaDeletion') {
			return 'scheduled for deletion, and free until then';
		}

		return keyUsage === undefined || keyUsage === 'ENCRYPT_DECRYPT' ? undefined : `a key for ${keyUsage}, with which no store encrypts`;
	},
	evaluate({configuration: key}, {now, settings}): Answer {
		const {total, users, unseen, usdPerMonth, multiRegion} = key;
		const evidence = {
			expected: 'a user, or a use that KMS recorded',
			observed: `${total} users, last used ${key.usedAt ?? 'never'}`,
			operation: 'GetKeyLastUsage',
		};
		if (total > 0) {
			return {verdict: 'PASS', reason: `keeps ${countsInWords(users)}`, evidence};
		}

		const {unusedDays = 90} = settings;
		const record = recordOf(key, unusedDays, now);
		if (record.verdict === 'used' || record.verdict === 'young') {
			return {verdict: 'PASS', reason: `${nothingUses}, but ${record.words}`, evidence};
		}

		if (record.verdict !== 'idle') {
			return {verdict: 'UNKNOWN', reason: `${nothingUses}, and ${record.words}`, evidence};
		}

		const elsewhere = neededElsewhere(multiRegion?.relatives ?? [], unusedDays, now);
		if (elsewhere !== undefined) {
			return {...elsewhere, evidence};
		}

		if (unseen.length > 0) {
			return {verdict: 'UNKNOWN', reason: `nothing that was read uses it and ${record.words}, but ${joined(unseen)}`, evidence};
		}

		const cost = usdPerMonth === undefined ? '' : `, for ${dollars(usdPerMonth)} a month`;
		return {verdict: 'FAIL', reason: `${nothingUses}, and ${record.words}${cost}`, evidence};
	},
};
