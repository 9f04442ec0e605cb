import {msBetween, spanInWords} from '../../../model/index.js';

/** An event that Shield Advanced took for a DDoS attack. */
export type Attack = {
	readonly id: string;
	readonly resourceArn?: string;
	readonly startedAt?: string;
	/** Absent while it goes on. */
	readonly endedAt?: string;
	/** AWS's names, such as `SYN_FLOOD` or `REQUEST_FLOOD`. */
	readonly vectors: readonly string[];
};

/** `SYN flood`, `UDP traffic`. */
const vectorInWords = (vector: string): string =>
	vector
		.split('_')
		.map(word => (/^(?:SYN|UDP|DNS|NTP|TCP|ACK|SSDP|SNMP|ICMP|HTTP|RST|GRE)$/u.test(word) ? word : word.toLowerCase()))
		.join(' ');

/** `SYN flood, since 12 minutes`, `request flood, for 3 hours, over 2 days ago`. */
export const attackInWords = ({vectors, startedAt, endedAt}: Attack, now: string): string => {
	const what = vectors.map(vectorInWords).join(' and ') || 'of an unknown sort';
	if (startedAt === undefined) return what;
	return endedAt === undefined
		? `${what}, begun ${spanInWords(msBetween(startedAt, now))} ago`
		: `${what}, for ${spanInWords(msBetween(startedAt, endedAt))}, over ${spanInWords(msBetween(endedAt, now))} ago`;
};
