import {alias, healthCheck, type R53State, type R53Zone, record, zone} from '../../services/route53-state.js';
import {acceleratorDnsName, distributionDomainName, keyArn, loadBalancerDnsName} from '../estate.js';
import type {Moment, Place, Populate, Timeline} from '../scenario.js';

const checks = (place: Place) => {
	const website = healthCheck(place, 'website', {
		Type: 'HTTPS',
		FullyQualifiedDomainName: 'www.acme.com',
		Port: 443,
		ResourcePath: '/healthz',
		EnableSNI: true,
	});
	const europe = healthCheck(place, 'europe', {
		Type: 'HTTPS',
		FullyQualifiedDomainName: 'eu.acme.com',
		Port: 443,
		ResourcePath: '/healthz',
	});
	return {
		website,
		europe,
		all: [
			website,
			europe,
			healthCheck(place, 'front doors', {Type: 'CALCULATED', HealthThreshold: 1, ChildHealthChecks: [website.id, europe.id]}),
			healthCheck(place, 'old', {Type: 'HTTP', FullyQualifiedDomainName: 'old.acme.com', Port: 80, ResourcePath: '/', Disabled: true}),
			healthCheck(place, 'checkout', {
				Type: 'CLOUDWATCH_METRIC',
				AlarmIdentifier: {Region: 'us-east-1', Name: 'checkout-errors'},
				InsufficientDataHealthStatus: 'Healthy',
			}),
			healthCheck(place, 'queue', {
				Type: 'CLOUDWATCH_METRIC',
				AlarmIdentifier: {Region: 'eu-west-1', Name: 'ledger-queue-depth'},
				InsufficientDataHealthStatus: 'LastKnownStatus',
			}),
		],
	};
};

const acme = (place: Place): R53Zone => {
	const balancer = (name: string, awsRegion = 'us-east-1'): string => loadBalancerDnsName(place, name, awsRegion);
	const website = distributionDomainName(place, 'E1A2B3C4D5E6F7');
	return zone(
		place,
		'acme.com',
		[
			alias('acme.com', website),
			alias('acme.com', website, {Type: 'AAAA'}),
			alias('www.acme.com', website),
			alias('www.acme.com', website, {Type: 'AAAA'}),
			alias('api.acme.com', acceleratorDnsName(place, 'api-fixed'), {checked: true}),
			alias('eu.acme.com', balancer('eu', 'eu-west-1'), {SetIdentifier: 'load balancer', Failover: 'PRIMARY', checked: true}),
			alias('eu.acme.com', acceleratorDnsName(place, 'eu-fixed'), {SetIdentifier: 'accelerator', Failover: 'SECONDARY'}),
			alias('old.acme.com', balancer('old')),
			alias('status.acme.com', balancer('status')),
			alias('pay.acme.com', balancer('payments'), {checked: true}),
			record('cdn.eu.acme.com', 'CNAME', distributionDomainName(place, 'E3CDNEUACME1ZZ')),
			record('mail.acme.com', 'CNAME', balancer('mail')),
			record('acme.com', 'MX', '10 inbound.mail-provider.example'),
			record('acme.com', 'TXT', '"v=spf1 include:mail-provider.example -all"'),
			record('acme.com', 'CAA', '0 issue "amazon.com"', '0 issue "letsencrypt.org"'),
			record('shop.acme.com', 'NS', 'ns-100.awsdns-12.com.', 'ns-600.awsdns-11.net.'),
		],
		{signing: {status: 'SIGNING', keys: [{name: 'ksk_1', kmsArn: keyArn(place, 'dns/acme-com', 'us-east-1'), status: 'ACTIVE'}]}},
	);
};

const all = (place: Place): R53Zone[] => {
	const {website} = checks(place);
	const shop = distributionDomainName(place, 'E7SHOP4ACME2QX');
	return [
		acme(place),
		zone(
			place,
			'shop.acme.com',
			[
				alias('shop.acme.com', shop),
				alias('\\052.shop.acme.com', shop),
				// A tenth of the new checkout, whether its load balancer lives or not.
				alias('checkout.shop.acme.com', loadBalancerDnsName(place, 'shop', 'us-east-1'), {SetIdentifier: 'stable', Weight: 90}),
				alias('checkout.shop.acme.com', loadBalancerDnsName(place, 'api', 'us-east-1'), {
					SetIdentifier: 'next',
					Weight: 10,
					HealthCheckId: website.id,
				}),
			],
			{unsigned: true},
		),
		zone(place, 'acme-sites.com', [alias('\\052.acme-sites.com', distributionDomainName(place, 'E9TENANT7SITES'))], {
			comment: 'Customers’ sites',
			unsigned: true,
			unlogged: true,
		}),
		// Its key-signing key was made from a KMS key that somebody has disabled.
		zone(place, 'acme.io', [alias('devices.acme.io', loadBalancerDnsName(place, 'ingest', 'us-east-1'), {checked: true})], {
			signing: {
				status: 'ACTION_NEEDED',
				keys: [
					{
						name: 'ksk_2023',
						kmsArn: keyArn(place, 'dns/acme-io', 'us-east-1'),
						status: 'ACTION_NEEDED',
						statusMessage: 'The customer managed key is disabled.',
					},
				],
			},
		}),
		zone(place, 'acme-labs.dev', [alias('acme-labs.dev', loadBalancerDnsName(place, 'old', 'us-east-1'))], {
			comment: 'The laboratory keeps its records to itself',
			refused: {GetDNSSEC: 'no-identity-based-policy', ListResourceRecordSets: 'no-identity-based-policy'},
		}),
		zone(place, 'acme.internal', [alias('ledger.acme.internal', loadBalancerDnsName(place, 'ledger', 'eu-west-1'))], {
			comment: 'Inside the VPCs',
			isPrivate: true,
		}),
		zone(place, 'services.acme.internal', [], {isPrivate: true, linkedService: 'servicediscovery.amazonaws.com'}),
	];
};

/** Seven zones, two of them private, and six health checks. */
export const populate: Populate<R53State> = place =>
	place.awsRegion === 'us-east-1' ? {zones: all(place), healthChecks: checks(place).all} : undefined;

const change = (name: string, facts: (place: Moment) => Partial<R53Zone>) => (state: R53State, moment: Moment) => {
	state.zones = state.zones.map(one => (one.name === name ? {...one, ...facts(moment)} : one));
};

/** A log is turned on, a health check is disabled and enabled again. The next round begins where this one did. */
export const timeline: Timeline<R53State> = {
	roundSeconds: 300,
	steps: [
		{
			atSeconds: 85,
			what: 'somebody disables the health check of www.acme.com for a while',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				const {website} = checks(moment);
				state.healthChecks = state.healthChecks.map(one =>
					one.id === website.id ? {...one, config: {...one.config, Disabled: true}} : one,
				);
			},
		},
		{
			atSeconds: 140,
			what: 'the queries of acme-sites.com are logged',
			awsRegion: 'us-east-1',
			apply: change('acme-sites.com.', moment => ({
				queryLogGroupArn: moment.arn('logs', 'log-group:/aws/route53/acme-sites.com:*', 'us-east-1'),
			})),
		},
		{
			atSeconds: 286,
			what: 'the health check of www.acme.com is enabled, and the log of acme-sites.com deleted again',
			awsRegion: 'us-east-1',
			apply(state, moment) {
				state.healthChecks = checks(moment).all;
				change('acme-sites.com.', () => ({queryLogGroupArn: undefined}))(state, moment);
			},
		},
	],
};
