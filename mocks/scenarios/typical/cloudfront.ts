import {
	acmCertificate,
	bucketOrigin,
	type CfDistribution,
	type CfState,
	customOrigin,
	distribution,
} from '../../services/cloudfront-state.js';
import {certificateArn, loadBalancerDnsName, webAclArn} from '../estate.js';
import {type Moment, type Place, type Populate, startOf, type Timeline} from '../scenario.js';

const realtimeLogs = (place: Place): string => `arn:aws:cloudfront::${place.accountId}:realtime-log-config/edge`;

const shop = (place: Place): CfDistribution => {
	const realtimeLogConfigArn = realtimeLogs(place);
	return distribution(place, 'E7SHOP4ACME2QX', '*.shop.acme.com', {
		comment: 'The shop',
		origins: [
			customOrigin('shop-alb', loadBalancerDnsName(place, 'shop', 'us-east-1')),
			bucketOrigin(place, 'acme-web-assets'),
			customOrigin('sorry', 'sorry.acme-status.example'),
		],
		originGroups: {'shop-or-sorry': ['shop-alb', 'sorry']},
		behaviors: [
			{pathPattern: '/static/*', targetOriginId: 'acme-web-assets', viewerProtocolPolicy: 'redirect-to-https', realtimeLogConfigArn},
			{pathPattern: '*', targetOriginId: 'shop-or-sorry', viewerProtocolPolicy: 'redirect-to-https', realtimeLogConfigArn},
		],
		defaultRootObject: '',
		logBucket: '',
	});
};

/** A template: its tenants have the domains, the certificates, and perhaps web ACLs of their own. */
const customersSites = (place: Place): CfDistribution =>
	distribution(place, 'E9TENANT7SITES', '', {
		comment: 'Customers’ sites',
		connectionMode: 'tenant-only',
		origins: [customOrigin('sites', 'sites.acme-sites.com')],
		webAclId: '',
		logBucket: '',
	});

const all = (place: Place): CfDistribution[] => [
	distribution(place, 'E1A2B3C4D5E6F7', 'www.acme.com', {aliases: ['www.acme.com', 'acme.com'], comment: 'The website'}),
	shop(place),
	customersSites(place),
	// What came about in ways that nobody remembers: AWS refuses to attach a certificate of Ireland today.
	distribution(place, 'E3CDNEUACME1ZZ', 'cdn.eu.acme.com', {
		comment: 'Pictures for Europe',
		origins: [bucketOrigin(place, 'acme-eu-media', {awsRegion: 'eu-west-1', access: 'identity'})],
		behaviors: [{pathPattern: '*', targetOriginId: 'acme-eu-media', viewerProtocolPolicy: 'allow-all'}],
		viewerCertificate: acmCertificate(certificateArn(place, 'cdn.eu.acme.com', 'eu-west-1'), 'TLSv1.1_2016'),
		webAclId: '',
		defaultRootObject: '',
		logBucket: '',
		lastModified: place.daysAgo(1900),
	}),
	// A campaign of last year, served from a website of S3.
	distribution(place, 'E5PROMO8ACME3K', '', {
		comment: 'Summer campaign',
		origins: [
			customOrigin('site', 'acme-exports.s3-website-us-east-1.amazonaws.com', {
				policy: 'http-only',
				tls: ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2'],
			}),
		],
		webAclId: '',
		logBucket: '',
		lastModified: place.daysAgo(410),
	}),
	distribution(place, 'E2LEGACY9VIPAA', 'legacy.acme.com', {
		comment: 'Old partners, old browsers',
		origins: [
			customOrigin('old-alb', loadBalancerDnsName(place, 'old', 'us-east-1'), {policy: 'match-viewer', tls: ['SSLv3', 'TLSv1', 'TLSv1.2']}),
		],
		behaviors: [
			{pathPattern: '/feed/*', targetOriginId: 'old-alb', viewerProtocolPolicy: 'allow-all'},
			{pathPattern: '*', targetOriginId: 'old-alb', viewerProtocolPolicy: 'https-only'},
		],
		viewerCertificate: {
			CloudFrontDefaultCertificate: false,
			IAMCertificateId: 'ASCACKCEVSQ6CEXAMPLE1',
			SSLSupportMethod: 'vip',
			MinimumProtocolVersion: 'TLSv1',
			Certificate: 'ASCACKCEVSQ6CEXAMPLE1',
			CertificateSource: 'iam',
		},
		webAclId: '473e64fd-f30b-4765-81a0-62ad96dd167a',
		lastModified: place.daysAgo(2900),
	}),
	// It tries out a change of the website on a twentieth of the traffic; its configuration is not for us.
	distribution(place, 'E8STAGE5ACMEWW', '', {
		comment: 'Staging of the website',
		staging: true,
		viewerCertificate: acmCertificate(certificateArn(place, 'www.acme.com', 'us-east-1'), 'TLSv1.3_2025'),
		refused: {GetDistributionConfig: 'no-identity-based-policy'},
		status: 'InProgress',
		lastModified: place.hoursAgo(2),
	}),
	distribution(place, 'E6QUOTES7FNURL', '', {
		comment: 'Quotes, by a function',
		origins: [customOrigin('quotes', 'k3jx0q7c2mvw5yzb4t.lambda-url.eu-west-1.on.aws')],
		geoRestriction: {type: 'whitelist', countries: ['DE', 'FR', 'IT']},
		logBucket: '',
	}),
	distribution(place, 'E4RETIRED2SALE', '', {
		comment: 'Retired',
		enabled: false,
		webAclId: '',
		logBucket: '',
		lastModified: place.daysAgo(700),
	}),
];

/** Nine distributions, one of them multi-tenant, one disabled. */
export const populate: Populate<CfState> = place => (place.awsRegion === 'us-east-1' ? {distributions: all(place)} : undefined);

const change = (id: string, facts: (moment: Moment) => Partial<CfDistribution>) => (state: CfState, moment: Moment) => {
	state.distributions = state.distributions.map(one => (one.id === id ? {...one, ...facts(moment), lastModified: moment.now} : one));
};

const unprotect = change('E7SHOP4ACME2QX', () => ({webAclId: ''}));
const protect = change('E7SHOP4ACME2QX', moment => ({webAclId: webAclArn(moment, 'edge', 'global')}));
const harden = change('E3CDNEUACME1ZZ', () => ({
	behaviors: [{pathPattern: '*', targetOriginId: 'acme-eu-media', viewerProtocolPolicy: 'redirect-to-https' as const}],
}));
const soften = change('E3CDNEUACME1ZZ', () => ({
	behaviors: [{pathPattern: '*', targetOriginId: 'acme-eu-media', viewerProtocolPolicy: 'allow-all' as const}],
}));

const moveAway = (state: CfState): void => {
	state.distributions = state.distributions.filter(({connectionMode}) => connectionMode !== 'tenant-only');
};
const moveBack = (state: CfState, moment: Moment): void => {
	state.distributions = [...state.distributions, customersSites(startOf(moment))];
};

/**
 * The shop loses its web ACL for a while; the pictures turn to HTTPS. While the customers’ sites are away no tenant can have the
 * web ACL that stands before nothing. The next round begins where this one did.
 */
export const timeline: Timeline<CfState> = {
	roundSeconds: 300,
	steps: [
		{atSeconds: 65, what: 'somebody takes the web ACL off the shop’s distribution', awsRegion: 'us-east-1', apply: unprotect},
		{atSeconds: 75, what: 'the customers’ sites move elsewhere', awsRegion: 'us-east-1', apply: moveAway},
		{atSeconds: 150, what: 'the shop’s distribution has its web ACL again', awsRegion: 'us-east-1', apply: protect},
		{atSeconds: 160, what: 'the customers’ sites are back', awsRegion: 'us-east-1', apply: moveBack},
		{atSeconds: 190, what: 'cdn.eu.acme.com redirects to HTTPS', awsRegion: 'us-east-1', apply: harden},
		{atSeconds: 288, what: 'cdn.eu.acme.com allows plain HTTP again', awsRegion: 'us-east-1', apply: soften},
	],
};
