import {type Evidence, type Rule, unpublished} from '../../../model/index.js';

/** AWS Config's name. */
export const healthCheckType = 'AWS::Route53::HealthCheck';

/** By ListHealthChecks. Whether it is healthy now is not read: that is a matter of minutes, and of its alarm. */
export type HealthCheck = {
	/** `HTTP`, `HTTPS`, `HTTP_STR_MATCH`, `HTTPS_STR_MATCH`, `TCP`, `CALCULATED`, `CLOUDWATCH_METRIC` or `RECOVERY_CONTROL`. */
	readonly type?: string;
	readonly domainName?: string;
	readonly ipAddress?: string;
	readonly port?: number;
	readonly path?: string;
	/** Seconds between two requests from the same Region. */
	readonly intervalSeconds?: number;
	/** After how many failures in a row it counts as unhealthy. */
	readonly failureThreshold?: number;
	/** Nothing is checked any more: it counts as healthy for ever. */
	readonly disabled?: boolean;
	/** Healthy counts as unhealthy, and the other way round. */
	readonly inverted?: boolean;
	/** Of calculated ones: how many of the children must be healthy. 0 is always enough. */
	readonly healthThreshold?: number;
	/** Of calculated ones: the ids of the health checks that it counts. */
	readonly children?: readonly string[];
	/** Of those on an alarm of CloudWatch. */
	readonly alarmName?: string;
	/** What counts while CloudWatch has no data: `Healthy`, `Unhealthy` or `LastKnownStatus`. */
	readonly insufficientDataHealth?: string;
	/** The AWS service that made it. */
	readonly linkedService?: string;
};

/** What it looks at, in the fewest words. */
export const targetOf = (check: HealthCheck): string | undefined => {
	const {type, domainName, ipAddress, port, path, alarmName, children, healthThreshold} = check;
	if (type === 'CALCULATED') {
		return `${healthThreshold ?? '?'} of ${children?.length ?? '?'} health checks`;
	}

	const host = domainName ?? ipAddress;
	return alarmName ?? (host && `${host}${port === undefined ? '' : `:${port}`}${path ?? ''}`);
};

export const canFail: Rule<HealthCheck> = {
	id: 'route53-healthcheck-can-fail',
	title: 'A health check can tell that something is unhealthy',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'DNS goes on leading visitors to what a health check calls healthy. One that was disabled, or that needs no healthy child, calls everything healthy, and failover waits for ever.',
	remediation: {
		text: 'Enable it again, demand at least one healthy child, and let missing data count as unhealthy or as it was. To keep traffic away for good, invert it or change the records.',
		cli: 'aws route53 update-health-check --health-check-id {id} --no-disabled',
		terraform:
			'resource "aws_route53_health_check" "this" {\n  disabled                        = false\n  insufficient_data_health_status = "LastKnownStatus"\n}',
		url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html',
	},
	note: 'LOW where CloudWatch’s lack of data counts as healthy: the alarm itself still works.',
	reads: [],
	exempts: ({configuration: {linkedService}}) =>
		linkedService === undefined ? undefined : `${linkedService} made it, and nobody else can change it`,
	evaluate({configuration: {type, disabled, inverted, healthThreshold, insufficientDataHealth}}) {
		const evidence: Evidence = {
			expected: 'Disabled false, HealthThreshold above 0, InsufficientDataHealthStatus other than Healthy',
			observed: [
				`Disabled ${disabled ?? 'not told'}`,
				type === 'CALCULATED' && `HealthThreshold ${healthThreshold ?? 'not told'}`,
				type === 'CLOUDWATCH_METRIC' && `InsufficientDataHealthStatus ${insufficientDataHealth ?? 'not told'}`,
			]
				.filter(part => part !== false)
				.join(', '),
			operation: 'ListHealthChecks',
		};
		const always = inverted === true ? 'unhealthy' : 'healthy';
		if (disabled === true) {
			return {verdict: 'FAIL', reason: `disabled, so it counts as ${always} whatever happens`, evidence};
		}

		if (type === 'CALCULATED' && healthThreshold === 0) {
			return {verdict: 'FAIL', reason: `needs no healthy child, so it counts as ${always} whatever happens`, evidence};
		}

		if (type === 'CLOUDWATCH_METRIC' && insufficientDataHealth === 'Healthy') {
			return {verdict: 'FAIL', severity: 'LOW', reason: 'while CloudWatch has no data it counts as healthy', evidence};
		}

		if (type === undefined || (type === 'CALCULATED' && healthThreshold === undefined)) {
			return {verdict: 'UNKNOWN', reason: 'ListHealthChecks did not tell what it checks', evidence};
		}

		// Optional, and left out by older health checks: https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
		return {verdict: 'PASS', reason: 'enabled', evidence};
	},
};
