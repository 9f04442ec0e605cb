import path from 'node:path';
import {pino} from 'pino';
import type {Batch, Collect, Ending} from '../../source/collect/port.js';
import type {DaemonGate, DaemonParts} from '../../source/daemon/daemon.js';
import type {Config, Kind, OutcomeStatus, ReportedFinding, Resource, Service} from '../../source/model/index.js';
import {openStore} from '../../source/store/open-store.js';

export const accountId = '111122223333';
export const silent = pino({level: 'silent'});

export const thingType = 'AWS::Made::Thing';

/** A rule that fails where a thing is open, and that compares it with the thing it names. */
const thing: Kind = {
	resourceType: thingType,
	title: 'Things',
	columns: [],
	facts: [],
	rules: [
		{
			id: 'made-thing-closed',
			title: 'Things should be closed',
			severity: 'HIGH',
			published: {securityControlIds: [], cis: [], prowler: []},
			rationale: 'It is made up.',
			remediation: {text: 'Close it.', url: 'https://docs.aws.amazon.com/'},
			reads: [],
			evaluate(resource, context) {
				const {open, twin} = settingsOf(resource);
				if (twin !== undefined && context.related(twin) === undefined) {
					return {verdict: 'UNKNOWN', reason: 'its twin was not seen'};
				}

				return open && !context.trustedAccounts.includes('*')
					? {verdict: 'FAIL', reason: 'it is open'}
					: {verdict: 'PASS', reason: 'it is closed'};
			},
		},
	],
	related: resource => {
		const {twin} = settingsOf(resource);
		return twin === undefined ? [] : [twin];
	},
	consolePath: () => '',
};

const settingsOf = (resource: Resource): {open: boolean; twin: string | undefined} => {
	// Made by `aThing` below.
	const settings = resource.configuration as {open?: boolean; twin?: string};
	return {open: settings.open === true, twin: settings.twin};
};

export const madeService = (more: Partial<Service> = {}): Service => ({
	id: 'made',
	title: 'Made things',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 300_000, deadlineMs: 60_000}},
	iamPrefix: 'made',
	operations: {},
	kinds: [thing],
	load: async () => {
		throw new Error('The collector of a made-up service is the test');
	},
	...more,
});

export const aThing = (name: string, configuration: {open?: boolean; twin?: string} = {}, awsRegion = 'eu-west-1'): Resource => ({
	arn: `arn:aws:made:${awsRegion}:${accountId}:thing/${name}`,
	resourceType: thingType,
	resourceId: name,
	resourceName: name,
	accountId,
	awsRegion,
	tags: {},
	configuration,
	unread: {},
	readAt: {},
});

export const aFinding = (id: string, more: Partial<ReportedFinding> = {}): ReportedFinding => ({
	id,
	source: 'macie',
	type: 'Made:Up/Thing',
	title: `Finding ${id}`,
	reason: 'something happened',
	severity: 'MEDIUM',
	recordState: 'active',
	marks: [],
	resource: aThing('found'),
	firstObservedAt: '2026-01-01T00:00:00.000Z',
	lastObservedAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
	details: {},
	...more,
});

export const aBatch = (more: Partial<Batch> = {}): Batch => ({resources: [], findings: [], goneFindingIds: [], ...more});

export const anEnding = (status: OutcomeStatus = 'ok', more: Partial<Ending> = {}): Ending => {
	const at = new Date().toISOString();
	return {outcome: {status, durationMs: 1, calls: 1, refusals: []}, complete: [], startedAt: at, endedAt: at, ...more};
};

/** Collects what the test says. */
export const scriptedCollect = (script: {batches: Batch[]; ending: Ending}): Collect => {
	return async (_service, _target, {onBatch}) => {
		try {
			for (const batch of script.batches) {
				await onBatch(batch);
			}
		} catch {
			return anEnding('failed', {complete: script.ending.complete});
		}

		const at = new Date().toISOString();
		return {...script.ending, startedAt: at, endedAt: at};
	};
};

export const aGate = (collect: Collect, more: Partial<DaemonGate> = {}): DaemonGate => ({
	collect,
	identity: async () => ({ok: true, value: {accountId, arn: `arn:aws:iam::${accountId}:user/test`, partition: 'aws'}}),
	regions: async () => ({ok: true, value: ['eu-west-1']}),
	loginHint: async () => 'aws sso login',
	traffic: () => ({callsPerMinute: 0, throttledPerMinute: 0}),
	buckets: () => [],
	problems: async () => [],
	forgetRefusals() {},
	async close() {},
	...more,
});

export const aConfig = (stateDir: string, more: Partial<Config> = {}): Config => ({
	profile: undefined,
	roleArn: undefined,
	externalId: undefined,
	regions: undefined,
	endpointUrl: undefined,
	services: undefined,
	limits: {share: 0.2},
	intervals: {},
	rules: {},
	trustedAccounts: [],
	mutes: [],
	stateDir,
	runtimeDir: path.join(stateDir, 'run'),
	file: undefined,
	...more,
});

export const theParts = (config: Config, gate: DaemonGate, more: Partial<DaemonParts> = {}): DaemonParts => ({
	config,
	services: [madeService()],
	version: '1.2.3',
	openStore: async ({stateDir}) => openStore({dir: stateDir, now: () => new Date().toISOString()}),
	openGate: () => gate,
	log: silent,
	...more,
});
