import type {Evidence, Refusal, Service} from '../model/index.js';
import {iamActionOf, refusalInWords} from '../model/index.js';

/** Says why an operation gave no answer; of one that waits for its turn, how slow its turns come. */
const toUnreadReason = (service: Pick<Service, 'iamPrefix' | 'operations'>, operation: string, refusal: Refusal): string => {
	const words = refusalInWords(refusal, refusal.iamAction === '' ? iamActionOf(service, operation) : refusal.iamAction);
	const perSecond = refusal.status === 'pending' ? service.operations[operation]?.requestsPerSecond : undefined;
	return perSecond === undefined ? words : `${words}: its quota is ${perSecond} ${perSecond === 1 ? 'call' : 'calls'} a second`;
};

/** Every read that is missing, in one sentence, with the first as evidence. Undefined where nothing is missing. */
export const toUnknown = (
	service: Pick<Service, 'iamPrefix' | 'operations'>,
	reads: readonly string[],
	unread: Readonly<Record<string, Refusal>>,
): {readonly reason: string; readonly evidence: Evidence} | undefined => {
	let missing: Array<{readonly operation: string; readonly refusal: Refusal}> | undefined;
	for (const operation of reads) {
		const refusal = unread[operation];
		if (refusal !== undefined) {
			missing ??= [];
			missing.push({operation, refusal});
		}
	}

	if (missing === undefined) {
		return undefined;
	}

	const [first] = missing;
	if (first === undefined) {
		return undefined;
	}

	return {
		// One action may stand for several operations, such as API Gateway's GET: what is said once is enough.
		reason: [...new Set(missing.map(({operation, refusal}) => toUnreadReason(service, operation, refusal)))].join('; '),
		evidence: {
			expected: `an answer to ${first.operation}`,
			observed: first.refusal.error === '' ? first.refusal.status : first.refusal.error,
			operation: first.operation,
		},
	};
};
