import {afterEach, describe, expect, it} from 'vitest';
import type {ScenarioName} from '../../mocks/index.js';
import {memberAccounts} from '../../mocks/scenarios/typical/member-accounts.js';
import {organizations as mock} from '../../mocks/services/organizations.js';
import type {Resource} from '../../source/model/index.js';
import {organizations} from '../../source/services/organizations/index.js';
import {accountRules, organizationRules, serviceRules} from '../../source/services/organizations/rules/index.js';
import type {DelegatedService, MemberAccount, Organization} from '../../source/services/organizations/rules/organization.js';
import {judgeAll, type Watch, watchScenario} from './watch.js';
import {mistakesUnderWrongAnswers} from './wrong-answers.js';

let watch: Watch;
afterEach(async () => watch?.close());
const watching = async (scenario: ScenarioName): Promise<Watch> => {
	watch = await watchScenario(scenario);
	return watch;
};
const home = 'us-east-1';
const stateOf = () => watch.endpoint.world.state(mock, home);
const collect = async () => watch.collect(organizations, home);
const verdictsOf = (resources: readonly Resource[]) =>
	Object.fromEntries(
		judgeAll(organizations, resources, watch.now()).flatMap(({resource, judgements}) =>
			judgements.map(({ruleId, verdict}) => [`${resource.resourceName} ${ruleId.replace('organizations-', '')}`, verdict]),
		),
	);

describe('a collection of Organizations', () => {
	it('brings the organisation, its accounts, and who runs the security services', async () => {
		await watching('typical');
		const {outcome, resources, complete} = await collect();
		expect(outcome.status).toBe('partial');
		expect(outcome.refusals).toMatchObject([{operation: 'ListDelegatedAdministrators', explicitDeny: true}]);
		expect([...complete].sort()).toEqual([
			'AWS::Organizations::Account',
			'AWS::Organizations::DelegatedService',
			'AWS::Organizations::Organization',
		]);
		expect(verdictsOf(resources)).toEqual({
			'o-a1b2c3d4e5 account-governed': 'PASS',
			'o-a1b2c3d4e5 features-enabled': 'PASS',
			'guardduty.amazonaws.com service-delegated': 'FAIL',
			'inspector2.amazonaws.com service-delegated': 'FAIL',
			'macie.amazonaws.com service-delegated': 'UNKNOWN',
			'securityhub.amazonaws.com service-delegated': 'FAIL',
			'fms.amazonaws.com service-delegated': 'PASS',
			'acme-prod account-active': 'PASS',
			'acme-security account-active': 'PASS',
			...Object.fromEntries(memberAccounts.map(({name}) => [`${name} account-active`, 'PASS'])),
			'acme-legacy account-active': 'FAIL',
			'acme-agency account-active': 'FAIL',
		});
	});

	it('keeps nobody’s address', async () => {
		await watching('typical');
		const {resources} = await collect();
		expect(JSON.stringify(resources)).not.toContain('@');
	});

	it('costs a page for each twenty accounts, and seven calls', async () => {
		await watching('large');
		const {outcome, resources} = await collect();
		expect(outcome.status).toBe('ok');
		expect(resources.filter(({resourceType}) => resourceType === 'AWS::Organizations::Account')).toHaveLength(2001);
		expect(outcome.calls).toBe(Math.ceil(2001 / 20) + 1 + 1 + 5);
	}, 30_000);

	it('of an account in no organisation says so by one failure, and asks no more', async () => {
		await watching('typical');
		stateOf().organization = undefined;
		const {outcome, resources, complete} = await collect();
		expect(outcome).toMatchObject({status: 'ok', calls: 1, refusals: []});
		expect(complete).toHaveLength(3);
		expect(verdictsOf(resources)).toEqual({
			'no organisation account-governed': 'FAIL',
			'no organisation features-enabled': 'NOT_APPLICABLE',
		});
	});

	it('of a member account does not ask what is not its own to ask, and calls that no refusal', async () => {
		await watching('typical');
		const state = stateOf();
		state.organization = state.organization && {...state.organization, managementAccountId: '234567890123', delegated: {}};
		const {outcome, resources} = await collect();
		expect(outcome).toMatchObject({status: 'ok', refusals: []});
		expect(resources).toMatchObject([
			{resourceType: 'AWS::Organizations::Organization', configuration: {isManagement: false, accounts: null, trustedServices: null}},
		]);
		expect(verdictsOf(resources)).toMatchObject({'o-a1b2c3d4e5 account-governed': 'PASS'});
	});

	it('of the management account takes the same words for a refusal', async () => {
		await watching('typical');
		watch.endpoint.faults.add({
			service: 'organizations',
			operation: 'ListAccounts',
			effect: {
				kind: 'error',
				name: 'AccessDeniedException',
				message: "You don't have permissions to access this resource.",
				httpStatus: 400,
			},
		});
		const {outcome, complete} = await collect();
		expect(outcome.refusals.map(({operation}) => operation)).toContain('ListAccounts');
		expect(complete).not.toContain('AWS::Organizations::Account');
	});

	it('stays the same resource while it cannot be read', async () => {
		await watching('typical');
		const before = (await collect()).resources.find(({resourceType}) => resourceType === 'AWS::Organizations::Organization');
		watch.endpoint.faults.add({service: 'organizations', operation: 'DescribeOrganization', effect: {kind: 'deny'}});
		const {resources} = await collect();
		const after = resources.find(({resourceType}) => resourceType === 'AWS::Organizations::Organization');
		expect(after?.resourceId).toBe(before?.resourceId);
		expect(verdictsOf(resources)).toMatchObject({
			'the organisation account-governed': 'UNKNOWN',
			'the organisation features-enabled': 'UNKNOWN',
		});
	});

	it('of a good organisation finds nothing to say', async () => {
		await watching('healthy');
		const {outcome, resources} = await collect();
		expect(outcome.status).toBe('ok');
		expect(new Set(Object.values(verdictsOf(resources)))).toEqual(new Set(['PASS']));
	});

	it('survives hostile names', async () => {
		await watching('hostile');
		const {outcome, resources} = await collect();
		expect(outcome.status).toBe('ok');
		expect(resources.every(({resourceName}) => resourceName !== '')).toBe(true);
	});

	it('turns no verdict by wrong answers', async () => {
		expect(await mistakesUnderWrongAnswers(organizations, home)).toEqual([]);
	}, 30_000);
});

describe('the rules of Organizations', () => {
	const context = {now: '2026-11-23T12:00:00.000Z', settings: {}, trustedAccounts: [], related: () => undefined, watches: () => true};
	const resource = <C>(configuration: C): Resource<C> => ({
		arn: 'arn:aws:organizations::1:organization/o-1',
		resourceType: 'AWS::Organizations::Organization',
		resourceId: 'o-1',
		resourceName: 'o-1',
		accountId: '123456789012',
		awsRegion: 'global',
		tags: {},
		unread: {},
		readAt: {},
		configuration,
	});

	it.each<[string, Organization, string]>([
		['features-enabled', {inUse: true, featureSet: 'ALL'}, 'PASS'],
		['features-enabled', {inUse: true, featureSet: 'CONSOLIDATED_BILLING'}, 'FAIL'],
		['features-enabled', {inUse: true, featureSet: 'SOME'}, 'UNKNOWN'],
		['account-governed', {inUse: true, id: 'o-1', isManagement: false, managementAccountId: '1'}, 'PASS'],
		['account-governed', {inUse: false}, 'FAIL'],
		['account-governed', {}, 'UNKNOWN'],
	])('%s of %j is %s', (id, configuration, verdict) => {
		const rule = organizationRules.find(one => one.id === `organizations-${id}`);
		expect(rule?.evaluate(resource(configuration), context).verdict).toBe(verdict);
	});

	it.each([
		['ACTIVE', 'PASS', undefined],
		['SUSPENDED', 'FAIL', 'LOW'],
		['PENDING_CLOSURE', 'FAIL', undefined],
		['CLOSED', 'FAIL', undefined],
		['PENDING_ACTIVATION', 'FAIL', undefined],
		['SOMETHING_NEW', 'UNKNOWN', undefined],
	])('an account that is %s is %s', (state, verdict, severity) => {
		const account: MemberAccount = {state, isManagement: false, administers: []};
		const answer = accountRules[0]?.evaluate(resource(account), context);
		expect([answer?.verdict, answer?.severity]).toEqual([verdict, severity]);
	});

	const service: DelegatedService = {
		servicePrincipal: 'guardduty.amazonaws.com',
		name: 'GuardDuty',
		featureSet: 'ALL',
		trustedAccess: true,
	};
	it.each<[string, Partial<DelegatedService>, string, string | undefined, string]>([
		[
			'with one that is active',
			{administrators: [{accountId: '1', name: 'sec', state: 'ACTIVE'}]},
			'PASS',
			undefined,
			'sec (1) runs GuardDuty',
		],
		['with one that is suspended', {administrators: [{accountId: '1', state: 'SUSPENDED'}]}, 'FAIL', undefined, 'suspended by AWS'],
		['with one in a new state', {administrators: [{accountId: '1', state: 'ASLEEP'}]}, 'UNKNOWN', undefined, 'ASLEEP'],
		['with none', {administrators: []}, 'FAIL', undefined, 'the management account does, or nobody'],
		['without access', {administrators: [], trustedAccess: false}, 'FAIL', 'LOW', 'no access to the organisation'],
		['unread', {}, 'UNKNOWN', undefined, 'could not be read'],
	])('a service %s', (_what, facts, verdict, severity, reason) => {
		const answer = serviceRules[0]?.evaluate(resource({...service, ...facts}), context);
		expect(answer).toMatchObject({verdict, reason: expect.stringContaining(reason)});
		expect(answer?.severity).toBe(severity);
	});

	it('asks nobody for delegated administrators where there is one bill and nothing else', () => {
		expect(serviceRules[0]?.exempts?.(resource({...service, featureSet: 'CONSOLIDATED_BILLING'}), context)).toContain(
			'consolidated billing',
		);
	});
});
