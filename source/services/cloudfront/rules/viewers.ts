import {type Answer, type Evidence, listed, type Rule, type Severity, unpublished} from '../../../model/index.js';
import {type Distribution, disabled, isMultiTenant, notTold} from './distribution.js';

const updateDistribution = 'aws cloudfront update-distribution --id {id} --if-match ETAG --distribution-config file://config.json';

export const httpsOnly: Rule<Distribution> = {
	id: 'cloudfront-distribution-https-only',
	title: 'Viewers reach a distribution by HTTPS alone',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.3'], cis: [], prowler: ['cloudfront_distributions_https_enabled']},
	rationale: 'Whoever sits between a viewer and the edge reads and changes what travels in plain HTTP, cookies included.',
	remediation: {
		text: 'Set the viewer protocol policy of each behaviour to redirect-to-https, or to https-only where no browser comes by HTTP: get the configuration, change ViewerProtocolPolicy, and put it back.',
		cli: updateDistribution,
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  default_cache_behavior {\n    viewer_protocol_policy = "redirect-to-https"\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html',
	},
	note: 'Every behaviour is looked at, not the default alone.',
	reads: [],
	exempts: disabled,
	evaluate({configuration: {behaviors}}) {
		if (behaviors === undefined) {
			return notTold('its behaviours');
		}

		const evidence: Evidence = {
			expected: 'ViewerProtocolPolicy redirect-to-https or https-only',
			observed: behaviors.map(({pathPattern, viewerProtocolPolicy}) => `${pathPattern} ${viewerProtocolPolicy ?? 'not told'}`).join(', '),
			operation: 'ListDistributions',
		};
		const open = behaviors.filter(({viewerProtocolPolicy}) => viewerProtocolPolicy === 'allow-all');
		if (open.length > 0) {
			return {verdict: 'FAIL', reason: `plain HTTP is allowed for ${listed(open.map(({pathPattern}) => pathPattern))}`, evidence};
		}

		const odd = behaviors.find(({viewerProtocolPolicy = ''}) => !['https-only', 'redirect-to-https'].includes(viewerProtocolPolicy));
		return odd === undefined
			? {verdict: 'PASS', reason: 'HTTPS alone, or a redirect to it, in every behaviour', evidence}
			: {
					verdict: 'UNKNOWN',
					reason: `the viewer protocol policy ${odd.viewerProtocolPolicy ?? 'of a behaviour'} for ${odd.pathPattern} is not known to this version`,
					evidence,
				};
	},
};

/** How weak a security policy is; undefined where it is as strong as it should be, null where its name says nothing. */
const weakness = (policy: string): Severity | null | undefined => {
	const [, name = '', major = '', minor = '0', year] = /^(SSL|TLS)v(\d)(?:\.(\d))?(?:_(\d{4}))?$/u.exec(policy) ?? [];
	if (name === '') {
		return null;
	}

	if (name === 'SSL') {
		return 'HIGH';
	}

	if (major === '1' && Number(minor) < 2) {
		return 'MEDIUM';
	}

	// The policies of 2018 and 2019 speak TLS 1.2 with ciphers that those of 2021 and later leave out.
	return Number(year ?? 0) >= 2021 ? undefined : 'LOW';
};

export const modernTls: Rule<Distribution> = {
	id: 'cloudfront-distribution-modern-tls',
	title: 'A distribution speaks TLS 1.2 or later with the ciphers of 2021 or later',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.15'], cis: [], prowler: []},
	rationale: 'Older protocols and ciphers can be broken by whoever records the traffic, and no browser of today needs them.',
	remediation: {
		text: 'Choose the security policy TLSv1.2_2021 or a later one. It can be chosen with a certificate of your own only.',
		cli: updateDistribution,
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  viewer_certificate {\n    acm_certificate_arn      = aws_acm_certificate.edge.arn\n    ssl_support_method       = "sni-only"\n    minimum_protocol_version = "TLSv1.2_2021"\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html',
	},
	note: 'HIGH for SSL 3.0, MEDIUM for TLS 1.0 and 1.1, LOW for the ciphers of 2018 and 2019, and LOW where nothing but CloudFront’s own name is served, for which TLS 1.0 cannot be turned off. A policy is judged by the version and year in its name, so that a later one passes before this list knows it.',
	reads: [],
	exempts: disabled,
	evaluate({configuration}) {
		const {viewerCertificate: certificate} = configuration;
		// "CloudFront automatically sets the security policy to TLSv1 regardless of the value that you set here."
		const isForced = certificate?.isDefault === true && !isMultiTenant(configuration);
		const policy = isForced ? 'TLSv1' : certificate?.minimumProtocolVersion;
		if (policy === undefined) {
			return notTold('its security policy');
		}

		const evidence: Evidence = {expected: 'TLSv1.2_2021 or later', observed: policy, operation: 'ListDistributions'};
		const severity = weakness(policy);
		if (severity === undefined) {
			return {verdict: 'PASS', reason: `security policy ${policy}`, evidence};
		}

		if (severity === null) {
			return {verdict: 'UNKNOWN', reason: `the security policy ${policy} is not known to this version`, evidence};
		}

		return isForced
			? {verdict: 'FAIL', severity: 'LOW', reason: 'TLS 1.0 is spoken, which CloudFront’s own certificate always brings', evidence}
			: {verdict: 'FAIL', severity, reason: `security policy ${policy}`, evidence};
	},
};

export const ownCertificate: Rule<Distribution> = {
	id: 'cloudfront-distribution-own-certificate',
	title: 'A distribution shows a certificate of your own',
	severity: 'MEDIUM',
	published: {securityControlIds: ['CloudFront.7'], cis: [], prowler: ['cloudfront_distributions_custom_ssl_certificate']},
	rationale:
		'Viewers who come by a name of cloudfront.net cannot tell your distribution from anybody’s, and CloudFront’s own certificate leaves TLS 1.0 on.',
	remediation: {
		text: 'Request a certificate for your domain in us-east-1, add the domain as an alias, and attach the certificate.',
		cli: 'aws acm request-certificate --domain-name DOMAIN --validation-method DNS --region us-east-1',
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  aliases = ["www.example.com"]\n\n  viewer_certificate {\n    acm_certificate_arn = aws_acm_certificate.edge.arn\n    ssl_support_method  = "sni-only"\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html',
	},
	reads: [],
	exempts: resource =>
		disabled(resource) ??
		(isMultiTenant(resource.configuration) ? 'multi-tenant: its tenants bring their certificates, which are not read here' : undefined),
	evaluate({configuration: {viewerCertificate: certificate, domainName}}) {
		if (certificate === undefined) {
			return notTold('its certificate');
		}

		const {isDefault, acmCertificateArn, iamCertificateId} = certificate;
		const evidence: Evidence = {
			expected: 'ACMCertificateArn or IAMCertificateId',
			observed: isDefault ? 'CloudFrontDefaultCertificate true' : (acmCertificateArn ?? iamCertificateId ?? 'none of the three'),
			operation: 'ListDistributions',
		};
		if (isDefault) {
			return {verdict: 'FAIL', reason: `CloudFront’s own certificate, for ${domainName ?? 'its name of cloudfront.net'} alone`, evidence};
		}

		return {
			verdict: 'PASS',
			reason:
				iamCertificateId === undefined
					? 'a certificate of ACM'
					: `the server certificate ${iamCertificateId} of IAM, which nothing renews and nothing warns about`,
			evidence,
		};
	},
};

export const certificateRegion: Rule<Distribution> = {
	id: 'cloudfront-distribution-certificate-region',
	title: 'The certificate of a distribution lies in us-east-1',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'CloudFront takes certificates of ACM from us-east-1 alone. One of another Region is served as it was when it was attached, and no renewal reaches the edge.',
	remediation: {
		text: 'Request or import a certificate for the same names in us-east-1 and attach it.',
		cli: 'aws acm request-certificate --domain-name DOMAIN --validation-method DNS --region us-east-1',
		terraform:
			'resource "aws_acm_certificate" "edge" {\n  provider          = aws.us_east_1\n  domain_name       = "www.example.com"\n  validation_method = "DNS"\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html',
	},
	note: 'ACM’s panel judges the same from the certificate’s side, where it knows what serves it. CloudFront refuses to attach such a certificate today.',
	reads: [],
	exempts(resource) {
		const {viewerCertificate: certificate} = resource.configuration;
		if (certificate !== undefined && certificate.acmCertificateArn === undefined) {
			return certificate.isDefault ? 'CloudFront’s own certificate' : 'its certificate is kept by IAM, which has no Regions';
		}

		// https://docs.amazonaws.cn/en_us/aws/latest/userguide/cloudfront.html: other partitions have a Region of their own for it.
		return disabled(resource) ?? (resource.arn.startsWith('arn:aws:') ? undefined : 'another partition, which has no us-east-1');
	},
	evaluate({configuration: {viewerCertificate}}): Answer {
		const arn = viewerCertificate?.acmCertificateArn;
		const awsRegion = arn?.split(':')[3];
		if (arn === undefined || awsRegion === undefined) {
			return notTold('its certificate');
		}

		const evidence: Evidence = {expected: 'a certificate of us-east-1', observed: arn, operation: 'ListDistributions'};
		return awsRegion === 'us-east-1'
			? {verdict: 'PASS', reason: 'its certificate lies in us-east-1', evidence}
			: {verdict: 'FAIL', reason: `its certificate lies in ${awsRegion}, from where CloudFront takes none`, evidence};
	},
};

export const sni: Rule<Distribution> = {
	id: 'cloudfront-distribution-sni',
	title: 'A distribution serves HTTPS by SNI',
	severity: 'LOW',
	published: {securityControlIds: ['CloudFront.8'], cis: [], prowler: ['cloudfront_distributions_https_sni_enabled']},
	rationale:
		'Dedicated addresses at every edge location serve clients from before 2010, which speak protocols that are broken, and AWS charges a considerable sum a month for them.',
	remediation: {
		text: 'Set the SSL support method to sni-only.',
		cli: updateDistribution,
		terraform:
			'resource "aws_cloudfront_distribution" "this" {\n  viewer_certificate {\n    acm_certificate_arn = aws_acm_certificate.edge.arn\n    ssl_support_method  = "sni-only"\n  }\n}',
		url: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-https-dedicated-ip-or-sni.html',
	},
	note: 'With CloudFront’s own certificate the API says vip, though no addresses are dedicated: the question does not arise there.',
	reads: [],
	exempts(resource) {
		const {viewerCertificate: certificate} = resource.configuration;
		if (certificate?.isDefault === true) {
			return 'CloudFront’s own certificate, which needs no address of its own';
		}

		return (
			disabled(resource) ??
			(certificate?.sslSupportMethod === 'static-ip' ? 'static addresses, which the CloudFront team has set up on request' : undefined)
		);
	},
	evaluate({configuration: {viewerCertificate}}) {
		const method = viewerCertificate?.sslSupportMethod;
		if (method === undefined) {
			return notTold('how it serves HTTPS');
		}

		const evidence: Evidence = {expected: 'SSLSupportMethod sni-only', observed: method, operation: 'ListDistributions'};
		if (method === 'sni-only') {
			return {verdict: 'PASS', reason: 'HTTPS by SNI', evidence};
		}

		return method === 'vip'
			? {verdict: 'FAIL', reason: 'dedicated addresses at every edge location, charged for by the month', evidence}
			: {verdict: 'UNKNOWN', reason: `the SSL support method ${method} is not known to this version`, evidence};
	},
};
