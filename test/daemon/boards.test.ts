import {expect, onTestFinished, test} from 'vitest';
import {connect} from '../../source/client/connect.js';
import type {Collect} from '../../source/collect/port.js';
import {startDaemon} from '../../source/daemon/daemon.js';
import {type Board, defineBoard, type Overview, type Refusal, type Row, type Service} from '../../source/model/index.js';
import {aBatch, aConfig, aGate, anEnding, aThing, madeService, ownDirectory, theParts, thingType, until} from './fakes.js';

const doorType = 'AWS::Made::Door';

const denied: Refusal = {
	status: 'denied',
	operation: 'ListDoors',
	iamAction: 'doors:ListDoors',
	error: 'AccessDeniedException',
	message: 'not for you',
};

/** Which thing has a door: a row a thing, UNKNOWN where the doors could not be listed. */
const board: Board = defineBoard({
	id: 'entrances',
	title: 'Entrances',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'made', resourceType: thingType},
		{service: 'made', resourceType: 'AWS::Made::Twin'},
		{service: 'doors', resourceType: doorType},
	],
	kinds: [
		{
			resourceType: 'Vedette::Entrances::Entrance',
			title: 'Entrances',
			columns: [],
			facts: [],
			rules: [
				{
					id: 'entrances-entrance-has-door',
					title: 'A thing has a door',
					severity: 'HIGH',
					published: {securityControlIds: [], cis: [], prowler: []},
					rationale: 'It is made up.',
					remediation: {text: 'Build one.', url: 'https://docs.aws.amazon.com/'},
					reads: ['doors:ListDoors'],
					evaluate: ({configuration}) =>
						// Made by `join` below.
						(configuration as {door?: string}).door === undefined
							? {verdict: 'FAIL', reason: 'no door'}
							: {verdict: 'PASS', reason: 'a door'},
				},
			],
			expirations: ({resourceName}) => [{what: `door of ${resourceName}`, at: '2099-01-01T00:00:00.000Z'}],
			consolePath: () => '',
		},
	],
	*join(inputs) {
		const doors = new Set(inputs.of(doorType).map(({resource}) => resource.resourceName));
		for (const {resource} of inputs.of(thingType)) {
			const gap = inputs.gap('doors', ['ListDoors'], resource.awsRegion);
			yield {
				...resource,
				resourceType: 'Vedette::Entrances::Entrance',
				configuration: doors.has(resource.resourceName) ? {door: resource.resourceName} : {},
				unread: doors.has(resource.resourceName) || gap === undefined ? {} : {'doors:ListDoors': gap},
			};
		}
	},
});

const doors: Service = madeService({
	id: 'doors',
	title: 'Doors',
	iamPrefix: 'doors',
	operations: {
		ListDoors: {requestsPerSecond: 1, source: 'a guess: made up'},
		ListPaint: {requestsPerSecond: 1, incidental: true, source: 'a guess: made up'},
	},
	kinds: [{resourceType: doorType, title: 'Doors', columns: [], facts: [], rules: [], consolePath: () => ''}],
});

const watching = async (collect: Collect, services: readonly Service[] = [madeService(), doors]) => {
	const parts = theParts(aConfig(await ownDirectory()), aGate(collect), {services, boards: [board]});
	const started = await startDaemon(parts);
	if (!started.started) {
		throw new Error(started.reason);
	}

	onTestFinished(async () => started.daemon.stop());
	const watcher = connect({runtimeDir: parts.config.runtimeDir, version: '1.2.3'});
	onTestFinished(async () => watcher.close());
	let latest: Overview | undefined;
	watcher.watch({ask: 'overview', rowsPerPanel: 9}, overview => {
		latest = overview;
	});
	const rows = async (): Promise<readonly Row[]> => {
		const window = {filter: '', sort: 'name', descending: false, offset: 0, limit: 50} as const;
		return (await watcher.ask({ask: 'panel', service: 'entrances', ...window})).rows;
	};
	return {watcher, panel: () => latest?.panels.find(({id}) => id === 'entrances'), rows};
};

const world =
	(told: {things: string[]; doors: string[]; refused?: Refusal}): Collect =>
	async ({id}, _target, {onBatch}) => {
		if (id === 'doors') {
			if (told.refused !== undefined) {
				return anEnding('denied', {outcome: {status: 'denied', durationMs: 1, calls: 1, refusals: [{...told.refused, count: 1}]}});
			}

			await onBatch(aBatch({resources: told.doors.map(name => ({...aThing(name), resourceType: doorType}))}));
			// Of which paint nobody may know, and no row says anything of it.
			const paint = {...denied, operation: 'ListPaint', iamAction: 'doors:ListPaint', count: 1};
			return anEnding('partial', {
				complete: [doorType],
				outcome: {status: 'partial', durationMs: 1, calls: 1, refusals: [paint]},
			});
		}

		await onBatch(aBatch({resources: told.things.map(name => aThing(name))}));
		return anEnding('ok', {complete: [thingType]});
	};

test('a board has a panel of its own, judged by what several services brought, and follows them', async () => {
	const told = {things: ['a', 'b'], doors: ['a']};
	const {watcher, panel, rows} = await watching(world(told));
	await until(() => panel()?.counts.HIGH === 1 && panel()?.counts.pass === 1, 'the first join', 8000);
	expect(await rows()).toMatchObject([
		{name: 'a', verdict: 'PASS', awsRegion: 'eu-west-1'},
		{name: 'b', verdict: 'FAIL', reason: 'no door'},
	]);
	expect(panel()?.snapshots).toMatchObject([{awsRegion: 'global', outcome: {status: 'ok', calls: 0}, stale: false}]);
	// It shows what ends, which the timeline has from where it was read.
	expect((await rows())[0]?.due).toMatchObject({what: 'door of a'});
	expect(await watcher.ask({ask: 'expirations', filter: '', offset: 0, limit: 9})).toMatchObject({total: 0});
	// What the first look at inputs brought is nothing that happened.
	expect((await watcher.ask({ask: 'changes', service: 'entrances', filter: '', offset: 0, limit: 9})).rows).toEqual([]);

	told.things = ['b', 'c'];
	told.doors = ['b', 'c'];
	for (const service of ['made', 'doors']) {
		await until(async () => (await watcher.refresh(service)).startsWith('Collecting'), 'a refresh', 8000);
	}

	await until(() => panel()?.counts.HIGH === 0 && panel()?.counts.pass === 2, 'the second join', 8000);
	const changes = await watcher.ask({ask: 'changes', service: 'entrances', filter: '', offset: 0, limit: 9});
	expect(changes.rows.map(({type, resourceName}) => `${type} ${resourceName}`).sort()).toEqual(['appeared c', 'closed b', 'gone a']);
}, 30_000);

test('what a board cannot know because an input was refused is UNKNOWN, and says which permission lifts it', async () => {
	const told = {things: ['a'], doors: [], refused: denied};
	const {watcher, panel, rows} = await watching(world(told));
	await until(() => panel()?.counts.unknown === 1, 'the join', 8000);
	expect(await rows()).toMatchObject([{verdict: 'UNKNOWN', reason: 'doors:ListDoors was denied'}]);
	expect(panel()?.snapshots).toMatchObject([{outcome: {status: 'partial', refusals: [{iamAction: 'doors:ListDoors'}]}}]);

	// A row of which nothing was ever known is no thing of the account that could go.
	told.things = ['b'];
	await until(async () => (await watcher.refresh('made')).startsWith('Collecting'), 'a refresh', 8000);
	await until(async () => (await rows())[0]?.name === 'b', 'the second join', 8000);
	expect((await watcher.ask({ask: 'changes', service: 'entrances', filter: '', offset: 0, limit: 9})).rows).toEqual([]);
}, 30_000);

test('a board of which little is watched is not shown', async () => {
	const {watcher, panel} = await watching(world({things: [], doors: ['a']}), [doors]);
	await until(async () => (await watcher.health())?.entries === 1, 'the door', 8000);
	expect(panel()).toBeUndefined();
}, 15_000);

test('an input that is not watched is no empty list', async () => {
	const {panel, rows} = await watching(world({things: ['a'], doors: []}), [madeService()]);
	await until(() => panel()?.counts.unknown === 1, 'the join', 8000);
	expect(await rows()).toMatchObject([{verdict: 'UNKNOWN', reason: expect.stringContaining('doors is not watched')}]);
}, 15_000);

test('a board is given the mutes, and those of a configuration that is read again', async () => {
	const mute = (rule: string) => ({rule, resource: '*', until: undefined, reason: 'known'});
	const muted: Board = {
		...board,
		*join({mutes, accountId}) {
			for (const {rule} of mutes) {
				yield {...aThing(rule), accountId, resourceType: 'Vedette::Entrances::Entrance'};
			}
		},
	};
	const config = {...aConfig(await ownDirectory()), mutes: [mute('first')]};
	const gate = aGate(world({things: ['a'], doors: []}));
	const parts = theParts(config, gate, {
		services: [madeService(), doors],
		boards: [muted],
		reload: async () => ({...config, mutes: [mute('second')]}),
	});
	const started = await startDaemon(parts);
	if (!started.started) {
		throw new Error(started.reason);
	}

	onTestFinished(async () => started.daemon.stop());
	const watcher = connect({runtimeDir: config.runtimeDir, version: '1.2.3'});
	onTestFinished(async () => watcher.close());
	const names = async () => {
		const window = {filter: '', sort: 'name', descending: false, offset: 0, limit: 9} as const;
		return (await watcher.ask({ask: 'panel', service: 'entrances', ...window})).rows.map(({name}) => name).join();
	};
	await until(async () => (await names()) === 'first', 'the mute of the first configuration', 8000);
	await started.daemon.reload();
	await until(async () => (await names()) === 'second', 'that of the second', 8000);
}, 20_000);
