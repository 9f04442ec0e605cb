import {type Answer, answering, listed, type Rule, type Severity} from '../../../model/index.js';
import {guide, targetGroupName} from './common.js';
import {type Action, isInternetFacing, type Listener, type ListenerResource, type ListenerRule} from './listener.js';

/** Fields whose pattern of these values leaves nothing out. */
const everything: Readonly<Record<string, ReadonlySet<string>>> = {
	'path-pattern': new Set(['*', '/*']),
	'host-header': new Set(['*']),
};

const catchesAll = ({isDefault, conditions}: ListenerRule): boolean =>
	isDefault ||
	(conditions.length > 0 && conditions.every(({field, values}) => values.some(value => everything[field]?.has(value) === true)));

/** Those that a request can meet: none comes to what stands behind a rule that takes everything. */
export const reachable = (rules: readonly ListenerRule[]): readonly ListenerRule[] => {
	const last = rules.findIndex(catchesAll);
	return last === -1 ? rules : rules.slice(0, last + 1);
};

/** The action that answers the request: the last one. Whoever is to log in or show a token first is sent on by it. */
const answerOf = ({actions}: ListenerRule): Action | undefined => [...actions].sort((a, b) => (a.order ?? 0) - (b.order ?? 0)).at(-1);

type Outcome = 'secure' | 'forward' | 'refuse' | 'insecure' | 'unknown';

const outcomeOf = (action: Action | undefined): Outcome => {
	switch (action?.type) {
		case 'redirect': {
			// `#{protocol}` keeps that of the request, which came by HTTP.
			const protocol = action.redirect?.protocol;
			return protocol === undefined ? 'unknown' : protocol === 'HTTPS' ? 'secure' : 'insecure';
		}

		case 'forward': {
			return 'forward';
		}

		case 'fixed-response': {
			return 'refuse';
		}

		default: {
			return 'unknown';
		}
	}
};

const ruleName = ({isDefault, priority, conditions}: ListenerRule): string =>
	isDefault ? 'the default rule' : `rule ${priority} (${listed(conditions.flatMap(({values}) => values)) || 'no conditions'})`;

const inWords = (rule: ListenerRule): string => {
	const action = answerOf(rule);
	switch (outcomeOf(action)) {
		case 'forward': {
			const targets = (action?.targetGroupArns ?? []).map(targetGroupName);
			return `${ruleName(rule)} forwards to ${listed(targets) || 'its targets'}`;
		}

		case 'refuse': {
			return `${ruleName(rule)} answers ${action?.responseStatus ?? 'by itself'}`;
		}

		default: {
			return `${ruleName(rule)} redirects to ${action?.redirect?.protocol ?? 'a protocol that was not told'}`;
		}
	}
};

/** The worst that a rule does: everything in the clear, something in the clear, nothing but a refusal. */
const severityOf = (resource: ListenerResource, offenders: readonly ListenerRule[]): Severity => {
	const inClear = offenders.filter(rule => outcomeOf(answerOf(rule)) !== 'refuse');
	if (inClear.length === 0 || !isInternetFacing(resource)) {
		return 'LOW';
	}

	return inClear.some(catchesAll) ? 'HIGH' : 'MEDIUM';
};

const judge = (resource: ListenerResource, rules: readonly ListenerRule[]): Answer => {
	const met = reachable(rules);
	const observed = met.map(rule => `${rule.priority}: ${answerOf(rule)?.type ?? 'no action'}`);
	const is = answering('DescribeRules', 'every reachable rule redirects to HTTPS', listed(observed) || 'no rules');
	const unknown = met.find(rule => outcomeOf(answerOf(rule)) === 'unknown');
	const offenders = met.filter(rule => outcomeOf(answerOf(rule)) !== 'secure' && outcomeOf(answerOf(rule)) !== 'unknown');
	const [first] = offenders;
	if (first !== undefined) {
		const others = offenders.length === 1 ? '' : `, and so do ${offenders.length - 1} more of ${met.length} rules`;
		return is(
			'FAIL',
			offenders.length === 1 ? `over plain HTTP ${inWords(first)}` : `no redirect to HTTPS: ${inWords(first)}${others}`,
			severityOf(resource, offenders),
		);
	}

	if (unknown !== undefined) {
		return is('UNKNOWN', `DescribeRules did not tell where ${ruleName(unknown)} leads, or in words that this version does not know`);
	}

	if (!met.some(catchesAll)) {
		return is('UNKNOWN', 'DescribeRules did not tell the default rule');
	}

	const temporary = met.some(rule => answerOf(rule)?.redirect?.statusCode === 'HTTP_302') ? ', by a temporary redirect (302)' : '';
	return is(
		'PASS',
		met.length === 1 ? `redirects everything to HTTPS${temporary}` : `all ${met.length} reachable rules redirect to HTTPS${temporary}`,
	);
};

export const redirects: Rule<Listener> = {
	id: 'elbv2-listener-redirects-to-https',
	title: 'Every request over plain HTTP is redirected to HTTPS',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.1'], cis: [], prowler: ['elbv2_ssl_listeners']},
	rationale:
		'What goes over plain HTTP can be read and changed on the way: cookies, passwords, the page itself. A redirect brings browsers to HTTPS, where HSTS keeps them.',
	remediation: {
		text: 'Make the default action a permanent redirect to HTTPS, and delete the other rules of this listener or make them redirect too.',
		cli: "aws elbv2 modify-listener --listener-arn {arn} --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}' --region {region}",
		terraform:
			'resource "aws_lb_listener" "http" {\n  load_balancer_arn = aws_lb.this.arn\n  port              = 80\n  protocol          = "HTTP"\n\n  default_action {\n    type = "redirect"\n\n    redirect {\n      protocol    = "HTTPS"\n      port        = "443"\n      status_code = "HTTP_301"\n    }\n  }\n}',
		url: `${guide}/application/load-balancer-listeners.html`,
	},
	note: 'Every rule that a request can meet must redirect: one that does so for a path alone is not enough. Prowler passes a listener of which any rule redirects, and a load balancer by the last of its HTTP listeners; Security Hub looks at the listener. A fixed refusal over HTTP fails as LOW: nothing is served in the clear, but nobody gets to HTTPS either. An internal load balancer fails as LOW too.',
	reads: ['DescribeRules'],
	exempts({configuration: {protocol}}) {
		switch (protocol) {
			case 'HTTPS':
			case 'TLS': {
				return `${protocol}: encrypted already`;
			}

			case 'TCP':
			case 'UDP':
			case 'TCP_UDP':
			case 'QUIC':
			case 'TCP_QUIC':
			case 'GENEVE': {
				return `${protocol}: a Network Load Balancer cannot redirect`;
			}

			default: {
				return undefined;
			}
		}
	},
	evaluate(resource) {
		const {protocol, rules} = resource.configuration;
		if (protocol !== 'HTTP') {
			return {
				verdict: 'UNKNOWN',
				reason: `DescribeListeners tells the protocol ${protocol ?? 'of none'}, which this version does not know`,
			};
		}

		return rules === undefined ? {verdict: 'UNKNOWN', reason: 'DescribeRules told no rules'} : judge(resource, rules);
	},
};
