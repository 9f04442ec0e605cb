import type {Encrypted} from './encryption.js';

/** AWS Config's name. */
export const clusterType = 'AWS::RDS::DBCluster';

/** A member of a global cluster: its own facts by DescribeDBClusters, its part in the whole by DescribeGlobalClusters. */
export type Cluster = Encrypted & {
	readonly globalClusterId: string;
	readonly globalClusterArn: string;
	readonly isWriter: boolean;
	readonly status?: string;
	readonly engine?: string;
	readonly engineVersion?: string;
	/** The KMS key's ARN, of this Region; null where AWS says that there is none. */
	readonly kmsKeyId?: string | null;
	readonly multiAz?: boolean;
	/** How many instances it has: none in a secondary that only keeps the data. */
	readonly instances?: number;
	readonly deletionProtection?: boolean;
	readonly iamAuthentication?: boolean;
	readonly backupRetentionDays?: number;
	readonly endpoint?: string;
	readonly readerEndpoint?: string;
};
