import {type Evidence, listed, type Rule, refusalInWords, unpublished} from '../../../model/index.js';
import {type Entry, type HostedZone, notPublic} from './zone.js';

export const queryLogging: Rule<HostedZone> = {
	id: 'route53-zone-query-logging',
	title: 'The queries of a public zone are logged',
	severity: 'LOW',
	published: {
		securityControlIds: ['Route53.2'],
		cis: [],
		prowler: ['route53_public_hosted_zones_cloudwatch_logging_enabled'],
	},
	rationale: 'Without its queries nobody can say which names were tried, by which resolvers, when a name was taken over or a flood began.',
	remediation: {
		text: 'Make a log group in us-east-1 whose name begins with /aws/route53/, let route53.amazonaws.com write to it, and configure query logging.',
		cli: 'aws route53 create-query-logging-config --hosted-zone-id {id} --cloud-watch-logs-log-group-arn LOG_GROUP_ARN',
		terraform:
			'resource "aws_route53_query_log" "this" {\n  zone_id                  = "{id}"\n  cloudwatch_log_group_arn = aws_cloudwatch_log_group.dns.arn\n}',
		url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/query-logs.html',
	},
	note: 'Only queries that reach Route 53 are logged: resolvers answer the others from memory. Private zones are logged by Resolver query logging, which is another matter.',
	// One listing tells of all zones, so that it is never refused for one of them: what it could not tell is said below.
	reads: [],
	exempts: notPublic,
	evaluate({configuration: {queryLogGroupArn: group, isPrivate}, unread}) {
		const refused = unread['ListQueryLoggingConfigs'];
		if (group === undefined) {
			return {
				verdict: 'UNKNOWN',
				reason:
					refused === undefined
						? 'ListQueryLoggingConfigs did not tell whether its queries are logged'
						: `whether its queries are logged could not be read: ${refusalInWords(refused)}`,
			};
		}

		const evidence: Evidence = {
			expected: 'a query logging configuration',
			observed: group ?? 'none',
			operation: 'ListQueryLoggingConfigs',
		};
		if (group === null && isPrivate === undefined) {
			return {verdict: 'UNKNOWN', reason: 'ListHostedZones did not tell whether it is public', evidence};
		}

		return group === null
			? {verdict: 'FAIL', reason: 'its queries are not logged', evidence}
			: {verdict: 'PASS', reason: `its queries are logged to ${/:log-group:([^:]+)/u.exec(group)?.[1] ?? group}`, evidence};
	},
};

/** What can be away, unlike CloudFront, S3 and API Gateway, whose health Route 53 does not ask or learns nothing from. */
const canBeAway = ({kind}: Entry): boolean => kind === 'load balancer' || kind === 'accelerator';

/** The last resort is answered whatever its health. */
const isLastResort = ({routing}: Entry): boolean => routing === 'failover (secondary)';

const isChecked = ({evaluateTargetHealth, healthCheckId}: Entry): boolean => evaluateTargetHealth === true || healthCheckId !== undefined;

const nameOf = ({name, setIdentifier}: Entry): string => (setIdentifier === undefined ? name : `${name} (${setIdentifier})`);

export const routedChecked: Rule<HostedZone> = {
	id: 'route53-zone-routed-entries-checked',
	title: 'Records that share a name depend on the health of what they lead to',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Weighted, latency and failover records spread an application over several places, which AWS’s best practices against DDoS ask for (BP3). Without a look at their health visitors are led to a place that is gone.',
	remediation: {
		text: 'Let the alias evaluate its target’s health, or name a health check in the record.',
		cli: 'aws route53 change-resource-record-sets --hosted-zone-id {id} --change-batch file://changes.json',
		terraform: 'resource "aws_route53_record" "this" {\n  zone_id = "{id}"\n\n  alias {\n    evaluate_target_health = true\n  }\n}',
		url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html',
	},
	note: 'Asked of records that lead to load balancers and accelerators. An alias of CloudFront cannot evaluate health, and those of S3 and API Gateway learn nothing by it. Whether the target still exists is not told by its alias.',
	reads: ['ListResourceRecordSets'],
	exempts: notPublic,
	evaluate({configuration: {entries, moreEntries}}) {
		if (entries === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its records have not been read'};
		}

		const routed = entries.filter(entry => entry.routing !== undefined && canBeAway(entry) && !isLastResort(entry));
		const unchecked = routed.filter(entry => !isChecked(entry));
		const evidence: Evidence = {
			expected: 'EvaluateTargetHealth or a HealthCheckId for each',
			observed: `${unchecked.length} of ${routed.length} without`,
			operation: 'ListResourceRecordSets',
		};
		if (unchecked.length > 0) {
			return {
				verdict: 'FAIL',
				reason: `answered whatever the health of their targets: ${listed([...new Set(unchecked.map(nameOf))])}`,
				evidence,
			};
		}

		if (moreEntries !== undefined) {
			return {verdict: 'UNKNOWN', reason: `of its records ${moreEntries} more lead to AWS than are kept here`, evidence};
		}

		return routed.length === 0
			? {verdict: 'NOT_APPLICABLE', reason: 'no records of a load balancer or accelerator share a name'}
			: {
					verdict: 'PASS',
					reason: `${routed.length === 1 ? 'one record depends on its target’s health' : `${routed.length} records depend on their targets’ health`}`,
					evidence,
				};
	},
};
