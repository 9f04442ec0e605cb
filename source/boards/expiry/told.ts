import type {Inputs} from '../../model/index.js';
import type {EventRoutes, Route, Routing} from '../../services/eventbridge/rules/routing.js';
import type {Told} from './end.js';
import {byAction, refusalsInWords, type Unread} from './refused.js';

const routingType = 'AWS::Events::Routing';

/** A sort of event by which somebody could hear of an end. */
export type Sort = {
	readonly topic: keyof NonNullable<Routing['topics']>;
	/** EventBridge's own name for it here, as its topics name their events. */
	readonly event: string;
	/** What is to be said against it where it is routed: that it comes late. */
	readonly late?: string;
};

/** Why nobody could be told, whatever EventBridge routes. */
type Answered = {readonly told: Told; readonly unread: Unread};

const isLive = ({isEnabled, targetArns = [], dependsOn}: Route): boolean =>
	isEnabled === true && targetArns.length > 0 && dependsOn.length === 0;

const mayBeLive = ({isEnabled, targetArns}: Route): boolean => isEnabled !== false && targetArns?.length !== 0;

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** `sns alerts`, `event bus default of account 999988887777`. */
const targetInWords = (arn: string, ownAccountId: string): string => {
	const [, , service = '', , accountId = '', ...rest] = arn.split(':');
	const name = rest.join(':').split(/[/:]/u).at(-1) ?? '';
	const foreign = accountId !== '' && accountId !== ownAccountId ? ` of account ${accountId}` : '';
	return `${service === 'events' ? 'event bus' : service} ${name}${foreign}`.trim();
};

/** What is nearly there: rules that match and are disabled, or have no target. */
const nearInWords = (routes: readonly Route[]): string => {
	const disabled = unique(routes.flatMap(({isEnabled, ruleName}) => (isEnabled === false ? ruleName : [])));
	const idle = unique(
		routes.flatMap(({isEnabled, targetArns, ruleName}) => (isEnabled !== false && targetArns?.length === 0 ? ruleName : [])),
	);
	return [
		...(disabled.length === 0 ? [] : [`${disabled.join(', ')} is disabled`]),
		...(idle.length === 0 ? [] : [`${idle.join(', ')} has no target`]),
	].join(', ');
};

/**
 * Answers who hears of an event in a Region. Of several sorts one is enough, and the first that is routed is named: those
 * that come in time go first.
 */
export const createTold = (inputs: Inputs) => {
	const regions = new Map(inputs.of<Routing>(routingType).map(({resource}) => [resource.awsRegion, resource]));

	const answer = (sorts: readonly [Sort, ...Sort[]], awsRegion: string): Answered => {
		const [{event}] = sorts;
		const routing = regions.get(awsRegion);
		const topics = routing?.configuration.topics;
		const unknown = (because: string, unread: Unread): Answered => ({told: {event, verdict: 'unknown', by: [], to: [], because}, unread});
		if (topics === undefined) {
			const unread = byAction([routing?.unread['ListRules'] ?? inputs.gap('eventbridge', ['ListRules'], awsRegion)]);
			return unknown(refusalsInWords(unread)[0] ?? `the rules of EventBridge in ${awsRegion} are not known`, unread);
		}

		const routes = sorts.flatMap(sort => {
			const found: EventRoutes | undefined = topics[sort.topic].find(one => one.event === sort.event);
			return (found?.routes ?? []).map(route => ({sort, route}));
		});
		const first = routes.find(({route}) => isLive(route));
		if (first !== undefined) {
			const live = routes.flatMap(({sort, route}) => (sort === first.sort && isLive(route) ? route : []));
			const targets = live.flatMap(({targetArns = []}) => targetArns);
			return {
				told: {
					event: first.sort.event,
					verdict: 'told',
					by: unique(live.map(({ruleName}) => ruleName)),
					to: unique(targets.map(arn => targetInWords(arn, inputs.accountId))),
					...(first.sort.late !== undefined && {because: first.sort.late}),
				},
				unread: {},
			};
		}

		const doubt = routes.map(({route}) => route).find(mayBeLive);
		if (doubt === undefined) {
			const near = nearInWords(routes.map(({route}) => route));
			const because = near === '' ? `no rule of EventBridge in ${awsRegion} routes ${event}` : near;
			return {told: {event, verdict: 'nobody', by: [], to: [], because}, unread: {}};
		}

		const {ruleName, dependsOn, targetArns} = doubt;
		if (dependsOn.length > 0) {
			return unknown(`whether ${ruleName} matches ${event} depends on ${dependsOn.join(', ')}`, {});
		}

		const unread = targetArns === undefined ? byAction([inputs.gap('eventbridge', ['ListTargetsByRule'], awsRegion)]) : {};
		const [refused] = refusalsInWords(unread);
		return unknown(
			targetArns === undefined
				? `the targets of ${ruleName} are not known${refused === undefined ? '' : `: ${refused}`}`
				: `whether ${ruleName} is enabled is not known`,
			unread,
		);
	};

	const known = new Map<string, Answered>();
	return (sorts: readonly [Sort, ...Sort[]], awsRegion: string): Answered => {
		const key = `${awsRegion} ${sorts.map(({event}) => event).join()}`;
		const before = known.get(key) ?? answer(sorts, awsRegion);
		known.set(key, before);
		return before;
	};
};

export type ToldOf = ReturnType<typeof createTold>;
