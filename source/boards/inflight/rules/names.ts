import {answering, listed, type Rule, unpublished} from '../../../model/index.js';
import type {EntryPoint} from '../entry-point.js';

/** Of the certificates' host names: each `*` stands for one label, and no more. */
const coverage = (hosts: ReadonlySet<string>) => (name: string) =>
	hosts.has(name) || (name.includes('.') && hosts.has(name.replace(/^[^.]+/u, '*')));

export const namesCovered: Rule<EntryPoint> = {
	id: 'inflight-entry-names-covered',
	title: 'The certificates of an entry point speak for every name that leads there',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Clients compare the name that they asked for with those in the certificate. Where it is missing they warn and turn away, and people learn to click warnings away.',
	remediation: {
		text: 'Request a certificate for all of the names and attach it, or a further one beside it, which load balancers choose by name; give a distribution the name as an alias too. Or take the record away, if nobody should come by that name.',
		cli: 'aws acm request-certificate --domain-name NAME --subject-alternative-names FURTHER_NAMES --validation-method DNS --region CERTIFICATE_REGION',
		url: 'https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html',
	},
	note: 'Names are those of Route 53’s public zones that lead to a load balancer or a distribution, straight, by way of other names of the account’s zones or through an accelerator, the aliases of a distribution, and an API’s custom domain name. A wildcard stands for one label: *.shop.acme.com speaks for cart.shop.acme.com, not for shop.acme.com itself. Names that DNS elsewhere leads here, and those of private zones, are not seen.',
	reads: [],
	exempts({configuration: {names, namesUnread, noCertificate, type}}) {
		if (noCertificate !== undefined) {
			return noCertificate;
		}

		return names.length > 0 || namesUnread !== undefined
			? undefined
			: type === 'ALB' || type === 'NLB' || type === 'CloudFront'
				? 'no name of a public zone of Route 53 leads here'
				: 'reached by the names that AWS gave it';
	},
	evaluate({configuration: {names, namesUnread, certificates, certificatesUnread}}) {
		const hosts = new Set(certificates.flatMap(certificate => certificate.hosts ?? []));
		const isCovered = coverage(hosts);
		const uncovered = names.filter(name => !isCovered(name));
		const [first] = uncovered;
		const is = answering(
			'the join of records, aliases and certificates',
			`a certificate for ${listed(names) || 'each name that leads here'}`,
			listed([...hosts]) || 'no name known',
		);
		if (first !== undefined) {
			const silent = certificates.find(certificate => certificate.hosts === undefined);
			const why = certificatesUnread ?? (silent && `the names of the certificate ${silent.name} are not known`);
			return why === undefined
				? is(
						'FAIL',
						`${listed(uncovered)} ${uncovered.length === 1 ? 'leads' : 'lead'} here, and the ${certificates.length === 1 ? 'certificate speaks' : 'certificates speak'} for ${listed([...hosts])} alone`,
					)
				: is('UNKNOWN', `whether a certificate speaks for ${first} could not be told: ${why}`);
		}

		if (namesUnread !== undefined) {
			return is(
				'UNKNOWN',
				names.length === 0 ? namesUnread : `${listed(names)} ${names.length === 1 ? 'is' : 'are'} covered; ${namesUnread}`,
			);
		}

		return is('PASS', `${listed(names)} ${names.length === 1 ? 'is' : 'are'} covered`);
	},
};
