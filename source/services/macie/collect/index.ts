import {Macie2Client} from '@aws-sdk/client-macie2';
import {defineCollector, type Yielded} from '../../../model/index.js';
import {allBuckets} from './buckets.js';
import {asked, commands, type Macie, recentEnough} from './commands.js';
import {allFindings, changedFindings} from './findings.js';
import {allJobs} from './jobs.js';
import {sessionResource} from './resources.js';
import {readSession} from './session.js';
import {readWatermark, writeWatermark} from './watermark.js';

function* notEnabled(aws: Macie): Generator<Yielded> {
	yield {yields: 'resource', resource: sessionResource(aws, {status: 'DISABLED'}, {unread: {}, readAt: {}})};
	yield {yields: 'watermark', watermark: writeWatermark({off: true})};
	yield {yields: 'not-enabled', reason: `Macie is not enabled in ${aws.awsRegion}`};
}

async function* full(aws: Macie): AsyncGenerator<Yielded> {
	const session = await readSession(aws, asked);
	if (session === 'off') {
		yield* notEnabled(aws);
		// Turning Macie off deletes its findings and its knowledge of buckets and jobs.
		yield {yields: 'complete', of: 'AWS::Macie::Session'};
		yield {yields: 'complete', of: 'AWS::Macie::Bucket'};
		yield {yields: 'complete', of: 'AWS::Macie::ClassificationJob'};
		yield {yields: 'complete', of: 'AWS::Macie::FindingBacklog'};
		yield {yields: 'complete', of: 'findings'};
		return;
	}

	yield session;
	yield {yields: 'complete', of: 'AWS::Macie::Session'};
	yield* allBuckets(aws);
	yield* allJobs(aws);
	yield* allFindings(aws);
}

async function* delta(aws: Macie, text: string): AsyncGenerator<Yielded> {
	const watermark = readWatermark(text);
	if (watermark !== undefined) {
		const session = await readSession(aws, recentEnough);
		if (session === 'off') {
			yield* notEnabled(aws);
			return;
		}

		if ('atMs' in watermark) {
			const changed = await changedFindings(aws, watermark);
			// The session may have been answered from the cache: the refusal is newer.
			yield* changed === null ? notEnabled(aws) : [session, ...changed];
			return;
		}

		// Still unknown whether it is on: nothing was learnt.
		if (session.resource.unread['GetMacieSession'] !== undefined) return;
	}

	// Not ours to trust, or just switched on: start anew, but a delta may not say that anything is complete.
	for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
}

export const collector = defineCollector({client: Macie2Client, commands, full, delta});
