import type {Refusal} from '../../model/index.js';

/** Refusals by the IAM action that would lift them. */
export type Unread = Readonly<Record<string, Refusal>>;

export const byAction = (refusals: ReadonlyArray<Refusal | undefined>): Unread =>
	Object.fromEntries(refusals.flatMap(refusal => (refusal === undefined ? [] : [[refusal.iamAction, refusal] as const])));

const inWords = ({status, iamAction, explicitDeny, message}: Refusal): string => {
	switch (status) {
		case 'denied': {
			return explicitDeny === true ? `${iamAction} was refused by an explicit deny` : `${iamAction} was denied`;
		}

		case 'pending': {
			return `${iamAction} has not been read yet`;
		}

		case 'not-available': {
			// `elbv2 is not watched`, in the words of who knows.
			return message === '' ? `${iamAction} is not available here` : message;
		}

		case 'not-enabled':
		case 'throttled':
		case 'unauthenticated':
		case 'unreachable':
		case 'failed': {
			return `${iamAction} gave no answer (${status.replace('-', ' ')})`;
		}
	}
};

/** A sentence each, with the IAM action: `acm:SearchCertificates was denied`. */
export const refusalsInWords = (unread: Unread): readonly string[] => [...new Set(Object.values(unread).map(inWords))];
