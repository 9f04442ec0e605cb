import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const zoneType = 'AWS::Route53::HostedZone';

/**
 * Names and values are AWS's; enumerations are open, because AWS adds to them. By ListHostedZones, but where another operation
 * is named. A member that was not told is absent; `null` where AWS says that there is none.
 */
export type HostedZone = {
	/** True where VPCs alone are answered from it. */
	readonly isPrivate?: boolean;
	readonly comment?: string;
	/** Record sets of every sort, those that AWS made included. */
	readonly recordCount?: number;
	/** The AWS service that made it and looks after it, such as `servicediscovery.amazonaws.com`. */
	readonly linkedService?: string;
	/** Whether changes can be made from another Region should us-east-1 fail, such as `ENABLED`. */
	readonly acceleratedRecovery?: string;
	/** By ListQueryLoggingConfigs: the log group that its queries are written to. */
	readonly queryLogGroupArn?: string | null;
	/** By GetDNSSEC, of public zones. */
	readonly dnssec?: Dnssec;
	/** By ListResourceRecordSets, of public zones: the records that lead to AWS, at most a thousand. */
	readonly entries?: readonly Entry[];
	/** How many more there are. Absent where `entries` are all. */
	readonly moreEntries?: number;
	/** By ListResourceRecordSets, of public zones: the ways to other names of the account's public zones, at most a thousand. Absent where there are none. */
	readonly links?: readonly Link[];
	/** How many more there are. Absent where `links` are all. */
	readonly moreLinks?: number;
};

export type Dnssec = {
	/** `SIGNING`, `NOT_SIGNING`, `DELETING`, `ACTION_NEEDED` or `INTERNAL_FAILURE`. */
	readonly status?: string;
	readonly message?: string;
	readonly keys: readonly SigningKey[];
};

/** A key-signing key: its private half never leaves KMS. */
export type SigningKey = {
	readonly name: string;
	/** `ACTIVE`, `INACTIVE`, `DELETING`, `ACTION_NEEDED` or `INTERNAL_FAILURE`. */
	readonly status?: string;
	readonly message?: string;
	/** Always of us-east-1. */
	readonly kmsKeyArn?: string;
};

export const entryKinds = ['load balancer', 'CloudFront', 'accelerator', 'API', 'S3 website'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** A record by which visitors come to something in AWS, by alias or by CNAME. */
export type Entry = {
	/** Without the last dot, and with `*` where the record is a wildcard: `www.acme.com`. */
	readonly name: string;
	/** `A`, `AAAA`, `CNAME`, … */
	readonly type: string;
	/** The DNS name that it leads to, in lower case, without the last dot and without `dualstack.`: as the load balancer or distribution itself tells it. */
	readonly target: string;
	readonly kind: EntryKind;
	/** Of aliases: whether the answer depends on the target's health. */
	readonly evaluateTargetHealth?: boolean;
	/** Where several records share the name: how one is chosen, such as `weighted` or `failover (primary)`. */
	readonly routing?: string;
	readonly setIdentifier?: string;
	/** The health check on which the answer depends. */
	readonly healthCheckId?: string;
};

/** A name that leads to another name of the account's own, by alias or by CNAME: from there records lead on to AWS, or to addresses. */
export type Link = {
	/** In lower case, without the last dot, and with `*` where the record is a wildcard. */
	readonly name: string;
	readonly target: string;
};

export type ZoneResource = Resource<HostedZone>;

/** Why no question arises that only the world's resolvers would ask, or that AWS alone can answer. */
export const notPublic = ({configuration: {isPrivate, linkedService}}: ZoneResource): string | undefined => {
	if (linkedService !== undefined) {
		return `${linkedService} made it, and nobody else can change it`;
	}

	return isPrivate === true ? 'private: answered inside VPCs alone' : undefined;
};
