import {type Answer, dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {dateOf, days, guide, type KeyResource, primaryOfReplica, unfamiliar, unlessEnabled, whenInWords} from './common.js';
import type {Key} from './key.js';

const originSentences: Readonly<Record<string, string>> = {
	EXTERNAL: 'imported: KMS rotates only key material of its own making',
	AWS_CLOUDHSM: 'in a CloudHSM key store, which KMS does not rotate',
	EXTERNAL_KEY_STORE: 'in an external key store, which KMS does not rotate',
};

/**
 * Automatic rotation is for customer managed symmetric encryption keys with material that KMS made, and set on the
 * primary of a multi-Region key. https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable.html
 */
const unlessRotatable = (resource: KeyResource): string | undefined => {
	const {keySpec = '', origin = ''} = resource.configuration;
	const primary = primaryOfReplica(resource);
	return (
		unlessEnabled(resource) ??
		(/^(?:RSA|ECC|SM2|HMAC|ML)_/u.test(keySpec) || keySpec === 'SM2' ? `keys of type ${keySpec} do not rotate automatically` : undefined) ??
		originSentences[origin] ??
		(primary === undefined ? undefined : `a replica: rotation is set on its primary in ${primary}`)
	);
};

/** What stands in the way of an answer although nothing was refused: a state, type or origin that is news to us. */
const unlessFamiliar = ({configuration: {keyState, keySpec, origin}}: KeyResource): Answer | undefined => {
	if (keyState !== 'Enabled') {
		return unfamiliar('its state', keyState);
	}

	if (keySpec !== 'SYMMETRIC_DEFAULT') {
		return unfamiliar('its type', keySpec);
	}

	return origin === 'AWS_KMS' ? undefined : unfamiliar('the origin of its material', origin);
};

const cannotRotate: Answer = {verdict: 'NOT_APPLICABLE', reason: 'KMS says that this key cannot rotate'};

export const rotationEnabled: Rule<Key> = {
	id: 'kms-key-rotation-enabled',
	title: 'A symmetric customer managed key should rotate automatically',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['KMS.4'],
		cis: ['v3.0 3.6', 'v5.0 3.6', 'v6.0 4.6', 'v7.0 4.6'],
		prowler: ['kms_cmk_rotation_enabled'],
	},
	rationale:
		'Rotation limits how much is encrypted under one key material, and so what the loss of it would cost. Nothing needs to be re-encrypted.',
	remediation: {
		text: 'Turn on automatic rotation. Old material stays for decryption, and neither the key id nor its aliases change. The first and second rotation add $1 a month each.',
		cli: 'aws kms enable-key-rotation --key-id {id} --region {region}',
		terraform: 'resource "aws_kms_key" "this" {\n  enable_key_rotation     = true\n  rotation_period_in_days = 365\n}',
		url: `${guide}/rotating-keys-enable.html`,
	},
	note: 'Asked only where automatic rotation exists. Prowler also fails symmetric keys with imported material or in custom key stores, and keys whose status it may not read; imported material is judged by kms-material-rotated, for it can be rotated on demand today. A multi-Region key is judged once, on its primary.',
	reads: ['DescribeKey', 'GetKeyRotationStatus'],
	exempts: unlessRotatable,
	evaluate: (resource, {now}) => {
		const {rotation} = resource.configuration;
		if (rotation === null) {
			return cannotRotate;
		}

		if (rotation === undefined) {
			return unlessFamiliar(resource) ?? unfamiliar('whether it rotates', undefined);
		}

		const evidence = {
			expected: 'KeyRotationEnabled true',
			observed: `KeyRotationEnabled ${rotation.enabled}`,
			operation: 'GetKeyRotationStatus',
		};
		if (!rotation.enabled) {
			return {verdict: 'FAIL', reason: 'does not rotate automatically', evidence};
		}

		const {nextRotationDate: next, periodInDays = 365} = rotation;
		const when =
			next === undefined ? '' : msBetween(now, next) >= 0 ? `, next in ${spanInWords(msBetween(now, next))}` : ', and is due now';
		return {verdict: 'PASS', reason: `rotates every ${days(periodInDays)}${when}`, evidence};
	},
};

export const rotationOnTime: Rule<Key> = {
	id: 'kms-key-rotation-on-time',
	title: 'Automatic rotation should happen when it is due',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A key whose rotation is switched on and does not happen looks rotated in every list and is not.',
	remediation: {
		text: 'Rotate the key on demand, and see in CloudTrail why the rotation failed (RotateKey events).',
		cli: 'aws kms rotate-key-on-demand --key-id {id} --region {region}',
		url: `${guide}/rotate-keys.html`,
	},
	settings: {graceDays: 2},
	reads: ['DescribeKey', 'GetKeyRotationStatus'],
	exempts: unlessRotatable,
	evaluate: (resource, {now, settings}) => {
		const {rotation} = resource.configuration;
		if (rotation === null) {
			return cannotRotate;
		}

		if (rotation === undefined) {
			return unlessFamiliar(resource) ?? unfamiliar('whether it rotates', undefined);
		}

		const {enabled, nextRotationDate: next, onDemandRotationStartDate: onDemand} = rotation;
		if (!enabled) {
			return {verdict: 'NOT_APPLICABLE', reason: 'automatic rotation is off'};
		}

		if (onDemand !== undefined) {
			return {verdict: 'PASS', reason: `rotation on demand under way, begun ${whenInWords(onDemand, now)}`};
		}

		if (next === undefined) {
			return unfamiliar('when it rotates next', undefined);
		}

		const lateMs = msBetween(next, now);
		const evidence = {expected: `a rotation by ${next}`, observed: `NextRotationDate still ${next}`, operation: 'GetKeyRotationStatus'};
		return lateMs > (settings['graceDays'] ?? 2) * dayMs
			? {verdict: 'FAIL', reason: `rotation ${spanInWords(lateMs)} late, due on ${dateOf(next)}`, evidence}
			: {
					verdict: 'PASS',
					reason: lateMs > 0 ? 'rotation is due now' : `next rotation ${whenInWords(next, now)}`,
					evidence: {...evidence, observed: `NextRotationDate ${next}`},
				};
	},
};
