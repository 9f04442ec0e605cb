import {type Answer, type Resource, type Rule, unpublished} from '../../../model/index.js';
import {type Concern, targetInWords} from './routing.js';
import {topicIds, topics} from './topics.js';

/** CloudFormation's name. */
export const ruleType = 'AWS::Events::Rule';

export type Target = {
	readonly id: string;
	readonly arn: string;
	/** The queue for what could not be delivered; null where it has none. */
	readonly deadLetterArn: string | null;
};

/** A rule of the default event bus that concerns one of our topics. Members that are absent were not told. */
export type EventRule = {
	/** `ENABLED`, `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS` or `DISABLED`. */
	readonly state?: string;
	readonly description?: string;
	/** The event pattern as written: JSON. */
	readonly pattern?: string;
	/** What it asks of an event's source and type, for people; empty where it asks nothing. */
	readonly sources: readonly string[];
	readonly detailTypes: readonly string[];
	/** The AWS service that made it and looks after it. */
	readonly managedBy?: string;
	/** The events of our topics that it matches, or may match. */
	readonly concerns: readonly Concern[];
	/** By ListTargetsByRule, of a rule that is not disabled. */
	readonly targets?: readonly Target[];
};

/** Undefined where its state is not known. */
export const isEnabled = ({state}: EventRule): boolean | undefined =>
	state === 'DISABLED' ? false : state?.startsWith('ENABLED') === true ? true : undefined;

/** `GuardDuty findings, Health events`. */
export const topicsInWords = ({concerns}: EventRule): string => {
	const concerned = new Set(concerns.map(({topic}) => topic));
	return concerned.size === topicIds.length ? 'all that is asked for here' : [...concerned].map(topic => topics[topic].title).join(', ');
};

const exemptWhenDisabled = ({configuration}: Resource<EventRule>): string | undefined =>
	isEnabled(configuration) === false ? 'disabled' : undefined;

const oddState = ({state}: EventRule): string =>
	state === undefined ? 'its state was not told' : `its state ${state} is not known to this version`;

/** Of a rule of which it is not known whether it has a target, or whether that matters. */
const unknown = (rule: EventRule): Answer => ({
	verdict: 'UNKNOWN',
	reason: rule.targets === undefined ? 'its targets were not read' : oddState(rule),
});

export const enabled: Rule<EventRule> = {
	id: 'eventbridge-rule-enabled',
	title: 'A rule on findings and expiries is enabled',
	severity: 'LOW',
	published: unpublished,
	rationale: 'Somebody meant to be told of this. A disabled rule looks like a working one in every list, and matches nothing.',
	remediation: {
		text: 'Enable the rule, or delete it if another has taken its place.',
		cli: 'aws events enable-rule --name {name} --region {region}',
		url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-delete-rule.html',
	},
	reads: [],
	evaluate({configuration}) {
		const evidence = {expected: 'State ENABLED', observed: `State ${configuration.state ?? 'absent'}`, operation: 'ListRules'};
		switch (isEnabled(configuration)) {
			case true: {
				return {verdict: 'PASS', reason: `enabled, for ${topicsInWords(configuration)}`, evidence};
			}

			case false: {
				return {verdict: 'FAIL', reason: `disabled, though it is for ${topicsInWords(configuration)}`, evidence};
			}

			default: {
				return {verdict: 'UNKNOWN', reason: oddState(configuration), evidence};
			}
		}
	},
};

export const targeted: Rule<EventRule> = {
	id: 'eventbridge-rule-has-target',
	title: 'A rule on findings and expiries has a target',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A rule without a target matches events and drops them. It is what is left when the target was deleted and made anew.',
	remediation: {
		text: 'Give the rule a target, and let the target’s policy admit events.amazonaws.com.',
		cli: 'aws events put-targets --rule {name} --targets Id=alerts,Arn=TARGET_ARN --region {region}',
		terraform: 'resource "aws_cloudwatch_event_target" "this" {\n  rule = "{name}"\n  arn  = aws_sns_topic.alerts.arn\n}',
		url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html',
	},
	note: 'Whether the target still exists and admits events is not asked: failed deliveries show in the metric FailedInvocations and in a dead-letter queue.',
	reads: ['ListTargetsByRule'],
	exempts: exemptWhenDisabled,
	evaluate({configuration, accountId}) {
		const {targets} = configuration;
		if (targets === undefined || isEnabled(configuration) === undefined) {
			return unknown(configuration);
		}

		const evidence = {
			expected: 'one target or more',
			observed: targets.map(({arn}) => arn).join(', ') || 'no targets',
			operation: 'ListTargetsByRule',
		};
		return targets.length === 0
			? {verdict: 'FAIL', reason: 'it has no target: what it matches goes nowhere', evidence}
			: {verdict: 'PASS', reason: `sends to ${targets.map(({arn}) => targetInWords(arn, accountId)).join(', ')}`, evidence};
	},
};

export const deadLettered: Rule<EventRule> = {
	id: 'eventbridge-rule-dead-letters-kept',
	title: 'What cannot be delivered to a target is kept',
	severity: 'INFORMATIONAL',
	published: unpublished,
	rationale:
		'EventBridge tries for a day at most and then drops the event, unless the target has a dead-letter queue. A finding that was dropped is not sent again.',
	remediation: {
		text: 'Give each target a dead-letter queue in SQS, whose policy admits events.amazonaws.com, and an alarm on its length. The command reads the targets and puts them back as they are, with the queue where they have none.',
		// What is put replaces a target as a whole: its role, its input and how often it is tried again are put back too.
		cli: 'aws events list-targets-by-rule --rule {name} --query \'Targets[].merge(`{"DeadLetterConfig":{"Arn":"QUEUE_ARN"}}`, @)\' --output json --region {region} | aws events put-targets --rule {name} --targets file:///dev/stdin --region {region}',
		terraform:
			'resource "aws_cloudwatch_event_target" "this" {\n  rule = "{name}"\n  arn  = aws_sns_topic.alerts.arn\n\n  dead_letter_config {\n    arn = aws_sqs_queue.dead_letters.arn\n  }\n}',
		url: 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html',
	},
	reads: ['ListTargetsByRule'],
	exempts: exemptWhenDisabled,
	evaluate({configuration, accountId}) {
		const {targets} = configuration;
		if (targets === undefined || isEnabled(configuration) === undefined) {
			return unknown(configuration);
		}

		if (targets.length === 0) {
			return {verdict: 'NOT_APPLICABLE', reason: 'it has no target'};
		}

		const evidence = {
			expected: 'DeadLetterConfig on each target',
			observed: targets.map(({id, deadLetterArn}) => `${id} ${deadLetterArn ?? 'none'}`).join(', '),
			operation: 'ListTargetsByRule',
		};
		const lossy = targets.filter(({deadLetterArn}) => deadLetterArn === null);
		return lossy.length === 0
			? {verdict: 'PASS', reason: 'each target has a dead-letter queue', evidence}
			: {
					verdict: 'FAIL',
					reason: `no dead-letter queue for ${lossy.map(({arn}) => targetInWords(arn, accountId)).join(', ')}`,
					evidence,
				};
	},
};
