import type {Evidence, Refusal, Service} from '../model/index.js';
import {iamActionOf} from '../model/index.js';

// AWS puts whole policies and XML pages into messages: a reason is a sentence.
const maxMessageCharacters = 200;

// Their full stops would stand in the middle of the sentence, or at its end, where a reason has none.
const cut = (text: string): string =>
	text.length > maxMessageCharacters ? `${text.slice(0, maxMessageCharacters)}…` : text.trimEnd().replace(/\.$/u, '');

/** Says in a sentence why an operation gave no answer, naming the permission or the limit that would change it. */
const toUnreadReason = (service: Pick<Service, 'iamPrefix' | 'operations'>, operation: string, refusal: Refusal): string => {
	const action = refusal.iamAction === '' ? iamActionOf(service, operation) : refusal.iamAction;
	switch (refusal.status) {
		case 'denied': {
			return refusal.explicitDeny === true
				? `${action} was refused by an explicit deny, which no further permission lifts`
				: `${action} was denied`;
		}

		case 'pending': {
			const perSecond = service.operations[operation]?.requestsPerSecond;
			return perSecond === undefined
				? `${action} has not been read yet`
				: `${action} has not been read yet: its quota is ${perSecond} ${perSecond === 1 ? 'call' : 'calls'} a second`;
		}

		case 'throttled': {
			return `${action} was throttled`;
		}

		case 'unauthenticated': {
			return `${action} could not be asked: no valid credentials`;
		}

		case 'unreachable': {
			return /time(?:d\s?)?out|abort/iu.test(refusal.error)
				? `${action} timed out`
				: `${action} could not be reached: ${cut(refusal.error)}`;
		}

		case 'not-enabled':
		case 'not-available': {
			return `${action} is not available here: ${cut(refusal.message || refusal.error)}`;
		}

		case 'failed': {
			const detail = [refusal.error, refusal.message].filter(part => part !== '').join(': ');
			return detail === '' ? `${action} failed` : `${action} failed: ${cut(detail)}`;
		}
	}
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
