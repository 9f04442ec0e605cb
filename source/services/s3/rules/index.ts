import type {Rule} from '../../../model/index.js';
import type {Bucket} from './bucket.js';
import {bucketKey, customerKeysBlocked, encryptedWithKms} from './encryption.js';
import {policyTrusted, tlsOnly} from './policy.js';
import {notPublic, publicAccessBlocked} from './public.js';
import {kmsObjectsReplicated, replicaKeyFits} from './replica-keys.js';
import {destinationTrusted, replicatedElsewhere, replicationVersioned} from './replication.js';

/** What should be true of a bucket, most pressing first. */
export const bucketRules: ReadonlyArray<Rule<Bucket>> = [
	notPublic,
	publicAccessBlocked,
	destinationTrusted,
	kmsObjectsReplicated,
	replicaKeyFits,
	replicationVersioned,
	tlsOnly,
	policyTrusted,
	bucketKey,
	customerKeysBlocked,
	replicatedElsewhere,
	encryptedWithKms,
];
