import Keyv from 'keyv';
import {createGate} from '../../source/collect/gate.js';
import {services} from '../../source/services/index.js';
import {serialization} from '../../source/store/entry-codec.js';
import {credentials} from './account.js';
import {bareSdkCallMs} from './collecting.js';
import {endpointProcess} from './endpoint.js';
import {type Figure, median, milliseconds} from './figures.js';

const regions = ['us-east-1', 'eu-west-1'] as const;
const accountId = '123456789012';

type Sizes = {
	/** Resources of a type, in both Regions and of the account. */
	readonly of: (resourceType: string) => number;
	/** Findings that a service reported. */
	readonly found: (service: string) => number;
};

const pages = (count: number, size: number): number => regions.length - 1 + Math.max(1, Math.ceil(count / size));

/**
 * What a first look may cost, in calls, by service: the cold formula of `aws.md` §6 with the slow tier that its §6.1 adds (key
 * grants and last uses, secrets' policies, shares of snapshots and images one by one) and what its §1 lists beside one by one
 * and no list gives: a key's tags, a bucket's six parts, a table's backups. Its twenty single questions a Region are shared out
 * evenly. Services that it does not know have one call for each operation and Region.
 */
const formulas: Readonly<Record<string, (sizes: Sizes) => number>> = {
	kms: ({of}) => pages(of('AWS::KMS::Key'), 1000) + pages(of('AWS::KMS::Key'), 100) + 6 * of('AWS::KMS::Key'),
	acm: ({of}) => pages(of('AWS::ACM::Certificate'), 100) + of('AWS::ACM::Certificate'),
	secretsmanager: ({of}) => pages(of('AWS::SecretsManager::Secret'), 100) + of('AWS::SecretsManager::Secret'),
	ssm: ({of}) => pages(of('AWS::SSM::Parameter'), 50),
	guardduty: ({found}) => 2 * pages(found('guardduty'), 50),
	inspector: ({found}) => pages(found('inspector'), 100),
	macie: ({found}) => 2 * pages(found('macie'), 50),
	wafv2: ({of}) => 2 * (regions.length + 1) + 2 * of('AWS::WAFv2::WebACL') + of('AWS::WAFv2::RuleGroup') + of('AWS::WAFv2::IPSet'),
	elbv2: ({of}) =>
		pages(of('AWS::ElasticLoadBalancingV2::LoadBalancer'), 400) +
		2 * of('AWS::ElasticLoadBalancingV2::LoadBalancer') +
		of('AWS::ElasticLoadBalancingV2::Listener'),
	apigateway: ({of}) => pages(of('AWS::ApiGateway::RestApi'), 500) + of('AWS::ApiGateway::RestApi') + of('AWS::ApiGateway::DomainName') + 2,
	apigatewayv2: ({of}) => pages(of('AWS::ApiGatewayV2::Api'), 100) + 2 * of('AWS::ApiGatewayV2::Api'),
	ec2: ({of}) =>
		pages(of('AWS::EC2::Snapshot'), 1000) +
		1 +
		pages(of('AWS::EC2::Image'), 1000) +
		5 * regions.length +
		of('AWS::EC2::Snapshot') +
		of('AWS::EC2::Image'),
	s3: ({of}) => 1 + 6 * of('AWS::S3::Bucket'),
	dynamodb: ({of}) => pages(of('AWS::DynamoDB::Table'), 100) + 2 * of('AWS::DynamoDB::Table'),
	cloudfront: ({of}) => 1 + of('AWS::CloudFront::Distribution'),
	route53: ({of}) => 2 + 2 * of('AWS::Route53::HostedZone'),
	globalaccelerator: ({of}) => 1 + 3 * of('AWS::GlobalAccelerator::Accelerator'),
	fms: ({of}) => regions.length + 3 * of('AWS::FMS::Policy'),
	eventbridge: ({of}) => regions.length + of('AWS::Events::Rule'),
	cloudtrail: ({of}) => regions.length + 2 * of('AWS::CloudTrail::Trail'),
};
const singletons = 20;
const warmUp = 12;
const rounds = 5;

/** A first look at the typical account with all services over two Regions, limits off. */
export const measureBreadth = async (): Promise<readonly Figure[]> => {
	const endpoint = await endpointProcess('typical');
	Object.assign(process.env, credentials);
	const config = {profile: undefined, roleArn: undefined, externalId: undefined, endpointUrl: endpoint.url, regions};
	const once = async () => {
		const gate = createGate({
			config: {...config, limits: {share: Number.POSITIVE_INFINITY}},
			cache: new Keyv({serialization}),
			slowInBackground: false,
		});
		const cpu = process.cpuUsage();
		const types = new Map<string, number>();
		const findings = new Map<string, number>();
		let calls = 0;
		for (const service of services) {
			for (const awsRegion of service.scope === 'regional' ? regions : [service.scope.homeRegion]) {
				const {outcome} = await gate.collect(
					service,
					{accountId, awsRegion, service: service.id, tier: 'full'},
					{
						watermark: undefined,
						signal: new AbortController().signal,
						async onBatch(batch) {
							for (const {resourceType} of batch.resources) {
								types.set(resourceType, (types.get(resourceType) ?? 0) + 1);
							}

							findings.set(service.id, (findings.get(service.id) ?? 0) + batch.findings.length);
						},
					},
				);
				calls += outcome.calls;
			}
		}

		const {user, system} = process.cpuUsage(cpu);
		await gate.close();
		const sizes: Sizes = {of: type => types.get(type) ?? 0, found: service => findings.get(service) ?? 0};
		return {calls, cpuMs: (user + system) / 1000, sizes};
	};

	// V8 goes on compiling for a dozen rounds, in threads whose time counts; the budget is for a daemon that runs for days.
	for (let round = 0; round < warmUp; round++) {
		await once();
	}

	const looks: Array<Awaited<ReturnType<typeof once>>> = [];
	for (let round = 0; round < rounds; round++) {
		looks.push(await once());
	}

	const cpuMs = median(looks.map(look => look.cpuMs));
	const {calls = 0, sizes = {of: () => 0, found: () => 0}} = looks[0] ?? {};
	const bareMs = await bareSdkCallMs(endpoint.url);
	await endpoint.stop();
	const expected = services.reduce(
		(sum, {id, operations, scope}) =>
			sum + (formulas[id]?.(sizes) ?? Object.keys(operations).length * (scope === 'regional' ? regions.length : 1)),
		singletons * regions.length,
	);
	return [
		{
			name: `first look at the typical account, ${services.length} services over 2 Regions: CPU per call`,
			budget: '≤ 0.5 ms',
			measured: milliseconds(cpuMs / calls),
			baseline: `${milliseconds(bareMs)} SDK alone`,
			ratio: (cpuMs / calls / bareMs).toFixed(2),
			within: cpuMs / calls <= 0.5,
		},
		{
			name: 'the same: calls',
			budget: '≤ 1.1 x formula',
			measured: String(calls),
			baseline: `${expected} formula`,
			ratio: (calls / expected).toFixed(2),
			within: calls <= 1.1 * expected,
		},
	];
};
