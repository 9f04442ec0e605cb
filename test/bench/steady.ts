import pino from 'pino';
import {createGate} from '../../source/collect/gate.js';
import {createCollecting} from '../../source/daemon/collecting.js';
import {intervalsOf} from '../../source/daemon/header.js';
import {createWriter} from '../../source/daemon/writer.js';
import type {Service, Tier} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {openStore} from '../../source/store/open-store.js';
import type {Store} from '../../source/store/port.js';
import {type Account, now} from './account.js';
import {largeAccountId, largeRegions} from './endpoint.js';
import type {Figure} from './figures.js';

const hourMs = 60 * 60_000;
/** How many findings change of each service that reports any. */
const changed = 120;

/** Of one Region. `described`: resources of which more was asked because something is amiss. */
type Sizes = {readonly resources: number; readonly findings: number; readonly described: number};

const pages = (count: number, size: number): number => Math.max(1, Math.ceil(count / size));

/** KMS as `collect.ts` has it: a state is good for as many seconds as there are keys, at most fifteen minutes. */
const stateFreshForMs = (keys: number): number => Math.min(keys * 1000, 15 * 60_000);

/** `K · (interval / TTL)` for each operation that is asked of each resource. */
const renewing = (operations: readonly string[], {resources}: Sizes, service: Service): number =>
	operations.reduce((sum, operation) => {
		const freshForMs = service.operations[operation]?.freshForMs ?? stateFreshForMs(resources);
		return sum + resources * Math.min(1, service.refresh.full.everyMs / freshForMs);
	}, 0);

const ofEachKey = ['DescribeKey', 'GetKeyRotationStatus', 'GetKeyPolicy', 'ListGrants', 'ListKeyRotations', 'GetKeyLastUsage'];

/** Tags, a hundred resources a call, each hour. */
const tagPages = ({resources}: Sizes, service: Service): number => (pages(resources, 100) * service.refresh.full.everyMs) / hourMs;

/** What is asked once whatever the size: of the formula's twenty, one service's part. */
const singletons = 7;

/**
 * What a refresh of one Region may cost where nothing changed, in calls: the formula of `aws.md` §6. Listings by the page,
 * facts about single resources by how long they stay good, and where a service can say what changed, one question.
 */
const formulas: Readonly<Record<string, Readonly<Partial<Record<Tier, (sizes: Sizes, service: Service) => number>>>>> = {
	kms: {
		full: (sizes, service) =>
			pages(sizes.resources, 1000) + pages(sizes.resources, 100) + renewing(ofEachKey, sizes, service) + tagPages(sizes, service),
	},
	acm: {
		// Certificates in trouble are described: each hour, as long as an answer stays good.
		full: (sizes, service) =>
			pages(sizes.resources, 100) + tagPages(sizes, service) + (sizes.described * service.refresh.full.everyMs) / hourMs,
	},
	secretsmanager: {
		full: (sizes, service) => pages(sizes.resources, 100) + renewing(['GetResourcePolicy'], sizes, service),
		delta: () => 1,
	},
	guardduty: {full: ({findings}) => 2 * pages(findings, 50) + singletons, delta: () => 1},
	inspector: {
		full: ({findings, resources}) => pages(findings, 100) + pages(resources, 200) + singletons,
		delta: () => 1,
	},
	macie: {
		full: ({findings, resources}) => 2 * pages(findings, 50) + pages(resources, 50) + singletons,
		delta: () => 1,
	},
};

/**
 * Calls a refresh once caches are warm, by the endpoint's own record. An hour of refreshes at the declared intervals goes by
 * on a clock that is set forward, so that facts grow old as they would. What is on record bears that clock's times afterwards.
 */
export const measureSteady = async (account: Account): Promise<readonly Figure[]> => {
	const store = await openStore({dir: account.stateDir, now});
	let aheadMs = 0;
	const clock = (): number => Date.now() + aheadMs;
	const gate = createGate({config: account.config, cache: store.answerCache, slowInBackground: false, now: clock});
	const log = pino({level: 'silent'});
	const paceOf = (service: Service) => intervalsOf(service, undefined);
	const collecting = createCollecting({
		store,
		writer: createWriter({
			store,
			config: () => account.config,
			watches: () => true,
			now: () => new Date(clock()).toISOString(),
			log,
		}),
		collect: gate.collect,
		intervalsOf: paceOf,
		log,
	});
	const refresh = async (service: Service, tier: Tier): Promise<void> => {
		for (const awsRegion of largeRegions) {
			const status = await collecting(
				service,
				{accountId: largeAccountId, awsRegion, service: service.id, tier, everyMs: 0, deadlineMs: 0, priority: 0},
				{signal: new AbortController().signal, nextAttemptAt: now},
			);
			if (status !== 'ok' && status !== 'partial') {
				throw new Error(`${service.id} in ${awsRegion} was ${status}`);
			}
		}
	};
	/** Calls since the last time; says to standard error what they were, since that is what one asks next. */
	const count = async (refreshes: number): Promise<number> => {
		const operations = Object.values(await account.endpoint.countCalls()).flatMap(ofService => Object.entries(ofService));
		process.stderr.write(`  ${operations.map(([operation, sum]) => `${operation} ${calls(sum / refreshes)}`).join(', ')}\n`);
		return operations.reduce((sum, [, ofOne]) => sum + ofOne, 0) / refreshes;
	};

	const figures: Figure[] = [];
	const add = (name: string, measured: number, formula: number): void => {
		figures.push({
			name: `API calls a refresh over ${largeRegions.length} Regions, ${name}`,
			budget: '≤ 1.1 x formula',
			measured: calls(measured),
			baseline: `${calls(formula)} formula`,
			ratio: (measured / formula).toFixed(2),
			within: measured <= 1.1 * formula,
		});
	};
	try {
		for (const service of services) {
			const sizes = await Promise.all(largeRegions.map(async awsRegion => sizesOf(store, service, awsRegion)));
			for (const tier of ['full', 'delta'] as const) {
				const formula = formulas[service.id]?.[tier];
				const everyMs = service.refresh[tier]?.everyMs;
				if (formula === undefined || everyMs === undefined) {
					continue;
				}

				const refreshes = Math.max(1, Math.round(hourMs / everyMs));
				await account.endpoint.countCalls();
				for (let round = 0; round < refreshes; round++) {
					aheadMs += everyMs;
					await refresh(service, tier);
				}

				const expected = sizes.reduce((sum, size) => sum + formula(size, service), 0);
				add(`${service.id} ${tier}, nothing changed`, await count(refreshes), expected);
				if (tier === 'delta' && service.reports !== undefined) {
					await account.endpoint.touch(changed, clock());
					await refresh(service, tier);
					add(`${service.id} ${tier}, ${changed} findings changed`, await count(1), expected + 2 * Math.ceil(changed / 50));
				}
			}
		}

		return figures;
	} finally {
		await gate.close();
		await store.close();
	}
};

const calls = (count: number): string => (Number.isInteger(count) ? String(count) : count.toFixed(1));

const sizesOf = async (store: Store, {id, kinds}: Service, awsRegion: string): Promise<Sizes> => {
	const snapshot = {accountId: largeAccountId, awsRegion, service: id};
	const main = kinds.find(({resourceType}) => mainTypes.has(resourceType))?.resourceType;
	const keys = main === undefined ? [] : store.keys(snapshot, main);
	const entries = await store.get(keys);
	return {
		resources: keys.length,
		findings: store.keys(snapshot, 'finding').length,
		described: entries.filter(entry => entry?.entry === 'resource' && 'DescribeCertificate' in entry.resource.readAt).length,
	};
};

/** The resources of which there are many. */
const mainTypes: ReadonlySet<string> = new Set([
	'AWS::KMS::Key',
	'AWS::ACM::Certificate',
	'AWS::SecretsManager::Secret',
	'AWS::Macie::Bucket',
	'AWS::InspectorV2::Coverage',
]);
