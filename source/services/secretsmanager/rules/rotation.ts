import {dayMs, hourMs, msBetween, type Rule, type RuleContext, spanInWords} from '../../../model/index.js';
import {isReplica, type Secret, type SecretResource, scheduleInWords, unreadInWords} from './secret.js';

/** Why a question about rotation does not arise, whatever the rotation is. A replica of a Region that nobody watches is judged as UNKNOWN instead. */
const beyondQuestion = (resource: SecretResource, context: RuleContext): string | undefined => {
	const {deletedAt, primaryRegion = ''} = resource.configuration;
	if (deletedAt !== undefined) {
		return 'marked for deletion, so nobody can read or rotate it';
	}

	return isReplica(resource) && context.watches(primaryRegion) ? `a replica: judged in ${primaryRegion}, where its primary is` : undefined;
};

/** The answer for a replica that `beyondQuestion` let through: its primary cannot be seen from here. */
export const primaryUnseen = (resource: SecretResource): {readonly verdict: 'UNKNOWN'; readonly reason: string} | undefined =>
	isReplica(resource)
		? {verdict: 'UNKNOWN', reason: `a replica of a secret in ${resource.configuration.primaryRegion}, a Region that is not watched`}
		: undefined;

const ownedBy = ({owningService}: Secret): string | undefined =>
	owningService === undefined ? undefined : `${owningService} made it and looks after it`;

const turnOn = {
	text: 'Turn on automatic rotation: with a Lambda function that changes the credential where it is used, or as a managed secret of the database service, which needs none; a partner’s secret takes --external-secret-rotation-role-arn instead. It rotates at once, so try the function before.',
	cli: 'aws secretsmanager rotate-secret --secret-id {arn} --rotation-lambda-arn LAMBDA_ARN --rotation-rules AutomaticallyAfterDays=30 --region {region}',
	terraform:
		'resource "aws_secretsmanager_secret_rotation" "this" {\n  secret_id           = "{arn}"\n  rotation_lambda_arn = aws_lambda_function.rotation.arn\n\n  rotation_rules {\n    automatically_after_days = 30\n  }\n}',
	url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html',
} as const;

export const rotationEnabled: Rule<Secret> = {
	id: 'secretsmanager-secret-rotation-enabled',
	title: 'A secret rotates automatically',
	severity: 'MEDIUM',
	published: {securityControlIds: ['SecretsManager.1'], cis: [], prowler: ['secretsmanager_automatic_rotation_enabled']},
	rationale: 'A credential that never changes works for ever for whoever copied it. Rotation bounds the time in which a leak is of use.',
	remediation: turnOn,
	note: 'Older notes say that rotation needs a Lambda function. Secrets that RDS, Aurora, Redshift and others manage rotate without one, and so do those that partners hold.',
	reads: [],
	exempts(resource, context) {
		const {configuration: secret} = resource;
		return beyondQuestion(resource, context) ?? ownedBy(secret);
	},
	evaluate(resource) {
		const {configuration: secret} = resource;
		const evidence = {
			expected: 'RotationEnabled true',
			observed: `RotationEnabled ${secret.rotationEnabled ?? 'absent'}`,
			operation: 'ListSecrets',
		};
		if (secret.rotationEnabled === true) {
			const partner = secret.partnerType === undefined ? '' : `, with the partner that holds it (${secret.partnerType})`;
			return {verdict: 'PASS', reason: `rotates ${scheduleInWords(secret)}${partner}`, evidence};
		}

		const wasOn = secret.rotatesAfterDays !== undefined || secret.schedule !== undefined;
		return (
			primaryUnseen(resource) ?? {
				verdict: 'FAIL',
				reason: wasOn ? `rotation was turned off, it was ${scheduleInWords(secret)}` : 'rotation was never set up',
				evidence,
			}
		);
	},
};

/** For how long a rotation has been under way: exactly, or at least, where its version has no date. Undefined where none is. */
const stuckFor = (
	{pendingVersionId, pendingVersionAt, lastChangedAt}: Secret,
	now: string,
): {readonly ms: number; readonly isExact: boolean} | undefined => {
	// The secret changed last when the rotation began, or after it.
	const since = pendingVersionAt ?? lastChangedAt;
	return pendingVersionId === undefined || since === undefined
		? undefined
		: {ms: msBetween(since, now), isExact: pendingVersionAt !== undefined};
};

export const rotationOnSchedule: Rule<Secret> = {
	id: 'secretsmanager-secret-rotation-on-schedule',
	title: 'Rotation succeeds on schedule',
	severity: 'HIGH',
	published: {securityControlIds: ['SecretsManager.2'], cis: [], prowler: []},
	rationale:
		'A rotation that fails leaves the old credential in force while everybody believes that it changes; one that stops half way may leave an application with neither.',
	remediation: {
		text: 'Read the log of the rotation function, mend the cause (most often network access, or the permission on the secret or its key) and rotate again.',
		cli: 'aws secretsmanager rotate-secret --secret-id {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html',
	},
	note: 'Prowler looks at the switch alone, so that a rotation that fails each time passes there.',
	settings: {graceHours: 1, pendingHours: 24},
	reads: [],
	exempts: (resource, context) =>
		beyondQuestion(resource, context) ?? (resource.configuration.rotationEnabled === true ? undefined : 'rotation is off'),
	evaluate(resource, {now, settings}) {
		const unseen = primaryUnseen(resource);
		if (unseen !== undefined) {
			return unseen;
		}

		const {configuration: secret, unread} = resource;
		const {nextRotationAt, lastRotatedAt, createdAt, rotatesAfterDays} = secret;
		const {graceHours = 1, pendingHours = 24} = settings;
		const evidence = {
			expected: 'NextRotationDate in the future, no version left in AWSPENDING',
			observed: `NextRotationDate ${nextRotationAt ?? 'absent'}, LastRotatedDate ${lastRotatedAt ?? 'absent'}${secret.pendingVersionId === undefined ? '' : `, AWSPENDING on ${secret.pendingVersionId}`}`,
			operation: 'ListSecrets',
		};
		const last = lastRotatedAt === undefined ? 'it never succeeded' : `last success ${spanInWords(msBetween(lastRotatedAt, now))} ago`;
		// NextRotationDate is the latest moment of the window, so that anything after it is late.
		const lateMs = nextRotationAt === undefined ? 0 : msBetween(nextRotationAt, now);
		if (lateMs > graceHours * hourMs) {
			return {verdict: 'FAIL', reason: `rotation ${spanInWords(lateMs)} late, ${last}`, evidence};
		}

		const stuck = stuckFor(secret, now);
		if (stuck !== undefined && stuck.ms > pendingHours * hourMs) {
			return {verdict: 'FAIL', reason: `rotation stuck for ${stuck.isExact ? '' : 'at least '}${spanInWords(stuck.ms)}, ${last}`, evidence};
		}

		const refused = unread['ListSecretVersionIds'];
		if (stuck?.isExact === false && refused !== undefined) {
			return {verdict: 'UNKNOWN', reason: `a rotation has begun, since when ${unreadInWords(refused)}`, evidence};
		}

		if (nextRotationAt !== undefined) {
			const dueMs = msBetween(now, nextRotationAt);
			const next = dueMs > 0 ? `next within ${spanInWords(dueMs)}` : 'next due now';
			return {
				verdict: 'PASS',
				reason: lastRotatedAt === undefined ? `first rotation ${next.replace('next ', '')}` : `${last}, ${next}`,
				evidence,
			};
		}

		const base = lastRotatedAt ?? createdAt;
		if (rotatesAfterDays === undefined || base === undefined) {
			return {verdict: 'UNKNOWN', reason: `rotation is on, but ListSecrets did not tell when it is due`, evidence};
		}

		// A day of grace: schedules in days end with the day.
		const overdueMs = msBetween(base, now) - (rotatesAfterDays + 1) * dayMs;
		return overdueMs > 0
			? {verdict: 'FAIL', reason: `rotation ${spanInWords(overdueMs)} late, ${scheduleInWords(secret)}, ${last}`, evidence}
			: {verdict: 'PASS', reason: `rotates ${scheduleInWords(secret)}, ${last}`, evidence};
	},
};

/**
 * Where a value may have been put by hand in time, by when the secret was last changed, and nobody has asked: the collector asks
 * for versions by the default setting, which it cannot see overridden.
 */
const changedUnasked = (
	{configuration: {lastChangedAt, currentVersionAt}, readAt}: SecretResource,
	base: string,
	maximumDays: number,
	now: string,
): string | undefined => {
	if (currentVersionAt !== undefined || readAt['ListSecretVersionIds'] !== undefined) {
		return undefined;
	}

	if (lastChangedAt === undefined) {
		return 'and ListSecrets did not tell when it was changed';
	}

	// Whatever puts a value changes the secret, and so does a rotation when it ends.
	return msBetween(lastChangedAt, now) <= maximumDays * dayMs && msBetween(base, lastChangedAt) > hourMs
		? `but changed ${spanInWords(msBetween(lastChangedAt, now))} ago: whether a value was put then has not been asked`
		: undefined;
};

export const rotatedRecently: Rule<Secret> = {
	id: 'secretsmanager-secret-rotated-recently',
	title: 'A secret was rotated within 90 days',
	severity: 'MEDIUM',
	published: {securityControlIds: ['SecretsManager.4'], cis: [], prowler: ['secretsmanager_secret_rotated_periodically']},
	rationale: 'The older a credential, the more copies of it lie in logs, on laptops and with people who have left.',
	remediation: turnOn,
	note: 'A value put by hand counts as a rotation, as it does for the schedule of Secrets Manager; Security Hub and Prowler count rotations alone. A secret that was never rotated counts from the day it was made: Prowler fails it on its first day. When a value was put is asked of secrets that were not rotated for 90 days and changed within them: with another maximumDays some are UNKNOWN.',
	settings: {maximumDays: 90, neglectedDays: 365},
	reads: [],
	exempts: (resource, context) => beyondQuestion(resource, context) ?? ownedBy(resource.configuration),
	evaluate(resource, {now, settings}) {
		const unseen = primaryUnseen(resource);
		if (unseen !== undefined) {
			return unseen;
		}

		const {lastRotatedAt, createdAt, currentVersionAt, rotationEnabled: enabled, rotatesAfterDays} = resource.configuration;
		const {maximumDays = 90, neglectedDays = 365} = settings;
		const byHand = currentVersionAt !== undefined && msBetween(lastRotatedAt ?? createdAt ?? currentVersionAt, currentVersionAt) > hourMs;
		const base = byHand ? currentVersionAt : (lastRotatedAt ?? createdAt);
		if (base === undefined) {
			return {verdict: 'UNKNOWN', reason: 'ListSecrets did not tell when it was made or rotated'};
		}

		const ageMs = msBetween(base, now);
		const observed = [
			`LastRotatedDate ${lastRotatedAt ?? 'absent'}`,
			`CreatedDate ${createdAt ?? 'absent'}`,
			...(currentVersionAt === undefined ? [] : [`AWSCURRENT of ${currentVersionAt}`]),
		];
		const evidence = {
			expected: `rotated within ${maximumDays} days`,
			observed: observed.join(', '),
			operation: byHand ? 'ListSecretVersionIds' : 'ListSecrets',
		};
		const age = spanInWords(ageMs);
		if (ageMs <= maximumDays * dayMs) {
			return {
				verdict: 'PASS',
				reason: byHand ? `replaced by hand ${age} ago` : lastRotatedAt === undefined ? `made ${age} ago` : `rotated ${age} ago`,
				evidence,
			};
		}

		const refused = resource.unread['ListSecretVersionIds'];
		if (refused !== undefined) {
			return {verdict: 'UNKNOWN', reason: `not rotated for ${age}; whether it was replaced by hand ${unreadInWords(refused)}`, evidence};
		}

		const changed = changedUnasked(resource, base, maximumDays, now);
		if (changed !== undefined) {
			return {verdict: 'UNKNOWN', reason: `not rotated for ${age}, ${changed}`, evidence};
		}

		const rare =
			enabled === true && rotatesAfterDays !== undefined && rotatesAfterDays > maximumDays
				? `, by a schedule of ${rotatesAfterDays} days`
				: '';
		return {
			verdict: 'FAIL',
			severity: ageMs > neglectedDays * dayMs ? 'HIGH' : 'MEDIUM',
			reason: byHand
				? `replaced by hand ${age} ago, and not since`
				: lastRotatedAt === undefined
					? `never rotated, made ${age} ago${rare}`
					: `last rotated ${age} ago${rare}`,
			evidence,
		};
	},
};
