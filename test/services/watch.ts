import Keyv from 'keyv';
import {type Endpoint, type ScenarioName, startEndpoint} from '../../mocks/index.js';
import {createGate} from '../../source/collect/gate.js';
import type {Batch, Ending} from '../../source/collect/port.js';
import {type EvaluationContext, evaluateResource} from '../../source/evaluate/index.js';
import type {Judged, ReportedFinding, Resource, ResourceEntry, Service, Tier} from '../../source/model/index.js';

type Collected = Ending & {readonly resources: readonly Resource[]; readonly findings: readonly ReportedFinding[]};

/** A gate to a mock account, and the clock by which it looks. `close` ends both. */
export type Watch = {
	readonly endpoint: Endpoint;
	readonly regions: readonly string[];
	/** Moves the watch's clock, by which cached answers grow old; the account's stays. */
	pass(ms: number): void;
	now(): string;
	collect(service: Service, awsRegion: string, options?: {readonly tier?: Tier; readonly watermark?: string}): Promise<Collected>;
	close(): Promise<void>;
};

/** Watches a scenario through the real gate and the real SDK. Slow operations are waited for unless `slowInBackground`. */
export const watchScenario = async (
	scenario: ScenarioName,
	options: {readonly slowInBackground?: boolean; readonly callTimeoutMs?: number} = {},
): Promise<Watch> => {
	process.env['AWS_ACCESS_KEY_ID'] = 'AKIAIOSFODNN7EXAMPLE';
	process.env['AWS_SECRET_ACCESS_KEY'] = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
	const endpoint = await startEndpoint({scenario});
	let passedMs = 0;
	const nowMs = (): number => Date.now() + passedMs;
	const gate = createGate({
		config: {
			profile: undefined,
			roleArn: undefined,
			externalId: undefined,
			endpointUrl: endpoint.url,
			// The mock has no quotas: a run that waited for those of AWS would test the clock.
			limits: {share: Number.POSITIVE_INFINITY},
			regions: undefined,
		},
		cache: new Keyv(),
		now: nowMs,
		slowInBackground: options.slowInBackground ?? false,
		...(options.callTimeoutMs !== undefined && {callTimeoutMs: options.callTimeoutMs}),
	});
	const account = endpoint.world.accounts[0];
	if (account === undefined) {
		throw new Error('A scenario has an account');
	}

	return {
		endpoint,
		regions: account.regions.filter(({status}) => status === 'ENABLED' || status === 'ENABLED_BY_DEFAULT').map(({awsRegion}) => awsRegion),
		pass: ms => {
			passedMs += ms;
		},
		now: () => new Date(nowMs()).toISOString(),
		collect: async (service, awsRegion, {tier = 'full', watermark} = {}) => {
			const batches: Batch[] = [];
			const ending = await gate.collect(
				service,
				{accountId: account.accountId, awsRegion, service: service.id, tier},
				{watermark, signal: new AbortController().signal, onBatch: async batch => void batches.push(batch)},
			);
			return {
				...ending,
				resources: batches.flatMap(({resources}) => resources),
				findings: batches.flatMap(({findings}) => findings),
			};
		},
		close: async () => {
			await gate.close();
			await endpoint.close();
		},
	};
};

/** What the rules say of resources that were collected together, related ones known to each other. */
export const judgeAll = (
	service: Judged,
	resources: readonly Resource[],
	now: string,
	context: Partial<Pick<EvaluationContext, 'trustedAccounts' | 'watches'>> = {},
): readonly ResourceEntry[] => {
	const byArn = new Map(resources.map(resource => [resource.arn, resource]));
	return resources.flatMap(resource => {
		const kind = service.kinds.find(({resourceType}) => resourceType === resource.resourceType);
		return kind === undefined
			? []
			: [
					evaluateResource({
						service,
						kind,
						resource,
						previous: undefined,
						baseline: true,
						rules: {},
						context: {now, trustedAccounts: [], watches: () => true, related: arn => byArn.get(arn), ...context},
					}).entry,
				];
	});
};
