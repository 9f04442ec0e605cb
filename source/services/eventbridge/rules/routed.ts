import {type Answer, type Remediation, type Resource, type Rule, type Severity, unpublished} from '../../../model/index.js';
import {type EventRoutes, isLive, mayBeLive, type Route, type Routing, targetInWords} from './routing.js';
import {homeElsewhere, type TopicId, topics} from './topics.js';

const named = (routes: readonly Route[]): string => [...new Set(routes.map(({ruleName}) => ruleName))].join(', ');

/** What is nearly there: rules that match an event and are disabled, or have no target. */
const nearInWords = ({routes}: EventRoutes): string => {
	const disabled = routes.filter(({isEnabled}) => isEnabled === false);
	const idle = routes.filter(({isEnabled, targetArns}) => isEnabled !== false && targetArns?.length === 0);
	return [
		...(disabled.length === 0 ? [] : [`${named(disabled)} is disabled`]),
		...(idle.length === 0 ? [] : [`${named(idle)} has no target`]),
	].join(', ');
};

/** `critical findings and high findings go nowhere: acm-expiry is disabled`. */
const gapsInWords = (lost: readonly EventRoutes[]): string => {
	const byReason = Map.groupBy(lost, nearInWords);
	return [...byReason]
		.map(([near, events]) => `${events.map(({event}) => event).join(' and ')} go nowhere${near === '' ? '' : `: ${near}`}`)
		.join('; ');
};

/** Why it cannot be told whether an event goes anywhere. */
const doubtInWords = ({event, routes}: EventRoutes): string => {
	const [route] = routes.filter(mayBeLive).sort((a, b) => a.dependsOn.length - b.dependsOn.length);
	const {ruleName = '', isEnabled, targetArns, dependsOn = []} = route ?? {};
	if (dependsOn.length > 0) {
		return `whether ${event} are among those that ${ruleName} matches depends on ${dependsOn.join(', ')}`;
	}

	return isEnabled === undefined
		? `${ruleName} matches ${event}, and its state is not known`
		: targetArns === undefined
			? `${ruleName} matches ${event}, and its targets could not be read: events:ListTargetsByRule`
			: `it is not known whether ${event} go anywhere`;
};

const judge = (events: readonly EventRoutes[], ownAccountId: string): Answer => {
	const wanted = events.filter(({matters}) => matters);
	const open = wanted.filter(({routes}) => !routes.some(isLive));
	const evidence = {
		expected: `an enabled rule with a target for ${wanted.map(({event}) => event).join(' and ')}`,
		observed: events.map(({event, routes}) => `${event}: ${named(routes.filter(isLive)) || 'none'}`).join('; '),
		operation: 'ListRules',
	};
	const lost = open.filter(({routes}) => !routes.some(mayBeLive));
	if (lost.length > 0) {
		return {verdict: 'FAIL', reason: gapsInWords(lost), evidence};
	}

	const [doubt] = open;
	if (doubt !== undefined) {
		return {verdict: 'UNKNOWN', reason: doubtInWords(doubt), evidence};
	}

	const live = wanted.flatMap(({routes}) => routes.filter(isLive));
	const targets = [...new Set(live.flatMap(({targetArns = []}) => targetArns))].map(arn => targetInWords(arn, ownAccountId));
	return {verdict: 'PASS', reason: `routed by ${named(live)} to ${targets.join(', ')}`, evidence};
};

const off = 'Whether the service that sends these events is on in the Region cannot be seen from here: where it is off, mute this.';

const route = (of: {
	readonly id: string;
	readonly topic: TopicId;
	readonly severity: Severity;
	readonly rationale: string;
	readonly pattern: string;
	readonly url: Remediation['url'];
	readonly note?: string;
}): Rule<Routing> => {
	const {title} = topics[of.topic];
	return {
		id: `eventbridge-${of.id}-routed`,
		title: `${title.charAt(0).toUpperCase()}${title.slice(1)} are routed to somebody`,
		severity: of.severity,
		published: unpublished,
		rationale: of.rationale,
		remediation: {
			text: 'Make a rule on the default event bus, give it a target that people or tickets hear of (SNS, a queue, Amazon Q in chat, the bus of a security account), and let that admit events.amazonaws.com.',
			cli: `aws events put-rule --name ${of.id} --event-pattern '${of.pattern}' --region {region}`,
			terraform: `resource "aws_cloudwatch_event_rule" "this" {\n  name          = "${of.id}"\n  event_pattern = jsonencode(${of.pattern})\n}\n\nresource "aws_cloudwatch_event_target" "this" {\n  rule = aws_cloudwatch_event_rule.this.name\n  arn  = aws_sns_topic.alerts.arn\n}`,
			url: of.url,
		},
		note: of.note === undefined ? off : `${of.note} ${off}`,
		reads: ['ListRules'],
		exempts({arn, awsRegion}: Resource<Routing>) {
			const home = homeElsewhere(of.topic, arn, awsRegion);
			const wanted = topics[of.topic].events.flatMap(({name, matters}) => (matters ? [name] : []));
			return home === undefined ? undefined : `${wanted.join(' and ')} are told in ${home}, whatever the Region`;
		},
		evaluate({configuration: {topics: known}, accountId}: Resource<Routing>) {
			return known === undefined ? {verdict: 'UNKNOWN', reason: 'the rules were not listed'} : judge(known[of.topic], accountId);
		},
	};
};

/** One question a topic, most pressing first. */
export const routingRules: ReadonlyArray<Rule<Routing>> = [
	route({
		id: 'guardduty-findings',
		topic: 'guardduty',
		severity: 'MEDIUM',
		rationale:
			'A finding that nobody hears of is found by whoever looks at the console next. GuardDuty itself tells nobody but EventBridge.',
		pattern: '{"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],"detail":{"severity":[{"numeric":[">=",7]}]}}',
		url: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html',
		note: 'High and critical findings must be routed. Rules that list severities one by one often end at 8.9: they miss the critical findings, from 9 on, that GuardDuty has had since the end of 2024.',
	}),
	route({
		id: 'certificate-expiry',
		topic: 'certificates',
		severity: 'MEDIUM',
		rationale:
			'From 45 days before a certificate’s end ACM sends an event a day. Imported certificates are renewed by nobody: this event is what reminds of them.',
		pattern: '{"source":["aws.acm"],"detail-type":["ACM Certificate Approaching Expiration"]}',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html',
		note: 'A rule for some of the 45 days is enough. From how many days on ACM sends them is a setting of ACM.',
	}),
	route({
		id: 'securityhub-findings',
		topic: 'securityhub',
		severity: 'LOW',
		rationale: 'Security Hub gathers what other services find. Where it is on, one rule tells of all of them.',
		pattern:
			'{"source":["aws.securityhub"],"detail-type":["Security Hub Findings - Imported"],"detail":{"findings":{"Severity":{"Label":["CRITICAL","HIGH"]}}}}',
		url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cloudwatch-events.html',
		note: 'Either of “Security Hub Findings - Imported” and, for the newer Security Hub, “Findings Imported V2” will do.',
	}),
	route({
		id: 'inspector-findings',
		topic: 'inspector',
		severity: 'LOW',
		rationale: 'A critical vulnerability is worth a message on the day it is found, not at the next review.',
		pattern: '{"source":["aws.inspector2"],"detail-type":["Inspector2 Finding"],"detail":{"severity":["CRITICAL"]}}',
		url: 'https://docs.aws.amazon.com/inspector/latest/user/findings-managing-automating-responses.html',
		note: 'Rules made for Inspector Classic ask for source aws.inspector, from which nothing comes any more.',
	}),
	route({
		id: 'macie-findings',
		topic: 'macie',
		severity: 'LOW',
		rationale: 'A bucket that became public, or card numbers where none should be, ought to reach somebody the same day.',
		pattern: '{"source":["aws.macie"],"detail-type":["Macie Finding"]}',
		url: 'https://docs.aws.amazon.com/macie/latest/user/findings-monitor-events-eventbridge.html',
	}),
	route({
		id: 'secret-events',
		topic: 'secrets',
		severity: 'LOW',
		rationale: 'A rotation that fails and a secret that is deleted break applications hours or weeks later. The event comes at once.',
		pattern:
			'{"source":["aws.secretsmanager"],"$or":[{"detail-type":["AWS Service Event via CloudTrail"],"detail":{"eventName":["RotationFailed"]}},{"detail-type":["AWS API Call via CloudTrail"],"detail":{"eventName":["DeleteSecret","PutResourcePolicy"]}}]}',
		url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html',
		note: 'These come by way of CloudTrail: without a trail that records management events there are none. Failed rotations are service events, which a rule on API calls alone does not see.',
	}),
	route({
		id: 'key-events',
		topic: 'keys',
		severity: 'LOW',
		rationale: 'What a key encrypted is lost with the key, and unreadable from the moment its imported material ends.',
		pattern: '{"source":["aws.kms"],"detail-type":["KMS CMK Deletion","KMS Imported Key Material Expiration"]}',
		url: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html',
		note: 'KMS CMK Deletion is sent when the key is gone. Route the API call ScheduleKeyDeletion too: that is while it can still be cancelled.',
	}),
	route({
		id: 'parameter-events',
		topic: 'parameters',
		severity: 'LOW',
		rationale: 'The policies of parameters speak through EventBridge alone: a notice of expiry that no rule matches warns nobody.',
		pattern: '{"source":["aws.ssm"],"detail-type":["Parameter Store Policy Action"]}',
		url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html',
		note: 'Either of the two notices will do.',
	}),
	route({
		id: 'health-events',
		topic: 'health',
		severity: 'LOW',
		rationale:
			'AWS Health tells of credentials that were found in public, and of certificates that it cannot renew, to an address that few read.',
		pattern: '{"source":["aws.health"],"detail-type":["AWS Health Event"]}',
		url: 'https://docs.aws.amazon.com/health/latest/ug/cloudwatch-events-health.html',
		note: 'Exposed credentials are an event on a global service, which comes to us-east-1 (in China to cn-north-1, in GovCloud to us-gov-west-1) and is asked for there alone. Where a rule on the copies that AWS Health sends to a backup Region, such as us-west-2, is what you rely on, mute this.',
	}),
];
