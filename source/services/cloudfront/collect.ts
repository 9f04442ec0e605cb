import {CloudFrontClient, GetDistributionConfigCommand, ListDistributionsCommand} from '@aws-sdk/client-cloudfront';
import {type Aws, type CommandOutput, defineCollector, hourMs, msBetween, type Resource, type Yielded} from '../../model/index.js';
import {
	type Behavior,
	type Distribution,
	distributionType,
	type Origin,
	type StandardLogging,
	type ViewerCertificate,
} from './rules/distribution.js';

const commands = {ListDistributions: ListDistributionsCommand, GetDistributionConfig: GetDistributionConfigCommand};
type CloudFront = Aws<typeof commands>;

type Summary = NonNullable<NonNullable<CommandOutput<typeof ListDistributionsCommand>['DistributionList']>['Items']>[number];
type Configuration = NonNullable<CommandOutput<typeof GetDistributionConfigCommand>['DistributionConfig']>;
type DefaultBehavior = NonNullable<Summary['DefaultCacheBehavior']>;

/** A copy without the members that are undefined, for optional members that are either there or not. */
const present = <T extends object>(members: T): {[K in keyof T]: Exclude<T[K], undefined>} =>
	// What is left has no undefined member: the filter has just seen to it.
	Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {[K in keyof T]: Exclude<T[K], undefined>};

/** CloudFront's lists leave `Items` out where there are none, and say how many there are. Undefined where neither was told. */
const itemsOf = <T>(list: {readonly Quantity?: number | undefined; readonly Items?: readonly T[] | undefined} | undefined) =>
	list?.Items ?? (list?.Quantity === 0 ? [] : undefined);

/** CloudFront says "none" by an empty text. */
const orNone = (text: string | undefined): string | null | undefined => (text === '' ? null : text);

type ListedOrigin = NonNullable<NonNullable<Summary['Origins']>['Items']>[number];

const toOrigin = (origin: ListedOrigin, id: string, domainName: string): Origin => {
	const {S3OriginConfig, CustomOriginConfig, VpcOriginConfig, OriginAccessControlId} = origin;
	const type = S3OriginConfig ? ('s3' as const) : CustomOriginConfig ? ('custom' as const) : VpcOriginConfig ? ('vpc' as const) : undefined;
	return {
		id,
		domainName,
		accessControlId: orNone(OriginAccessControlId) ?? null,
		...present({
			type,
			accessIdentity: S3OriginConfig && orNone(S3OriginConfig.OriginAccessIdentity),
			protocolPolicy: CustomOriginConfig?.OriginProtocolPolicy,
			tlsVersions: itemsOf(CustomOriginConfig?.OriginSslProtocols),
			vpcOriginId: VpcOriginConfig?.VpcOriginId,
		}),
	};
};

/** All of them or none: rules ask what every origin is like. */
const toOrigins = ({Origins}: Summary): readonly Origin[] | undefined => {
	const listed = itemsOf(Origins);
	const origins = listed?.flatMap(origin =>
		origin.Id === undefined || origin.DomainName === undefined ? [] : toOrigin(origin, origin.Id, origin.DomainName),
	);
	return origins?.length === listed?.length ? origins : undefined;
};

const toBehavior = (pathPattern: string, behavior: DefaultBehavior): Behavior => {
	const functions = [...(itemsOf(behavior.FunctionAssociations) ?? []), ...(itemsOf(behavior.LambdaFunctionAssociations) ?? [])];
	return {
		pathPattern,
		...present({
			targetOriginId: behavior.TargetOriginId,
			viewerProtocolPolicy: behavior.ViewerProtocolPolicy,
			realtimeLogConfigArn: behavior.RealtimeLogConfigArn || undefined,
			runsFunction: functions.some(({EventType}) => EventType?.endsWith('-request')) || undefined,
		}),
	};
};

const toBehaviors = ({CacheBehaviors, DefaultCacheBehavior}: Summary): readonly Behavior[] | undefined => {
	const others = itemsOf(CacheBehaviors);
	return others === undefined || DefaultCacheBehavior === undefined
		? undefined
		: [...others.map(behavior => toBehavior(behavior.PathPattern ?? '?', behavior)), toBehavior('*', DefaultCacheBehavior)];
};

const toCertificate = (certificate: Summary['ViewerCertificate']): ViewerCertificate | undefined => {
	if (certificate === undefined) {
		return undefined;
	}

	const {CloudFrontDefaultCertificate, ACMCertificateArn, IAMCertificateId, MinimumProtocolVersion, SSLSupportMethod} = certificate;
	return CloudFrontDefaultCertificate === undefined && ACMCertificateArn === undefined && IAMCertificateId === undefined
		? undefined
		: {
				isDefault: CloudFrontDefaultCertificate === true,
				...present({
					acmCertificateArn: ACMCertificateArn || undefined,
					iamCertificateId: IAMCertificateId || undefined,
					minimumProtocolVersion: MinimumProtocolVersion,
					sslSupportMethod: SSLSupportMethod,
				}),
			};
};

const toGroups = ({OriginGroups}: Summary): Distribution['originGroups'] =>
	// A member that is optional: where there are no groups CloudFront may leave it out.
	(OriginGroups === undefined ? [] : itemsOf(OriginGroups))?.map(({Id, Members}) => ({
		id: Id ?? '',
		originIds: (itemsOf(Members) ?? []).flatMap(({OriginId}) => OriginId ?? []),
	}));

const toDistribution = (summary: Summary): Distribution => {
	const {GeoRestriction} = summary.Restrictions ?? {};
	return present({
		domainName: summary.DomainName,
		enabled: summary.Enabled,
		status: summary.Status,
		staging: summary.Staging,
		connectionMode: summary.ConnectionMode,
		comment: summary.Comment,
		lastModifiedAt: summary.LastModifiedTime,
		aliases: itemsOf(summary.Aliases),
		origins: toOrigins(summary),
		originGroups: toGroups(summary),
		behaviors: toBehaviors(summary),
		viewerCertificate: toCertificate(summary.ViewerCertificate),
		webAclId: orNone(summary.WebACLId),
		geoRestriction: GeoRestriction?.RestrictionType && {type: GeoRestriction.RestrictionType, countries: itemsOf(GeoRestriction) ?? []},
		httpVersion: summary.HttpVersion,
		ipv6: summary.IsIPV6Enabled,
		priceClass: summary.PriceClass,
		anycastIpListId: summary.AnycastIpListId || undefined,
		viewerMtls: summary.ViewerMtlsConfig?.Mode,
	});
};

/**
 * What the listing leaves out. Both members are optional, so that absence says "none": of an answer that has its required
 * members, such as the caller's reference.
 */
const toRest = ({CallerReference, DefaultRootObject, Logging}: Configuration): Pick<Distribution, 'defaultRootObject' | 'logging'> =>
	CallerReference === undefined ? {} : {defaultRootObject: DefaultRootObject || null, ...present({logging: toLogging(Logging)})};

const toLogging = (logging: Configuration['Logging']): StandardLogging | null | undefined => {
	if (logging === undefined || logging.Enabled === false) {
		return null;
	}

	return logging.Enabled === undefined ? undefined : present({bucket: logging.Bucket || undefined, prefix: logging.Prefix || undefined});
};

// Nothing but a change of the distribution changes its configuration, and the listing dates its changes.
const configurationLifeMs = 12 * hourMs;

/**
 * How old the configuration may be: not older than the last change. Nine tenths of it, because the cache allows a tenth more
 * or less of any life.
 */
const freshForMs = ({LastModifiedTime}: Summary, now: string): number =>
	LastModifiedTime === undefined ? configurationLifeMs : Math.max(1, Math.min(configurationLifeMs, 0.9 * msBetween(LastModifiedTime, now)));

const toResource = async (aws: CloudFront, arn: string, id: string, summary: Summary): Promise<Resource<Distribution>> => {
	const facts = aws.facts();
	const answer = await facts.attempt('GetDistributionConfig', {Id: id}, {freshForMs: freshForMs(summary, aws.startedAt)});
	const configuration = answer?.DistributionConfig;
	const distribution = toDistribution(summary);
	return {
		arn,
		resourceType: distributionType,
		resourceId: id,
		// People know a distribution by what they type into a browser.
		resourceName: distribution.aliases?.[0] || distribution.domainName || id,
		accountId: aws.accountId,
		awsRegion: 'global',
		tags: {},
		configuration: {
			...distribution,
			...(configuration && toRest(configuration)),
		},
		unread: facts.unread,
		readAt: facts.readAt,
	};
};

type Identified = {readonly arn: string; readonly id: string; readonly summary: Summary};

export const collector = defineCollector({
	client: CloudFrontClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		let complete = true;
		const lacks = (member: string): void => {
			aws.facts().missing('ListDistributions', member);
			complete = false;
		};

		async function* listedDistributions(): AsyncGenerator<Identified, void, undefined> {
			for await (const {DistributionList} of aws.pages('ListDistributions', {MaxItems: 100})) {
				const summaries = itemsOf(DistributionList);
				if (summaries === undefined) {
					lacks('DistributionList.Items');
				}

				for (const summary of summaries ?? []) {
					if (summary.ARN === undefined || summary.Id === undefined) {
						lacks(summary.ARN === undefined ? 'ARN' : 'Id');
					} else {
						yield {arn: summary.ARN, id: summary.Id, summary};
					}
				}
			}
		}

		for await (const resource of aws.each(listedDistributions(), async ({arn, id, summary}) => toResource(aws, arn, id, summary))) {
			yield {yields: 'resource', resource};
		}

		if (complete) {
			yield {yields: 'complete', of: distributionType};
		}
	},
});
