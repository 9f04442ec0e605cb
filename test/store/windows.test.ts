import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
	type Counts,
	type Entry,
	type Mute,
	type ReportedFinding,
	type Row,
	type SortKey,
	severities,
	urgency,
	verdicts,
} from '../../source/model/index.js';
import {parseFilter, recordStates} from '../../source/store/filter.js';
import {compileFilter, type Subject} from '../../source/store/filter-match.js';
import {compileMutes} from '../../source/store/mutes.js';
import {judgementRow, type RowContext, reportedRow, rowOf} from '../../source/store/row.js';
import {Titles} from '../../source/store/titles.js';
import {at, catalogue, finding, guardduty, header, judgement, kms, nobody, now, resource} from './fixtures.js';
import {openTestStore, temporaryDirectory} from './temporary.js';

const nowMs = Date.parse(now);
const titles = new Titles(catalogue);

const ruleIds = ['kms-a', 'kms-b', 'kms-c'] as const;
const regions = ['eu-west-1', 'us-east-1'] as const;
const minutes = fc.integer({min: -3000, max: -1});

const resourceEntry = fc
	.record({
		id: fc.integer({min: 0, max: 25}),
		awsRegion: fc.constantFrom(...regions),
		answers: fc.uniqueArray(
			fc.record({
				rule: fc.constantFrom(...ruleIds),
				verdict: fc.constantFrom(...verdicts),
				severity: fc.constantFrom(...severities),
				since: minutes,
			}),
			{selector: ({rule}) => rule, maxLength: 3},
		),
		due: fc.array(fc.integer({min: -100, max: 100}), {maxLength: 2}),
		name: fc.constantFrom('alpha', 'Beta', 'gamma', 'prod/x'),
	})
	.map(
		({id, awsRegion, answers, due, name}): Entry =>
			resource(
				`k${id}`,
				answers.map(({rule, verdict, severity, since}) => judgement(rule, verdict, severity, at(since))),
				{
					snapshot: {...kms, awsRegion},
					name,
					expirations: due.map(days => ({what: 'key material', at: at(days * 1440)})),
				},
			),
	);

const findingEntry = fc
	.record({
		id: fc.integer({min: 0, max: 25}),
		severity: fc.constantFrom(...severities),
		recordState: fc.constantFrom('active' as const, 'active' as const, ...recordStates),
		since: minutes,
		type: fc.constantFrom('Recon:EC2', 'Trojan:S3'),
		marks: fc.subarray(['crypto-mining', 'policy'] as const),
	})
	.map(({id, since, ...more}): Entry => finding(`f${id}`, {...more, firstObservedAt: at(since)}));

const entry = fc.oneof(resourceEntry, findingEntry);

const mute = fc.record({
	rule: fc.constantFrom('kms-a', 'kms-*', 'Recon:*', '*'),
	resource: fc.constantFrom('alpha', '*k1*', 'host-f2*', '*'),
	until: fc.constantFrom(undefined, at(60), at(-60)),
	reason: fc.constant('accepted'),
});

const query = fc.record({
	of: fc.constantFrom('kms' as const, 'guardduty' as const, 'findings' as const),
	filter: fc.constantFrom(
		'',
		'sev>=high',
		'alpha',
		'-alpha',
		'verdict:fail,unknown',
		'region:us-*',
		'state:archived',
		'-state:active',
		'is:muted',
		'is:stale',
		'-is:new',
		'rule:kms-a',
		'mark:policy',
		'kind:keys',
		'source:guardduty sev<critical',
		'recon',
	),
	sort: fc.constantFrom<SortKey>('urgency', 'name', 'region', 'since', 'due', 'kind'),
	descending: fc.boolean(),
	offset: fc.integer({min: 0, max: 6}),
	limit: fc.integer({min: 0, max: 12}),
});

type Line = {readonly row: Row; readonly state: ReportedFinding['recordState']; readonly reported: boolean};

/** All rows of all tables, as the port describes them, from nothing but the entries. */
const naiveLines = (entries: readonly Entry[], context: RowContext, of: string): Line[] =>
	entries.flatMap((each): Line[] => {
		if (each.entry === 'finding') {
			const {recordState} = each.finding;
			const row = of === 'findings' ? reportedRow(each, `${each.key}#${each.finding.type}`, context) : rowOf(each, context);
			return [{row, state: recordState, reported: true}];
		}

		const rows =
			of === 'findings' ? each.judgements.flatMap(({ruleId}) => judgementRow(each, ruleId, context) ?? []) : [rowOf(each, context)];
		return rows.map(row => ({row, state: 'active', reported: false}));
	});

const subjectOf = ({row, state, reported}: Line): Subject => ({
	name: row.name,
	key: row.key.replace(/#.*$/u, ''),
	reason: row.reason,
	awsRegion: row.awsRegion,
	accountId: row.accountId,
	service: row.service,
	kind: titles.text(row.service, reported ? 'finding' : 'AWS::KMS::Key'),
	ruleId: row.ruleId,
	source: reported ? 'guardduty' : 'rule',
	verdict: row.verdict,
	severity: row.verdict === 'FAIL' || state !== 'active' ? row.severity : undefined,
	state,
	marks: row.marks,
	sinceMs: Date.parse(row.since),
	stale: row.stale,
	muted: row.muted,
});

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const compareRows = (sort: SortKey, descending: boolean) => (a: Row, b: Row) => {
	const sign = descending ? -1 : 1;
	const kind = ({service, kind: title}: Row): string => titles.text(service, title === 'Findings' ? 'finding' : 'AWS::KMS::Key');
	const due = (row: Row): number => (row.due === undefined ? sign * Number.MAX_SAFE_INTEGER : Date.parse(row.due.at));
	const urgent = (row: Row): number => urgency(row.verdict, row.severity);
	const since = (row: Row): number => Date.parse(row.since);
	const [keyA = '', ruleA = ''] = a.key.split('#');
	const [keyB = '', ruleB = ''] = b.key.split('#');
	const first: Record<SortKey, number> = {
		urgency: urgent(a) - urgent(b),
		name: text(a.name, b.name),
		region: text(a.awsRegion, b.awsRegion),
		since: since(a) - since(b),
		due: due(a) - due(b),
		kind: text(kind(a), kind(b)),
	};
	return sign * first[sort] || urgent(b) - urgent(a) || since(a) - since(b) || text(keyA, keyB) || text(ruleA, ruleB);
};

describe('a window', () => {
	test('holds what looking at every entry would find, whatever was committed before', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						upserts: fc.array(entry, {maxLength: 12}),
						removals: fc.array(fc.nat(), {maxLength: 3}),
						mutes: fc.option(fc.array(mute, {maxLength: 2}), {nil: undefined}),
					}),
					{
						minLength: 1,
						maxLength: 5,
					},
				),
				// The same questions after each step, so that the orderings kept from the step before have to follow.
				fc.array(query, {minLength: 1, maxLength: 12}),
				async (steps, queries) => {
					const store = await openTestStore(temporaryDirectory());
					const entries = new Map<string, Entry>();
					let mutes: readonly Mute[] = [];
					// Of the two Regions of KMS, one is stale.
					await store.commit({upserts: [], removals: [], changes: [], header: header(kms)});
					await store.commit({
						upserts: [],
						removals: [],
						changes: [],
						header: header({...kms, awsRegion: 'us-east-1'}, {capturedAt: at(-60)}),
					});
					await store.commit({upserts: [], removals: [], changes: [], header: header(guardduty)});
					for (const step of steps) {
						const upserts = [...new Map(step.upserts.map(each => [each.key, each])).values()];
						const known = [...entries.keys()];
						const removals = step.removals
							.flatMap(number => known[number % Math.max(1, known.length)] ?? [])
							.filter(key => !upserts.some(each => each.key === key));
						await store.commit({upserts, removals, changes: []});
						for (const key of removals) {
							entries.delete(key);
						}

						for (const each of upserts) {
							entries.set(each.key, each);
						}

						if (step.mutes !== undefined) {
							mutes = step.mutes;
							store.setMutes(mutes, now);
						}

						const compiled = compileMutes(mutes);
						const context: RowContext = {
							kindTitle: (service, kind) => titles.title(service, kind),
							isMuted: (ruleId, of) => compiled.mutes(ruleId, of, nowMs),
							isStale: key => key.includes('/us-east-1/'),
							recent: () => undefined,
						};
						const all = [...entries.values()];
						expect(store.health().entries).toBe(all.length);
						for (const {of, filter, sort, descending, offset, limit} of queries) {
							const lines = naiveLines(all, context, of).filter(({row, state}) =>
								of === 'findings' ? row.verdict === 'FAIL' || row.verdict === 'UNKNOWN' || state !== 'active' : row.service === of,
							);
							const isShown = ({row, state, reported}: Line, within: string): boolean =>
								(state === 'active' || within.includes('state:')) &&
								(!row.muted || within.includes('is:muted') || (of !== 'findings' && !reported));
							const matches = compileFilter(parseFilter(filter).filter ?? {terms: []}, nowMs);
							const matching = lines.filter(line => isShown(line, filter) && matches(subjectOf(line))).map(({row}) => row);
							matching.sort(compareRows(sort, descending));
							const asked = of === 'findings' ? ({ask: 'findings'} as const) : ({ask: 'panel', service: of} as const);
							const answer = await store.answer({...asked, filter, sort, descending, offset, limit}, nobody, now);
							expect(answer).toEqual({
								revision: store.revision(),
								matching: matching.length,
								total: lines.filter(line => isShown(line, '')).length,
								offset,
								rows: matching.slice(offset, offset + limit),
							});
						}

						const overview = await store.answer({ask: 'overview', rowsPerPanel: 3}, nobody, now);
						expect(overview.counts).toEqual(recount(all, context));
					}

					await store.close();
				},
			),
			{numRuns: 40},
		);
	});
});

const recount = (entries: readonly Entry[], context: RowContext): Counts => {
	const counts = {INFORMATIONAL: 0, LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0, unknown: 0, pass: 0, notApplicable: 0, muted: 0};
	for (const {row, state} of naiveLines(entries, context, 'findings')) {
		if (state !== 'active') {
			continue;
		}

		if (row.muted) {
			counts.muted++;
		} else if (row.verdict === 'FAIL') {
			counts[row.severity]++;
		} else {
			counts[({UNKNOWN: 'unknown', PASS: 'pass', NOT_APPLICABLE: 'notApplicable'} as const)[row.verdict]]++;
		}
	}

	return counts;
};
