export type PolicyAnswer = {
	readonly allows: 'yes' | 'no' | 'perhaps';
	/** Whether a Deny hits, whatever else allows it: grants do not help against one. */
	readonly denies: 'yes' | 'no' | 'perhaps';
	/** Why it is `perhaps`, or which statement denies it. */
	readonly because?: string;
};

/** A Deny of some of an account's roles and users, and whether it surely hits them. */
type Denial = {readonly names: readonly string[]; readonly isSure: boolean; readonly why: string};

/** The role of `arn:aws:iam::…:role/path/name` and of its sessions, `arn:aws:sts::…:assumed-role/name/session`. */
const roleNameOf = (arn: string): string | undefined =>
	/:role\/(?:.*\/)?([^/]+)$/u.exec(arn)?.[1] ?? /:assumed-role\/([^/]+)\//u.exec(arn)?.[1];

/** Whether what is denied to the one is denied to the other: to itself, and to the sessions of a role. */
const isHitBy = (name: string, denied: string): boolean =>
	name === denied || (name.includes(':assumed-role/') && denied.includes(':role/') && roleNameOf(name) === roleNameOf(denied));

/** What the statements of a policy say to one action: who of an account is let in, whom a Deny names, and what is not known of either. */
export class PolicyVoices {
	denies: PolicyAnswer['denies'] = 'no';
	isPerhaps = false;
	isWhole = false;
	readonly allowed: string[] = [];
	readonly denials: Denial[] = [];
	readonly doubts: string[] = [];

	/** One role that gets in is enough for its account; one that does not keeps out itself alone. */
	get answer(): PolicyAnswer {
		const left = this.allowed.filter(name => !this.denials.some(({names}) => names.some(denied => isHitBy(name, denied))));
		if (this.isWhole || left.length > 0) {
			return this.#with('yes', this.denies, this.doubts);
		}

		const isSurelyOut = (name: string): boolean =>
			this.denials.some(({names, isSure}) => isSure && names.some(denied => isHitBy(name, denied)));
		const mayBeIn = this.isPerhaps || this.allowed.some(name => !isSurelyOut(name));
		const doubts = [...this.doubts, ...this.denials.map(({why}) => why)];
		return this.#with(mayBeIn ? 'perhaps' : 'no', this.denials.length > 0 ? 'perhaps' : this.denies, doubts);
	}

	#with(allows: PolicyAnswer['allows'], denies: PolicyAnswer['denies'], [because]: readonly string[]): PolicyAnswer {
		return {allows, denies, ...(because !== undefined && {because})};
	}
}
