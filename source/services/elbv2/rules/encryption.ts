import {answering, type Rule} from '../../../model/index.js';
import {guide} from './common.js';
import {isInternetFacing, type Listener} from './listener.js';

/** Ports whose protocols are in the clear unless somebody moved them: https://www.iana.org/assignments/service-names-port-numbers */
const clearPorts: Readonly<Record<number, string>> = {
	21: 'FTP',
	23: 'Telnet',
	25: 'SMTP',
	80: 'HTTP',
	110: 'POP3',
	143: 'IMAP',
	389: 'LDAP',
	1883: 'MQTT',
	5672: 'AMQP',
	8000: 'HTTP',
	8080: 'HTTP',
};

export const encrypted: Rule<Listener> = {
	id: 'elbv2-listener-encrypted',
	title: 'A listener takes encrypted connections',
	severity: 'MEDIUM',
	published: {securityControlIds: ['ELB.18'], cis: [], prowler: ['elbv2_nlb_tls_termination_enabled']},
	rationale: 'Whoever stands between a client and a listener in the clear reads and changes what they say to each other.',
	remediation: {
		text: 'Let the listener end TLS with a certificate of ACM, or pass encrypted connections through to targets that end it themselves, on a port that says so.',
		cli: 'aws elbv2 modify-listener --listener-arn {arn} --protocol TLS --ssl-policy ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09 --certificates CertificateArn=CERTIFICATE_ARN --region {region}',
		terraform:
			'resource "aws_lb_listener" "tls" {\n  load_balancer_arn = aws_lb.this.arn\n  port              = 443\n  protocol          = "TLS"\n  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"\n  certificate_arn   = aws_acm_certificate.this.arn\n\n  default_action {\n    type             = "forward"\n    target_group_arn = aws_lb_target_group.this.arn\n  }\n}',
		url: `${guide}/network/create-tls-listener.html`,
	},
	note: 'Security Hub fails every listener that ends no TLS itself. Here TCP fails on the ports of protocols that are in the clear: on others the targets may end TLS, which nobody can see from here. Plain HTTP is judged by whether it redirects.',
	reads: [],
	exempts({configuration: {protocol, port, targetTypes}}) {
		if (protocol === 'HTTP') {
			return 'plain HTTP: judged by whether it redirects to HTTPS';
		}

		if (protocol === 'UDP' || protocol === 'GENEVE') {
			return `${protocol}: the load balancer can end no encryption here`;
		}

		if (protocol !== 'TCP' && protocol !== 'TCP_UDP') {
			return undefined;
		}

		if (targetTypes !== undefined && targetTypes.length > 0 && targetTypes.every(type => type === 'alb')) {
			return 'passed on to an Application Load Balancer, whose own listener is judged';
		}

		return port !== undefined && clearPorts[port] === undefined
			? `${protocol} on ${port} is passed through as it is: whether the targets encrypt it cannot be seen from here`
			: undefined;
	},
	evaluate(resource) {
		const {protocol, port, targetTypes} = resource.configuration;
		const is = answering('DescribeListeners', 'HTTPS, TLS or QUIC', `${protocol ?? 'no protocol'} on ${port ?? 'no port'}`);
		switch (protocol) {
			case 'HTTPS':
			case 'TLS': {
				return is('PASS', `terminates ${protocol} on ${port ?? 'a port that was not told'}`);
			}

			case 'QUIC':
			case 'TCP_QUIC': {
				return is('PASS', `${protocol}: QUIC is encrypted from end to end`);
			}

			case 'TCP':
			case 'TCP_UDP': {
				const spoken = clearPorts[port ?? 0];
				if (spoken === undefined) {
					return is('UNKNOWN', 'DescribeListeners did not tell its port');
				}

				const refused = resource.unread['DescribeTargetGroups'];
				if (targetTypes === undefined) {
					return is(
						'UNKNOWN',
						`${protocol} on ${port}; whether it is passed on to an Application Load Balancer could not be read${refused === undefined ? '' : `: ${refused.iamAction}`}`,
					);
				}

				return is('FAIL', `${protocol} on ${port}, the port of ${spoken}, goes unencrypted`, isInternetFacing(resource) ? 'MEDIUM' : 'LOW');
			}

			default: {
				return is('UNKNOWN', `DescribeListeners tells the protocol ${protocol ?? 'of none'}, which this version does not know`);
			}
		}
	},
};
