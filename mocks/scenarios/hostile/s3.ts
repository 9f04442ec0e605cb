import {allow, bucket, denyPlainHttp, kms, policyOf, replication, replicationRule, type S3State} from '../../services/s3-state.js';
import type {Populate} from '../scenario.js';
import {hostileMegabyte, hostileStrings} from './strings.js';

/**
 * S3 allows few characters in names of buckets, but any in Sids, ids of rules, prefixes and tags. XML has no place for
 * most control characters: they come escaped or not at all, as JSON inside the policy does not mind.
 */
export const populate: Populate<S3State> = place => ({
	buckets: [
		...hostileStrings.map((trick, index) =>
			bucket(place, `hostile-${index}`, {
				policy: policyOf(
					denyPlainHttp(place, `hostile-${index}`, {
						Sid: trick,
						Action: trick,
						Condition: {Bool: {'aws:SecureTransport': 'false', [trick]: trick}},
					}),
					allow(place, `hostile-${index}`, {AWS: ['arn:aws:iam::999988887777:root', trick]}, trick, {StringEquals: {[trick]: trick}}),
				),
				encryption: kms(trick),
				replication: replication(
					place,
					replicationRule(place, trick, `elsewhere-${trick}`, {
						account: trick,
						replicaKey: trick,
						Filter: {And: {Prefix: trick, Tags: [{Key: trick, Value: trick}]}},
						DeleteMarkerReplication: {Status: 'Disabled'},
					}),
				),
			}),
		),
		// Names and Regions that only something that says it is AWS would send; the Region would become a part of the address.
		bucket(place, '\u001b[2J\u001b[Hno-bucket', {listedIn: 'evil.example/#'}),
		bucket(place, 'unplaced', {listedIn: null}),
		bucket(place, 'policy-long', {policy: hostileMegabyte}),
		bucket(place, 'policy-no-object', {policy: '["\u001b[31m"]'}),
		bucket(place, 'policy-no-statements', {policy: '{"Statement": ["none", 7]}'}),
	],
});
