import {existsSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {scenarios} from '../../mocks/scenarios/index.js';
import {mockServices} from '../../mocks/services/index.js';
import {dayMs, iamActionOf, type Resource, type ResourceEntry, severities, verdicts} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {expectWholeCommand, expectWholeRule} from './whole-rule.js';

// What every service owes, by its declaration and by what it does with the typical account.

const folder = fileURLToPath(new URL('../../source/services/', import.meta.url));

/** Operations that read secrets, content or credentials, or change something while they seem to read: never to be declared. */
const never = new Set([
	'GetSecretValue',
	'BatchGetSecretValue',
	'GetRandomPassword',
	'GetParameter',
	'GetParameters',
	'GetParametersByPath',
	'GetParameterHistory',
	'GetParametersForImport',
	'GetPublicKey',
	'GetAcmeExternalAccountBindingCredentials',
	'GetCertificate',
	'GetObject',
	'GetItem',
	'BatchGetItem',
	'GetSensitiveDataOccurrences',
	'BatchGetCodeSnippet',
	'GetDecryptedAPIKey',
	'GetSampledRequests',
	'GetPasswordData',
	'GetConsoleOutput',
	'GetApiKeys',
	'GetCredentialReport',
	'GetSessionToken',
	'GetFederationToken',
]);

test('the registry is what the folder holds, and ids are unique', () => {
	const ids = services.map(({id}) => id);
	const folders = readdirSync(folder, {withFileTypes: true}).flatMap(entry => (entry.isDirectory() ? [entry.name] : []));
	expect([...ids].sort()).toEqual(folders.sort());
	expect(new Set(ids).size).toBe(ids.length);
	const ruleIds = services.flatMap(({kinds}) => kinds.flatMap(({rules}) => rules.map(({id}) => id)));
	expect(new Set(ruleIds).size).toBe(ruleIds.length);
	const types = services.flatMap(({kinds}) => kinds.map(({resourceType}) => resourceType));
	expect(new Set(types).size).toBe(types.length);
});

describe.each(services.map(service => [service.id, service] as const))('the declaration of %s', (id, service) => {
	test('stands in three places of fixed names, each a file or a folder with an index', () => {
		expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
		const found = readdirSync(`${folder}${id}`, {withFileTypes: true}).map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name));
		expect(found.map(name => name.replace(/(?:\.ts|\/)$/u, '')).sort()).toEqual(['collect', 'index', 'rules']);
		for (const inner of found.filter(name => name.endsWith('/'))) {
			expect(existsSync(`${folder}${id}/${inner}index.ts`), `${inner}index.ts`).toBe(true);
		}
	});

	test.each(Object.entries(service.operations))('%s only reads, has a rate, and says where it is from', (name, operation) => {
		expect(name).toMatch(/^(?:Get|List|Describe|Search|BatchGet)[A-Z]/u);
		expect(never.has(name), name).toBe(false);
		expect(operation.requestsPerSecond).toBeGreaterThan(0);
		expect(operation.burst ?? 1).toBeGreaterThanOrEqual(1);
		// A page, or in words why it is a guess.
		expect(operation.source).toMatch(/^https:\/\/\S+$|guess/iu);
		expect(iamActionOf(service, name)).toMatch(/^[a-z0-9-]+:[A-Z]\w+$/u);
		if (operation.slow === true) {
			expect(operation.freshForMs, 'a slow operation is answered from the cache').toBeGreaterThan(0);
		}

		if (operation.incidental === true) {
			expect(service.kinds.flatMap(({rules}) => rules).filter(({reads}) => reads.includes(name))).toEqual([]);
		}
	});

	test('has a command for each operation and no other, and a delta where it declares one', async () => {
		const {collector} = await service.load();
		expect(Object.keys(collector.commands).sort()).toEqual(Object.keys(service.operations).sort());
		for (const [name, command] of Object.entries(collector.commands)) {
			expect(command.name).toBe(`${name}Command`);
		}

		expect(collector.delta !== undefined).toBe(service.refresh.delta !== undefined);
	});

	test('is polled at intervals that its deadlines leave room in', () => {
		for (const {everyMs, deadlineMs} of [service.refresh.full, service.refresh.delta].filter(tier => tier !== undefined)) {
			expect(everyMs).toBeGreaterThanOrEqual(10_000);
			expect(deadlineMs).toBeGreaterThanOrEqual(10_000);
		}
	});

	test('has titles that are headings', () => {
		const titles = [
			service.title,
			...service.kinds.flatMap(kind => [kind.title, ...kind.columns.map(({title}) => title), ...kind.facts.map(({title}) => title)]),
			...(service.reports === undefined ? [] : [service.reports.title, ...service.reports.columns.map(({title}) => title)]),
		];
		for (const title of titles) {
			expect(title).toMatch(/^\S(?:.*\S)?$/u);
			expect(title).not.toMatch(/[.:]$/u);
			expect(title.length).toBeLessThanOrEqual(48);
		}

		for (const kind of service.kinds) {
			expect(kind.resourceType).toMatch(/^AWS::\w+::\w+$/u);
			expect(new Set(kind.columns.map(({title}) => title)).size).toBe(kind.columns.length);
			expect(new Set(kind.facts.map(({title}) => title)).size).toBe(kind.facts.length);
		}
	});

	const rules = service.kinds.flatMap(kind => kind.rules);
	test.each(rules.map(rule => [rule.id, rule] as const))('%s is a whole rule', (ruleId, rule) => {
		expect(ruleId).toBe(rule.id);
		expectWholeRule(rule, id, operation => service.operations[operation] !== undefined);
	});
});

const mocked = new Set(mockServices.map(({service, scenarios: known}) => (known.typical === undefined ? '' : service.id)));

describe.each(services.map(service => [service.id, service] as const))('%s in the typical account', (id, service) => {
	if (!mocked.has(id)) {
		test.skip(`waits for mocks/scenarios/typical/${id}.ts`);
		return;
	}

	// Where the account has something, and one Region where most services have nothing. A global service is asked in one Region only.
	const {scope} = service;
	const regions = scope === 'regional' ? [...scenarios.typical.populated, 'sa-east-1'] : [scope.homeRegion];
	let watch: Watch;
	let resources: readonly Resource[];
	let entries: readonly ResourceEntry[];

	const collectAll = async (from: Watch): Promise<readonly Resource[]> => {
		const found: Resource[] = [];
		for (const awsRegion of regions) {
			found.push(...(await from.collect(service, awsRegion)).resources);
		}

		return found;
	};

	beforeAll(async () => {
		watch = await watchScenario('typical');
		resources = await collectAll(watch);
		entries = judgeAll(service, resources, watch.now());
	}, 60_000);
	afterAll(async () => {
		await watch.close();
	});

	test('calls every operation that it declares, and no other', () => {
		const declared = Object.keys(service.operations).map(operation => iamActionOf(service, operation));
		expect(watch.endpoint.calls.actions()).toEqual([...new Set(declared)].sort());
	});

	test('brings resources with sound names, once each', () => {
		expect(resources.length).toBeGreaterThan(0);
		expect(new Set(resources.map(({arn, awsRegion}) => `${awsRegion} ${arn}`)).size).toBe(resources.length);
		for (const resource of resources) {
			expect(resource.arn).toMatch(/^arn:aws[\w-]*:[a-z0-9-]+:[a-z0-9-]*:\d*:./u);
			expect(service.kinds.map(({resourceType}) => resourceType)).toContain(resource.resourceType);
			expect(resource.resourceName).not.toBe('');
			expect(resource.accountId).toMatch(/^\d{12}$/u);
			// What the cache gives back must be what was put in.
			expect(JSON.parse(JSON.stringify(resource))).toEqual(JSON.parse(JSON.stringify(structuredClone(resource))));
		}
	});

	test('has commands that are whole', () => {
		for (const {command} of entries.flatMap(({judgements}) => judgements)) {
			if (command !== undefined) expectWholeCommand(command);
		}
	});

	test('has for every rule a resource that passes, one that fails, and one that cannot be told', async () => {
		const seen = new Map<string, Set<string>>();
		const note = (judged: readonly ResourceEntry[]): void => {
			for (const {ruleId, verdict} of judged.flatMap(({judgements}) => judgements)) {
				seen.set(ruleId, (seen.get(ruleId) ?? new Set()).add(verdict));
			}
		};
		const lacking = (): readonly string[] =>
			service.kinds
				.flatMap(({rules}) => rules)
				.flatMap(({id: ruleId, reads}) => {
					// What a listing alone tells cannot be refused for a single resource.
					const wanted = reads.length === 0 ? (['PASS', 'FAIL'] as const) : (['PASS', 'FAIL', 'UNKNOWN'] as const);
					const missing = wanted.filter(verdict => seen.get(ruleId)?.has(verdict) !== true);
					return missing.length === 0 ? [] : [`${ruleId} lacks ${missing.join(', ')}`];
				});
		note(entries);
		// What an account has only once, by a global service or in one Region alone, gives one answer at a time: passing, failing
		// and being refused come one after the other.
		if (lacking().length > 0) {
			const round = await watchScenario('typical');
			for (let seconds = 0; seconds < 300; seconds += 20) {
				round.endpoint.timeline.advance(20);
				round.pass(dayMs);
				note(judgeAll(service, await collectAll(round), watch.now()));
			}

			await round.close();
		}

		// And what it rests on is readable or refused: never both.
		for (const operation of lacking().length > 0 ? Object.keys(service.operations) : []) {
			const denied = await watchScenario('typical');
			denied.endpoint.faults.add({service: id, operation, effect: {kind: 'deny'}});
			note(judgeAll(service, await collectAll(denied), denied.now()));
			await denied.close();
		}

		expect(lacking()).toEqual([]);
	}, 60_000);

	test('answers in sentences without a full stop', () => {
		for (const {ruleId, verdict, severity, reason} of entries.flatMap(({judgements}) => judgements)) {
			expect(verdicts).toContain(verdict);
			expect(severities).toContain(severity);
			expect(reason, ruleId).toMatch(/^\S.*[^.\s]$/su);
			expect(reason, ruleId).not.toMatch(/undefined|NaN|Infinity|\[object|the rule failed/u);
		}
	});

	test('has cells, facts and pages for what it brings', () => {
		for (const {consolePath, cells, facts, resource} of entries) {
			expect(consolePath).toMatch(/^[a-z0-9-]+\/.*region=[a-z0-9-]+/u);
			expect(cells.length).toBe(service.kinds.find(({resourceType}) => resourceType === resource.resourceType)?.columns.length);
			expect(JSON.stringify([cells, facts])).not.toMatch(/"(?:undefined|NaN)|\[object/u);
		}
	});

	describe('while it may not call', () => {
		test('anything, ends denied or not at all, and nothing counts as gone', async () => {
			const denied = await watchScenario('typical');
			denied.endpoint.faults.add({effect: {kind: 'deny'}});
			const {outcome, complete, resources: found, findings} = await denied.collect(service, regions[0] ?? 'us-east-1');
			expect(['denied', 'partial']).toContain(outcome.status);
			expect(outcome.refusals.length).toBeGreaterThan(0);
			expect(complete).toEqual(outcome.status === 'denied' ? [] : complete);
			expect(findings).toEqual([]);
			const told = judgeAll(service, found, denied.now()).flatMap(({judgements}) => judgements);
			expect(told.filter(({verdict}) => verdict === 'PASS' || verdict === 'FAIL')).toEqual([]);
			await denied.close();
		});

		test.each(Object.keys(service.operations))('%s, says so of what it needs it for, and turns no answer', async operation => {
			const denied = await watchScenario('typical');
			// What belongs to another AWS service is mocked under that one's name.
			const isOwn = (await service.load()).collector.clientOf?.[operation] === undefined;
			denied.endpoint.faults.add({...(isOwn && {service: id}), operation, effect: {kind: 'deny'}});
			const found = await collectAll(denied);
			expect(denied.endpoint.calls.actions()).toContain(iamActionOf(service, operation));
			await denied.close();
			const before = new Map(
				entries.flatMap(({key, judgements}) => judgements.map(({ruleId, verdict}) => [`${key} ${ruleId}`, verdict] as const)),
			);
			const wrong = judgeAll(service, found, watch.now()).flatMap(({key, judgements}) =>
				judgements.flatMap(({ruleId, verdict, reason}) => {
					const was = before.get(`${key} ${ruleId}`);
					// The way round a refusal may tell more than the way refused; it must never tell the opposite.
					const wasCertain = was === 'PASS' || was === 'FAIL';
					const namesAction = verdict === 'UNKNOWN' && reason.includes(`${service.iamPrefix}:`);
					return !wasCertain || was === verdict || namesAction ? [] : [`${ruleId}: ${was} → ${verdict}: ${reason}`];
				}),
			);
			expect([...new Set(wrong)]).toEqual([]);
		});
	});
});
