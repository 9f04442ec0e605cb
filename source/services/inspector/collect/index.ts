import {Inspector2Client} from '@aws-sdk/client-inspector2';
import {defineCollector, type Yielded} from '../../../model/index.js';
import {readActivation} from './activation.js';
import {asked, commands, type Inspector, recentEnough} from './commands.js';
import {allCoverage} from './coverage.js';
import {allFindings, changedFindings} from './findings.js';
import {readWatermark, writeWatermark} from './watermark.js';

function* notEnabled(aws: Inspector): Generator<Yielded> {
	yield {yields: 'watermark', watermark: writeWatermark({off: true})};
	yield {yields: 'not-enabled', reason: `Inspector is not enabled in ${aws.awsRegion}`};
}

async function* full(aws: Inspector): AsyncGenerator<Yielded> {
	const {activation, yielded} = await readActivation(aws, asked);
	yield yielded;
	yield {yields: 'complete', of: 'AWS::InspectorV2::Activation'};
	if (activation.status === 'DISABLED') {
		// All findings are deleted 24 hours after disabling, and none can be listed before.
		yield {yields: 'complete', of: 'AWS::InspectorV2::Coverage'};
		yield {yields: 'complete', of: 'AWS::InspectorV2::FindingBacklog'};
		yield {yields: 'complete', of: 'AWS::InspectorV2::NetworkExposure'};
		yield {yields: 'complete', of: 'findings'};
		yield* notEnabled(aws);
		return;
	}

	yield* allCoverage(aws);
	yield* allFindings(aws);
}

async function* delta(aws: Inspector, text: string): AsyncGenerator<Yielded> {
	const watermark = readWatermark(text);
	if (watermark !== undefined) {
		const {activation, yielded} = await readActivation(aws, recentEnough);
		if (activation.status === 'DISABLED') {
			yield yielded;
			yield* notEnabled(aws);
			return;
		}

		if ('at' in watermark) {
			yield yielded;
			yield* changedFindings(aws, watermark);
			return;
		}

		// Still unknown whether it is on: nothing was learnt.
		if (activation.status === undefined) return;
	}

	// Not ours to trust, or just switched on: start anew, but a delta may not say that anything is complete.
	for await (const yielded of full(aws)) if (yielded.yields !== 'complete') yield yielded;
}

export const collector = defineCollector({client: Inspector2Client, commands, full, delta});
