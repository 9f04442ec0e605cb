import {type Answer, dayMs, msBetween, type Rule, type RuleContext, spanInWords, unpublished} from '../../../model/index.js';
import {dateOf, guide, type KeyResource, primaryOfReplica, unfamiliar, unlessCustomer, unlessEnabled, whenInWords} from './common.js';
import type {Key, RelatedKey} from './key.js';

const operation = 'GetKeyLastUsage';

/**
 * Whether a key has been of use in the last `unusedDays`, by what KMS recorded. KMS began to record at a date of its own:
 * an older key without a record may have been used before, and a short record says nothing.
 * https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyLastUsage.html
 */
const judgeUse = ({configuration: {lastUsage, creationDate}}: KeyResource, unusedDays: number, now: string): Answer => {
	if (lastUsage === undefined) {
		return unfamiliar('when it was last used', undefined);
	}

	const limitMs = unusedDays * dayMs;
	const expected = `a use within ${unusedDays} days`;
	const {usedAt, trackedSince, createdAt = creationDate} = lastUsage;
	if (usedAt !== undefined) {
		const ageMs = msBetween(usedAt, now);
		const by = lastUsage.operation === undefined ? '' : ` by ${lastUsage.operation}`;
		return {
			verdict: ageMs > limitMs ? 'FAIL' : 'PASS',
			// To the day: a reason that is new every minute would make every key new every minute.
			reason: ageMs < dayMs ? 'used within the last day' : `last used ${whenInWords(usedAt, now)}`,
			evidence: {expected, observed: `used ${usedAt}${by}`, operation},
		};
	}

	if (trackedSince === undefined || createdAt === undefined) {
		return unfamiliar('since when it records use', undefined);
	}

	const evidence = {expected, observed: `no use recorded since ${trackedSince}`, operation};
	if (msBetween(trackedSince, createdAt) >= 0) {
		return msBetween(createdAt, now) > limitMs
			? {verdict: 'FAIL', reason: `never used since it was created ${whenInWords(createdAt, now)}`, evidence}
			: {verdict: 'PASS', reason: `created ${whenInWords(createdAt, now)} and not used yet`, evidence};
	}

	const recordedMs = msBetween(trackedSince, now);
	return recordedMs > limitMs
		? {verdict: 'FAIL', reason: `no use recorded since ${dateOf(trackedSince)}, when KMS began to record it`, evidence}
		: {
				verdict: 'UNKNOWN',
				reason: `no use recorded in the ${spanInWords(recordedMs)} since KMS began to record it, too short to tell`,
				evidence,
			};
};

/** The answer by the replicas of a key that is not used where its primary is; undefined where none of them is used either. */
const usedElsewhere = (replicas: readonly RelatedKey[], unusedDays: number, {related, now}: RuleContext): Answer | undefined => {
	const found = replicas.map(({arn, awsRegion}) => {
		const resource = related(arn);
		// Of the same service and type as this resource: `related` names nothing but keys.
		const usage = (resource?.configuration as Key | undefined)?.lastUsage;
		return {awsRegion, usage};
	});
	const used = found.find(({usage}) => usage?.usedAt !== undefined && msBetween(usage.usedAt, now) <= unusedDays * dayMs);
	if (used !== undefined) {
		return {
			verdict: 'PASS',
			reason: `not used here, but its replica in ${used.awsRegion} is`,
			evidence: {expected: `a use within ${unusedDays} days`, observed: `${used.awsRegion}: used ${used.usage?.usedAt}`, operation},
		};
	}

	const unseen = found.find(({usage}) => usage === undefined);
	return unseen && {verdict: 'UNKNOWN', reason: `not used here, and the last use of its replica in ${unseen.awsRegion} is not known`};
};

const remediation = {
	text: 'Make sure that nothing is still encrypted under it (CloudTrail has older uses), disable it for a while, then schedule its deletion. Each key costs $1 a month.',
	cli: 'aws kms disable-key --key-id {id} --region {region}',
	url: `${guide}/deleting-keys-determining-usage.html`,
} as const;

export const used: Rule<Key> = {
	id: 'kms-key-used',
	title: 'A key should be in use',
	severity: 'LOW',
	published: unpublished,
	rationale: 'A key that nobody uses costs money, and its policy lets somebody in all the same.',
	remediation,
	note: "Judged by KMS's own record of the last use. Prowler's kms_cmk_are_used looks at the state alone: to it an enabled key is used. No record is not proof: a key may guard something that is read once a year.",
	settings: {unusedDays: 90},
	reads: ['DescribeKey', operation],
	exempts: resource =>
		unlessEnabled(resource) ?? (primaryOfReplica(resource) === undefined ? undefined : 'a replica: kept for the day its Region is needed'),
	evaluate: (resource, context) => {
		const {keyState, multiRegion} = resource.configuration;
		if (keyState !== 'Enabled') {
			return unfamiliar('its state', keyState);
		}

		const {unusedDays = 90} = context.settings;
		const answer = judgeUse(resource, unusedDays, context.now);
		// Each key of a multi-Region key has a record of its own: what is idle here may be busy elsewhere.
		return answer.verdict === 'FAIL' && multiRegion !== undefined
			? (usedElsewhere(multiRegion.replicas, unusedDays, context) ?? answer)
			: answer;
	},
};

export const notLeftDisabled: Rule<Key> = {
	id: 'kms-key-not-left-disabled',
	title: 'A disabled key should be deleted or put to use again',
	severity: 'LOW',
	published: {...unpublished, prowler: ['kms_cmk_are_used']},
	rationale: 'A disabled key costs as much as an enabled one, and stands one call away from use.',
	remediation: {
		text: 'If nothing has missed it, schedule its deletion; otherwise enable it.',
		cli: 'aws kms schedule-key-deletion --key-id {id} --region {region} --pending-window-in-days 30',
		url: `${guide}/deleting-keys.html`,
	},
	note: 'KMS does not say since when a key is disabled. What counts is how long ago it was last used, which a disabled key cannot be.',
	settings: {unusedDays: 90},
	reads: ['DescribeKey', operation],
	exempts: resource => {
		const {keyState = ''} = resource.configuration;
		return unlessCustomer(resource) ?? (keyState === 'Enabled' ? 'enabled' : keyState === 'Disabled' ? undefined : unlessEnabled(resource));
	},
	evaluate: (resource, {now, settings}) => {
		if (resource.configuration.keyState !== 'Disabled') {
			return unfamiliar('its state', resource.configuration.keyState);
		}

		const answer = judgeUse(resource, settings['unusedDays'] ?? 90, now);
		return answer.verdict === 'UNKNOWN' ? answer : {...answer, reason: `disabled, ${answer.reason}`};
	},
};
