import type {Random} from '../../endpoint/random.js';
import {
	allow,
	bucket,
	denyPlainHttp,
	kms,
	ownKeys,
	policyOf,
	replication,
	replicationRule,
	type S3Bucket,
	type S3State,
} from '../../services/s3-state.js';
import type {Place, Populate} from '../scenario.js';
import {environments, teams, things} from './names.js';

const counts: ReadonlyArray<readonly [awsRegion: string, count: number]> = [
	['us-east-1', 500],
	['eu-west-1', 260],
	['ap-southeast-2', 140],
];

const made = (place: Place, chance: Random, awsRegion: string, index: number): S3Bucket => {
	const name = `acme-${chance.pick(environments)}-${chance.pick(teams)}-${chance.pick(things)}-${index}`;
	const common = {awsRegion, creationDate: place.daysAgo(chance.between(20, 2800))};
	const key = place.arn('kms', `key/${place.random(`s3/${awsRegion}`).uuid()}`, awsRegion);
	// Most of a large account is in order; a few in a hundred need somebody.
	const sort = chance.next();
	if (sort < 0.1) return bucket(place, name, {...common, policy: undefined, versioning: undefined});
	if (sort < 0.16) return bucket(place, name, {...common, encryption: ownKeys(null)});
	if (sort < 0.2) return bucket(place, name, {...common, encryption: kms(key, {BucketKeyEnabled: false})});
	if (sort < 0.22) return bucket(place, name, {...common, publicAccessBlock: undefined});
	if (sort < 0.225) {
		const policy = policyOf(denyPlainHttp(place, name), allow(place, name, '*', 's3:GetObject'));
		return bucket(place, name, {...common, policy, policyIsPublic: true, publicAccessBlock: undefined});
	}
	if (sort < 0.24) {
		return bucket(place, name, {
			...common,
			encryption: kms(key),
			replication: replication(place, replicationRule(place, 'copy', `acme-copies-${awsRegion}`)),
		});
	}
	return bucket(place, name, {...common, encryption: chance.chance(0.5) ? kms(key) : ownKeys()});
};

/** 903 buckets in three Regions. */
export const populate: Populate<S3State> = place => {
	if (place.awsRegion !== 'us-east-1') return undefined;
	const chance = place.random('s3');
	return {
		buckets: counts.flatMap(([awsRegion, count]) => [
			bucket(place, `acme-copies-${awsRegion}`, {awsRegion}),
			...Array.from({length: count}, (_, index) => made(place, chance, awsRegion, index)),
		]),
	};
};
