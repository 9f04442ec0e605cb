import type {Inputs, Joined} from '../../model/index.js';
import type {Key} from '../../services/kms/rules/key.js';
import {type KeyType, typeOf} from './key-type.js';
import {remembering} from './remembering.js';
import type {Why} from './words.js';

/** A key that somebody named. */
export type Found = {
	readonly type: KeyType;
	/** Absent where which key it is cannot be told, or, of `alias/aws/…`, where no service has used it yet. */
	readonly arn?: string;
	/** What KMS says of it. */
	readonly key?: Joined<Key>;
	/** Why its type, or which key it is, is not known. */
	readonly why?: Why;
};

export type KeyBook = {
	readonly keys: ReadonlyArray<Joined<Key>>;
	get(arn: string): Joined<Key> | undefined;
	/** Services name keys by ARN, bare id, alias or an alias's ARN; what has no Region of its own is of `awsRegion`. */
	find(reference: string, awsRegion: string): Found;
};

const keyType = 'AWS::KMS::Key';
const bareId = /^(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|mrk-[\da-f]{32})$/iu;

/** Why a key is of unknown type although KMS lists it. */
const whyUntyped = ({resource: {unread, configuration}}: Joined<Key>): Why =>
	unread['DescribeKey'] ??
	(configuration.keyManager === undefined
		? 'kms:DescribeKey did not say who manages it'
		: `the origin ${configuration.origin ?? 'of its material'} is not known to this version`);

export const openKeyBook = (inputs: Inputs): KeyBook => {
	const keys = inputs.of<Key>(keyType);
	const byArn = new Map(keys.map(key => [key.resource.arn, key]));
	const byAlias = new Map(
		keys.flatMap(key => (key.resource.configuration.aliases ?? []).map(alias => [`${key.resource.awsRegion} ${alias}`, key])),
	);

	// Asked for each key that is named: a Region has thousands.
	const unlisted = remembering(awsRegion => inputs.gap('kms', ['ListKeys'], awsRegion));
	const unnamed = remembering(awsRegion => inputs.gap('kms', ['ListKeys', 'ListAliases'], awsRegion));

	const told = (key: Joined<Key>): Found => {
		const type = typeOf(key.resource.configuration);
		return {type, arn: key.resource.arn, key, ...(type === 'unknown' && {why: whyUntyped(key)})};
	};

	const byKeyArn = (arn: string, awsRegion: string, accountId: string): Found => {
		const key = byArn.get(arn);
		if (key !== undefined) {
			return told(key);
		}

		return accountId === inputs.accountId
			? {
					type: 'unknown',
					arn,
					why: unlisted(awsRegion) ?? `kms:ListKeys does not name it in ${awsRegion}: it is newer than the last listing, or deleted`,
				}
			: {type: 'foreign', arn, why: `a key of account ${accountId}, which alone is told its state`};
	};

	const byAliasName = (alias: string, awsRegion: string): Found => {
		const key = byAlias.get(`${awsRegion} ${alias}`);
		if (key !== undefined) {
			return told(key);
		}

		// Reserved for AWS, whoever asks: its key may not have been made yet.
		return alias.startsWith('alias/aws/')
			? {type: 'managed'}
			: {
					type: 'unknown',
					why: unnamed(awsRegion) ?? `${alias} is no alias in ${awsRegion}`,
				};
	};

	return {
		keys,
		get: arn => byArn.get(arn),
		find(reference, awsRegion) {
			if (reference.startsWith('arn:')) {
				const [, , service, region = '', accountId = '', ...rest] = reference.split(':');
				const name = rest.join(':');
				if (service === 'kms' && name.startsWith('key/')) {
					return byKeyArn(reference, region, accountId);
				}

				if (service === 'kms' && name.startsWith('alias/')) {
					return accountId === inputs.accountId
						? byAliasName(name, region)
						: {type: 'foreign', why: `an alias of account ${accountId}, which alone is told its key`};
				}
			} else if (reference.startsWith('alias/')) {
				return byAliasName(reference, awsRegion);
			} else if (bareId.test(reference)) {
				return byKeyArn(`arn:${inputs.partition}:kms:${awsRegion}:${inputs.accountId}:key/${reference}`, awsRegion, inputs.accountId);
			}

			return {type: 'unknown', why: `“${reference}” names no key in a way that this version knows`};
		},
	};
};
