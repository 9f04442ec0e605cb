import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {boards} from '../../source/boards/index.js';
import {iamActionOf, type Verdict} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {expectWholeCommand, expectWholeRule} from '../services/whole-rule.js';
import {TypicalAccount} from './inputs.js';

// What every board owes, by its declaration and by what it makes of the typical account.

const folder = fileURLToPath(new URL('../../source/boards/', import.meta.url));

test('the registry is what the folder holds, and ids are those of no service', () => {
	const ids = boards.map(({id}) => id);
	const folders = readdirSync(folder, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
	expect([...ids].sort()).toEqual(folders.sort());
	expect(new Set([...ids, ...services.map(({id}) => id)]).size).toBe(ids.length + services.length);
	expect(folders.filter(name => !existsSync(`${folder}${name}/index.ts`))).toEqual([]);
});

/** The IAM actions of the services that a board joins: what its rules may name as unread. */
const actionsOf = (inputs: readonly {readonly service: string}[]): ReadonlySet<string> =>
	new Set(
		services
			.filter(({id}) => inputs.some(({service}) => service === id))
			.flatMap(service => Object.keys(service.operations).map(operation => iamActionOf(service, operation))),
	);

describe.each(boards.map(board => [board.id, board] as const))('the declaration of %s', (id, board) => {
	test('joins kinds that services bring, and has kinds of its own', () => {
		for (const {service, resourceType} of board.inputs) {
			expect(services.find(one => one.id === service)?.kinds.map(kind => kind.resourceType)).toContain(resourceType);
		}

		expect(board.kinds.length).toBeGreaterThan(0);
		for (const kind of board.kinds) {
			expect(kind.resourceType).toMatch(/^Vedette::[A-Z]\w+::[A-Z]\w+$/u);
			expect(new Set(kind.columns.map(({title}) => title)).size).toBe(kind.columns.length);
			expect(new Set(kind.facts.map(({title}) => title)).size).toBe(kind.facts.length);
			for (const {title} of [...kind.columns, ...kind.facts]) {
				expect(title).toMatch(/^\S(?:.*\S)?$/u);
				expect(title.length).toBeLessThanOrEqual(48);
			}
		}
	});

	const actions = actionsOf(board.inputs);
	test.each(board.kinds.flatMap(({rules}) => rules).map(rule => [rule.id, rule] as const))('%s is a whole rule', (_, rule) => {
		expectWholeRule(rule, id, reads => actions.has(reads));
	});
});

describe.skipIf(boards.length === 0)('in the typical account', () => {
	let account: TypicalAccount;
	beforeAll(async () => {
		account = await TypicalAccount.open();
	}, 120_000);
	afterAll(async () => {
		await account.close();
	});

	describe.each(boards.map(board => [board.id, board] as const))('%s', (_, board) => {
		test('has something to say: rows once each, in sentences, each rule with an answer that passes and one that fails', () => {
			const rows = account.rows(board);
			expect(new Set(rows.map(({key}) => key)).size).toBe(rows.length);
			const verdicts = new Map<string, Set<Verdict>>();
			for (const {judgements, resource, cells, consolePath} of rows) {
				expect(resource.resourceName).not.toBe('');
				expect(resource.arn).not.toBe('');
				expect(JSON.stringify(cells)).not.toMatch(/"(?:undefined|NaN)|\[object/u);
				expect(consolePath).toMatch(/^[a-z0-9-]+\/.*region=[a-z0-9-]+/u);
				for (const {ruleId, verdict, reason, command} of judgements) {
					verdicts.set(ruleId, (verdicts.get(ruleId) ?? new Set()).add(verdict));
					expect(reason, ruleId).toMatch(/^\S.*[^.\s]$/su);
					expect(reason, ruleId).not.toMatch(/undefined|NaN|Infinity|\[object|the rule failed/u);
					if (command !== undefined) expectWholeCommand(command);
				}
			}

			const lacking = board.kinds
				.flatMap(({rules}) => rules)
				.flatMap(({id, severity}) => {
					// What only informs has nothing to pass.
					const wanted: readonly Verdict[] = severity === 'INFORMATIONAL' ? [] : ['PASS', 'FAIL'];
					const missing = wanted.filter(verdict => verdicts.get(id)?.has(verdict) !== true);
					return missing.length === 0 ? [] : [`${id} lacks ${missing.join(', ')}`];
				});
			expect(lacking).toEqual([]);
		});

		const inputs = services.filter(({id}) => board.inputs.some(({service}) => service === id));
		const operations = inputs.flatMap(service => Object.keys(service.operations).map(operation => [service.id, operation] as const));
		let before: ReadonlyMap<string, Verdict> | undefined;
		test.each(operations)('turns no answer while %s:%s is denied, and says what it cannot know', async (service, operation) => {
			before ??= new Map(
				account.rows(board).flatMap(({key, judgements}) => judgements.map(({ruleId, verdict}) => [`${key} ${ruleId}`, verdict] as const)),
			);
			const wrong = await account.denying(service, operation, () =>
				account.rows(board).flatMap(({key, judgements}) =>
					judgements.flatMap(({ruleId, verdict, reason}) => {
						const was = before?.get(`${key} ${ruleId}`);
						const turned = (was === 'PASS' && verdict === 'FAIL') || (was === 'FAIL' && verdict === 'PASS');
						const vanished = (was === 'PASS' || was === 'FAIL') && verdict === 'NOT_APPLICABLE';
						return turned || vanished ? [`${ruleId}: ${was} → ${verdict}: ${reason}`] : [];
					}),
				),
			);
			expect([...new Set(wrong)]).toEqual([]);
		});
	});
});
