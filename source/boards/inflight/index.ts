import {type Cell, defineBoard, type Kind, listed} from '../../model/index.js';
import {consolePage} from './console-page.js';
import {type EntryPoint, entryPointType, inTheClear, type Leg, type Way} from './entry-point.js';
import {join} from './join.js';
import {entryRules} from './rules/index.js';

/** `?` where it could not be told, nothing where there is none. */
const orUnknown = (value: string | null | undefined): Cell => (value === null ? undefined : (value ?? '?'));

/** `?` beside what is known, where more could not be read. */
const known = (values: readonly string[], unread: string | undefined): string | undefined =>
	[...(values.length === 0 ? [] : [listed(values)]), ...(unread === undefined ? [] : ['?'])].join(', ') || undefined;

/** The first of those that need somebody, or what is said of the first. */
const certificateState = ({certificates, certificatesUnread}: EntryPoint): string | undefined => {
	const telling = certificates.find(({state}) => state === 'troubled') ?? certificates.find(({state}) => state === 'unknown');
	return telling?.inWords ?? (certificatesUnread === undefined ? certificates[0]?.inWords : '?');
};

const behind = ({legs}: EntryPoint): string | undefined => {
	const open = legs.filter(({state}) => state === 'in the clear');
	if (open.length > 0) {
		return listed(open.map(({to, by}) => `${by ?? '?'} to ${to}`));
	}

	return legs.some(({state}) => state === 'unknown') ? '?' : legs.length === 0 ? undefined : 'encrypted';
};

const wayInWords = ({name, state, why}: Way): string => `${name}: ${state}${why === undefined ? '' : ` (${why})`}`;
const legInWords = ({to, by, state, why}: Leg): string =>
	`${to}: ${[by, state].filter(Boolean).join(', ')}${why === undefined ? '' : ` (${why})`}`;

const entryPoints: Kind<EntryPoint> = {
	resourceType: entryPointType,
	title: 'Entry points',
	columns: [
		{title: 'In the clear', value: ({configuration}) => inTheClear(configuration)},
		{
			title: 'Certificate',
			value: ({configuration: {certificates, certificatesUnread}}) =>
				known(
					certificates.flatMap(({name, state}) => (state === 'theirs' ? [] : name)),
					certificatesUnread,
				),
		},
		{title: 'It is', value: ({configuration}) => certificateState(configuration)},
		{title: 'TLS from', value: ({configuration}) => orUnknown(configuration.oldestTls)},
		{title: 'Behind', value: ({configuration}) => behind(configuration)},
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Open to', value: ({configuration}) => orUnknown(configuration.reach)},
		{title: 'Protocols', value: ({configuration}) => orUnknown(configuration.protocols?.join(', '))},
	],
	facts: [
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Open to', value: ({configuration}) => orUnknown(configuration.reach)},
		{title: 'Host', value: ({configuration}) => configuration.host},
		{title: 'Names that lead here', value: ({configuration: {names, namesUnread}}) => known(names, namesUnread) ?? 'none'},
		{title: 'Protocols', value: ({configuration}) => orUnknown(configuration.protocols?.join(', '))},
		{title: 'Ways in', value: ({configuration}) => configuration.ways.map(wayInWords).join('; ') || 'none'},
		{title: 'Oldest TLS', value: ({configuration}) => orUnknown(configuration.oldestTls)},
		{title: 'TLS policy', value: ({configuration}) => configuration.tlsPolicies.join(', ') || undefined},
		{
			title: 'Certificates',
			value: ({configuration: {certificates, noCertificate, certificatesUnread}}) =>
				[
					...certificates.map(({name, reason}) => `${name}: ${reason}`),
					...(noCertificate === undefined ? [] : [noCertificate]),
					...(certificatesUnread === undefined ? [] : [`further ones unknown: ${certificatesUnread}`]),
				].join('; '),
		},
		{
			title: 'They speak for',
			value: ({configuration}) => configuration.certificates.flatMap(({hosts}) => hosts ?? []).join(', ') || undefined,
		},
		{title: 'Behind', value: ({configuration: {legs, noPath}}) => legs.map(legInWords).join('; ') || noPath},
	],
	rules: entryRules,
	expirations: ({configuration}) => configuration.certificates.flatMap(({ends}) => ends ?? []),
	consolePath: consolePage,
};

export const inflight = defineBoard({
	id: 'inflight',
	title: 'Encryption in flight',
	group: 'boards',
	leads: 'worst',
	inputs: [
		{service: 'elbv2', resourceType: 'AWS::ElasticLoadBalancingV2::LoadBalancer'},
		{service: 'elbv2', resourceType: 'AWS::ElasticLoadBalancingV2::Listener'},
		{service: 'cloudfront', resourceType: 'AWS::CloudFront::Distribution'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::DomainName'},
		{service: 'apigateway', resourceType: 'AWS::ApiGateway::RestApi'},
		{service: 'apigatewayv2', resourceType: 'AWS::ApiGatewayV2::Api'},
		{service: 's3', resourceType: 'AWS::S3::Bucket'},
		{service: 'acm', resourceType: 'AWS::ACM::Certificate'},
		{service: 'route53', resourceType: 'AWS::Route53::HostedZone'},
		{service: 'globalaccelerator', resourceType: 'AWS::GlobalAccelerator::Accelerator'},
	],
	kinds: [entryPoints],
	join,
});
