import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const distributionType = 'AWS::CloudFront::Distribution';

/**
 * Names and values are AWS's; enumerations are open, because AWS adds to them. Times are ISO 8601. By ListDistributions,
 * but where another operation is named. A member that was not told is absent; `null` where AWS says that there is none.
 */
export type Distribution = {
	/** CloudFront's own name for it, which always works besides the aliases: `d111111abcdef8.cloudfront.net`. */
	readonly domainName?: string;
	/** False where it answers nobody. */
	readonly enabled?: boolean;
	/** `Deployed` once every edge location has it, else `InProgress`. */
	readonly status?: string;
	/** True where it tries out changes of another distribution on part of its traffic. */
	readonly staging?: boolean;
	/** `direct`, or `tenant-only` where it is multi-tenant: a template whose tenants have the domains, and may change web ACL, certificate and countries. */
	readonly connectionMode?: string;
	readonly comment?: string;
	readonly lastModifiedAt?: string;
	/** Alternate domain names, such as `www.acme.com`. */
	readonly aliases?: readonly string[];
	readonly origins?: readonly Origin[];
	readonly originGroups?: readonly OriginGroup[];
	/** The default behaviour comes last, as CloudFront tries it last. */
	readonly behaviors?: readonly Behavior[];
	readonly viewerCertificate?: ViewerCertificate;
	/** The ARN of a web ACL of AWS WAF, or the bare id of one of AWS WAF Classic. */
	readonly webAclId?: string | null;
	readonly geoRestriction?: GeoRestriction;
	readonly httpVersion?: string;
	readonly ipv6?: boolean;
	readonly priceClass?: string;
	/** Present where it answers from static anycast addresses. */
	readonly anycastIpListId?: string;
	/** Whether viewers must show a certificate: `required`, `optional` or `passthrough`. */
	readonly viewerMtls?: string;
	/** By GetDistributionConfig: what is answered where a viewer asks for `/`. */
	readonly defaultRootObject?: string | null;
	/** By GetDistributionConfig: standard logging (legacy). Standard logging (v2) is a delivery of CloudWatch Logs, of which CloudFront tells nothing. */
	readonly logging?: StandardLogging | null;
};

export type Origin = {
	/** Unique within its distribution only. */
	readonly id: string;
	/** Where requests go: a bucket, a load balancer, any host. For VPC origins the name that is sent along. */
	readonly domainName: string;
	/** `s3` for a bucket's REST endpoint, `custom` for any other host (websites of S3 and function URLs included), `vpc` for one inside a VPC. */
	readonly type?: 's3' | 'custom' | 'vpc';
	/** The origin access control by which CloudFront signs its requests. */
	readonly accessControlId: string | null;
	/** Of S3: the older origin access identity, as `origin-access-identity/cloudfront/E2EXAMPLE`. */
	readonly accessIdentity?: string | null;
	/** Of custom origins: `http-only`, `https-only` or `match-viewer`. */
	readonly protocolPolicy?: string;
	/** Of custom origins: the versions of TLS that CloudFront may use, such as `TLSv1.2`. */
	readonly tlsVersions?: readonly string[];
	readonly vpcOriginId?: string;
};

/** Origins of which the next is asked where the first fails. Behaviours name a group as they name an origin. */
export type OriginGroup = {readonly id: string; readonly originIds: readonly string[]};

export type Behavior = {
	/** `*` for the default. */
	readonly pathPattern: string;
	/** The id of an origin or of an origin group. */
	readonly targetOriginId?: string;
	/** `allow-all`, `https-only` or `redirect-to-https`. */
	readonly viewerProtocolPolicy?: string;
	readonly realtimeLogConfigArn?: string;
	/** True where a function sees requests before CloudFront looks for the object, and may rewrite or answer them. */
	readonly runsFunction?: boolean;
};

/** One of three: CloudFront's own certificate, one of ACM, or one that IAM keeps. */
export type ViewerCertificate = {
	/** True where viewers get the certificate of `*.cloudfront.net`. */
	readonly isDefault: boolean;
	readonly acmCertificateArn?: string;
	readonly iamCertificateId?: string;
	/** CloudFront's security policy, such as `TLSv1.2_2021`. With the default certificate it is `TLSv1`, whatever was asked for. */
	readonly minimumProtocolVersion?: string;
	/** `sni-only`, `vip` for dedicated addresses, or `static-ip`. Means nothing with the default certificate. */
	readonly sslSupportMethod?: string;
};

export type GeoRestriction = {
	/** `whitelist`, `blacklist` or `none`. */
	readonly type: string;
	/** ISO 3166-1 alpha-2, such as `IT`. */
	readonly countries: readonly string[];
};

/** Where standard logs (legacy) go. */
export type StandardLogging = {
	/** As CloudFront names it: `acme-logs.s3.amazonaws.com`. */
	readonly bucket?: string;
	readonly prefix?: string;
};

export type DistributionResource = Resource<Distribution>;

/** Why no question about what viewers get arises. */
export const disabled = ({configuration: {enabled}}: DistributionResource): string | undefined =>
	enabled === false ? 'disabled, so it answers nobody' : undefined;

export const isMultiTenant = ({connectionMode}: Distribution): boolean => connectionMode === 'tenant-only';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html: these speak HTTP alone. */
export const isS3Website = ({domainName}: Origin): boolean => /\.s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/u.test(domainName);

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
export const isFunctionUrl = ({domainName}: Origin): boolean => /\.lambda-url\.[a-z0-9-]+\.on\.aws$/u.test(domainName);

/** The origins that a behaviour may ask, the members of its group where it names one. */
export const originIdsOf = ({targetOriginId}: Behavior, groups: readonly OriginGroup[]): readonly string[] =>
	groups.find(({id}) => id === targetOriginId)?.originIds ?? (targetOriginId === undefined ? [] : [targetOriginId]);

/** The web ACL's name for an ARN, what was told otherwise: `edge`. */
export const webAclName = (webAclId: string): string => /:(?:global|regional)\/webacl\/([^/]+)\//u.exec(webAclId)?.[1] ?? webAclId;

export const notTold = (what: string) => ({verdict: 'UNKNOWN', reason: `ListDistributions did not tell ${what}`}) as const;
