import type {FailoverStatus, GlobalClusterMemberSynchronizationStatus, StorageEncryptionType} from '@aws-sdk/client-rds';
import type {DenialReason} from '../endpoint/aws-error.js';
import type {Place} from '../scenarios/scenario.js';

export type RdsMember = {
	readonly name: string;
	readonly awsRegion: string;
	isWriter: boolean;
	synchronizationStatus: GlobalClusterMemberSynchronizationStatus;
};

export type RdsGlobalCluster = {
	readonly id: string;
	status: string;
	engine: string;
	encryption: StorageEncryptionType;
	deletionProtection: boolean;
	failover?: FailoverStatus | undefined;
	members: readonly RdsMember[];
	tags: Readonly<Record<string, string>>;
};

export type RdsCluster = {
	readonly name: string;
	status: string;
	engine: string;
	encryption: StorageEncryptionType;
	kmsKeyId?: string | undefined;
	/** Zones of its instances, by letter: `ab` are two instances in two zones. */
	instances: string;
	deletionProtection: boolean;
	iamAuthentication: boolean;
	tags: Readonly<Record<string, string>>;
};

/** Of one Region. Global clusters stand in the state of each Region, since each tells of all. */
export type RdsState = {
	globalClusters: RdsGlobalCluster[];
	clusters: RdsCluster[];
	/** Operations that are refused in this Region, and why. */
	refused: Readonly<Record<string, DenialReason>>;
};

export const member = (name: string, awsRegion: string, facts: Partial<RdsMember> = {}): RdsMember => ({
	name,
	awsRegion,
	isWriter: false,
	synchronizationStatus: 'connected',
	...facts,
});

/** Encrypted with KMS keys, protected, in step; the first member is its writer. `facts` say what differs. */
export const globalCluster = (
	id: string,
	members: readonly RdsMember[],
	facts: Partial<Omit<RdsGlobalCluster, 'id' | 'members'>> = {},
): RdsGlobalCluster => ({
	id,
	status: 'available',
	engine: 'aurora-postgresql',
	encryption: 'sse-kms',
	deletionProtection: true,
	members: members.map((one, index) => ({...one, isWriter: index === 0})),
	tags: {},
	...facts,
});

/** Encrypted with a KMS key of the account, with two instances in two zones; `facts` say what differs. */
export const cluster = (place: Place, name: string, facts: Partial<Omit<RdsCluster, 'name'>> = {}): RdsCluster => {
	const encryption = facts.encryption ?? 'sse-kms';
	return {
		name,
		status: 'available',
		engine: 'aurora-postgresql',
		encryption,
		...(encryption === 'sse-kms' && {kmsKeyId: place.arn('kms', `key/${place.random(`rds/${name}`).uuid()}`)}),
		instances: 'ab',
		deletionProtection: true,
		iamAuthentication: true,
		tags: {},
		...facts,
	};
};
