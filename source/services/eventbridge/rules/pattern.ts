import {all, any, fits, isRecord, listOf, type Match, no, operators, perhaps, sure, yes} from './operators.js';

/**
 * EventBridge's event patterns, asked whether they match a sort of event of which some members are known and others differ
 * from event to event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html;
 * where that is silent, as the matcher that AWS publishes does: https://github.com/aws/event-ruler
 */

export type Pattern = Readonly<Record<string, unknown>>;

/**
 * An event as far as it is the same for all of its sort. Members of `detail` that it lacks differ from event to event,
 * and so do `id`, `time` and `resources`.
 */
export type SampleEvent = {
	readonly source: string;
	readonly 'detail-type': string;
	readonly account: string;
	readonly region: string;
	readonly version: '0';
	readonly detail: Readonly<Record<string, unknown>>;
};

/** What a member of an event is: values, something that differs from event to event, or nothing. */
type Member = {readonly is: 'values'; readonly values: readonly unknown[]} | {readonly is: 'varying' | 'absent'};

const varying = new Set(['id', 'time', 'resources']);

// Members of a CloudTrail record, which no other event has: patterns on API calls often ask for nothing else.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
const trailMembers = new Set([
	...['eventName', 'eventSource', 'eventType', 'eventCategory', 'userIdentity', 'requestParameters', 'responseElements'],
	...['errorCode', 'errorMessage', 'sourceIPAddress', 'userAgent', 'readOnly', 'managementEvent'],
]);

/** Whether a member that the sample lacks may be in events of its sort. */
const varies = (path: string, {'detail-type': type}: SampleEvent): boolean => {
	const [top, member = ''] = path.split('.');
	return top === 'detail' && member !== '' ? type.endsWith(' via CloudTrail') || !trailMembers.has(member) : varying.has(path);
};

const memberOf = (within: unknown, name: string, path: string, event: SampleEvent): Member => {
	const value = isRecord(within) && Object.hasOwn(within, name) ? within[name] : undefined;
	return value === undefined ? {is: varies(path, event) ? 'varying' : 'absent'} : {is: 'values', values: listOf(value)};
};

const isExistence = (condition: unknown, wanted: boolean): boolean => isRecord(condition) && condition['exists'] === wanted;

const leaf = (conditions: readonly unknown[], member: Member, path: string): Match => {
	if (member.is === 'varying') {
		// Each event has an id and a time.
		const isAlways = path !== 'resources' && !path.startsWith('detail.') && conditions.some(condition => isExistence(condition, true));
		return conditions.length === 0 ? no : isAlways ? yes : perhaps(path);
	}

	// `exists` looks at leaves alone: of a member with members it says that there is none.
	const values = member.is === 'values' ? member.values.filter(value => !isRecord(value)) : [];
	return values.length === 0
		? sure(conditions.some(condition => isExistence(condition, false)))
		: any(values.flatMap(value => conditions.map(condition => fits(condition, value, path))));
};

// AWS allows 2,048 characters in a pattern; deeper than this is no pattern of AWS's.
const maxDepth = 64;

const reserved = new Set([...Object.keys(operators), 'cidr']);
const isOr = (name: string, value: unknown): value is readonly Pattern[] =>
	name === '$or' &&
	Array.isArray(value) &&
	value.length > 1 &&
	value.every(one => isRecord(one) && Object.keys(one).every(key => !reserved.has(key)));

const matchAt = (pattern: Pattern, within: unknown, above: string, depth: number, event: SampleEvent): Match => {
	if (depth > maxDepth) {
		return perhaps(above);
	}

	return all(
		Object.entries(pattern).map(([name, wanted]) => {
			if (isOr(name, wanted)) {
				return any(wanted.map(one => matchAt(one, within, above, depth + 1, event)));
			}

			const path = above === '' ? name : `${above}.${name}`;
			const member = memberOf(within, name, path, event);
			if (Array.isArray(wanted)) {
				return leaf(wanted, member, path);
			}

			if (!isRecord(wanted)) {
				return perhaps(path);
			}

			// A list of structures matches if one of them does.
			return member.is === 'values'
				? any(member.values.map(value => matchAt(wanted, value, path, depth + 1, event)))
				: matchAt(wanted, {}, path, depth + 1, event);
		}),
	);
};

/** Whether a pattern matches events of this sort: all of them, none, or it depends. */
export const matchPattern = (pattern: Pattern, event: SampleEvent): Match => matchAt(pattern, event, '', 0, event);

/** The pattern of a text; undefined where it is none. */
export const readPattern = (text: string): Pattern | undefined => {
	try {
		const pattern: unknown = JSON.parse(text);
		return isRecord(pattern) ? pattern : undefined;
	} catch {
		return undefined;
	}
};

const inWords = (condition: unknown): string => {
	if (!isRecord(condition)) {
		return String(condition);
	}

	const {prefix, wildcard} = condition;
	return typeof prefix === 'string' ? `${prefix}*` : typeof wildcard === 'string' ? wildcard : JSON.stringify(condition);
};

/** What a pattern asks of a member at its top, for people: `aws.guardduty`, `aws.*`, `{"anything-but":"aws.s3"}`. */
export const askedOf = (pattern: Pattern, member: 'source' | 'detail-type'): readonly string[] => {
	const wanted = pattern[member];
	return Array.isArray(wanted) ? wanted.map(inWords) : [];
};
