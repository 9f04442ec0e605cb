import type {Entry, EntryKind, Link} from '../rules/zone.js';
import {present, type RecordSet} from './commands.js';

/** Route 53 writes what is no letter, digit, hyphen or underscore as `\052`, three octal digits, and ends names with a dot. */
export const readableName = (name: string): string =>
	name.replace(/\.$/u, '').replaceAll(/\\([0-3][0-7]{2})/gu, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

// How the DNS names end that AWS gives to what takes visitors, of every partition.
const kinds: ReadonlyArray<readonly [RegExp, EntryKind]> = [
	[/\.cloudfront\.net$/u, 'CloudFront'],
	[/\.(?:dualstack\.)?awsglobalaccelerator\.com$/u, 'accelerator'],
	// `name-123.eu-west-1.elb.amazonaws.com` and, of network load balancers, `name-123.elb.eu-west-1.amazonaws.com`.
	[/\.elb\.(?:[a-z0-9-]+\.)?amazonaws\.com(?:\.cn)?$/u, 'load balancer'],
	[/\.execute-api\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/u, 'API'],
	[/(?:^|\.)s3-website[.-][a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/u, 'S3 website'],
];

const routingOf = ({Weight, Region, Failover, GeoLocation, GeoProximityLocation, CidrRoutingConfig, MultiValueAnswer}: RecordSet) => {
	if (Failover !== undefined) {
		return `failover (${Failover.toLowerCase()})`;
	}

	if (Weight !== undefined) {
		return 'weighted';
	}

	if (Region !== undefined) {
		return 'latency';
	}

	if (GeoLocation !== undefined || GeoProximityLocation !== undefined) {
		return GeoLocation === undefined ? 'geoproximity' : 'geolocation';
	}

	if (CidrRoutingConfig !== undefined) {
		return 'by client address';
	}

	return MultiValueAnswer === true ? 'multivalue' : undefined;
};

/** The DNS name that a record leads to, by alias or by CNAME. */
const targetOf = ({Type, AliasTarget, ResourceRecords}: RecordSet): string | undefined => {
	const told = AliasTarget?.DNSName ?? (Type === 'CNAME' ? ResourceRecords?.[0]?.Value : undefined);
	return told && readableName(told).toLowerCase();
};

/** The record as an entry, if it leads to AWS. Records by address alone do not say what they lead to. */
export const toEntry = (record: RecordSet): Entry | undefined => {
	const {Name, Type, AliasTarget} = record;
	const target = targetOf(record)?.replace(/^dualstack\./u, '');
	const kind = target && kinds.find(([ending]) => ending.test(target))?.[1];
	return Name === undefined || Type === undefined || !target || !kind
		? undefined
		: {
				name: readableName(Name),
				type: Type,
				target,
				kind,
				...present({
					evaluateTargetHealth: AliasTarget?.EvaluateTargetHealth,
					routing: routingOf(record),
					setIdentifier: record.SetIdentifier,
					healthCheckId: record.HealthCheckId,
				}),
			};
};

/** Those by which visitors come: an alias may be of any other type, such as MX or TXT. */
const visited: ReadonlySet<string | undefined> = new Set(['A', 'AAAA', 'CNAME', 'HTTPS']);

/** Whether it is one of these names or below one. */
const isWithin = (name: string, zoneNames: ReadonlySet<string>): boolean => {
	const labels = name.split('.');
	return labels.some((_, index) => zoneNames.has(labels.slice(index).join('.')));
};

/** The record as a link, if it leads to another name for which one of these zones answers. */
export const toLink = (record: RecordSet, zoneNames: ReadonlySet<string>): Link | undefined => {
	const name = record.Name && readableName(record.Name).toLowerCase();
	const target = visited.has(record.Type) ? targetOf(record) : undefined;
	return name && target && name !== target && isWithin(target, zoneNames) ? {name, target} : undefined;
};
