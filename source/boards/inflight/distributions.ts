import type {Inputs, Joined, Resource} from '../../model/index.js';
import type {Behavior, Distribution, Origin} from '../../services/cloudfront/rules/distribution.js';
import type {LegsBeyond} from './beyond.js';
import {type FindCertificate, keptElsewhere, theirs} from './certificates.js';
import type {EntryPoint, Leg, Way} from './entry-point.js';
import type {Names} from './names.js';
import {toRow} from './row.js';
import {oldestTls} from './tls.js';
import {Unread} from './unread.js';

const states: Readonly<Record<string, Way['state']>> = {
	'allow-all': 'in the clear',
	'redirect-to-https': 'redirected',
	'https-only': 'encrypted',
};

const wayOf = ({pathPattern: name, viewerProtocolPolicy: policy}: Behavior): Way => {
	const state = states[policy ?? ''];
	if (state === undefined) {
		const why =
			policy === undefined ? 'ListDistributions did not tell its viewer protocol policy' : `${policy} is not known to this version`;
		return {name, state: 'unknown', why};
	}

	return state === 'in the clear' ? {name, state, why: 'its behaviour allows plain HTTP', severity: 'MEDIUM'} : {name, state};
};

/** Whether viewers' plain HTTP goes on to an origin that is asked as viewers came; undefined where that was not told. */
const comesInPlain = ({id}: Origin, {behaviors, originGroups}: Distribution): boolean | undefined => {
	const groups = originGroups?.filter(group => group.originIds.includes(id)).map(group => group.id);
	return groups && behaviors?.some(one => one.viewerProtocolPolicy === 'allow-all' && [id, ...groups].includes(one.targetOriginId ?? ''));
};

const legOf = (origin: Origin, distribution: Distribution): Leg => {
	const {domainName: to, type, protocolPolicy} = origin;
	if (type === 'vpc') {
		return {to, through: 'VPC', state: 'unknown', why: `how the VPC origin ${to} is asked stands in the VPC origin, which is not read`};
	}

	const through = type === 's3' ? 'AWS' : 'public';
	switch (type === 's3' ? 'match-viewer' : protocolPolicy) {
		case 'https-only':
			return {to, by: 'HTTPS', through, state: 'encrypted'};
		case 'http-only':
			return {to, by: 'HTTP', through, state: 'in the clear'};
		case 'match-viewer': {
			const isPlain = comesInPlain(origin, distribution);
			if (isPlain === undefined) {
				return {to, through, state: 'unknown', why: 'ListDistributions did not tell its behaviours and origin groups'};
			}

			return isPlain ? {to, by: 'HTTP', through, state: 'in the clear'} : {to, by: 'HTTPS', through, state: 'encrypted'};
		}

		default: {
			const why = `how ${to} is asked (${protocolPolicy ?? 'not told'}) is not known to this version`;
			return {to, through, state: 'unknown', why};
		}
	}
};

/** Where requests go, and where they go on to from an origin that is a load balancer of this account. */
const legsOf = (distribution: Distribution, beyond: LegsBeyond, unread: Unread): readonly Leg[] =>
	distribution.origins?.flatMap(origin => {
		const leg = legOf(origin, distribution);
		// Where the way there is in the clear the load balancer decrypts nothing.
		return leg.state === 'in the clear' ? [leg] : [leg, ...beyond(origin.domainName, unread)];
	}) ?? [{to: 'its origins', through: 'public', state: 'unknown', why: 'ListDistributions did not tell its origins'}];

type Certificates = Pick<EntryPoint, 'certificates' | 'noCertificate' | 'certificatesUnread'>;

const certificatesOf = ({resource}: Joined<Distribution>, find: FindCertificate, unread: Unread): Certificates => {
	const {viewerCertificate: certificate, connectionMode} = resource.configuration;
	if (connectionMode === 'tenant-only') {
		return {certificates: [], noCertificate: 'multi-tenant: its tenants bring their certificates and names, which are not read'};
	}

	if (certificate?.acmCertificateArn !== undefined) {
		// Other partitions have a Region of their own for it.
		const wanted = resource.arn.startsWith('arn:aws:') ? 'us-east-1' : undefined;
		return {certificates: [find(certificate.acmCertificateArn, wanted, unread)]};
	}

	if (certificate?.iamCertificateId !== undefined) {
		return {certificates: [keptElsewhere(certificate.iamCertificateId, 'IAM')]};
	}

	return certificate?.isDefault === true
		? {certificates: [theirs('*.cloudfront.net')]}
		: {certificates: [], certificatesUnread: 'ListDistributions did not tell its certificate'};
};

const tlsOf = ({viewerCertificate: certificate, connectionMode}: Distribution) => {
	// "CloudFront automatically sets the security policy to TLSv1 regardless of the value that you set here."
	const isForced = certificate?.isDefault === true && connectionMode !== 'tenant-only';
	const policy = isForced ? 'TLSv1' : certificate?.minimumProtocolVersion;
	const oldest = oldestTls([policy]);
	return {tlsPolicies: policy === undefined ? [] : [policy], ...(oldest !== undefined && {oldestTls: oldest})};
};

/** A row for each distribution that answers anybody. */
export const distributionRows = (
	inputs: Inputs,
	find: FindCertificate,
	names: Names,
	beyond: LegsBeyond,
): ReadonlyArray<Resource<EntryPoint>> =>
	inputs
		.of<Distribution>('AWS::CloudFront::Distribution')
		.filter(({resource}) => resource.configuration.enabled !== false)
		.map(entry => {
			const {configuration} = entry.resource;
			const {domainName, aliases, behaviors} = configuration;
			const unread = new Unread();
			const certificates = certificatesOf(entry, find, unread);
			const ways = behaviors?.map(wayOf) ?? [
				{name: 'every behaviour', state: 'unknown' as const, why: 'ListDistributions did not tell its behaviours'},
			];
			const takesHttp = ways.some(({state}) => state === 'in the clear' || state === 'redirected');
			const namesUnread =
				certificates.noCertificate === undefined
					? (names.missing(unread, false) ?? (aliases === undefined ? 'ListDistributions did not tell its aliases' : undefined))
					: undefined;
			return toRow(
				entry,
				{
					type: 'CloudFront',
					reach: 'internet',
					...(domainName !== undefined && {host: domainName}),
					...(behaviors !== undefined && {protocols: takesHttp ? ['HTTP', 'HTTPS'] : ['HTTPS']}),
					ways,
					...tlsOf(configuration),
					...certificates,
					names: [...new Set([...(aliases ?? []).map(name => name.toLowerCase()), ...names.to(domainName)])].sort(),
					...(namesUnread !== undefined && {namesUnread}),
					legs: legsOf(configuration, beyond, unread),
				},
				unread,
			);
		});
