import {type Refusal, refusalInWords} from '../../model/index.js';

/** Refusals by the IAM action that would lift them. */
export type Unread = Readonly<Record<string, Refusal>>;

export const byAction = (refusals: ReadonlyArray<Refusal | undefined>): Unread =>
	Object.fromEntries(refusals.flatMap(refusal => (refusal === undefined ? [] : [[refusal.iamAction, refusal] as const])));

/** A sentence each, with the IAM action: `acm:SearchCertificates was denied`. */
export const refusalsInWords = (unread: Unread): readonly string[] => [
	...new Set(Object.values(unread).map(refusal => refusalInWords(refusal))),
];
