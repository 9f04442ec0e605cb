import {createHash} from 'node:crypto';
import {
	ConnectionMode,
	type DefaultCacheBehavior,
	type DistributionConfig,
	type DistributionSummary,
	GetDistributionConfigCommand,
	ListDistributionsCommand,
	MinimumProtocolVersion,
	OriginProtocolPolicy,
	SSLSupportMethod,
	ViewerProtocolPolicy,
} from '@aws-sdk/client-cloudfront';
import {AwsError} from '../endpoint/aws-error.js';
import {type Context, defineMockService} from '../endpoint/service.js';
import type {CfBehavior, CfDistribution, CfState} from './cloudfront-state.js';

// Behaviour is that of https://docs.aws.amazon.com/cloudfront/latest/APIReference/Welcome.html. Lists have a quantity, and
// no items where it is 0.

type Cf = Context<CfState>;

const arnOf = (one: CfDistribution, context: Cf): string =>
	`arn:${context.partition}:cloudfront::${context.accountId}:distribution/${one.id}`;

const list = <T>(items: readonly T[]): {Quantity: number; Items?: T[]} => ({
	Quantity: items.length,
	...(items.length > 0 && {Items: [...items]}),
});

const behaviorOf = (behavior: CfBehavior): DefaultCacheBehavior => ({
	TargetOriginId: behavior.targetOriginId,
	TrustedSigners: {Enabled: false, Quantity: 0},
	TrustedKeyGroups: {Enabled: false, Quantity: 0},
	ViewerProtocolPolicy: behavior.viewerProtocolPolicy,
	AllowedMethods: {Quantity: 2, Items: ['HEAD', 'GET'], CachedMethods: {Quantity: 2, Items: ['HEAD', 'GET']}},
	SmoothStreaming: false,
	Compress: true,
	LambdaFunctionAssociations: {Quantity: 0},
	FunctionAssociations: list(
		behavior.functionArn === undefined ? [] : [{FunctionARN: behavior.functionArn, EventType: 'viewer-request' as const}],
	),
	FieldLevelEncryptionId: '',
	...(behavior.realtimeLogConfigArn !== undefined && {RealtimeLogConfigArn: behavior.realtimeLogConfigArn}),
	// The managed policy CachingOptimized.
	CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
});

/** What the listing and the configuration share. */
const commonOf = (one: CfDistribution) => {
	const byDefault = one.behaviors.find(({pathPattern}) => pathPattern === '*');
	if (byDefault === undefined) throw new TypeError(`${one.id} has no default behaviour`);
	return {
		Aliases: list(one.aliases),
		Origins: {Quantity: one.origins.length, Items: [...one.origins]},
		OriginGroups: list(
			Object.entries(one.originGroups).map(([Id, ids]) => ({
				Id,
				FailoverCriteria: {StatusCodes: {Quantity: 1, Items: [503]}},
				Members: {Quantity: ids.length, Items: ids.map(OriginId => ({OriginId}))},
			})),
		),
		DefaultCacheBehavior: behaviorOf(byDefault),
		CacheBehaviors: list(
			one.behaviors
				.filter(behavior => behavior !== byDefault)
				.map(behavior => ({PathPattern: behavior.pathPattern, ...behaviorOf(behavior)})),
		),
		CustomErrorResponses: {Quantity: 0},
		Comment: one.comment,
		PriceClass: 'PriceClass_All' as const,
		Enabled: one.enabled,
		ViewerCertificate: {...one.viewerCertificate},
		Restrictions: {GeoRestriction: {RestrictionType: one.geoRestriction.type, ...list(one.geoRestriction.countries)}},
		WebACLId: one.webAclId,
		HttpVersion: 'http2' as const,
		IsIPV6Enabled: true,
		Staging: one.staging,
		ConnectionMode: one.connectionMode,
	};
};

/** A distribution's version: it changes with every change. */
const etagOf = (one: CfDistribution): string =>
	`E${createHash('sha256').update(JSON.stringify(one)).digest('hex').slice(0, 13).toUpperCase()}`;

const summaryOf = (one: CfDistribution, context: Cf): DistributionSummary => ({
	Id: one.id,
	ARN: arnOf(one, context),
	ETag: etagOf(one),
	Status: one.status,
	LastModifiedTime: one.lastModified,
	DomainName: one.domainName,
	...commonOf(one),
});

const configurationOf = (one: CfDistribution): DistributionConfig => ({
	CallerReference: `made-for-${one.id}`,
	DefaultRootObject: one.defaultRootObject,
	// "If you specify false for Enabled but you specify values for Bucket and prefix, the values are automatically deleted."
	Logging: {Enabled: one.logBucket !== '', IncludeCookies: false, Bucket: one.logBucket, Prefix: one.logBucket === '' ? '' : one.id},
	ContinuousDeploymentPolicyId: '',
	...commonOf(one),
});

export const cloudfront = defineMockService({
	id: 'cloudfront',
	signingName: 'cloudfront',
	homeRegion: 'us-east-1',
	protocol: {name: 'restXml', xmlNamespace: 'http://cloudfront.amazonaws.com/doc/2020-05-31/'},
	errors: {
		validation: 'InvalidArgument',
		throttled: {name: 'Throttling', httpStatus: 400},
		denied: {name: 'AccessDenied', httpStatus: 403},
	},
	enums: [ViewerProtocolPolicy, OriginProtocolPolicy, MinimumProtocolVersion, SSLSupportMethod, ConnectionMode],
	empty: (): CfState => ({distributions: []}),
	commands: {ListDistributions: ListDistributionsCommand, GetDistributionConfig: GetDistributionConfigCommand},
	handlers: {
		ListDistributions: (input, context) => {
			const {page, token} = context.paginate(context.state.distributions, input, {
				token: 'Marker',
				limit: 'MaxItems',
				defaultLimit: 100,
				maximumLimit: 100,
			});
			return {
				DistributionList: {
					Marker: input.Marker ?? '',
					MaxItems: input.MaxItems ?? 100,
					IsTruncated: token !== undefined,
					...(token !== undefined && {NextMarker: token}),
					...list(page.map(one => summaryOf(one, context))),
				},
			};
		},

		GetDistributionConfig: (input, context) => {
			const one = context.state.distributions.find(({id}) => id === input.Id);
			if (one === undefined) throw new AwsError('NoSuchDistribution', 'The specified distribution does not exist.', 404);
			const reason = one.refused[context.operation];
			if (reason !== undefined) throw context.denied(arnOf(one, context), reason);
			return {DistributionConfig: configurationOf(one), ETag: etagOf(one)};
		},
	},
});
