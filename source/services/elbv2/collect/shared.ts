import type {TlsPolicy} from '../rules/listener.js';
import {type Elb, type ElbFacts, whole} from './commands.js';

type Known<T> = {readonly value: T | undefined; readonly facts: Pick<ElbFacts, 'unread' | 'readAt'>};

/** What many load balancers share, each asked for once. */
export type Shared = {
	readonly targets: Known<TargetGroups>;
	/** Asked for only once somebody needs it: most Regions have no secure listener. */
	tlsPolicies(): Promise<Known<ReadonlyMap<string, TlsPolicy>>>;
	tagsOf(arn: string): Readonly<Record<string, string>>;
	/** Of the tags. */
	readonly tagFacts: Pick<ElbFacts, 'unread' | 'readAt'>;
};

export type TargetGroups = {
	/** `instance`, `ip`, `lambda` or `alb`, by the target group's ARN. */
	readonly types: ReadonlyMap<string, string>;
	/** `HTTP`, `HTTPS`, `TCP`, `TLS`, …, or `lambda`, by the target group's ARN. */
	readonly protocols: ReadonlyMap<string, string>;
	/** By the load balancer's ARN. */
	readonly byLoadBalancer: ReadonlyMap<string, readonly string[]>;
};

const readTargets = async (aws: Elb): Promise<Shared['targets']> => {
	const facts: ElbFacts = aws.facts();
	const pages = await facts.attemptPages('DescribeTargetGroups', whole);
	if (!pages) {
		return {value: undefined, facts};
	}

	const types = new Map<string, string>();
	const protocols = new Map<string, string>();
	const byLoadBalancer = new Map<string, string[]>();
	for (const {TargetGroupArn: arn, TargetType: type, Protocol: protocol, LoadBalancerArns = []} of pages.flatMap(
		page => page.TargetGroups ?? [],
	)) {
		if (arn === undefined) {
			continue;
		}

		if (type !== undefined) {
			types.set(arn, type);
		}

		const spoken = type === 'lambda' ? type : protocol;
		if (spoken !== undefined) {
			protocols.set(arn, spoken);
		}

		for (const loadBalancerArn of LoadBalancerArns) {
			byLoadBalancer.set(loadBalancerArn, [...(byLoadBalancer.get(loadBalancerArn) ?? []), arn]);
		}
	}

	return {value: {types, protocols, byLoadBalancer}, facts};
};

const readTlsPolicies = async (aws: Elb): ReturnType<Shared['tlsPolicies']> => {
	const facts: ElbFacts = aws.facts();
	const pages = await facts.attemptPages('DescribeSSLPolicies', whole);
	const policies = pages?.flatMap(page => page.SslPolicies ?? []);
	return {
		value:
			policies &&
			new Map(
				policies.flatMap(({Name, SslProtocols = [], Ciphers = []}) =>
					Name === undefined ? [] : [[Name, {protocols: SslProtocols, ciphers: Ciphers.flatMap(cipher => cipher.Name ?? [])}] as const],
				),
			),
		facts,
	};
};

// "You can specify up to 20 resources in a single call."
const tagsAtOnce = 20;

const readTags = async (aws: Elb, arns: readonly string[]): Promise<Pick<Shared, 'tagsOf' | 'tagFacts'>> => {
	const facts: ElbFacts = aws.facts();
	const batches = Array.from({length: Math.ceil(arns.length / tagsAtOnce)}, (_, index) =>
		arns.slice(index * tagsAtOnce, (index + 1) * tagsAtOnce),
	);
	const tags = new Map<string, Readonly<Record<string, string>>>();
	for await (const answer of aws.each(batches, async batch => facts.attempt('DescribeTags', {ResourceArns: batch}))) {
		for (const {ResourceArn, Tags = []} of answer?.TagDescriptions ?? []) {
			tags.set(ResourceArn ?? '', Object.fromEntries(Tags.flatMap(({Key, Value}) => (Key === undefined ? [] : [[Key, Value ?? '']]))));
		}
	}

	return {tagsOf: arn => tags.get(arn) ?? {}, tagFacts: facts};
};

export const readShared = async (aws: Elb, arns: readonly string[]): Promise<Shared> => {
	let policies: ReturnType<Shared['tlsPolicies']> | undefined;
	const [targets, tags] = await Promise.all([readTargets(aws), readTags(aws, [...arns].sort())]);
	return {
		targets,
		async tlsPolicies() {
			policies ??= readTlsPolicies(aws);
			return policies;
		},
		...tags,
	};
};
