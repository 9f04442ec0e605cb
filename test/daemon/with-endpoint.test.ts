import {expect, onTestFinished, test, vi} from 'vitest';
import {startEndpoint} from '../../mocks/index.js';
import {connect} from '../../source/client/connect.js';
import {createGate} from '../../source/collect/gate.js';
import {startDaemon} from '../../source/daemon/daemon.js';
import type {Config, Overview} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {openStore} from '../../source/store/open-store.js';
import {aConfig, ownDirectory, silent, until} from './fakes.js';

/** The daemon as it is, over the real gate, against an account on loopback. */
const setUp = async (more: Partial<Config> = {}) => {
	const endpoint = await startEndpoint({scenario: 'typical'});
	onTestFinished(async () => endpoint.close());
	vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDVEDETTETEST00000');
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'no secret');
	vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
	vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	const config = aConfig(await ownDirectory(), {
		endpointUrl: endpoint.url,
		regions: ['eu-west-1', 'us-east-1'],
		limits: {share: 1},
		...more,
	});
	const begin = async () => {
		const started = await startDaemon({
			config,
			services,
			version: '1.2.3',
			openStore: async ({stateDir}) => openStore({dir: stateDir, now: () => new Date().toISOString()}),
			openGate: (given, store) => createGate({config: given, cache: store.answerCache}),
			log: silent,
		});
		if (!started.started) {
			throw new Error(started.reason);
		}

		onTestFinished(async () => started.daemon.stop());
		return started.daemon;
	};

	const watcher = connect({runtimeDir: config.runtimeDir, version: '1.2.3'});
	onTestFinished(async () => watcher.close());
	let latest: Overview | undefined;
	watcher.watch({ask: 'overview', rowsPerPanel: 3}, answer => {
		latest = answer;
	});
	const outcomes = (id: string): readonly string[] =>
		latest?.panels.find(panel => panel.id === id)?.snapshots.map(({outcome}) => outcome.status) ?? [];
	return {endpoint, begin, watcher, latest: () => latest, outcomes};
};

const answered = ['ok', 'partial', 'not-enabled'];

test('all services are seen in all Regions within seconds, and nothing is wrong with the watch', async () => {
	const {begin, latest} = await setUp();
	await begin();
	// Two Regions are watched; a global service is seen once, at home.
	const seen = new Map(services.map(({id, scope}) => [id, scope === 'regional' ? 2 : 1]));
	await until(
		() =>
			latest()?.panels.length === services.length &&
			latest()?.panels.every(
				({id, snapshots}) => snapshots.length === seen.get(id) && snapshots.every(({outcome}) => answered.includes(outcome.status)),
			),
		'all panels',
		30_000,
	);
	expect(latest()?.problems.map(({id}) => id)).toEqual(['endpoint']);
	expect(latest()?.score).toBeGreaterThan(0);
}, 60_000);

test('one denied listing is that service’s affair, is not asked again, and is said by name', async () => {
	const {endpoint, begin, latest, outcomes} = await setUp({services: ['kms', 'acm']});
	endpoint.faults.add({operation: 'ListKeys', effect: {kind: 'deny'}});
	await begin();
	await until(() => outcomes('kms').length === 2 && outcomes('acm').length === 2, 'both panels', 30_000);
	expect(outcomes('kms')).toEqual(['denied', 'denied']);
	expect(outcomes('acm').every(status => answered.includes(status))).toBe(true);
	const kms = latest()?.panels.find(({id}) => id === 'kms');
	expect(kms?.snapshots[0]?.outcome.refusals[0]).toMatchObject({operation: 'ListKeys', iamAction: 'kms:ListKeys'});
	expect(kms?.snapshots[0]?.capturedAt).toBeUndefined();
	expect(Date.parse(kms?.snapshots[0]?.nextAttemptAt ?? '') - Date.now()).toBeGreaterThan(50 * 60_000);
}, 60_000);

test('an expired token is told once with the way out, and everything is taken up again after the login', async () => {
	const {endpoint, begin, watcher, latest, outcomes} = await setUp({services: ['kms']});
	const expired = endpoint.faults.add({effect: {kind: 'invalid-credentials'}});
	await begin();
	await until(() => latest()?.problems.some(({id}) => id === 'credentials'), 'the problem', 30_000);
	expect(latest()?.problems.filter(({id}) => id === 'credentials')).toHaveLength(1);
	expired.remove();
	await watcher.refresh();
	await until(() => outcomes('kms').length === 2 && outcomes('kms').every(status => answered.includes(status)), 'the keys', 30_000);
	await until(() => latest()?.problems.every(({id}) => id === 'endpoint'), 'no problem');
}, 60_000);
