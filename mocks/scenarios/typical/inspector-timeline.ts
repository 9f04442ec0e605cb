import {type InspectorState, instance, packageFinding} from '../../services/inspector-state.js';
import {hostAdvisories} from '../advisories.js';
import type {Moment, Step, Timeline} from '../scenario.js';

const step = (awsRegion: string, atSeconds: number, what: string, apply: Step<InspectorState>['apply']): Step<InspectorState> => ({
	awsRegion,
	atSeconds,
	what,
	apply,
});

/** Only `updatedAt` and the status move: `lastObservedAt` stands still, as AWS keeps it. */
const setStatus = (state: InspectorState, moment: Moment, ids: ReadonlySet<string>, status: 'ACTIVE' | 'CLOSED'): void => {
	state.findings = state.findings.map(record => (ids.has(record.id) ? {...record, status, updatedAtMs: moment.now.getTime()} : record));
};

/** What `web-1` suffers from and gets rid of. */
const onWeb1 = (moment: Moment): ReadonlySet<string> =>
	new Set(
		hostAdvisories.slice(0, 3).map(advisory => packageFinding(moment, advisory, {resource: instance(moment, 'web-1'), firstDaysAgo: 0}).id),
	);

/** A host is patched and later falls back; a new vulnerability arrives; Ireland is switched off for a while. */
export const timeline: Timeline<InspectorState> = {
	roundSeconds: 300,
	steps: [
		step('us-east-1', 45, 'web-1 is patched: three findings close', (state, moment) => setStatus(state, moment, onWeb1(moment), 'CLOSED')),
		step('us-east-1', 110, 'a vulnerability becomes known on fresh-2', (state, moment) => {
			const [advisory] = hostAdvisories;
			const record = packageFinding(
				moment,
				{...advisory, id: `CVE-2026-${10_000 + (moment.round % 80_000)}`, name: 'kernel', severity: 'CRITICAL', score: 9.8},
				{resource: instance(moment, 'fresh-2'), firstDaysAgo: 0, updatedHoursAgo: 0},
			);
			state.findings = [...state.findings.slice(0, 400), record];
		}),
		step('eu-west-1', 160, 'Inspector is disabled in Ireland', state => {
			state.status = 'DISABLED';
		}),
		step('eu-west-1', 230, 'Inspector is enabled in Ireland', state => {
			state.status = 'ENABLED';
		}),
		step('us-east-1', 280, 'web-1 is restored from an old image: its findings are back', (state, moment) =>
			setStatus(state, moment, onWeb1(moment), 'ACTIVE'),
		),
	],
};
