import type {Resource} from '../../../model/index.js';
import type {Encrypted} from './encryption.js';

/** AWS Config's name. */
export const globalClusterType = 'AWS::RDS::GlobalCluster';

/** Names and values are AWS's; enumerations are open, because AWS adds to them. Told in the Region of its writer. */
export type GlobalCluster = Encrypted & {
	/** `available`, `creating`, `deleting` and so on. */
	readonly status?: string;
	/** `aurora-mysql`, `aurora-postgresql`; `docdb` and `neptune` too. */
	readonly engine?: string;
	readonly engineVersion?: string;
	readonly deletionProtection?: boolean;
	/** The name that always leads to the writer. */
	readonly endpoint?: string;
	/** `pending`, `failing-over` or `cancelling`, while a switchover or failover is under way. */
	readonly failover?: string;
	/** The writer first. */
	readonly members: readonly Member[];
};

export type Member = {
	readonly arn: string;
	readonly awsRegion: string;
	readonly isWriter: boolean;
	/** `connected` or `pending-resync`. */
	readonly synchronizationStatus?: string;
};

/** Why no question about it arises. */
export const whileDeleted = ({configuration: {status}}: Resource<{readonly status?: string}>): string | undefined =>
	status === 'deleting' ? 'it is being deleted' : undefined;

export const secondaries = ({members}: GlobalCluster): readonly Member[] => members.filter(({isWriter}) => !isWriter);
