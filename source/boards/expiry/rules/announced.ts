import {type Rule, unpublished} from '../../../model/index.js';
import {dependenceInWords, type End, isUsed, whenInWords} from '../end.js';
import {answering, daysLeft, endInWords} from './common.js';

export const announced: Rule<End> = {
	id: 'expiry-event-announced',
	title: 'What is in use and about to end renews by itself, or somebody hears of it',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'AWS announces most ends through EventBridge and nowhere else. Where no rule in the Region takes the event to somebody, the first notice is the outage.',
	remediation: {
		text: 'In the Region of the thing make a rule on the default event bus for its events and give it a target that people hear of. Parameters need an ExpirationNotification besides.',
		cli: `aws events put-rule --name ends --event-pattern '{"source":["aws.acm","aws.kms","aws.ssm","aws.secretsmanager"]}' --region {region}`,
		url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule.html',
	},
	note: 'A rule counts where it is enabled, has a target and surely matches. Of imported key material and of deleted keys KMS sends events when all is over, and of a deletion being scheduled by way of CloudTrail: either counts here, and the reason says which. API Gateway announces no end of a client certificate. Which applications read a secret or a parameter is told by no API: these count as in use, and fail as LOW.',
	settings: {warnDays: 30},
	reads: [],
	exempts: ({configuration: {renewal, eventless}}) => (renewal === 'itself' ? undefined : eventless),
	evaluate(resource, {now, settings}) {
		const {configuration: end, awsRegion} = resource;
		const {warnDays = 30} = settings;
		const {renewal, users, told} = end;
		const is = answering(
			resource,
			`more than ${warnDays} days left, renewal by itself, or a rule of EventBridge with a target`,
			'events:ListRules',
		);
		if (renewal === 'itself' || daysLeft(end, now) > warnDays) {
			return is('PASS', endInWords(end, now));
		}

		const inUse = users === undefined ? true : isUsed(users);
		if (inUse === false) {
			return is('PASS', `${endInWords(end, now)}; nothing that is watched depends on it`);
		}

		const when = whenInWords(end, now);
		if (told?.verdict === 'told') {
			const late = told.because === undefined ? '' : `, though ${told.because}`;
			return is('PASS', `${when}; ${told.by.join(', ')} tells ${told.to.join(', ')} in ${awsRegion}${late}`);
		}

		if (told === undefined || told.verdict === 'unknown') {
			return is('UNKNOWN', `${when}; whether somebody hears of it is not known: ${told?.because ?? 'EventBridge was not read'}`);
		}

		if (renewal === undefined) {
			return is('UNKNOWN', endInWords(end, now));
		}

		if (inUse === undefined) {
			return is('UNKNOWN', `${when}; whether it is in use is not known: ${users?.missing.join('; ') ?? ''}`);
		}

		const dependence = users === undefined ? '' : `; ${dependenceInWords(users)}`;
		return is(
			'FAIL',
			`${endInWords(end, now)}${dependence}; nobody hears of it: ${told.because ?? 'no rule routes it'}`,
			users === undefined ? 'LOW' : 'MEDIUM',
		);
	},
};
