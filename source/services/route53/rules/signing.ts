import {type Evidence, type Rule, unpublished} from '../../../model/index.js';
import {type HostedZone, notPublic} from './zone.js';

const troubled = new Set(['ACTION_NEEDED', 'INTERNAL_FAILURE']);

export const dnssecSigning: Rule<HostedZone> = {
	id: 'route53-zone-dnssec-signing',
	title: 'A public zone is signed with DNSSEC',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Resolvers believe any answer that arrives first. A signed zone lets them tell a forged one, and with it a forged certificate that was validated by DNS.',
	remediation: {
		text: 'Make a key-signing key from a KMS key of us-east-1 (ECC_NIST_P256, sign and verify), enable signing, wait until it is everywhere, then put the DS record into the parent zone. Where action is needed, mend the KMS key or its policy first: a signed zone that cannot be signed vanishes for those who validate.',
		cli: 'aws route53 enable-hosted-zone-dnssec --hosted-zone-id {id}',
		terraform:
			'resource "aws_route53_hosted_zone_dnssec" "this" {\n  hosted_zone_id = "{id}"\n  depends_on     = [aws_route53_key_signing_key.this]\n}',
		url: 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html',
	},
	note: 'HIGH where signing needs action or fails, because validating resolvers then get no answer at all; LOW where it is off. Whether the parent zone has the DS record, without which nobody validates, is not told here.',
	reads: ['GetDNSSEC'],
	exempts: notPublic,
	evaluate({configuration: {dnssec}}) {
		const status = dnssec?.status;
		if (dnssec === undefined || status === undefined) {
			return {verdict: 'UNKNOWN', reason: 'GetDNSSEC did not tell whether it is signed'};
		}

		const evidence: Evidence = {
			expected: 'ServeSignature SIGNING, with an ACTIVE key-signing key',
			observed: [`ServeSignature ${status}`, ...dnssec.keys.map(key => `${key.name} ${key.status ?? 'not told'}`)].join(', '),
			operation: 'GetDNSSEC',
		};
		const detail = (message: string | undefined): string => (message ? `: ${message.replace(/[.\s]+$/u, '')}` : '');
		if (troubled.has(status)) {
			const what = status === 'ACTION_NEEDED' ? 'signing needs action' : 'signing fails';
			return {verdict: 'FAIL', severity: 'HIGH', reason: `${what}${detail(dnssec.message)}`, evidence};
		}

		const sick = dnssec.keys.find(key => troubled.has(key.status ?? ''));
		if (status === 'SIGNING' && sick !== undefined) {
			const what = sick.status === 'ACTION_NEEDED' ? 'needs action' : 'fails';
			return {verdict: 'FAIL', severity: 'HIGH', reason: `key-signing key ${sick.name} ${what}${detail(sick.message)}`, evidence};
		}

		switch (status) {
			case 'SIGNING':
				return {
					verdict: 'PASS',
					reason: `signed${dnssec.keys.length === 0 ? '' : ` with ${dnssec.keys.map(({name}) => name).join(', ')}`}`,
					evidence,
				};
			case 'NOT_SIGNING':
				return {verdict: 'FAIL', reason: 'not signed', evidence};
			case 'DELETING':
				return {verdict: 'FAIL', reason: 'its signatures are being removed', evidence};
			default:
				return {verdict: 'UNKNOWN', reason: `the signing status ${status} is not known to this version`, evidence};
		}
	},
};
