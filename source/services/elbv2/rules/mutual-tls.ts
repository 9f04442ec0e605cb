import {answering, type Rule, unpublished} from '../../../model/index.js';
import {guide} from './common.js';
import {type Listener, unlessSecure} from './listener.js';

export const clientsVerified: Rule<Listener> = {
	id: 'elbv2-listener-clients-verified',
	title: 'Mutual TLS turns away clients whose certificates are not valid',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'A client certificate that has expired, or one that nobody compares with a trust store, proves nothing.',
	remediation: {
		text: 'Verify client certificates by a trust store of yours, and do not ignore their expiry. Where the listener passes them through, the targets must verify them.',
		cli: 'aws elbv2 modify-listener --listener-arn {arn} --mutual-authentication Mode=verify,TrustStoreArn=TRUST_STORE_ARN,IgnoreClientCertificateExpiry=false --region {region}',
		url: `${guide}/application/mutual-authentication.html`,
	},
	reads: [],
	exempts(resource) {
		const {mutualTls, protocol} = resource.configuration;
		if (protocol === 'TLS') {
			return 'TLS: Network Load Balancers ask no client for a certificate';
		}

		return (
			unlessSecure(resource) ??
			(mutualTls === undefined || mutualTls.mode === 'off'
				? 'asks no client for a certificate'
				: mutualTls.mode === 'passthrough'
					? 'passes client certificates on: the targets verify them'
					: undefined)
		);
	},
	evaluate({configuration: {mutualTls}}) {
		const {mode, ignoresExpiry, trustStoreAssociation} = mutualTls ?? {};
		const observed = `Mode ${mode ?? 'not told'}, IgnoreClientCertificateExpiry ${ignoresExpiry ?? 'not told'}`;
		const is = answering('DescribeListeners', 'Mode verify, IgnoreClientCertificateExpiry false', observed);
		if (mode !== 'verify') {
			return is('UNKNOWN', `mutual TLS is in the mode ${mode ?? 'that was not told'}, which this version does not know`);
		}

		if (trustStoreAssociation === 'removed') {
			return is('FAIL', 'its trust store was shared by an account that shares it no more');
		}

		if (ignoresExpiry === undefined) {
			return is('UNKNOWN', 'DescribeListeners did not tell whether expired client certificates are let in');
		}

		return ignoresExpiry ? is('FAIL', 'lets in clients whose certificates have expired') : is('PASS', 'verifies client certificates');
	},
};
