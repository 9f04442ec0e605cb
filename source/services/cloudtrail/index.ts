import {defineService, hourMs, type Kind} from '../../model/index.js';
import {regionRules, trailRules} from './rules/index.js';
import type {DataEvents, Management, RegionCoverage, Trail} from './rules/trail.js';

// "Get, describe, and list APIs: 10 transactions per second", which may mean each or all together: taken as all together.
const reading = {
	requestsPerSecond: 10,
	bucket: 'Reading',
	source: 'https://docs.aws.amazon.com/general/latest/gr/ct.html',
};

const at = (moment: string | undefined) => (moment === undefined ? undefined : {at: moment});

const managementInWords = (management: Management | undefined): string | undefined => {
	if (management === undefined) return undefined;
	const {reads, writes, excludedSources, narrowedBy} = management;
	const what =
		reads && writes ? 'reads and writes' : reads ? 'reads only' : writes ? 'writes only' : narrowedBy.length > 0 ? 'a part' : 'none';
	return [what, ...excludedSources.map(source => `without ${source}`), ...narrowedBy.map(field => `narrowed by ${field}`)].join(', ');
};

const dataInWords = (events: readonly DataEvents[] | undefined): string | undefined =>
	events &&
	(events
		.map(
			({resourceType, reads, writes, everything}) =>
				`${resourceType}${everything ? '' : ' (some)'}${reads && writes ? '' : reads ? ' reads' : ' writes'}`,
		)
		.join(', ') ||
		'none');

const trails: Kind<Trail> = {
	resourceType: 'AWS::CloudTrail::Trail',
	title: 'Trails',
	columns: [
		{title: 'Logging', value: ({configuration: {logging}}) => (logging === undefined ? undefined : logging ? 'on' : 'off')},
		{
			title: 'Records',
			value: ({configuration: {multiRegion}}) => (multiRegion === undefined ? undefined : multiRegion ? 'all Regions' : 'this Region'),
		},
		{title: 'Events', value: ({configuration: {management}}) => managementInWords(management)},
		{title: 'Delivered', value: ({configuration: {deliveredAt}}) => at(deliveredAt)},
		{title: 'Bucket', value: ({configuration: {bucket}}) => bucket},
	],
	facts: [
		{title: 'Logging', value: ({configuration: {logging}}) => (logging === undefined ? undefined : logging ? 'on' : 'off')},
		{title: 'Started', value: ({configuration: {startedAt}}) => at(startedAt)},
		{title: 'Stopped', value: ({configuration: {stoppedAt}}) => at(stoppedAt)},
		{
			title: 'Records',
			value: ({configuration: {multiRegion, homeRegion}}) =>
				multiRegion === undefined ? undefined : multiRegion ? 'all Regions' : `${homeRegion} alone`,
		},
		{title: 'Accounts', value: ({configuration: {organizationTrail}}) => (organizationTrail ? 'all of the organisation' : 'this one')},
		{title: 'Owner', value: ({configuration: {ownerAccountId}}) => ownerAccountId},
		{title: 'Management events', value: ({configuration: {management}}) => managementInWords(management)},
		{title: 'Data events', value: ({configuration: {dataEvents}}) => dataInWords(dataEvents)},
		{
			title: 'Events of IAM and STS',
			value: ({configuration: {globalServiceEvents}}) => (globalServiceEvents ? 'recorded' : 'not recorded'),
		},
		{title: 'Insights', value: ({configuration: {insights}}) => (insights ? 'on' : 'off')},
		{
			title: 'Bucket',
			value: ({configuration: {bucket, bucketPrefix}}) => (bucketPrefix === undefined ? bucket : `${bucket}/${bucketPrefix}`),
		},
		{title: 'Last delivery', value: ({configuration: {deliveredAt}}) => at(deliveredAt)},
		{title: 'Delivery error', value: ({configuration: {deliveryError}}) => deliveryError},
		{title: 'Digest error', value: ({configuration: {digestError}}) => digestError},
		{title: 'Key', value: ({configuration: {kmsKeyArn}}) => kmsKeyArn ?? 'S3’s own encryption'},
		{title: 'Digest files', value: ({configuration: {validated}}) => (validated === undefined ? undefined : validated ? 'on' : 'off')},
		{title: 'Log group', value: ({configuration: {logGroupArn}}) => logGroupArn ?? 'none'},
		{title: 'Last to log group', value: ({configuration: {logGroupDeliveredAt}}) => at(logGroupDeliveredAt)},
		{title: 'Log group error', value: ({configuration: {logGroupError}}) => logGroupError},
		{title: 'Topic', value: ({configuration: {topicArn}}) => topicArn},
	],
	rules: trailRules,
	consolePath: ({arn, awsRegion}) => `cloudtrailv2/home?region=${awsRegion}#/trails/${encodeURIComponent(arn)}`,
};

const recorderNames = ({recorders}: RegionCoverage, is: 'on' | 'off'): string | undefined =>
	recorders &&
	(recorders
		.filter(({logging}) => logging === (is === 'on'))
		.map(({name, multiRegion}) => `${name}${multiRegion ? ' (all Regions)' : ''}`)
		.join(', ') ||
		'none');

const regions: Kind<RegionCoverage> = {
	resourceType: 'AWS::CloudTrail::RegionCoverage',
	title: 'What is recorded',
	columns: [{title: 'Recorded by', value: ({configuration}) => recorderNames(configuration, 'on')}],
	facts: [
		{title: 'Recorded by', value: ({configuration}) => recorderNames(configuration, 'on')},
		{title: 'Stopped', value: ({configuration}) => recorderNames(configuration, 'off')},
		{
			title: 'Management events',
			value: ({configuration: {recorders}}) =>
				recorders
					?.filter(({logging}) => logging === true)
					.map(({name, management}) => `${name}: ${managementInWords(management) ?? 'not read'}`)
					.join('; '),
		},
		{
			title: 'Data events',
			value: ({configuration: {recorders}}) =>
				recorders
					?.filter(({logging}) => logging === true)
					.map(({name, dataEvents}) => `${name}: ${dataInWords(dataEvents) ?? 'not read'}`)
					.join('; '),
		},
	],
	rules: regionRules,
	consolePath: ({awsRegion}) => `cloudtrailv2/home?region=${awsRegion}#/trails`,
};

export const cloudtrail = defineService({
	id: 'cloudtrail',
	title: 'CloudTrail',
	group: 'organisation',
	leads: 'worst',
	scope: 'regional',
	// To stop a trail is what an intruder does first: a list and a status for each trail, at most five a Region.
	refresh: {full: {everyMs: 5 * 60_000, deadlineMs: 2 * 60_000}},
	iamPrefix: 'cloudtrail',
	operations: {
		DescribeTrails: {...reading, answers: ['trailList']},
		GetTrailStatus: {...reading, answers: ['IsLogging']},
		GetEventSelectors: {...reading, freshForMs: hourMs / 2},
	},
	kinds: [trails, regions],
	load: async () => import('./collect/index.js'),
});
