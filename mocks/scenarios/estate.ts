import {random} from '../endpoint/random.js';
import type {Place} from './scenario.js';

// What more than one service of a scenario speaks of. Each name gives one ARN, whoever asks, so that the services' data
// fit together: the key of a volume is a key that KMS has, the certificate of a listener one that ACM has.

/** The member account that runs security for the organisation of *typical*. Organizations and Firewall Manager name it. */
export const securityAccountId = '234567890123';

/** The key that `mocks/scenarios/…/kms` makes under this alias, in the place's Region or another. */
export const keyArn = (place: Place, alias: string, awsRegion = place.awsRegion): string =>
	place.arn('kms', `key/${random(`${place.scenario}/${place.accountId}/${awsRegion}/kms/${alias}`).uuid()}`, awsRegion);

/** A multi-Region key: its id is the same in all of its Regions. */
export const multiRegionKeyArn = (place: Place, alias: string, awsRegion = place.awsRegion): string =>
	place.arn('kms', `key/mrk-${random(`${place.accountId}/${alias}`).hex(32)}`, awsRegion);

/** The certificate that `mocks/scenarios/…/acm` makes for this domain name. */
export const certificateArn = (place: Place, domainName: string, awsRegion = place.awsRegion): string =>
	place.arn('acm', `certificate/${random(`${place.scenario}/${place.accountId}/${awsRegion}/acm/${domainName}`).uuid()}`, awsRegion);

/** An Application (`app`) or Network (`net`) Load Balancer. Certificates name theirs by this. */
export const loadBalancerArn = (place: Place, name: string, type: 'app' | 'net' = 'app', awsRegion = place.awsRegion): string =>
	place.arn(
		'elasticloadbalancing',
		`loadbalancer/${type}/${name}/${random(`${place.scenario}/${place.accountId}/${awsRegion}/acm/user/${name}`).hex(16)}`,
		awsRegion,
	);

/** `name-0123456789.us-east-1.elb.amazonaws.com`: what CloudFront has as an origin and Route 53 as an alias. */
export const loadBalancerDnsName = (place: Place, name: string, awsRegion = place.awsRegion): string =>
	`${name}-${random(`${place.accountId}/${awsRegion}/elb/${name}`).between(100_000_000, 999_999_999)}.${awsRegion}.elb.amazonaws.com`;

export const distributionArn = (place: Place, id: string): string =>
	`arn:${place.partition}:cloudfront::${place.accountId}:distribution/${id}`;

/** `d1234abcd.cloudfront.net`. */
export const distributionDomainName = (place: Place, id: string): string =>
	`d${random(`${place.accountId}/cloudfront/${id}`).hex(13)}.cloudfront.net`;

export const apiDomainArn = (place: Place, domainName: string): string =>
	`arn:${place.partition}:apigateway:${place.awsRegion}::/domainnames/${domainName}`;

export const bucketArn = (place: Place, name: string): string => `arn:${place.partition}:s3:::${name}`;

/** A web ACL of `mocks/scenarios/…/wafv2`; those of CloudFront live in us-east-1 under `global`. */
export const webAclArn = (place: Place, name: string, scope: 'regional' | 'global' = 'regional'): string => {
	const awsRegion = scope === 'global' ? 'us-east-1' : place.awsRegion;
	const id = random(`${place.scenario}/${place.accountId}/${awsRegion}/wafv2/${scope}/${name}`).uuid();
	return place.arn('wafv2', `${scope}/webacl/${name}/${id}`, awsRegion);
};

/** An instance: Inspector, GuardDuty and EC2 speak of the same ones. */
export const instanceId = (place: Place, name: string): string => `i-0${place.random(`host/${name}`).hex(16)}`;

/** An Elastic IP address, by what it is for. */
export const allocationId = (place: Place, name: string, awsRegion = place.awsRegion): string =>
	`eipalloc-${random(`${place.accountId}/${awsRegion}/eip/${name}`).hex(17)}`;

export const hostedZoneId = (place: Place, name: string): string =>
	`Z${random(`${place.accountId}/route53/${name}`).hex(20).toUpperCase()}`;

export const acceleratorArn = (place: Place, name: string): string =>
	`arn:${place.partition}:globalaccelerator::${place.accountId}:accelerator/${random(`${place.accountId}/globalaccelerator/${name}`).uuid()}`;

/** `a0123456789abcdef.awsglobalaccelerator.com`: what Route 53 has as an alias. */
export const acceleratorDnsName = (place: Place, name: string): string =>
	`a${random(`${place.accountId}/globalaccelerator/dns/${name}`).hex(16)}.awsglobalaccelerator.com`;
