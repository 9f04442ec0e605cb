import {defineService, hourMs, type Kind} from '../../model/index.js';
import {consequences} from './rules/deadlines.js';
import {tableRules} from './rules/index.js';
import {arnIn, regionsOf, type Table, tableType} from './rules/table.js';

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});
const yesNo = (value: boolean | undefined): string | undefined => (value === undefined ? undefined : value ? 'yes' : 'no');
const bytes = (size: number | undefined) => (size === undefined ? undefined : {bytes: size});

const keyOf = ({encryption}: Table): string | undefined =>
	encryption === null ? 'AWS owned' : encryption && (encryption.keyArn ?? encryption.type);

const tables: Kind<Table> = {
	resourceType: tableType,
	title: 'Tables',
	columns: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Replicas', value: resource => (resource.configuration.replicas === undefined ? undefined : regionsOf(resource).length - 1)},
		{title: 'Recovery', value: ({configuration: {recovery}}) => recovery && (recovery.enabled ? 'on' : 'off')},
		{title: 'Size', value: ({configuration}) => bytes(configuration.sizeBytes)},
		{title: 'Key', value: ({configuration: {encryption}}) => (encryption === null ? 'AWS owned' : encryption && 'KMS')},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Key', value: ({configuration}) => keyOf(configuration)},
		{title: 'Key inaccessible since', value: ({configuration}) => at(configuration.encryption?.inaccessibleSince)},
		{title: 'Archived', value: ({configuration}) => at(configuration.archival?.at)},
		{title: 'Backup of the archive', value: ({configuration}) => configuration.archival?.backupArn},
		{
			title: 'Replicas',
			value: ({configuration: {replicas}}) =>
				replicas?.map(({awsRegion, status, keyId}) => [awsRegion, status, keyId].filter(Boolean).join(' ')).join(', ') || undefined,
		},
		{
			title: 'Witnesses',
			value: ({configuration: {witnesses}}) =>
				witnesses?.map(({awsRegion, status}) => `${awsRegion} ${status ?? ''}`).join(', ') || undefined,
		},
		{title: 'Global table version', value: ({configuration}) => configuration.globalTableVersion},
		{title: 'Regions of the old version', value: ({configuration}) => configuration.legacyRegions?.join(', ')},
		{title: 'Consistency', value: ({configuration}) => configuration.multiRegionConsistency},
		{title: 'Deletion protection', value: ({configuration}) => yesNo(configuration.deletionProtection)},
		{title: 'Point-in-time recovery', value: ({configuration: {recovery}}) => recovery && yesNo(recovery.enabled)},
		{title: 'Restorable from', value: ({configuration}) => at(configuration.recovery?.earliestAt)},
		{title: 'Items', value: ({configuration}) => configuration.itemCount},
		{title: 'Size', value: ({configuration}) => bytes(configuration.sizeBytes)},
		{title: 'Class', value: ({configuration}) => configuration.tableClass},
		{title: 'Billing', value: ({configuration}) => configuration.billingMode},
		{title: 'Made', value: ({configuration}) => at(configuration.createdAt)},
	],
	rules: tableRules,
	expirations: consequences,
	related: resource =>
		regionsOf(resource)
			.filter(awsRegion => awsRegion !== resource.awsRegion)
			.map(awsRegion => arnIn(resource, awsRegion)),
	consolePath: ({resourceName, awsRegion}) => `dynamodbv2/home?region=${awsRegion}#table?name=${encodeURIComponent(resourceName)}`,
};

// "a control plane throttle limit of 2,500 requests per second", for all operations on tables together.
const controlPlane = {
	requestsPerSecond: 2500,
	// Never all at once: bursts are not promised.
	burst: 100,
	bucket: 'control plane',
	source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-control-plane.html',
} as const;

export const dynamodb = defineService({
	id: 'dynamodb',
	title: 'DynamoDB',
	group: 'data',
	leads: 'worst',
	scope: 'regional',
	refresh: {full: {everyMs: 15 * 60_000, deadlineMs: 5 * 60_000}},
	iamPrefix: 'dynamodb',
	operations: {
		ListTables: {
			...controlPlane,
			answers: ['TableNames'],
			paging: {input: 'ExclusiveStartTableName', output: 'LastEvaluatedTableName'},
		},
		DescribeTable: {...controlPlane, answers: ['Table']},
		DescribeContinuousBackups: {
			requestsPerSecond: 10,
			slow: true,
			freshForMs: 12 * hourMs,
			answers: ['ContinuousBackupsDescription'],
			source: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html',
		},
		// One call a Region tells which global tables are of the old version.
		ListGlobalTables: {
			...controlPlane,
			freshForMs: 6 * hourMs,
			answers: ['GlobalTables'],
			paging: {input: 'ExclusiveStartGlobalTableName', output: 'LastEvaluatedGlobalTableName'},
		},
	},
	kinds: [tables],
	load: async () => import('./collect.js'),
});
