import type {HealthCheckConfig, ResourceRecordSet, RRType} from '@aws-sdk/client-route-53';
import type {DenialReason} from '../endpoint/aws-error.js';
import {hostedZoneId} from '../scenarios/estate.js';
import type {Place} from '../scenarios/scenario.js';

export type R53Key = {
	readonly name: string;
	readonly kmsArn: string;
	readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETING' | 'ACTION_NEEDED' | 'INTERNAL_FAILURE';
	readonly statusMessage?: string;
};

/** What Route 53 knows of a hosted zone, as far as Vedette asks. */
export type R53Zone = {
	/** Without `/hostedzone/`, which answers put before it. */
	readonly id: string;
	/** With its last dot. */
	readonly name: string;
	comment: string;
	isPrivate: boolean;
	/** The AWS service that made it. */
	linkedService?: string;
	records: readonly ResourceRecordSet[];
	queryLogGroupArn?: string | undefined;
	signing: {
		readonly status: 'SIGNING' | 'NOT_SIGNING' | 'DELETING' | 'ACTION_NEEDED' | 'INTERNAL_FAILURE';
		readonly message?: string;
		readonly keys: readonly R53Key[];
	};
	/** Operations on it that are refused, and why. Everything else is allowed. */
	refused: Readonly<Record<string, DenialReason>>;
};

export type R53HealthCheck = {readonly id: string; config: HealthCheckConfig; linkedService?: string};

export type R53State = {zones: R53Zone[]; healthChecks: R53HealthCheck[]};

/** Any record with values. */
export const record = (name: string, type: RRType, ...values: readonly string[]): ResourceRecordSet => ({
	Name: `${name}.`,
	Type: type,
	TTL: 300,
	ResourceRecords: values.map(Value => ({Value})),
});

// Of CloudFront and accelerators: https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html. Of load
// balancers one for each Region; Vedette does not look at it.
const zoneOf = (dnsName: string): string =>
	dnsName.endsWith('.cloudfront.net')
		? 'Z2FDTNDATAQYW2'
		: dnsName.endsWith('.awsglobalaccelerator.com')
			? 'Z2BJ6XQ5FK7U4H'
			: 'Z35SXDOTRQ7X7K';

/** An alias. Load balancers are named with `dualstack.`, as the console does. */
export const alias = (
	name: string,
	dnsName: string,
	facts: Partial<ResourceRecordSet> & {readonly checked?: boolean} = {},
): ResourceRecordSet => {
	const {checked = false, ...rest} = facts;
	return {
		Name: `${name}.`,
		Type: 'A',
		AliasTarget: {
			HostedZoneId: zoneOf(dnsName),
			DNSName: `${dnsName.includes('.elb.') ? 'dualstack.' : ''}${dnsName}.`,
			EvaluateTargetHealth: checked,
		},
		...rest,
	};
};

/** A public zone in good order, signed and logged, with the two records that every zone has; `facts` say what differs. */
export const zone = (
	place: Place,
	name: string,
	records: readonly ResourceRecordSet[],
	facts: Partial<R53Zone> & {readonly unsigned?: true; readonly unlogged?: true} = {},
): R53Zone => {
	const {unsigned, unlogged, ...rest} = facts;
	const isPrivate = rest.isPrivate ?? false;
	return {
		id: hostedZoneId(place, isPrivate ? `private/${name}` : name),
		name: `${name}.`,
		comment: '',
		isPrivate,
		records: [
			record(name, 'NS', 'ns-2048.awsdns-64.com.', 'ns-2049.awsdns-65.net.'),
			record(name, 'SOA', 'ns-2048.awsdns-64.com. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400'),
			...records,
		],
		...(unlogged !== true && !isPrivate && {queryLogGroupArn: place.arn('logs', `log-group:/aws/route53/${name}:*`, 'us-east-1')}),
		signing:
			unsigned === true || isPrivate
				? {status: 'NOT_SIGNING', keys: []}
				: {
						status: 'SIGNING',
						keys: [
							{
								name: 'ksk_1',
								kmsArn: place.arn('kms', `key/${place.random(`route53/ksk/${name}`).uuid()}`, 'us-east-1'),
								status: 'ACTIVE',
							},
						],
					},
		refused: {},
		...rest,
	};
};

export const healthCheck = (place: Place, name: string, config: HealthCheckConfig): R53HealthCheck => ({
	id: place.random(`route53/health-check/${name}`).uuid(),
	config: {
		...(config.Type !== 'CALCULATED' &&
			config.Type !== 'CLOUDWATCH_METRIC' && {RequestInterval: 30, FailureThreshold: 3, MeasureLatency: false}),
		Inverted: false,
		Disabled: false,
		...config,
	},
});
