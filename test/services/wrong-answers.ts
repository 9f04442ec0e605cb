import type {Effect, ScenarioName} from '../../mocks/index.js';
import type {Service, Verdict} from '../../source/model/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';

const effects: readonly Effect[] = [
	{kind: 'unknown-enum'},
	{kind: 'wrong-types'},
	{kind: 'missing-members'},
	{kind: 'null-members'},
	{kind: 'empty-object'},
	{kind: 'html'},
	{kind: 'status', httpStatus: 404},
	{kind: 'malformed'},
	{kind: 'cycle-token'},
	{kind: 'empty-page'},
	{kind: 'deny'},
];

type Seen = {readonly verdicts: ReadonlyMap<string, Verdict>; readonly findings: number; readonly closes: boolean; readonly reason: string};

const look = async (service: Service, awsRegion: string, scenario: ScenarioName, prepare: (watch: Watch) => void): Promise<Seen> => {
	const watch = await watchScenario(scenario);
	try {
		prepare(watch);
		const {resources, findings, complete, outcome} = await watch.collect(service, awsRegion);
		const verdicts = judgeAll(service, resources, watch.now()).flatMap(({resource, judgements}) =>
			judgements.map(({ruleId, verdict}) => [`${resource.resourceName}: ${ruleId}`, verdict] as const),
		);
		return {verdicts: new Map(verdicts), findings: findings.length, closes: complete.includes('findings'), reason: outcome.reason ?? ''};
	} finally {
		await watch.close();
	}
};

/**
 * What a service makes of wrong answers to each of its operations in turn, as sentences about what went wrong: a verdict
 * that is neither the true one nor UNKNOWN, findings that would close though they were not listed, a bug of ours. Each is a
 * collection: where the typical account has many calls to answer, a smaller one asks the same questions.
 */
export const mistakesUnderWrongAnswers = async (
	service: Service,
	awsRegion: string,
	scenario: ScenarioName = 'typical',
): Promise<readonly string[]> => {
	const truth = await look(service, awsRegion, scenario, () => undefined);
	const mistakes: string[] = [];
	for (const operation of Object.keys(service.operations)) {
		for (const effect of effects) {
			const seen = await look(service, awsRegion, scenario, ({endpoint}) => endpoint.faults.add({service: service.id, operation, effect}));
			const where = `${operation}, ${effect.kind}`;
			for (const [name, verdict] of seen.verdicts) {
				const known = truth.verdicts.get(name);
				if (verdict !== 'UNKNOWN' && verdict !== known) mistakes.push(`${where}: ${name} is ${known}, and was said to be ${verdict}`);
			}

			if (seen.closes && seen.findings < truth.findings) mistakes.push(`${where}: ${truth.findings - seen.findings} findings would close`);
			if (/\b(?:Type|Range|Reference)Error\b/u.test(seen.reason)) mistakes.push(`${where}: ${seen.reason}`);
		}
	}

	return mistakes;
};
