import {defineService, type Json, type Kind, type ReportedFinding} from '../../model/index.js';
import type {Backlog} from './rules/backlog.js';
import {backlogRules, bucketRules, jobRules, sessionRules} from './rules/index.js';
import type {Bucket, Job, Session} from './rules/session.js';

// Macie publishes no request rates: https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html
const unpublished = {
	requestsPerSecond: 5,
	source: 'https://docs.aws.amazon.com/macie/latest/user/macie-quotas.html (names no request rate: 5/s is a cautious guess)',
};
const paging = {input: 'nextToken', output: 'nextToken'};

const detail = (name: string) => (finding: ReportedFinding) => {
	const value: Json | undefined = finding.details[name];
	return typeof value === 'string' || typeof value === 'number' ? value : undefined;
};

const at = (time: string | undefined) => (time === undefined ? undefined : {at: time});
const bytes = (count: number | undefined) => (count === undefined ? undefined : {bytes: count});

const sessions: Kind<Session> = {
	resourceType: 'AWS::Macie::Session',
	title: 'Sessions',
	columns: [
		{title: 'Status', value: ({configuration}) => configuration.status?.toLowerCase()},
		{title: 'Discovery', value: ({configuration: {discovery}}) => discovery?.status.toLowerCase()},
		{title: 'Buckets', value: ({configuration: {buckets}}) => buckets?.total},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Created', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Updates published', value: ({configuration}) => configuration.publishingFrequency},
		{title: 'Automated discovery', value: ({configuration: {discovery}}) => discovery?.status},
		{title: 'Discovery in members', value: ({configuration: {discovery}}) => discovery?.autoEnable},
		{title: 'Results kept in', value: ({configuration: {resultsBucket}}) => resultsBucket ?? undefined},
		{
			title: 'To Security Hub',
			value: ({configuration: {published}}) =>
				published &&
				([published.policy && 'policy findings', published.classification && 'classification findings'].filter(Boolean).join(', ') ||
					'nothing'),
		},
		{
			title: 'Administrator',
			value: ({configuration: {administrator}}) =>
				administrator ? `${administrator.accountId} ${administrator.relationshipStatus}` : undefined,
		},
		{title: 'Members', value: ({configuration: {members}}) => members?.total},
		{
			title: 'Members not watched',
			value: ({configuration: {members}}) =>
				members && members.unwatched.length > 0
					? members.unwatched.map(({accountId, status}) => `${accountId} ${status}`).join(', ')
					: undefined,
		},
		{title: 'Buckets', value: ({configuration: {buckets}}) => buckets?.total},
		{title: 'Open to anyone', value: ({configuration: {buckets}}) => buckets?.publiclyAccessible},
		{title: 'Shared outside or with CloudFront', value: ({configuration: {buckets}}) => buckets?.sharedExternally},
		{title: 'With sensitive data', value: ({configuration: {buckets}}) => buckets?.sensitive},
		{title: 'Not analysed', value: ({configuration: {buckets}}) => buckets?.unclassified},
		{title: 'Could be analysed', value: ({configuration: {buckets}}) => bytes(buckets?.classifiableBytes)},
		{title: 'Counted', value: ({configuration: {buckets}}) => at(buckets?.lastUpdated)},
	],
	rules: sessionRules,
	consolePath: ({awsRegion}) => `macie/home?region=${awsRegion}#settings`,
};

const buckets: Kind<Bucket> = {
	resourceType: 'AWS::Macie::Bucket',
	title: 'Buckets',
	columns: [
		{title: 'Sensitivity', value: ({configuration: {sensitivityScore: score}}) => (score === undefined || score < 0 ? undefined : score)},
		{title: 'Access', value: ({configuration}) => configuration.effectivePermission?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Shared', value: ({configuration}) => configuration.sharedAccess?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Size', value: ({configuration}) => bytes(configuration.bytes)},
	],
	facts: [
		{
			title: 'Sensitivity score',
			value: ({configuration: {sensitivityScore: score}}) =>
				score === undefined ? undefined : score < 0 ? 'could not be analysed' : score === 50 ? '50, not analysed yet' : score,
		},
		{title: 'Access', value: ({configuration}) => configuration.effectivePermission},
		{
			title: 'Shared',
			value: ({configuration: {sharedAccess: shared}}) =>
				shared === 'EXTERNAL' ? 'EXTERNAL: with CloudFront, with an account outside the Macie organisation, or both' : shared,
		},
		{
			title: 'Replicated outside',
			value: ({configuration: {replicatedExternally: is}}) => (is === undefined ? undefined : is ? 'yes' : 'no'),
		},
		{title: 'Encryption', value: ({configuration}) => configuration.encryption},
		{title: 'Policy demands encryption', value: ({configuration}) => configuration.demandsEncryption},
		{title: 'Objects without encryption', value: ({configuration}) => configuration.unencryptedObjects},
		{
			title: 'Versioning',
			value: ({configuration: {versioning: is}}) => (is === undefined ? undefined : is ? 'on' : 'off'),
		},
		{title: 'Automated discovery', value: ({configuration}) => configuration.monitoring},
		{title: 'By a job', value: ({configuration}) => configuration.monitoredByJob},
		{title: 'Objects', value: ({configuration}) => configuration.objectCount},
		{title: 'Size', value: ({configuration}) => bytes(configuration.bytes)},
		{title: 'Last sampled', value: ({configuration}) => at(configuration.lastDiscoveryAt)},
		{title: 'Updated', value: ({configuration}) => at(configuration.lastUpdated)},
		{title: 'Error', value: ({configuration}) => configuration.error},
	],
	rules: bucketRules,
	consolePath: ({awsRegion, resourceName}) => `macie/home?region=${awsRegion}#buckets?bucketName=${encodeURIComponent(resourceName)}`,
};

const jobs: Kind<Job> = {
	resourceType: 'AWS::Macie::ClassificationJob',
	title: 'Jobs',
	columns: [
		{title: 'Status', value: ({configuration}) => configuration.status?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Type', value: ({configuration}) => configuration.type?.toLowerCase().replaceAll('_', ' ')},
		{title: 'Created', value: ({configuration}) => at(configuration.createdAt)},
	],
	facts: [
		{title: 'Status', value: ({configuration}) => configuration.status},
		{title: 'Type', value: ({configuration}) => configuration.type},
		{title: 'Errors of the last run', value: ({configuration}) => configuration.errors},
		{title: 'Created', value: ({configuration}) => at(configuration.createdAt)},
		{title: 'Paused', value: ({configuration}) => at(configuration.pausedAt)},
		{title: 'Cancelled unless resumed', value: ({configuration}) => at(configuration.expiresAt)},
	],
	rules: jobRules,
	expirations: ({configuration: {expiresAt}}) => (expiresAt === undefined ? [] : [{what: 'paused job', at: expiresAt}]),
	consolePath: ({awsRegion, resourceId}) => `macie/home?region=${awsRegion}#jobs?jobId=${encodeURIComponent(resourceId)}`,
};

const backlogs: Kind<Backlog> = {
	resourceType: 'AWS::Macie::FindingBacklog',
	title: 'Backlog',
	columns: [
		{title: 'High', value: ({configuration: {active}}) => active?.HIGH},
		{title: 'Medium', value: ({configuration: {active}}) => active?.MEDIUM},
		{title: 'Low', value: ({configuration: {active}}) => active?.LOW},
	],
	facts: [
		{title: 'Active, high', value: ({configuration: {active}}) => active?.HIGH},
		{title: 'Active, medium', value: ({configuration: {active}}) => active?.MEDIUM},
		{title: 'Active, low', value: ({configuration: {active}}) => active?.LOW},
		{title: 'About policies', value: ({configuration}) => configuration.policy},
		{title: 'About data', value: ({configuration}) => configuration.classification},
		{title: 'Archived', value: ({configuration}) => configuration.archived},
		{title: 'Samples', value: ({configuration}) => configuration.samples},
		{title: 'Not archived, by Macie’s own count', value: ({configuration}) => configuration.counted},
	],
	rules: backlogRules,
	consolePath: ({awsRegion}) => `macie/home?region=${awsRegion}#findings`,
};

export const macie = defineService({
	id: 'macie',
	title: 'Macie',
	group: 'detection',
	leads: 'worst',
	scope: 'regional',
	refresh: {
		// 5,000 findings are 200 calls, and a fifth of five a second is one.
		full: {everyMs: 60 * 60_000, deadlineMs: 20 * 60_000},
		delta: {everyMs: 60_000, deadlineMs: 5 * 60_000},
	},
	iamPrefix: 'macie2',
	operations: {
		GetMacieSession: {...unpublished, answers: ['status']},
		GetAutomatedDiscoveryConfiguration: unpublished,
		// Without a destination the configuration is empty, not absent.
		GetClassificationExportConfiguration: {...unpublished, answers: ['configuration']},
		GetFindingsPublicationConfiguration: unpublished,
		GetAdministratorAccount: unpublished,
		ListMembers: {...unpublished, answers: ['members'], paging},
		GetBucketStatistics: {...unpublished, answers: ['bucketCount']},
		DescribeBuckets: {...unpublished, answers: ['buckets'], paging},
		ListClassificationJobs: {...unpublished, answers: ['items'], paging},
		GetFindingStatistics: {...unpublished, answers: ['countsByGroup']},
		ListFindings: {...unpublished, answers: ['findingIds'], paging},
		GetFindings: {...unpublished, answers: ['findings']},
	},
	kinds: [sessions, buckets, jobs, backlogs],
	reports: {
		source: 'macie',
		title: 'Findings',
		columns: [
			{title: 'Access', value: detail('bucketAccess')},
			{title: 'Found', value: detail('occurrences')},
			{title: 'Type', value: ({type}) => type},
			{title: 'Object', value: detail('object')},
		],
		facts: [
			{title: 'Type', value: ({type}) => type},
			{title: 'Severity', value: detail('severity')},
			{title: 'What Macie says', value: detail('description')},
			{title: 'Object', value: detail('object')},
			{title: 'Size', value: ({details: {objectBytes}}) => bytes(typeof objectBytes === 'number' ? objectBytes : undefined)},
			{
				title: 'Found',
				value: ({details: {detections}}) =>
					Array.isArray(detections)
						? detections
								.map(one => (typeof one === 'object' && one !== null && 'what' in one ? `${one['what']} × ${one['count']}` : ''))
								.join(', ')
						: undefined,
			},
			{title: 'Found by', value: detail('foundBy')},
			{title: 'Bucket access', value: detail('bucketAccess')},
			{title: 'Bucket encryption', value: detail('bucketEncryption')},
			{title: 'Call', value: detail('api')},
			{title: 'By', value: detail('actor')},
			{title: 'From', value: detail('remoteIp')},
			{title: 'Country', value: detail('remoteCountry')},
			{title: 'Times', value: detail('count')},
			{title: 'State', value: ({recordState}) => recordState},
			{title: 'First seen', value: ({firstObservedAt}) => ({at: firstObservedAt})},
			{title: 'Updated', value: ({updatedAt}) => ({at: updatedAt})},
		],
		consolePath: ({id, resource: {awsRegion}}) => `macie/home?region=${awsRegion}#findings?itemId=${encodeURIComponent(id)}`,
	},
	load: async () => import('./collect/index.js'),
});
