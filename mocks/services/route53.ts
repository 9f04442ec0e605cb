import {
	GetDNSSECCommand,
	type HostedZone,
	ListHealthChecksCommand,
	ListHostedZonesCommand,
	ListQueryLoggingConfigsCommand,
	ListResourceRecordSetsCommand,
	type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {R53State, R53Zone} from './route53-state.js';

// Behaviour is that of https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html. A zone has 300 records a page.

type R53 = Context<R53State>;

const zoneOf = (id: string | undefined, context: R53): R53Zone => {
	const one = context.state.zones.find(other => other.id === id);
	if (one === undefined) throw new AwsError('NoSuchHostedZone', `No hosted zone found with ID: ${id ?? ''}`, 404);
	const reason = one.refused[context.operation];
	if (reason !== undefined) throw context.denied(`arn:${context.partition}:route53:::hostedzone/${one.id}`, reason);
	return one;
};

const listedZone = (one: R53Zone): HostedZone => ({
	Id: `/hostedzone/${one.id}`,
	Name: one.name,
	CallerReference: `made-for-${one.id}`,
	Config: {...(one.comment !== '' && {Comment: one.comment}), PrivateZone: one.isPrivate},
	ResourceRecordSetCount: one.records.length,
	...(one.linkedService !== undefined && {LinkedService: {ServicePrincipal: one.linkedService, Description: 'Managed by another service'}}),
});

const reversed = (name: string): string => name.split('.').reverse().join('.');

/** "Sorts results first by DNS name with the labels reversed", then by type; those of one name and type by their identifier. */
const sortKey = (name = '', type = '', identifier = ''): string => `${reversed(name)}\u0000${type}\u0000${identifier}`;

const keyOf = ({Name, Type, SetIdentifier}: ResourceRecordSet): string => sortKey(Name, Type, SetIdentifier);

export const route53 = defineMockService({
	id: 'route53',
	signingName: 'route53',
	homeRegion: 'us-east-1',
	protocol: {name: 'restXml', xmlNamespace: 'https://route53.amazonaws.com/doc/2013-04-01/'},
	errors: {
		validation: 'InvalidInput',
		throttled: {name: 'Throttling', httpStatus: 400},
		denied: {name: 'AccessDenied', httpStatus: 403},
	},
	empty: (): R53State => ({zones: [], healthChecks: []}),
	commands: {
		ListHostedZones: ListHostedZonesCommand,
		ListQueryLoggingConfigs: ListQueryLoggingConfigsCommand,
		GetDNSSEC: GetDNSSECCommand,
		ListResourceRecordSets: ListResourceRecordSetsCommand,
		ListHealthChecks: ListHealthChecksCommand,
	},
	handlers: {
		ListHostedZones: (input, context) => {
			const {page, token} = context.paginate(context.state.zones, input, {
				token: 'Marker',
				limit: 'MaxItems',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {
				HostedZones: page.map(listedZone),
				Marker: input.Marker ?? '',
				IsTruncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
				MaxItems: input.MaxItems ?? 100,
			};
		},

		ListQueryLoggingConfigs: (input, context) => {
			const logged = context.state.zones.flatMap(({id, queryLogGroupArn}) =>
				queryLogGroupArn === undefined || (input.HostedZoneId ?? id) !== id
					? []
					: [{Id: `log-of-${id}`, HostedZoneId: id, CloudWatchLogsLogGroupArn: queryLogGroupArn}],
			);
			const {page, token} = context.paginate(logged, input, {
				token: 'NextToken',
				limit: 'MaxResults',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {QueryLoggingConfigs: [...page], ...(token !== undefined && {NextToken: token})};
		},

		GetDNSSEC: (input, context) => {
			const {signing, isPrivate} = zoneOf(input.HostedZoneId, context);
			// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html: public zones only.
			if (isPrivate) throw new AwsError('InvalidArgument', 'The hosted zone is private: DNSSEC is not supported for it.', 400);
			return {
				Status: {ServeSignature: signing.status, ...(signing.message !== undefined && {StatusMessage: signing.message})},
				KeySigningKeys: signing.keys.map(key => ({
					Name: key.name,
					KmsArn: key.kmsArn,
					Flag: 257,
					SigningAlgorithmMnemonic: 'ECDSAP256SHA256',
					SigningAlgorithmType: 13,
					Status: key.status,
					...(key.statusMessage !== undefined && {StatusMessage: key.statusMessage}),
				})),
			};
		},

		// Where to begin is told by name, type and identifier, of a record that need not exist.
		ListResourceRecordSets: (input, context) => {
			const {records} = zoneOf(input.HostedZoneId, context);
			const limit = Math.min(input.MaxItems ?? 300, 300);
			if (input.StartRecordType !== undefined && input.StartRecordName === undefined) {
				throw context.invalid('The request must contain a name if it contains a type.');
			}
			const from =
				input.StartRecordName === undefined ? '' : sortKey(input.StartRecordName, input.StartRecordType, input.StartRecordIdentifier);
			const rest = records.filter(one => keyOf(one) >= from).toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
			const next = rest[limit];
			return {
				ResourceRecordSets: rest.slice(0, limit),
				IsTruncated: next !== undefined,
				...(next !== undefined && {NextRecordName: next.Name, NextRecordType: next.Type}),
				...(next?.SetIdentifier !== undefined && {NextRecordIdentifier: next.SetIdentifier}),
				MaxItems: limit,
			};
		},

		ListHealthChecks: (input, context) => {
			const {page, token} = context.paginate(context.state.healthChecks, input, {
				token: 'Marker',
				limit: 'MaxItems',
				defaultLimit: 100,
				maximumLimit: 1000,
			});
			return {
				HealthChecks: page.map(({id, config, linkedService}) => ({
					Id: id,
					CallerReference: `made-for-${id}`,
					HealthCheckConfig: {...config},
					HealthCheckVersion: 1,
					...(linkedService !== undefined && {LinkedService: {ServicePrincipal: linkedService}}),
				})),
				Marker: input.Marker ?? '',
				IsTruncated: token !== undefined,
				...(token !== undefined && {NextMarker: token}),
				MaxItems: input.MaxItems ?? 100,
			};
		},
	},
});
