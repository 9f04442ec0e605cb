import type {Resource, Severity} from '../../model/index.js';

export const entryPointType = 'Vedette::InFlight::EntryPoint';

/** Where clients connect to, and what of their traffic is encrypted on the way in, there, and behind it. Times are ISO 8601. */
export type EntryPoint = {
	readonly type: 'ALB' | 'NLB' | 'CloudFront' | 'API domain' | 'REST API' | 'HTTP API' | 'WebSocket API' | 'bucket';
	/** From where it can be reached; absent where that was not told. */
	readonly reach?: 'internet' | 'VPC';
	/** The DNS name by which AWS knows it. */
	readonly host?: string;
	/** What it listens for, such as `HTTP` and `HTTPS`, each once; absent where that could not be read. */
	readonly protocols?: readonly string[];
	/** Each listener, behaviour or endpoint by which a connection comes in. */
	readonly ways: readonly Way[];
	/** The security policies of its TLS, by AWS's names. */
	readonly tlsPolicies: readonly string[];
	/** The oldest protocol that they allow, such as `TLS 1.2`; null where it ends no TLS, absent where that could not be told. */
	readonly oldestTls?: string | null;
	/** Those that it shows to clients, the default one first. */
	readonly certificates: readonly ServedCertificate[];
	/** Why it shows none, or none that can be known by anything that is read. */
	readonly noCertificate?: string;
	/** Why it may show more certificates than these. */
	readonly certificatesUnread?: string;
	/** The host names of the account's own that lead clients here, sorted, without those that AWS gave. */
	readonly names: readonly string[];
	/** Why more names may lead here. */
	readonly namesUnread?: string;
	/** To where traffic goes on from here. */
	readonly legs: readonly Leg[];
	/** Why there is nothing to say of what lies behind it. */
	readonly noPath?: string;
};

export type Way = {
	/** `HTTPS 443`, `/feed/*`, `website`. */
	readonly name: string;
	/**
	 * `redirected`: plain HTTP is answered by nothing but a redirect. `passed on`: bytes go through as they are, and whether
	 * the ends encrypt them cannot be seen from outside.
	 */
	readonly state: 'encrypted' | 'redirected' | 'in the clear' | 'passed on' | 'unknown';
	/** What makes it so: the end of a sentence. Always there for what is in the clear or unknown. */
	readonly why?: string;
	/** How bad it is that it is in the clear. */
	readonly severity?: Severity;
};

export type ServedCertificate = {
	/** Its ARN, or what the service that keeps it calls it. */
	readonly id: string;
	/** The domain name that it was made for, or its id. */
	readonly name: string;
	/** The host names that it speaks for, wildcards among them; absent where they are not known. */
	readonly hosts?: readonly string[];
	/** `theirs`: AWS's own, which nobody else can see to. */
	readonly state: 'sound' | 'troubled' | 'unknown' | 'theirs';
	/** In the fewest words: `valid`, `expires in 6 days`, `renewal stuck`, `wrong Region`. */
	readonly inWords: string;
	/** What is so: the end of a sentence. */
	readonly reason: string;
	/** How bad the trouble is. */
	readonly severity?: Severity;
	/** What ends and when, as the certificate's own panel says it. */
	readonly ends?: {readonly what: string; readonly at: string};
};

export type Leg = {
	/** A target group or an origin. */
	readonly to: string;
	/** How it is spoken to: `HTTP`, `HTTPS`, `TCP`, `lambda`, … */
	readonly by?: string;
	/** Whether it has public addresses, or lies in a VPC, or is a service of AWS. */
	readonly through: 'public' | 'VPC' | 'AWS';
	readonly state: 'encrypted' | 'in the clear' | 'unknown';
	/** Always there for what is unknown. */
	readonly why?: string;
};

export type EntryPointResource = Resource<EntryPoint>;

/** What clients of plain HTTP, or of another protocol in the clear, meet: in the fewest words. */
export const inTheClear = ({ways}: Pick<EntryPoint, 'ways'>): string | undefined => {
	const has = (state: Way['state']): boolean => ways.some(way => way.state === state);
	if (has('in the clear')) {
		return 'let in';
	}

	if (has('unknown')) {
		return '?';
	}

	return has('redirected') ? 'redirected' : has('encrypted') ? 'refused' : has('passed on') ? 'passed on' : undefined;
};
