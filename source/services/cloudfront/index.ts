import {defineService, hourMs, type Kind, listed} from '../../model/index.js';
import {type Distribution, distributionType, isMultiTenant, type Origin, type ViewerCertificate, webAclName} from './rules/distribution.js';
import {distributionRules} from './rules/index.js';

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html names no request rates.
const unpublished = {requestsPerSecond: 2, source: 'AWS publishes no request rate: a guess, as low as those of its other global services'};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const yesNo = (fact: boolean | undefined): string | undefined => (fact === undefined ? undefined : fact ? 'yes' : 'no');

/** `none` where AWS says so, nothing where it was not told. */
const orNone = (fact: string | null | undefined): string | undefined => (fact === null ? 'none' : fact);

/** In the fewest words, for a column. */
const firewall = ({webAclId}: Distribution): string | undefined =>
	typeof webAclId === 'string' && !webAclId.startsWith('arn:')
		? 'classic'
		: orNone(typeof webAclId === 'string' ? webAclName(webAclId) : webAclId);

const viewers = ({behaviors}: Distribution): string | undefined =>
	behaviors && (behaviors.some(({viewerProtocolPolicy}) => viewerProtocolPolicy === 'allow-all') ? 'HTTP too' : 'HTTPS');

const certificateOf = (certificate: ViewerCertificate | undefined): string | undefined =>
	certificate && (certificate.isDefault ? 'CloudFront’s own' : (certificate.acmCertificateArn ?? certificate.iamCertificateId));

const originInWords = ({domainName, type, protocolPolicy, accessControlId, accessIdentity, tlsVersions, vpcOriginId}: Origin): string => {
	const details = [
		type === 's3' ? 'bucket' : type === 'vpc' ? `VPC origin ${vpcOriginId ?? ''}`.trim() : protocolPolicy,
		tlsVersions?.join(' '),
		accessControlId === null ? (accessIdentity ?? undefined) : `access control ${accessControlId}`,
	].filter(detail => detail !== undefined && detail !== '');
	return details.length === 0 ? domainName : `${domainName} (${details.join(', ')})`;
};

const countries = ({geoRestriction}: Distribution): string | undefined => {
	if (geoRestriction === undefined) {
		return undefined;
	}

	const {type, countries: names} = geoRestriction;
	return type === 'none'
		? 'all'
		: type === 'whitelist'
			? `only ${names.join(', ')}`
			: type === 'blacklist'
				? `not ${names.join(', ')}`
				: type;
};

const distributions: Kind<Distribution> = {
	resourceType: distributionType,
	title: 'Distributions',
	columns: [
		{title: 'Web ACL', value: ({configuration}) => firewall(configuration)},
		{title: 'Viewers', value: ({configuration}) => viewers(configuration)},
		{title: 'TLS', value: ({configuration}) => configuration.viewerCertificate?.minimumProtocolVersion},
		{title: 'Origins', value: ({configuration: {origins}}) => origins && listed(origins.map(({domainName}) => domainName))},
		{title: 'Enabled', value: ({configuration}) => yesNo(configuration.enabled)},
	],
	facts: [
		{title: 'Domain', value: ({configuration}) => configuration.domainName},
		{title: 'Aliases', value: ({configuration: {aliases}}) => aliases && (aliases.join(', ') || 'none')},
		{title: 'Description', value: ({configuration}) => configuration.comment || undefined},
		{title: 'Enabled', value: ({configuration}) => yesNo(configuration.enabled)},
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Staging', value: ({configuration}) => yesNo(configuration.staging)},
		{
			title: 'Tenants',
			value: ({configuration}) =>
				isMultiTenant(configuration) ? 'multi-tenant: domains, web ACLs and certificates of its tenants are not read' : undefined,
		},
		{title: 'Web ACL', value: ({configuration}) => orNone(configuration.webAclId)},
		{title: 'Certificate', value: ({configuration}) => certificateOf(configuration.viewerCertificate)},
		{title: 'Security policy', value: ({configuration}) => configuration.viewerCertificate?.minimumProtocolVersion},
		{title: 'HTTPS served by', value: ({configuration}) => configuration.viewerCertificate?.sslSupportMethod},
		{title: 'Viewers’ certificates', value: ({configuration}) => configuration.viewerMtls},
		{
			title: 'Behaviours',
			value: ({configuration: {behaviors}}) =>
				behaviors
					?.map(
						({pathPattern, viewerProtocolPolicy, targetOriginId}) =>
							`${pathPattern} ${viewerProtocolPolicy ?? '?'} to ${targetOriginId ?? '?'}`,
					)
					.join('; '),
		},
		{title: 'Origins', value: ({configuration: {origins}}) => origins?.map(originInWords).join('; ')},
		{
			title: 'Origin groups',
			value: ({configuration: {originGroups}}) =>
				originGroups?.map(({id, originIds}) => `${id}: ${originIds.join(', ')}`).join('; ') || undefined,
		},
		{title: 'Countries', value: ({configuration}) => countries(configuration)},
		{title: 'Default root object', value: ({configuration}) => orNone(configuration.defaultRootObject)},
		{
			title: 'Standard logs (legacy)',
			value: ({configuration: {logging}}) =>
				logging === null ? 'off; v2 cannot be seen here' : logging && [logging.bucket, logging.prefix].filter(Boolean).join('/'),
		},
		{title: 'HTTP', value: ({configuration}) => configuration.httpVersion},
		{title: 'IPv6', value: ({configuration}) => yesNo(configuration.ipv6)},
		{title: 'Price class', value: ({configuration}) => configuration.priceClass},
		{title: 'Anycast addresses', value: ({configuration}) => configuration.anycastIpListId},
		{title: 'Last changed', value: ({configuration}) => at(configuration.lastModifiedAt)},
	],
	rules: distributionRules,
	consolePath: ({resourceId}) => `cloudfront/v4/home?region=us-east-1#/distributions/${encodeURIComponent(resourceId)}`,
};

export const cloudfront = defineService({
	id: 'cloudfront',
	title: 'CloudFront',
	group: 'edge',
	leads: 'worst',
	scope: {homeRegion: 'us-east-1'},
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 5 * 60_000}},
	iamPrefix: 'cloudfront',
	operations: {
		ListDistributions: {
			...unpublished,
			answers: ['DistributionList.Quantity'],
			paging: {input: 'Marker', output: 'DistributionList.NextMarker', more: 'DistributionList.IsTruncated'},
		},
		// Asked for logs and the default root object alone: the listing tells everything else.
		GetDistributionConfig: {...unpublished, slow: true, freshForMs: 12 * hourMs, answers: ['DistributionConfig']},
	},
	kinds: [distributions],
	load: async () => import('./collect.js'),
});
