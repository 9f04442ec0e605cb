import type {Task} from '../engine/port.js';
import type {Service} from '../model/index.js';

/**
 * A resource may be judged by one of another Region that was not collected yet. When a service whose kinds are related
 * has been seen in all its Regions once, it is judged again.
 */
export const createFirstRound = (rejudge: (service: Service) => Promise<void>) => {
	const missing = new Map<string, Set<string>>();
	return {
		expect(tasks: readonly Task[]): void {
			for (const {service, awsRegion, tier, firstAfterMs} of tasks) {
				if (tier === 'full' && !firstAfterMs) {
					const regions = missing.get(service) ?? new Set();
					missing.set(service, regions.add(awsRegion));
				}
			}
		},
		async ended(service: Service, {awsRegion, tier}: Task): Promise<void> {
			const regions = missing.get(service.id);
			if (tier === 'full' && regions?.delete(awsRegion) && regions.size === 0) {
				missing.delete(service.id);
				if (service.kinds.some(({related}) => related !== undefined)) {
					await rejudge(service);
				}
			}
		},
	};
};
