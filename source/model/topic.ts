/** Something that people learn about the security of an account, and where Vedette shows it. */
export type Topic = {
	/** For `explain`: `key-rotation`. No rule, service or board has the same. */
	readonly id: string;
	/** A noun phrase: `Key rotation`. */
	readonly title: string;
	/**
	 * The headings of the notes that Vedette was asked for from which it covers, each under those above it:
	 * `AWS WAF – Web Application Firewall › Overview`. A heading that comes again in the same place has `#2` behind it.
	 */
	readonly headings: readonly string[];
	/** What is so today, in a few sentences. */
	readonly text: string;
	/** What the notes and many others still say, and what has changed since. */
	readonly changed?: string;
	/** Ids of what shows it, most telling first: rules, boards, services (with all of their rules). */
	readonly shownBy: {
		readonly rules?: readonly string[];
		readonly boards?: readonly string[];
		readonly services?: readonly string[];
	};
};
