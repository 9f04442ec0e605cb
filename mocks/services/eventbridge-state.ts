import type {Rule, Target} from '@aws-sdk/client-eventbridge';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

/** A rule of the default event bus, and what it sends to. */
export type EbRule = Rule & {
	readonly Name: string;
	readonly targets: readonly Target[];
	/** Operations on it that are refused, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

export type EbState = {
	rules: readonly EbRule[];
	/** Operations that are refused here, and why. */
	readonly refused: Readonly<Record<string, DenialReason>>;
};

type Facts = Partial<Omit<EbRule, 'Name'>>;

/** An SNS topic as a target, without a dead-letter queue unless one is named. */
export const topicTarget = (place: Place, name: string, deadLetters?: string): Target => ({
	Id: name,
	Arn: place.arn('sns', name),
	...(deadLetters !== undefined && {DeadLetterConfig: {Arn: place.arn('sqs', deadLetters)}}),
});

export const functionTarget = (place: Place, name: string, deadLetters?: string): Target => ({
	...topicTarget(place, name, deadLetters),
	Arn: place.arn('lambda', `function:${name}`),
});

/** The default bus of another account of the organisation, where all of them are watched. */
export const busTarget = (place: Place, accountId: string, deadLetters?: string): Target => ({
	...topicTarget(place, 'security-bus', deadLetters),
	Arn: `arn:${place.partition}:events:${place.awsRegion}:${accountId}:event-bus/default`,
	RoleArn: `arn:${place.partition}:iam::${place.accountId}:role/forward-events`,
});

/** An enabled rule that sends what its pattern matches to the topic `alerts`; `facts` say what differs. */
export const eventRule = (place: Place, name: string, pattern: object, facts: Facts = {}): EbRule => ({
	Name: name,
	Arn: place.arn('events', `rule/${name}`),
	EventPattern: JSON.stringify(pattern),
	State: 'ENABLED',
	EventBusName: 'default',
	targets: [topicTarget(place, 'alerts')],
	refused: {},
	...facts,
});

/** A rule that runs by the clock. */
export const schedule = (place: Place, name: string, ScheduleExpression: string): EbRule => {
	const {EventPattern: _, ...rest} = eventRule(place, name, {}, {targets: [functionTarget(place, name)]});
	return {...rest, ScheduleExpression};
};
