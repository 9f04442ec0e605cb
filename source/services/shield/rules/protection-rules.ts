import {type Answer, dayMs, hourMs, msBetween, type Rule, unpublished} from '../../../model/index.js';
import {attackInWords} from './attack.js';
import type {Protection} from './protection.js';

const guide = 'https://docs.aws.amazon.com/waf/latest/developerguide/';

export const notAttacked: Rule<Protection> = {
	id: 'shield-protection-not-attacked',
	title: 'A protected resource was not attacked lately',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'An attack that Shield turned away still says that somebody means you, and often comes back larger. While it goes on, somebody should look at how the application fares.',
	remediation: {
		text: 'Look at the event’s vectors and top senders, tighten rate limits where requests got through, and call the Shield Response Team if the application suffers.',
		cli: 'aws shield list-attacks --region us-east-1',
		url: `${guide}ddos-view-events.html`,
	},
	note: 'HIGH while it goes on and for 24 hours, MEDIUM for 7 days.',
	settings: {highHours: 24, recentDays: 7},
	reads: ['ListAttacks'],
	evaluate({configuration: {attacks}}, {now, settings}) {
		const {highHours = 24, recentDays = 7} = settings;
		const is = (verdict: Answer['verdict'], reason: string, severity?: 'HIGH' | 'MEDIUM'): Answer => ({
			verdict,
			reason,
			...(severity !== undefined && {severity}),
			evidence: {
				expected: `no attack within ${recentDays} days`,
				observed: attacks?.map(({id, startedAt, endedAt}) => `${id} ${startedAt} to ${endedAt ?? 'now'}`).join(', ') || 'none in 30 days',
				operation: 'ListAttacks',
			},
		});
		if (attacks === undefined) return is('UNKNOWN', 'ListAttacks did not tell of attacks');
		const going = attacks.find(({endedAt}) => endedAt === undefined);
		if (going !== undefined) return is('FAIL', `under attack: ${attackInWords(going, now)}`, 'HIGH');
		const [last] = attacks.toSorted((one, other) => msBetween(one.endedAt ?? now, other.endedAt ?? now));
		if (last?.endedAt === undefined) return is('PASS', 'not attacked within 30 days');
		const sinceMs = msBetween(last.endedAt, now);
		const what = attackInWords(last, now);
		if (sinceMs <= highHours * hourMs) return is('FAIL', `attacked: ${what}`, 'HIGH');
		return sinceMs <= recentDays * dayMs ? is('FAIL', `attacked: ${what}`, 'MEDIUM') : is('PASS', `last attacked: ${what}`);
	},
};

export const healthChecked: Rule<Protection> = {
	id: 'shield-protection-health-checked',
	title: 'A health check tells Shield whether an attack hurts',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'With a health check Shield finds attacks sooner, takes fewer crowds for attacks, and AWS’s response team can call. Without one it knows the traffic only.',
	remediation: {
		text: 'Make a Route 53 health check that fails when the application does, wait until it is healthy, and associate it.',
		cli: 'aws shield associate-health-check --protection-id {id} --health-check-arn HEALTH_CHECK_ARN --region us-east-1',
		terraform:
			'resource "aws_shield_protection_health_check_association" "this" {\n  shield_protection_id = "{id}"\n  health_check_arn     = aws_route53_health_check.this.arn\n}',
		url: `${guide}ddos-advanced-health-checks.html`,
	},
	reads: [],
	exempts: ({configuration: {kind}}) => (kind === 'hosted zone' ? 'health checks do not go with hosted zones' : undefined),
	evaluate({configuration: {healthCheckIds}}) {
		const evidence = {expected: 'HealthCheckIds', observed: healthCheckIds.join(', ') || 'none', operation: 'ListProtections'};
		return healthCheckIds.length > 0
			? {
					verdict: 'PASS',
					reason: `watched by ${healthCheckIds.length === 1 ? 'a health check' : `${healthCheckIds.length} health checks`}`,
					evidence,
				}
			: {verdict: 'FAIL', reason: 'no health check tells whether an attack hurts it', evidence};
	},
};

export const answersByItself: Rule<Protection> = {
	id: 'shield-protection-automatic-response',
	title: 'Shield stops floods of requests by itself',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Against floods of requests Shield can write, try and apply WAF rules within minutes, at any hour. Otherwise somebody has to write them during the attack.',
	remediation: {
		text: 'Associate a web ACL with the resource, then turn automatic mitigation on, with Count for some days to see what it would do. Where it counts and would have stopped the right ones, let it block.',
		cli: "aws shield enable-application-layer-automatic-response --resource-arn RESOURCE_ARN --action 'Count={}' --region us-east-1",
		terraform:
			'resource "aws_shield_application_layer_automatic_response" "this" {\n  resource_arn = aws_lb.this.arn\n\n  # BLOCK after some days, if it would have stopped the right ones.\n  action = "COUNT"\n}',
		url: `${guide}ddos-automatic-app-layer-response.html`,
	},
	note: 'It is there for Application Load Balancers and CloudFront distributions only. AWS’s anti-DDoS rule group in the web ACL does much the same, which this rule does not see.',
	reads: [],
	exempts: ({configuration: {kind}}) =>
		kind === 'application load balancer' || kind === 'distribution'
			? undefined
			: `automatic mitigation is for load balancers and distributions: this is ${kind === 'unknown' ? 'something else' : `${/^[aeE]/u.test(kind) ? 'an' : 'a'} ${kind}`}`,
	evaluate({configuration: {automaticResponse: response, resourceArn}}) {
		const values = resourceArn === undefined ? {} : {resource: resourceArn};
		const resource = resourceArn === undefined ? 'RESOURCE_ARN' : '{resource}';
		const enabling = {
			cli: `aws shield enable-application-layer-automatic-response --resource-arn ${resource} --action 'Count={}' --region us-east-1`,
			values,
		};
		const evidence = {
			expected: 'ENABLED, Block',
			observed: response === null ? 'absent' : `${response.status}, ${response.action}`,
			operation: 'ListProtections',
		};
		if (response === null) return {verdict: 'FAIL', reason: 'automatic mitigation was never set up', evidence, command: enabling};
		if (response.status === 'DISABLED') return {verdict: 'FAIL', reason: 'automatic mitigation is off', evidence, command: enabling};
		if (response.status !== 'ENABLED' || response.action === 'unknown') {
			return {
				verdict: 'UNKNOWN',
				reason: `AWS gives automatic mitigation as ${response.status}, with an action that is not known here`,
				evidence,
			};
		}

		return response.action === 'block'
			? {verdict: 'PASS', reason: 'Shield blocks floods of requests by itself', evidence}
			: {
					verdict: 'FAIL',
					severity: 'LOW',
					reason: 'automatic mitigation only counts what it would block',
					evidence,
					command: {
						cli: `aws shield update-application-layer-automatic-response --resource-arn ${resource} --action 'Block={}' --region us-east-1`,
						values,
					},
				};
	},
};
