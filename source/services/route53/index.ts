import {defineService, hourMs, type Kind} from '../../model/index.js';
import {type HealthCheck, healthCheckType, targetOf} from './rules/health-check.js';
import {healthCheckRules, zoneRules} from './rules/index.js';
import {type Entry, type HostedZone, zoneType} from './rules/zone.js';

// All operations of an account share one bucket of 50, refilled by 10 a second, and each has one as large for itself.
const limits = {
	requestsPerSecond: 10,
	burst: 50,
	bucket: 'account',
	source: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/throttling-api-requests.html',
};

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

const words = (status: string | undefined): string | undefined => status?.toLowerCase().replaceAll('_', ' ');

const entryInWords = ({name, type, target, routing, evaluateTargetHealth}: Entry): string => {
	const details = [routing, evaluateTargetHealth === true && 'by health'].filter(Boolean).join(', ');
	return `${name} ${type} to ${target}${details === '' ? '' : ` (${details})`}`;
};

/** How many entries of each kind, in the fewest words: `2 CloudFront, 5 load balancer`. */
const entriesInWords = ({entries}: HostedZone): string | undefined => {
	const counts = new Map<string, number>();
	for (const {kind} of entries ?? []) {
		counts.set(kind, (counts.get(kind) ?? 0) + 1);
	}

	return entries && ([...counts].map(([kind, count]) => `${count} ${kind}`).join(', ') || 'none');
};

const zones: Kind<HostedZone> = {
	resourceType: zoneType,
	title: 'Hosted zones',
	columns: [
		{title: 'Answers', value: ({configuration: {isPrivate}}) => (isPrivate === undefined ? undefined : isPrivate ? 'VPCs' : 'everyone')},
		{title: 'DNSSEC', value: ({configuration: {dnssec}}) => words(dnssec?.status)},
		{
			title: 'Query log',
			value: ({configuration: {queryLogGroupArn: group}}) => (group === undefined ? undefined : group === null ? 'off' : 'on'),
		},
		{title: 'Records', value: ({configuration}) => configuration.recordCount},
		{title: 'Leads to', value: ({configuration}) => entriesInWords(configuration)},
	],
	facts: [
		{
			title: 'Answers',
			value: ({configuration: {isPrivate}}) => (isPrivate === undefined ? undefined : isPrivate ? 'VPCs alone' : 'everyone'),
		},
		{title: 'Description', value: ({configuration}) => configuration.comment},
		{title: 'Made by', value: ({configuration}) => configuration.linkedService},
		{title: 'Records', value: ({configuration}) => configuration.recordCount},
		{title: 'Queries logged to', value: ({configuration: {queryLogGroupArn: group}}) => (group === null ? 'nowhere' : group)},
		{title: 'DNSSEC', value: ({configuration: {dnssec}}) => words(dnssec?.status)},
		{title: 'DNSSEC says', value: ({configuration: {dnssec}}) => dnssec?.message},
		{
			title: 'Key-signing keys',
			value: ({configuration: {dnssec}}) =>
				dnssec?.keys.map(({name, status, kmsKeyArn}) => [name, words(status), kmsKeyArn].filter(Boolean).join(' ')).join('; ') || undefined,
		},
		{title: 'Accelerated recovery', value: ({configuration}) => words(configuration.acceleratedRecovery)},
		{title: 'Leads to AWS', value: ({configuration: {entries}}) => entries && (entries.map(entryInWords).join('; ') || 'nowhere')},
		{title: 'Not shown of these', value: ({configuration}) => configuration.moreEntries},
	],
	rules: zoneRules,
	consolePath: ({resourceId}) => `route53/v2/hostedzones?region=us-east-1#ListRecordSets/${encodeURIComponent(resourceId)}`,
};

const healthChecks: Kind<HealthCheck> = {
	resourceType: healthCheckType,
	title: 'Health checks',
	columns: [
		{title: 'Type', value: ({configuration: {type}}) => type?.replaceAll('_', ' ')},
		{title: 'Enabled', value: ({configuration: {disabled}}) => yesNo(disabled === undefined ? undefined : !disabled)},
		{title: 'Every', value: ({configuration: {intervalSeconds}}) => intervalSeconds && `${intervalSeconds} s`},
	],
	facts: [
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Looks at', value: ({configuration}) => targetOf(configuration)},
		{title: 'Made by', value: ({configuration}) => configuration.linkedService},
		{title: 'Enabled', value: ({configuration: {disabled}}) => yesNo(disabled === undefined ? undefined : !disabled)},
		{title: 'Inverted', value: ({configuration}) => yesNo(configuration.inverted)},
		{title: 'Seconds between requests', value: ({configuration}) => configuration.intervalSeconds},
		{title: 'Failures until unhealthy', value: ({configuration}) => configuration.failureThreshold},
		{title: 'Healthy children needed', value: ({configuration}) => configuration.healthThreshold},
		{title: 'Children', value: ({configuration: {children}}) => children?.join(', ') || undefined},
		{title: 'While data is missing', value: ({configuration}) => configuration.insufficientDataHealth},
	],
	rules: healthCheckRules,
	consolePath: ({resourceId}) => `route53/healthchecks/home?region=us-east-1#/details/${encodeURIComponent(resourceId)}`,
};

export const route53 = defineService({
	id: 'route53',
	title: 'Route 53',
	group: 'edge',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	refresh: {full: {everyMs: 30 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 'route53',
	operations: {
		ListHostedZones: {
			...limits,
			answers: ['HostedZones', 'IsTruncated'],
			paging: {input: 'Marker', output: 'NextMarker', more: 'IsTruncated'},
		},
		ListQueryLoggingConfigs: {...limits, answers: ['QueryLoggingConfigs'], paging: {input: 'NextToken', output: 'NextToken'}},
		GetDNSSEC: {...limits, slow: true, freshForMs: 6 * hourMs, answers: ['Status']},
		// Never from the cache: records hold more than entries, and what is not kept cannot leak.
		ListResourceRecordSets: {
			...limits,
			answers: ['ResourceRecordSets', 'IsTruncated'],
			paging: {
				input: 'StartRecordName',
				output: 'NextRecordName',
				also: {StartRecordType: 'NextRecordType', StartRecordIdentifier: 'NextRecordIdentifier'},
				more: 'IsTruncated',
			},
		},
		ListHealthChecks: {
			...limits,
			answers: ['HealthChecks', 'IsTruncated'],
			paging: {input: 'Marker', output: 'NextMarker', more: 'IsTruncated'},
		},
	},
	kinds: [zones, healthChecks],
	load: async () => import('./collect/index.js'),
});
