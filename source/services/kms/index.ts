import {defineService, hourMs, type Kind, type Resource, readPolicy, tagListing} from '../../model/index.js';
import {isScheduledForDeletion} from './rules/common.js';
import {rules} from './rules/index.js';
import type {Key} from './rules/key.js';

// Quotas are per account and Region, and shared with everything else that uses KMS there.
const source = 'https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html';
const paging = {input: 'Marker', output: 'NextMarker'} as const;

/**
 * A customer managed key costs $1 a month, and its first and second rotation $1 more each. One that is scheduled for
 * deletion costs nothing. https://aws.amazon.com/kms/pricing/
 */
const usdPerMonth = (key: Resource<Key>): number => {
	if (key.configuration.keyManager !== 'CUSTOMER' || isScheduledForDeletion(key)) {
		return 0;
	}

	const rotations = key.configuration.materials?.filter(({rotationDate}) => rotationDate !== undefined).length ?? 0;
	return 1 + Math.min(rotations, 2);
};

const rotationInWords = ({configuration: {rotation, origin, keyManager, multiRegion, keyState}}: Resource<Key>): string | undefined => {
	if (keyManager === 'AWS') {
		return 'yearly by AWS';
	}

	if (rotation) {
		return rotation.enabled ? `${rotation.periodInDays ?? 365} d` : 'off';
	}

	return origin === 'EXTERNAL'
		? 'imported'
		: multiRegion?.type === 'REPLICA'
			? 'by primary'
			: rotation === null || keyState !== undefined
				? '–'
				: undefined;
};

const lastRotation = ({configuration: {materials}}: Resource<Key>): string | undefined =>
	materials?.flatMap(({rotationDate}) => rotationDate ?? []).sort((a, b) => Date.parse(b) - Date.parse(a))[0];

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const some = (names: readonly string[] | undefined): string | undefined =>
	names === undefined || names.length === 0 ? undefined : names.join(', ');

const policySummary = ({configuration: {policy}, accountId}: Resource<Key>) => {
	const reading = policy === undefined ? undefined : readPolicy(policy, accountId);
	return reading?.readable === true ? reading.summary : undefined;
};

const iamInWords = (key: Resource<Key>): string | undefined => {
	const summary = policySummary(key);
	return summary && (summary.delegatesToIam ? 'yes, by the account’s root in the key policy' : 'no, the key policy alone decides');
};

const keys: Kind<Key> = {
	resourceType: 'AWS::KMS::Key',
	title: 'Keys',
	columns: [
		{title: 'State', value: ({configuration}) => configuration.keyState},
		{title: 'Rotation', value: rotationInWords},
		{title: 'Last used', value: ({configuration}) => at(configuration.lastUsage?.usedAt)},
		{title: 'Type', value: ({configuration}) => configuration.keySpec},
		{title: 'Origin', value: ({configuration}) => configuration.origin},
		{title: 'Next rotation', value: ({configuration}) => at(configuration.rotation?.nextRotationDate)},
		{title: 'US$/month', value: usdPerMonth},
	],
	facts: [
		{title: 'Aliases', value: ({configuration}) => some(configuration.aliases)},
		{title: 'Description', value: ({configuration}) => configuration.description || undefined},
		{title: 'State', value: ({configuration}) => configuration.keyState},
		{title: 'Manager', value: ({configuration}) => configuration.keyManager},
		{title: 'Type', value: ({configuration}) => configuration.keySpec},
		{title: 'Usage', value: ({configuration}) => configuration.keyUsage},
		{title: 'Origin', value: ({configuration}) => configuration.origin},
		{
			title: 'Key store',
			value: ({configuration: {customKeyStoreId, keyStore}}) => [keyStore?.name, customKeyStoreId].filter(Boolean).join(', ') || undefined,
		},
		{
			title: 'Key store connection',
			value: ({configuration: {keyStore}}) =>
				[keyStore?.connectionState, keyStore?.connectionErrorCode].filter(Boolean).join(', ') || undefined,
		},
		{title: 'CloudHSM cluster', value: ({configuration}) => configuration.cloudHsmClusterId},
		{title: 'Created', value: ({configuration}) => at(configuration.creationDate)},
		{title: 'Deletion', value: ({configuration}) => at(configuration.deletionDate)},
		{title: 'Deletion window in days', value: ({configuration}) => configuration.pendingDeletionWindowInDays},
		{title: 'Key material ends', value: ({configuration}) => at(configuration.validTo)},
		{title: 'Rotation', value: rotationInWords},
		{title: 'Next rotation', value: ({configuration}) => at(configuration.rotation?.nextRotationDate)},
		{title: 'Last rotation', value: key => at(lastRotation(key))},
		{title: 'Rotation on demand since', value: ({configuration}) => at(configuration.rotation?.onDemandRotationStartDate)},
		{title: 'Last used', value: ({configuration}) => at(configuration.lastUsage?.usedAt)},
		{title: 'Last used by', value: ({configuration}) => configuration.lastUsage?.operation},
		{title: 'Use recorded since', value: ({configuration}) => at(configuration.lastUsage?.trackedSince)},
		{title: 'Multi-Region', value: ({configuration}) => configuration.multiRegion?.type},
		{title: 'Primary', value: ({configuration}) => configuration.multiRegion?.primary?.arn},
		{title: 'Replicas in', value: ({configuration}) => some(configuration.multiRegion?.replicas.map(({awsRegion}) => awsRegion))},
		{title: 'IAM policies grant too', value: iamInWords},
		{title: 'Other accounts in policy', value: key => some(Object.keys(policySummary(key)?.accounts ?? {}))},
		{title: 'Organizations in policy', value: key => some(Object.keys(policySummary(key)?.organizations ?? {}))},
		{title: 'Other principals in policy', value: key => some(policySummary(key)?.others)},
		{title: 'Services in policy', value: key => some(policySummary(key)?.services)},
		{title: 'Grants', value: ({configuration}) => configuration.grantees?.reduce((sum, {grants}) => sum + grants, 0)},
		{title: 'US$/month', value: usdPerMonth},
	],
	rules,
	// Not its next rotation: KMS sees to that, and nothing ends with it.
	expirations: ({configuration: {deletionDate, validTo}}) => [
		...(deletionDate === undefined ? [] : [{what: 'key (deletion)', at: deletionDate}]),
		...(validTo === undefined ? [] : [{what: 'key material', at: validTo}]),
	],
	usdPerMonth,
	related: ({configuration: {multiRegion}}) =>
		multiRegion?.type === 'PRIMARY'
			? multiRegion.replicas.map(({arn}) => arn)
			: multiRegion?.primary === undefined
				? []
				: [multiRegion.primary.arn],
	consolePath: ({awsRegion, resourceId}) => `kms/home?region=${awsRegion}#/kms/keys/${encodeURIComponent(resourceId)}`,
};

export const kms = defineService({
	id: 'kms',
	title: 'KMS keys',
	group: 'keys and secrets',
	leads: 'worst',
	scope: 'regional',
	// Ten thousand keys take nine minutes the first time, at a fifth of the quota of ListGrants.
	refresh: {full: {everyMs: 5 * 60_000, deadlineMs: 15 * 60_000}},
	iamPrefix: 'kms',
	operations: {
		ListKeys: {requestsPerSecond: 500, paging, answers: ['Keys'], source},
		ListAliases: {requestsPerSecond: 500, paging, answers: ['Aliases'], source},
		// How old an answer may be depends on the key and on how many there are: see `collect/`.
		DescribeKey: {requestsPerSecond: 2000, answers: ['KeyMetadata'], source},
		GetKeyRotationStatus: {requestsPerSecond: 1000, answers: ['KeyRotationEnabled'], freshForMs: hourMs, source},
		GetKeyPolicy: {requestsPerSecond: 1000, answers: ['Policy'], freshForMs: hourMs, source},
		ListGrants: {requestsPerSecond: 100, paging, answers: ['Grants'], freshForMs: 6 * hourMs, source},
		ListKeyRotations: {requestsPerSecond: 100, paging, answers: ['Rotations'], freshForMs: 24 * hourMs, source},
		GetKeyLastUsage: {requestsPerSecond: 5, answers: ['KeyLastUsage'], freshForMs: 24 * hourMs, slow: true, source},
		// One listing for all key stores, and only where a key is in one.
		DescribeCustomKeyStores: {requestsPerSecond: 5, paging, answers: ['CustomKeyStores'], freshForMs: 5 * 60_000, source},
		GetResources: tagListing,
	},
	kinds: [keys],
	load: async () => import('./collect/index.js'),
});
