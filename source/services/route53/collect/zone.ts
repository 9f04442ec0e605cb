import type {Refusal, Resource} from '../../../model/index.js';
import {type Dnssec, type Entry, type HostedZone, type Link, zoneType} from '../rules/zone.js';
import {type ListedZone, present, type Route53, type Signing} from './commands.js';
import {readableName, toEntry, toLink} from './entries.js';

/** What one listing tells of every zone: the log groups by zone id, or why there are none to tell. */
export type QueryLogs = {
	readonly groups: ReadonlyMap<string, string> | undefined;
	readonly unread: Readonly<Record<string, Refusal>>;
	readonly readAt: Readonly<Record<string, string>>;
};

// A zone may have 10,000 records; its resource is kept and shown whole.
const keptEntries = 1000;
const keptLinks = 1000;

/** Ids come as `/hostedzone/Z…`, and are used without. */
export const bareId = (id: string): string => id.replace(/^\/hostedzone\//u, '');

/** Which log group each zone writes to. A configuration that names no zone could be any zone's: then nothing is told of any. */
export const readQueryLogs = async (aws: Route53): Promise<QueryLogs> => {
	const facts = aws.facts();
	const pages = await facts.attemptPages('ListQueryLoggingConfigs', {MaxResults: 100});
	const groups = new Map<string, string>();
	let isWhole = pages !== undefined && pages !== null;
	for (const {QueryLoggingConfigs} of pages ?? []) {
		for (const {HostedZoneId, CloudWatchLogsLogGroupArn} of QueryLoggingConfigs ?? []) {
			if (HostedZoneId === undefined || CloudWatchLogsLogGroupArn === undefined) {
				facts.missing('ListQueryLoggingConfigs', 'HostedZoneId');
				isWhole = false;
			} else {
				groups.set(bareId(HostedZoneId), CloudWatchLogsLogGroupArn);
			}
		}
	}

	return {groups: isWhole ? groups : undefined, unread: facts.unread, readAt: facts.readAt};
};

const toDnssec = ({Status, KeySigningKeys = []}: Signing): Dnssec => ({
	...present({status: Status?.ServeSignature, message: Status?.StatusMessage || undefined}),
	keys: KeySigningKeys.map(key => ({
		name: key.Name ?? 'without a name',
		...present({status: key.Status, message: key.StatusMessage || undefined, kmsKeyArn: key.KmsArn}),
	})),
});

type Records = Pick<HostedZone, 'entries' | 'moreEntries' | 'links' | 'moreLinks'>;

/** The records that lead to AWS, or to other names of these zones; undefined where they could not be read. */
const readRecords = async (facts: ReturnType<Route53['facts']>, id: string, zoneNames: ReadonlySet<string>): Promise<Records> => {
	const pages = await facts.attemptPages('ListResourceRecordSets', {HostedZoneId: id, MaxItems: 300});
	if (!pages) {
		return {};
	}

	const entries: Entry[] = [];
	// Once each: a name most often has an alias for IPv4 and one for IPv6.
	const links = new Map<string, Link>();
	for (const {ResourceRecordSets = []} of pages) {
		for (const record of ResourceRecordSets) {
			if (record.Name === undefined || record.Type === undefined) {
				facts.missing('ListResourceRecordSets', 'Name');
				return {};
			}

			const entry = toEntry(record);
			const link = entry === undefined ? toLink(record, zoneNames) : undefined;
			if (entry !== undefined) {
				entries.push(entry);
			} else if (link !== undefined) {
				links.set(`${link.name} ${link.target}`, link);
			}
		}
	}

	return {
		entries: entries.slice(0, keptEntries),
		...(entries.length > keptEntries && {moreEntries: entries.length - keptEntries}),
		...(links.size > 0 && {links: [...links.values()].slice(0, keptLinks)}),
		...(links.size > keptLinks && {moreLinks: links.size - keptLinks}),
	};
};

/** DNSSEC and records are asked of public zones alone: nobody outside a VPC comes by a private one, and none of them is signed. */
export const toZone = async (
	aws: Route53,
	zone: ListedZone,
	id: string,
	logs: QueryLogs,
	zoneNames: ReadonlySet<string>,
): Promise<Resource<HostedZone>> => {
	const facts = aws.facts();
	const isPrivate = zone.Config?.PrivateZone;
	const isPublic = isPrivate === false;
	const signing = isPublic ? await facts.attempt('GetDNSSEC', {HostedZoneId: id}) : undefined;
	const records = isPublic ? await readRecords(facts, id, zoneNames) : {};
	return {
		arn: `arn:${aws.partition}:route53:::hostedzone/${id}`,
		resourceType: zoneType,
		resourceId: id,
		resourceName: (zone.Name && readableName(zone.Name)) || id,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: {
			...present({
				isPrivate,
				comment: zone.Config?.Comment || undefined,
				recordCount: zone.ResourceRecordSetCount,
				linkedService: zone.LinkedService && (zone.LinkedService.ServicePrincipal ?? 'another service'),
				acceleratedRecovery: zone.Features?.AcceleratedRecoveryStatus,
				queryLogGroupArn: logs.groups && (logs.groups.get(id) ?? null),
				dnssec: signing ? toDnssec(signing) : undefined,
			}),
			...records,
		},
		unread: {...logs.unread, ...facts.unread},
		readAt: {...logs.readAt, ...facts.readAt},
	};
};
