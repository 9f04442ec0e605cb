import {dayMs, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import type {ConfigSays, End} from '../end.js';
import {refusalsInWords} from '../refused.js';
import {answering, daysLeft} from './common.js';

/** Checks run once a day: for so long either answer is right. */
const toleranceDays = 1;

type Answered = Required<ConfigSays>;

/** Whether a check says of a certificate what its end says. */
const agrees = ({days, flagged}: Answered, left: number): boolean => Math.abs(left - days) <= toleranceDays || left < days === flagged;

const checksInWords = (checks: readonly Answered[]): string => checks.map(({rule, days}) => `${rule} (below ${days} days)`).join(', ');

export const configAgrees: Rule<End> = {
	id: 'expiry-event-config-agrees',
	title: 'AWS Config’s check of certificates says what the certificate says',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Where AWS Config says that all certificates are well and one of them is about to end, its dashboards and whoever relies on them are wrong: the type may not be recorded, or the check may not have run.',
	remediation: {
		text: 'Start the evaluation of the check; if that changes nothing, see whether the recorder records certificates.',
		cli: 'aws configservice get-compliance-details-by-resource --resource-type AWS::ACM::Certificate --resource-id {arn} --region {region}',
		url: 'https://docs.aws.amazon.com/config/latest/developerguide/acm-certificate-expiration-check.html',
	},
	note: 'Each check is held to its own threshold, 14 days by default, with a day of grace since it runs once a day. AWS Config looks at the date alone: it flags certificates that ACM renews by itself too, and that it does not flag such a one is no disagreement.',
	reads: [],
	exempts: ({configuration: {what}}) => (what === 'certificate' ? undefined : 'AWS Config checks the ends of ACM’s certificates alone'),
	evaluate(resource, {now}) {
		const {configuration: end, awsRegion, unread} = resource;
		const {config, renewal} = end;
		const is = answering(resource, 'flagged by a check exactly below its daysToExpiration', 'config:GetComplianceDetailsByConfigRule');
		if (config === undefined) {
			const refused = Object.entries(unread).filter(([action]) => action.startsWith('config'));
			return is('UNKNOWN', `what AWS Config says of it is not known: ${refusalsInWords(Object.fromEntries(refused)).join('; ')}`);
		}

		if (config.length === 0) {
			return is('NOT_APPLICABLE', `AWS Config has no check of certificates in ${awsRegion}`);
		}

		const answered = config.flatMap(({rule, days, flagged}): readonly Answered[] =>
			days === undefined || flagged === undefined ? [] : [{rule, days, flagged}],
		);
		if (answered.length === 0) {
			return is('NOT_APPLICABLE', `${config.map(({rule}) => rule).join(', ')} has no results that could be compared`);
		}

		const left = daysLeft(end, now);
		const when = left < 0 ? `it ended ${spanInWords(left * dayMs)} ago` : `it ends in ${spanInWords(left * dayMs)}`;
		const wrong = answered.filter(check => !agrees(check, left));
		const silent = wrong.filter(({flagged}) => !flagged);
		const loud = wrong.filter(({flagged}) => flagged);
		if (loud.length > 0) {
			return is('FAIL', `${when}, and is flagged by ${checksInWords(loud)}`);
		}

		if (silent.length > 0 && renewal !== 'itself') {
			return is('FAIL', `${when}, and is not flagged by ${checksInWords(silent)}`);
		}

		const flags = answered.flatMap(({rule, flagged}) => (flagged ? rule : []));
		const byItself = renewal === 'itself' ? ', and it renews by itself' : '';
		return is(
			'PASS',
			`${when}${byItself}; ${flags.length === 0 ? 'AWS Config does not flag it' : `AWS Config flags it by ${flags.join(', ')}`}`,
		);
	},
};
