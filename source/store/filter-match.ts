import {type FindingSource, type Mark, type ReportedFinding, type Severity, severities, type Verdict} from '../model/index.js';
import type {Filter, FilterField, Operator} from './filter.js';
import {compileGlob} from './glob.js';

/** What a filter can ask about: a row before it is a row. */
export type Subject = {
	readonly name: string;
	/** The entry's key, which ends in the id. */
	readonly key: string;
	readonly reason: string;
	readonly awsRegion: string;
	readonly accountId: string;
	readonly service: string;
	/** Resource type and title, as one text. */
	readonly kind: string;
	readonly ruleId: string;
	readonly source: FindingSource;
	readonly verdict: Verdict;
	/** Of a failure, or of what is kept apart; undefined for all else, so that `sev` finds failures only. */
	readonly severity: Severity | undefined;
	readonly state: ReportedFinding['recordState'];
	readonly marks: readonly Mark[];
	readonly sinceMs: number;
	readonly stale: boolean;
	readonly muted: boolean;
};

/** Something is `new` for a day. */
export const newForMs = 24 * 60 * 60 * 1000;

type Test = (subject: Subject) => boolean;

const containing = (value: string): ((text: string) => boolean) => {
	if (value.includes('*')) {
		return compileGlob(value);
	}

	const lower = value.toLowerCase();
	return text => text.toLowerCase().includes(lower);
};

const compileWord = (value: string): Test => {
	const lower = value.toLowerCase();
	const holds = (text: string): boolean => text.toLowerCase().includes(lower);
	return subject =>
		holds(subject.name) ||
		holds(subject.key) ||
		holds(subject.reason) ||
		holds(subject.awsRegion) ||
		holds(subject.ruleId) ||
		subject.marks.some(mark => mark.includes(lower));
};

const compileSeverity = (operator: Operator, value: string): Test => {
	const rank = (severity: string): number => severities.findIndex(known => known.toLowerCase() === severity.toLowerCase());
	const wanted = rank(value);
	const compare: Readonly<Record<Operator, (actual: number) => boolean>> = {
		':': actual => actual === wanted,
		'>=': actual => actual >= wanted,
		'<=': actual => actual <= wanted,
		'>': actual => actual > wanted,
		'<': actual => actual < wanted,
	};
	return ({severity}) => severity !== undefined && compare[operator](rank(severity));
};

const compileValue = (field: FilterField, operator: Operator, value: string, nowMs: number): Test => {
	switch (field) {
		case 'sev': {
			return compileSeverity(operator, value);
		}

		case 'verdict': {
			return ({verdict}) => verdict.toLowerCase() === value;
		}

		case 'mark': {
			return ({marks: carried}) => carried.some(mark => mark === value);
		}

		case 'state': {
			return ({state}) => state === value;
		}

		case 'source': {
			return ({source}) => source === value;
		}

		case 'is': {
			return value === 'new' ? ({sinceMs}) => nowMs - sinceMs <= newForMs : value === 'stale' ? ({stale}) => stale : ({muted}) => muted;
		}

		default: {
			const holds = containing(value);
			const text = {
				region: ({awsRegion}: Subject) => awsRegion,
				account: ({accountId}: Subject) => accountId,
				service: ({service}: Subject) => service,
				kind: ({kind}: Subject) => kind,
				rule: ({ruleId}: Subject) => ruleId,
				name: ({name}: Subject) => name,
			}[field];
			return subject => holds(text(subject));
		}
	}
};

/** The filter as a function. `nowMs` decides what is new. */
export const compileFilter = ({terms}: Filter, nowMs: number): Test => {
	const tests = terms.map((term): Test => {
		const any =
			term.field === 'word' ? [compileWord(term.value)] : term.values.map(value => compileValue(term.field, term.operator, value, nowMs));
		const holds: Test = subject => any.some(test => test(subject));
		return term.negated ? subject => !holds(subject) : holds;
	});
	return subject => tests.every(test => test(subject));
};

/** Whether the filter asks about a field, or about one value of it. */
export const mentions = ({terms}: Filter, field: FilterField, value?: string): boolean =>
	terms.some(term => term.field === field && (value === undefined || term.values.includes(value)));
