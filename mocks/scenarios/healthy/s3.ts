import {bucket, kms, replication, replicationRule, type S3State} from '../../services/s3-state.js';
import {keyArn} from '../estate.js';
import type {Populate} from '../scenario.js';

/** Few buckets, all closed, encrypted by KMS with a Bucket Key, and one of them replicated to Ireland. */
export const populate: Populate<S3State> = place =>
	place.awsRegion === 'us-east-1'
		? {
				buckets: [
					bucket(place, 'acme-sandbox-app-us-east-1', {encryption: kms(keyArn(place, 'prod/app'))}),
					bucket(place, 'acme-sandbox-customers-us-east-1', {
						encryption: kms(keyArn(place, 'prod/backups')),
						replication: replication(
							place,
							replicationRule(place, 'to-ireland', 'acme-sandbox-customers-eu-west-1', {
								replicaKey: keyArn(place, 'prod/backups', 'eu-west-1'),
							}),
						),
					}),
					bucket(place, 'acme-sandbox-app-eu-west-1', {awsRegion: 'eu-west-1', encryption: kms(keyArn(place, 'prod/app', 'eu-west-1'))}),
					bucket(place, 'acme-sandbox-customers-eu-west-1', {
						awsRegion: 'eu-west-1',
						encryption: kms(keyArn(place, 'prod/backups', 'eu-west-1')),
					}),
				],
			}
		: undefined;
