import {type Evidence, listed, type Rule} from '../../../model/index.js';
import {type Behavior, type Distribution, disabled, isFunctionUrl, isS3Website, notTold, type Origin, originIdsOf} from './distribution.js';

const updateDistribution = 'aws cloudfront update-distribution --id {id} --if-match ETAG --distribution-config file://config.json';

const hasNoCustomOrigin = ({origins}: Distribution): boolean => origins?.every(({type}) => type === 's3' || type === 'vpc') === true;

/** The behaviours by which viewers of plain HTTP reach an origin. */
const openWays = (origin: Origin, {behaviors = [], originGroups = []}: Distribution): readonly Behavior[] =>
	behaviors.filter(behavior => behavior.viewerProtocolPolicy === 'allow-all' && originIdsOf(behavior, originGroups).includes(origin.id));

/** How requests reach a custom origin in plain HTTP; undefined where they do not, null where that cannot be told. */
const plainWay = (origin: Origin, distribution: Distribution): string | null | undefined => {
	switch (origin.protocolPolicy) {
		case 'https-only':
			return undefined;
		case 'http-only':
			return isS3Website(origin) ? 'websites of S3 speak nothing else' : 'http-only';
		case 'match-viewer': {
			if (distribution.behaviors === undefined || distribution.originGroups === undefined) {
				return null;
			}

			const [way] = openWays(origin, distribution);
			return way === undefined ? undefined : `as viewers came, and for ${way.pathPattern} they may come by HTTP`;
		}

		default:
			return null;
	}
};

export const originEncrypted: Rule<Distribution> = {
	id: 'cloudfront-distribution-origin-encrypted',
	title: 'A distribution asks its custom origins by HTTPS',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.9'], cis: [], prowler: ['cloudfront_distributions_origin_traffic_encrypted']},
	rationale:
		'The way from the edge to an origin leads through the internet. HTTPS that ends at the edge protects half of it, and viewers see a padlock all the same.',
	remediation: {
		text: 'Set the origin protocol policy to https-only; the origin needs a certificate that names the origin’s domain or the host that viewers ask for. Replace a website of S3 by the bucket’s REST endpoint with origin access control.',
		cli: updateDistribution,
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  origin {\n    custom_origin_config {\n      origin_protocol_policy = "https-only"\n      origin_ssl_protocols   = ["TLSv1.2"]\n    }\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html',
	},
	note: 'match-viewer passes where no behaviour that leads to the origin allows HTTP. Buckets are asked as viewers came, which the rule on viewers judges; the protocol of VPC origins stands in the VPC origin, which is not read.',
	reads: [],
	exempts: resource =>
		disabled(resource) ?? (hasNoCustomOrigin(resource.configuration) ? 'has no custom origin: buckets or VPC origins alone' : undefined),
	evaluate({configuration}) {
		const {origins} = configuration;
		if (origins === undefined) {
			return notTold('its origins');
		}

		const custom = origins
			.filter(({type}) => type !== 's3' && type !== 'vpc')
			.map(origin => ({origin, way: plainWay(origin, configuration)}));
		const evidence: Evidence = {
			expected: 'OriginProtocolPolicy https-only, or match-viewer behind HTTPS',
			observed: custom.map(({origin}) => `${origin.domainName} ${origin.protocolPolicy ?? 'not told'}`).join(', '),
			operation: 'ListDistributions',
		};
		const plain = custom.filter(({way}) => typeof way === 'string');
		if (plain.length > 0) {
			return {
				verdict: 'FAIL',
				reason: `requests go on in plain HTTP to ${listed(plain.map(({origin, way}) => `${origin.domainName} (${way})`))}`,
				evidence,
			};
		}

		const odd = custom.find(({way}) => way === null);
		return odd === undefined
			? {verdict: 'PASS', reason: `asks ${listed(custom.map(({origin}) => origin.domainName))} by HTTPS`, evidence}
			: {
					verdict: 'UNKNOWN',
					reason: `whether ${odd.origin.domainName} is asked by HTTPS could not be told (${odd.origin.protocolPolicy ?? 'no origin protocol policy'})`,
					evidence,
				};
	},
};

const isOutdated = (version: string): boolean => ['SSLv3', 'TLSv1', 'TLSv1.1'].includes(version);

export const originTls: Rule<Distribution> = {
	id: 'cloudfront-distribution-origin-tls',
	title: 'A distribution speaks no outdated TLS to its custom origins',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.10'], cis: [], prowler: ['cloudfront_distributions_using_deprecated_ssl_protocols']},
	rationale:
		'What CloudFront offers an origin, an attacker on the way may make it take: SSL 3.0 and the first versions of TLS can be broken.',
	remediation: {
		text: 'Leave TLSv1.2 alone among the origin’s SSL protocols, once the origin speaks it.',
		cli: updateDistribution,
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  origin {\n    custom_origin_config {\n      origin_ssl_protocols = ["TLSv1.2"]\n    }\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html',
	},
	note: 'MEDIUM for SSL 3.0, which is all that Security Hub fails; LOW for TLS 1.0 and 1.1, since CloudFront takes the newest that the origin speaks. Origins that are asked by HTTP alone are left to the rule on encryption.',
	reads: [],
	exempts(resource) {
		const {origins} = resource.configuration;
		const speaksTls = origins?.some(({type, protocolPolicy}) => type !== 's3' && type !== 'vpc' && protocolPolicy !== 'http-only');
		return disabled(resource) ?? (speaksTls === false ? 'has no custom origin that it asks by HTTPS' : undefined);
	},
	evaluate({configuration: {origins}}) {
		if (origins === undefined) {
			return notTold('its origins');
		}

		const asked = origins.filter(({type, protocolPolicy}) => type !== 's3' && type !== 'vpc' && protocolPolicy !== 'http-only');
		const evidence: Evidence = {
			expected: 'OriginSslProtocols TLSv1.2',
			observed: asked.map(({domainName, tlsVersions}) => `${domainName} ${tlsVersions?.join(' ') ?? 'not told'}`).join(', '),
			operation: 'ListDistributions',
		};
		const outdated = asked.filter(({tlsVersions}) => tlsVersions?.some(isOutdated));
		if (outdated.length > 0) {
			const hasSsl = outdated.some(({tlsVersions}) => tlsVersions?.includes('SSLv3'));
			return {
				verdict: 'FAIL',
				severity: hasSsl ? 'MEDIUM' : 'LOW',
				reason: `offers ${listed(outdated.map(({domainName, tlsVersions = []}) => `${tlsVersions.filter(isOutdated).join(' and ')} to ${domainName}`))}`,
				evidence,
			};
		}

		const untold = asked.find(({tlsVersions}) => tlsVersions === undefined);
		return untold === undefined
			? {verdict: 'PASS', reason: `offers ${listed(asked.map(({domainName}) => domainName))} nothing older than TLS 1.2`, evidence}
			: notTold(`what it offers ${untold.domainName}`);
	},
};

const isAws = (origin: Origin): boolean => origin.type === 's3' || isS3Website(origin) || isFunctionUrl(origin);

/** What lets others ask an origin past CloudFront; undefined where nothing does. */
const openness = (origin: Origin): string | undefined => {
	if (isS3Website(origin)) {
		return `${origin.domainName} is a website of S3, which must be open to everyone`;
	}

	if (origin.accessControlId !== null) {
		return undefined;
	}

	return origin.type === 's3' && typeof origin.accessIdentity === 'string'
		? `${origin.domainName} by an origin access identity, which KMS keys and new Regions do not take`
		: `${origin.domainName} without an origin access control`;
};

export const originAccessControl: Rule<Distribution> = {
	id: 'cloudfront-distribution-origin-access-control',
	title: 'Buckets and function URLs are asked by origin access control',
	severity: 'MEDIUM',
	published: {
		securityControlIds: ['CloudFront.13', 'CloudFront.16'],
		cis: [],
		prowler: ['cloudfront_distributions_s3_origin_access_control'],
	},
	rationale:
		'Only where CloudFront signs its requests can a bucket or a function let this distribution in and nobody else. Otherwise it is open to everyone, past web ACL, cache and logs.',
	remediation: {
		text: 'Create an origin access control, attach it to the origin, allow the distribution in the bucket’s or function’s policy, then close what was open.',
		cli: 'aws cloudfront create-origin-access-control --origin-access-control-config Name=NAME,SigningProtocol=sigv4,SigningBehavior=always,OriginAccessControlOriginType=s3',
		terraform:
			'resource "aws_cloudfront_origin_access_control" "this" {\n  name                              = "{name}"\n  origin_access_control_origin_type = "s3"\n  signing_behavior                  = "always"\n  signing_protocol                  = "sigv4"\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html',
	},
	note: 'LOW where every such origin has the older origin access identity, which does keep others out. Websites of S3 fail too, since they take neither; Security Hub passes over them. Whether the bucket lets others in all the same is S3’s panel to say.',
	reads: [],
	exempts({configuration: {origins}}) {
		return origins?.some(isAws) === false ? 'no origin is a bucket or a function URL' : undefined;
	},
	evaluate({configuration: {origins}}) {
		if (origins === undefined) {
			return notTold('its origins');
		}

		const asked = origins.filter(isAws);
		const open = asked.filter(origin => openness(origin) !== undefined);
		const evidence: Evidence = {
			expected: 'an OriginAccessControlId for each',
			observed: asked
				.map(({domainName, accessControlId, accessIdentity}) => `${domainName} ${accessControlId ?? accessIdentity ?? 'none'}`)
				.join(', '),
			operation: 'ListDistributions',
		};
		if (open.length === 0) {
			return {verdict: 'PASS', reason: `asks ${listed(asked.map(({domainName}) => domainName))} by origin access control`, evidence};
		}

		const areOldFashioned = open.every(origin => origin.type === 's3' && typeof origin.accessIdentity === 'string');
		return {
			verdict: 'FAIL',
			severity: areOldFashioned ? 'LOW' : 'MEDIUM',
			reason: listed(open.flatMap(origin => openness(origin) ?? [])),
			evidence,
		};
	},
};
