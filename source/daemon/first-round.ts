import type {Task} from '../engine/port.js';
import type {Service, SnapshotHeader} from '../model/index.js';

/**
 * A resource may be judged by one of another Region that was not collected yet. When a service whose kinds are related has
 * been seen in all its Regions once, it is judged again: as part of its baseline where nothing had been known of it.
 */
export const createFirstRound = (rejudge: (service: Service, baseline: boolean) => Promise<void>) => {
	const rounds = new Map<string, {readonly missing: Set<string>; readonly baseline: boolean}>();
	return {
		expect(tasks: readonly Task[], headers: readonly SnapshotHeader[]): void {
			for (const {service, awsRegion, tier, firstAfterMs} of tasks) {
				if (tier === 'full' && !firstAfterMs) {
					const baseline = !headers.some(header => header.service === service && header.fullAt !== undefined);
					const round = rounds.get(service) ?? {missing: new Set(), baseline};
					round.missing.add(awsRegion);
					rounds.set(service, round);
				}
			}
		},
		async ended(service: Service, {awsRegion, tier}: Task): Promise<void> {
			const round = rounds.get(service.id);
			if (tier === 'full' && round?.missing.delete(awsRegion) && round.missing.size === 0) {
				rounds.delete(service.id);
				if (service.kinds.some(({related}) => related !== undefined)) {
					await rejudge(service, round.baseline);
				}
			}
		},
	};
};
