import type {Inputs, Joined} from '../../model/index.js';
import type {Certificate} from '../../services/acm/rules/certificate.js';
import type {DomainName} from '../../services/apigateway/rules/domain-name.js';
import type {Distribution} from '../../services/cloudfront/rules/distribution.js';
import type {Listener} from '../../services/elbv2/rules/listener.js';
import {byAction, type Unread} from './refused.js';
import {toUsers, type UsersRead, untold} from './users.js';

/** Where certificates for CloudFront are, and those of edge-optimised names of API Gateway in any Region. */
const edgeRegion = 'us-east-1';

type User = {readonly name: string /** As ACM names it. */; readonly arn: string};

const index = (inputs: Inputs): ReadonlyMap<string, readonly User[]> => {
	const users = new Map<string, User[]>();
	const add = (certificateArn: string | undefined, user: User): void => {
		if (certificateArn !== undefined) {
			const known = users.get(certificateArn);
			known === undefined ? users.set(certificateArn, [user]) : known.push(user);
		}
	};

	for (const {resource} of inputs.of<Listener>('AWS::ElasticLoadBalancingV2::Listener')) {
		const {certificateArn, furtherCertificateArns = [], loadBalancer} = resource.configuration;
		for (const arn of [certificateArn, ...furtherCertificateArns]) {
			add(arn, {name: `listener ${resource.resourceName}`, arn: loadBalancer.arn});
		}
	}

	for (const {resource} of inputs.of<Distribution>('AWS::CloudFront::Distribution')) {
		const {viewerCertificate, enabled} = resource.configuration;
		const name = `distribution ${resource.resourceName}${enabled === false ? ' (disabled)' : ''}`;
		add(viewerCertificate?.acmCertificateArn, {name, arn: resource.arn});
	}

	for (const {resource} of inputs.of<DomainName>('AWS::ApiGateway::DomainName')) {
		const {certificateArn, regionalCertificateArn, ownershipCertificateArn} = resource.configuration;
		for (const arn of new Set([certificateArn, regionalCertificateArn, ownershipCertificateArn])) {
			add(arn, {name: `API domain ${resource.resourceName}`, arn: resource.arn});
		}
	}

	return users;
};

/** `load balancer shop`, `distribution E1A2B3C4D5E6F7`, `apigateway edge.acme.com`, with the account where it is another. */
const nameOf = (arn: string, ownAccountId: string): string => {
	const [, , service = '', , accountId = '', ...rest] = arn.split(':');
	const path = rest.join(':');
	const balancer = /^loadbalancer\/(?:(?:app|net|gwy)\/)?([^/]+)/u.exec(path)?.[1];
	const last = path.split('/').at(-1) ?? path;
	const name = balancer === undefined ? `${service === 'cloudfront' ? 'distribution' : service} ${last}` : `load balancer ${balancer}`;
	return accountId === '' || accountId === ownAccountId ? name : `${name} of account ${accountId}`;
};

/** Answers what serves a certificate of ACM: by what the services say that serve it, and by what ACM says. */
export const createCertificateUsers = (inputs: Inputs) => {
	const users = index(inputs);
	const gaps = new Map<string, Unread>();
	const gapOf = (awsRegion: string): Unread => {
		const isEdge = awsRegion === edgeRegion;
		const known =
			gaps.get(awsRegion) ??
			byAction([
				inputs.gap('elbv2', ['DescribeLoadBalancers', 'DescribeListeners', 'DescribeListenerCertificates'], awsRegion),
				inputs.gap('apigateway', ['GetDomainNames'], isEdge ? undefined : awsRegion),
				...(isEdge ? [inputs.gap('cloudfront', ['ListDistributions'])] : []),
			]);
		gaps.set(awsRegion, known);
		return known;
	};

	return ({resource}: Joined<Certificate>): UsersRead => {
		const {inUse, exported, description} = resource.configuration;
		const joined = users.get(resource.arn) ?? [];
		const arns = new Set(joined.map(({arn}) => arn));
		// API Gateway serves from load balancers and distributions of AWS's own accounts, and ACM names those.
		const isBehindApi = (arn: string): boolean =>
			joined.some(({name}) => name.startsWith('API domain ')) && !['', inputs.accountId].includes(arn.split(':')[4] ?? '');
		const others = (description?.inUseBy ?? []).filter(arn => !arns.has(arn) && !isBehindApi(arn));
		const names = [...joined.map(({name}) => name), ...others.map(arn => nameOf(arn, inputs.accountId))];
		if (names.length === 0 && inUse !== true && exported === true) {
			return untold('it was exported: who serves it outside AWS is told by no API');
		}

		// ACM knows of every user of its own; a description lists them.
		const isWhole = inUse === false || description !== undefined;
		return toUsers(names, isWhole ? {} : gapOf(resource.awsRegion), {used: inUse === true});
	};
};
