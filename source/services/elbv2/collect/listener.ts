import type {Resource} from '../../../model/index.js';
import {type Action, type Listener, listenerType, type Owner} from '../rules/listener.js';
import {type Elb, type ElbFacts, whole} from './commands.js';
import {type Heard, present, toListener, toRules} from './read.js';
import type {Shared} from './shared.js';

/** What actions forward to, each once, sorted. */
export const targetsOf = (actions: readonly Action[]): readonly string[] =>
	[...new Set(actions.flatMap(({targetGroupArns}) => targetGroupArns))].sort();

/** The sorts of targets behind these target groups, each once; undefined where one of them was not told. */
export const targetTypesOf = (arns: readonly string[], {value}: Shared['targets']): readonly string[] | undefined => {
	const types = arns.map(arn => value?.types.get(arn));
	return value === undefined || types.includes(undefined) ? undefined : [...new Set(types.flatMap(type => type ?? []))].sort();
};

/** How each of these target groups is spoken to, as far as that was told. */
export const protocolsOf = (arns: readonly string[], {value}: Shared['targets']): Readonly<Record<string, string>> =>
	Object.fromEntries(
		arns.flatMap(arn => {
			const protocol = value?.protocols.get(arn);
			return protocol === undefined ? [] : [[arn, protocol] as const];
		}),
	);

/** Rules matter where a request comes in the clear: whether each of them sends it on to HTTPS. */
const readRules = async (facts: ElbFacts, arn: string): Promise<Listener['rules']> => {
	const pages = await facts.attemptPages('DescribeRules', {ListenerArn: arn, ...whole});
	if (!pages) {
		return undefined;
	}

	const rules = toRules(pages.flatMap(page => page.Rules ?? []));
	if (rules === undefined) {
		facts.missing('DescribeRules', 'Priority');
	}

	return rules;
};

const readFurther = async (facts: ElbFacts, arn: string, standard: string | undefined): Promise<Listener['furtherCertificateArns']> => {
	const pages = await facts.attemptPages('DescribeListenerCertificates', {ListenerArn: arn, ...whole});
	return pages
		?.flatMap(page => page.Certificates ?? [])
		.flatMap(({CertificateArn, IsDefault}) =>
			CertificateArn === undefined || IsDefault === true || CertificateArn === standard ? [] : [CertificateArn],
		);
};

/** `app/shop/50dc6c495c0c9188/f2f7dc8efc522ab2`. */
const idOf = (arn: string): string => arn.split(':listener/').at(-1) ?? arn;

export const listenerResource = async (aws: Elb, shared: Shared, owner: Owner, arn: string, heard: Heard): Promise<Resource<Listener>> => {
	const facts: ElbFacts = aws.facts();
	const listener = toListener(heard);
	const {protocol, port, sslPolicy, certificateArn, defaultActions = []} = listener;
	const isSecure = protocol === 'HTTPS' || protocol === 'TLS';
	const [rules, furtherCertificateArns, policies] = await Promise.all([
		protocol === 'HTTP' ? readRules(facts, arn) : undefined,
		isSecure ? readFurther(facts, arn, certificateArn) : undefined,
		isSecure ? shared.tlsPolicies() : undefined,
	]);
	const targetGroupArns = targetsOf([...defaultActions, ...(rules ?? []).flatMap(rule => rule.actions)]);
	const isForwarding = targetGroupArns.length > 0;
	return {
		arn,
		resourceType: listenerType,
		resourceId: idOf(arn),
		resourceName: `${owner.name}:${port ?? '?'}`,
		accountId: aws.accountId,
		awsRegion: aws.awsRegion,
		tags: {},
		configuration: {
			...listener,
			...present({
				rules,
				furtherCertificateArns,
				tls: policies?.value?.get(sslPolicy ?? ''),
				targetTypes: listener.defaultActions === undefined ? undefined : targetTypesOf(targetGroupArns, shared.targets),
			}),
			targetGroupArns,
			loadBalancer: owner,
		},
		unread: {...facts.unread, ...policies?.facts.unread, ...(isForwarding && shared.targets.facts.unread)},
		readAt: {...facts.readAt, ...policies?.facts.readAt},
	};
};
