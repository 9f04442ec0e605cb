import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {boards} from '../../source/boards/index.js';
import {daemonFlags} from '../../source/commands/background.js';
import {evaluateResource} from '../../source/evaluate/index.js';
import type {Inputs, Joined, Judged, Kind, Resource} from '../../source/model/index.js';
import {services} from '../../source/services/index.js';
import {TypicalAccount} from '../boards/inputs.js';
import {type Figure, milliseconds, quickest} from './figures.js';

const wanted = 10_000;
const rounds = 9;
const warmUp = 6;

const timed = (work: () => void): number => {
	const times = Array.from({length: warmUp + rounds}, () => {
		// Of this thread alone: what else the machine does, and the collector of garbage beside it, is none of this work.
		const before = process.threadCpuUsage();
		work();
		const {user, system} = process.threadCpuUsage(before);
		return (user + system) / 1000;
	});
	// The first rounds compile; the budget is for a daemon that runs for days.
	return quickest(times.slice(warmUp));
};

/** So many resources of the account's sorts, each with a name and an ARN of its own. */
const multiplied = (entries: readonly Joined[]): readonly Joined[] =>
	Array.from({length: Math.ceil(wanted / entries.length)}, (_, round) =>
		entries.map((entry): Joined => {
			const {resource} = entry;
			const suffix = round === 0 ? '' : `-${round}`;
			return {
				...entry,
				key: `${entry.key}${suffix}`,
				resource: {...resource, arn: `${resource.arn}${suffix}`, resourceId: `${resource.resourceId}${suffix}`},
			};
		}),
	)
		.flat()
		.slice(0, wanted);

const judgeEach = (
	owned: ReadonlyArray<{readonly service: Judged; readonly kind: Kind; readonly resource: Resource}>,
	now: string,
): void => {
	const context = {now, trustedAccounts: [], watches: () => true, related: () => undefined};
	for (const {service, kind, resource} of owned) {
		evaluateResource({service, kind, resource, previous: undefined, baseline: true, rules: {}, context});
	}
};

/** What 10,000 resources of all kinds cost to judge, and each board to join from as many, in a process that is set up as the daemon is. */
export const measureJudging = async (): Promise<readonly Figure[]> => {
	const bench = process.argv[1] ?? '';
	const {stdout} = await promisify(execFile)(process.execPath, [...daemonFlags, bench, '--judging']);
	// Written by `judgeHere`, below.
	return JSON.parse(stdout) as readonly Figure[];
};

export const judgeHere = async (): Promise<readonly Figure[]> => {
	const account = await TypicalAccount.open();
	const now = new Date().toISOString();
	const typical = account.inputs();
	const kinds = services.flatMap(service => service.kinds.map(kind => ({service, kind})));
	const all = kinds.flatMap(({kind}) => typical.of(kind.resourceType));
	const owners = new Map(kinds.map(owner => [owner.kind.resourceType, owner]));
	const owned = multiplied(all).flatMap(({resource}) => {
		const owner = owners.get(resource.resourceType);
		return owner === undefined ? [] : [{...owner, resource}];
	});
	const rules = owned.reduce((sum, {kind}) => sum + kind.rules.length, 0);
	const judgingMs = timed(() => judgeEach(owned, now));
	const figures: Figure[] = [
		{
			name: `judging ${wanted} resources of ${kinds.length} kinds, ${rules} answers, quickest of ${rounds}`,
			budget: '≤ 150 ms',
			measured: milliseconds(judgingMs),
			baseline: `${milliseconds(judgingMs / rules)} an answer`,
			ratio: '',
			within: judgingMs <= 150,
		},
	];
	for (const board of boards) {
		const types = board.inputs.map(({resourceType}) => resourceType);
		const many = multiplied(types.flatMap(resourceType => typical.of(resourceType)));
		const byType = new Map(types.map(resourceType => [resourceType, many.filter(({resource}) => resource.resourceType === resourceType)]));
		// Entries of one type each, whose configuration is the caller's promise, as the inputs' type says.
		const inputs: Inputs = {...typical, of: resourceType => (byType.get(resourceType) ?? []) as unknown as readonly Joined<never>[]};
		let rows = 0;
		const joiningMs = timed(() => {
			rows = [...board.join(inputs)].length;
		});
		figures.push({
			name: `the board ${board.title} over ${wanted} resources, ${rows} rows, likewise`,
			budget: '≤ 50 ms',
			measured: milliseconds(joiningMs),
			baseline: '',
			ratio: '',
			within: joiningMs <= 50,
		});
	}

	await account.close();
	return figures;
};
