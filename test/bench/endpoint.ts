import {fork} from 'node:child_process';
import {once} from 'node:events';
import {type ScenarioName, scenarioNames, startEndpoint} from '../../mocks/index.js';
import {guardduty} from '../../mocks/services/guardduty.js';
import {inspector} from '../../mocks/services/inspector.js';
import {macie} from '../../mocks/services/macie.js';

export const largeAccountId = '345678901234';

/** The Regions of the large scenario, the biggest first. */
export const largeRegions = ['us-east-1', 'eu-west-1', 'ap-southeast-2'] as const;

/** How many calls the endpoint took, by service and operation. */
export type Counted = Readonly<Record<string, Readonly<Record<string, number>>>>;

export type EndpointProcess = {
	readonly url: string;
	readonly pid: number;
	/** What was asked since the last time. */
	countCalls(): Promise<Counted>;
	/** Has AWS update this many findings of each service that reports any, in the first Region, at that moment. */
	touch(findings: number, atMs: number): Promise<void>;
	stop(): Promise<void>;
};

/** The endpoint in a process of its own, so that its work is not counted as ours. `findings`: keep no more than that many in all. */
export const endpointProcess = async (scenario: ScenarioName, findings = 100_000): Promise<EndpointProcess> => {
	const child = fork(process.argv[1] ?? '', ['--endpoint', scenario, String(findings)], {stdio: ['ignore', 'inherit', 'inherit', 'ipc']});
	const url = await new Promise<string>((resolve, reject) => {
		child.once('message', message => resolve(String(message)));
		child.once('exit', code => reject(new Error(`The endpoint ended with ${code} before it served`)));
	});
	return {
		url,
		pid: child.pid ?? 0,
		async countCalls() {
			// The control answers in the shape that mocks/README.md gives.
			const {calls} = (await (await fetch(`${url}/_vedette/calls`)).json()) as {
				readonly calls: ReadonlyArray<{readonly service: string; readonly operation: string}>;
			};
			await fetch(`${url}/_vedette/calls`, {method: 'DELETE'});
			const counted: Record<string, Record<string, number>> = {};
			for (const {service, operation} of calls) {
				const ofService = counted[service] ?? {};
				counted[service] = {...ofService, [operation]: (ofService[operation] ?? 0) + 1};
			}

			return counted;
		},
		async touch(count, atMs) {
			child.send({count, atMs});
			await once(child, 'message');
		},
		async stop() {
			const ended = once(child, 'exit');
			child.kill('SIGTERM');
			await ended;
		},
	};
};

/** Serves in this process, for a parent that forked it with `--endpoint SCENARIO FINDINGS`. */
export const serveEndpoint = async (scenario: string | undefined, findings: number): Promise<void> => {
	const endpoint = await startEndpoint({scenario: scenarioNames.find(name => name === scenario) ?? 'large'});
	const {world} = endpoint;
	const share = findings / 100_000;
	for (const awsRegion of share < 1 ? largeRegions : []) {
		keep(world.state(guardduty, awsRegion), share);
		keep(world.state(inspector, awsRegion), share);
		keep(world.state(macie, awsRegion), share);
	}

	process.on('message', (touch: Touch) => {
		const [awsRegion] = largeRegions;
		update(world.state(guardduty, awsRegion), touch);
		update(world.state(inspector, awsRegion), touch);
		update(world.state(macie, awsRegion), touch);
		process.send?.('touched');
	});
	process.once('SIGTERM', () => {
		void endpoint.close().then(() => process.exit(0));
	});
	process.send?.(endpoint.url);
};

/** A Region's findings in the mock: the list is replaced, never changed. */
type Reported<Finding> = {findings: readonly Finding[]};

const keep = <Finding>(state: Reported<Finding>, share: number): void => {
	const every = Math.round(1 / share);
	state.findings = state.findings.filter((_, index) => index % every === 0);
};

type Touch = {readonly count: number; readonly atMs: number};

const update = <Finding extends {readonly updatedAtMs: number}>(state: Reported<Finding>, {count, atMs}: Touch): void => {
	const rest = Math.max(0, state.findings.length - count);
	state.findings = [...state.findings.slice(0, rest), ...state.findings.slice(rest).map(finding => ({...finding, updatedAtMs: atMs}))];
};
