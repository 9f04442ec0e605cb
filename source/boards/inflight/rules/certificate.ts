import {answering, listed, type Rule, severities, unpublished} from '../../../model/index.js';
import type {EntryPoint, ServedCertificate} from '../entry-point.js';
import {counted} from './common.js';

const rank = ({severity}: ServedCertificate): number => (severity === undefined ? -1 : severities.indexOf(severity));

export const certificateSound: Rule<EntryPoint> = {
	id: 'inflight-entry-certificate-sound',
	title: 'The certificates that an entry point shows are valid, and stay so',
	severity: 'HIGH',
	published: unpublished,
	rationale:
		'The day a certificate ends its entry point is gone for every client that looks. Here it is asked of what clients connect to, so that it is seen who would be cut off and when.',
	remediation: {
		text: 'Imported: import the renewed certificate under the same ARN. Issued by ACM: mend what keeps it from renewal, which the certificate’s own panel names. In the wrong Region: request one in the Region of the entry point, us-east-1 for CloudFront and edge-optimised API domains, and attach it.',
		cli: "aws acm describe-certificate --certificate-arn CERTIFICATE_ARN --region CERTIFICATE_REGION --query 'Certificate.[Status,Type,NotAfter,RenewalSummary,InUseBy]'",
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html',
	},
	note: 'The worst of what the panel of certificates says of each that is shown, the default one and those chosen by name, with its severity. Older notes say that the certificate of a Regional API must be imported into API Gateway: one of ACM in the API’s Region is enough. ACM deletes no certificate that is in use, so that one which it does not list was most likely made a moment ago: MEDIUM. Of certificates that IAM or API Gateway keeps nothing is told.',
	reads: [],
	exempts({configuration: {certificates, noCertificate}}) {
		return (
			noCertificate ??
			(certificates.length > 0 && certificates.every(({state}) => state === 'theirs')
				? `shows ${listed(certificates.map(({name}) => name))}, AWS’s own certificate, which AWS renews`
				: undefined)
		);
	},
	evaluate({configuration: {certificates, certificatesUnread}}) {
		const is = answering(
			'the join of entry points and certificates',
			'valid certificates in the right Region',
			listed(certificates.map(({name, inWords}) => `${name} ${inWords}`)) || 'none known',
		);
		const [worst] = certificates.filter(({state}) => state === 'troubled').sort((a, b) => rank(b) - rank(a));
		if (worst !== undefined) {
			return is('FAIL', `${worst.name}: ${worst.reason}`, worst.severity);
		}

		const unknown = certificates.find(({state}) => state === 'unknown');
		if (unknown !== undefined) {
			return is('UNKNOWN', `${unknown.name}: ${unknown.reason}`);
		}

		if (certificatesUnread !== undefined || certificates[0] === undefined) {
			return is('UNKNOWN', `which certificates it shows could not be read: ${certificatesUnread ?? 'none was told'}`);
		}

		return is(
			'PASS',
			certificates.length === 1
				? `${certificates[0].name}: ${certificates[0].reason}`
				: `${counted(certificates.length, 'certificate')} in order: ${listed(certificates.map(({name}) => name))}`,
		);
	},
};
