import {GuardDutyClient} from '@aws-sdk/client-guardduty';
import {defineCollector, type Yielded} from '../../../model/index.js';
import {asked, commands, type GuardDuty, recentEnough} from './commands.js';
import {readDetector} from './detector.js';
import {allFindings, changedFindings} from './findings.js';
import {standInId, standInResource} from './resources.js';
import {readWatermark, writeWatermark} from './watermark.js';

async function* notEnabled(aws: GuardDuty, id: string, reason: string): AsyncGenerator<Yielded> {
	yield {yields: 'resource', resource: standInResource(aws, id, false)};
	yield {yields: 'watermark', watermark: writeWatermark({standInId: id})};
	yield {yields: 'not-enabled', reason};
}

async function* full(aws: GuardDuty): AsyncGenerator<Yielded> {
	// At most one detector a Region: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListDetectors.html
	// Yet it may come on a page after an empty one.
	let detectorId: string | undefined;
	for await (const {DetectorIds} of aws.pages('ListDetectors', {})) detectorId ??= DetectorIds?.[0];
	const detector = detectorId === undefined ? null : await readDetector(aws, detectorId, asked);
	if (detectorId === undefined || detector === null) {
		yield* notEnabled(aws, standInId, `GuardDuty is not enabled in ${aws.awsRegion}`);
		yield {yields: 'complete', of: 'AWS::GuardDuty::Detector'};
		yield {yields: 'complete', of: 'AWS::GuardDuty::FindingBacklog'};
		yield {yields: 'complete', of: 'AWS::GuardDuty::CryptoMining'};
		// Findings go with their detector.
		yield {yields: 'complete', of: 'findings'};
		return;
	}

	yield detector;
	yield {yields: 'complete', of: 'AWS::GuardDuty::Detector'};
	yield* allFindings(aws, detectorId);
}

/** Everything, where a delta has nothing to go on from: but a delta may not say that anything is complete. */
async function* anew(aws: GuardDuty): AsyncGenerator<Yielded> {
	for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
}

/** Whether GuardDuty was enabled meanwhile. Asked every five minutes: a new detector should not wait for the hour. */
async function* stillOff(aws: GuardDuty, id: string): AsyncGenerator<Yielded> {
	const pages = await aws.facts().attemptPages('ListDetectors', {}, recentEnough.detector);
	if (!pages) return;
	if (pages.every(({DetectorIds = []}) => DetectorIds.length === 0)) {
		yield* notEnabled(aws, id, `GuardDuty is not enabled in ${aws.awsRegion}`);
		return;
	}

	yield {yields: 'resource', resource: standInResource(aws, id, true)};
	yield* anew(aws);
}

async function* delta(aws: GuardDuty, text: string): AsyncGenerator<Yielded> {
	const watermark = readWatermark(text);
	if (watermark === undefined) {
		yield* anew(aws);
		return;
	}

	if ('standInId' in watermark) {
		yield* stillOff(aws, watermark.standInId);
		return;
	}

	const {detectorId} = watermark;
	const detector = await readDetector(aws, detectorId, recentEnough);
	const changed = detector && (await changedFindings(aws, watermark));
	if (detector === null || changed === null) {
		yield* notEnabled(aws, detectorId, `GuardDuty was turned off in ${aws.awsRegion}: detector ${detectorId} was deleted`);
		return;
	}

	yield detector;
	yield* changed;
}

export const collector = defineCollector({client: GuardDutyClient, commands, full, delta});
