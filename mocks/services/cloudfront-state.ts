import type {
	ConnectionMode,
	GeoRestrictionType,
	Origin,
	OriginProtocolPolicy,
	SslProtocol,
	ViewerCertificate,
	ViewerProtocolPolicy,
} from '@aws-sdk/client-cloudfront';
import type {DenialReason} from '../endpoint/aws-error.js';
import {certificateArn, distributionDomainName, webAclArn} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

export type CfBehavior = {
	/** `*` for the default one, which must be there. */
	readonly pathPattern: string;
	readonly targetOriginId: string;
	readonly viewerProtocolPolicy: ViewerProtocolPolicy;
	readonly realtimeLogConfigArn?: string;
	/** A CloudFront function that sees viewers' requests. */
	readonly functionArn?: string;
};

/** What CloudFront knows of a distribution, as far as Vedette asks. */
export type CfDistribution = {
	readonly id: string;
	readonly domainName: string;
	enabled: boolean;
	staging: boolean;
	status: 'Deployed' | 'InProgress';
	connectionMode: ConnectionMode;
	comment: string;
	lastModified: Date;
	aliases: readonly string[];
	origins: readonly Origin[];
	/** Ids of groups with the ids of their origins. */
	originGroups: Readonly<Record<string, readonly string[]>>;
	behaviors: readonly CfBehavior[];
	viewerCertificate: ViewerCertificate;
	/** The ARN of a web ACL, the id of a classic one, or nothing. */
	webAclId: string;
	geoRestriction: {readonly type: GeoRestrictionType; readonly countries: readonly string[]};
	defaultRootObject: string;
	/** The bucket of its standard logs (legacy), or nothing. */
	logBucket: string;
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type CfState = {distributions: CfDistribution[]};

/** A bucket's REST endpoint, asked by origin access control, by the older identity, or by anybody. */
export const bucketOrigin = (
	place: Place,
	bucket: string,
	facts: {readonly awsRegion?: string; readonly access?: 'control' | 'identity' | 'none'} = {},
): Origin => {
	const {awsRegion = 'us-east-1', access = 'control'} = facts;
	const chance = place.random(`cloudfront/origin/${bucket}`);
	return {
		Id: bucket,
		DomainName: `${bucket}.s3.${awsRegion}.amazonaws.com`,
		OriginPath: '',
		CustomHeaders: {Quantity: 0},
		S3OriginConfig: {
			OriginAccessIdentity: access === 'identity' ? `origin-access-identity/cloudfront/E${chance.hex(12).toUpperCase()}` : '',
		},
		OriginAccessControlId: access === 'control' ? `E${chance.hex(12).toUpperCase()}` : '',
	};
};

/** Any other host. */
export const customOrigin = (
	id: string,
	domainName: string,
	facts: {readonly policy?: OriginProtocolPolicy; readonly tls?: readonly SslProtocol[]} = {},
): Origin => {
	const {policy = 'https-only', tls = ['TLSv1.2']} = facts;
	return {
		Id: id,
		DomainName: domainName,
		OriginPath: '',
		CustomHeaders: {Quantity: 0},
		CustomOriginConfig: {
			HTTPPort: 80,
			HTTPSPort: 443,
			OriginProtocolPolicy: policy,
			OriginSslProtocols: {Quantity: tls.length, Items: [...tls]},
		},
		OriginAccessControlId: '',
	};
};

/** With CloudFront's own certificate the API says `vip` and `TLSv1`, whatever was asked for. */
export const defaultCertificate: ViewerCertificate = {
	CloudFrontDefaultCertificate: true,
	SSLSupportMethod: 'vip',
	MinimumProtocolVersion: 'TLSv1',
	CertificateSource: 'cloudfront',
};

export const acmCertificate = (arn: string, policy: ViewerCertificate['MinimumProtocolVersion'] = 'TLSv1.2_2021'): ViewerCertificate => ({
	CloudFrontDefaultCertificate: false,
	ACMCertificateArn: arn,
	SSLSupportMethod: 'sni-only',
	MinimumProtocolVersion: policy,
	Certificate: arn,
	CertificateSource: 'acm',
});

/**
 * A distribution in good order: HTTPS alone, a web ACL, logs, a bucket that is asked by origin access control, unchanged for
 * 40 days; `facts` say what differs. It has one alias, which names its certificate, unless `facts` say otherwise.
 */
export const distribution = (place: Place, id: string, domain: string, facts: Partial<CfDistribution> = {}): CfDistribution => {
	const origins = facts.origins ?? [bucketOrigin(place, 'acme-web-assets')];
	return {
		id,
		domainName: distributionDomainName(place, id),
		enabled: true,
		staging: false,
		status: 'Deployed',
		connectionMode: 'direct',
		comment: '',
		lastModified: place.daysAgo(40),
		aliases: domain === '' ? [] : [domain],
		origins,
		originGroups: {},
		behaviors: [{pathPattern: '*', targetOriginId: origins[0]?.Id ?? '', viewerProtocolPolicy: 'redirect-to-https'}],
		viewerCertificate: domain === '' ? defaultCertificate : acmCertificate(certificateArn(place, domain, 'us-east-1')),
		webAclId: webAclArn(place, 'edge', 'global'),
		geoRestriction: {type: 'none', countries: []},
		defaultRootObject: 'index.html',
		logBucket: 'acme-ci-logs.s3.amazonaws.com',
		refused: {},
		...facts,
	};
};
