import {CloudTrailClient} from '@aws-sdk/client-cloudtrail';
import {defineCollector, type Facts, type Resource, type Yielded} from '../../../model/index.js';
import type {RegionCoverage, Trail} from '../rules/trail.js';
import {type CloudTrail, type Commands, commands} from './commands.js';
import {type Read, readTrail, toListed, toTrail} from './trail.js';

const trailResource = (aws: CloudTrail, read: Read, configuration: Trail): Resource<Trail> => ({
	arn: read.listed.arn,
	resourceType: 'AWS::CloudTrail::Trail',
	resourceId: read.listed.arn.split('/').at(-1) ?? read.listed.name,
	resourceName: read.listed.name,
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: {},
	configuration,
	unread: read.unread,
	readAt: read.readAt,
});

const regionResource = (aws: CloudTrail, configuration: RegionCoverage, facts: Facts<Commands>): Resource<RegionCoverage> => ({
	arn: `arn:${aws.partition}:cloudtrail:${aws.awsRegion}:${aws.accountId}:coverage/region`,
	resourceType: 'AWS::CloudTrail::RegionCoverage',
	resourceId: 'region',
	resourceName: `events in ${aws.awsRegion}`,
	accountId: aws.accountId,
	awsRegion: aws.awsRegion,
	tags: {},
	configuration,
	unread: facts.unread,
	readAt: facts.readAt,
});

async function* full(aws: CloudTrail): AsyncGenerator<Yielded, void, undefined> {
	const facts = aws.facts();
	// Copies in this Region of trails that record all Regions belong to the answer: they are who records here.
	const answer = await facts.attempt('DescribeTrails', {includeShadowTrails: true});
	const listed = answer?.trailList?.map(toListed);
	const whole = listed?.every(one => one !== undefined) === true;
	if (listed !== undefined && !whole) facts.missing('DescribeTrails', 'TrailARN');
	const reads: Read[] = [];
	for await (const read of aws.each(listed?.filter(one => one !== undefined) ?? [], async one => readTrail(aws, one))) {
		if (read !== undefined) reads.push(read);
	}

	const recorders = reads.map(({recorder}) => recorder);
	// Each trail is a resource once, at home; elsewhere it counts for what it records there.
	for (const read of reads.filter(({recorder}) => recorder.homeRegion === aws.awsRegion)) {
		yield {yields: 'resource', resource: trailResource(aws, read, toTrail(read, recorders))};
	}

	yield {yields: 'resource', resource: regionResource(aws, whole ? {recorders} : {}, facts)};
	yield {yields: 'complete', of: 'AWS::CloudTrail::RegionCoverage'};
	if (whole) yield {yields: 'complete', of: 'AWS::CloudTrail::Trail'};
}

export const collector = defineCollector({client: CloudTrailClient, commands, full});
