import {type Answer, msBetween, type Resource, spanInWords} from '../../../model/index.js';
import type {Key} from './key.js';

export type KeyResource = Resource<Key>;

export const guide = 'https://docs.aws.amazon.com/kms/latest/developerguide';

/** `in 4 days` or `9 minutes ago`. */
export const whenInWords = (at: string, now: string): string => {
	const ms = msBetween(now, at);
	return ms >= 0 ? `in ${spanInWords(ms)}` : `${spanInWords(ms)} ago`;
};

/** `2026-03-28`. */
export const dateOf = (at: string): string => at.slice(0, 10);

export const days = (count: number): string => `${count} ${count === 1 ? 'day' : 'days'}`;

const stateWords: Readonly<Record<string, string>> = {
	Disabled: 'disabled',
	PendingDeletion: 'scheduled for deletion',
	PendingReplicaDeletion: 'scheduled for deletion',
	PendingImport: 'without key material',
	Unavailable: 'unavailable',
	Creating: 'being created',
	Updating: 'being updated',
};

/** A state other than `Enabled` in words, as far as this version knows it. */
export const stateInWords = (keyState: string): string | undefined => stateWords[keyState];

/** Why a question about customer managed keys does not arise. */
export const unlessCustomer = ({configuration}: KeyResource): string | undefined =>
	configuration.keyManager === 'AWS' ? 'AWS manages this key, its rotation and its policy' : undefined;

/** Why a question about keys in working order does not arise. States unknown to this version exempt from nothing. */
export const unlessEnabled = (resource: KeyResource): string | undefined =>
	unlessCustomer(resource) ?? stateInWords(resource.configuration.keyState ?? '');

export const isScheduledForDeletion = ({configuration: {keyState}}: KeyResource): boolean =>
	keyState === 'PendingDeletion' || keyState === 'PendingReplicaDeletion';

/** Why a question about keys that are to stay does not arise. */
export const unlessStaying = (resource: KeyResource): string | undefined =>
	unlessCustomer(resource) ?? (isScheduledForDeletion(resource) ? 'scheduled for deletion' : undefined);

/** Where the primary of this replica is, or undefined for any other key. */
export const primaryOfReplica = ({configuration: {multiRegion}}: KeyResource): string | undefined =>
	multiRegion?.type === 'REPLICA' ? (multiRegion.primary?.awsRegion ?? 'another Region') : undefined;

/** The answer where AWS says something that this version does not know, or does not say what it always says. */
export const unfamiliar = (what: string, value: string | undefined): Answer => ({
	verdict: 'UNKNOWN',
	reason: value === undefined ? `KMS did not say ${what}` : `${what} is ${value}, which this version of Vedette does not know`,
});
