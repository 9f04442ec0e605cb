import type {Inputs} from '../../model/index.js';
import type {Table} from '../../services/dynamodb/rules/table.js';
import type {Protection, Stored} from './stored.js';
import type {Why} from './words.js';

/** What another Region tells of a replica's key: nothing where AWS owns it, and at times nothing of a customer's. */
const protectionOf = (keyId: string | null, why: Why): Protection => (keyId === null ? {by: 'unread', why} : {by: 'key', reference: keyId});

/**
 * DynamoDB's tables. Of a replica whose own description was refused, or whose Region's tables could not be listed, the
 * replicas in other Regions may tell the key.
 */
export const readTables = (inputs: Inputs): readonly Stored[] => {
	const tables = inputs.of<Table>('AWS::DynamoDB::Table');
	const listed = new Set(tables.map(({resource}) => resource.arn));
	const toldElsewhere = new Map(
		tables.flatMap(({resource}) =>
			(resource.configuration.replicas ?? []).map(
				({arn, awsRegion, keyId}) => [arn, {name: resource.resourceName, awsRegion, keyId}] as const,
			),
		),
	);
	const whyUnlisted = (awsRegion: string): Why =>
		inputs.gap('dynamodb', ['ListTables', 'DescribeTable'], awsRegion) ?? 'dynamodb:DescribeTable of another Region did not name its key';
	const own = tables.map(({resource: {arn, resourceName: name, awsRegion, configuration, unread}}): Stored => {
		const {encryption} = configuration;
		const told = toldElsewhere.get(arn);
		if (encryption === undefined) {
			const why = unread['DescribeTable'] ?? 'dynamodb:DescribeTable did not say how it is encrypted';
			return {name, awsRegion, protections: [protectionOf(told?.keyId ?? null, why)]};
		}

		if (encryption === null) {
			return {name, awsRegion, protections: [{by: 'owned'}]};
		}

		const reference = encryption.keyArn ?? told?.keyId ?? undefined;
		return {
			name,
			awsRegion,
			protections: [reference === undefined ? {by: 'hidden', why: 'dynamodb:DescribeTable did not name its key'} : {by: 'key', reference}],
		};
	});
	const unlisted = [...toldElsewhere].flatMap(([arn, {name, awsRegion, keyId}]) =>
		listed.has(arn) || !inputs.regions.includes(awsRegion)
			? []
			: [{name, awsRegion, protections: [protectionOf(keyId, whyUnlisted(awsRegion))]}],
	);
	return [...own, ...unlisted];
};
