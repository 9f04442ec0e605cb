import {answering, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {type LoadBalancer, unlessApplication} from './load-balancer.js';

const operation = 'DescribeLoadBalancerAttributes';

const setting = (key: string, value: string): string =>
	`aws elbv2 modify-load-balancer-attributes --load-balancer-arn {arn} --attributes Key=${key},Value=${value} --region {region}`;
const terraform = (lines: string, type = 'application'): string =>
	`resource "aws_lb" "this" {\n  name               = "{name}"\n  load_balancer_type = "${type}"\n${lines}\n}`;

export const dropsInvalidHeaders: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-drops-invalid-headers',
	title: 'Invalid HTTP headers are dropped',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.4'], cis: [], prowler: ['elbv2_alb_drop_invalid_header_fields_enabled']},
	rationale:
		'Header names that HTTP does not allow are read differently by different servers: the stuff of request smuggling, by which one client’s request becomes part of another’s.',
	remediation: {
		text: 'Drop them. Names with anything but letters, digits and hyphens go: an application that needs underscores in header names will miss them.',
		cli: setting('routing.http.drop_invalid_header_fields.enabled', 'true'),
		terraform: terraform('  drop_invalid_header_fields = true'),
		url: `${guide}/application/edit-load-balancer-attributes.html`,
	},
	reads: [operation],
	exempts: unlessApplication,
	evaluate({configuration: {attributes = {}}}) {
		const {dropsInvalidHeaders: drops} = attributes;
		const is = answering(
			operation,
			'routing.http.drop_invalid_header_fields.enabled true',
			drops === undefined ? 'not told' : String(drops),
		);
		if (drops === undefined) {
			return is('UNKNOWN', `${operation} did not tell what becomes of invalid headers`);
		}

		return drops ? is('PASS', 'drops invalid headers') : is('FAIL', 'hands invalid headers on to its targets');
	},
};

export const desyncMitigated: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-desync-mitigated',
	title: 'Requests that could desynchronise client and target are defended against',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.12'], cis: [], prowler: ['elbv2_desync_mitigation_mode']},
	rationale:
		'A request that load balancer and target cut at different places lets its sender slip a second one in, as somebody else. In the mode monitor such requests are let through and merely counted.',
	remediation: {
		text: 'Set the mode to defensive, which is the default, or to strictest where every client keeps to the letter of RFC 7230.',
		cli: setting('routing.http.desync_mitigation_mode', 'defensive'),
		terraform: terraform('  desync_mitigation_mode = "defensive"'),
		url: `${guide}/application/edit-load-balancer-attributes.html`,
	},
	reads: [operation],
	exempts: unlessApplication,
	evaluate({configuration: {attributes = {}}}) {
		const {desyncMitigationMode: mode} = attributes;
		const is = answering(operation, 'routing.http.desync_mitigation_mode defensive or strictest', mode ?? 'not told');
		switch (mode) {
			case 'defensive':
			case 'strictest': {
				return is('PASS', `desync mitigation is ${mode}`);
			}

			case 'monitor': {
				return is('FAIL', 'desync mitigation only monitors: ambiguous requests reach the targets');
			}

			default: {
				return is('UNKNOWN', mode === undefined ? `${operation} did not tell the desync mitigation mode` : `the mode ${mode} is not known`);
			}
		}
	},
};

const hasTls = (listeners: LoadBalancer['listeners']): boolean => listeners?.some(({protocol}) => protocol === 'TLS') === true;

export const logsRequests: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-logs-requests',
	title: 'Access logs are kept',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.5'], cis: ['v7.0 4.10'], prowler: ['elbv2_logging_enabled']},
	rationale: 'After an attack the access log tells who asked for what, from where, and what the answer was. It cannot be had afterwards.',
	remediation: {
		text: 'Have them written to a bucket in this Region whose policy lets Elastic Load Balancing write.',
		cli: 'aws elbv2 modify-load-balancer-attributes --load-balancer-arn {arn} --attributes Key=access_logs.s3.enabled,Value=true Key=access_logs.s3.bucket,Value=BUCKET --region {region}',
		terraform: terraform('\n  access_logs {\n    bucket  = aws_s3_bucket.logs.id\n    enabled = true\n  }'),
		url: `${guide}/application/enable-access-logging.html`,
	},
	note: 'Logs in S3 are seen here. Load balancers can deliver logs through CloudWatch Logs as well, which no attribute tells: mute this where they do. A Network Load Balancer logs TLS alone, so that without a TLS listener the question does not arise.',
	reads: [operation],
	exempts({configuration: {type, listeners}}) {
		if (type === 'gateway') {
			return 'a Gateway Load Balancer, which keeps no access logs';
		}

		return type === 'network' && listeners?.every(({protocol}) => protocol !== undefined && protocol !== 'TLS') === true
			? 'a Network Load Balancer without a TLS listener: it has nothing to log'
			: undefined;
	},
	evaluate({configuration: {attributes = {}, type, listeners}, unread}) {
		const {accessLogs, accessLogsBucket, accessLogsPrefix} = attributes;
		const is = answering(operation, 'access_logs.s3.enabled true', accessLogs === undefined ? 'not told' : String(accessLogs));
		if (accessLogs === undefined) {
			return is('UNKNOWN', `${operation} did not tell whether access logs are kept`);
		}

		if (type !== 'application' && !hasTls(listeners)) {
			const refused = unread['DescribeListeners'];
			return is(
				'UNKNOWN',
				`whether it has a TLS listener to log could not be read${refused === undefined ? '' : `: ${refused.iamAction}`}`,
			);
		}

		const prefix = accessLogsPrefix === undefined ? '' : `/${accessLogsPrefix}`;
		return accessLogs
			? is('PASS', accessLogsBucket === undefined ? 'access logs go to S3' : `access logs go to ${accessLogsBucket}${prefix}`)
			: is('FAIL', 'access logs to S3 are off');
	},
};

export const deletionProtected: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-deletion-protected',
	title: 'A load balancer is protected from deletion by mistake',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.6'], cis: [], prowler: ['elbv2_deletion_protection']},
	rationale: 'One call deletes a load balancer, and with it the address that records, partners and accelerators point at.',
	remediation: {
		text: 'Turn deletion protection on. It must be turned off before the load balancer is meant to go.',
		cli: setting('deletion_protection.enabled', 'true'),
		terraform: terraform('  enable_deletion_protection = true'),
		url: `${guide}/application/edit-load-balancer-attributes.html`,
	},
	reads: [operation],
	evaluate({configuration: {attributes = {}}}) {
		const {deletionProtection} = attributes;
		const is = answering(
			operation,
			'deletion_protection.enabled true',
			deletionProtection === undefined ? 'not told' : String(deletionProtection),
		);
		if (deletionProtection === undefined) {
			return is('UNKNOWN', `${operation} did not tell whether it is protected from deletion`);
		}

		return deletionProtection ? is('PASS', 'protected from deletion') : is('FAIL', 'not protected from deletion');
	},
};

export const wafFailsClosed: Rule<LoadBalancer> = {
	id: 'elbv2-load-balancer-waf-fails-closed',
	title: 'No request passes uninspected while WAF gives no answer',
	severity: 'LOW',
	published: unpublished,
	rationale: 'With fail open on, a load balancer that cannot reach WAF hands every request on: the moment an attacker would wait for.',
	remediation: {
		text: 'Turn fail open off, unless being reachable matters more than being protected. It says nothing as long as no web ACL is associated.',
		cli: setting('waf.fail_open.enabled', 'false'),
		terraform: terraform('  enable_waf_fail_open = false'),
		url: `${guide}/application/application-load-balancers.html`,
	},
	reads: [operation],
	exempts: unlessApplication,
	evaluate({configuration: {attributes = {}}}) {
		const {wafFailOpen} = attributes;
		const is = answering(operation, 'waf.fail_open.enabled false', wafFailOpen === undefined ? 'not told' : String(wafFailOpen));
		if (wafFailOpen === undefined) {
			return is('UNKNOWN', `${operation} did not tell what happens without an answer of WAF`);
		}

		return wafFailOpen
			? is('FAIL', 'requests pass uninspected while WAF gives no answer')
			: is('PASS', 'requests are refused while WAF gives no answer');
	},
};
