import type {SslPolicy} from '@aws-sdk/client-elastic-load-balancing-v2';

// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html, without those for FIPS and RFC 9151.

const modern = ['TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'] as const;
const sealed = [
	'ECDHE-ECDSA-AES128-GCM-SHA256',
	'ECDHE-RSA-AES128-GCM-SHA256',
	'ECDHE-ECDSA-AES256-GCM-SHA384',
	'ECDHE-RSA-AES256-GCM-SHA384',
] as const;
const chained = ['ECDHE-ECDSA-AES128-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-ECDSA-AES256-SHA384', 'ECDHE-RSA-AES256-SHA384'] as const;
const old = ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA', 'ECDHE-ECDSA-AES256-SHA'] as const;
const withoutSecrecy = ['AES128-GCM-SHA256', 'AES128-SHA256', 'AES256-GCM-SHA384', 'AES256-SHA256'] as const;
const oldWithoutSecrecy = ['AES128-SHA', 'AES256-SHA'] as const;

const secret = [...sealed, ...chained] as const;
const legacy = [...secret, ...old, ...withoutSecrecy, ...oldWithoutSecrecy] as const;

const policy = (name: string, protocols: readonly string[], ciphers: readonly string[]): SslPolicy => ({
	Name: `ELBSecurityPolicy-${name}`,
	SslProtocols: [...protocols],
	Ciphers: ciphers.map((cipher, index) => ({Name: cipher, Priority: index + 1})),
	SupportedLoadBalancerTypes: ['application', 'network'],
});

const both = ['TLSv1.2', 'TLSv1.3'] as const;

export const sslPolicies: readonly SslPolicy[] = [
	policy('2016-08', ['TLSv1', 'TLSv1.1', 'TLSv1.2'], legacy),
	policy('TLS-1-0-2015-04', ['TLSv1', 'TLSv1.1', 'TLSv1.2'], [...legacy, 'DES-CBC3-SHA']),
	policy('TLS-1-1-2017-01', ['TLSv1.1', 'TLSv1.2'], legacy),
	policy('TLS-1-2-2017-01', ['TLSv1.2'], [...secret, ...withoutSecrecy]),
	policy('TLS-1-2-Ext-2018-06', ['TLSv1.2'], legacy),
	policy('FS-2018-06', ['TLSv1', 'TLSv1.1', 'TLSv1.2'], [...secret, ...old]),
	policy('FS-1-1-2019-08', ['TLSv1.1', 'TLSv1.2'], [...secret, ...old]),
	policy('FS-1-2-2019-08', ['TLSv1.2'], [...secret, ...old]),
	policy('FS-1-2-Res-2019-08', ['TLSv1.2'], secret),
	policy('FS-1-2-Res-2020-10', ['TLSv1.2'], sealed),
	...['2021-06', 'PQ-2025-09'].flatMap(version => [
		policy(`TLS13-1-3-${version}`, ['TLSv1.3'], modern),
		policy(`TLS13-1-2-${version}`, both, [...modern, ...secret]),
		policy(`TLS13-1-2-Res-${version}`, both, [...modern, ...sealed]),
		policy(`TLS13-1-2-Ext1-${version}`, both, [...modern, ...secret, ...withoutSecrecy]),
		policy(`TLS13-1-2-Ext2-${version}`, both, [...modern, ...legacy]),
	]),
	policy('TLS13-1-1-2021-06', ['TLSv1.1', ...both], [...modern, ...legacy]),
	policy('TLS13-1-0-2021-06', ['TLSv1', 'TLSv1.1', ...both], [...modern, ...legacy]),
];
