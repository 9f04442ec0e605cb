import {ConfigServiceClient} from '@aws-sdk/client-config-service';
import {defineCollector, type Facts, type Yielded} from '../../../model/index.js';
import {configRuleType} from '../rules/config-rule.js';
import {recorderType} from '../rules/recorder.js';
import {type Commands, commands} from './commands.js';
import {listRules, readRules} from './config-rules.js';
import {readRegion} from './recorder.js';

export const collector = defineCollector({
	client: ConfigServiceClient,
	commands,
	async *full(aws): AsyncGenerator<Yielded, void, undefined> {
		const facts: Facts<Commands> = aws.facts();
		const rules = await listRules(facts);
		const region = await readRegion(aws, facts, rules?.of ?? {});
		yield {yields: 'resource', resource: region};
		yield {yields: 'complete', of: recorderType};
		if (rules !== undefined) {
			for await (const resource of readRules(aws, rules)) {
				yield {yields: 'resource', resource};
			}

			yield {yields: 'complete', of: configRuleType};
		}

		if (region.configuration.name === null) {
			yield {yields: 'not-enabled', reason: `AWS Config does not record in ${aws.awsRegion}`};
		}
	},
});
