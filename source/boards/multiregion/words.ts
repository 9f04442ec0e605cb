import type {Refusal} from '../../model/index.js';

/** `a, b, c and 4 more`. */
export const listed = (names: readonly string[]): string =>
	names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** `a, b and c`, however many: for Regions, of which none may be left out. */
export const together = (names: readonly string[]): string =>
	names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');

/** Why an operation gave no answer, in a sentence that names its permission. */
export const whyUnread = ({status, iamAction, error, message, explicitDeny}: Refusal): string => {
	switch (status) {
		case 'denied': {
			return explicitDeny === true
				? `${iamAction} was refused by an explicit deny, which no further permission lifts`
				: `${iamAction} was denied`;
		}

		case 'pending': {
			return `${iamAction} has not been read yet`;
		}

		case 'throttled': {
			return `${iamAction} was throttled`;
		}

		case 'unauthenticated': {
			return `${iamAction} could not be asked: no valid credentials`;
		}

		case 'unreachable': {
			return `${iamAction} could not be reached`;
		}

		case 'not-enabled':
		case 'not-available': {
			// Without an error of AWS's it is our own: a service or a Region that is not watched.
			return error === '' && message !== '' ? message : `${iamAction} is not available there`;
		}

		case 'failed': {
			return `${iamAction} failed`;
		}
	}
};
