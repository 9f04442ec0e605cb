import {matchPattern, readPattern} from './pattern.js';
import {type TopicId, topicIds, topics} from './topics.js';

/** Made up: what one Region's default event bus does with what it should tell somebody. */
export const routingType = 'AWS::Events::Routing';

/** A rule that matches events of a sort. */
export type Route = {
	readonly ruleName: string;
	readonly ruleArn: string;
	/** Absent where its state is not known. */
	readonly isEnabled?: boolean;
	/** The ARNs of its targets; absent where they could not be read, or were not since it is disabled. */
	readonly targetArns?: readonly string[];
	/** Members by which it narrows the events in a way that cannot be judged, as `detail.type`; empty where it surely matches. */
	readonly dependsOn: readonly string[];
};

/** A sort of event, and the rules of the default bus that match it, disabled ones included. */
export type EventRoutes = {readonly event: string; readonly matters: boolean; readonly routes: readonly Route[]};

export type Routing = {
	/** How many rules the default bus has, of any purpose. */
	readonly ruleCount?: number;
	/** Absent where the rules could not be listed. */
	readonly topics?: Readonly<Record<TopicId, readonly EventRoutes[]>>;
};

/** What a rule asks for: its pattern as written, and where it stands. */
export type Asked = {readonly pattern: string | undefined; readonly accountId: string; readonly awsRegion: string};

/** A sort of event that a rule matches, or may match. */
export type Concern = {readonly topic: TopicId; readonly event: string; readonly dependsOn: readonly string[]};

/** The events of our topics that a rule concerns. A pattern that cannot be read may concern any. */
export const concernsOf = ({pattern: text, accountId, awsRegion}: Asked): readonly Concern[] => {
	const pattern = text === undefined ? undefined : readPattern(text);
	return topicIds.flatMap(topic =>
		topics[topic].events.flatMap(({name, samples}): readonly Concern[] => {
			if (pattern === undefined) {
				return [{topic, event: name, dependsOn: ['its pattern']}];
			}

			const matches = samples.map(sample => matchPattern(pattern, {...sample, account: accountId, region: awsRegion, version: '0'}));
			if (matches.some(match => match.matches === 'yes')) {
				return [{topic, event: name, dependsOn: []}];
			}

			const dependsOn = [...new Set(matches.flatMap(match => match.dependsOn))];
			return dependsOn.length === 0 ? [] : [{topic, event: name, dependsOn}];
		}),
	);
};

/** Every topic's events with the rules that match them. */
export const routesOf = (
	rules: ReadonlyArray<Omit<Route, 'dependsOn'> & {readonly concerns: readonly Concern[]}>,
): NonNullable<Routing['topics']> => {
	const of = (topic: TopicId): readonly EventRoutes[] =>
		topics[topic].events.map(({name, matters}) => ({
			event: name,
			matters,
			routes: rules.flatMap(({concerns, ...rule}) =>
				concerns.filter(concern => concern.topic === topic && concern.event === name).map(({dependsOn}): Route => ({...rule, dependsOn})),
			),
		}));
	return {
		guardduty: of('guardduty'),
		inspector: of('inspector'),
		macie: of('macie'),
		securityhub: of('securityhub'),
		certificates: of('certificates'),
		secrets: of('secrets'),
		parameters: of('parameters'),
		keys: of('keys'),
		health: of('health'),
	};
};

/** Somebody is told: an enabled rule surely matches and has a target. */
export const isLive = ({isEnabled, targetArns = [], dependsOn}: Route): boolean =>
	isEnabled === true && targetArns.length > 0 && dependsOn.length === 0;

/** It might be live, were it known what is not. */
export const mayBeLive = ({isEnabled, targetArns}: Route): boolean => isEnabled !== false && targetArns?.length !== 0;

/** `sns alerts` of `arn:aws:sns:eu-west-1:123456789012:alerts`; the account too, where it is another. */
export const targetInWords = (arn: string, ownAccountId: string): string => {
	const [, , service = '', , accountId = '', ...rest] = arn.split(':');
	const name = rest.join(':').split(/[/:]/u).at(-1) ?? '';
	const foreign = accountId !== '' && accountId !== ownAccountId ? ` of account ${accountId}` : '';
	return `${service === 'events' ? 'event bus' : service} ${name}${foreign}`.trim();
};
