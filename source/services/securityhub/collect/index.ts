import {SecurityHubClient} from '@aws-sdk/client-securityhub';
import {defineCollector, type Yielded} from '../../../model/index.js';
import {asked, commands, recentEnough, type SecurityHub} from './commands.js';
import {allFailures, changedFindings} from './findings.js';
import {readHub} from './hub.js';
import {readWatermark, writeWatermark} from './watermark.js';

async function* notEnabled({awsRegion}: SecurityHub): AsyncGenerator<Yielded, void, undefined> {
	yield {yields: 'watermark', watermark: writeWatermark({off: true})};
	yield {yields: 'not-enabled', reason: `Security Hub is not enabled in ${awsRegion}`};
}

async function* full(aws: SecurityHub): AsyncGenerator<Yielded, void, undefined> {
	const {isOff, resource} = await readHub(aws, asked);
	yield {yields: 'resource', resource};
	yield {yields: 'complete', of: 'AWS::SecurityHub::Hub'};
	if (!isOff) {
		yield* allFailures(aws);
		return;
	}

	yield* notEnabled(aws);
	yield {yields: 'complete', of: 'AWS::SecurityHub::FindingBacklog'};
	// Nobody checks any more: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-disable.html
	yield {yields: 'complete', of: 'findings'};
}

async function* delta(aws: SecurityHub, text: string): AsyncGenerator<Yielded, void, undefined> {
	const watermark = readWatermark(text);
	const {isOff, resource} = await readHub(aws, recentEnough);
	yield {yields: 'resource', resource};
	if (isOff) {
		yield* notEnabled(aws);
	} else if (watermark !== undefined && 'at' in watermark) {
		yield* changedFindings(aws, watermark.at);
	} else {
		// Nothing to go on from: everything, though a delta may not say that anything is complete.
		for await (const yielded of allFailures(aws)) if (yielded.yields !== 'complete') yield yielded;
	}
}

export const collector = defineCollector({client: SecurityHubClient, commands, full, delta});
