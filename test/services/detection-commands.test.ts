import {execFileSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import {guardduty} from '../../source/services/guardduty/index.js';
import {inspector} from '../../source/services/inspector/index.js';
import {macie} from '../../source/services/macie/index.js';
import {fillCommand} from '../../source/view/remediation.js';

const commands = [guardduty, inspector, macie]
	.flatMap(({kinds}) => kinds.flatMap(({rules}) => rules))
	.flatMap(({id, remediation: {cli}}) => (cli === undefined ? [] : [[id, cli] as const]));

const arn = `arn:aws:lambda:eu-west-1:1:function:it's $(touch x) "$LATEST"`;
const resource = {
	arn,
	resourceType: 'AWS::Lambda::Function',
	resourceId: arn,
	resourceName: arn,
	accountId: '1',
	awsRegion: 'eu-west-1',
} as const;

describe('the commands of the detection services', () => {
	it.each(commands)('%s: takes any name as text of one word, whatever a shell makes of it', (_, command) => {
		// What the shell would run to find the detector is not the question here.
		const filled = fillCommand(command, resource).replaceAll(/"\$\(aws [^)]*\)"/gu, 'DETECTOR');
		const words = execFileSync('sh', ['-c', `set -- ${filled}; printf '%s\\n' "$@"`], {encoding: 'utf8'});
		expect(words.includes(arn)).toBe(/\{(?:id|arn|name)\}/u.test(command));
	});

	it.each(commands)('%s: passes JSON that is JSON', (_, command) => {
		const filled = fillCommand(command, {...resource, resourceId: 'i-1', resourceName: 'name'}).replaceAll(
			/"\$\(aws [^)]*\)"/gu,
			'DETECTOR',
		);
		const words = execFileSync('sh', ['-c', `set -- ${filled}; printf '%s\\n' "$@"`], {encoding: 'utf8'}).split('\n');
		for (const word of words.filter(one => /^[[{]/u.test(one))) expect(() => JSON.parse(word), word).not.toThrow();
	});
});
