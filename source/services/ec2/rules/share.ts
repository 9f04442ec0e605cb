import {type Answer, answer, listed, type Refusal, type RuleContext} from '../../../model/index.js';
import {isAwsManagedAlias, keyInWords, unreadInWords} from './common.js';

/** Those with whom something is shared, as they are trusted or not. */
export const strangersAmong = (names: readonly string[], {trustedAccounts}: RuleContext): readonly string[] =>
	names.filter(name => !trustedAccounts.includes(name));

/** Of `arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-…` the organization's id. */
export const organizationOf = (arn: string): string => /[:/](o-[a-z0-9]{10,32})(?:\/|$)/u.exec(arn)?.[1] ?? arn;

/** The key of something shared, and the default key of its Region. */
export type SharedUnder = {
	readonly kmsKeyId: string | undefined;
	readonly defaultKmsKeyId: string | undefined;
};

const expected = 'a customer managed key other than the Region’s default';

/**
 * Whether what is shared is under a key that can be shared, and may be. AWS's own key can never be, and EC2 refuses to share
 * what is under it; the Region's default key, where it is a customer's, would open all that was encrypted without a thought.
 */
export const judgeKeys = (keys: readonly SharedUnder[], operation: string, refused: Refusal | undefined): Answer => {
	const unnamed = keys.some(({kmsKeyId}) => kmsKeyId === undefined);
	const own = keys.flatMap(({kmsKeyId}) => (kmsKeyId !== undefined && isAwsManagedAlias(kmsKeyId) ? [kmsKeyId] : []));
	if (own.length > 0) {
		return answer(
			'FAIL',
			`shared, though under AWS’s own key ${keyInWords(own[0] ?? '')}, which no other account can use`,
			operation,
			expected,
			listed(own),
		);
	}

	const byDefault = keys.flatMap(({kmsKeyId, defaultKmsKeyId}) =>
		kmsKeyId !== undefined && kmsKeyId === defaultKmsKeyId ? [kmsKeyId] : [],
	);
	if (byDefault.length > 0) {
		return answer(
			'FAIL',
			`shared under the Region’s default key ${keyInWords(byDefault[0] ?? '')}: AWS’s own opens nothing to others, one of yours all that was encrypted by default`,
			operation,
			expected,
			listed(byDefault),
		);
	}

	const named = [...new Set(keys.flatMap(({kmsKeyId}) => kmsKeyId ?? []))];
	if (unnamed) {
		return answer(
			'UNKNOWN',
			`the key that it is encrypted with ${unreadInWords(refused, 'DescribeSnapshots')}`,
			operation,
			expected,
			listed(named) || 'no key',
		);
	}

	return answer(
		'PASS',
		`shared under ${named.length === 1 ? 'a key' : 'keys'} of its own: ${listed(named.map(keyInWords))}`,
		operation,
		expected,
		listed(named),
	);
};
