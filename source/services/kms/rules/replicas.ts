import {isSamePolicy, type Rule, type RuleContext, unpublished} from '../../../model/index.js';
import {guide, type KeyResource, primaryOfReplica, stateInWords, unfamiliar, unlessEnabled} from './common.js';
import type {Key, RelatedKey} from './key.js';

/** What differs for certain, and what cannot be told. */
type Comparison = {readonly drifts: readonly string[]; readonly unclear: readonly string[]};

const unclear = (sentence: string): Comparison => ({drifts: [], unclear: [sentence]});

const compare = (primary: KeyResource, replica: RelatedKey, {related, watches}: RuleContext): Comparison => {
	const {awsRegion} = replica;
	if (!watches(awsRegion)) {
		return unclear(`replica in ${awsRegion}, a Region that is not watched`);
	}

	const found = related(replica.arn);
	if (found === undefined) {
		// AWS lists it among the replicas, so that it exists: it has not been read, or may not be listed.
		return unclear(`replica in ${awsRegion} has not been seen yet`);
	}

	// Of the same service and type as this resource: `related` names nothing but keys.
	const {keyState, policy} = found.configuration as Key;
	if (keyState === undefined) {
		return unclear(`state of the replica in ${awsRegion} could not be read`);
	}

	const isFit = keyState === 'Enabled' || keyState === 'Updating' || keyState === 'Creating';
	const drifts = isFit ? [] : [`replica in ${awsRegion} is ${stateInWords(keyState) ?? `in state ${keyState}`}`];
	const own = primary.configuration.policy;
	if (policy === undefined || own === undefined) {
		return {drifts, unclear: [`policy of the replica in ${awsRegion} could not be read`]};
	}

	return isSamePolicy({policy: own, awsRegion: primary.awsRegion}, {policy, awsRegion})
		? {drifts, unclear: []}
		: {drifts: [...drifts, `replica in ${awsRegion} has another policy`], unclear: []};
};

export const replicasConsistent: Rule<Key> = {
	id: 'kms-replicas-consistent',
	title: 'The replicas of a multi-Region key should be fit to take over',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'Replicas share key material and rotation, and nothing else: each has its own policy, grants, aliases and state. What differs is found on the day the other Region is needed.',
	remediation: {
		text: 'Enable the replica, or give it the policy of its primary. A multi-Region key without replicas can be replaced by a plain one.',
		cli: 'aws kms describe-key --key-id {id} --region {region} --query KeyMetadata.MultiRegionConfiguration',
		terraform:
			'resource "aws_kms_replica_key" "this" {\n  primary_key_arn = aws_kms_key.primary.arn\n  policy          = data.aws_iam_policy_document.this.json\n  enabled         = true\n}',
		url: `${guide}/multi-region-keys-overview.html`,
	},
	note: 'Asked once, of the primary. Prowler’s kms_cmk_not_multi_region asks the opposite question, whether there are multi-Region keys at all. Grants, aliases, tags and last use are meant to differ and are not compared.',
	reads: ['DescribeKey', 'GetKeyPolicy'],
	exempts: resource => {
		const {keyManager, multiRegion} = resource.configuration;
		const primary = primaryOfReplica(resource);
		return (
			unlessEnabled(resource) ??
			(primary === undefined ? undefined : `a replica: judged with its primary in ${primary}`) ??
			(keyManager === 'CUSTOMER' && multiRegion === undefined ? 'a single-Region key' : undefined)
		);
	},
	evaluate: (resource, context) => {
		const {keyState, multiRegion} = resource.configuration;
		if (keyState !== 'Enabled') {
			return unfamiliar('its state', keyState);
		}

		if (multiRegion?.type !== 'PRIMARY') {
			return unfamiliar('its part in the multi-Region key', multiRegion?.type);
		}

		const {replicas} = multiRegion;
		const expected = 'replicas that are enabled and have the same policy';
		if (replicas.length === 0) {
			return {
				verdict: 'FAIL',
				severity: 'LOW',
				reason: 'a multi-Region key without a replica',
				evidence: {expected, observed: 'ReplicaKeys empty', operation: 'DescribeKey'},
			};
		}

		const comparisons = replicas.map(replica => compare(resource, replica, context));
		const drifts = comparisons.flatMap(found => found.drifts);
		if (drifts.length > 0) {
			return {verdict: 'FAIL', reason: drifts.join('; '), evidence: {expected, observed: drifts.join('; '), operation: 'DescribeKey'}};
		}

		const open = comparisons.flatMap(found => found.unclear);
		const regions = replicas.map(({awsRegion}) => awsRegion).join(', ');
		return open.length > 0
			? {verdict: 'UNKNOWN', reason: open.join('; ')}
			: {
					verdict: 'PASS',
					reason:
						replicas.length === 1
							? `replica in ${regions} is enabled and has the same policy`
							: `replicas in ${regions} are enabled and have the same policy`,
					evidence: {expected, observed: regions, operation: 'DescribeKey'},
				};
	},
};
