import {afterEach, describe, expect, test} from 'vitest';
import {eventbridge as mock} from '../../mocks/services/eventbridge.js';
import type {Resource} from '../../source/model/index.js';
import {eventbridge} from '../../source/services/eventbridge/index.js';
import {matchPattern, readPattern, type SampleEvent} from '../../source/services/eventbridge/rules/pattern.js';
import {concernsOf, type Routing, targetInWords} from '../../source/services/eventbridge/rules/routing.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

const event: SampleEvent = {
	source: 'aws.guardduty',
	'detail-type': 'GuardDuty Finding',
	account: '123456789012',
	region: 'eu-west-1',
	version: '0',
	detail: {severity: 8, service: {archived: false}, tags: ['a', 'b'], findings: [{Label: 'LOW'}, {Label: 'HIGH'}], none: null, empty: ''},
};

describe('a pattern against an event of which some members are known', () => {
	test.each<readonly [what: string, pattern: object, matches: 'yes' | 'no' | 'perhaps', dependsOn?: string]>([
		['one value', {source: ['aws.guardduty']}, 'yes'],
		['one of several', {source: ['aws.ec2', 'aws.guardduty']}, 'yes'],
		['another', {source: ['aws.ec2']}, 'no'],
		['all members', {source: ['aws.guardduty'], 'detail-type': ['Other']}, 'no'],
		['the account alone', {account: ['123456789012']}, 'yes'],
		['another account', {account: ['999999999999']}, 'no'],
		['no condition', {source: []}, 'no'],
		['no pattern at all', {}, 'yes'],
		['a prefix', {source: [{prefix: 'aws.'}]}, 'yes'],
		['the empty prefix', {source: [{prefix: ''}]}, 'yes'],
		['a prefix of another case', {source: [{prefix: 'AWS.'}]}, 'no'],
		['a prefix of any case', {source: [{prefix: {'equals-ignore-case': 'AWS.'}}]}, 'yes'],
		['a suffix', {source: [{suffix: 'duty'}]}, 'yes'],
		['a suffix of any case', {source: [{suffix: {'equals-ignore-case': 'DUTY'}}]}, 'yes'],
		['any case', {source: [{'equals-ignore-case': 'AWS.GuardDuty'}]}, 'yes'],
		['a wildcard', {source: [{wildcard: 'aws.*'}]}, 'yes'],
		['wildcards inside', {'detail-type': [{wildcard: 'G*y*F*g'}]}, 'yes'],
		['wildcards that overlap', {source: [{wildcard: 'aws.guard*rdduty'}]}, 'no'],
		['a wildcard that is text', {source: [{wildcard: 'aws.\\*'}]}, 'no'],
		['anything but one', {source: [{'anything-but': 'aws.ec2'}]}, 'yes'],
		['anything but it', {source: [{'anything-but': 'aws.guardduty'}]}, 'no'],
		['anything but several', {source: [{'anything-but': ['aws.ec2', 'aws.guardduty']}]}, 'no'],
		['anything but a prefix', {source: [{'anything-but': {prefix: 'aws.'}}]}, 'no'],
		['anything but some prefixes', {source: [{'anything-but': {prefix: ['com.', 'org.']}}]}, 'yes'],
		['anything but a suffix', {source: [{'anything-but': {suffix: 'duty'}}]}, 'no'],
		['anything but a wildcard', {source: [{'anything-but': {wildcard: '*duty'}}]}, 'no'],
		['anything but, whatever the case', {source: [{'anything-but': {'equals-ignore-case': 'AWS.GUARDDUTY'}}]}, 'no'],
		['anything but what is not there', {nothing: [{'anything-but': 'x'}]}, 'no'],
		['a number', {detail: {severity: [8.0]}}, 'yes'],
		['a number as text', {detail: {severity: ['8']}}, 'no'],
		['a range', {detail: {severity: [{numeric: ['>=', 7, '<', 9]}]}}, 'yes'],
		['a range beside it', {detail: {severity: [{numeric: ['>', 8]}]}}, 'no'],
		['a range of no number', {source: [{numeric: ['>', 8]}]}, 'no'],
		['a range of tomorrow', {detail: {severity: [{numeric: ['~', 8]}]}}, 'perhaps', 'detail.severity'],
		['false', {detail: {service: {archived: [false]}}}, 'yes'],
		['null', {detail: {none: [null]}}, 'yes'],
		['nothing', {detail: {empty: ['']}}, 'yes'],
		['one of a list', {detail: {tags: ['b']}}, 'yes'],
		['none of a list', {detail: {tags: ['c']}}, 'no'],
		['in a list of structures', {detail: {findings: {Label: ['HIGH']}}}, 'yes'],
		['not in a list of structures', {detail: {findings: {Label: ['CRITICAL']}}}, 'no'],
		['something that is there', {source: [{exists: true}]}, 'yes'],
		['something that is not', {source: [{exists: false}]}, 'no'],
		['nothing that is not', {nothing: [{exists: false}]}, 'yes'],
		['exists looks at leaves', {detail: {service: [{exists: true}]}}, 'no'],
		['each event has a time', {time: [{exists: true}]}, 'yes'],
		['one of two', {$or: [{source: ['aws.ec2']}, {'detail-type': ['GuardDuty Finding']}]}, 'yes'],
		['neither of two', {$or: [{source: ['aws.ec2']}, {source: ['aws.s3']}]}, 'no'],
		['one of two, and more', {region: ['us-east-1'], $or: [{source: ['aws.ec2']}, {source: ['aws.guardduty']}]}, 'no'],
		['two inside', {detail: {$or: [{severity: [1]}, {severity: [8]}]}}, 'yes'],
		['a member called $or', {$or: [{prefix: ['a']}, {suffix: ['b']}]}, 'no'],

		['a member that differs', {detail: {type: [{prefix: 'CryptoCurrency:'}]}}, 'perhaps', 'detail.type'],
		[
			'a member within one',
			{detail: {resource: {instanceDetails: {instanceId: ['i-1']}}}},
			'perhaps',
			'detail.resource.instanceDetails.instanceId',
		],
		['resources', {resources: ['arn:aws:x']}, 'perhaps', 'resources'],
		['the time of day', {time: [{prefix: '2026'}]}, 'perhaps', 'time'],
		['an operator of tomorrow', {source: [{rhymes: 'duty'}]}, 'perhaps', 'source'],
		['two operators in one', {source: [{prefix: 'a', suffix: 'y'}]}, 'perhaps', 'source'],
		['an address', {detail: {severity: [{cidr: '10.0.0.0/8'}]}}, 'perhaps', 'detail.severity'],
		['what differs beside what does not match', {source: ['aws.ec2'], detail: {type: ['x']}}, 'no'],
		['what differs or what matches', {$or: [{source: ['aws.guardduty']}, {detail: {type: ['x']}}]}, 'yes'],
		['a call that CloudTrail saw', {detail: {eventName: ['ConsoleLogin']}}, 'no'],
		['a pattern that is wrong', {source: 'aws.guardduty'}, 'perhaps', 'source'],
		['a member of every object', {constructor: ['x'], __proto__: {}}, 'no'],
	])('%s: %j → %s', (_, pattern, matches, dependsOn) => {
		expect(matchPattern(readPattern(JSON.stringify(pattern)) ?? {}, event)).toEqual({
			matches,
			dependsOn: dependsOn === undefined ? [] : [dependsOn],
		});
	});

	test('many wildcards cost no time', () => {
		const pattern = {source: [{wildcard: '*a'.repeat(2000)}]};
		expect(matchPattern(pattern, {...event, source: 'a'.repeat(1999)})).toMatchObject({matches: 'no'});
	});

	test.each(['', 'null', '[]', '"aws"', '{', '1'])('%s is no pattern', text => {
		expect(readPattern(text)).toBeUndefined();
	});
});

describe('what rules are for', () => {
	const of = (pattern: object | string) =>
		concernsOf({
			pattern: typeof pattern === 'string' ? pattern : JSON.stringify(pattern),
			accountId: '123456789012',
			awsRegion: 'eu-west-1',
		});
	const surely = (pattern: object) => of(pattern).flatMap(({event: name, dependsOn}) => (dependsOn.length === 0 ? [name] : []));

	test.each<readonly [object, readonly string[]]>([
		[{source: ['aws.guardduty'], detail: {severity: [{numeric: ['>=', 7]}]}}, ['critical findings', 'high findings']],
		[{source: ['aws.guardduty'], detail: {severity: [7, 7.5, 8, 8.9]}}, ['high findings']],
		[{source: ['aws.guardduty'], detail: {severity: [{numeric: ['>=', 9.5]}]}}, ['critical findings']],
		[{source: ['aws.acm'], detail: {DaysToExpiry: [30, 7, 1]}}, ['ends of certificates']],
		[{source: ['aws.acm'], detail: {DaysToExpiry: [90]}}, []],
		[{'detail-type': ['Findings Imported V2']}, ['critical findings', 'high findings']],
		[
			{source: ['aws.securityhub'], detail: {findings: {Severity: {Label: ['CRITICAL']}, Compliance: {Status: ['FAILED']}}}},
			['critical findings'],
		],
		[{source: ['aws.macie'], detail: {severity: {description: ['High', 'Medium']}}}, ['high findings', 'medium findings']],
		[{source: ['aws.kms'], 'detail-type': [{prefix: 'KMS'}]}, ['deletions of keys', 'ends of imported key material', 'rotations of keys']],
		[{'detail-type': ['AWS API Call via CloudTrail'], detail: {eventSource: ['kms.amazonaws.com']}}, ['deletions of keys being scheduled']],
		[{source: ['aws.ssm'], detail: {'policy-type': ['Expiration', 'ExpirationNotification']}}, ['policies of parameters']],
		[{source: ['aws.inspector']}, []],
	])('%j', (pattern, events) => {
		expect(surely(pattern)).toEqual(events);
	});

	test('a rule for everything is for each of them, and so may be one that cannot be read', () => {
		const everything = surely({source: [{prefix: ''}]});
		expect(everything).toEqual(surely({account: ['123456789012']}));
		const unread = of('{');
		expect(unread.map(({event: name}) => name)).toEqual(everything);
		expect(new Set(unread.flatMap(({dependsOn}) => dependsOn))).toEqual(new Set(['its pattern']));
	});
});

test.each([
	['arn:aws:sns:eu-west-1:123456789012:alerts', 'sns alerts'],
	['arn:aws:lambda:eu-west-1:123456789012:function:open-ticket', 'lambda open-ticket'],
	['arn:aws:events:eu-west-1:999988887777:event-bus/default', 'event bus default of account 999988887777'],
	['arn:aws:logs:eu-west-1:123456789012:log-group:/aws/events/all', 'logs all'],
	['nonsense', ''],
])('%s in words', (arn, words) => {
	expect(targetInWords(arn, '123456789012')).toBe(words);
});

describe('collecting rules', () => {
	let watch: Watch;
	afterEach(() => watch.close());
	const names = (resources: readonly Resource[]) =>
		resources.flatMap(({resourceType, resourceName}) => (resourceType === 'AWS::Events::Rule' ? [resourceName] : []));
	const routingOf = (resources: readonly Resource[]) =>
		// One resource a Region is of this type, and it has this configuration.
		resources.find(({resourceType}) => resourceType === 'AWS::Events::Routing') as Resource<Routing> | undefined;
	const answers = (resources: readonly Resource[]) =>
		new Map(
			judgeAll(eventbridge, resources, watch.now()).flatMap(({judgements}) =>
				judgements.map(({ruleId, verdict, reason}) => [ruleId, `${verdict}: ${reason}`] as const),
			),
		);

	test('keeps the rules that concern us, and asks for the targets of those that are enabled', async () => {
		watch = await watchScenario('typical');
		const {resources, complete} = await watch.collect(eventbridge, 'us-east-1');
		expect([...complete].sort()).toEqual(['AWS::Events::Routing', 'AWS::Events::Rule']);
		expect(names(resources)).toHaveLength(10);
		expect(names(resources)).not.toContain('console-logins');
		expect(routingOf(resources)?.configuration.ruleCount).toBe(15);
		expect(watch.endpoint.calls.count({operation: 'ListTargetsByRule'})).toBe(9);
		await watch.collect(eventbridge, 'us-east-1');
		// Targets are answered from the cache for half an hour, and a refusal is remembered.
		expect(watch.endpoint.calls.count({operation: 'ListTargetsByRule'})).toBe(9);
	});

	test('says who is told, who would be, and what is missed', async () => {
		watch = await watchScenario('typical');
		const virginia = answers((await watch.collect(eventbridge, 'us-east-1')).resources);
		expect(virginia.get('eventbridge-guardduty-findings-routed')).toBe('PASS: routed by guardduty-high-to-slack to sns alerts');
		expect(virginia.get('eventbridge-certificate-expiry-routed')).toBe('FAIL: ends of certificates go nowhere: acm-expiry is disabled');
		expect(virginia.get('eventbridge-parameter-events-routed')).toBe(
			'FAIL: policies of parameters go nowhere: parameter-notices has no target',
		);
		expect(virginia.get('eventbridge-inspector-findings-routed')).toMatch(/^UNKNOWN: inspector-critical .* events:ListTargetsByRule$/u);
		const ireland = answers((await watch.collect(eventbridge, 'eu-west-1')).resources);
		expect(ireland.get('eventbridge-guardduty-findings-routed')).toBe('FAIL: critical findings go nowhere');
		const sydney = answers((await watch.collect(eventbridge, 'ap-southeast-2')).resources);
		expect(sydney.get('eventbridge-guardduty-findings-routed')).toBe('FAIL: critical findings and high findings go nowhere');
	});

	test.each([
		['us-east-1', 'aws', 'FAIL: exposed credentials go nowhere', 'no'],
		['eu-west-1', 'aws', 'NOT_APPLICABLE: exposed credentials are told in us-east-1, whatever the Region', undefined],
		['us-west-2', 'aws', 'NOT_APPLICABLE: exposed credentials are told in us-east-1, whatever the Region', undefined],
		['cn-north-1', 'aws-cn', 'FAIL: exposed credentials go nowhere', 'no'],
		['us-gov-east-1', 'aws-us-gov', 'NOT_APPLICABLE: exposed credentials are told in us-gov-west-1, whatever the Region', undefined],
		// Where they are told there is not known.
		['us-iso-east-1', 'aws-iso', 'FAIL: exposed credentials go nowhere', 'no'],
	])('of Health in %s of %s it says: %s', async (awsRegion, partition, told, cell) => {
		watch = await watchScenario('healthy');
		const made = routingOf((await watch.collect(eventbridge, 'sa-east-1')).resources);
		expect(made).toBeDefined();
		const moved = made && {...made, awsRegion, arn: made.arn.replace('arn:aws:', `arn:${partition}:`)};
		const [entry] = judgeAll(eventbridge, moved === undefined ? [] : [moved], watch.now());
		expect(answers(moved === undefined ? [] : [moved]).get('eventbridge-health-events-routed')).toBe(told);
		expect(entry?.cells.at(-1)).toBe(cell);
	});

	test('a rule that narrows by what cannot be judged makes it unknown, not well', async () => {
		watch = await watchScenario('typical');
		const state = watch.endpoint.world.state(mock, 'us-east-1');
		state.rules = state.rules.filter(({Name}) => Name === 'guardduty-miners-stop');
		const told = answers((await watch.collect(eventbridge, 'us-east-1')).resources);
		expect(told.get('eventbridge-guardduty-findings-routed')).toBe(
			'UNKNOWN: whether critical findings are among those that guardduty-miners-stop matches depends on detail.type',
		);
	});

	test('where rules may not be listed nothing is known, and no rule counts as gone', async () => {
		watch = await watchScenario('typical');
		const {resources, complete, outcome} = await watch.collect(eventbridge, 'eu-south-1');
		expect(outcome.status).toBe('denied');
		expect(complete).not.toContain('AWS::Events::Rule');
		const told = [...answers(resources)].filter(([ruleId]) => ruleId !== 'eventbridge-health-events-routed');
		expect(told.filter(([, answer]) => !answer.startsWith('UNKNOWN'))).toEqual([]);
	});

	test('a hundred rules to a call', async () => {
		watch = await watchScenario('large');
		const {outcome} = await watch.collect(eventbridge, 'us-east-1');
		expect(outcome.status).toBe('ok');
		expect(watch.endpoint.calls.count({operation: 'ListRules'})).toBe(10);
	});

	test('wrong answers turn no verdict', async () => {
		watch = await watchScenario('healthy');
		expect(await mistakesUnderWrongAnswers(eventbridge, 'us-east-1')).toEqual([]);
	}, 30_000);

	test('a healthy account has nothing to say, and a hostile one breaks nothing', async () => {
		watch = await watchScenario('healthy');
		const {resources} = await watch.collect(eventbridge, 'us-east-1');
		expect([...answers(resources).values()].filter(answer => !answer.startsWith('PASS'))).toEqual([]);
		await watch.close();

		watch = await watchScenario('hostile');
		const hostile = await watch.collect(eventbridge, 'us-east-1');
		expect(hostile.outcome.status).toBe('ok');
		expect([...answers(hostile.resources).values()].some(answer => answer.includes('the rule failed'))).toBe(false);
	});
});
