import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import {expect, test} from 'vitest';
import type {Fault} from '../../mocks/index.js';
import type {Counts, PanelSummary} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {answered, noCredentials, type Stage, setStage, until, type Viewer} from './stage.js';

const ids = services.map(({id}) => id);
const intervalsOf = (watched: readonly string[], every: string): string =>
	`intervals:\n${watched.map(id => `  ${id}: {full: ${every}}\n`).join('')}`;

const begun = async (stage: Stage, watched: readonly string[] = ids): Promise<Viewer> => {
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('all panels', () => watched.every(id => answered(viewer, id)), 40_000);
	return viewer;
};

test('a throttling storm on one service is said on its panel alone, and the others keep their pace', {
	timeout: 90_000,
}, async () => {
	const stage = await setStage({configuration: intervalsOf(ids, '10s')});
	const viewer = await begun(stage);
	const before = viewer.panel('kms');
	stage.endpoint.faults.add({service: 'kms', effect: {kind: 'throttle'}});
	await viewer.until('the keys to be throttled', () => viewer.outcomes('kms')[0] === 'throttled', 40_000);
	const snapshot = viewer.panel('kms')?.snapshots[0];
	expect(viewer.panel('kms')?.total).toBe(before?.total);
	expect(viewer.panel('kms')?.counts).toEqual(before?.counts);
	expect(snapshot?.capturedAt).toBe(before?.snapshots[0]?.capturedAt);
	expect((await stage.run('panel', 'kms', '--plain')).stdout).toContain('throttled');
	for (const id of ids.filter(one => one !== 'kms')) {
		const other = viewer.panel(id)?.snapshots[0];
		expect(answered(viewer, id), id).toBe(true);
		expect(Date.now() - Date.parse(other?.capturedAt ?? ''), id).toBeLessThan(20_000);
	}
});

// What is no AWS answer, from all services at once: a captive portal, an emulator that has nothing, a broken proxy.
const wrong: ReadonlyArray<Fault['effect']> = [{kind: 'html'}, {kind: 'status', httpStatus: 501}, {kind: 'null-members'}];

test('what is no AWS answer closes nothing, empties nothing and passes nothing', {timeout: 120_000}, async () => {
	const stage = await setStage({configuration: intervalsOf(ids, '10s')});
	const viewer = await begun(stage);
	const totals = ids.map(id => viewer.panel(id)?.total);
	// Of services: boards are joined a moment later, and what they say counts besides.
	const counted = (sizeOf: (counts: Counts) => number): number =>
		ids.reduce((sum, id) => {
			const counts = viewer.panel(id)?.counts;
			return sum + (counts === undefined ? 0 : sizeOf(counts));
		}, 0);
	const certain = (): number =>
		counted(({pass, CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL}) => pass + CRITICAL + HIGH + MEDIUM + LOW + INFORMATIONAL);
	const most = certain() + counted(({unknown}) => unknown);
	for (const effect of wrong) {
		const fault = stage.endpoint.faults.add({service: ids, effect});
		const beganAt = new Date().toISOString();
		await viewer.until('all asked', () => ids.every(id => (viewer.panel(id)?.snapshots[0]?.attemptedAt ?? '') > beganAt), 40_000);
		fault.remove();
		expect(
			ids.map(id => viewer.panel(id)?.total),
			effect.kind,
		).toEqual(totals);
		expect(certain(), effect.kind).toBeLessThanOrEqual(most);
		if (effect.kind !== 'null-members') {
			// Nothing at all was learnt.
			expect(
				ids.map(id => viewer.outcomes(id)[0]),
				effect.kind,
			).toEqual(ids.map(() => 'failed'));
		}

		const {rows} = await viewer.watcher.ask({ask: 'changes', since: beganAt, filter: '', offset: 0, limit: 500});
		expect(
			rows.filter(({type}) => type === 'closed' || type === 'gone'),
			effect.kind,
		).toEqual([]);
	}
});

test('a Region that is not opted in, a service that is not enabled, and a clock that is an hour off are each said, and nothing else suffers', {
	timeout: 60_000,
}, async () => {
	const stage = await setStage({regions: ['us-east-1', 'eu-south-1', 'sa-east-1'], configuration: 'services: [kms, macie]\n'});
	stage.endpoint.faults.add({awsRegion: 'eu-south-1', effect: {kind: 'region-not-enabled'}});
	stage.endpoint.faults.add({
		service: 'macie',
		awsRegion: 'sa-east-1',
		effect: {kind: 'error', name: 'AccessDeniedException', message: 'Macie is not enabled.', httpStatus: 403},
	});
	stage.endpoint.faults.add({effect: {kind: 'skew', offsetMs: 3_600_000}});
	stage.daemon();
	const viewer = stage.viewer();
	await viewer.until('three Regions', () => ['kms', 'macie'].every(id => viewer.outcomes(id).length === 3), 40_000);
	const by = (id: string): Record<string, string> =>
		Object.fromEntries(viewer.panel(id)?.snapshots.map(({awsRegion, outcome}) => [awsRegion, outcome.status]) ?? []);
	expect(by('kms')['eu-south-1']).toBe('not-available');
	expect(by('macie')['eu-south-1']).toBe('not-available');
	expect(by('macie')['sa-east-1']).toBe('not-enabled');
	expect(['ok', 'partial']).toContain(by('kms')['us-east-1']);
	await viewer.until('the clock', () => viewer.problem('clock') !== undefined);
	expect(viewer.problem('clock')?.text).toMatch(/hour|(?:60|59) min/u);
	const doctor = await stage.run('doctor');
	expect(doctor.stdout).toMatch(/problem {2}clock/u);
	expect(doctor.code).toBe(4);
	const plain = await stage.run('watch', '--plain');
	expect(plain.stdout).toContain(viewer.problem('clock')?.text);
	expect((await stage.run('status')).code).toBe(0);
});

test('a network that is gone is told as that, and what was read stays', {timeout: 60_000}, async () => {
	const stage = await setStage({configuration: `services: [macie]\n${intervalsOf(['macie'], '10s')}`, env: noCredentials});
	await stage.logIn('AKIAFIRSTFIRSTFIRST1');
	const viewer = await begun(stage, ['macie']);
	const total = viewer.panel('macie')?.total;
	stage.endpoint.faults.add({effect: {kind: 'reset'}});
	await viewer.until('no answer', () => viewer.outcomes('macie')[0] === 'unreachable', 30_000);
	expect(viewer.panel('macie')?.total).toBe(total);
	expect(viewer.problem('credentials')).toBeUndefined();
	stage.endpoint.faults.clear();
	await viewer.until('an answer', () => answered(viewer, 'macie'), 30_000);
});

test('Regions and services that are not watched any more are nowhere, and are there again when they are', {timeout: 60_000}, async () => {
	const stage = await setStage({regions: ['us-east-1'], configuration: 'services: [kms, acm]\n'});
	const first = stage.daemon('--region', 'eu-west-1');
	const viewer = stage.viewer();
	// Boards join what is watched, and have panels of their own.
	const ofServices = (panels: readonly PanelSummary[]) => panels.filter(({id}) => ids.includes(id));
	await viewer.until('both', () => answered(viewer, 'kms') && answered(viewer, 'acm') && viewer.outcomes('kms').length === 2, 40_000);
	first.process.kill('SIGTERM');
	await first.ended;
	await writeFile(path.join(stage.home, 'config.yaml'), 'limits:\n  share: 1\nservices: [kms]\n');
	const second = stage.daemon();
	await viewer.until(
		'one Region of one service',
		({panels}) => ofServices(panels).length === 1 && ofServices(panels)[0]?.snapshots.length === 1,
		20_000,
	);
	const findings = await viewer.watcher.ask({ask: 'findings', filter: '', sort: 'urgency', descending: true, offset: 0, limit: 500});
	const places = findings.rows.filter(({service}) => ids.includes(service)).map(({service, awsRegion}) => `${service} ${awsRegion}`);
	expect(new Set(places)).toEqual(new Set(['kms us-east-1']));
	const exported: unknown = JSON.parse((await stage.run('export')).stdout);
	expect(exported).toMatchObject({snapshots: expect.arrayContaining([expect.objectContaining({service: 'kms', awsRegion: 'us-east-1'})])});
	expect(exported).not.toMatchObject({snapshots: expect.arrayContaining([expect.objectContaining({awsRegion: 'eu-west-1'})])});
	expect(exported).not.toMatchObject({snapshots: expect.arrayContaining([expect.objectContaining({service: 'acm'})])});
	second.process.kill('SIGTERM');
	await second.ended;
	await writeFile(path.join(stage.home, 'config.yaml'), 'limits:\n  share: 1\nservices: [kms, acm]\n');
	stage.daemon('--region', 'eu-west-1');
	await viewer.until(
		'all again',
		({panels}) => ofServices(panels).length === 2 && ofServices(panels).every(({snapshots}) => snapshots.length === 2),
		20_000,
	);
});

test('a second daemon ends with 75 and names the first', {timeout: 30_000}, async () => {
	const stage = await setStage({configuration: 'services: [macie]\n'});
	const first = stage.daemon();
	await until(() => first.stderr().includes('Vedette serves'), 'a daemon', 20_000);
	const second = stage.daemon();
	expect(await second.ended).toBe(75);
	expect(second.stderr()).toContain(`pid ${first.process.pid}`);
});
