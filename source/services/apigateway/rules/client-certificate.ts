import {dayMs, msBetween, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {guide} from './common.js';

export const clientCertificateType = 'AWS::ApiGateway::ClientCertificate';

/** A certificate by which HTTP backends know API Gateway. Self-signed, made by API Gateway; never its key, which AWS keeps. */
export type ClientCertificate = {
	readonly description?: string;
	readonly createdAt?: string;
	readonly expiresAt?: string;
	/** The ARNs of the REST stages that show it; absent where not all stages could be read. Stages of WebSocket APIs may use it too. */
	readonly usedBy?: readonly string[];
};

/** `prod` of `arn:aws:apigateway:…::/restapis/abc123/stages/prod`. */
const stageOf = (arn = ''): string => arn.slice(arn.lastIndexOf('/') + 1);

export const certificateNotExpiring: Rule<ClientCertificate> = {
	id: 'apigateway-certificate-not-expiring',
	title: 'A client certificate is replaced before it expires',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'API Gateway makes a client certificate for a year and never renews it. When it has expired a backend that checks it turns every request away; one that does not check it has no use for it.',
	remediation: {
		text: 'Generate a new certificate, let the backends accept both, set the new one on the stages, then delete the old one.',
		cli: 'aws apigateway generate-client-certificate --description {id} --region {region}',
		terraform: 'resource "aws_api_gateway_client_certificate" "next" {\n  description = "replaces {id}"\n}',
		url: `${guide}/getting-started-client-side-ssl-authentication.html`,
	},
	note: 'No published rule asks this. Stages of WebSocket APIs may use a client certificate too, so that one without a REST stage is judged as well, more mildly.',
	settings: {warnDays: 30, criticalDays: 7},
	reads: [],
	evaluate({configuration: {expiresAt, usedBy}}, {now, settings}) {
		const {warnDays = 30, criticalDays = 7} = settings;
		if (expiresAt === undefined) {
			return {verdict: 'UNKNOWN', reason: 'GetClientCertificates did not tell when it expires'};
		}

		const leftMs = msBetween(now, expiresAt);
		const evidence = {
			expected: `expirationDate more than ${warnDays} days ahead`,
			observed: `expirationDate ${expiresAt}`,
			operation: 'GetClientCertificates',
		};
		const when = leftMs > 0 ? `expires in ${spanInWords(leftMs)}` : `expired ${spanInWords(leftMs)} ago`;
		if (leftMs > warnDays * dayMs) {
			return {verdict: 'PASS', reason: when, evidence};
		}

		if (usedBy?.length === 0) {
			return {verdict: 'FAIL', severity: 'LOW', reason: `${when}; no stage of a REST API uses it`, evidence};
		}

		const where =
			usedBy === undefined ? '' : `, used by ${usedBy.length === 1 ? `stage ${stageOf(usedBy[0])}` : `${usedBy.length} stages`}`;
		return {
			verdict: 'FAIL',
			severity: leftMs <= criticalDays * dayMs ? 'HIGH' : 'MEDIUM',
			reason: `${when}${where}, and API Gateway will not renew it`,
			evidence,
		};
	},
};
