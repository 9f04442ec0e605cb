import {type Answer, answering, listed, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {type Listener, type ListenerResource, type TlsPolicy, unlessSecure} from './listener.js';

const choose = (text: string) =>
	({
		text,
		cli: 'aws elbv2 modify-listener --listener-arn {arn} --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 --region {region}',
		terraform:
			'resource "aws_lb_listener" "this" {\n  load_balancer_arn = aws_lb.this.arn\n  port              = 443\n  protocol          = "HTTPS"\n  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"\n  certificate_arn   = aws_acm_certificate.this.arn\n\n  default_action {\n    type             = "forward"\n    target_group_arn = aws_lb_target_group.this.arn\n  }\n}',
		url: `${guide}/application/describe-ssl-policies.html`,
	}) as const;

/** What AWS says the policy allows, or the answer where it says nothing. */
const policyOf = ({configuration: {sslPolicy, tls}}: ListenerResource): TlsPolicy | Answer => {
	if (sslPolicy === undefined) {
		return {verdict: 'UNKNOWN', reason: 'DescribeListeners did not tell its TLS policy'};
	}

	return tls ?? {verdict: 'UNKNOWN', reason: `DescribeSSLPolicies does not list ${sslPolicy}`};
};

const current = new Set(['TLSv1.2', 'TLSv1.3']);
const outdated = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.0', 'TLSv1.1']);

const inWords = (protocols: readonly string[]): string =>
	listed(protocols.map(protocol => protocol.replace(/^TLSv1$/u, 'TLSv1.0').replace('v', ' ')));

export const tlsCurrent: Rule<Listener> = {
	id: 'elbv2-listener-tls-current',
	title: 'A secure listener offers TLS 1.3, and nothing older than TLS 1.2',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.17'], cis: [], prowler: ['elbv2_insecure_ssl_ciphers']},
	rationale:
		'TLS 1.0 and 1.1 are broken in known ways and were retired by RFC 8996 in 2021; who still offers them offers them to attackers who ask for the weakest.',
	remediation: choose(
		'Choose a policy of TLS 1.3 and 1.2. The access log tells which versions clients still ask for. Policies are named, not numbered: new listeners made by CLI or CloudFormation still get ELBSecurityPolicy-2016-08 unless told otherwise.',
	),
	note: 'Judged by the protocols that DescribeSSLPolicies tells of the policy, not by a list of names, so that policies newer than this version are judged rightly. One that is sound but lacks TLS 1.3 fails as LOW.',
	reads: ['DescribeSSLPolicies'],
	exempts: unlessSecure,
	evaluate(resource) {
		const policy = policyOf(resource);
		if ('verdict' in policy) {
			return policy;
		}

		const {sslPolicy} = resource.configuration;
		const {protocols} = policy;
		const is = answering(
			'DescribeSSLPolicies',
			'TLSv1.3, and nothing but TLSv1.2 besides',
			`${sslPolicy}: ${protocols.join(', ') || 'no protocols'}`,
		);
		const old = protocols.filter(protocol => outdated.has(protocol));
		if (old.length > 0) {
			return is('FAIL', `${sslPolicy} allows ${inWords(old)}`);
		}

		const strange = protocols.find(protocol => !current.has(protocol));
		if (strange !== undefined || protocols.length === 0) {
			return is('UNKNOWN', `${sslPolicy} allows ${strange ?? 'no protocol'}, which this version does not know`);
		}

		return protocols.includes('TLSv1.3')
			? is('PASS', `${sslPolicy} allows ${inWords(protocols)}`)
			: is('FAIL', `${sslPolicy} allows ${inWords(protocols)}, but not TLS 1.3`, 'LOW');
	},
};

/** Those that agree on a key for each connection. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const forwardSecret = /^(?:TLS_|ECDHE-|DHE-)/u;

export const forwardSecrecy: Rule<Listener> = {
	id: 'elbv2-listener-forward-secrecy',
	title: 'A secure listener uses ciphers with forward secrecy only',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Without forward secrecy whoever records connections today and gets hold of the private key some day reads them all. Imported and exported certificates have keys that can be got hold of.',
	remediation: choose('Choose a policy whose ciphers all begin with TLS_ or ECDHE, such as one with Res in its name.'),
	note: 'Judged by the ciphers that DescribeSSLPolicies tells of the policy.',
	reads: ['DescribeSSLPolicies'],
	exempts: unlessSecure,
	evaluate(resource) {
		const policy = policyOf(resource);
		if ('verdict' in policy) {
			return policy;
		}

		const {sslPolicy} = resource.configuration;
		const weak = policy.ciphers.filter(cipher => !forwardSecret.test(cipher));
		const is = answering('DescribeSSLPolicies', 'TLS_* and ECDHE-* alone', `${sslPolicy}: ${listed(policy.ciphers) || 'no ciphers'}`);
		if (policy.ciphers.length === 0) {
			return is('UNKNOWN', `DescribeSSLPolicies tells no ciphers of ${sslPolicy}`);
		}

		return weak.length === 0
			? is('PASS', `all ${policy.ciphers.length} ciphers of ${sslPolicy} have forward secrecy`)
			: is('FAIL', `${sslPolicy} allows ciphers without forward secrecy: ${listed(weak)}`);
	},
};

export const postQuantum: Rule<Listener> = {
	id: 'elbv2-listener-post-quantum',
	title: 'A secure listener can agree on keys that quantum computers do not break',
	severity: 'INFORMATIONAL',
	published: {securityControlIds: [], cis: [], prowler: ['elbv2_listener_pqc_tls_enabled']},
	rationale:
		'What is recorded today can be read once a large quantum computer exists. Hybrid key agreement with ML-KEM closes that, for clients that know it, and changes nothing for the others.',
	remediation: choose('Choose a policy with PQ in its name.'),
	note: 'Told by the policy’s name alone: DescribeSSLPolicies lists protocols and ciphers, not key agreements.',
	reads: [],
	exempts: unlessSecure,
	evaluate({configuration: {sslPolicy}}) {
		const is = answering('DescribeListeners', 'a policy with PQ in its name', sslPolicy ?? 'no policy');
		if (sslPolicy === undefined) {
			return is('UNKNOWN', 'DescribeListeners did not tell its TLS policy');
		}

		return /-PQ-/u.test(sslPolicy)
			? is('PASS', `${sslPolicy} offers hybrid key agreement with ML-KEM`)
			: is('FAIL', `${sslPolicy} offers classical key agreement alone`);
	},
};
