import type {Kind} from '../../../model/index.js';
import {memberType} from '../join/clusters.js';
import {readinessType} from '../join/readiness.js';
import {replicaType} from '../join/tables.js';
import type {ClusterMember, Readiness, TableReplica} from '../rows.js';
import {clusterRules, readinessRules, tableRules} from '../rules/places.js';
import {keyInWords, sortInWords, unread} from './words.js';

const tableStatus = ({status, replicaStatus}: TableReplica): string =>
	status === undefined || replicaStatus === undefined || status === replicaStatus
		? (status ?? replicaStatus ?? unread)
		: `${status}, to others ${replicaStatus}`;

const regionsInWords = (regions: readonly string[]): string => regions.join(', ') || unread;

const invisible = 'not visible to any AWS API';

export const tableReplicas: Kind<TableReplica> = {
	resourceType: replicaType,
	title: 'Global tables, by Region',
	columns: [
		{title: 'Status', value: ({configuration}) => tableStatus(configuration)},
		{title: 'Key', value: ({configuration}) => keyInWords(configuration.key)},
		{title: 'Sort of key', value: ({configuration}) => sortInWords(configuration.key)},
		{title: 'Regions', value: ({configuration}) => regionsInWords(configuration.regions)},
	],
	facts: [
		{title: 'Status here', value: ({configuration}) => configuration.status ?? unread},
		{title: 'Status as other Regions tell', value: ({configuration}) => configuration.replicaStatus},
		{title: 'Key', value: ({configuration}) => keyInWords(configuration.key)},
		{title: 'Sort of key', value: ({configuration}) => sortInWords(configuration.key)},
		{title: 'Key ARN', value: ({configuration}) => configuration.key?.arn},
		{title: 'State of the key', value: ({configuration}) => configuration.key?.state},
		{title: 'Regions of the table', value: ({configuration}) => regionsInWords(configuration.regions)},
		{title: 'Version', value: ({configuration}) => configuration.version},
		{title: 'Client-side encryption', value: () => invisible},
	],
	rules: tableRules,
	consolePath: ({resourceName, awsRegion}) =>
		`dynamodbv2/home?region=${awsRegion}#table?name=${encodeURIComponent(resourceName.toWellFormed())}`,
};

const withoutKey = ({encryption}: ClusterMember): string => (encryption === 'none' ? 'not encrypted' : 'AWS owned');

export const clusterMembers: Kind<ClusterMember> = {
	resourceType: memberType,
	title: 'Clusters of global databases',
	columns: [
		{title: 'Role', value: ({configuration}) => (configuration.isWriter ? 'writer' : 'secondary')},
		{title: 'Key', value: ({configuration}) => keyInWords(configuration.key, withoutKey(configuration))},
		{title: 'Sort of key', value: ({configuration}) => sortInWords(configuration.key, withoutKey(configuration))},
		{title: 'Global database', value: ({configuration}) => configuration.globalClusterId},
		{title: 'Status', value: ({configuration}) => configuration.status ?? unread},
	],
	facts: [
		{title: 'Global database', value: ({configuration}) => configuration.globalClusterId},
		{title: 'Role', value: ({configuration}) => (configuration.isWriter ? 'writer' : 'secondary')},
		{title: 'Status', value: ({configuration}) => configuration.status ?? unread},
		{title: 'Encryption at rest', value: ({configuration}) => configuration.encryption ?? unread},
		{title: 'Key', value: ({configuration}) => keyInWords(configuration.key, withoutKey(configuration))},
		{title: 'Sort of key', value: ({configuration}) => sortInWords(configuration.key, withoutKey(configuration))},
		{title: 'Key ARN', value: ({configuration}) => configuration.key?.arn},
		{title: 'State of the key', value: ({configuration}) => configuration.key?.state},
		{title: 'Regions of the database', value: ({configuration}) => regionsInWords(configuration.regions)},
		{title: 'Client-side encryption', value: () => invisible},
	],
	rules: clusterRules,
	consolePath: ({resourceName, awsRegion}) =>
		`rds/home?region=${awsRegion}#database:id=${encodeURIComponent(resourceName.toWellFormed())};is-cluster=true`,
};

const readyInWords = ({keys, because, mayHaveMore}: Readiness): string =>
	keys.length > 0 && mayHaveMore === undefined ? 'could be' : keys.length > 0 || because !== undefined ? unread : 'could not be';

export const readiness: Kind<Readiness> = {
	resourceType: readinessType,
	title: 'Client-side encryption',
	columns: [
		{title: 'Across Regions', value: ({configuration}) => readyInWords(configuration)},
		{title: 'Keys', value: ({configuration: {keys}}) => keys.join(', ') || '–'},
		{title: 'Data', value: ({configuration}) => configuration.of},
		{title: 'Regions', value: ({configuration}) => regionsInWords(configuration.regions)},
	],
	facts: [
		{title: 'Data', value: ({configuration}) => configuration.of},
		{title: 'Regions', value: ({configuration}) => regionsInWords(configuration.regions)},
		{title: 'Perhaps in more', value: ({configuration}) => configuration.mayHaveMore},
		{title: 'Client-side encryption', value: () => invisible},
		{title: 'Could be, across Regions', value: ({configuration}) => readyInWords(configuration)},
		{title: 'Multi-Region keys in all of them', value: ({configuration: {keys}}) => keys.join(', ') || 'none'},
		{
			title: 'The nearest key, and where it lacks',
			value: ({configuration: {nearest}}) => nearest && `${nearest.key}: ${nearest.lacks.join(', ')}`,
		},
		{title: 'Not known', value: ({configuration}) => configuration.because},
	],
	rules: readinessRules,
	consolePath: ({resourceName, awsRegion, configuration}) =>
		configuration.of === 'global table'
			? `dynamodbv2/home?region=${awsRegion}#table?name=${encodeURIComponent(resourceName.toWellFormed())}`
			: `rds/home?region=${awsRegion}#database:id=${encodeURIComponent(resourceName.toWellFormed())};is-global-cluster=true`,
};
