import {msBetween, type Resource, spanInWords} from '../../model/index.js';

export const endType = 'Vedette::Expiry::Event';

/**
 * What happens when its time has come:
 * - `itself`: it is renewed and nobody has to do anything;
 * - `hand`: it ends unless somebody renews it;
 * - `never`: it ends for good;
 * - `stuck`: it should be renewed by itself, and is not;
 * - `elsewhere`: something outside AWS renews it, of which AWS tells nothing.
 */
export type Renewal = 'itself' | 'hand' | 'never' | 'stuck' | 'elsewhere';

/** What depends on something that ends. */
export type Users = {
	/** Each with its sort, such as `listener shop:443`; sorted, the first fifty. */
	readonly names: readonly string[];
	/** How many are known. */
	readonly count: number;
	/** True where it is known to be used, be it by none of these. */
	readonly used?: true;
	/**
	 * Why there may be more, as sentences: what was refused, by IAM action, or that KMS saw it used. Empty where these are all
	 * that Vedette could know of.
	 */
	readonly missing: readonly string[];
};

/** Whether somebody hears of it, by EventBridge, in the Region of the thing. */
export type Told = {
	/** Plural: `ends of certificates`. */
	readonly event: string;
	readonly verdict: 'told' | 'nobody' | 'unknown';
	/** Rules that route it. Empty where nobody is told, or where that is not known. */
	readonly by: readonly string[];
	/** `sns alerts`. */
	readonly to: readonly string[];
	/** Why nobody is told, or why it is not known. Where somebody is: what there is to say against it. */
	readonly because?: string;
};

/** What one of AWS Config's checks of certificates says of a certificate. */
export type ConfigSays = {
	readonly rule: string;
	/** From how many days before its end it flags a certificate. Absent where its parameter is no number. */
	readonly days?: number;
	/** Absent where the check has no results. */
	readonly flagged?: boolean;
};

/** A thing that ends, or is due, at a known time. Times are ISO 8601. */
export type End = {
	/** `certificate`, `key material`, `key (deletion)`, `key rotation`, … */
	readonly what: string;
	readonly at: string;
	/** The type of what ends, or `mute`. */
	readonly of: string;
	/** The console's page of it; empty where it has none. */
	readonly page: string;
	/** Absent where it is not known. */
	readonly renewal?: Renewal;
	/** The same as the end of a sentence, with its cause: `imported, so ACM does not renew it`. */
	readonly how: string;
	/** Absent where the question makes no sense or no API could answer it: `usersUntold` says which. */
	readonly users?: Users;
	readonly usersUntold?: string;
	/** Absent where AWS sends no event: `eventless` says so. */
	readonly told?: Told;
	readonly eventless?: string;
	/** Of ACM's certificates. Empty where AWS Config has no such check in the Region; absent where that is not known. */
	readonly config?: readonly ConfigSays[];
};

export type EndResource = Resource<End>;

export const leftMs = ({at}: Pick<End, 'at'>, now: string): number => msBetween(now, at);

const due: ReadonlySet<string> = new Set(['key rotation', 'secret rotation']);

/** `ends in 6 days`, `ended 3 hours ago`; of a rotation `due in 6 days`. */
export const whenInWords = (end: Pick<End, 'what' | 'at'>, now: string): string => {
	const ms = leftMs(end, now);
	if (ms < 0 && end.what === 'secret (deletion)') {
		// AWS documents the date in two ways: as the day of the mark, or as that of the deletion.
		return `was marked for deletion ${spanInWords(ms)} ago`;
	}

	const [ahead, over] = due.has(end.what) ? ['due', 'was due'] : ['ends', 'ended'];
	return ms >= 0 ? `${ahead} in ${spanInWords(ms)}` : `${over} ${spanInWords(ms)} ago`;
};

/** Whether something depends on it: undefined where that is not known. */
export const isUsed = ({count, used, missing}: Users): boolean | undefined =>
	count > 0 || used === true ? true : missing.length > 0 ? undefined : false;

/** `listener shop:443, listener shop:8443 and 4 more`. */
export const usersInWords = ({names, count, used}: Users): string => {
	if (count === 0) {
		return used === true ? 'something that Vedette does not see' : 'nothing that Vedette sees';
	}

	const shown = names.slice(0, 2);
	return `${shown.join(', ')}${count > shown.length ? ` and ${count - shown.length} more` : ''}`;
};

/** `listener shop:443 depends on it, perhaps others too`. */
export const dependenceInWords = (users: Users): string =>
	`${usersInWords(users)} ${users.count > 1 ? 'depend' : 'depends'} on it${users.missing.length > 0 ? ', perhaps others too' : ''}`;
