import {canonicalPolicy} from './policy-document.js';

/** A policy's text and the Region of what it belongs to. */
type Placed = {readonly policy: string; readonly awsRegion: string};

const occurrences = (text: string, of: string): number => text.split(of).length - 1;

/**
 * Whether two policies of two Regions say the same: in whatever order, and where each speaks of its own Region (as in
 * `kms:ViaService`) or both of the same one. Those that speak of each other's Region say what fits neither.
 */
export const isSamePolicy = (one: Placed, other: Placed): boolean => {
	// Most are the same to the letter, and need not be taken apart.
	if (one.policy === other.policy) {
		return true;
	}

	const anywhere = ({policy}: Placed): string =>
		canonicalPolicy([one, other].reduce((text, {awsRegion}) => text.replaceAll(awsRegion, '{region}'), policy));
	return (
		anywhere(one) === anywhere(other) &&
		(one.awsRegion === other.awsRegion || occurrences(one.policy, other.awsRegion) <= occurrences(other.policy, other.awsRegion))
	);
};
