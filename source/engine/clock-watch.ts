const everyMs = 10_000;

/** Less than this is a busy machine or a clock being set right, not a sleep. */
const toleranceMs = 30_000;

export type ClockWatch = {
	/** Looks now. A timer that finds itself late asks before it does anything. */
	look(): boolean;
	stop(): void;
};

/**
 * Notices that time was lost: the machine slept (wall time went on without the monotonic clock, or both went on without us),
 * or somebody set the clock, in either direction. Calls back once for each time, with the milliseconds.
 */
export const watchClock = (onJump: (jumpMs: number) => void): ClockWatch => {
	let wallMs = Date.now();
	let monotonicMs = performance.now();

	const look = (): boolean => {
		const wallPassed = Date.now() - wallMs;
		const monotonicPassed = performance.now() - monotonicMs;
		wallMs += wallPassed;
		monotonicMs += monotonicPassed;
		const drift = wallPassed - monotonicPassed;
		const late = monotonicPassed - everyMs;
		if (Math.abs(drift) > toleranceMs || late > toleranceMs) {
			onJump(Math.abs(drift) > toleranceMs ? drift : late);
			return true;
		}

		return false;
	};

	const timer = setInterval(look, everyMs);
	return {
		look,
		stop() {
			clearInterval(timer);
		},
	};
};
