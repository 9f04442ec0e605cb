import {dayMs, hourMs, msBetween, type Remediation, type Rule, spanInWords, unpublished} from '../../../model/index.js';
import {exemptWhenShared, isPlain, oddType, type Parameter, type ParameterResource, untold} from './parameter.js';
import {type ParameterPolicy, policyInWords} from './policy.js';

const guide = 'https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-policies.html';

// "If you don't specify a key ID, the system uses the default key", of a parameter that is put again too:
// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
const keepKey = 'A SecureString under a key of your own takes --key-id with that key as well: without it, it moves to aws/ssm.';

const policiesOf = ({policies = []}: Parameter, type: string): readonly ParameterPolicy[] =>
	policies.filter(policy => policy.type === type);

/** Why a question about its policies of one type does not arise. A list that was not told is no empty one. */
const exemptWithout =
	(type: string, otherwise: string) =>
	(resource: ParameterResource): string | undefined =>
		exemptWhenShared(resource) ??
		(resource.configuration.policies === undefined || policiesOf(resource.configuration, type).length > 0 ? undefined : otherwise);

/** A policy that cannot be read must not count as one that asks for nothing. */
const unreadable = (policy: ParameterPolicy) =>
	({verdict: 'UNKNOWN', reason: `its policy ${policy.type} cannot be read by this version`}) as const;

const evidenceOf = (expected: string, policies: readonly ParameterPolicy[], more = '') => ({
	expected,
	observed: `${policies.map(policyInWords).join('; ')}${more}`,
	operation: 'DescribeParameters',
});

const knownStatuses = new Set(['Pending', 'InProgress', 'Finished']);

export const policiesApplied: Rule<Parameter> = {
	id: 'ssm-parameter-policies-applied',
	title: 'The policies of a parameter are applied',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Parameter Store applies policies by a scan of its own. One that failed neither deletes nor warns, and nobody is told but by this status.',
	remediation: {
		text: `Put the parameter again with all of its policies: those that are left out are removed. Check that no policy asks for a moment that has passed. ${keepKey}`,
		cli: 'aws ssm put-parameter --name {name} --tier Advanced --policies POLICIES --value VALUE --overwrite --region {region}',
		url: guide,
	},
	reads: [],
	exempts: resource =>
		exemptWhenShared(resource) ??
		(resource.configuration.policies === undefined || resource.configuration.policies.length > 0 ? undefined : 'has no policies'),
	evaluate({configuration: {policies}}) {
		if (policies === undefined) {
			return untold('policies');
		}

		const evidence = evidenceOf('no policy with PolicyStatus Failed', policies);
		const failed = policies.find(({status}) => status === 'Failed');
		if (failed !== undefined) {
			return {verdict: 'FAIL', reason: `a policy has failed: ${policyInWords(failed)}`, evidence};
		}

		const odd = policies.find(({status}) => status === undefined || !knownStatuses.has(status));
		return odd === undefined
			? {verdict: 'PASS', reason: `in force: ${policies.map(policyInWords).join('; ')}`, evidence}
			: {verdict: 'UNKNOWN', reason: `the status ${odd.status ?? 'that was not told'} of its policy ${odd.type} is not known`, evidence};
	},
};

const prolong: Remediation = {
	text: `If anything still reads it, put the parameter again with a later Expiration; putting a new value alone does not put off its end. Once it is deleted its value is gone for good. ${keepKey}`,
	cli: 'aws ssm put-parameter --name {name} --tier Advanced --policies POLICIES --value VALUE --overwrite --region {region}',
	url: guide,
};

export const notExpiring: Rule<Parameter> = {
	id: 'ssm-parameter-expiry-distant',
	title: 'A parameter is not about to be deleted by its Expiration',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'At the moment of its Expiration Parameter Store deletes the parameter with all of its versions. What reads it fails from then on.',
	remediation: prolong,
	note: 'HIGH in the last day. Expiration is no reminder to change the value: it deletes. Changing the value leaves it as it is.',
	settings: {warnDays: 7, lastHours: 24},
	reads: [],
	exempts: exemptWithout('Expiration', 'has no Expiration'),
	evaluate({configuration}, {now, settings}) {
		const {warnDays = 7, lastHours = 24} = settings;
		const policies = policiesOf(configuration, 'Expiration');
		const [policy] = policies;
		if (policy === undefined) {
			return untold('policies');
		}

		if (policy.expiresAt === undefined) {
			return unreadable(policy);
		}

		const leftMs = msBetween(now, policy.expiresAt);
		const evidence = evidenceOf(`an Expiration more than ${warnDays} days ahead`, policies);
		if (leftMs <= 0) {
			return {verdict: 'FAIL', severity: 'HIGH', reason: `expired ${spanInWords(leftMs)} ago: it is deleted at the next scan`, evidence};
		}

		return leftMs < warnDays * dayMs
			? {
					verdict: 'FAIL',
					severity: leftMs < lastHours * hourMs ? 'HIGH' : 'MEDIUM',
					reason: `deleted in ${spanInWords(leftMs)}`,
					evidence,
				}
			: {verdict: 'PASS', reason: `deleted in ${spanInWords(leftMs)}`, evidence};
	},
};

export const expiryAnnounced: Rule<Parameter> = {
	id: 'ssm-parameter-expiry-announced',
	title: 'A parameter that expires announces its end',
	severity: 'LOW',
	published: unpublished,
	rationale: 'Without an ExpirationNotification a parameter goes in silence: the first to hear of it are those who read it.',
	remediation: {
		text: `Add an ExpirationNotification, in days or hours before the end, to the policies that it has, and route “Parameter Store Policy Action” events of aws.ssm to somebody. ${keepKey}`,
		cli: 'aws ssm put-parameter --name {name} --tier Advanced --policies POLICIES --value VALUE --overwrite --region {region}',
		url: guide,
	},
	note: 'Whether the event goes anywhere is asked of EventBridge.',
	reads: [],
	exempts: exemptWithout('Expiration', 'has no Expiration'),
	evaluate({configuration}) {
		if (configuration.policies === undefined) {
			return untold('policies');
		}

		const notices = policiesOf(configuration, 'ExpirationNotification');
		const evidence = evidenceOf('an ExpirationNotification', configuration.policies);
		return notices.length === 0
			? {verdict: 'FAIL', reason: 'expires unannounced: it has an Expiration and no ExpirationNotification', evidence}
			: {verdict: 'PASS', reason: `announced: ${notices.map(policyInWords).join('; ')}`, evidence};
	},
};

const change = {
	text: 'Change the credential where it was made and put the new value. Where something can change it by itself, keep it in Secrets Manager, which rotates.',
	url: 'https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html',
} as const;

export const changedInTime: Rule<Parameter> = {
	id: 'ssm-parameter-changed-in-time',
	title: 'A parameter is changed as often as its NoChangeNotification wants',
	severity: 'MEDIUM',
	published: unpublished,
	rationale: 'Somebody decided how old this value may grow. The event that says so is sent once, and easily missed.',
	remediation: {
		...change,
		text: `${change.text} ${keepKey}`,
		// Whatever has a policy is advanced.
		cli: 'aws ssm put-parameter --name {name} --tier Advanced --value VALUE --overwrite --region {region}',
	},
	reads: [],
	exempts: exemptWithout('NoChangeNotification', 'has no NoChangeNotification'),
	evaluate({configuration}, {now}) {
		const policies = policiesOf(configuration, 'NoChangeNotification');
		const [first] = policies;
		const {lastModifiedAt} = configuration;
		if (first === undefined || lastModifiedAt === undefined) {
			return untold(first === undefined ? 'policies' : 'last change');
		}

		const odd = policies.find(({afterMs}) => afterMs === undefined);
		if (odd !== undefined) {
			return unreadable(odd);
		}

		const strictestMs = Math.min(...policies.map(({afterMs = Number.POSITIVE_INFINITY}) => afterMs));
		const ageMs = msBetween(lastModifiedAt, now);
		const evidence = evidenceOf(`changed within ${spanInWords(strictestMs)}`, policies, `; LastModifiedDate ${lastModifiedAt}`);
		return ageMs > strictestMs
			? {verdict: 'FAIL', reason: `unchanged for ${spanInWords(ageMs)}, wanted every ${spanInWords(strictestMs)}`, evidence}
			: {verdict: 'PASS', reason: `changed ${spanInWords(ageMs)} ago, wanted every ${spanInWords(strictestMs)}`, evidence};
	},
};

export const changedLately: Rule<Parameter> = {
	id: 'ssm-parameter-changed-within-a-year',
	title: 'A SecureString was changed within a year',
	severity: 'LOW',
	published: unpublished,
	rationale:
		'Parameter Store rotates nothing. The older a credential, the more copies of it lie in logs, on laptops and with people who have left.',
	remediation: {
		...change,
		text: `${change.text} KEY_ID is the key that it is under, such as alias/aws/ssm: without one it moves to that. An advanced one takes --tier Advanced too.`,
		cli: 'aws ssm put-parameter --name {name} --type SecureString --key-id KEY_ID --value VALUE --overwrite --region {region}',
	},
	note: 'Counts from LastModifiedDate, which a new description moves too: a value may be older than it seems, never younger. A NoChangeNotification is judged by its own rule instead.',
	settings: {maximumDays: 365},
	reads: [],
	exempts(resource) {
		const {configuration} = resource;
		const shared = exemptWhenShared(resource);
		if (shared !== undefined || isPlain(configuration)) {
			return shared ?? `a ${configuration.type}: it may well stay the same`;
		}

		return configuration.policies?.some(policy => policy.type === 'NoChangeNotification')
			? 'its NoChangeNotification says how often'
			: undefined;
	},
	evaluate({configuration}, {now, settings}) {
		const {lastModifiedAt, version, policies} = configuration;
		const {maximumDays = 365} = settings;
		const odd = oddType(configuration);
		if (odd !== undefined || lastModifiedAt === undefined || policies === undefined) {
			return odd ?? untold(lastModifiedAt === undefined ? 'last change' : 'policies');
		}

		const ageMs = msBetween(lastModifiedAt, now);
		const age = spanInWords(ageMs);
		const evidence = {
			expected: `LastModifiedDate within ${maximumDays} days`,
			observed: `LastModifiedDate ${lastModifiedAt}, Version ${version ?? 'absent'}`,
			operation: 'DescribeParameters',
		};
		if (ageMs <= maximumDays * dayMs) {
			return {verdict: 'PASS', reason: `changed ${age} ago`, evidence};
		}

		return {
			verdict: 'FAIL',
			reason: version === 1 ? `never changed since it was made ${age} ago` : `unchanged for ${age}`,
			evidence,
		};
	},
};
