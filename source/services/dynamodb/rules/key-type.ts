import {type Answer, type Rule, type RuleContext, refusalInWords, unpublished} from '../../../model/index.js';
import {guide, keyName} from './common.js';
import {inRegions, isLegacy, judgedElsewhere, type Replica, type Table, type TableResource} from './table.js';

/** The key in one Region: null where AWS owns it, absent where nobody tells it, and why. */
type Told = {readonly awsRegion: string; readonly key?: string | null; readonly because?: string};

const ownKey = ({configuration: {encryption}}: TableResource): string | null | undefined => encryption && (encryption.keyArn ?? '');

/** By the replica's own description, else by any other Region that names it. */
const keyOf = ({awsRegion, arn}: Replica, tellers: readonly TableResource[], {watches}: RuleContext): Told => {
	const itself = tellers.find(teller => teller.arn === arn);
	const own = itself && ownKey(itself);
	if (own !== undefined) {
		return {awsRegion, key: own};
	}

	const [told] = tellers.flatMap(({configuration: {replicas = []}}) =>
		replicas.flatMap(one => (one.awsRegion === awsRegion ? (one.keyId ?? []) : [])),
	);
	if (told !== undefined) {
		return {awsRegion, key: told};
	}

	const refusal = itself?.unread['DescribeTable'];
	const why = refusal === undefined ? 'the replica there has not been read' : `there ${refusalInWords(refusal)}`;
	return {awsRegion, because: `the key in ${awsRegion} is not told here, and ${watches(awsRegion) ? why : 'that Region is not watched'}`};
};

const inWords = ({awsRegion, key}: Told): string =>
	`${awsRegion} ${key === undefined ? 'not told' : key === null ? 'AWS owned' : keyName(key)}`;

export const sameKeyType: Rule<Table> = {
	id: 'dynamodb-table-replicas-same-key-type',
	title: 'All replicas of a global table are encrypted with the same type of key',
	severity: 'MEDIUM',
	published: unpublished,
	rationale:
		'The same items lie in every replica. Where one has a KMS key and another one that AWS owns, whoever relies on the key, to audit or to cut access, relies on nothing.',
	remediation: {
		text: 'Give each replica a customer managed key of its Region: a multi-Region key, or one key a Region. One call names the key of every Region, this one’s among them: DynamoDB refuses the key of one replica alone.',
		cli: 'aws dynamodb update-table --table-name {name} --replica-updates \'[{"Update":{"RegionName":"{region}","KMSMasterKeyId":"KEY_ARN"}},{"Update":{"RegionName":"REPLICA_REGION","KMSMasterKeyId":"REPLICA_KEY_ARN"}}]\' --region {region}',
		terraform:
			'# After the command, so that nothing is left to change: a kms_key_arn that changes makes Terraform delete the replica and fill it anew.\nresource "aws_dynamodb_table" "this" {\n  name = "{name}"\n\n  server_side_encryption {\n    enabled     = true\n    kms_key_arn = aws_kms_key.tables.arn\n  }\n\n  replica {\n    region_name = var.replica_region\n    kms_key_arn = aws_kms_replica_key.this.arn\n  }\n}',
		url: `${guide}/globaltables-security.html`,
	},
	note: 'What one Region tells of the others leaves out keys that AWS owns, and some of customers too: each replica’s own description decides, and where no watched Region tells a key the answer is UNKNOWN. Encryption at rest uses one key a Region, multi-Region or not: replicas need not share key material. Multi-Region keys matter to applications that encrypt attributes themselves, with the AWS Database Encryption SDK (formerly the DynamoDB Encryption Client), and decrypt them in another Region by its replica key. Such encryption is seen by no API: that a multi-Region key is here says that it could be, not that it is.',
	reads: ['DescribeTable'],
	exempts: judgedElsewhere,
	evaluate(resource, context): Answer {
		const {configuration, awsRegion} = resource;
		const {encryption, replicas} = configuration;
		if (encryption === undefined || replicas === undefined) {
			return {verdict: 'UNKNOWN', reason: 'its encryption and replicas have not been read'};
		}

		if (replicas.length === 0) {
			return isLegacy(configuration)
				? {verdict: 'UNKNOWN', reason: 'a global table of version 2017.11.29 does not tell the keys of its replicas'}
				: {verdict: 'NOT_APPLICABLE', reason: 'no global table'};
		}

		const tellers = [
			resource,
			// Whatever is in the cache under a table's ARN is a table of this service.
			...replicas.flatMap(({arn}) => (context.related(arn) as TableResource | undefined) ?? []),
		];
		const keys: readonly Told[] = [
			{awsRegion, key: encryption === null ? null : (encryption.keyArn ?? '')},
			...replicas.map(replica => keyOf(replica, tellers, context)),
		];
		const ofAws = keys.filter(({key}) => key === null).map(replica => replica.awsRegion);
		const ofKms = keys.filter(({key}) => typeof key === 'string').map(replica => replica.awsRegion);
		const evidence = {
			expected: 'a KMS key in every Region, or in none',
			observed: keys.map(inWords).join(', '),
			operation: 'DescribeTable',
		};
		if (ofAws.length > 0 && ofKms.length > 0) {
			return {
				verdict: 'FAIL',
				reason: `a KMS key ${inRegions(ofKms)}, but one that AWS owns ${inRegions(ofAws)}`,
				evidence,
			};
		}

		const because = keys.find(({key}) => key === undefined)?.because;
		if (because !== undefined) {
			return {verdict: 'UNKNOWN', reason: because, evidence};
		}

		if (ofKms.length === 0) {
			return {verdict: 'PASS', reason: `keys that AWS owns ${inRegions(ofAws)}`, evidence};
		}

		const names = new Set(keys.map(({key}) => keyName(key ?? '').replace(/^key\//u, '')));
		const [only = ''] = names;
		return {
			verdict: 'PASS',
			reason:
				names.size === 1 && only.startsWith('mrk-')
					? `multi-Region key ${only} ${inRegions(ofKms)}`
					: `a KMS key of its own ${inRegions(ofKms)}`,
			evidence,
		};
	},
};
