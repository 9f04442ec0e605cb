import type {CommandOutput} from '../../../model/index.js';
import type {DataEvents, Management, Recorder} from '../rules/trail.js';
import type {Commands} from './commands.js';

type Answer = CommandOutput<Commands['GetEventSelectors']>;
type Basic = NonNullable<Answer['EventSelectors']>[number];
type Advanced = NonNullable<Answer['AdvancedEventSelectors']>[number];
type Field = NonNullable<Advanced['FieldSelectors']>[number];

const kms = 'kms.amazonaws.com';

/** One selector's part of the management events. */
type Taken = {readonly reads: boolean; readonly writes: boolean; takes(source: string): boolean; readonly narrowedBy: readonly string[]};

const managementOf = (taken: readonly Taken[], sources: readonly string[]): Management => {
	const whole = taken.filter(({narrowedBy}) => narrowedBy.length === 0);
	const reads = whole.some(one => one.reads);
	const writes = whole.some(one => one.writes);
	// A selector for one source alone takes in all that happens there.
	const ofSource = (source: string): readonly Taken[] =>
		taken.filter(one => one.takes(source) && one.narrowedBy.every(field => field === 'eventSource'));
	const named = [...new Set(sources)];
	return {
		reads,
		writes,
		readsWithout: reads ? named.filter(source => !ofSource(source).some(one => one.reads)) : [],
		writesWithout: writes ? named.filter(source => !ofSource(source).some(one => one.writes)) : [],
		kmsReads: ofSource(kms).some(one => one.reads),
		kmsWrites: ofSource(kms).some(one => one.writes),
		excludedSources: taken.length === 0 ? [] : named.filter(source => taken.every(one => !one.takes(source))),
		narrowedBy: [...new Set(taken.flatMap(({narrowedBy}) => narrowedBy))],
	};
};

const halves = (type: string | undefined): {readonly reads: boolean; readonly writes: boolean} | undefined => {
	switch (type) {
		case undefined:
		case 'All': {
			return {reads: true, writes: true};
		}

		case 'ReadOnly': {
			return {reads: true, writes: false};
		}

		case 'WriteOnly': {
			return {reads: false, writes: true};
		}

		default: {
			return undefined;
		}
	}
};

/** `arn:aws:s3`, `arn:aws:lambda` or `arn:aws:dynamodb`, also written with colons behind: all resources of the type. */
const isEverything = (value: string): boolean => /^arn:[\w-]+:(?:s3|lambda|dynamodb):*$/u.test(value);

const readBasic = (selectors: readonly Basic[]): Pick<Recorder, 'management' | 'dataEvents'> | undefined => {
	const taken: Taken[] = [];
	const dataEvents: DataEvents[] = [];
	const sources: string[] = [];
	for (const {ReadWriteType, IncludeManagementEvents, ExcludeManagementEventSources = [], DataResources = []} of selectors) {
		const half = halves(ReadWriteType);
		if (half === undefined) return undefined;
		// "By default, the value is true": https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
		if (IncludeManagementEvents !== false) {
			sources.push(...ExcludeManagementEventSources);
			taken.push({...half, takes: source => !ExcludeManagementEventSources.includes(source), narrowedBy: []});
		}

		for (const {Type, Values = []} of DataResources) {
			if (Type !== undefined) dataEvents.push({resourceType: Type, ...half, everything: Values.some(isEverything)});
		}
	}

	return {management: managementOf(taken, sources), dataEvents};
};

const matches = (value: string, {Equals, NotEquals, StartsWith, NotStartsWith, EndsWith, NotEndsWith}: Field): boolean =>
	(Equals === undefined || Equals.includes(value)) &&
	(NotEquals === undefined || !NotEquals.includes(value)) &&
	(StartsWith === undefined || StartsWith.some(part => value.startsWith(part))) &&
	(NotStartsWith === undefined || !NotStartsWith.some(part => value.startsWith(part))) &&
	(EndsWith === undefined || EndsWith.some(part => value.endsWith(part))) &&
	(NotEndsWith === undefined || !NotEndsWith.some(part => value.endsWith(part)));

/** Whether it leaves out sources by name, and by nothing else. */
const isExclusion = ({Equals, StartsWith, NotStartsWith, EndsWith, NotEndsWith}: Field): boolean =>
	[Equals, StartsWith, NotStartsWith, EndsWith, NotEndsWith].every(values => values === undefined);

/** Selectors are joined by or, the fields of one by and. */
const readAdvanced = (selectors: readonly Advanced[]): Pick<Recorder, 'management' | 'dataEvents'> | undefined => {
	const taken: Taken[] = [];
	const dataEvents: DataEvents[] = [];
	const sources: string[] = [];
	for (const {FieldSelectors = []} of selectors) {
		const fields = (name: string): readonly Field[] => FieldSelectors.filter(({Field: field}) => field === name);
		const takes = (name: string, value: string): boolean => fields(name).every(field => matches(value, field));
		const half = {reads: takes('readOnly', 'true'), writes: takes('readOnly', 'false')};
		const categories = fields('eventCategory').flatMap(({Equals = []}) => Equals);
		if (categories.length === 0) return undefined;
		const others = (...known: readonly string[]): readonly string[] =>
			FieldSelectors.flatMap(({Field: field}) => (field === undefined || known.includes(field) ? [] : [field]));
		if (categories.includes('Management')) {
			sources.push(...fields('eventSource').flatMap(({NotEquals = []}) => NotEquals));
			taken.push({
				...half,
				takes: source => takes('eventSource', source),
				narrowedBy: [
					...others('eventCategory', 'readOnly', 'eventSource'),
					...(fields('eventSource').every(isExclusion) ? [] : ['eventSource']),
				],
			});
		} else if (categories.includes('Data')) {
			const everything = others('eventCategory', 'readOnly', 'resources.type').length === 0;
			for (const resourceType of fields('resources.type').flatMap(({Equals = []}) => Equals)) {
				dataEvents.push({resourceType, ...half, everything});
			}
		}
	}

	return {management: managementOf(taken, sources), dataEvents};
};

/** What a trail takes in by its selectors, of either sort; undefined where they are not to be understood. */
export const readSelectors = ({
	EventSelectors,
	AdvancedEventSelectors,
}: Answer): Pick<Recorder, 'management' | 'dataEvents'> | undefined => {
	if (AdvancedEventSelectors !== undefined && AdvancedEventSelectors.length > 0) return readAdvanced(AdvancedEventSelectors);
	return EventSelectors === undefined ? undefined : readBasic(EventSelectors);
};
