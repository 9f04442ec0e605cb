import {type AcmCertificate, type AcmState, certificate, users} from '../../services/acm-state.js';
import type {Place, Populate, Timeline} from '../scenario.js';

// A policy of the organization that nobody lifted for us.
const boundary = 'explicit-deny-in-permissions-boundary' as const;

const northVirginia = (place: Place): AcmCertificate[] => {
	const {loadBalancer, distribution, api} = users(place);
	return [
		certificate(place, 'www.acme.com', {
			alternatives: ['acme.com'],
			endsInDays: 121,
			inUseBy: [distribution('E1A2B3C4D5E6F7')],
			renewal: {status: 'SUCCESS', updatedAt: place.daysAgo(77)},
		}),
		certificate(place, 'api.acme.com', {
			type: 'IMPORTED',
			endsInDays: 6.4,
			validityDays: 90,
			inUseBy: [loadBalancer('api')],
			tags: [{Key: 'team', Value: 'platform'}],
		}),
		certificate(place, '*.shop.acme.com', {
			endsInDays: 22.2,
			inUseBy: [loadBalancer('shop'), distribution('E7SHOP4ACME2QX')],
			tags: [{Key: 'team', Value: 'shop'}],
			renewal: {status: 'PENDING_VALIDATION', updatedAt: place.daysAgo(22), unvalidated: {'*.shop.acme.com': 'PENDING_VALIDATION'}},
		}),
		certificate(place, 'old.acme.com', {type: 'IMPORTED', endsInDays: 41.5, validityDays: 365, inUseBy: [loadBalancer('old')]}),
		certificate(place, 'mail.acme.com', {type: 'IMPORTED', endsInDays: 27.8, validityDays: 90, inUseBy: [loadBalancer('mail')]}),
		certificate(place, 'pay.acme.com', {type: 'IMPORTED', endsInDays: 11.3, validityDays: 365, inUseBy: [loadBalancer('payments')]}),
		certificate(place, 'status.acme.com', {type: 'IMPORTED', endsInDays: -0.3, validityDays: 90, inUseBy: [loadBalancer('status')]}),
		certificate(place, 'promo-2025.acme.com', {type: 'IMPORTED', endsInDays: -212, validityDays: 365}),
		certificate(place, 'beta.acme.com', {endsInDays: 131}),
		certificate(place, 'intranet.acme.com', {
			endsInDays: 83,
			validationMethod: 'EMAIL',
			inUseBy: [loadBalancer('intranet')],
			renewal: {status: 'SUCCESS', updatedAt: place.daysAgo(115)},
		}),
		certificate(place, 'hr.acme.com', {
			endsInDays: 120,
			validationMethod: 'EMAIL',
			inUseBy: [loadBalancer('hr')],
			changeToDns: {'hr.acme.com': 'PENDING_VALIDATION'},
		}),
		certificate(place, 'legacy-erp.acme.com', {
			type: 'IMPORTED',
			keyAlgorithm: 'RSA_1024',
			issuer: {organization: 'Acme Corp', commonName: 'Acme Internal CA 2009'},
			endsInDays: 900,
			validityDays: 3650,
			inUseBy: [loadBalancer('erp')],
		}),
		certificate(place, 'files.acme.com', {endsInDays: 150, exportable: true, exported: true}),
		certificate(place, 'launch.acme.com', {
			status: 'PENDING_VALIDATION',
			createdAt: place.hoursAgo(5),
			unvalidated: {'launch.acme.com': 'PENDING_VALIDATION'},
		}),
		certificate(place, 'partners.acme.com', {
			status: 'VALIDATION_TIMED_OUT',
			createdAt: place.daysAgo(9),
			unvalidated: {'partners.acme.com': 'FAILED'},
		}),
		certificate(place, 'tenant-7.acme-sites.com', {
			managedBy: 'CLOUDFRONT',
			validationMethod: 'HTTP',
			endsInDays: 20,
			inUseBy: [distribution('E9TENANT7SITES')],
			renewal: {status: 'PENDING_AUTO_RENEWAL', updatedAt: place.daysAgo(1)},
		}),
		certificate(place, 'edge.acme.com', {type: 'IMPORTED', endsInDays: 44.1, validityDays: 365, inUseBy: [api('edge.acme.com')]}),
		...['partners.api.acme.com', 'login.acme.com', 'devices.acme.com'].map(name =>
			certificate(place, name, {endsInDays: 96, inUseBy: [api(name)], tags: [{Key: 'team', Value: 'platform'}]}),
		),
	];
};

const ireland = (place: Place): AcmCertificate[] => {
	const {loadBalancer, distribution, api} = users(place);
	return [
		certificate(place, 'eu.acme.com', {endsInDays: 164, keyAlgorithm: 'EC_prime256v1', inUseBy: [loadBalancer('eu')]}),
		certificate(place, 'api.eu.acme.com', {
			endsInDays: 13.2,
			inUseBy: [api('api.eu.acme.com')],
			renewal: {status: 'FAILED', reason: 'CAA_ERROR', updatedAt: place.daysAgo(2)},
		}),
		// AWS refuses to attach it to the distribution today. It stands for what came about in ways that nobody remembers.
		certificate(place, 'cdn.eu.acme.com', {type: 'IMPORTED', endsInDays: 34, validityDays: 365, inUseBy: [distribution('E3CDNEUACME1ZZ')]}),
		certificate(place, 'ledger.internal.acme.com', {
			type: 'PRIVATE',
			issuer: {organization: 'Acme Corp', commonName: 'Acme Private CA'},
			certificateAuthorityArn: place.arn('acm-pca', `certificate-authority/${place.random('acm/authority').uuid()}`),
			endsInDays: 310,
			validityDays: 395,
			inUseBy: [loadBalancer('ledger')],
		}),
		certificate(place, 'gw-0412.devices.acme.io', {
			keyPairOrigin: 'ACME',
			acmeEndpointArn: place.arn('acm', `acme-endpoint/${place.random('acm/acme').uuid()}`),
			keyAlgorithm: 'EC_secp384r1',
			endsInDays: 31,
			validityDays: 90,
		}),
		// Every member of a search result is optional. Of these two it tells half, and their descriptions are not for us.
		certificate(place, 'vault.eu.acme.com', {
			endsInDays: 70,
			inUseBy: [loadBalancer('vault')],
			withheld: ['CertificateMetadata'],
			refused: {DescribeCertificate: 'no-identity-based-policy'},
		}),
		certificate(place, 'telemetry.eu.acme.com', {
			status: 'PENDING_VALIDATION',
			createdAt: place.hoursAgo(30),
			unvalidated: {'telemetry.eu.acme.com': 'PENDING_VALIDATION'},
			withheld: ['X509Attributes'],
			refused: {DescribeCertificate: 'no-identity-based-policy'},
		}),
	];
};

/** Where the search is forbidden: what only the search tells is known of nothing but what may be described. */
const milan = (place: Place): AcmCertificate[] => {
	const {loadBalancer, api} = users(place);
	return [
		certificate(place, 'it.acme.com', {
			endsInDays: 38,
			inUseBy: [loadBalancer('it')],
			refused: {DescribeCertificate: 'no-identity-based-policy'},
		}),
		certificate(place, 'negozio.acme.com', {endsInDays: 102, keyAlgorithm: 'EC_secp384r1', inUseBy: [loadBalancer('negozio')]}),
		certificate(place, 'api.it.acme.com', {endsInDays: 88, inUseBy: [api('api.it.acme.com')]}),
	];
};

/** Thirty certificates in three Regions. */
export const populate: Populate<AcmState> = place => {
	switch (place.awsRegion) {
		case 'us-east-1':
			return {certificates: northVirginia(place), daysBeforeExpiry: 45, refused: {}};
		case 'eu-west-1':
			return {certificates: ireland(place), daysBeforeExpiry: 7, refused: {}};
		case 'eu-south-1':
			return {certificates: milan(place), daysBeforeExpiry: 45, refused: {SearchCertificates: boundary, GetAccountConfiguration: boundary}};
		default:
			return undefined;
	}
};

const change = (state: AcmState, domainName: string, facts: Partial<AcmCertificate>): void => {
	state.certificates = state.certificates.map(one => (one.domainName === domainName ? {...one, ...facts} : one));
};

/** One certificate nears its end and is replaced in time; one renewal gets unstuck. The next round begins where this one did. */
export const timeline: Timeline<AcmState> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 30,
			what: 'api.acme.com ends in 31 hours',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, 'api.acme.com', {notAfter: moment.inHours(31.5)}),
		},
		{
			atSeconds: 75,
			what: 'the CNAME record of *.shop.acme.com is back, and ACM renews it',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, '*.shop.acme.com', {
					issuedAt: moment.now,
					notBefore: moment.now,
					notAfter: moment.inDays(198),
					renewal: {status: 'SUCCESS', updatedAt: moment.now},
				}),
		},
		{
			atSeconds: 120,
			what: 'launch.acme.com is validated and issued',
			awsRegion: 'us-east-1',
			apply: (state, moment) =>
				change(state, 'launch.acme.com', {
					status: 'ISSUED',
					issuedAt: moment.now,
					notBefore: moment.now,
					notAfter: moment.inDays(198),
					unvalidated: {},
				}),
		},
		{
			atSeconds: 180,
			what: 'somebody imports a new certificate for api.acme.com',
			awsRegion: 'us-east-1',
			apply: (state, moment) => change(state, 'api.acme.com', {importedAt: moment.now, notBefore: moment.now, notAfter: moment.inDays(90)}),
		},
		{
			atSeconds: 290,
			what: 'time passes: api.acme.com has 6 days left, and a record of *.shop.acme.com is gone again',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				change(state, 'api.acme.com', {
					importedAt: moment.daysAgo(83.6),
					notBefore: moment.daysAgo(83.6),
					notAfter: moment.inDays(6.4),
				});
				change(state, '*.shop.acme.com', {
					issuedAt: moment.daysAgo(175.8),
					notBefore: moment.daysAgo(175.8),
					notAfter: moment.inDays(22.2),
					renewal: {status: 'PENDING_VALIDATION', updatedAt: moment.daysAgo(22), unvalidated: {'*.shop.acme.com': 'PENDING_VALIDATION'}},
				});
				change(state, 'launch.acme.com', {
					status: 'PENDING_VALIDATION',
					createdAt: moment.now,
					issuedAt: undefined,
					notBefore: undefined,
					notAfter: undefined,
					unvalidated: {'launch.acme.com': 'PENDING_VALIDATION'},
				});
			},
		},
	],
};
