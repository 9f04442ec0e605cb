import type {Resource} from '../../../model/index.js';

/** AWS Config's name. */
export const listenerType = 'AWS::ElasticLoadBalancingV2::Listener';

/** Names and values are AWS's; enumerations are open, because AWS adds to them. */
export type Listener = {
	/** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `QUIC` or `TCP_QUIC`. */
	readonly protocol?: string;
	readonly port?: number;
	/** The security policy of HTTPS and TLS, by name. */
	readonly sslPolicy?: string;
	/** What that policy allows, by DescribeSSLPolicies; absent where that does not list it. */
	readonly tls?: TlsPolicy;
	/** `HTTP2Preferred` and the like, of TLS listeners. */
	readonly alpnPolicy?: readonly string[];
	/** Of ACM, or of IAM (`server-certificate/…`). */
	readonly certificateArn?: string;
	/** Those that are served by name (SNI) besides the default, by DescribeListenerCertificates. */
	readonly furtherCertificateArns?: readonly string[];
	readonly defaultActions?: readonly Action[];
	/** By DescribeRules, of plain HTTP alone: all of them in the order in which they are tried, the default rule last. */
	readonly rules?: readonly ListenerRule[];
	readonly mutualTls?: MutualTls;
	/** What its actions forward to: the default actions', and those of `rules` where they were read. */
	readonly targetGroupArns: readonly string[];
	/** `instance`, `ip`, `lambda`, `alb`, each once; absent where one of its target groups was not told. */
	readonly targetTypes?: readonly string[];
	readonly loadBalancer: Owner;
};

/** Enough of its load balancer to judge and to join. */
export type Owner = {
	readonly arn: string;
	readonly name: string;
	readonly type?: string;
	readonly scheme?: string;
	readonly dnsName?: string;
};

export type TlsPolicy = {
	/** `TLSv1.2` and the like. */
	readonly protocols: readonly string[];
	/** OpenSSL's names, those of TLS 1.3 as `TLS_AES_128_GCM_SHA256`. */
	readonly ciphers: readonly string[];
};

export type Action = {
	/** `forward`, `redirect`, `fixed-response`, `authenticate-oidc`, `authenticate-cognito` or `jwt-validation`. */
	readonly type?: string;
	readonly order?: number;
	readonly targetGroupArns: readonly string[];
	readonly redirect?: Redirect;
	/** Of a fixed response: `404`. */
	readonly responseStatus?: string;
};

/** Members that stand for the request's own are `#{protocol}`, `#{port}` and so on. */
export type Redirect = {
	readonly protocol?: string;
	readonly port?: string;
	readonly host?: string;
	/** `HTTP_301` or `HTTP_302`. */
	readonly statusCode?: string;
};

export type ListenerRule = {
	/** A number, or `default`. */
	readonly priority: string;
	readonly isDefault: boolean;
	readonly conditions: readonly Condition[];
	readonly actions: readonly Action[];
};

/** One of `values` must match; all conditions of a rule must. */
export type Condition = {
	/** `path-pattern`, `host-header`, `source-ip`, … */
	readonly field: string;
	readonly values: readonly string[];
};

export type MutualTls = {
	/** `off`, `passthrough` or `verify`. */
	readonly mode?: string;
	readonly trustStoreArn?: string;
	readonly ignoresExpiry?: boolean;
	/** `removed` where the trust store was shared by an account that shares it no more. */
	readonly trustStoreAssociation?: string;
};

export type ListenerResource = Resource<Listener>;

export const isInternetFacing = ({configuration: {loadBalancer}}: ListenerResource): boolean => loadBalancer.scheme !== 'internal';

const plain: ReadonlySet<string> = new Set(['HTTP', 'TCP', 'UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC', 'GENEVE']);

/** Why a question about TLS that the load balancer speaks itself does not arise. Protocols unknown to this version exempt from nothing. */
export const unlessSecure = ({configuration: {protocol}}: ListenerResource): string | undefined =>
	protocol !== undefined && plain.has(protocol) ? `${protocol}: the load balancer speaks no TLS here` : undefined;
