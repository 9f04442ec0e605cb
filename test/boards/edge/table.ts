import {expect, test} from 'vitest';
import {type EntryResource, entryType, type Practice} from '../../../source/boards/edge/entry.js';
import {edge} from '../../../source/boards/edge/index.js';
import type {Inputs, Joined, Judgement, Refusal, Resource} from '../../../source/model/index.js';
import {judgeAll} from '../../services/watch.js';
import {accountId, awsRegion} from './pieces.js';

type Gaps = Readonly<Record<string, Refusal | undefined>>;

/** What a board is given: these resources, and what could not be read by `service`, `service/Operation` or `service@region`. */
export const inputsOf = (resources: readonly Resource[], gaps: Gaps = {}): Inputs => {
	const joined = resources.map(
		(resource): Joined => ({
			entry: 'resource',
			key: resource.arn,
			service: '',
			resource,
			judgements: [],
			cells: [],
			facts: [],
			expirations: [],
			usdPerMonth: 6,
			consolePath: '',
			firstObservedAt: '2026-11-25T12:00:00.000Z',
		}),
	);
	return {
		accountId,
		partition: 'aws',
		now: '2026-11-25T12:00:00.000Z',
		regions: [awsRegion],
		trustedAccounts: [],
		mutes: [],
		// Tests name types and configurations that go together.
		of: resourceType => joined.filter(({resource}) => resource.resourceType === resourceType) as unknown as ReadonlyArray<Joined<never>>,
		gap: (service, operations, region) =>
			gaps[service] ?? gaps[`${service}@${region ?? ''}`] ?? operations.map(operation => gaps[`${service}/${operation}`]).find(Boolean),
	};
};

export type Row = {readonly row: EntryResource; readonly cells: readonly unknown[]; judgement(ruleId: string): Judgement | undefined};

/** The rows by name, judged. */
export const rowsOf = (resources: readonly Resource[], gaps: Gaps = {}): ReadonlyMap<string, Row> => {
	const inputs = inputsOf(resources, gaps);
	return new Map(
		judgeAll(
			edge,
			[...edge.join(inputs)].filter(({resourceType}) => resourceType === entryType),
			inputs.now,
		).map(entry => [
			entry.resource.resourceName,
			{
				// Only entries were judged.
				row: entry.resource as EntryResource,
				cells: entry.cells,
				judgement: (ruleId: string) => entry.judgements.find(one => one.ruleId === `edge-entry-${ruleId}`),
			},
		]),
	);
};

const rules: Readonly<Record<Practice, string>> = {
	bp1: 'behind-edge',
	bp2: 'web-acl-limits',
	bp3: 'in-route53',
	bp4: 'api-held-back',
	bp5: 'origin-closed',
	bp6: 'behind-load-balancer',
	bp7: 'scales',
	shield: 'shield-advanced',
};

/** How one entry stands with one practice: `FAIL LOW: no distribution …`, and the permissions that its row lacks. */
export const standingOf = (practice: Practice, name: string, resources: readonly Resource[], gaps: Gaps = {}): string => {
	const judgement = rowsOf(resources, gaps).get(name)?.judgement(rules[practice]);
	return judgement === undefined
		? 'no row'
		: `${judgement.verdict}${judgement.verdict === 'FAIL' ? ` ${judgement.severity}` : ''}: ${judgement.reason}`;
};

type Case = readonly [
	name: string,
	entry: string,
	resources: readonly Resource[],
	expected: string,
	gaps?: Readonly<Record<string, Refusal>>,
];

export const table = (practice: Practice, cases: readonly Case[]): void => {
	for (const [name, entry, resources, expected, gaps] of cases) {
		test(name, () => {
			expect(standingOf(practice, entry, resources, gaps)).toBe(expected);
		});
	}
};
