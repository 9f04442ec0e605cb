import type {Inputs} from '../../model/index.js';
import type {Table} from '../../services/dynamodb/rules/table.js';
import type {Protection, Stored} from './stored.js';

const protectionOf = (keyId: string | null): Protection => (keyId === null ? {by: 'owned'} : {by: 'key', reference: keyId});

/**
 * DynamoDB's tables. Of a replica whose own description was refused, or whose Region's tables could not be listed, the
 * replicas in other Regions tell the key.
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
	const own = tables.map(({resource: {arn, resourceName: name, awsRegion, configuration, unread}}): Stored => {
		const {encryption} = configuration;
		const told = toldElsewhere.get(arn);
		if (encryption === undefined) {
			const why = unread['DescribeTable'] ?? 'dynamodb:DescribeTable did not say how it is encrypted';
			return {name, awsRegion, protections: [told === undefined ? {by: 'unread', why} : protectionOf(told.keyId)]};
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
		listed.has(arn) || !inputs.regions.includes(awsRegion) ? [] : [{name, awsRegion, protections: [protectionOf(keyId)]}],
	);
	return [...own, ...unlisted];
};
