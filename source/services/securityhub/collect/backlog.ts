import {type ReportedFinding, type Severity, severities} from '../../../model/index.js';
import {type Backlog, readSeverities} from '../rules/backlog.js';

const listed = 20;

/** Adds up failures as they are read, so that none need be kept. */
export class BacklogCount {
	readonly #failed = {CRITICAL: 0, HIGH: 0, MEDIUM: 0};
	readonly #oldest: Partial<Record<keyof NonNullable<Backlog['failed']>, {readonly at: string; readonly what: string}>> = {};
	readonly #controls = new Map<string, {severity: Severity; count: number}>();
	readonly #accounts = new Set<string>();
	#notified = 0;

	add({severity, type, title, resource, details}: ReportedFinding, createdAt: string): void {
		const read = readSeverities.find(one => one === severity);
		if (read === undefined) return;
		this.#failed[read]++;
		this.#accounts.add(resource.accountId);
		const control = this.#controls.get(type) ?? {severity, count: 0};
		control.count++;
		if (severities.indexOf(severity) > severities.indexOf(control.severity)) control.severity = severity;
		this.#controls.set(type, control);
		if (details['workflow'] === 'NOTIFIED') {
			this.#notified++;
			return;
		}

		const oldest = this.#oldest[read];
		if (oldest === undefined || createdAt < oldest.at) this.#oldest[read] = {at: createdAt, what: `${title} (${resource.resourceName})`};
	}

	total(): Backlog {
		const worst = [...this.#controls]
			.map(([controlId, {severity, count}]) => ({controlId, severity, count}))
			.sort((one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity) || other.count - one.count)
			.slice(0, listed);
		return {
			failed: {...this.#failed},
			worst,
			controls: this.#controls.size,
			accounts: this.#accounts.size,
			notified: this.#notified,
			oldest: {...this.#oldest},
		};
	}
}
