import {execFileSync} from 'node:child_process';
import {describe, expect, it} from 'vitest';
import type {Judged} from '../../source/model/index.js';
import {autoscaling} from '../../source/services/autoscaling/index.js';
import {fms} from '../../source/services/fms/index.js';
import {guardduty} from '../../source/services/guardduty/index.js';
import {inspector} from '../../source/services/inspector/index.js';
import {macie} from '../../source/services/macie/index.js';
import {route53} from '../../source/services/route53/index.js';
import {shield} from '../../source/services/shield/index.js';
import {wafv2} from '../../source/services/wafv2/index.js';
import {fillCommand} from '../../source/view/remediation.js';

const commandsOf = (...services: readonly Judged[]) =>
	services
		.flatMap(({kinds}) => kinds.flatMap(({rules}) => rules))
		.flatMap(({id, remediation: {cli}}) => (cli === undefined ? [] : [[id, cli] as const]));
const commands = commandsOf(guardduty, inspector, macie);

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
		// As it stands, or in a string of JSON.
		expect(words.includes(arn) || words.includes(JSON.stringify(arn).slice(1, -1))).toBe(/\{(?:id|arn|name)\}/u.test(command));
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

describe('the commands of the detection and edge services', () => {
	// zsh stops at a bracket or a question mark that matches no file, and bash makes two words of {a,b}.
	it.each(commandsOf(guardduty, inspector, macie, wafv2, shield, fms, route53, autoscaling))(
		'%s: leaves a shell nothing to expand outside quotes',
		(_, command) => {
			const bare = command.replaceAll(/\{(?:arn|id|name|region|account)\}/gu, 'X').replaceAll(/'[^']*'|"[^"]*"/gu, '');
			expect(bare).not.toMatch(/[[\]{}()*?<>;&|`$#~!\\'"]/u);
		},
	);
});
