import {listed} from './counted.js';
import type {Answer, Evidence} from './finding.js';
import {grantsAction, type PolicyGrant, type PolicySummary} from './policy-document.js';

// Answers to what is asked of every resource policy alike.

/** `“AllowUse” allows kms:Decrypt`. */
export const grantInWords = ({statement, actions}: PolicyGrant): string => `“${statement}” allows ${listed(actions)}`;

/** `account 111122223333`, `accounts 111122223333, 444455556666`. */
export const accountsInWords = (accounts: readonly string[]): string =>
	`${accounts.length === 1 ? 'account' : 'accounts'} ${listed(accounts)}`;

/**
 * Names that are no stranger's: what becomes of a role or a user in a policy once it is deleted, which nobody will have again,
 * and CloudFront's identity, which reads for a distribution and nothing else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
const harmless = /^(?:A(?:IDA|ROA)[A-Z0-9]+|arn:[\w-]+:iam::cloudfront:user\/.*)$/u;

type Asked = {readonly expected: string; readonly operation: string};

/**
 * Whether a policy is open to whoever comes, in words for `open` and for what a condition that lets them in does not say:
 * `to any AWS account`, `who`. Undefined where it is not.
 */
export const answerIfOpen = (
	{anyone}: PolicySummary,
	{expected, operation, open, untold}: Asked & {readonly open: string; readonly untold: string},
): Answer | undefined => {
	const evidence: Evidence = {expected, observed: anyone.map(grantInWords).join('; '), operation};
	const wide = anyone.find(({unfamiliar}) => unfamiliar.length === 0);
	if (wide !== undefined) {
		const despite = wide.conditions.length === 0 ? '' : ` (its condition on ${listed(wide.conditions)} does not say ${untold})`;
		return {verdict: 'FAIL', reason: `open ${open}: ${grantInWords(wide)}${despite}`, evidence};
	}

	const [doubtful] = anyone;
	return doubtful === undefined
		? undefined
		: {
				verdict: 'UNKNOWN',
				reason: `open to anyone who meets a condition on ${listed(doubtful.unfamiliar)}, which this version cannot judge: ${grantInWords(doubtful)}`,
				evidence,
			};
};

/**
 * Whether a policy names trusted accounts only. What it says to anyone is another rule's to judge: where it names no stranger
 * and lets anyone in, `whereAnyone` says so. It weighs HIGH where a stranger may do one of `grave`.
 */
export const answerOfTrust = (
	{accounts, anyone, organizations, others}: PolicySummary,
	trustedAccounts: readonly string[],
	{expected, operation, whereAnyone, grave = []}: Asked & {readonly whereAnyone?: string; readonly grave?: readonly string[]},
): Answer => {
	const evidence = (observed: string): Evidence => ({expected, observed, operation});
	const strangers = Object.entries(accounts).filter(([account]) => !trustedAccounts.includes(account));
	const [first] = strangers;
	if (first !== undefined) {
		const gravest = strangers.flatMap(([, grants]) => grants).find(grant => grave.some(action => grantsAction(grant, action)));
		const [shown] = gravest === undefined ? first[1] : [gravest];
		const by = (grants: readonly PolicyGrant[]): string => grants.map(({statement}) => `“${statement}”`).join(', ');
		return {
			verdict: 'FAIL',
			reason: `lets in ${accountsInWords(strangers.map(([account]) => account))}${shown === undefined ? '' : `: ${grantInWords(shown)}`}`,
			...(gravest !== undefined && {severity: 'HIGH'}),
			evidence: evidence(strangers.map(([account, grants]) => `${account} by ${by(grants)}`).join('; ')),
		};
	}

	if (anyone.length > 0 && whereAnyone !== undefined) {
		return {verdict: 'NOT_APPLICABLE', reason: whereAnyone};
	}

	const strange = Object.keys(organizations).filter(organization => !trustedAccounts.includes(organization));
	if (strange.length > 0) {
		return {
			verdict: 'UNKNOWN',
			reason: `lets in every account of organization ${listed(strange)}, and which these are is not read`,
			evidence: evidence(strange.join(', ')),
		};
	}

	const nameless = others.filter(name => !harmless.test(name));
	if (nameless.length > 0) {
		return {
			verdict: 'UNKNOWN',
			reason: `lets in ${listed(nameless)}, which does not say whose it is`,
			evidence: evidence(nameless.join(', ')),
		};
	}

	const trusted = Object.keys(accounts);
	return {
		verdict: 'PASS',
		reason: trusted.length === 0 ? 'its policy names no other account' : `its policy lets in trusted ${accountsInWords(trusted)} only`,
		evidence: evidence(trusted.join(', ') || 'no other account'),
	};
};
