import type {ReportedFinding} from '../../../model/index.js';
import type {Backlog, Waiting} from '../rules/backlog.js';

/** From here on FIRST's model expects that a vulnerability is rather exploited within 30 days than not. https://www.first.org/epss/ */
export const likelyExploited = 0.5;

/** Worth mending before all others: it can be mended, and it is critical, or exploited, or about to be. */
export const urgencyOf = ({severity, marks, details}: ReportedFinding): 'critical' | 'exploitable' | undefined => {
	// Ports and code have no fix that Inspector could name; of a package only a plain no says that there is none.
	const isMendable = marks.includes('fix-available') || (details['kind'] === 'PACKAGE_VULNERABILITY' && details['fixAvailable'] !== 'NO');
	if (!isMendable) return undefined;
	if (severity === 'CRITICAL') return 'critical';
	const epss = details['epss'];
	return marks.includes('exploit-available') || (typeof epss === 'number' && epss >= likelyExploited) ? 'exploitable' : undefined;
};

/** Adds up findings as they are read, so that none need be kept. */
export class BacklogCount {
	readonly #urgent: Record<'critical' | 'exploitable', Waiting> = {critical: {count: 0}, exploitable: {count: 0}};
	#suppressed = 0;
	/** Active findings: what Inspector's aggregation counts. */
	active = 0;

	add(finding: ReportedFinding): void {
		if (finding.recordState === 'suppressed') this.#suppressed++;
		if (finding.recordState !== 'active') return;
		this.active++;
		const urgency = urgencyOf(finding);
		if (urgency === undefined) return;
		const {count, oldestAt, oldest} = this.#urgent[urgency];
		const isOldest = oldestAt === undefined || finding.firstObservedAt < oldestAt;
		this.#urgent[urgency] = {
			count: count + 1,
			oldestAt: isOldest ? finding.firstObservedAt : oldestAt,
			oldest: isOldest ? `${finding.type} on ${finding.resource.resourceName}` : (oldest ?? ''),
		};
	}

	total(): Pick<Backlog, 'urgent' | 'suppressed'> {
		return {urgent: {...this.#urgent}, suppressed: this.#suppressed};
	}
}
