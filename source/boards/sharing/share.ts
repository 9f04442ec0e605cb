/** What is shared: one snapshot or AMI and one of those it is shared with. */
export const shareType = 'Vedette::Sharing::Share';
/** A snapshot or AMI of the account that was copied here from another Region. */
export const copyType = 'Vedette::Sharing::Copy';

export type Thing = 'snapshot' | 'AMI';

/** Somebody that a snapshot or an AMI is shared with. */
export type Recipient =
	| {readonly is: 'anyone'}
	| {readonly is: 'account'; readonly accountId: string}
	/** All accounts of an organization (`o-…`), or of one of its units (`ou-…`). */
	| {readonly is: 'organization'; readonly organization: string; readonly unit?: string};

/** An answer to one question about a share, and the sentence that says why it is so. */
export type Finding = {readonly is: 'yes' | 'no' | 'unknown'; readonly why: string};

/** One step of a procedure. `elsewhere`: it happens in the other account, where Vedette does not look. */
export type Step = {
	readonly is: 'done' | 'missing' | 'unknown' | 'not needed' | 'elsewhere';
	/** What was done, or is missing, as a clause: `encrypted with key prod/ami-share`. */
	readonly what: string;
};

/** One EBS disk of what is shared, and whether those it is shared with get at it. A snapshot is one disk. */
export type Disk = {
	readonly deviceName?: string;
	readonly encrypted?: boolean;
	/** As EC2 tells it, an ARN as a rule. Absent where it is not encrypted or EC2 did not tell. */
	readonly kmsKeyId?: string;
	/** The key's alias where it has one in sight, else its id. */
	readonly keyName?: string;
	/** Whether they can make a volume of it. */
	readonly opens: Finding;
	/** Of a key that shuts them out: what is missing, such as `kms:CreateGrant` or `an enabled key`. */
	readonly missing: readonly string[];
	/** Whether the key lets them do kms:Decrypt, which alone reads a shared snapshot block by block. */
	readonly decrypts: 'yes' | 'no' | 'unknown';
};

/**
 * - `exposed`: whoever is not trusted can use it. `unusable`: shared, but some step is missing, or it is not ready.
 * - `usable`, and `unencrypted` where no key is needed: by somebody trusted.
 * - `hidden`: public, but the Region's block on public access keeps everyone away. `internal`: with the account itself.
 */
export type ShareState = 'exposed' | 'unusable' | 'unknown' | 'unencrypted' | 'usable' | 'hidden' | 'internal';

export type Share = {
	readonly of: Thing;
	/** Absent in a row that stands for all snapshots or AMIs of a Region. */
	readonly thingId?: string;
	/** Absent where it could not be read with whom it is shared. */
	readonly sharedWith?: Recipient;
	/** Whether that account or organization is among `trustedAccounts`, or the account itself. */
	readonly trusted?: boolean;
	readonly state: ShareState;
	/** Whether somebody who is not trusted can read what is on it, or will once it is ready. */
	readonly exposed: Finding;
	/** Why nobody can use it for now: `it is archived`. */
	readonly notReady?: string;
	/** Whether it can be used as it is meant: a volume made, an instance launched. Absent where nobody asks. */
	readonly works?: Finding;
	/** Whether they need a key besides. Absent where nobody asks. */
	readonly needsKey?: Finding;
	readonly disks: readonly Disk[];
	/** All that is missing, each once: permissions, or what is amiss with a key. */
	readonly missing: readonly string[];
	/** Of the Region: `block-all-sharing`, `block-new-sharing`, `unblocked`. Only of what is public. */
	readonly blockPublicAccess?: string;
	/** How to share such a thing, in order. Empty where it is public or where it could not be read with whom. */
	readonly steps: readonly Step[];
};

export type Copy = {
	readonly of: Thing;
	readonly thingId: string;
	readonly from: {readonly id: string; readonly awsRegion: string};
	readonly state: 'usable' | 'unusable' | 'unencrypted' | 'unknown';
	/** Whether it is under a key of its own Region that works. */
	readonly local: Finding;
	readonly keyNames: readonly string[];
	readonly steps: readonly Step[];
};
