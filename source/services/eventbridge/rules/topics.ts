import type {SampleEvent} from './pattern.js';

/** What somebody should be told of, by the service that tells it. */
export const topicIds = [
	'guardduty',
	'inspector',
	'macie',
	'securityhub',
	'certificates',
	'secrets',
	'parameters',
	'keys',
	'health',
] as const;
export type TopicId = (typeof topicIds)[number];

export type TopicEvent = {
	/** Plural, as in "critical findings go nowhere". */
	readonly name: string;
	/** Whether the topic counts as routed only if this is. */
	readonly matters: boolean;
	/** Alternatives: it is routed if a rule matches one of them. */
	readonly samples: ReadonlyArray<Pick<SampleEvent, 'source' | 'detail-type' | 'detail'>>;
};

export type Topic = {
	/** Plural: `GuardDuty findings`. */
	readonly title: string;
	/** The one Region to which the events that matter are sent, by partition; absent where each Region has its own. */
	readonly homes?: Readonly<Record<string, string>>;
	readonly events: readonly TopicEvent[];
};

/** Where a topic's events that matter are sent, if that is another Region than this one. A partition that is not known has no such. */
export const homeElsewhere = (topic: TopicId, arn: string, awsRegion: string): string | undefined => {
	const home = topics[topic].homes?.[arn.split(':')[1] ?? ''];
	return home === awsRegion ? undefined : home;
};

const event = (source: string, type: string, detail: SampleEvent['detail'] = {}) => ({source, 'detail-type': type, detail});

// https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_findings_eventbridge.html: severities are numbers, and people list them one by one.
const guardduty = (...severities: readonly number[]) =>
	severities.map(severity => event('aws.guardduty', 'GuardDuty Finding', {severity, service: {archived: false}}));

// https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
const inspector = (severity: string) => [event('aws.inspector2', 'Inspector2 Finding', {severity, status: 'ACTIVE'})];

// https://docs.aws.amazon.com/macie/latest/user/findings-publish-event-schemas.html
const macie = (description: string, score: number) => [
	event('aws.macie', 'Macie Finding', {severity: {description, score}, archived: false, sample: false}),
];

// https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html and securityhub-v2-cwe-event-formats.html
const securityHub = (label: string) => [
	event('aws.securityhub', 'Security Hub Findings - Imported', {
		findings: [{Severity: {Label: label}, Workflow: {Status: 'NEW'}, RecordState: 'ACTIVE', Compliance: {Status: 'FAILED'}}],
	}),
	event('aws.securityhub', 'Findings Imported V2', {
		findings: [{severity: `${label.charAt(0)}${label.slice(1).toLowerCase()}`, severity_id: label === 'CRITICAL' ? 5 : 4, status: 'New'}],
	}),
];

// https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
const secret = (type: 'AWS API Call via CloudTrail' | 'AWS Service Event via CloudTrail', eventName: string) =>
	event('aws.secretsmanager', type, {eventSource: 'secretsmanager.amazonaws.com', eventName});

/** A day's event each: 45 days before the end at the earliest. https://docs.aws.amazon.com/acm/latest/userguide/supported-events.html */
const daysToExpiry = Array.from({length: 45}, (_, index) =>
	event('aws.acm', 'ACM Certificate Approaching Expiration', {DaysToExpiry: 45 - index}),
);

export const topics: Readonly<Record<TopicId, Topic>> = {
	guardduty: {
		title: 'GuardDuty findings',
		events: [
			{name: 'critical findings', matters: true, samples: guardduty(9, 9.5, 10)},
			{name: 'high findings', matters: true, samples: guardduty(7, 8)},
			{name: 'medium findings', matters: false, samples: guardduty(4, 5)},
			{name: 'low findings', matters: false, samples: guardduty(1, 2)},
		],
	},
	inspector: {
		title: 'Inspector findings',
		events: [
			{name: 'critical findings', matters: true, samples: inspector('CRITICAL')},
			{name: 'high findings', matters: false, samples: inspector('HIGH')},
			{name: 'medium findings', matters: false, samples: inspector('MEDIUM')},
		],
	},
	macie: {
		title: 'Macie findings',
		events: [
			{name: 'high findings', matters: true, samples: macie('High', 3)},
			{name: 'medium findings', matters: false, samples: macie('Medium', 2)},
			{name: 'low findings', matters: false, samples: macie('Low', 1)},
		],
	},
	securityhub: {
		title: 'Security Hub findings',
		events: [
			{name: 'critical findings', matters: true, samples: securityHub('CRITICAL')},
			{name: 'high findings', matters: false, samples: securityHub('HIGH')},
		],
	},
	certificates: {
		title: 'ends of certificates',
		events: [{name: 'ends of certificates', matters: true, samples: daysToExpiry}],
	},
	secrets: {
		title: 'Secrets Manager events',
		events: [
			{name: 'failed rotations', matters: true, samples: [secret('AWS Service Event via CloudTrail', 'RotationFailed')]},
			{name: 'deletions of secrets', matters: true, samples: [secret('AWS API Call via CloudTrail', 'DeleteSecret')]},
			{name: 'changes of secrets’ policies', matters: false, samples: [secret('AWS API Call via CloudTrail', 'PutResourcePolicy')]},
			{name: 'new versions of secrets', matters: false, samples: [event('aws.secretsmanager', 'Secret Label Updated')]},
		],
	},
	// https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-cwe.html
	parameters: {
		title: 'Parameter Store events',
		events: [
			{
				name: 'policies of parameters',
				matters: true,
				samples: [
					event('aws.ssm', 'Parameter Store Policy Action', {'policy-type': 'ExpirationNotification'}),
					event('aws.ssm', 'Parameter Store Policy Action', {'policy-type': 'NoChangeNotification'}),
				],
			},
			{name: 'changes of parameters', matters: false, samples: [event('aws.ssm', 'Parameter Store Change', {operation: 'Update'})]},
			{name: 'deletions of parameters', matters: false, samples: [event('aws.ssm', 'Parameter Store Change', {operation: 'Delete'})]},
		],
	},
	// https://docs.aws.amazon.com/kms/latest/developerguide/kms-events.html
	keys: {
		title: 'KMS events',
		events: [
			{name: 'deletions of keys', matters: true, samples: [event('aws.kms', 'KMS CMK Deletion')]},
			{name: 'ends of imported key material', matters: true, samples: [event('aws.kms', 'KMS Imported Key Material Expiration')]},
			{
				name: 'deletions of keys being scheduled',
				matters: false,
				samples: [event('aws.kms', 'AWS API Call via CloudTrail', {eventSource: 'kms.amazonaws.com', eventName: 'ScheduleKeyDeletion'})],
			},
			{name: 'rotations of keys', matters: false, samples: [event('aws.kms', 'KMS CMK Rotation')]},
		],
	},
	// https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html
	health: {
		title: 'Health events',
		// Exposed credentials are those of IAM, which is in no Region: https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
		homes: {aws: 'us-east-1', 'aws-cn': 'cn-north-1', 'aws-us-gov': 'us-gov-west-1'},
		events: [
			{
				name: 'exposed credentials',
				matters: true,
				samples: [
					event('aws.health', 'AWS Health Event', {
						service: 'RISK',
						eventTypeCode: 'AWS_RISK_CREDENTIALS_EXPOSED',
						eventTypeCategory: 'issue',
						eventScopeCode: 'ACCOUNT_SPECIFIC',
						statusCode: 'open',
					}),
				],
			},
			{
				name: 'certificates that cannot be renewed',
				matters: false,
				samples: [
					event('aws.health', 'AWS Health Event', {
						service: 'ACM',
						eventTypeCode: 'AWS_ACM_RENEWAL_STATE_CHANGE',
						eventTypeCategory: 'scheduledChange',
						eventScopeCode: 'ACCOUNT_SPECIFIC',
						statusCode: 'open',
					}),
				],
			},
		],
	},
};
