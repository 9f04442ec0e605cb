import type {Inputs, Joined, Refusal} from '../../model/index.js';
import type {Trail} from '../../services/cloudtrail/rules/trail.js';
import type {Recorder} from '../../services/config/rules/recorder.js';
import type {Table} from '../../services/dynamodb/rules/table.js';
import type {RegionSettings} from '../../services/ec2/rules/settings.js';
import type {Snapshot} from '../../services/ec2/rules/snapshot.js';
import type {Volume} from '../../services/ec2/rules/volume.js';
import type {Key} from '../../services/kms/rules/key.js';
import type {Cluster} from '../../services/rds/rules/cluster.js';
import type {HostedZone} from '../../services/route53/rules/zone.js';
import type {Bucket} from '../../services/s3/rules/bucket.js';
import type {Secret} from '../../services/secretsmanager/rules/secret.js';
import type {Parameter} from '../../services/ssm/rules/parameter.js';

/** How a resource names its key: an ARN, an alias's ARN, an alias or a bare id. */
type Reference = string | null | undefined;

/** One name for a key or an alias, whichever way it was written. Aliases and bare ids are of the place where they are used. */
const normalised = (reference: string, awsRegion: string, accountId: string): string => {
	if (reference.startsWith('arn:')) {
		const [, , , region = '', account = '', ...rest] = reference.split(':');
		return `${region} ${account} ${rest.join(':')}`;
	}

	return `${awsRegion} ${accountId} ${reference.startsWith('alias/') ? reference : `key/${reference}`}`;
};

/** What uses keys. */
export type KeyIndex = {
	/** What uses a key, by all of its names: `volume vol-1`. */
	users(key: Joined<Key>): readonly string[];
	/** What was refused of a bucket and would tell a key: by the Region of that key, or `global` where it may be of any. */
	readonly refused: ReadonlyMap<string, readonly Refusal[]>;
};

/** The keys of a zone's signatures. One that is not active signs nothing. */
const signingKeys = ({dnssec}: HostedZone): readonly Reference[] =>
	dnssec === undefined || dnssec.status === 'NOT_SIGNING'
		? []
		: dnssec.keys.flatMap(({kmsKeyArn, status}) => (status === 'INACTIVE' ? [] : kmsKeyArn));

class Index implements KeyIndex {
	readonly #inputs: Inputs;
	readonly #users = new Map<string, string[]>();
	readonly #keyOfAlias = new Map<string, string>();
	readonly refused = new Map<string, Refusal[]>();

	constructor(inputs: Inputs) {
		this.#inputs = inputs;
		for (const {resource} of inputs.of<Key>('AWS::KMS::Key')) {
			for (const alias of resource.configuration.aliases ?? []) {
				this.#keyOfAlias.set(this.#nameOf(alias, resource.awsRegion), resource.arn);
			}
		}

		this.#each<Secret>('AWS::SecretsManager::Secret', 'secret', ({kmsKeyId}) => [kmsKeyId]);
		this.#each<Parameter>('AWS::SSM::Parameter', 'parameter', ({keyId}) => [keyId]);
		this.#each<Volume>('AWS::EC2::Volume', 'volume', ({kmsKeyId}) => [kmsKeyId]);
		this.#each<Snapshot>('AWS::EC2::Snapshot', 'snapshot', ({kmsKeyId}) => [kmsKeyId]);
		this.#each<Table>('AWS::DynamoDB::Table', 'table', ({encryption}) => [encryption?.keyArn]);
		this.#each<Cluster>('AWS::RDS::DBCluster', 'cluster', ({kmsKeyId}) => [kmsKeyId]);
		this.#each<HostedZone>('AWS::Route53::HostedZone', 'signatures of zone', signingKeys);
		// One that was stopped has its log files under the key all the same.
		this.#each<Trail>('AWS::CloudTrail::Trail', 'trail', ({kmsKeyArn}) => [kmsKeyArn]);
		for (const {resource} of inputs.of<Recorder>('AWS::Config::ConfigurationRecorder')) {
			const {channel} = resource.configuration;
			this.#add(channel?.keyArn, resource.awsRegion, `delivery channel ${channel?.name} of AWS Config in ${resource.awsRegion}`);
		}

		for (const {resource} of inputs.of<RegionSettings>('AWS::EC2::RegionSettings')) {
			this.#add(resource.configuration.defaultKmsKeyId, resource.awsRegion, 'new volumes, by default');
		}

		for (const bucket of inputs.of<Bucket>('AWS::S3::Bucket')) {
			this.#addBucket(bucket);
		}
	}

	users({resource: {arn, awsRegion, configuration}}: Joined<Key>): readonly string[] {
		return [arn, ...(configuration.aliases ?? [])].flatMap(reference => this.#users.get(this.#nameOf(reference, awsRegion)) ?? []);
	}

	#nameOf(reference: string, awsRegion: string): string {
		return normalised(reference, awsRegion, this.#inputs.accountId);
	}

	#add(reference: Reference, awsRegion: string, name: string): void {
		if (typeof reference === 'string' && reference !== '') {
			const key = this.#nameOf(reference, awsRegion);
			const known = this.#users.get(key);
			known === undefined ? this.#users.set(key, [name]) : known.push(name);
		}
	}

	#each<Configuration>(
		resourceType: Parameters<Inputs['of']>[0],
		sort: string,
		references: (configuration: Configuration) => readonly Reference[],
	): void {
		for (const {resource} of this.#inputs.of<Configuration>(resourceType)) {
			for (const reference of references(resource.configuration)) {
				this.#add(reference, resource.awsRegion, `${sort} ${resource.resourceName}`);
			}
		}
	}

	#refuse(awsRegion: string, refusal: Refusal | undefined): void {
		if (refusal !== undefined) {
			const known = this.refused.get(awsRegion);
			known === undefined ? this.refused.set(awsRegion, [refusal]) : known.push(refusal);
		}
	}

	#addBucket({resource}: Joined<Bucket>): void {
		const {awsRegion, resourceName, unread, configuration} = resource;
		const {encryption, replication} = configuration;
		this.#add(encryption?.kmsKeyId, awsRegion, `bucket ${resourceName}`);
		// A bucket's own key is of its Region, and those of its replicas are of wherever they go to.
		this.#refuse(awsRegion, unread['GetBucketEncryption']);
		this.#refuse('global', unread['GetBucketReplication']);
		for (const {isEnabled, replicaKmsKeyId, usesSourceMultiRegionKey, destination} of replication?.rules ?? []) {
			if (!isEnabled) {
				continue;
			}

			if (!usesSourceMultiRegionKey) {
				this.#add(replicaKmsKeyId, awsRegion, `replicas of bucket ${resourceName}`);
			} else if (destination.awsRegion !== undefined) {
				const source = this.#arnOf(encryption?.kmsKeyId, awsRegion);
				this.#refuse(destination.awsRegion, encryption === undefined ? unread['GetBucketEncryption'] : source.refusal);
				this.#add(relativeIn(source.arn, destination.awsRegion), destination.awsRegion, `replicas of bucket ${resourceName}`);
			}
		}
	}

	/** The ARN of the key that is meant, or what was refused that would tell it. */
	#arnOf(reference: Reference, awsRegion: string): {readonly arn?: string; readonly refusal?: Refusal} {
		if (!reference) {
			return {};
		}

		const [region = '', account = '', what = ''] = this.#nameOf(reference, awsRegion).split(' ');
		if (!what.startsWith('alias/')) {
			return {arn: `arn:${this.#inputs.partition}:kms:${region}:${account}:${what}`};
		}

		const arn = this.#keyOfAlias.get(this.#nameOf(reference, awsRegion));
		const isOwn = account === this.#inputs.accountId && !what.startsWith('alias/aws/');
		const refusal = arn === undefined && isOwn ? this.#inputs.gap('kms', ['ListKeys', 'ListAliases'], region) : undefined;
		return {...(arn !== undefined && {arn}), ...(refusal !== undefined && {refusal})};
	}
}

/** The same multi-Region key in another Region; undefined of any other key, which has none. */
const relativeIn = (arn: string | undefined, awsRegion: string): string | undefined =>
	arn?.includes(':key/mrk-') === true
		? arn
				.split(':')
				.map((part, index) => (index === 3 ? awsRegion : part))
				.join(':')
		: undefined;

export const indexKeyUsers = (inputs: Inputs): KeyIndex => new Index(inputs);
