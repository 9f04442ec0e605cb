import type {Refusal} from './resource.js';

// AWS puts whole policies and XML pages into messages: a reason is a sentence.
const maxMessageCharacters = 200;

// Their full stops would stand in the middle of the sentence, or at its end, where a reason has none: the first of theirs will do.
const cut = (text: string): string => {
	const [first = ''] = text.trim().split(/\.(?:\s|$)/u);
	return first.length > maxMessageCharacters ? `${first.slice(0, maxMessageCharacters)}…` : first;
};

/** Why an operation gave no answer, as a clause that names the permission which would change that: `kms:GetKeyPolicy was denied`. */
export const refusalInWords = ({status, error, message, explicitDeny, iamAction}: Refusal, action = iamAction): string => {
	switch (status) {
		case 'denied': {
			return explicitDeny === true
				? `${action} was refused by an explicit deny, which no further permission lifts`
				: `${action} was denied`;
		}

		case 'pending': {
			return `${action} has not been read yet`;
		}

		case 'throttled': {
			return `${action} was throttled`;
		}

		case 'unauthenticated': {
			return `${action} could not be asked: no valid credentials`;
		}

		case 'unreachable': {
			return /time(?:d\s?)?out|abort/iu.test(error)
				? `${action} timed out`
				: `${action} could not be reached${error === '' ? '' : `: ${cut(error)}`}`;
		}

		case 'not-enabled':
		case 'not-available': {
			// Without an error of AWS's it is our own word: of a service or a Region that is not watched.
			return error === '' && message !== ''
				? cut(message)
				: `${action} is not available here${message || error ? `: ${cut(message || error)}` : ''}`;
		}

		case 'failed': {
			const detail = [error, message].filter(part => part !== '').join(': ');
			return detail === '' ? `${action} failed` : `${action} failed: ${cut(detail)}`;
		}
	}
};
