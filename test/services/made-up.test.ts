import {expect, test} from 'vitest';
import {toIamPolicy} from '../../source/commands/iam-policy.js';
import {type Collector, defineService, iamActionOf, type Kind, type Resource, toCatalogue} from '../../source/model/index.js';
import {judgeAll} from './watch.js';

// A service that exists only here: what follows from a declaration, and what the compiler refuses.

type Pool = {readonly mfa?: 'ON' | 'OFF'};

const source = 'https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html';

class ListUserPoolsCommand {
	declare readonly input: {readonly MaxResults: number};
	resolveMiddleware(): () => Promise<{output: {UserPools?: ReadonlyArray<{Id?: string}>; $metadata: object}}> {
		throw new Error('Nobody calls a made-up service');
	}
}
class DescribeUserPoolCommand extends ListUserPoolsCommand {}
class Client {
	send(): Promise<unknown> {
		throw new Error('Nobody calls a made-up service');
	}
	destroy(): void {
		// Nothing to end.
	}
}

type Both = {readonly ListUserPools: typeof ListUserPoolsCommand; readonly DescribeUserPool: typeof DescribeUserPoolCommand};
const collectorOf = <C extends Readonly<Record<string, typeof ListUserPoolsCommand>>>(commands: C): Collector<C> => ({
	client: Client,
	commands,
	async *full() {
		yield {yields: 'complete', of: 'AWS::Cognito::UserPool'};
	},
});

const pools: Kind<Pool> = {
	resourceType: 'AWS::Cognito::UserPool',
	title: 'User pools',
	columns: [{title: 'MFA', value: ({configuration}) => configuration.mfa}],
	facts: [{title: 'MFA', value: ({configuration}) => configuration.mfa}],
	rules: [
		{
			id: 'cognito-pool-mfa-required',
			title: 'A user pool should require a second factor',
			severity: 'HIGH',
			published: {securityControlIds: ['Cognito.3'], cis: [], prowler: []},
			rationale: 'A password alone is guessed or stolen.',
			remediation: {text: 'Require it.', url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html'},
			settings: {graceDays: 3},
			reads: ['DescribeUserPool'],
			evaluate: ({configuration: {mfa}}) =>
				mfa === 'ON' ? {verdict: 'PASS', reason: 'it requires a second factor'} : {verdict: 'FAIL', reason: 'a password alone is enough'},
		},
	],
	consolePath: ({awsRegion}) => `cognito/v2/home?region=${awsRegion}`,
};

const declaration = {
	id: 'cognito',
	title: 'User pools',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 300_000, deadlineMs: 60_000}},
	iamPrefix: 'cognito-idp',
	operations: {
		ListUserPools: {requestsPerSecond: 5, source},
		DescribeUserPool: {requestsPerSecond: 10, iamAction: 'cognito-idp:DescribePool', source},
	},
	kinds: [pools],
} as const;

const cognito = defineService({
	...declaration,
	load: () =>
		Promise.resolve({collector: collectorOf<Both>({ListUserPools: ListUserPoolsCommand, DescribeUserPool: DescribeUserPoolCommand})}),
});

const pool = (configuration: Pool, unread: Resource['unread'] = {}): Resource<Pool> => ({
	arn: 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/a',
	resourceType: 'AWS::Cognito::UserPool',
	resourceId: 'a',
	resourceName: 'customers',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration,
	unread,
	readAt: {},
});

test('the IAM policy of a made-up service follows from its operations', () => {
	expect(iamActionOf(cognito, 'ListUserPools')).toBe('cognito-idp:ListUserPools');
	expect(toIamPolicy([cognito]).Statement[0]?.Action).toEqual(['cognito-idp:DescribePool', 'cognito-idp:ListUserPools']);
});

test('its catalogue follows from its kinds and rules, as plain JSON', () => {
	const catalogue = toCatalogue([cognito]);
	expect(JSON.parse(JSON.stringify(catalogue))).toEqual(catalogue);
	expect(catalogue.services).toEqual([
		{
			id: 'cognito',
			title: 'User pools',
			group: 'data',
			leads: 'worst',
			kinds: [{resourceType: 'AWS::Cognito::UserPool', title: 'User pools', columns: ['MFA']}],
		},
	]);
	expect(catalogue.rules['cognito-pool-mfa-required']).toMatchObject({
		service: 'cognito',
		severity: 'HIGH',
		settings: {graceDays: 3},
		iamActions: ['cognito-idp:DescribePool'],
	});
});

test('its resources are judged without another line of code', () => {
	const refusal = {
		status: 'denied',
		operation: 'DescribeUserPool',
		iamAction: 'cognito-idp:DescribePool',
		error: 'AccessDeniedException',
		message: '',
	} as const;
	const answers = [pool({mfa: 'ON'}), pool({mfa: 'OFF'}), pool({}, {DescribeUserPool: refusal})].map(
		one => judgeAll(cognito, [one], '2026-11-23T12:00:00.000Z')[0]?.judgements[0],
	);
	expect(answers.map(answer => [answer?.verdict, answer?.reason])).toEqual([
		['PASS', 'it requires a second factor'],
		['FAIL', 'a password alone is enough'],
		['UNKNOWN', 'cognito-idp:DescribePool was denied'],
	]);
});

test('the compiler refuses an operation without a command, and a command without an operation', () => {
	const {operations} = declaration;
	const lacking = () => Promise.resolve({collector: collectorOf({ListUserPools: ListUserPoolsCommand})});
	// @ts-expect-error DescribeUserPool is declared and has no command.
	defineService({...declaration, operations, load: lacking});
	const {ListUserPools} = operations;
	const undeclared = () =>
		Promise.resolve({collector: collectorOf({ListUserPools: ListUserPoolsCommand, DescribeUserPool: DescribeUserPoolCommand})});
	// @ts-expect-error DescribeUserPool has a command and is not declared.
	defineService({...declaration, operations: {ListUserPools}, load: undeclared});
	expect(Object.keys(operations)).toEqual(['ListUserPools', 'DescribeUserPool']);
});
