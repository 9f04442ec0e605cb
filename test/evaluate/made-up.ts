import type {Kind, ReportedFinding, Resource, ResourceEntry, Rule, RuleOverride, Service} from '../../source/model/index.js';

/** What the made-up lockers are. */
export type Locker = {readonly locked?: boolean; readonly guards?: number; readonly paper?: boolean};

export const now = '2026-11-23T12:00:00.000Z';
export const later = '2026-11-23T12:05:00.000Z';
export const muchLater = '2026-11-24T12:00:00.000Z';

const common = {
	published: {securityControlIds: [], cis: [], prowler: []},
	rationale: 'Lockers hold things.',
	remediation: {text: 'Lock it.', url: 'https://docs.aws.amazon.com/locker/'},
} as const;

const lockedRule: Rule<Locker> = {
	...common,
	id: 'locker-door-locked',
	title: 'The door should be locked',
	severity: 'HIGH',
	reads: ['GetDoor'],
	settings: {guardsNeeded: 1},
	exempts: ({configuration}) => (configuration.paper === true ? 'a paper locker has no lock' : undefined),
	evaluate: ({configuration: {locked, guards = 0}}, {settings}) =>
		locked === true
			? {verdict: 'PASS', reason: 'the door is locked'}
			: {
					verdict: 'FAIL',
					reason: 'the door is open',
					...(guards < (settings['guardsNeeded'] ?? 0) && {severity: 'CRITICAL'}),
					evidence: {expected: 'locked', observed: String(locked), operation: 'GetDoor'},
				},
};

const guardedRule: Rule<Locker> = {
	...common,
	id: 'locker-guards-present',
	title: 'Somebody should stand guard',
	severity: 'LOW',
	reads: ['GetDoor', 'ListGuards'],
	evaluate: ({configuration: {guards}}) => {
		if (guards === undefined) {
			throw new TypeError('guards were not counted');
		}

		return guards > 0 ? {verdict: 'PASS', reason: `${guards} on guard`} : {verdict: 'FAIL', reason: 'nobody is on guard'};
	},
};

export const lockers: Kind<Locker> = {
	resourceType: 'AWS::Locker::Locker',
	title: 'Lockers',
	columns: [
		{title: 'Locked', value: ({configuration}) => (configuration.locked === true ? 'yes' : 'no')},
		{
			title: 'Throws',
			value: () => {
				throw new Error('a broken column');
			},
		},
	],
	facts: [
		{title: 'Guards', value: ({configuration}) => configuration.guards},
		{title: 'Nothing', value: () => undefined},
	],
	rules: [lockedRule, guardedRule],
	expirations: () => [
		{what: 'lease', at: muchLater},
		{what: 'nonsense', at: 'soon'},
	],
	usdPerMonth: () => 1,
	consolePath: ({resourceId}) => `locker/${resourceId}`,
};

export const service: Service = {
	id: 'locker',
	title: 'Lockers',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 300_000, deadlineMs: 60_000}},
	iamPrefix: 'locker',
	operations: {
		GetDoor: {requestsPerSecond: 100, source: 'https://docs.aws.amazon.com/locker/quotas'},
		ListGuards: {requestsPerSecond: 5, slow: true, source: 'https://docs.aws.amazon.com/locker/quotas'},
	},
	kinds: [lockers as Kind],
	reports: {
		source: 'guardduty',
		title: 'Findings',
		columns: [{title: 'Score', value: finding => finding.score}],
		facts: [],
		consolePath: () => 'locker/findings',
	},
	load: () => Promise.reject(new Error('a made-up service is not polled here')),
};

export const locker = (configuration: Locker, over: Partial<Resource<Locker>> = {}): Resource<Locker> => ({
	arn: 'arn:aws:locker:eu-west-1:123456789012:locker/7',
	resourceType: 'AWS::Locker::Locker',
	resourceId: '7',
	resourceName: 'seven',
	accountId: '123456789012',
	awsRegion: 'eu-west-1',
	tags: {},
	configuration,
	unread: {},
	readAt: {},
	...over,
});

export const refusal = (operation: string, over: Partial<Resource['unread'][string]> = {}): Resource['unread'] => ({
	[operation]: {
		status: 'denied',
		operation,
		iamAction: `locker:${operation}`,
		error: 'AccessDeniedException',
		message: 'not authorised',
		...over,
	},
});

const context = (at: string) => ({now: at, trustedAccounts: [], related: () => undefined, watches: () => true});

export const evaluationOf = (
	resource: Resource<Locker>,
	previous: ResourceEntry | undefined,
	at: string,
	over: {readonly rules?: Readonly<Record<string, RuleOverride>>; readonly baseline?: boolean; readonly kind?: Kind} = {},
) => ({
	service,
	kind: over.kind ?? (lockers as Kind),
	resource,
	previous,
	context: context(at),
	rules: over.rules ?? {},
	baseline: over.baseline ?? false,
});

export const reported = (over: Partial<ReportedFinding> = {}): ReportedFinding => ({
	id: 'f-1',
	source: 'guardduty',
	type: 'Break:In/Locker',
	title: 'Somebody broke in',
	reason: 'locker seven was broken into',
	severity: 'MEDIUM',
	recordState: 'active',
	marks: [],
	resource: {
		arn: 'arn:aws:locker:eu-west-1:123456789012:locker/7',
		resourceType: 'AWS::Locker::Locker',
		resourceId: '7',
		resourceName: 'seven',
		accountId: '123456789012',
		awsRegion: 'eu-west-1',
	},
	firstObservedAt: now,
	lastObservedAt: now,
	updatedAt: now,
	details: {},
	...over,
});
