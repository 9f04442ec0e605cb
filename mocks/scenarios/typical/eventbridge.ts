import {busTarget, type EbRule, type EbState, eventRule, functionTarget, schedule, topicTarget} from '../../services/eventbridge-state.js';
import type {Place, Populate, Timeline} from '../scenario.js';

const finding = {
	guardduty: {source: ['aws.guardduty'], 'detail-type': ['GuardDuty Finding']},
	inspector: {source: ['aws.inspector2'], 'detail-type': ['Inspector2 Finding']},
	macie: {source: ['aws.macie'], 'detail-type': ['Macie Finding']},
	securityhub: {source: ['aws.securityhub'], 'detail-type': ['Security Hub Findings - Imported']},
};
const expiry = {source: ['aws.acm'], 'detail-type': ['ACM Certificate Approaching Expiration']};

const northVirginia = (place: Place): EbRule[] => [
	eventRule(place, 'guardduty-high-to-slack', {...finding.guardduty, detail: {severity: [{numeric: ['>=', 7]}]}}),
	eventRule(
		place,
		'guardduty-miners-stop',
		{...finding.guardduty, detail: {type: [{prefix: 'CryptoCurrency:'}]}},
		{
			Description: 'Stops instances that mine',
			targets: [functionTarget(place, 'quarantine', 'quarantine-dead-letters')],
		},
	),
	eventRule(
		place,
		'securityhub-to-tickets',
		{...finding.securityhub, detail: {findings: {Severity: {Label: ['CRITICAL', 'HIGH']}}}},
		{
			targets: [functionTarget(place, 'open-ticket', 'tickets-dead-letters')],
		},
	),
	eventRule(
		place,
		'inspector-critical',
		{...finding.inspector, detail: {severity: ['CRITICAL']}},
		{
			refused: {ListTargetsByRule: 'no-identity-based-policy'},
		},
	),
	eventRule(
		place,
		'macie-to-privacy-team',
		{...finding.macie, detail: {severity: {description: ['High']}}},
		{
			targets: [topicTarget(place, 'privacy')],
		},
	),
	// Somebody was tired of a mail a day.
	eventRule(place, 'acm-expiry', expiry, {State: 'DISABLED', Description: 'off until the wildcard is renewed'}),
	eventRule(place, 'kms-deletion', {source: ['aws.kms'], 'detail-type': ['KMS CMK Deletion']}),
	eventRule(place, 'secrets-changed', {
		source: ['aws.secretsmanager'],
		'detail-type': ['AWS API Call via CloudTrail'],
		detail: {eventSource: ['secretsmanager.amazonaws.com'], eventName: ['DeleteSecret', 'PutResourcePolicy']},
	}),
	// Its topic was deleted and made anew.
	eventRule(place, 'parameter-notices', {source: ['aws.ssm'], 'detail-type': ['Parameter Store Policy Action']}, {targets: []}),
	eventRule(place, 'health-to-chat', {source: ['aws.health']}, {targets: [topicTarget(place, 'chat-ops', 'chat-dead-letters')]}),
	// Nothing of ours.
	eventRule(place, 'instances-changed', {source: ['aws.ec2'], 'detail-type': ['EC2 Instance State-change Notification']}),
	eventRule(place, 'console-logins', {'detail-type': ['AWS Console Sign In via CloudTrail'], detail: {eventName: ['ConsoleLogin']}}),
	eventRule(
		place,
		'AutoScalingManagedRule',
		{source: ['aws.ec2'], 'detail-type': ['EC2 Instance Rebalance Recommendation']},
		{ManagedBy: 'autoscaling.amazonaws.com'},
	),
	schedule(place, 'nightly-report', 'cron(0 3 * * ? *)'),
	schedule(place, 'warm-up', 'rate(5 minutes)'),
];

const ireland = (place: Place): EbRule[] => [
	// Made in 2019, when 8.9 was the highest.
	eventRule(place, 'guardduty-severities', {
		...finding.guardduty,
		detail: {severity: [7, 7.0, 7.1, 7.2, 7.3, 7.4, 7.5, 7.6, 7.7, 7.8, 7.9, 8, 8.0, 8.1, 8.2, 8.3, 8.4, 8.5, 8.6, 8.7, 8.8, 8.9]},
	}),
	eventRule(place, 'acm-expiry', expiry),
	// For Inspector Classic, from which nothing comes any more.
	eventRule(place, 'inspector-old', {source: ['aws.inspector']}),
	eventRule(place, 'parameters', {source: ['aws.ssm'], 'detail-type': [{prefix: 'Parameter Store'}]}),
	eventRule(place, 'keys', {source: ['aws.kms'], 'detail-type': [{'anything-but': 'KMS CMK Rotation'}]}),
	eventRule(place, 'secret-rotation', {
		source: ['aws.secretsmanager'],
		$or: [
			{'detail-type': ['AWS Service Event via CloudTrail'], detail: {eventName: [{prefix: 'Rotation'}]}},
			{'detail-type': ['AWS API Call via CloudTrail'], detail: {eventName: ['DeleteSecret']}},
		],
	}),
];

/** The organisation's newest Region: everything goes to the security account, and what cannot be delivered is kept. */
const london = (place: Place): EbRule[] => [
	eventRule(
		place,
		'forward-to-security',
		{account: [place.accountId], source: [{prefix: 'aws.'}]},
		{targets: [busTarget(place, '999988887777', 'forward-dead-letters')]},
	),
];

/** Milan keeps its rules from readers; in Sydney there are none. */
export const populate: Populate<EbState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {rules: northVirginia(place), refused: {}};
		case 'eu-west-1':
			return {rules: ireland(place), refused: {}};
		case 'eu-south-1':
			return {rules: [], refused: {ListRules: 'explicit-deny-in-permissions-boundary'}};
		case 'eu-west-2':
			return {rules: london(place), refused: {}};
		default:
			return undefined;
	}
};

const change = (state: EbState, name: string, facts: Partial<EbRule>): void => {
	state.rules = state.rules.map(one => (one.Name === name ? {...one, ...facts} : one));
};

/** A rule loses its use and gets it back, another is enabled for a while. */
export const timeline: Timeline<EbState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 60,
			what: 'the rule acm-expiry is enabled again',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'acm-expiry', {State: 'ENABLED'}),
		},
		{
			atSeconds: 150,
			what: 'somebody disables guardduty-high-to-slack',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'guardduty-high-to-slack', {State: 'DISABLED'}),
		},
		{
			atSeconds: 200,
			what: 'somebody disables health-to-chat',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'health-to-chat', {State: 'DISABLED'}),
		},
		{
			atSeconds: 250,
			what: 'health-to-chat is enabled again',
			awsRegion: 'us-east-1',
			apply: state => change(state, 'health-to-chat', {State: 'ENABLED'}),
		},
		{
			atSeconds: 280,
			what: 'guardduty-high-to-slack is enabled, acm-expiry disabled',
			awsRegion: 'us-east-1',
			apply(state) {
				change(state, 'guardduty-high-to-slack', {State: 'ENABLED'});
				change(state, 'acm-expiry', {State: 'DISABLED'});
			},
		},
	],
};
