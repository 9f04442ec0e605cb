import type {Answer, Evidence, Severity} from '../../../model/index.js';
import type {KeyUse} from '../rows.js';

export const kmsGuide = 'https://docs.aws.amazon.com/kms/latest/developerguide' as const;

export const secretsGuide = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide' as const;

export const s3Guide = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide' as const;

/** Why nobody can tell whether a key works, as a sentence. */
export const unclear = ({name, because}: KeyUse): string => `whether ${name} works is not known: ${because}`;

/** What KMS said of a key that can or cannot be used. */
export const keyEvidence = ({state, name}: KeyUse): Evidence => ({
	expected: 'KeyState Enabled',
	observed: state === undefined ? `${name}: no such key` : `${name}: KeyState ${state}`,
	operation: state === undefined ? 'ListKeys' : 'DescribeKey',
});

export const unknown = (reason: string): Answer => ({verdict: 'UNKNOWN', reason});

export const notApplicable = (reason: string): Answer => ({verdict: 'NOT_APPLICABLE', reason});

/** The answer of a rule about one place and its one key. `otherwise` says what follows from a key that does not work. */
export const judgeKey = (
	{key, because}: {readonly key?: KeyUse | null; readonly because?: string},
	words: {readonly withoutKey: string; readonly otherwise: string; readonly whenLost: Severity},
): Answer => {
	if (key === null) {
		return notApplicable(words.withoutKey);
	}

	if (key === undefined) {
		return unknown(because ?? 'its key has not been read');
	}

	if (key.use === 'unknown') {
		return unknown(unclear(key));
	}

	const evidence = keyEvidence(key);
	return key.use === 'usable'
		? {verdict: 'PASS', reason: `its key ${key.name} ${key.because}`, evidence}
		: {
				verdict: 'FAIL',
				...(key.isLost && {severity: words.whenLost}),
				reason: `its key ${key.name} ${key.because}: ${words.otherwise}`,
				evidence,
			};
};
