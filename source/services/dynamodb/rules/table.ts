import type {Resource, RuleContext} from '../../../model/index.js';

/** AWS Config's name. */
export const tableType = 'AWS::DynamoDB::Table';

/** A table, or a global table's replica in this Region. Names and values are AWS's; times are ISO 8601. Never items. */
export type Table = {
	readonly status?: string;
	readonly tableId?: string;
	readonly createdAt?: string;
	/** `PROVISIONED` or `PAY_PER_REQUEST`. */
	readonly billingMode?: string;
	/** `STANDARD` or `STANDARD_INFREQUENT_ACCESS`. */
	readonly tableClass?: string;
	/** DynamoDB counts both about every six hours. */
	readonly sizeBytes?: number;
	readonly itemCount?: number;
	readonly deletionProtection?: boolean;
	/** The KMS key here, or null where DynamoDB uses a key that AWS owns, which is the default and free. */
	readonly encryption?: Encryption | null;
	/** Of a global table: its replicas in other Regions, as told by this one. Empty where it has none. */
	readonly replicas?: readonly Replica[];
	/** Regions that keep no data, but a say in strongly consistent writes. */
	readonly witnesses?: ReadonlyArray<{readonly awsRegion: string; readonly status?: string}>;
	/** `2019.11.21`, or `2017.11.29` of old. */
	readonly globalTableVersion?: string;
	/** `EVENTUAL` or `STRONG`. */
	readonly multiRegionConsistency?: string;
	/** By ListGlobalTables: the Regions of a global table of version 2017.11.29, this one among them; null where it is none. */
	readonly legacyRegions?: readonly string[] | null;
	/** Where it was archived because its key could not be used. */
	readonly archival?: {readonly at?: string; readonly reason?: string; readonly backupArn?: string};
	/** By DescribeContinuousBackups. Null where the table was not there to be asked any more. */
	readonly recovery?: {
		readonly enabled: boolean;
		readonly periodDays?: number;
		readonly earliestAt?: string;
		readonly latestAt?: string;
	} | null;
};

export type Encryption = {
	/** `KMS`. */
	readonly type?: string;
	/** `ENABLED`, `UPDATING` and the like. */
	readonly status?: string;
	/** The key in this Region. Whether it is `aws/dynamodb` or the account's own is told by KMS alone. */
	readonly keyArn?: string;
	/** Since when DynamoDB cannot use the key. */
	readonly inaccessibleSince?: string;
};

export type Replica = {
	readonly awsRegion: string;
	readonly arn: string;
	readonly status?: string;
	readonly statusDescription?: string;
	/**
	 * The KMS key there, an ARN or an id. Null where this Region does not tell it: AWS leaves out keys that it owns, and at
	 * times those of customers too, so that only the replica's own description can say that there is none.
	 */
	readonly keyId: string | null;
	readonly inaccessibleSince?: string;
	readonly tableClass?: string;
};

export type TableResource = Resource<Table>;

/** The ARN that the table has in another Region: the same but for the Region. */
export const arnIn = ({arn}: {readonly arn: string}, awsRegion: string): string =>
	arn
		.split(':')
		.map((part, index) => (index === 3 ? awsRegion : part))
		.join(':');

/** All Regions of a global table, sorted, its own among them; its own alone of any other. */
export const regionsOf = ({configuration: {replicas = [], legacyRegions}, awsRegion}: TableResource): readonly string[] =>
	[...new Set([awsRegion, ...replicas.map(replica => replica.awsRegion), ...(legacyRegions ?? [])])].sort();

/**
 * Says where a question about the whole of a global table is answered, if not here: in the first of its Regions whose
 * replica could be read. A Region that nobody watches, or that is kept from readers, answers for nobody.
 */
export const judgedElsewhere = (resource: TableResource, {related}: RuleContext): string | undefined => {
	const judge = regionsOf(resource).find(awsRegion => {
		if (awsRegion === resource.awsRegion) {
			return true;
		}

		const replica = related(arnIn(resource, awsRegion));
		return replica !== undefined && replica.unread['DescribeTable'] === undefined;
	});
	return judge === undefined || judge === resource.awsRegion ? undefined : `a replica: judged in ${judge} for all Regions`;
};

/** A global table of version 2017.11.29, of which DescribeTable tells no replicas. */
export const isLegacy = ({globalTableVersion, legacyRegions}: Table): boolean =>
	globalTableVersion === '2017.11.29' || (globalTableVersion === undefined && legacyRegions !== undefined && legacyRegions !== null);

/** `in us-east-1 and eu-west-1`. */
export const inRegions = (regions: readonly string[]): string =>
	regions.length > 1 ? `in ${regions.slice(0, -1).join(', ')} and ${regions.at(-1)}` : `in ${regions.join('')}`;
